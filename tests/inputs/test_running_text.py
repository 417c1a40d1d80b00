"""Sentences of running text: what Markdown adds to it is left out."""

import pytest

from workshop.inputs.library import Documents
from workshop.inputs.running_text import paragraphs_of, parts_of, prose_sentences
from workshop.inputs.spelling import spelling, words
from workshop.inputs.texts import Rounds


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("See [the page](https://example.org/a_(b)?c=d) first.", "See the page first."),
        ("A ![picture](p.png) here, and [two](a) [links](b).", "A picture here, and two links."),
        ("A [bracket] and [half (a) link", "A [bracket] and [half (a) link"),
        ("[[a](b) and [[c]](d)", "[a and [[c]](d)"),
        ("[one\nlink](a) over lines", "one\nlink over lines"),
    ],
)
def test_of_a_link_its_words_stay(text, plain):
    assert paragraphs_of(text) == [plain]


def test_each_entry_of_a_list_is_a_paragraph_whatever_its_mark():
    text = "Before.\n- One a.\n  * Two b.\n10) Three c.\n> Four d.\n\n\n\n-\n\n1. Five e.\n"
    assert [part.strip() for part in paragraphs_of(text)] == [
        "Before.",
        "One a.",
        "Two b.",
        "Three c.",
        "Four d.",
        "Five e.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Opening hours\nThe gate opens at nine. It is shut by ten.\n",
        "Opening hours\n\nThe gate opens at nine. It is shut by ten.\n",
        "The gate opens at nine. It is shut by ten.\nWhat we lend\n\n",
    ],
)
def test_a_line_without_punctuation_at_its_end_is_a_heading_and_begins_no_sentence(text):
    assert prose_sentences(text) == ["The gate opens at nine.", "It is shut by ten."]


def test_a_line_that_goes_on_in_the_next_is_no_heading():
    text = "In the mornings we go to the market of\nZürich with our barrow. In the evenings\nwe come back.\n"
    assert prose_sentences(text) == [
        "In the mornings we go to the market of Zürich with our barrow.", "In the evenings we come back.",
    ]  # fmt: skip


def test_a_heading_in_a_document_of_a_library_ends_before_its_next_sentence(tmp_path):
    for name in ("gate", "pond", "shed"):
        text = f"The {name}\n\nIt is open to all members at any time.\nOpening hours\nThe {name} opens at nine.\n"
        (tmp_path / f"{name}.txt").write_text(text)
    texts = [document.text for document in Documents.load(tmp_path).items]
    assert texts[0] == "It is open to all members at any time. Opening hours. The gate opens at nine."


def test_a_time_of_day_is_one_word():
    assert words("Open from 09:05 to 17:30: come in") == ("open", "from", "09:05", "to", "17:30", "come", "in")
    (sentence,) = prose_sentences("The gate opens at 09:05 in Zürich.")
    assert sentence == "The gate opens at 09:05 in Zürich."


def test_a_word_is_spelt_as_inside_a_sentence_if_it_is_ever_there():
    found = spelling(["The train to Zürich", "Zürich has the gate", "Basel has none"])
    assert (found["zürich"], found["the"], found["basel"]) == ("Zürich", "the", "Basel")


def test_headings_of_a_chapter_are_in_no_round(tmp_path):
    prose = " ".join(f"The gardener of bed {n} waters at noon." for n in range(30))
    (tmp_path / "chapter.txt").write_text(f"A year in the garden of Zürich\n\n{prose}\n")
    read = Rounds.load(tmp_path / "chapter.txt")
    assert {sentence.split()[0] for part in (*read.items, read.held_out) for sentence in part} == {"The"}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "1. Working here\n1.1 Your first week\nYou report. It is late.\n1.2 Badges\nWear it.\n",
            {"1.1 Your first week": ["You report. It is late."], "1.2 Badges": ["Wear it."]},
        ),
        ("1. Hours\n\nWe open at nine.\n\n2. Lunch\n\nSoup is served.\n", {"1. Hours": ["We open at nine."], "2. Lunch": ["Soup is served."]}),
        ("# Keys\n\n1. Ask Tom\n\n2. Ask Ann\n\nThey know.\n", {"Keys": ["They know."]}),
        ("# Keys\n\n- Ask Tom.\n  He knows.\n- Ask Ann\nor Bo.\n\nThey know.\n", {"Keys": ["They know."]}),
        ("# Keys\n\n• Ask Tom.\nThey know.\n", {"Keys": ["They know."]}),
    ],
)  # fmt: skip
def test_numbered_lines_are_headings_in_a_text_without_marked_ones_and_lists_are_left_out(text, parts):
    assert {heading: below for heading, below in parts_of(text) if heading} == parts
