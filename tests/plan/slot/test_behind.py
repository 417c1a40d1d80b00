"""Compares the cuts that the run sheet offers with all possible choices."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from workshop.model.blocks import Line, Prose, Run
from workshop.model.kit import Slide, Stage
from workshop.model.meta import Moment, MomentSlide
from workshop.plan.slot.clock import run_sheet
from workshop.plan.slot.cut import keeping, mark_moments
from workshop.plan.slot.explain import LATE, mark_named, shortcuts


def slide(name, minutes, moment="", **changes):
    return Slide(
        id=name, layout="content", title=(Run(name),), slots=(), minutes=minutes, moment=moment or name, **changes
    )


def day(*lengths, moments=None, **changes):
    """Return an opening, three stages with a spine of 20 minutes and moments of the given lengths, and a closing."""
    stages = [Stage(id="opening", title="Opening", slides=(slide("hello", 5),))]
    written = {}
    for number in (1, 2, 3):
        own = [slide(f"spine-{number}", 20, stage=f"s{number}")]
        own += [slide(f"m{number}-{k}", m, stage=f"s{number}") for k, m in enumerate(lengths[number - 1 :: 3])]
        stages.append(Stage(id=f"s{number}", title=f"Stage {number}", slides=tuple(own), number=number))
        written[f"s{number}"] = tuple(
            Moment(id=s.id, slides=(MomentSlide(id=s.id),), spine=s.id.startswith("spine"), least=200) for s in own
        )
    stages.append(Stage(id="closing", title="Closing", slides=(slide("bye", 5),)))
    return tuple(stages), moments or written


def found(stages, moments, kept=frozenset()):
    marked = mark_moments(stages, moments, kept)
    rows = run_sheet(marked, 540, "en")
    return shortcuts(marked, rows, moments, frozenset({"spine-1", "spine-2", "spine-3"}) | kept), rows


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from((1, 2, 3, 4, 5, 7)), min_size=3, max_size=9))
def test_a_shortcut_saves_enough_with_as_few_minutes_and_moments_as_can_be(lengths):
    stages, moments = day(*lengths)
    offered, rows = found(stages, moments)
    minutes = {s.id: s.minutes for stage in stages for s in stage.slides}
    asked = {(shortcut.row, shortcut.late) for shortcut in offered}
    for shortcut in offered:
        ahead = [name for row in rows[shortcut.row :] for name in row.slides if name.startswith("m")]
        assert set(shortcut.slides) <= set(ahead)
        assert shortcut.saves == sum(minutes[name] for name in shortcut.slides) >= shortcut.late

        def price(names):
            return sum(minutes[name] + 2 for name in names)

        every = (names for size in range(1, len(ahead) + 1) for names in combinations(ahead, size))
        least = min(price(names) for names in every if sum(minutes[name] for name in names) >= shortcut.late)
        assert price(shortcut.slides) == least
    for place in {row for row, _ in asked}:
        ahead = sum(minutes[name] for row in rows[place:] for name in row.slides if name.startswith("m"))
        usual = [late for late in LATE if late <= max(5, sum(row.minutes for row in rows) / 9)]
        assert {late for row, late in asked if row == place} == {late for late in usual if late <= ahead}


def test_nothing_that_a_promise_or_another_moment_rests_on_is_offered():
    stages, moments = day(3, 3, 3, 3, 3, 3)
    first = stages[1]
    needing = replace(first.slides[0], needs=("m2-0",))
    hello = replace(stages[0].slides[0], promise=True, title=(Run("You judge", kept_by=("m3-1",)),))
    stages = (
        replace(stages[0], slides=(hello,)),
        replace(first, slides=(needing, *first.slides[1:])),
        *stages[2:],
    )
    assert keeping(stages) == {"m3-1"}
    offered, _ = found(stages, moments, keeping(stages))
    named = {name for shortcut in offered for name in shortcut.slides}
    assert named
    assert not {"m2-0", "m3-1", "spine-1", "spine-2", "spine-3"} & named


def test_a_promise_in_the_text_of_a_slide_is_kept_too():
    line = Line((Run("You count", kept_by=("a",)),))
    hello = replace(slide("hello", 1), promise=True, slots=(("main", (Prose((line,)),)),))
    assert keeping([Stage(id="o", title="O", slides=(hello,))]) == {"a"}


def test_a_whole_stage_goes_only_where_moments_do_not_save_enough():
    stages, moments = day(1, 1, 1)
    marked = mark_moments(stages, moments)
    rows = run_sheet(marked, 540, "en")
    offered = shortcuts(marked, rows, moments)
    assert offered
    wholes = [{slide.id for slide in stage.slides} for stage in stages[1:4]]
    assert all(any(whole <= set(shortcut.slides) for whole in wholes) for shortcut in offered)
    assert not shortcuts(marked, rows, moments, frozenset({"spine-1", "spine-2", "spine-3"}))


def test_only_slides_that_a_shortcut_names_are_marked():
    stages, moments = day(5, 5, 5, 5)
    offered, _ = found(stages, moments)
    marked = mark_named(mark_moments(stages, moments), offered)
    named = {name for shortcut in offered for name in shortcut.slides}
    assert {s.id for stage in marked for s in stage.slides if s.spare} == named
