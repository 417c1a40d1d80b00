"""Tests the cache: files are whole or not there, it stays below its limit, and only what is ours is ever deleted."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.files.faults import stops
from tests.files.others import as_root, give_away, posix
from workshop.files import memo
from workshop.files.memo import FONTS, HOUR, LOCKS, Held, Memo, clear, code_digest, digest, held, trim

PLAIN = Memo("", bytes, bytes)
keep, recall = PLAIN.keep, PLAIN.recall
DAY = 86_400
MANY = """
import sys
from pathlib import Path
from workshop.files.memo import Memo, trim
folder = Path(sys.argv[1])
plain = Memo("", bytes, bytes)
for turn in range(300):
    name = f"{turn % 20}"
    plain.keep(folder, name, name.encode() * 1000)
    found = plain.recall(folder, f"{(turn * 7) % 20}")
    assert found is None or set(found) == set(str((turn * 7) % 20).encode()), found
    if turn % 10 == 0:
        trim(folder, most=10_000)
"""


def aged(path, days):
    then = time.time() - days * DAY
    os.utime(path, (then, then))


def test_what_was_kept_comes_back(tmp_path):
    keep(tmp_path / "cache", "a.x", b"bytes\nand more")
    assert recall(tmp_path / "cache", "a.x") == b"bytes\nand more"
    assert recall(tmp_path / "cache", "b.x") is None


def test_what_was_kept_is_not_made_again_but_what_was_never_kept_or_is_damaged_is(tmp_path):
    numbers = Memo(".number", int, lambda number: b"%d" % number)
    made = iter(range(9))

    def once(name, folder=tmp_path):
        return numbers.once(folder, name, lambda: next(made))

    assert [once("a"), once("a"), once("b"), once("a")] == [0, 0, 1, 0]
    path = numbers.path(tmp_path, "a")
    path.write_bytes(path.read_bytes() + b"1")
    assert [once("a"), once("a")] == [2, 2]
    keep(tmp_path, path.name, b"no number")
    assert [once("a"), once("a")] == [3, 3]
    assert [once("", tmp_path), once("", tmp_path), once("a", None), once("a", None)] == [4, 5, 6, 7]


@pytest.mark.parametrize("error", [TypeError, ValueError])
def test_what_cannot_be_written_as_bytes_is_not_kept(tmp_path, error):
    def write(_):
        raise error

    odd = Memo(".odd", bytes, write)
    assert odd.once(tmp_path, "a", lambda: b"made") == b"made"
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_to_costs_nothing(tmp_path):
    (tmp_path / "file").write_text("x")
    assert PLAIN.once(tmp_path / "file" / "cache", "a", lambda: b"made") == b"made"


def test_whatever_a_thing_depends_on_changes_its_name_and_so_does_the_order():
    assert digest("a", b"b", [1, {"c": 2}]) == digest("a", b"b", [1, {"c": 2}])
    others = [("a", b"b"), ("b", b"a"), (b"b", "a"), ("a", b"c"), ("a", [1]), ("a", {"c": 2}), ("ab",), ()]
    assert len({digest(*parts) for parts in others}) == len(others)


@posix
def test_what_is_kept_can_be_read_by_its_owner_alone(tmp_path):
    keep(tmp_path / "cache", "a.x", b"the words of a client")
    assert (tmp_path / "cache").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "cache" / "a.x").stat().st_mode & 0o777 == 0o600


@posix
def test_what_others_can_have_written_is_not_believed_although_its_digest_is_right(tmp_path):
    keep(tmp_path, "a.x", b"forged")
    assert recall(tmp_path, "a.x") == b"forged"
    tmp_path.chmod(0o777)
    assert recall(tmp_path, "a.x") is None


@as_root
def test_what_somebody_else_left_in_a_folder_that_was_shared_is_not_believed(tmp_path):
    keep(tmp_path, "a.x", b"forged")
    give_away(tmp_path / "a.x")
    assert recall(tmp_path, "a.x") is None


@pytest.mark.parametrize("hows", [("before", "half"), ("error",)])
def test_a_file_that_was_half_written_is_not_read(tmp_path, hows):
    folder = tmp_path / "cache"
    folder.mkdir()
    found = {
        point for point in stops(folder, lambda: keep(folder, "a", b"x"), hows) if recall(folder, "a") in (None, b"x")
    }
    assert len(found) > 1


def test_what_was_unused_for_longest_goes_first_until_a_fifth_is_free(tmp_path):
    for days, name in enumerate("abcde"):
        keep(tmp_path, name, b"x" * 1000)
        aged(tmp_path / name, days)
    trim(tmp_path, most=5 * 1065)
    assert {path.name for path in tmp_path.iterdir()} == set("abcde")
    trim(tmp_path, most=5 * 1065 - 1)
    assert {path.name for path in tmp_path.iterdir()} == set("abc")


def test_reading_a_file_counts_as_using_it(tmp_path):
    for name, days in (("a", 9), ("b", 5)):
        keep(tmp_path, name, b"x" * 1000)
        aged(tmp_path / name, days)
    assert recall(tmp_path, "a")
    trim(tmp_path, most=1500)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_what_a_killed_build_left_half_written_goes_after_an_hour(tmp_path):
    keep(tmp_path, "a.123.new", b"x")
    trim(tmp_path)
    assert (tmp_path / "a.123.new").exists()
    aged(tmp_path / "a.123.new", 1.1 * HOUR / DAY)
    trim(tmp_path)
    assert not (tmp_path / "a.123.new").exists()


def test_clearing_deletes_what_is_ours_and_nothing_else(tmp_path):
    keep(tmp_path, "a.findings", b"x" * 35)
    (tmp_path / FONTS).mkdir()
    (tmp_path / FONTS / "fontlist-v1.json").write_text("{}")
    (tmp_path / LOCKS / "ab").mkdir(parents=True)
    (tmp_path / "thesis.txt").write_text("years of work")
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.png").write_bytes(b"0" * 64 + b"\n")
    (tmp_path / "link").symlink_to(tmp_path / "photos" / "cat.png")
    assert held(tmp_path) == Held(2, 102)
    assert clear(tmp_path) == Held(2, 102)
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")) == [
        "link",
        "photos",
        "photos/cat.png",
        "thesis.txt",
    ]
    assert clear(tmp_path) == Held(0, 0)


def test_two_builds_may_write_read_and_trim_at_once(tmp_path):
    command = [sys.executable, "-c", MANY, str(tmp_path / "cache")]
    both = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    assert [(one.communicate()[1], one.returncode) for one in both] == [("", 0), ("", 0)]
    assert not list((tmp_path / "cache").glob("*.new"))


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package with a room and a module."""
    (tmp_path / "room" / "below").mkdir(parents=True)
    for name in ("room/a.py", "room/below/b.yaml", "room/notes.md", "alone.py"):
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(memo, "PACKAGE", tmp_path)
    code_digest.cache_clear()
    yield tmp_path
    code_digest.cache_clear()


def changed_by(path: Path, text: str) -> bool:
    before = code_digest("room", "alone")
    path.write_text(text)
    code_digest.cache_clear()
    return code_digest("room", "alone") != before


@pytest.mark.parametrize("name", ["room/a.py", "room/below/b.yaml", "alone.py", "room/new.py"])
def test_every_source_file_counts_with_its_name(package, name):
    assert changed_by(package / name, "other")


def test_other_files_do_not_count(package):
    assert not changed_by(package / "room/notes.md", "other")


def test_the_same_text_in_another_file_is_another_digest(package):
    before = code_digest("room")
    (package / "room/a.py").rename(package / "room/c.py")
    code_digest.cache_clear()
    assert code_digest("room") != before
