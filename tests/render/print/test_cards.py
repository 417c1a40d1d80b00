import io
import re
from dataclasses import replace

import pytest
from pypdf import PdfReader

from workshop.errors import At, Problems
from workshop.model.kit import Choices, Run
from workshop.model.prints import Card, Deck
from workshop.render.print.cards import WRITER, render_cards, sheets_of_paper

from . import kits

AT = At("data/cards.yaml", 7)


def card(number, text="", back="", verdict="", **changes):
    told = text or f"Page number {number} of the crawl"
    return Card(
        number=number,
        head="",
        title="",
        front=(kits.say(told),),
        back=(kits.say(back),) if back else (),
        verdict=verdict,
        at=AT,
        **{"note": ""} | changes,
    )


def deck(count=10, **changes):
    wanted = {"sets": 5, "title": "Page cards", "task": "Keep or drop"} | changes
    cards = wanted.pop("cards", tuple(card(n, back=f"Back of {n}", verdict="Keep") for n in range(1, count + 1)))
    return Deck(id="pages", stage="stage-1", cards=cards, at=AT, **wanted)


def pages_of(read, *decks, **changes):
    return [page.extract_text() for page in read(render_cards(kits.laid(kits.kit(decks=decks, **changes)))).pages]


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_fronts_are_on_odd_pages_and_their_backs_behind_them(read, paper):
    pages = pages_of(read, deck(10), deck(3), paper=paper)
    assert len(pages) == 4 + 2 + 1
    for front in (0, 2, 4):
        assert "front" in pages[front]
        assert "back" in pages[front + 1]
        assert "flip on the long edge" in pages[front]


def test_backs_are_mirrored_row_by_row(read):
    back = pages_of(read, deck(4))[1]
    order = [back.index(f"Back of {n}") for n in (2, 1, 4, 3)]
    assert order == sorted(order)


def test_a_lone_last_card_has_its_back_on_the_other_side():
    pdf = PdfReader(io.BytesIO(render_cards(kits.laid(kits.kit(decks=(deck(3),))))))
    places = {}
    for index in (0, 1):

        def visit(text, cm, tm, _font, _size, index=index):
            if "Page number 3" in text or "Back of 3" in text:
                places[index] = tm[4] * cm[0] + cm[4]

        pdf.pages[index].extract_text(visitor_text=visit)
    middle = float(pdf.pages[0].mediabox.width) / 2
    assert places[0] < middle < places[1]


def test_the_list_counts_sheets_of_paper_for_everybody(read):
    words = " ".join(pages_of(read, deck(10), deck(3, title="Bets", sets=7))[-1].split())
    assert "Sheets of paper in all 17" in words
    assert "20 people" not in words
    assert "24 people" in words


def test_the_list_says_which_pages_are_printed_how_often(read):
    words = " ".join(pages_of(read, deck(10), deck(3, title="Bets", sets=1))[-1].split())
    assert "pages 1 to 4, 5 times" in words
    assert "pages 5 to 6, once" in words
    assert "Print pages 1 to 6 on both sides" in words
    assert "from page 7 on" in words


def test_the_list_says_when_a_deck_is_played_and_how_long(read):
    slide = next(kits.kit().slides).id
    listed = " ".join(pages_of(read, deck(3, after=slide, minutes=10))[-1].split())
    assert re.search(r"after slide 1 · 10 min", listed)
    assert "after slide" not in " ".join(pages_of(read, deck(3, after="cut-away", minutes=10))[-1].split())


def test_text_above_boxes_keeps_its_distance_whatever_its_length():
    def gap(words):
        asked = replace(card(1), front=(kits.say("word " * words), Choices(((Run("keep"),),), ())))
        page = PdfReader(io.BytesIO(render_cards(kits.laid(kits.kit(decks=(deck(cards=(asked,)),)))))).pages[0]
        places = []
        page.extract_text(visitor_text=lambda t, cm, tm, _f, size: places.append((t.strip(), tm[5] * cm[3] + cm[5])))
        keep = next(y for text, y in places if text == "keep")
        return min(y for text, y in places if "word" in text) - keep

    assert min(gap(n) for n in range(8, 22)) > 20  # points between two lines of text


def test_a_large_deck_has_six_cards_a_page():
    assert sheets_of_paper(deck(8)) == 1
    assert sheets_of_paper(deck(8, size="large")) == 2


def test_answers_and_notes_are_only_on_the_back_and_on_the_list(read):
    cards = (card(1, verdict="Drop", note="Ask who decides"),)
    front, back, listed = pages_of(read, deck(cards=cards))
    assert "Drop" in back
    assert "Drop" in listed
    assert "Ask who decides" in listed
    assert "Ask who decides" not in front + back
    assert "Drop" not in front


def test_choices_on_a_card_are_at_its_foot(read):
    asked = replace(card(1), front=(kits.say("Keep it?"), Choices(((Run("keep"),), (Run("drop"),)), (0,))))
    front = pages_of(read, deck(cards=(asked,)))[0]
    assert front.index("Keep it?") < front.index("drop") < front.index("Card 1")


def test_a_card_that_does_not_fit_is_a_problem_with_its_place():
    with pytest.raises(Problems) as caught:
        render_cards(kits.laid(kits.kit(decks=(deck(cards=(card(1, "Far too many words for a card. " * 30),)),))))
    assert "Page cards, Card 1" in str(caught.value)
    assert "mm too tall (data/cards.yaml:7)" in str(caught.value)


def test_cards_are_tagged_and_the_same_each_time(tags_of):
    made = kits.laid(kits.kit(decks=(deck(9), deck(2))))
    first = render_cards(made)
    assert first == render_cards(made)
    assert b"pdfuaid" in first
    assert [role for role, _ in tags_of(first)].count("/H1") == 3


def test_cards_are_made_when_asked_for():
    assert not WRITER.default
    assert WRITER.missing(kits.kit()) == "cards"
