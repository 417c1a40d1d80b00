import pytest
from msgspec.structs import replace

from tests.plan.invariants.plans import after, broken, change, prose, slide, whole, without
from workshop.model.blocks import Run
from workshop.model.kit import Note
from workshop.model.meta import AudienceMeta
from workshop.model.prints import Option, Question

BAKERS = "bakers, 30 minutes: "
VOTE = slide("taste", 4, does="vote")
COUNT = slide("hands", 2, does="hands")
SHARES = slide("shares", counts="votes")
ASKED = Question(id="q1", stage="dough", text=(Run("What makes dough rise in an oven?"),), options=(), number=1)


def quiz(*names):
    """Return the stages with some slides of the quiz."""
    slides = {name: slide(f"quiz-{name}", quiz=name) for name in names}
    stages = after(whole(), "hello", *(slides[name] for name in ("before",) if name in slides))
    return after(stages, "ask", *(slides[name] for name in ("after", "answers") if name in slides))


def test_a_bet_without_its_result_names_the_result_that_is_missing():
    stages = without(whole(), "rise")
    assert broken("P1", stages) == [
        f"{BAKERS}slide 'guess' is a bet, and its result (rise) is not among the next 2 slides"
    ]


def test_a_result_in_another_moment_or_too_late_does_not_count():
    assert len(broken("P1", change(whole(), "rise", moment="other"))) == 1
    between = after(whole(), "guess", slide("flour"), slide("salt"))
    assert len(broken("P1", between)) == 1
    assert broken("P1", after(whole(), "guess", slide("flour"))) == []


def test_a_bet_that_nobody_answers_at_all_says_what_to_write():
    stages = without(whole(), "rise")
    (message,) = broken("P1", stages, answered={})
    assert "(no slide answers it with answers=)" in message


def test_a_task_without_its_answer_names_the_answer_that_is_missing():
    stages = without(whole(), "loaf")
    assert broken("P2", stages) == [
        f"{BAKERS}slide 'knead' is a task, and its answer (loaf) is not among the next 2 slides"
    ]
    thumbs = after(whole(), "crust", slide("thumbs", does="thumbs"))
    (message,) = broken("P2", thumbs)
    assert "slide 'thumbs' is a task" in message


def test_a_vote_needs_its_count_and_what_it_does():
    assert broken("P3", after(whole(), "crust", VOTE)) == [
        f"{BAKERS}slide 'taste' is a vote, and no hands are counted within 2 minutes",
        f"{BAKERS}slide 'taste' is a vote, and no slide with counts= shows what it does",
    ]
    assert broken("P3", after(whole(), "crust", VOTE, COUNT, SHARES)) == []
    late = after(whole(), "crust", VOTE, slide("cool", 3), COUNT, SHARES)
    assert broken("P3", late) == [f"{BAKERS}slide 'taste' is a vote, and no hands are counted within 2 minutes"]


def test_without_a_vote_no_slide_speaks_of_one():
    stages = change(whole(), "crust", slots=(("main", (prose("Your votes decided."),)),))
    assert broken("P3", stages) == [f"{BAKERS}slide 'crust' says “your votes”, and nobody voted"]


def test_votes_that_come_back_late_are_reported_with_their_count():
    late = after(whole(), "crust", VOTE, COUNT, slide("cool", 16), SHARES)
    assert broken("P4", late) == [f"{BAKERS}slide 'shares' shows the votes 16 minutes after 'hands'"]
    assert broken("P4", after(whole(), "crust", VOTE, COUNT, slide("cool", 15), SHARES)) == []


@pytest.mark.parametrize("missing", ["before", "after", "answers"])
def test_a_quiz_has_all_three_slides(missing):
    there = [name for name in ("before", "after", "answers") if name != missing]
    (message,) = broken("P5", quiz(*there), kit={"quiz": (ASKED,)})
    assert message.startswith(f"{BAKERS}slide 'quiz-{there[0]}' comes without the slide with quiz={missing}")


