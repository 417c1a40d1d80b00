import contextlib
import json
import shutil
import threading

import pytest

from tests.files.faults import Watch, stops, watched
from workshop.errors import ExitCode, WorkshopError
from workshop.files.journal import JOURNAL, STAGING, change, digest, turn
from workshop.files.output import MANIFEST, fill_folder, read_manifest, recover, write_files, write_output

OLD = {"deck.pptx": b"old deck", "sheets.pdf": b"old sheets", "gone.pdf": b"only old", "same.pdf": b"same"}
MIDDLE = {"deck.pptx": b"middle deck", "sheets.pdf": b"middle sheets", "more.pdf": b"only middle", "same.pdf": b"same"}
NEW = {"deck.pptx": b"new deck", "sheets.pdf": b"new sheets", "same.pdf": b"same", "last.pdf": b"only new"}
DECK = {"deck.pptx": b"the deck alone"}


def content(folder):
    """Return the contents of a folder except the manifest; ``None`` stands for a folder."""
    return {p.name: p.read_bytes() if p.is_file() else None for p in folder.iterdir() if p.name != MANIFEST}


def is_noted(folder):
    """Return whether the manifest lists exactly the files that exist."""
    return read_manifest(folder) == {name: digest(data) for name, data in content(folder).items()}


@pytest.fixture
def out(tmp_path):
    """An output folder with the files of a build."""
    write_output(tmp_path / "out", OLD)
    return tmp_path / "out"


def test_a_build_that_is_killed_at_any_change_of_the_disk_leaves_the_next_one_exactly_its_own_set(out):
    tried = 0
    for point in stops(out, lambda: write_output(out, MIDDLE)):
        assert not [one.kept for one in write_output(out, NEW) if one.kept], point
        assert content(out) == NEW, point
        assert is_noted(out), point
        tried += 1
    assert tried > 25


def test_what_a_killed_build_leaves_is_one_whole_set_as_soon_as_anything_starts(out):
    found = set()
    for point in stops(out, lambda: write_output(out, MIDDLE)):
        recover(out)
        assert content(out) in (OLD, MIDDLE), point
        assert is_noted(out), point
        found.add(content(out) == OLD)
    assert found == {True, False}


def test_killed_builds_of_single_files_leave_the_rest_of_the_set_alone(out):
    for point in stops(out, lambda: write_output(out, {"deck.pptx": b"middle"}, beside=True)):
        write_output(out, DECK, beside=True)
        assert content(out) == OLD | DECK, point
        assert is_noted(out), point


def test_a_single_file_after_a_killed_build_joins_one_whole_set(out):
    for point in stops(out, lambda: write_output(out, MIDDLE)):
        write_output(out, DECK, beside=True)
        assert content(out) in (OLD | DECK, MIDDLE | DECK), point
        assert is_noted(out), point


@pytest.mark.broad
def test_being_killed_again_during_the_recovery_does_no_harm(out):
    mended = 0
    for point in stops(out, lambda: write_output(out, DECK), ("before",)):
        if not (out / STAGING / JOURNAL).exists():
            continue
        here = out.with_name(f"second-{mended}") / "out"
        shutil.copytree(out, here)
        for second in stops(here, lambda here=here: recover(here), ("before",)):
            write_output(here, NEW)
            assert content(here) == NEW, (point, second)
        mended += 1
    assert mended > 3


def test_edits_by_hand_survive_every_kill(out):
    (out / "deck.pptx").write_bytes(b"edited by hand")
    (out / "notes.txt").write_bytes(b"mine")
    for point in stops(out, lambda: write_output(out, MIDDLE)):
        write_output(out, NEW)
        expected = NEW | {"deck.pptx": b"edited by hand", "deck-2.pptx": NEW["deck.pptx"], "notes.txt": b"mine"}
        assert content(out) == expected, point


def test_a_file_edited_between_a_kill_and_the_next_build_is_kept(out):
    for point in stops(out, lambda: write_output(out, MIDDLE), ("before",)):
        (out / "sheets.pdf").write_bytes(b"edited in between")
        write_output(out, NEW)
        assert (out / "sheets.pdf").read_bytes() == b"edited in between", point
        assert (out / "sheets-2.pdf").read_bytes() == NEW["sheets.pdf"], point


def test_a_disk_that_fails_at_any_change_leaves_the_old_set_or_the_new_one_at_once(out):
    found = set()
    for point in stops(out, lambda: write_output(out, MIDDLE), ("error",)):
        there = content(out)
        there.pop(STAGING, None)  # the next build trusts nothing in files that could not be removed
        assert there in (OLD, MIDDLE), point
        assert not (out / STAGING / JOURNAL).exists(), point
        found.add(there == OLD)
    assert found == {True, False}


