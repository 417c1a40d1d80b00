"""Tests the command ``cache``, and that a cache which others can write to is neither believed nor written to."""

import json
import os

import pytest

from tests.files.others import as_root, give_away, posix
from workshop.files.memo import FONTS, Memo
from workshop.files.paths import default_cache

PLAIN = Memo("", bytes, bytes)
keep, recall = PLAIN.keep, PLAIN.recall


@pytest.fixture
def folder(monkeypatch, tmp_path):
    """The cache folder; it doesn't exist yet."""
    made = tmp_path / "cache"
    monkeypatch.setenv("WORKSHOP_CACHE", str(made))
    monkeypatch.setenv("MPLCONFIGDIR", "")  # restored afterwards, although commands change it
    monkeypatch.chdir(tmp_path)
    return made


def test_cache_says_where_it_is_and_clear_empties_it(typed, folder):
    assert typed("cache")[1].splitlines()[0] == f"{folder}: empty"
    keep(folder, "a.findings", b"x" * 1_000_000)
    assert typed("cache")[1].splitlines() == [
        f"{folder}: 1 file, 1.0 MB",
        "above 500 MB what was unused for longest goes first",
    ]
    assert typed("cache", "clear") == (0, f"{folder}: 1 file, 1.0 MB deleted\n", "")
    assert recall(folder, "a.findings") is None
    assert typed("cache", "clear") == (0, f"{folder}: it was empty\n", "")
    assert typed("cache", "celar")[0] == 2


def forge(folder):
    """Change a fact of every kept run; the digests are right."""
    for path in folder.glob("*.findings"):
        told = recall(folder, path.name)
        assert b'["rounds", 6]' in told
        keep(folder, path.name, told.replace(b'["rounds", 6]', b'["rounds", 666]'))


def rounds(said):
    return json.loads(said)["facts"]["rounds"]


def is_shared(typed, folder, reason):
    """Check that a command says once why the cache isn't used, and computes by itself."""
    said = f"nothing is kept from build to build: {reason} — set WORKSHOP_CACHE to a folder that only you can write to"
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    code, out, err = typed("demo", "votes", "--json")
    assert (code, err) == (0, f"warning: {said}\n")
    assert rounds(out) == 6
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before
    assert default_cache() is None
    for command in (("cache",), ("cache", "clear")):
        code, out, err = typed(*command)
        assert (code, out, err.splitlines()[0]) == (3, "", f"error: {said}")
    assert folder.exists()
    assert typed("demo", "votes", "--json", "--no-cache")[2] == ""


@pytest.fixture
def forged(typed, folder):
    """A cache with a forged figure."""
    assert typed("demo", "votes", "--json")[0] == 0
    forge(folder)
    assert rounds(typed("demo", "votes", "--json")[1]) == 666
    return folder


@posix
@pytest.mark.parametrize("mode", [0o777, 0o1777])
def test_a_forged_figure_in_a_cache_that_others_can_write_to_reaches_nobody(typed, forged, mode):
    forged.chmod(mode)
    is_shared(typed, forged, f"others can write to '{forged}'")


@as_root
def test_a_forged_figure_in_a_cache_that_belongs_to_somebody_else_reaches_nobody(typed, forged):
    give_away(forged, *forged.iterdir())
    is_shared(typed, forged, f"'{forged}' belongs to somebody else")


@as_root
def test_a_forged_figure_that_was_left_in_a_cache_that_is_private_again_reaches_nobody(typed, forged):
    give_away(*forged.glob("*.findings"))
    code, out, err = typed("demo", "votes", "--json")
    assert (code, err) == (0, "")
    assert rounds(out) == 6


def test_a_missing_cache_is_made_for_its_owner_alone_with_the_list_of_typefaces(typed, folder):
    assert typed("demo", "votes", "--json")[0] == 0
    assert os.environ["MPLCONFIGDIR"] == str(folder / FONTS)
    (folder / FONTS).mkdir()
    (folder / FONTS / "fontlist-v1.json").write_text("{}")
    assert typed("cache", "clear")[0] == 0
    assert not list(folder.iterdir())
