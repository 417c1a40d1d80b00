"""Tests what check says about sources that are hard to read as text."""

from pathlib import Path

import pytest

from workshop.check.check_words import words_for
from workshop.check.nonsense import check_sense, nonsense
from workshop.check.readable_sources import check_sources
from workshop.content import load
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


KIT = {
    "kit.yaml": "title: Bread\nsections: [01-dough]\n",
    "audiences/general.yaml": "title: Everybody\n",
    "audiences/bakers.yaml": "title: Bakers\n",
}
VARIANTS = "this slide has {} pieces with for= — write the slide out where an audience needs other words, in a file in audiences/NAME/"
CLAIMS = "a sentence here has two claims — make two sentences of it, or one claim"


@pytest.fixture
def said(tmp_path, monkeypatch):
    """Return what is said about these slides, after their place."""

    monkeypatch.chdir(tmp_path)

    def check(text, more=None):
        for name, words in {**KIT, "01-dough.md": f"---\ntitle: Dough\n---\n{text}", **(more or {})}.items():
            path = Path("bread", name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(words, encoding="utf-8")
        content, _ = load(Path("bread"))
        return [str(problem).replace(": warning", "").split(": ", 1) for problem in check_sources(content)]

    return check


def test_one_variant_in_a_slide_is_easily_read(said):
    assert said("## It rises {#rises for=general}\n\n- Wait {for=bakers}\n- Bake\n") == []


@pytest.mark.parametrize(
    ("slide", "many"),
    [
        ("## [It rises]{for=general}[It proves]{for=bakers} {#rises}\n\nWait.\n", 2),
        ("## It rises {#rises}\n\n- Wait {for=bakers}\n- Bake [slowly]{for=general}\n", 2),
        (
            "## It rises {#rises}\n\nWait.\n\n::: {for=bakers}\nA\n:::\n\n::: notes\n[B]{for=bakers}[C]{for=general}\n:::\n",
            3,
        ),
    ],
)
def test_a_slide_with_more_variants_is_to_be_written_out(said, slide, many):
    assert said(slide) == [["bread/01-dough.md:4", VARIANTS.format(many)]]


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ('It [rises]{claim="1 < 2"}. It [rests]{claim="2 < 3"}.', 0),
        ('[It rises.]{claim="1 < 2"} [It rests.]{claim="2 < 3"}', 0),
        ('It rises.[ It rests.]{claim="1 < 2"}[ It cools.]{claim="2 < 3"}', 0),
        ('[[It rises.]{claim="1 < 2"}]{claim="2 < 3"}', 0),
        ('It [rises]{claim="1 < 2"} and [rests]{claim="2 < 3"}.', 1),
        ('[It [rises]{claim="1 < 2"} again.]{claim="2 < 3"}', 1),
        ('It **[rises]{claim="1 < 2"}** for {{ 2 }} hours, [or more]{claim="2 < 3"}', 1),
    ],
)
def test_a_sentence_has_one_claim(said, text, many):
    assert said(f"## It rises {{#rises}}\n\n{text}\n") == [["bread/01-dough.md:6", CLAIMS]] * many


def test_notes_that_another_slide_inherits_are_named_once(said):
    notes = '::: notes\nIt [rises]{claim="1 < 2"} and [rests]{claim="2 < 3"}.\n:::\n'
    own = {"audiences/bakers/01-dough.md": "## It proves {#rises}\n\nWait.\n"}
    assert said(f"## It rises {{#rises}}\n\nWait.\n\n{notes}", own) == [["bread/01-dough.md:9", CLAIMS]]