def test_a_first_build_that_is_killed_leaves_nothing_that_counts_as_edited(tmp_path):
    (tmp_path / "out").mkdir()
    for point in stops(tmp_path / "out", lambda: write_output(tmp_path / "out", OLD)):
        write_output(tmp_path / "out", NEW)
        assert content(tmp_path / "out") == NEW, point


def test_files_without_a_set_are_written_whole_or_not_at_all(tmp_path):
    folder = tmp_path / "charts"
    write_files(folder, {"a.svg": b"old", "a.png": b"old"})
    for point in stops(folder, lambda: write_files(folder, {"a.svg": b"new", "a.png": b"new"})):
        recover(folder)
        assert content(folder) in ({"a.svg": b"old", "a.png": b"old"}, {"a.svg": b"new", "a.png": b"new"}), point


def test_a_folder_that_was_filled_half_is_finished_the_next_time(tmp_path):
    folder, files = tmp_path / "kit", {"kit.yaml": b"title", "demos/one.py": b"code", "data/in/a.txt": b"a"}
    folder.mkdir()
    for point in stops(folder, lambda: fill_folder(folder, files)):
        with contextlib.suppress(FileExistsError):  # it was killed when all files were in place
            fill_folder(folder, files)
        there = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
        assert there == files, point


def test_a_folder_with_something_in_it_is_not_filled(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(FileExistsError):
        fill_folder(tmp_path, {"kit.yaml": b"title"})
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


def test_a_file_that_already_has_its_new_content_is_not_touched(out):
    before = {p.name: p.stat().st_mtime_ns for p in out.iterdir()}
    watch = Watch((out,))
    with watched(watch):
        write_output(out, OLD)
    assert {point.event for point in watch.points} == {"os.mkdir"}  # of the folder, which exists
    assert before == {p.name: p.stat().st_mtime_ns for p in out.iterdir()}


def test_a_journal_cannot_reach_out_of_its_folder(out, tmp_path):
    outside = tmp_path / "outside.txt"
    outside.write_bytes(b"x")
    (out / STAGING / "old").mkdir(parents=True)
    (out / STAGING / JOURNAL).write_text(json.dumps({"../outside.txt": [None, digest(b"x")]}))
    write_output(out, NEW)
    assert outside.read_bytes() == b"x"
    assert content(out) == NEW


@pytest.mark.parametrize("journal", ["", "{", "[]", '{"deck.pptx": 3}', '{"deck.pptx": ["a"]}', "[" * 100_000])
def test_a_journal_that_is_not_ours_is_ignored(out, journal):
    (out / STAGING).mkdir()
    (out / STAGING / JOURNAL).write_text(journal)
    assert not recover(out)
    assert content(out) == OLD


def test_a_journal_whose_old_files_lie_elsewhere_takes_nothing_from_there(out, tmp_path):
    """A folder that somebody sent could bring one, and have a file of this computer moved whose content it knows."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "empty").write_bytes(b"")
    (out / STAGING).mkdir()
    (out / STAGING / "old").symlink_to(elsewhere)
    (out / STAGING / JOURNAL).write_text(json.dumps({"empty": [digest(b""), digest(b"x")]}))
    write_output(out, NEW)
    assert content(elsewhere) == {"empty": b""}
    assert content(out) == NEW


def test_a_staging_folder_that_leads_elsewhere_is_not_followed(out, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "mine.txt").write_bytes(b"mine")
    (out / STAGING).symlink_to(elsewhere)
    write_output(out, NEW)
    assert content(out) == NEW
    assert content(elsewhere) == {"mine.txt": b"mine"}


@pytest.mark.parametrize("name", ["../deck.pptx", "a/../b.pdf", "/tmp/x", "..", "", "a//b.pdf"])
def test_a_name_outside_the_folder_is_refused(out, name):
    with pytest.raises(WorkshopError, match="can't be the name of a file"), turn(out):
        change(out, {name: b"x"})
    assert content(out) == OLD


def test_many_writers_into_one_folder_leave_one_whole_set(out):
    sets = [{"deck.pptx": b"deck %d" % n, f"own-{n}.pdf": b"own %d" % n} for n in range(12)]
    threads = [threading.Thread(target=write_output, args=(out, files)) for files in sets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert content(out) in sets
    assert is_noted(out)


def test_a_writer_that_never_ends_is_named_to_the_next_one(out):
    with (
        turn(out),
        pytest.raises(WorkshopError, match="another build is writing into") as raised,
        turn(out, patience=0.1),
    ):
        pass
    assert raised.value.exit_code is ExitCode.MACHINE
    assert content(out) == OLD
