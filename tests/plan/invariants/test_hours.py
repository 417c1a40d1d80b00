import pytest

from tests.plan.invariants.plans import a_plan, after, broken, change, prose, slide, whole, without
from workshop.model.kit import Exercise, Note, Sheet
from workshop.model.meta import AudienceMeta, TimeBlock
from workshop.model.slot import IN_CALL

BAKERS = "bakers, 30 minutes: "


def said(words):
    return (Note("say", prose("word " * words)),)


def sheet(**kinds):
    """Return a sheet with exercises of the given kinds."""
    exercises = tuple(
        Exercise(id=name, title=name, minutes=5, level=1, calculator=False, task=(), hint=(), solution=(), kind=kind)
        for name, kind in kinds.items()
    )
    return Sheet(id="S2-00A", stage="oven", number=2, title="Oven", aim="", exercises=exercises)


def test_time_without_anything_to_do_names_what_comes_before_and_after_it():
    stages = after(whole(), "crust", slide("cooling", 5))
    assert broken("P9", stages) == [f"{BAKERS}9 minutes pass between 'knead' and 'ask' without anything to do"]
    assert broken("P9", stages, said=AudienceMeta(idle=9)) == []
    assert broken("P9", after(whole(), "crust", slide("cooling", 5, does="talk"))) == []


def test_the_end_of_a_workshop_is_no_time_to_sit_through_either():
    stages = change(change(whole(), "ask", does=""), "bye", does="")
    assert broken("P9", stages) == [f"{BAKERS}17 minutes pass between 'knead' and the end without anything to do"]


def test_what_is_said_fits_seven_tenths_of_a_slide():
    assert broken("P12", change(whole(), "rise", notes=said(182))) == []
    assert broken("P12", change(whole(), "rise", notes=said(183))) == [
        f"{BAKERS}slide 'rise' has 183 words to say in 2 min; at most 182 fit"
    ]


@pytest.mark.parametrize(("minutes", "words"), [(1, 43), (2, 86)])
def test_a_bet_leaves_time_for_letters_and_hands_and_with_two_minutes_for_reasons(minutes, words):
    fits = change(whole(), "guess", minutes=minutes, notes=said(words))
    assert broken("P12", fits) == []
    over = change(whole(), "guess", minutes=minutes, notes=said(words + 1))
    assert broken("P12", over) == [
        f"{BAKERS}slide 'guess' has {words + 1} words to say in {minutes} min; at most {words} fit"
    ]


def test_a_bet_takes_one_or_two_minutes_and_a_misconception_one():
    stages = change(change(whole(), "guess", minutes=3), "myth", minutes=2, notes=said(140))
    assert broken("P12", stages) == [
        f"{BAKERS}slide 'guess' is a bet that takes 3 minutes",
        f"{BAKERS}slide 'myth' is a misconception slide that takes 2 minutes, not one",
    ]


def test_the_minutes_on_a_slide_and_on_its_sheet_are_those_of_the_plan():
    shown = change(whole(), "knead", slots=(("minutes", (prose("8"),)),))
    kinds = {"sheets": (sheet(count="count"),)}
    assert broken("P12", shown, kit=kinds) == [
        f"{BAKERS}slide 'knead' shows 8 min and has 6",
        f"{BAKERS}slide 'knead' has 6 min, and its task 'count' on the sheet 5",
    ]


def test_a_plan_that_is_hardly_or_mostly_speech_is_told_its_share():
    silent = whole()
    for name in ("hello", "rise", "crust", "bye", "ask", "knead"):
        silent = change(silent, name, notes=())
    (message,) = broken("P12", silent)
    assert message.startswith(f"{BAKERS}speech takes 4% of the slides, not 20% to 40%")


def test_a_second_task_in_a_stage_is_named_with_the_first_unless_it_goes_on_with_it():
    def added(**more):
        shape = slide("shape", 5, "exercise", task="sort", **more)
        return after(whole(), "crust", shape, slide("shaped", answers=("shape",)))

    kinds = {"sheets": (sheet(count="count", sort="sort"),)}
    assert broken("P13", added(), kit=kinds) == [
        f"{BAKERS}slide 'shape' is a second task in its stage, after 'knead'",
        f"{BAKERS}slide 'shape' comes 4 minutes after 'knead', another task",
    ]
    assert broken("P13", added(needs=("knead",)), kit=kinds) == []


def test_no_two_tasks_are_of_one_kind():
    more = after(whole(), "crust", slide("shape", 5, "exercise", task="again", needs=("knead",)))
    kinds = {"sheets": (sheet(count="count", again="count"),)}
    assert broken("P13", more, kit=kinds) == [f"{BAKERS}slide 'shape' asks the room to count again, as 'knead' did"]


def test_a_task_on_paper_takes_six_minutes_and_all_of_them_thirty_at_the_most():
    assert broken("P13", change(whole(), "knead", minutes=31)) == [
        f"{BAKERS}1 tasks on paper take 31 minutes",
        f"{BAKERS}slide 'knead' is a task of 31 minutes, not 6 at most",
    ]


def test_sitting_for_too_long_is_reported_from_slide_to_slide():
    stages = after(whole(), "crust", slide("cooling", 70))
    assert broken("P14", stages, slot=100) == [
        "bakers, 100 minutes: 100 minutes pass from 'hello' to 'bye' without a break; the limit is 90"
    ]


def test_in_a_call_people_sit_for_an_hour_at_most():
    stages = after(whole(), "crust", slide("cooling", 40))
    assert broken("P14", stages, slot=70) == []
    assert broken("P14", stages, slot=70, pace=IN_CALL) == [
        "bakers, 70 minutes: 70 minutes pass from 'hello' to 'bye' without a break; the limit is 60"
    ]


def test_a_bet_that_is_placed_again_has_three_minutes_and_four_in_a_call():
    def again(minutes):
        return change(whole(), "guess", twice=True, minutes=minutes)

    message = f"{BAKERS}slide 'guess' is a bet that takes {{}} minutes"
    assert broken("P12", again(3)) == []
    assert message.format(4) in broken("P12", again(4))
    assert message.format(4) not in broken("P12", again(4), pace=IN_CALL)
    assert message.format(3) in broken("P12", again(3), pace=IN_CALL)


def test_five_minutes_to_stretch_are_as_good_as_a_break():
    stages = after(whole(), "crust", slide("cooling", 70))
    stretch = TimeBlock(title="Stretch", minutes=5, after="oven")
    plan = a_plan(stages, slot=100, blocks_in=(stretch,))
    assert [spot.unit.rest for spot in plan.spots].count(True) == 1
    assert broken("P14", stages, slot=100, blocks_in=(stretch,)) == []


def test_the_parts_of_a_plan_make_up_its_slot():
    stages = without(whole(), "crust")
    assert broken("P18", stages) == [f"{BAKERS}the parts make up 28 minutes"]


@pytest.mark.parametrize(("slot", "buffer"), [(29, 0), (33, 4)])
def test_the_buffer_is_about_a_twentieth(slot, buffer):
    assert broken("P18", whole(), slot=slot, buffer=buffer) == [
        f"bakers, {slot} minutes: the buffer is {buffer} minutes, not 1 to 1"
    ]
