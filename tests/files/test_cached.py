"""Tests the cache: files are whole or not there, it stays below its limit, and only what is ours is ever deleted."""

import os
import subprocess
import sys
import time

import pytest

from tests.files.faults import stops
from tests.files.others import as_root, give_away, posix
from workshop.files.cached import HOUR, LOCKS, Held, clear, held, keep, recall, trim

DAY = 86_400
MANY = """
import sys
from pathlib import Path
from workshop.files.cached import keep, recall, trim
folder = Path(sys.argv[1])
for turn in range(300):
    name = f"{turn % 20}"
    keep(folder, name, name.encode() * 1000)
    found = recall(folder, f"{(turn * 7) % 20}")
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
    (tmp_path / "unchanged").mkdir()
    (tmp_path / "unchanged" / "record.json").write_text("{}")
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
