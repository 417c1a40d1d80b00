import pytest

from workshop.check.prose import words_for
from workshop.check.sense import check_sense, nonsense
from workshop.errors import At, Severity
from workshop.model.blocks import Line, Prose, Run, ShownCode, ShownTable
from workshop.model.kit import Exercise, Note, Sheet, Slide

WORDS = words_for("en")
AT = At("talk.md", 3)


def line(text):
    return Prose((Line((Run(text),), at=AT),))


def slide(*blocks, title="A title", notes=()):
    return Slide(id="a", layout="content", title=(Run(title),), slots=(("main", blocks),), notes=notes, at=AT)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("It read the the page", ["the the"]),
        ("The model read 1 dialogues", ["1 dialogues"]),
        ("From 1 points up it blocks", ["1 points"]),
        ("Asking both saves −3% to 12%", ["saves −3"]),
        ("It fell by one, and lost −2 points", ["lost −2"]),
        ("What if it is 0.8 instead of 0.8?", ["0.8 instead of 0.8"]),
        ("We block only at 2 points, and not at 2", ["only at 2 points, and not at 2"]),
        ("Right answers rose from 71% to 68%", ["rose from 71% to 68"]),
        ("Surprise fell from 1.6 to 4 bits", ["fell from 1.6 to 4"]),
        ("It finds 31 of 30", ["31 of 30"]),
        ("It found 1,200 of the 900 cards", ["1,200 of the 900"]),
        ("659 in a hundred, and more", ["659 in a hundred"]),
        ("That is right 104% of the time", ["104%"]),
        ("None", ["None"]),
        ("A mean of nan bits", ["nan"]),
        ("The best () is", ["()"]),
    ],
)
def test_a_line_that_cannot_be_right_is_found(said, found):
    assert list(nonsense(said, WORDS)) == found


@pytest.mark.parametrize(
    "said",
    [
        "It said that that was all",
        "In round 1 words count",
        "Dough 1 rises, and Apollo 1 burns",
        "1 bus, 1 class and 1 analysis",
        "It saves 3% to 12%",
        "0.8 instead of 0.7",
        "Right answers rose from 68% to 71%; surprise fell from 4 to 1.6 bits",
        "30 of 31, and 3 of 2,000",
        "104% more, and 100% of the rest",
        "None of them",
        "It wrote “the the spade”",
    ],
)
def test_a_line_that_can_be_right_is_not(said):
    assert list(nonsense(said, WORDS)) == []


def test_titles_slides_notes_sheets_and_keys_are_read_and_code_and_what_a_model_wrote_are_not():
    wrong = line("31 of 30")
    wrote = ShownTable(
        header=((Run("1 votes"),),),
        rows=(((Run("the tap tap stood"),),), ((Run("in the the."),),)),
        aligns=("left",),
        alt="",
        name="toy.said",
    )
    exercise = Exercise(
        id="e", title="T", minutes=1, level=1, calculator=False, task=(wrong,), hint=(), solution=(line("2 of 1"),)
    )
    sheet = Sheet(id="S1", stage="a", number=1, title="T", aim="", exercises=(exercise,))
    slides = [
        slide(ShownCode("x = [] or 31 of 30", "python", "")),
        slide(wrote, title="1 pages", notes=(Note("say", wrong),)),
    ]
    found = list(check_sense(slides, [sheet], WORDS))
    assert [problem.message.partition("'")[2].partition("'")[0] for problem in found] == [
        "1 pages",
        "1 votes",
        "31 of 30",
        "31 of 30",
        "2 of 1",
    ]
    assert {problem.severity for problem in found} == {Severity.ADVICE}
    assert all(problem.at in (AT, found[0].at) for problem in found)


def test_a_second_next_note_is_named():
    (found,) = check_sense([slide(notes=(Note("next", line("On.")), Note("next", line("Off."))))], [], WORDS)
    assert found.message == "this slide has two Next notes"
