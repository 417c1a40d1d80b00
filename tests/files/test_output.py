"""Tests how files are written: all or none, with a manifest, and never over what somebody edited."""

import io
import json
import os
import time
from zipfile import ZipFile

import pytest

from workshop.errors import ExitCode, WorkshopError
from workshop.files.journal import STAGING
from workshop.files.output import MANIFEST, read_manifest, write_output
from workshop.files.temporary import packed


def names(folder):
    return sorted(p.name for p in folder.iterdir())


def test_files_and_a_manifest_without_paths_are_written_and_nothing_else(tmp_path):
    written = write_output(tmp_path / "out", {"deck.pptx": b"one", "sheets.pdf": b"two"})
    assert [w.path.name for w in written] == ["deck.pptx", "sheets.pdf"]
    assert names(tmp_path / "out") == ["deck.pptx", MANIFEST, "sheets.pdf"]
    manifest = (tmp_path / "out" / MANIFEST).read_text()
    assert str(tmp_path) not in manifest
    assert set(json.loads(manifest)["files"]) == {"deck.pptx", "sheets.pdf"}


@pytest.mark.parametrize("time", [0, 4_102_444_800], ids=["1970", "2100"])
def test_a_clock_that_jumps_makes_no_file_look_edited_or_new(tmp_path, time):
    write_output(tmp_path, {"deck.pptx": b"one", "old.pdf": b"old"})
    for path in tmp_path.iterdir():
        os.utime(path, (time, time))
    (written,) = write_output(tmp_path, {"deck.pptx": b"two"})
    assert written.kept is None
    assert names(tmp_path) == ["deck.pptx", MANIFEST]
    assert (tmp_path / "deck.pptx").read_bytes() == b"two"


def test_our_own_file_is_replaced(tmp_path):
    write_output(tmp_path, {"deck.pptx": b"one"})
    (written,) = write_output(tmp_path, {"deck.pptx": b"two"})
    assert written.kept is None
    assert (tmp_path / "deck.pptx").read_bytes() == b"two"


def test_a_file_edited_by_hand_is_kept_and_the_new_one_is_beside_it(tmp_path):
    write_output(tmp_path, {"deck.pptx": b"one"})
    (tmp_path / "deck.pptx").write_bytes(b"edited")
    (written,) = write_output(tmp_path, {"deck.pptx": b"two"})
    assert (tmp_path / "deck.pptx").read_bytes() == b"edited"
    assert written.path.name == "deck-2.pptx"
    assert written.kept == tmp_path / "deck.pptx"


def test_an_edited_file_is_still_kept_at_the_third_build_and_our_copy_is_updated(tmp_path):
    write_output(tmp_path, {"deck.pptx": b"one"})
    (tmp_path / "deck.pptx").write_bytes(b"edited")
    for content in (b"two", b"three"):
        write_output(tmp_path, {"deck.pptx": content})
    assert (tmp_path / "deck.pptx").read_bytes() == b"edited"
    assert (tmp_path / "deck-2.pptx").read_bytes() == b"three"
    assert names(tmp_path) == ["deck-2.pptx", "deck.pptx", MANIFEST]


def test_two_edited_files_are_both_kept(tmp_path):
    write_output(tmp_path, {"deck.pptx": b"one"})
    (tmp_path / "deck.pptx").write_bytes(b"edited")
    write_output(tmp_path, {"deck.pptx": b"two"})
    (tmp_path / "deck-2.pptx").write_bytes(b"edited too")
    (written,) = write_output(tmp_path, {"deck.pptx": b"three"})
    assert written.path.name == "deck-3.pptx"
    assert (tmp_path / "deck-2.pptx").read_bytes() == b"edited too"


def test_force_overwrites_what_was_edited(tmp_path):
    write_output(tmp_path, {"deck.pptx": b"one"})
    (tmp_path / "deck.pptx").write_bytes(b"edited")
    write_output(tmp_path, {"deck.pptx": b"two"}, force=True)
    assert (tmp_path / "deck.pptx").read_bytes() == b"two"


def test_a_file_that_was_there_before_us_is_not_overwritten(tmp_path):
    (tmp_path / "deck.pptx").write_bytes(b"somebody's")
    write_output(tmp_path, {"deck.pptx": b"ours"})
    assert (tmp_path / "deck.pptx").read_bytes() == b"somebody's"
    assert (tmp_path / "deck-2.pptx").read_bytes() == b"ours"


