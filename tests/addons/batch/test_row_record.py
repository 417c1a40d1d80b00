import os
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.files.faults import stops
from workshop.addons.batch.row_record import is_as_left, is_done, note
from workshop.addons.batch.rows import BESIDE, Task
from workshop.errors import At
from workshop.files.unchanged import stamp_of
from workshop.model.request import Request

SOME = {"audience": "a", "data": {("d", "s"): Path("x")}}


@pytest.fixture
def task(tmp_path):
    out = tmp_path / "out"
    (out / BESIDE).mkdir(parents=True)
    (out / "n").mkdir()
    (out / "n" / "deck.pptx").write_bytes(b"deck")
    (tmp_path / "talk.md").write_text("talk")
    request = Request(**SOME)
    at = At("rows.csv", 2)
    return Task(name="n", kit="k", request=request, out=out, here=tmp_path, zipped=False, engine="e", at=at)


def recorded(task):
    read = task.here / "talk.md"
    missing = task.here / "style.yaml"
    stamps = {str(path): stamp_of(str(path)) for path in (read, missing)}
    note(task, stamps, [task.target / "deck.pptx"])
    return task


def test_a_row_is_done_when_it_was_noted_and_nothing_has_changed(task):
    assert not is_done(task)
    assert is_done(recorded(task))


def test_another_time_of_the_same_bytes_changes_nothing(task):
    recorded(task)
    os.utime(task.here / "talk.md")
    os.utime(task.target / "deck.pptx")
    assert is_done(task)


@pytest.mark.parametrize(
    "change",
    [
        lambda task: (task.here / "talk.md").write_text("walk"),
        lambda task: (task.here / "talk.md").unlink(),
        lambda task: (task.here / "style.yaml").write_text("new"),
        lambda task: (task.target / "deck.pptx").write_bytes(b"edit"),
        lambda task: (task.target / "deck.pptx").unlink(),
        lambda task: (task.out / BESIDE / "n.json").write_text("[" * 100_000),
        lambda task: (task.out / BESIDE / "n.json").write_text("{}"),
    ],
)
def test_a_changed_source_output_or_record_means_another_build(task, change):
    recorded(task)
    change(task)
    assert not is_done(task)


@pytest.mark.parametrize(
    "other",
    [
        {"engine": "f"},
        {"kit": "l"},
        {"request": Request(**SOME, seed=1)},
        {"request": Request(audience="a", data={("d", "s"): Path("y")})},
    ],
)
def test_another_row_or_program_means_another_build(task, other):
    recorded(task)
    assert not is_done(replace(task, **other))


def test_the_line_of_the_row_and_the_place_of_the_cache_change_nothing(task):
    recorded(task)
    assert is_done(replace(task, at=At("rows.csv", 9), request=replace(task.request, cache=Path("/elsewhere"))))


def test_a_file_that_may_have_changed_during_the_build_means_another_build(task):
    note(task, None, [task.target / "deck.pptx"])
    assert not is_done(task)


def test_a_zip_file_is_as_it_was_left_until_it_is_changed(task):
    packed = replace(task, zipped=True)
    assert not is_as_left(packed)
    packed.target.write_bytes(b"zip")
    assert not is_as_left(packed)
    note(packed, {}, [packed.target])
    assert is_as_left(packed)
    packed.target.write_bytes(b"other")
    assert not is_as_left(packed)


@pytest.mark.parametrize("hows", [("before", "half"), ("error",)])
def test_a_record_that_was_half_written_says_nothing(task, hows):
    found = []
    for _ in stops(task.out, lambda: recorded(task), hows):
        found.append(is_done(task))
        assert is_done(recorded(task))
        (task.out / BESIDE / "n.json").unlink()
    assert False in found
