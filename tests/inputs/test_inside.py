"""A folder that travels, with links, pipes and names that lead out of it."""

import os
import random
import subprocess
import sys
import time

import pytest

from workshop.inputs.door import read_bytes
from workshop.inputs.inside import Inside, LeadsOutError, RefusedError, keep_inside
from workshop.inputs.text_folders import text_files

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="making links takes a right there")


@pytest.fixture
def elsewhere(tmp_path):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "private.txt").write_text("private")
    return folder


@pytest.fixture
def inside(tmp_path, elsewhere):
    root = tmp_path / "workshop"
    (root / "given").mkdir(parents=True)
    (root / "given" / "a.txt").write_text("ours")
    (root / "given" / "link.txt").symlink_to(elsewhere / "private.txt")
    (root / "words").symlink_to(elsewhere)
    os.mkfifo(root / "last.json")
    return Inside.at(root)


OUT = ["words/private.txt", "given/link.txt", "../elsewhere/private.txt", "/etc/passwd", "given/../../elsewhere/private.txt", "a\0b"]  # fmt: skip


@pytest.mark.parametrize("name", OUT)
def test_what_leads_out_is_neither_read_nor_written_nor_deleted(inside, elsewhere, name):
    with pytest.raises(LeadsOutError):
        inside.read(name, 100)
    assert not inside.is_file(name)
    for change in (lambda: inside.write(name, b"x"), lambda: inside.delete(name), lambda: inside.rename(name, "x")):
        try:
            change()
        except OSError:
            pass
        else:
            assert name == "given/link.txt"  # the link itself may be replaced or deleted
    assert {path.name: path.read_text() for path in elsewhere.iterdir()} == {"private.txt": "private"}


def test_only_regular_files_are_listed_and_each_other_thing_has_its_sentence(inside):
    assert inside.names("given") == inside.below("given") == ["a.txt"]
    assert inside.names("words") == inside.below("words") == []
    assert [problem.message for problem in inside.refused(["given", "words", "last.json", "missing"])] == [
        "'given/link.txt' leads out of this workshop's folder, so it isn't used",
        "'words' leads out of this workshop's folder, so it isn't used",
        "'last.json' is a pipe, so it isn't used",
    ]


def test_a_pipe_is_refused_at_once(inside):
    with pytest.raises(RefusedError, match="pipe"):
        inside.read("last.json", 100)


def test_files_have_a_limit_of_bytes_and_folders_one_of_names(inside):
    with pytest.raises(RefusedError, match="limit"):
        inside.read("given/a.txt", 3)
    assert inside.names("given", 1) == []
    assert len(inside.below("given", 1)) <= 1


def test_another_folder_in_its_place_is_refused(inside, elsewhere):
    inside.root.rename(inside.root.with_name("moved"))
    elsewhere.rename(inside.root)
    with pytest.raises(RefusedError, match="another folder"):
        inside.read("private.txt", 100)


def test_a_folder_that_becomes_a_link_while_it_is_read_brings_nothing(inside, elsewhere):
    """A part that was a folder when it was looked at, and is a link when it is opened, isn't followed."""
    real, given = os.open, inside.root / "given"

    def swapping(path, *arguments, **named):
        if path == "given":
            given.rename(inside.root / "before")
            given.symlink_to(elsewhere)
        return real(path, *arguments, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "open", swapping)
        with pytest.raises(LeadsOutError):
            inside.read("given/private.txt", 100)


WRITES = """
import sys
from pathlib import Path
from workshop.inputs.inside import Inside
inside = Inside.at(Path(sys.argv[1]))
print("begun", flush=True)
for number in range(10**9):
    inside.write("words2/deep/one.md", b"%d" % number * 300_000)
"""


def test_a_file_that_is_being_written_when_its_process_is_killed_is_whole(inside):
    dice = random.Random(3)
    inside.write("words2/deep/one.md", b"0" * 300_000)
    for _ in range(5):
        with subprocess.Popen([sys.executable, "-c", WRITES, inside.root], stdout=subprocess.PIPE) as writing:
            assert writing.stdout.readline() == b"begun\n"
            time.sleep(dice.random() / 20)
            writing.kill()
        content = inside.read("words2/deep/one.md", 10_000_000)
        number = content[: len(content) // 300_000]
        assert content == number * 300_000
        assert inside.names("words2/deep") == ["one.md"]


def test_every_process_that_keeps_inside_takes_the_same_way(inside, elsewhere, monkeypatch):
    monkeypatch.setenv("WORKSHOP_INSIDE", "")
    keep_inside(inside.root)
    monkeypatch.chdir(inside.root)
    given = inside.root / "given"
    assert read_bytes(given / "a.txt", 100) == b"ours"
    for path in (given / "link.txt", inside.root / "words" / "private.txt"):
        with pytest.raises(LeadsOutError):
            read_bytes(path, 100)
    assert read_bytes(elsewhere / "private.txt", 100) == b"private"  # what a person named elsewhere is read as before
    assert [path.name for path in text_files(given)] == ["a.txt"]
