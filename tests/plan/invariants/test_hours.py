import pytest

from tests.plan.invariants.plans import a_plan, after, broken, change, prose, slide, whole, without
from workshop.model.kit import Exercise, Note, Sheet
from workshop.model.meta import AudienceMeta, TimeBlock
from workshop.model.prints import Answer, Ballots, Round
from workshop.model.slot import IN_CALL, IN_ROOM
from workshop.plan.invariants.hours import room_seconds, rounds_of

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


def test_what_is_said_fits_a_slide_at_a_hundred_words_a_minute():
    assert broken("P12", change(whole(), "rise", notes=said(200))) == []
    assert broken("P12", change(whole(), "rise", notes=said(201))) == [
        f"{BAKERS}slide 'rise' has 201 words to say in 2 min; at most 200 fit"
    ]


@pytest.mark.parametrize("kind", ["say", "ask", "wrong", "reply", "next"])
def test_all_that_is_said_aloud_counts_and_what_is_only_read_does_not(kind):
    room = " beside 20 s for the room" if kind == "ask" else ""
    (message,) = broken("P12", change(whole(), "rise", notes=(Note(kind, prose("word " * 201)),)))
    assert message == f"{BAKERS}slide 'rise' has 201 words to say in 2 min; at most {166 if room else 200} fit{room}"
    for silent in ("do", "show", "hint", "expect", "asked", "skip"):
        assert broken("P12", change(whole(), "rise", notes=(Note(silent, prose("word " * 201)),))) == []


ASK = Note("ask", prose(""))


@pytest.mark.parametrize(
    ("more", "asks", "room"),
    [
        ({}, 0, 0),
        ({}, 2, 40),
        ({"does": "hands"}, 0, 15),
        ({"does": "hands"}, 1, 20),
        ({"does": "talk"}, 1, 60),
        ({"does": "write"}, 2, 80),
        ({"does": "talk", "minutes": 1}, 1, 20),
        ({"does": "talk", "task": "count"}, 0, 0),
        ({"layout": "poll", "minutes": 4}, 1, 150),
        ({"layout": "predict", "minutes": 1}, 1, 40),
        ({"layout": "predict", "minutes": 3, "twice": True}, 1, 150),
        ({"does": "vote"}, 0, 120),
        ({"does": "hands", "minutes": 3}, 3, 60),
    ],
)
def test_the_room_takes_its_time_and_its_first_question_is_part_of_that(more, asks, room):
    rounds = 4 if more.get("does") == "vote" else 1
    assert room_seconds(slide("own", notes=(ASK,) * asks, **more), IN_ROOM, rounds) == room


def test_hands_that_count_a_vote_are_raised_in_each_of_its_rounds():
    voting = change(change(whole(), "hello", does="vote"), "rise", does="hands")
    answer = Answer(text=(), kind="")
    rounds = tuple(Round(number=k, question=(), short="", a=answer, b=answer) for k in range(6))
    plan = a_plan(voting, kit={"ballots": Ballots(stage="opening", title="", rounds=rounds, codes=())})
    counted = {one.id: rounds_of(plan, one) for one in plan.slides}
    assert {name for name, many in counted.items() if many == 6} == {"hello", "rise"}
    assert room_seconds(plan.slides[0], IN_ROOM, 6) == 180


@pytest.mark.parametrize(("minutes", "words"), [(1, 33), (2, 133)])
def test_a_bet_leaves_time_for_letters_and_hands(minutes, words):
    fits = change(whole(), "guess", minutes=minutes, notes=said(words))
    assert broken("P12", fits) == []
    over = change(whole(), "guess", minutes=minutes, notes=said(words + 1))
    assert broken("P12", over) == [
        f"{BAKERS}slide 'guess' has {words + 1} words to say in {minutes} min; at most {words} fit beside 40 s for the room"
    ]


def test_a_bet_and_a_misconception_take_one_or_two_minutes():
    stages = change(change(whole(), "guess", minutes=3), "myth", minutes=3)
    assert broken("P12", stages) == [
        f"{BAKERS}slide 'guess' is a bet that takes 3 minutes",
        f"{BAKERS}slide 'myth' is a misconception slide that takes 3 minutes, not two at most",
    ]


def test_from_90_minutes_on_one_minute_is_for_a_bet_or_an_answer_and_a_misconception_has_two():
    stages = change(change(whole(), "crust", minutes=1, notes=()), "rise", minutes=1)
    assert broken("P12", stages, slot=89) == []
    assert broken("P12", stages, slot=90) == [
        "bakers, 90 minutes: slide 'myth' is a misconception slide that takes 1 minutes, not two",
        "bakers, 90 minutes: slide 'crust' takes 1 min, and is neither a bet nor an answer",
    ]


def test_the_minutes_on_a_slide_and_on_its_sheet_are_those_of_the_plan():
    shown = change(whole(), "knead", slots=(("minutes", (prose("8"),)),))
    kinds = {"sheets": (sheet(count="count"),)}
    assert broken("P12", shown, kit=kinds) == [
        f"{BAKERS}slide 'knead' shows 8 min and has 6",
        f"{BAKERS}slide 'knead' has 6 min, and its task 'count' on the sheet 5",
    ]


def test_a_plan_that_is_mostly_speech_is_told_its_share():
    (message,) = broken("P12", change(whole(), "bye", notes=said(600)), slot=60)
    assert message == "bakers, 60 minutes: speech takes 36% of the slides, not 30% at most"
    (message,) = broken("P12", change(whole(), "bye", notes=said(900)))
    assert message.startswith(f"{BAKERS}speech takes ")
    assert message.endswith("% of the slides, not 45% at most")
    assert broken("P12", change(whole(), "bye", notes=())) == []


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


def test_a_task_on_paper_takes_twelve_minutes_and_all_of_them_forty_five_at_the_most():
    assert broken("P13", change(whole(), "knead", minutes=46)) == [
        f"{BAKERS}1 tasks on paper take 46 minutes",
        f"{BAKERS}slide 'knead' is a task of 46 minutes, not 12 at most",
        f"{BAKERS}1 tasks take more than 6 minutes, not 0 at most: knead",
    ]


@pytest.mark.parametrize(("slot", "most"), [(89, 0), (90, 1), (149, 1), (150, 2)])
def test_long_tasks_are_few(slot, most):
    tasks = [slide(f"long-{k}", 7, "exercise", task="count", needs=("knead",)) for k in range(3)]
    for many in range(4):
        found = broken("P13", after(whole(), "crust", *tasks[:many]), slot=slot)
        assert any("take more than 6 minutes" in message for message in found) == (many > most), many


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
