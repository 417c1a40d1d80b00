from msgspec.structs import replace

from tests.plan.invariants.plans import broken, change, prose, whole
from workshop.model.kit import Exercise, Note, Sheet

BAKERS = "bakers, 30 minutes: "


def test_a_file_that_is_named_is_made():
    opening, *rest = change(whole(), "myth", notes=(Note("do", prose("Hand out cards.pdf and quiz.pdf.")),))
    stages = (replace(opening, material=("booklet.pdf, one each", "pencils")), *rest)
    assert broken("P24", stages, files={"quiz.pdf"}) == [
        f"{BAKERS}the material of 'opening' names booklet.pdf, which a build doesn't make",
        f"{BAKERS}slide 'myth' names cards.pdf, which a build doesn't make",
    ]
    assert broken("P24", stages, files={"quiz.pdf", "cards.pdf", "booklet.pdf"}) == []
    assert broken("P24", stages) == []  # nobody said which files are made


def test_a_task_in_the_booklet_has_its_minutes():
    task = Exercise(
        id="count", title="Count", minutes=0, level=1, calculator=False, task=(), hint=(), solution=(), booklet=True
    )
    sheet = Sheet(
        id="S2",
        stage="oven",
        number=2,
        title="Bake",
        aim="",
        exercises=(task, replace(task, id="home", booklet=False)),
        in_class=("count",),
    )
    assert broken("P24", whole(), kit={"sheets": (sheet,)}) == [f"{BAKERS}task 'count' in the booklet has no minutes"]
    timed = replace(sheet, exercises=(replace(task, minutes=6),))
    assert broken("P24", whole(), kit={"sheets": (timed,)}) == []


# ---------------------------------------------------------------- states
PUT_AWAY, COLLECT = "Put the sheet away until the end", "Collect the sheets; count them later."


def does(stages, name, text):
    """Return the stages with a note on what the facilitator does at a slide."""
    return change(stages, name, notes=(Note("do", prose(text)),))


def test_a_bet_on_a_leaf_that_was_put_away_names_the_bet_and_where_it_went():
    stages = does(whole(), "hello", PUT_AWAY)
    message = f"{BAKERS}slide 'guess' is a bet, but the page for bets is put away since 'hello'"
    assert broken("P28", stages, kit={"leaf": True}) == [message]
    assert broken("P28", stages) == []  # the quiz is a sheet of its own, bets are in the booklet


def test_slips_are_signed_before_they_are_collected_or_after_they_were_torn_off():
    signs = does(does(whole(), "ask", COLLECT), "bye", "Sign each slip.")
    message = f"{BAKERS}slide 'bye' says “Sign each slip”, but the slips are collected since 'ask'"
    assert broken("P28", signs, kit={"leaf": True}) == [message]
    assert broken("P28", does(signs, "crust", "Tear off the slips."), kit={"leaf": True}) == []


def test_slips_that_are_not_printed_are_written_on_other_paper():
    assert broken("P28", does(whole(), "ask", "You need slip one.")) == [
        f"{BAKERS}slide 'ask' says “You need slip one”, but the slips are not printed for this slot"
    ]
    assert broken("P28", does(whole(), "ask", "You need a slip of paper, for slip one. Each slip gets a name.")) == []


def test_the_number_of_a_name_tag_that_nobody_took_or_printed_is_named():
    number = does(whole(), "ask", "Write the number of your name tag at the foot.")
    says = f"{BAKERS}slide 'ask' says “number of your name tag”, but the name tag is"
    assert broken("P28", number) == [f"{says} not handed out"]
    assert broken("P28", number, kit={"leaf": True}) == [f"{says} not printed for this slot"]
    assert broken("P28", does(number, "hello", "Everyone takes a name tag.")) == []


def test_a_quiz_that_was_put_away_is_turned_over_and_one_that_was_collected_is_not():
    turned = does(
        does(whole(), "hello", PUT_AWAY), "ask", "Everyone turns their quiz over. All mark both of their sheets."
    )
    assert broken("P28", turned) == []
    assert broken("P28", does(turned, "crust", COLLECT)) == [
        f"{BAKERS}slide 'ask' says “turns their quiz over”, but the quiz is collected since 'crust'",
        f"{BAKERS}slide 'ask' says “mark both of their sheets”, but the quiz is collected since 'crust'",
    ]


def test_a_room_without_paper_has_no_states():
    assert broken("P28", does(whole(), "ask", "You need slip one."), kit={"room": "remote"}) == []
