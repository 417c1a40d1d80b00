"""Tests that a killed process leaves nothing for ever, and that what belongs to a living one, or to others, is left alone."""

import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest

from tests.files.others import as_root, give_away, posix
from workshop.files import temporary
from workshop.files.temporary import PREFIX, temporary_folder, tidy

ROOT = Path(__file__).resolve().parents[2]
HOLDER = """
from workshop.files.temporary import temporary_folder
with temporary_folder("print") as folder:
    (folder / "data.json").write_text("the words of a client")
    print(folder, flush=True)
    input()
"""


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    """A place for temporary folders that is open to everybody, as /tmp is."""
    made = tmp_path / "tmp"
    made.mkdir()
    made.chmod(0o1777)
    monkeypatch.setattr(tempfile, "tempdir", str(made))
    monkeypatch.setenv("TMPDIR", str(made))
    return made


@pytest.fixture
def holder():
    """Another process that holds a temporary folder until it is told to end."""
    command = [sys.executable, "-c", HOLDER]
    with subprocess.Popen(command, stdin=-1, stdout=-1, text=True, cwd=ROOT) as process:
        process.folder = Path(process.stdout.readline().strip())
        yield process
        process.kill()


def left_behind(place, name=f"{PREFIX}print-abc"):
    folder = place / name
    folder.mkdir(mode=0o700)
    (folder / "data.json").write_text("the words of a client")
    return folder


@posix
def test_a_folder_is_private_and_gone_afterwards(place):
    with temporary_folder("print") as folder:
        assert folder.parent == place
        assert folder.stat().st_mode & 0o777 == 0o700
        (folder / "a").write_text("x")
    assert not list(place.iterdir())


def test_the_folder_of_a_killed_process_is_removed_and_that_of_a_living_one_is_kept(holder):
    tidy()
    assert (holder.folder / "data.json").exists()
    holder.kill()
    holder.wait()
    assert (holder.folder / "data.json").exists()
    tidy()
    assert not holder.folder.exists()


def test_a_folder_of_this_process_is_kept():
    with temporary_folder("print") as folder:
        tidy()
        assert folder.exists()


def test_a_link_is_not_followed(place, tmp_path):
    elsewhere = left_behind(tmp_path, "documents")
    (place / f"{PREFIX}print-link").symlink_to(elsewhere, target_is_directory=True)
    (left_behind(place) / "documents").symlink_to(elsewhere, target_is_directory=True)
    tidy()
    assert [path.name for path in place.iterdir()] == [f"{PREFIX}print-link"]
    assert (elsewhere / "data.json").exists()


@posix
@pytest.mark.parametrize("name", ["workshop-notes", "workshop-temporary", "x"])
def test_a_folder_with_another_name_is_left_alone(place, name):
    assert left_behind(place, name)
    tidy()
    assert (place / name / "data.json").exists()


@posix
def test_a_folder_that_others_can_read_was_not_made_by_us_and_a_file_neither(place):
    left_behind(place).chmod(0o755)
    (place / f"{PREFIX}file").write_text("x")
    tidy()
    assert len(list(place.iterdir())) == 2


@as_root
def test_the_folder_of_somebody_else_is_left_alone(place):
    give_away(left_behind(place))
    tidy()
    assert list(place.iterdir())


@posix
def test_nothing_is_removed_where_others_can_give_our_folders_other_names(place):
    left_behind(place)
    place.chmod(0o777)
    tidy()
    assert list(place.iterdir())


@as_root
def test_nothing_is_removed_in_a_place_that_belongs_to_somebody_else(place):
    left_behind(place)
    give_away(place)
    tidy()
    assert list(place.iterdir())


def test_without_a_place_for_temporary_folders_nothing_happens(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    tidy()
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_that_is_removed_before_it_is_locked_is_made_anew(monkeypatch):
    made = []

    def removed_at_first(prefix):
        made.append(tempfile.mkdtemp(prefix=prefix))
        if len(made) < 3:
            tidy()
        return made[-1]

    monkeypatch.setattr(temporary, "mkdtemp", removed_at_first)
    with temporary_folder("print") as folder:
        assert [Path(path).exists() for path in made] == [False, False, True]
        assert str(folder) == made[-1]


def test_many_that_tidy_up_and_many_that_begin_do_not_get_in_each_others_way():
    lost, ended = [], threading.Event()

    def begins():
        for _ in range(60):
            with temporary_folder("print") as folder:
                (folder / "a").write_text("x")
                if (folder / "a").read_text() != "x":
                    lost.append(folder)

    def tidies():
        while not ended.is_set():
            tidy()

    beginning = [threading.Thread(target=begins) for _ in range(3)]
    tidying = [threading.Thread(target=tidies) for _ in range(2)]
    for thread in (*beginning, *tidying):
        thread.start()
    for thread in beginning:
        thread.join()
    ended.set()
    for thread in tidying:
        thread.join()
    assert lost == []
