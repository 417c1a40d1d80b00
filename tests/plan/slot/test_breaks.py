from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workshop.model.kit import Slide, Stage
from workshop.model.meta import TimeBlock
from workshop.model.slot import IN_CALL, IN_ROOM
from workshop.plan.slot.breaks import Unit, break_lengths, fewest_breaks, line_up, longest, place_breaks


def stage(name, minutes, number=1):
    return Stage(
        id=name,
        title=name,
        slides=(Slide(id=name, layout="content", title=(), slots=(), minutes=minutes),),
        number=number,
    )


def units(*minutes):
    return tuple(Unit(kind="stage", minutes=m, stage=stage(str(k), m)) for k, m in enumerate(minutes))


LUNCH = TimeBlock(title="Lunch", minutes=60, after="b")
WORK = TimeBlock(title="Work", minutes=40, fill=True)


def names(day):
    return [u.stage.id if u.stage else u.block.title if u.block else "buffer" for u in day]


def test_a_block_comes_after_its_stage_and_the_buffer_before_the_closing():
    stages = (stage("a", 10), stage("b", 10), stage("c", 10), stage("end", 5, None))
    assert names(line_up(stages, ["a", "b", "c", "end"], (LUNCH,), 3)) == ["a", "b", "Lunch", "c", "buffer", "end"]


def test_a_block_whose_stage_is_cut_comes_after_the_one_before_it():
    stages = (stage("a", 10), stage("c", 10), stage("end", 5, None))
    assert names(line_up(stages, ["a", "b", "c", "end"], (LUNCH,), 0)) == ["a", "Lunch", "c", "end"]


def test_blocks_without_a_stage_and_the_buffer_come_before_the_closing_in_order():
    stages = (stage("a", 10), stage("end", 5, None))
    blocks = (TimeBlock(title="Work", minutes=30, fill=True), TimeBlock(title="Questions", minutes=10, fill=True))
    assert names(line_up(stages, ["a", "end"], blocks, 2)) == ["a", "Work", "Questions", "buffer", "end"]


def test_one_break_divides_the_time_most_evenly():
    assert place_breaks(units(20, 20, 20, 60, 20), 1) == (3,)


def test_a_rest_counts_as_a_break_and_has_none_beside_it():
    day = (*units(60, 30), Unit(kind="block", minutes=60, block=LUNCH, rest=LUNCH.rest), *units(30, 60))
    assert fewest_breaks(day) == ()
    assert longest(day, ()) == 90
    assert set(place_breaks(day, 2)) & {2, 3} == set()


def test_work_that_fills_time_is_not_a_rest():
    day = (*units(60), Unit(kind="block", minutes=40, block=WORK, rest=WORK.rest))
    assert longest(day, ()) == 100


def test_an_empty_day_has_no_breaks():
    assert fewest_breaks(()) == ()
    assert place_breaks((), 2) == ()


@settings(deadline=None)
@given(st.lists(st.integers(1, 90), min_size=1, max_size=8), st.integers(0, 3))
def test_no_other_breaks_make_the_longest_stretch_shorter(minutes, count):
    day = units(*minutes)
    placed = place_breaks(day, count)
    assert len(placed) <= count
    edges = range(1, len(minutes))
    others = [c for n in range(count + 1) for c in combinations(edges, n)]

    def squares(breaks):
        sums = [sum(minutes[a:b]) for a, b in pairwise((0, *breaks, len(minutes)))]
        return sum(s**2 + 1e6 * (s > IN_ROOM.sitting) for s in sums)

    assert squares(placed) == pytest.approx(min(map(squares, others)))


@settings(deadline=None)
@given(st.lists(st.integers(1, 90), min_size=1, max_size=8))
def test_one_break_fewer_would_be_too_few(minutes):
    day = units(*minutes)
    breaks = fewest_breaks(day)
    assert longest(day, breaks) <= IN_ROOM.sitting
    if breaks:
        assert longest(day, place_breaks(day, len(breaks) - 1)) > IN_ROOM.sitting


def test_in_a_call_breaks_come_earlier_and_are_shorter():
    assert break_lengths(60, 0, pace=IN_CALL) == ()
    assert break_lengths(65, 1, pace=IN_CALL) == (5,)
    assert break_lengths(180, 2, pace=IN_CALL) == (10, 10)
    day = units(30, 30, 30, 30)
    assert len(fewest_breaks(day)) == 1
    assert fewest_breaks(day, IN_CALL) == (2,)
    assert fewest_breaks(units(40, 40, 40), IN_CALL) == (1, 2)
    assert place_breaks(units(30, 30, 20, 40), 1, IN_CALL) == (2,)
