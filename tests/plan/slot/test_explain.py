"""Compares the cuts that the run sheet offers with all possible choices."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from workshop.model.blocks import Line, Prose, Run
from workshop.model.kit import Slide, Stage
from workshop.model.meta import Moment, MomentSlide
from workshop.model.slot import PlanReport
from workshop.plan.slot.clock import run_sheet
from workshop.plan.slot.explain import LATE, mark_named, pieces_of, shortcuts
from workshop.plan.slot.spare import keeping, mark_moments


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


def found(stages, moments, kept=frozenset(), buffer=0):
    marked = mark_moments(stages, moments, kept)
    plan = PlanReport(slot=1, buffer=buffer, order=tuple(stage.id for stage in stages))
    rows = run_sheet(marked, 540, "en", plan)
    return offers(marked, rows, moments, frozenset({"spine-1", "spine-2", "spine-3"}) | kept), rows


def offers(stages, rows, moments, kept=frozenset()):
    return shortcuts(rows, pieces_of(stages, rows, moments, kept))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from((1, 2, 3, 4, 5, 7)), min_size=3, max_size=9), st.sampled_from((0, 3, 6)))
def test_a_shortcut_saves_what_the_buffer_does_not_with_as_few_minutes_and_moments_as_can_be(lengths, buffer):
    stages, moments = day(*lengths)
    offered, rows = found(stages, moments, buffer=buffer)
    minutes = {s.id: s.minutes for stage in stages for s in stage.slides}
    for shortcut in offered:
        ahead = [name for row in rows[shortcut.row :] for name in row.slides if name.startswith("m")]
        assert set(shortcut.slides) <= set(ahead)

        def price(names):
            return sum(minutes[name] + 2 for name in names)

        every = (names for size in range(1, len(ahead) + 1) for names in combinations(ahead, size))
        enough = [names for names in every if sum(minutes[name] for name in names) >= shortcut.late - buffer]
        assert bool(shortcut.slides) is bool(enough)
        if enough:
            assert shortcut.saves == sum(minutes[name] for name in shortcut.slides) >= shortcut.late - buffer
            assert price(shortcut.slides) == min(map(price, enough))
    usual = [late for late in LATE if buffer < late <= max(5, sum(row.minutes for row in rows) / 6)]
    for place in {shortcut.row for shortcut in offered}:
        assert [shortcut.late for shortcut in offered if shortcut.row == place] == usual


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


def test_where_nothing_saves_enough_no_slide_is_named_and_no_stage_goes():
    stages, moments = day(1, 1, 1)
    offered, _ = found(stages, moments)
    assert offered
    assert all(shortcut.slides == () and shortcut.saves == 0 for shortcut in offered)


def moment(name, *slides, **marks):
    return Moment(id=name, slides=tuple(MomentSlide(id=one.id) for one in slides), **marks)


def only_stage(own, *moments):
    """Return a day with one stage, and its moments."""
    one = Stage(id="s1", title="One", slides=tuple(replace(s, stage="s1") for s in own), number=1)
    frame = (Stage(id=name, title=name, slides=(slide(name, 20),)) for name in ("opening", "closing"))
    first, last = frame
    return (first, one, last), {"s1": moments}


def test_a_single_slide_of_talk_may_go_but_no_bet_result_task_or_answer_and_nothing_to_remember():
    bet, result = slide("bet", 1, "spine"), slide("result", 1, "spine", answers=("bet",))
    talk, held = slide("talk", 5, "spine"), slide("held", 5, "dear")
    more = slide("more", 5, "dear")
    stages, moments = only_stage(
        (replace(bet, layout="predict"), result, talk, held, more),
        moment("spine", bet, result, talk, spine=True),
        moment("dear", held, more, remember=True),
    )
    offered = offers(mark_moments(stages, moments), run_sheet(stages, 540, "en"), moments)
    assert {name for shortcut in offered for name in shortcut.slides} == {"talk"}


def test_the_only_result_of_a_stage_stays():
    bet, result = slide("bet", 2, "try"), slide("result", 4, "try", answers=("bet",))
    talk = slide("talk", 1, "rest")
    stages, moments = only_stage((bet, result, talk), moment("try", bet, result), moment("rest", talk))
    marked = mark_moments(stages, moments)
    assert all(s.spare for s in marked[1].slides)
    offered = offers(marked, run_sheet(marked, 540, "en"), moments)
    assert offered
    assert not {"bet", "result"} & {name for shortcut in offered for name in shortcut.slides}


def test_only_slides_that_a_shortcut_names_are_marked():
    stages, moments = day(5, 5, 5, 5)
    offered, _ = found(stages, moments)
    marked = mark_named(mark_moments(stages, moments), offered)
    named = {name for shortcut in offered for name in shortcut.slides}
    assert {s.id for stage in marked for s in stage.slides if s.spare} == named
