"""Tests that files which somebody else can have written are told from our own."""

import os

import pytest

from tests.files.others import as_root, give_away, posix
from workshop.files.own_files import read_own, shared, write_own

pytestmark = posix


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "ours"
    made.mkdir(mode=0o755)
    return made


@pytest.mark.parametrize("mode", [0o700, 0o755, 0o500])
def test_what_only_its_owner_can_write_to_is_shared_with_nobody(folder, mode):
    folder.chmod(mode)
    assert shared(folder) == ""


@pytest.mark.parametrize("mode", [0o777, 0o1777, 0o702])
def test_what_everybody_can_write_to_is_shared(folder, mode):
    folder.chmod(mode)
    assert shared(folder) == f"others can write to '{folder}'"


@as_root
def test_what_a_group_can_write_to_is_shared(folder):
    os.chown(folder, -1, 54_321)
    folder.chmod(0o770)
    assert "others can write to" in shared(folder)


@as_root
def test_what_belongs_to_somebody_else_is_shared_even_if_only_its_owner_can_write_to_it(folder):
    folder.chmod(0o700)
    give_away(folder)
    assert shared(folder) == f"'{folder}' belongs to somebody else"


def test_a_file_of_ours_is_read_and_only_we_can_read_it(folder):
    before = os.umask(0)
    try:
        write_own(folder / "a", b"text")
    finally:
        os.umask(before)
    assert read_own(folder / "a") == b"text"
    assert (folder / "a").stat().st_mode & 0o777 == 0o600
    write_own(folder / "a", b"new")
    assert read_own(folder / "a") == b"new"
    assert [path.name for path in folder.iterdir()] == ["a"]


@pytest.mark.parametrize("name", ["", "a"])
def test_what_others_can_write_to_is_not_read(folder, name):
    write_own(folder / "a", b"forged")
    (folder / name).chmod(0o777)
    with pytest.raises(PermissionError, match="others can write to"):
        read_own(folder / "a")


@as_root
@pytest.mark.parametrize("name", ["", "a"])
def test_what_belongs_to_somebody_else_is_not_read(folder, name):
    write_own(folder / "a", b"forged")
    give_away(folder / name)
    with pytest.raises(PermissionError, match="belongs to somebody else"):
        read_own(folder / "a")


def test_a_link_in_the_place_of_the_new_file_is_not_followed(folder, tmp_path):
    (tmp_path / "diary").write_text("mine")
    (folder / f"a.{os.getpid()}.new").symlink_to(tmp_path / "diary")
    write_own(folder / "a", b"text")
    assert (tmp_path / "diary").read_text() == "mine"
    assert not (folder / "a").is_symlink()
