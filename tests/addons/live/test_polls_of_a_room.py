"""A poll in a room: letters or sorted things, counted, told beside the toy, and written down for a build."""

import pytest

from workshop.addons.live.course import Course, Event, Refused
from workshop.addons.live.deck import POLL, Deck, Item, Poll, Spot
from workshop.addons.live.freeze import freeze
from workshop.addons.live.known import counts, got, phone, wall
from workshop.addons.live.typed import read_typed
from workshop.inputs.came_back import read_counts

OPTIONS = ("false", "true", "can’t tell")


def held(each):
    item = Item(id="own", text="Which?", options=OPTIONS)
    poll = Poll(id="own", kind=POLL, slide="own", name="Own", items=(item,), each=each, toy=(0.875, 0.125, -1.0))
    course = Course(deck=Deck(slides=(Spot(id="own", label="1", source="own"),), polls=(poll,), people=3, check=4))
    for what, more in (("seat", {"seat": "07M", "device": "a"}), ("next", {}), ("open", {})):
        course = course.after(Event(what=what, **more))
    return course


def said(course, pick, **more):
    return course.after(Event(what="answer", seat="07M", device="a", question="own", pick=pick, by="phone", **more))


def test_sorted_things_are_added_up_and_written_as_a_build_reads_them(tmp_path):
    course = said(held(5), "2-3-0").after(Event(what="hands", question="own", pick="A", count=4))
    assert counts(course, "own", 1) == {"A": 6, "B": 3, "C": 0}
    assert got(course, course.current, 1) == {"got": 1, "got_guests": 1}
    (tmp_path / "counts.csv").write_bytes(freeze(course)["counts.csv"])
    assert read_counts(tmp_path / "counts.csv")["own"].letters == (6, 3, 0)


@pytest.mark.parametrize("pick", ["3-3-0", "1-1", "1-1-1-1", "a-1-1", "-1-1-1", "²-1-1", "A"])
def test_more_things_than_there_are_and_anything_else_is_refused(pick):
    with pytest.raises(Refused):
        said(held(5), pick)


def test_a_letter_is_one_letter_where_nothing_is_sorted():
    assert counts(said(held(0), "B"), "own", 1) == {"B": 1}
    with pytest.raises(Refused):
        said(held(0), "2-3-0")


def test_the_wall_and_the_phones_know_the_toys_share_only_once_the_answers_are_shown():
    course = said(held(0), "B").after(Event(what="close"))
    assert wall(course, {})["counts"] is None
    assert wall(course, {})["poll"]["toy"] == phone(course, "07M", {})["poll"]["toy"] == []
    shown = wall(course.after(Event(what="show")), {})
    assert shown["counts"] == {"own": {"A": 0, "B": 1, "C": 0}}
    assert shown["poll"]["toy"] == [0.875, 0.125, -1.0]
    assert shown["right"] is None


@pytest.mark.parametrize(
    ("each", "line", "pick"), [(5, "07M own=2-3-0", "2-3-0"), (0, "07M own=b", "B"), (0, "07M C", "C")]
)
def test_lines_from_a_chat_are_read(each, line, pick):
    (read,) = read_typed(line, held(each))
    assert [event.pick for event in read.events] == [pick]
