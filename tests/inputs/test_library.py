"""Tests cards drafted from a client's documents: what becomes one, what doesn't, and which are kept."""

import io

import pytest
from docx import Document

from workshop.inputs.drafted_cards import MOST_CARDS, cards_in, drafted
from workshop.inputs.text_folders import read_text_file


def titles(text):
    return [card.title for card in cards_in(text)[0]]


def test_a_card_has_the_first_two_short_sentences_below_its_heading():
    long = "word " * 19
    [card], left_out = cards_in(
        f"# Leave\n\nAsk first. {long}.\n\nTell your team early. Write the dates down. Enjoy the rest of it.\n"
    )
    assert (card.title, card.text) == ("Leave", "Tell your team early. Write the dates down.")
    assert not left_out


@pytest.mark.parametrize(
    "unfit",
    [
        "Write to help@ward.example about it.",
        "See https://ward.example for all of them.",
        "Our number is 555 01 23 day and night.",
        "Press {{ button }} to go on now.",
    ],
)
def test_a_paragraph_with_an_address_a_long_number_or_code_gives_none(unfit):
    cards, left_out = cards_in(f"# Help\n\n{unfit}\n")
    assert cards == []
    assert left_out == {"with an address, a long number or code": 1}


def test_lists_tables_and_code_give_none():
    assert (
        titles(
            "# A\n\n- One is a list.\n  It goes on here.\n\n# B\n\n| a | b is a cell. |\n\n# C\n\n```\nThis is some code.\n```\n"
        )
        == []
    )


def test_a_heading_of_more_than_five_words_gives_none_and_is_counted():
    cards, left_out = cards_in("# What to do if it rains\n\nTake an umbrella.\n\nOr stay at home.\n")
    assert (cards, left_out) == ([], {"under a heading of more than 5 words": 2})


def test_text_without_a_heading_is_counted():
    assert cards_in("We are glad that you came.\n\nSit where you like.\n")[1] == {"without a heading": 2}


def test_a_number_in_front_of_a_heading_and_its_marks_are_left_out():
    assert titles(
        "## 2.1 **Sick** [pay](https://a.example)\n\nTell us before ten.\n\nParking\n-------\n\nBikes go below.\n"
    ) == ["Sick pay", "Parking"]


def test_in_plain_text_a_short_line_above_a_sentence_is_a_heading():
    assert titles(
        "Opening hours\nThe door opens at nine. It shuts at five.\n\nLost keys\n\nTell the desk at once.\n"
    ) == ["Opening hours", "Lost keys"]


def test_at_most_24_cards_are_kept_from_all_documents_in_turn(tmp_path):
    for name in "ab":
        cards = "".join(f"# Card {name} {k}\n\nThis is about {k}.\n\n" for k in range(20))
        (tmp_path / f"{name}.md").write_text(cards)
    (tmp_path / "c.md").write_text("# Card a 0\n\nThe same title again.\n")
    drafts = drafted(tmp_path)
    assert (len(drafts.kept), len(drafts.spare), drafts.documents) == (MOST_CARDS, 16, 3)
    assert [card.title for card in drafts.kept] == [f"Card {name} {k}" for name in "ab" for k in range(12)]


def test_a_word_document_is_read_with_its_headings_and_without_its_tables(tmp_path):
    document = Document()
    document.add_heading("Night rest", 1)
    document.add_paragraph("Lights dim at ten.")
    document.add_paragraph("One of a list.", style="List Bullet")
    document.add_table(1, 1).cell(0, 0).text = "In a table."
    document.save(tmp_path / "ward.docx")
    assert read_text_file(tmp_path / "ward.docx")[0] == "# Night rest\n\nLights dim at ten.\n\n- One of a list."
    cards, _ = cards_in(read_text_file(tmp_path / "ward.docx")[0])
    assert [(card.title, card.text) for card in cards] == [("Night rest", "Lights dim at ten.")]


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"PK", "this Word document cannot be read"), (b"a text", "this Word document cannot be read")],
)
def test_a_damaged_word_document_is_named(tmp_path, content, message):
    from workshop.errors import WorkshopError

    (tmp_path / "ward.docx").write_bytes(content)
    with pytest.raises(WorkshopError) as caught:
        read_text_file(tmp_path / "ward.docx")
    assert message in caught.value.problem.message


def test_a_word_document_of_tables_alone_says_so(tmp_path):
    from workshop.errors import WorkshopError

    document = Document()
    document.add_table(1, 1).cell(0, 0).text = "In a table."
    kept = io.BytesIO()
    document.save(kept)
    (tmp_path / "ward.docx").write_bytes(kept.getvalue())
    with pytest.raises(WorkshopError, match="no text outside of tables"):
        read_text_file(tmp_path / "ward.docx")


def test_a_title_in_front_matter_is_a_heading():
    assert titles('---\ntitle: "Sick pay"\nweight: 3\n---\n\nTell us before ten.\n\n## Later\n\nSend a note.\n') == [
        "Sick pay",
        "Later",
    ]


def test_what_a_document_says_of_itself_is_no_card():
    text = "# Staff handbook\n\nWelcome to us. This handbook tells you how the house works.\n\n## Keys\n\nAsk the porter.\n"
    cards, left_out = cards_in(text)
    assert [card.title for card in cards] == ["Keys"]
    assert left_out == {"about the document itself": 1}
