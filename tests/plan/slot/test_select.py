"""Tests slots on whole kits with random stages and slides."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from workshop.model.blocks import Line, Prose, Run, ShownChart
from workshop.model.exhibits import Chart, ChartKind
from workshop.model.kit import Exercise, Note, Sheet, Slide, Stage
from workshop.model.meta import TimeBlock
from workshop.model.slot import IN_ROOM
from workshop.plan.slot.appendix import left_out
from workshop.plan.slot.cut import cut_sheets, plan_lines, without_sheets
from workshop.plan.slot.fit_to_slot import LARGEST_BUFFER, fit_to_slot, shortest_slot
from workshop.plan.slot.reword import bridge, settle, told_minutes
from workshop.plan.slot.spare import mark_spare, promised
from workshop.plan.slot.worth import as_sections, only

SHOWN = ShownChart("toy.chart", Chart(ChartKind.LINE, "t", measure="m", finding="f", series=()), "f")
LAYOUTS = ("content", "chart", "exercise", "misconception", "predict", "activity", "source", "toy-stops")
NEXT = (Note("next", Prose((Line((Run("as written"),)),))),)


def slide(name, layout="content", minutes=2.0, **more):
    slots = (("main", (SHOWN,)),) if layout == "chart" else ()
    return Slide(
        id=name, layout=layout, title=(Run(f"Title of {name}"),), slots=slots, notes=NEXT, minutes=minutes, **more
    )


def stage(name, *slides, number=None, **more):
    divider = (Slide(id=name, layout="section", title=(Run(name),), slots=()),) if number else ()
    return Stage(
        id=name, title=name.title(), slides=(*divider, *(replace(s, stage=name) for s in slides)), number=number, **more
    )


def kit(*middle):
    """Return an opening, some stages and a closing."""
    return (stage("opening", slide("hello")), *middle, stage("end", slide("bye", "closing", 3)))


def spine(name, number, minutes=2.0, **more):
    parts = (slide(f"{name}-{layout}", layout, minutes) for layout in ("content", "chart", "exercise"))
    return stage(name, *parts, number=number, **more)


@st.composite
def kits(draw):
    stages = []
    for number in range(1, draw(st.integers(1, 6)) + 1):
        names = [f"s{number}-{k}" for k in range(draw(st.integers(1, 7)))]
        slides = tuple(
            slide(
                name,
                draw(st.sampled_from(LAYOUTS)),
                draw(st.sampled_from((0, 0.5, 1, 2, 3, 6))),
                priority=draw(st.sampled_from(("core", "core", "optional", "deep"))),
                needs=tuple(draw(st.lists(st.sampled_from(names), max_size=2))),
            )
            for name in names
        )
        stages.append(stage(f"s{number}", *slides, number=number, weight=draw(st.sampled_from((1, 1, 2)))))
    return kit(*stages)


@settings(deadline=None, max_examples=60)
@given(kits(), st.sampled_from((25, 45, 60, 90, 180, 360)))
def test_every_plan_fits_its_slot_and_keeps_its_promises(stages, slot):
    fit = fit_to_slot(stages, slot)
    if fit is None:
        assert shortest_slot(stages) > slot
        return
    plan = fit.report
    slides = {s.id: s for st_ in stages for s in st_.slides}
    kept = {s.id: s for s in only(stages, fit.shown)}
    assert plan.total <= slot
    assert plan.buffer <= slot * LARGEST_BUFFER
    assert plan.stretch <= IN_ROOM.sitting
    assert plan.slides == sum(slides[name].minutes for name in fit.shown)
    assert all(need in fit.shown for name in fit.shown for need in slides[name].needs)
    for section in as_sections(stages):
        assert section.id in kept or not section.keep
        if section.id in kept:
            assert all(set(group) & fit.shown for group in section.spine)
    lost = {s.id for s in left_out(stages, fit.shown)}
    shown = {s.id for st_ in kept.values() for s in st_.slides}
    assert lost | shown == set(slides)
    assert not lost & shown
    assert {line.slide for line in plan_lines(stages, fit.shown) if line.shown} == fit.shown


@settings(deadline=None, max_examples=60)
@given(kits(), st.sampled_from((25, 45, 90)))
def test_what_is_spare_can_go(stages, slot):
    fit = fit_to_slot(stages, slot)
    if fit is None:
        return
    kept = mark_spare(only(stages, fit.shown))
    left = {s.id for st_ in kept for s in st_.slides if not s.spare}
    for stage_ in kept:
        here = [s for s in stage_.slides if s.id in left]
        assert all(need in left for s in here for need in s.needs)
        if here:
            (section,) = as_sections((stage_,))
            assert all(set(group) & left for group in section.spine)


@settings(deadline=None, max_examples=40)
@given(kits())
def test_the_shortest_slot_has_a_plan_and_one_minute_less_has_none(stages):
    least = shortest_slot(stages)
    assert fit_to_slot(stages, least) is not None
    if least > 1:
        assert fit_to_slot(stages, least - 1) is None


def test_all_spines_come_before_anything_else():
    stages = kit(spine("a", 1), spine("b", 2), stage("c", *(slide(f"c{k}") for k in range(30)), number=3))
    fit = fit_to_slot(stages, 25)
    assert {"a-chart", "b-chart", "c0"} <= fit.shown
    assert fit.report.cut == ()


def test_the_stage_of_least_weight_is_cut_first():
    stages = kit(spine("a", 1), spine("b", 2, weight=2), spine("c", 3, weight=2))
    assert fit_to_slot(stages, 18).report.cut == ("A",)


def test_lunch_and_breaks_count_in_a_day_and_spare_time_is_filled():
    stages = kit(*(stage(f"s{k}", slide(f"x{k}", minutes=50), number=k) for k in range(1, 5)))
    blocks = (
        TimeBlock(title="Lunch", minutes=60, after="s2", least=300),
        TimeBlock(title="Work", minutes=30, fill=True),
        TimeBlock(title="More", minutes=90, fill=True),
    )
    plan = fit_to_slot(stages, 360, blocks).report
    assert [block.title for block in plan.blocks] == ["Lunch", "Work"]
    assert plan.pauses == (15, 15, 5)
    assert plan.total == 205 + 35 + 60 + 30 + plan.buffer
    assert fit_to_slot(stages, 240, blocks[:1]).report.blocks == ()


def test_a_kit_that_is_too_small_is_not_stretched():
    plan = fit_to_slot(kit(spine("a", 1)), 360).report
    assert plan.slides == 11
    assert plan.total <= 13


def sheet(name):
    exercise = Exercise(
        id=f"{name}-task", title="t", minutes=5, level=1, calculator=False, task=(), hint=(), solution=()
    )
    return Sheet(id=f"S-{name}", stage=name, number=0, title=name, aim="", exercises=(exercise,))


def test_a_sheet_is_printed_if_one_of_its_exercises_is_on_a_slide_that_is_in():
    stages = kit(spine("a", 1, material=("sheet S1", "pencils")), spine("b", 2, material=("sheet S2",)))
    shown = frozenset({"hello", "bye", "a-content", "a-exercise", "b-content"})
    worked = {"a-exercise": "a-task", "b-exercise": "b-task"}
    sheets = (sheet("a"), sheet("b"))
    printed = cut_sheets(sheets, stages, shown, worked, 4)
    assert [s.stage for s in printed] == ["a"]
    _, a, b, _ = without_sheets(only(stages, shown), sheets, printed)
    assert a.material == ("sheet S1", "pencils")
    assert b.material == ()


def test_a_sheet_knows_which_of_its_exercises_are_worked_on_in_class():
    one = sheet("a")
    two = replace(one, exercises=(*one.exercises, replace(one.exercises[0], id="a-more")))
    stages = kit(spine("a", 1))
    (printed,) = cut_sheets((two,), stages, frozenset({"a-content", "a-exercise"}), {"a-exercise": "a-task"}, 4)
    assert printed.in_class == ("a-task",)
    assert len(printed.exercises) == 2


def test_sheets_that_no_slide_works_on_are_printed_as_far_as_the_limit_goes():
    stages = kit(spine("a", 1), spine("b", 2))
    shown = frozenset(s.id for st_ in stages for s in st_.slides)
    assert [s.stage for s in cut_sheets((sheet("a"), sheet("b")), stages, shown, {}, 1)] == ["a"]


def test_a_task_that_is_done_in_class_takes_the_minutes_of_its_slide_on_the_sheet_too():
    one = sheet("a")
    two = replace(one, exercises=(*one.exercises, replace(one.exercises[0], id="a-more")))
    stages = kit(stage("a", slide("a-exercise", "exercise", 3), number=1))
    (printed,) = cut_sheets((two,), stages, frozenset({"a-exercise"}), {"a-exercise": "a-task"}, 4)
    assert [exercise.minutes for exercise in printed.exercises] == [3, 5]


@pytest.mark.parametrize(
    ("minutes", "unit", "shown"),
    [(2, "minute", ("2", "minutes")), (1, "minutes, in pairs", ("1", "minute, in pairs")), (4, "min", ("4", "min"))],
)
def test_a_slide_shows_the_minutes_that_it_has_in_this_plan(minutes, unit, shown):
    slots = (("minutes", (Prose((Line((Run("3"),)),)),)), ("unit", (Prose((Line((Run(unit),)),)),)), ("main", (SHOWN,)))
    (told,) = told_minutes((replace(slide("bet", "predict", minutes), slots=slots),), "en-GB")
    assert tuple(told.slot(name)[0].lines[0].text for name in ("minutes", "unit")) == shown
    assert told.slot("main") == (SHOWN,)


def test_the_notes_lead_to_the_slide_that_follows_now():
    stages = kit(spine("a", 1), spine("b", 2, question="Why?"))
    shown = frozenset({"hello", "bye", "a-content", "a-exercise", "b-content", "b-chart"})
    notes = {
        s.id: s.notes[-1].prose.lines[0].text
        for st_ in bridge(stages, only(stages, shown), is_kit=True)
        for s in st_.slides
        if s.notes
    }
    assert notes["hello"] == "as written"
    assert notes["a-content"] == "Title of a-exercise"
    assert notes["a-exercise"] == "as written"
    assert notes["b-content"] == "as written"
    assert notes["b-chart"] == "Title of bye"
    without = bridge(stages, only(stages, shown - {"a-exercise"}), is_kit=True)
    assert without[1].slides[-1].notes[-1].prose.lines[0].text == "Why?"


def test_notes_of_a_kit_without_words_for_it_lead_to_the_slide_that_follows():
    said = replace(slide("first"), notes=(Note("say", Prose((Line((Run("Look."),)),))),))
    stages = (stage("one", said, slide("second"), number=1), stage("two", slide("third"), number=2, question="Why?"))

    def heard(slides, *, is_kit=True):
        return [
            [(note.kind, note.prose.lines[0].text) for note in s.notes]
            for st_ in bridge(stages, only(stages, frozenset(slides)), is_kit=is_kit)
            for s in st_.slides
            if s.id in slides
        ]

    assert heard({"first", "second"})[0] == [("say", "Look."), ("next", "Title of second")]
    assert heard({"first", "third"})[0] == [("say", "Look."), ("next", "Why?")]
    assert heard({"first"}) == [[("say", "Look.")]]
    assert heard({"first", "second"}, is_kit=False)[0] == [("say", "Look.")]


def test_objectives_and_material_go_with_what_they_need():
    lines = tuple(Line((Run(text),), marker="bullet") for text in ("count {needs=x}", "say why"))
    divider = Slide(id="a", layout="section", title=(), slots=(("label", ()), ("main", (Prose(lines),))))
    one = Stage(
        id="a",
        title="A",
        slides=(divider, slide("x")),
        number=1,
        objectives=("count {needs=x}", "say why"),
        material=("dice {needs=x,y}",),
    )
    (cut,) = settle((one,), frozenset())
    assert cut.objectives == ("say why",)
    assert cut.material == ()
    assert [line.text for line in cut.slides[0].slot("main")[0].lines] == ["say why"]
    (whole,) = settle((one,), frozenset({"x", "y"}))
    assert whole.objectives == ("count", "say why")
    assert whole.material == ("dice",)


@pytest.mark.parametrize("slot", [0, 60])
def test_a_plan_is_the_same_every_time(slot):
    stages = kit(*(spine(f"s{k}", k, 3) for k in range(1, 9)))
    assert fit_to_slot(stages, slot) == fit_to_slot(stages, slot)


def test_what_alone_carries_an_objective_a_point_or_the_only_misconception_is_never_offered():
    one = stage(
        "a",
        slide("a-chart", "chart", priority="core"),
        slide("named", priority="deep"),
        slide("only", priority="deep", teaches=("1.1",)),
        slide("twin", priority="deep", teaches=("1.2",)),
        slide("other", priority="deep", teaches=("1.2",)),
        slide("wrong", "misconception", priority="optional"),
        slide("a-exercise", "exercise"),
        slide("guess", "predict", priority="optional", needs=("answer",)),
        slide("answer", priority="optional"),
        slide("check", "predict", priority="optional"),
        number=1,
        objectives=("count {needs=named}", "say why"),
    )
    kept = promised((one,))
    assert kept == {"named", "check"}
    (marked,) = mark_spare((one,), kept)
    assert {s.id for s in marked.slides if s.spare} == {"twin", "guess", "answer"}


def test_slides_that_need_each_other_are_in_the_plan_together_and_neither_is_offered_alone():
    before = slide("before", priority="optional", needs=("after",))
    after = slide("after", priority="optional", needs=("before",))
    stages = (stage("opening", slide("hello"), before), spine("a", 1), stage("end", slide("bye", "closing", 3), after))
    for slot in range(shortest_slot(stages), 30):
        shown = fit_to_slot(stages, slot).shown
        assert ("before" in shown) is ("after" in shown)
    assert {"before", "after"} <= fit_to_slot(stages, 60).shown
    assert not any(s.spare for stage_ in mark_spare(stages) for s in stage_.slides if s.id in ("before", "after"))


def test_aim_and_room_speak_only_of_what_is_in():
    one = Stage(
        id="a",
        title="A",
        slides=(slide("x"),),
        number=1,
        aim="Know the map[, and what they believed]{needs=x}",
        room="Four corners {needs=x}",
    )
    (cut,) = settle((one,), frozenset())
    assert (cut.aim, cut.room) == ("Know the map", "")
    (whole,) = settle((one,), frozenset({"x"}))
    assert (whole.aim, whole.room) == ("Know the map, and what they believed", "Four corners")


def test_a_title_in_two_wordings_is_led_to_in_the_one_that_is_said():
    runs = (Run("What "), Run("you", needs=("vote",)), Run("raters", needs=("-vote",)), Run(" picked"))
    bet = replace(slide("bet"), title=runs)
    written = (stage("one", slide("first"), slide("between"), bet, slide("vote"), number=1),)
    for shown, said in (
        (frozenset({"first", "bet"}), "What raters picked"),
        (frozenset({"first", "bet", "vote"}), "What you picked"),
    ):
        (kept,) = settle(bridge(written, only(written, shown), is_kit=True), shown)
        (note,) = next(s for s in kept.slides if s.id == "first").notes
        assert note.prose.lines[0].text == said