def test_a_question_is_answered_between_the_two_sheets():
    stages = quiz("before", "after", "answers")
    questions = {"q1": frozenset({"rise"})}
    assert broken("P5", stages, kit={"quiz": (ASKED,)}, questions=questions) == []
    lost = broken("P5", without(stages, "rise"), kit={"quiz": (ASKED,)}, questions=questions)
    assert lost == [f"{BAKERS}question q1 is asked, and rise doesn't answer it between the sheets"]
    late = {"q1": frozenset({"bye"})}
    assert broken("P5", stages, kit={"quiz": (ASKED,)}, questions=late) == [
        f"{BAKERS}question q1 is asked, and bye doesn't answer it between the sheets"
    ]


def test_a_quiz_is_handed_out_has_questions_and_asks_those_of_its_list():
    assert broken("P5", whole(), kit={"quiz": (ASKED,)}) == [f"{BAKERS}the quiz is printed, and no slide hands it out"]
    empty = quiz("before", "after", "answers")
    assert broken("P5", empty) == [f"{BAKERS}slide 'quiz-before' hands out a quiz without questions"]
    listed = AudienceMeta(asks={30: ("q1", "q2")})
    found = broken("P5", empty, kit={"quiz": (ASKED,)}, questions={"q1": frozenset({"rise"})}, said=listed)
    assert found == [f"{BAKERS}question q2 is on the list of this slot, but isn't asked"]
    listed = AudienceMeta(asks={20: ("q1", "q2"), 25: ()})
    assert broken("P5", empty, kit={"quiz": (ASKED,)}, questions={"q1": frozenset({"rise"})}, said=listed) == []


def test_a_slide_that_asks_a_quiz_question_word_for_word_is_named_with_the_question():
    stages = change(whole(), "guess", title=(Run("What makes dough rise?"),))
    assert broken("P6", stages, kit={"quiz": (ASKED,)}) == []
    same = replace(ASKED, text=(Run("Say: what makes dough rise?"),))
    stages = change(whole(), "guess", title=(Run("Say: what makes dough rise?"),))
    assert broken("P6", stages, kit={"quiz": (same,)}) == [f"{BAKERS}slide 'guess' asks question q1 word for word"]


RIGHT = Option((Run("Yeast, and some warmth, and time"),), right=True)


@pytest.mark.parametrize(
    ("said", "given_away"),
    [
        ("You need yeast and some warmth, and time.", "yeast and some warmth and"),
        ("You need yeast and some warmth.", ""),
    ],
)
def test_a_slide_shares_no_five_words_in_a_row_with_a_right_option(said, given_away):
    asked = replace(ASKED, options=(RIGHT, Option((Run("Nobody can ever tell you that"),))))
    messages = (
        [f"{BAKERS}slide 'crust' says “{given_away}”, as the right answer to question q1 does"] if given_away else []
    )
    for more in ({"slots": (("main", (prose(said),)),)}, {"notes": (Note("say", prose(said)),)}):
        assert broken("P6", change(whole(), "crust", **more), kit={"quiz": (asked,)}) == messages
    assert broken("P6", change(whole(), "crust", notes=(Note("expect", prose(said)),)), kit={"quiz": (asked,)}) == []


def test_from_45_minutes_on_a_kit_with_a_quiz_asks_at_least_four_questions():
    questions = {f"q{n}": frozenset({"rise"}) for n in range(4)}
    found = broken("P23", whole(), slot=45, questions=questions, kit={"quiz": (ASKED,)})
    assert found == ["bakers, 45 minutes: asks 1 questions of the quiz; at least 4"]
    assert broken("P23", whole(), slot=40, questions=questions) == []
    assert broken("P23", whole(), slot=45) == []


def test_each_wrong_option_stands_for_a_misconception_of_its_own():
    wrong = [Option((Run(name),), misconception=name) for name in ("it-thinks", "it-knows", "")]
    asked = [replace(ASKED, id=f"q{n}", options=(RIGHT, *wrong[n : n + 2])) for n in range(2)]
    assert broken("P23", whole(), kit={"quiz": tuple(asked)}) == [
        f"{BAKERS}the misconception it-knows has two wrong options, in q0 and q1",
        f"{BAKERS}question q1 has a wrong option without a misconception",
    ]
