from hypothesis import given
from hypothesis import strategies as st

from workshop.errors import Report
from workshop.model.kit import Slide, Stage
from workshop.model.slot import IN_ROOM
from workshop.plan.slot.clock import clock, parse_clock, run_sheet, slide_clocks


def stage(minutes, name="A"):
    return Stage(
        id=name, title=name, slides=(Slide(id=name, layout="content", title=(), slots=(), minutes=minutes),), number=1
    )


def test_clock_times_are_read_and_written():
    report = Report()
    assert parse_clock("9:05", report) == 545
    assert clock(545) == "09:05"
    assert not report.found


def test_a_wrong_clock_time_is_a_problem_with_its_form():
    report = Report()
    assert parse_clock("25:00", report) is None
    assert "09:30" in report.found[0].hint


def test_each_stage_begins_where_the_one_before_ended():
    rows = run_sheet((stage(20, "A"), stage(30, "B")), 540, "en")
    assert [(r.clock, r.what, r.minutes) for r in rows] == [("09:00", "A", 20), ("09:20", "B", 30)]


def test_a_break_comes_before_more_than_ninety_minutes_have_passed():
    rows = run_sheet((stage(60, "A"), stage(40, "B")), 540, "en")
    assert [r.kind for r in rows] == ["stage", "break", "stage"]
    assert rows[2].clock == "10:15"


@given(st.lists(st.integers(1, 90), max_size=12))
def test_nobody_sits_for_more_than_ninety_minutes(minutes):
    rows = run_sheet(tuple(stage(m) for m in minutes), 0, "en")
    seated = 0.0
    for row in rows:
        seated = 0 if row.kind == "break" else seated + row.minutes
        assert seated <= IN_ROOM.sitting
    assert sum(r.minutes for r in rows if r.kind == "stage") == sum(minutes)


def test_slides_begin_where_those_before_them_ended_and_after_the_breaks():
    lengths = (("a", 5), ("b", 2.5), ("c", 60))
    slides = tuple(Slide(id=name, layout="content", title=(), slots=(), minutes=m) for name, m in lengths)
    stages = (Stage(id="one", title="One", slides=slides, number=1), stage(30, "d"))
    assert slide_clocks(stages, 540) == {"a": "09:00", "b": "09:05", "c": "09:08", "d": "10:22"}