def test_only_unedited_files_of_the_old_manifest_are_removed(tmp_path):
    write_output(tmp_path, {"a.pdf": b"a", "b.pdf": b"b"})
    (tmp_path / "b.pdf").write_bytes(b"edited")
    (tmp_path / "mine.txt").write_text("mine")
    write_output(tmp_path, {"c.pdf": b"c"})
    assert names(tmp_path) == ["b.pdf", "c.pdf", MANIFEST, "mine.txt"]


def test_a_broken_manifest_is_ignored(tmp_path):
    (tmp_path / MANIFEST).write_text("{")
    write_output(tmp_path, {"a.pdf": b"a"})
    assert json.loads((tmp_path / MANIFEST).read_text())["files"].keys() == {"a.pdf"}


def test_a_manifest_that_names_files_elsewhere_removes_nothing(tmp_path):
    outside = tmp_path / "outside.txt"
    outside.write_bytes(b"x")
    out = tmp_path / "out"
    out.mkdir()
    import hashlib

    digest = hashlib.sha256(b"x").hexdigest()
    (out / MANIFEST).write_text(json.dumps({"files": {"../outside.txt": digest}}))
    write_output(out, {"a.pdf": b"a"})
    assert outside.exists()


def test_a_locked_file_is_named_with_its_program(tmp_path, monkeypatch):
    from pathlib import Path

    write_output(tmp_path, {"deck.pptx": b"one"})
    replace = Path.replace

    def locked(self, target):
        if Path(target).name == "deck.pptx":
            raise PermissionError(13, "in use")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(WorkshopError, match=r"close deck\.pptx in PowerPoint") as raised:
        write_output(tmp_path, {"deck.pptx": b"two"})
    assert raised.value.exit_code is ExitCode.MACHINE
    assert (tmp_path / "deck.pptx").read_bytes() == b"one"


def test_a_folder_that_cannot_be_made_is_one_clear_problem(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(WorkshopError, match="cannot write to") as raised:
        write_output(tmp_path / "file" / "out", {"a": b"a"})
    assert raised.value.exit_code is ExitCode.MACHINE


def test_what_an_interrupted_build_left_is_cleared_away(tmp_path):
    (tmp_path / STAGING).mkdir()
    (tmp_path / STAGING / "half").write_text("x")
    write_output(tmp_path, {"a.pdf": b"a"})
    assert names(tmp_path) == ["a.pdf", MANIFEST]


def test_files_requested_by_name_join_the_earlier_set(tmp_path):
    write_output(tmp_path, {"deck.pptx": b"deck", "old.pdf": b"old"})
    (tmp_path / "old.pdf").unlink()
    write_output(tmp_path, {"cards.pdf": b"cards"}, beside=True)
    assert (tmp_path / "deck.pptx").read_bytes() == b"deck"
    assert sorted(read_manifest(tmp_path)) == ["cards.pdf", "deck.pptx"]
    write_output(tmp_path, {"deck.pptx": b"deck"})
    assert not (tmp_path / "cards.pdf").exists()


def test_files_of_an_interrupted_build_are_not_mistaken_for_edits_later(tmp_path):
    write_output(tmp_path, {"deck.pptx": b"one", "sheets.pdf": b"one"})
    (tmp_path / "sheets.pdf").unlink()
    (tmp_path / "sheets.pdf").mkdir()  # stands for a file that is held open
    with pytest.raises(WorkshopError):
        write_output(tmp_path, {"deck.pptx": b"two", "sheets.pdf": b"two"})
    (tmp_path / "sheets.pdf").rmdir()
    written = write_output(tmp_path, {"deck.pptx": b"three", "sheets.pdf": b"three"})
    assert [one.kept for one in written] == [None, None]
    assert (tmp_path / "deck.pptx").read_bytes() == b"three"
    assert names(tmp_path) == ["deck.pptx", MANIFEST, "sheets.pdf"]


def test_the_same_files_give_the_same_bytes_at_any_time(monkeypatch):
    first = packed({"b.txt": b"b" * 1000, "a.pptx": b"a"}, "acme")
    monkeypatch.setattr(time, "time", lambda: 2e9)
    os.umask(old := os.umask(0o077))
    assert packed({"a.pptx": b"a", "b.txt": b"b" * 1000}, "acme") == first
    os.umask(old)
    with ZipFile(io.BytesIO(first)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            "acme/a.pptx": b"a",
            "acme/b.txt": b"b" * 1000,
        }
        assert archive.testzip() is None
