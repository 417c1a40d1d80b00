import io
import re

import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from tests.tiers import few
from workshop.errors import At, Problems
from workshop.model.blocks import Choices, Run
from workshop.model.printing import Printing
from workshop.model.prints import Card, Deck
from workshop.render.print.cards import CARDS, render_cards, sheets_of_paper

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


CARD = (88 * 72 / 25.4, 62 * 72 / 25.4)  # points


def places_of(page, names):
    """The column and row of the card, on its page, on which each of some words stands."""
    found, size = {}, (float(page.mediabox.width), float(page.mediabox.height))
    left, top = (size[0] - 2 * CARD[0]) / 2, (size[1] - 4 * CARD[1]) / 2

    def visit(text, cm, tm, _font, _size):
        for name in names:
            if text.strip() == name:
                x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
                found.setdefault(name, (int((x - left) // CARD[0]), int((size[1] - y - top) // CARD[1])))

    page.extract_text(visitor_text=visit)
    return found


@pytest.mark.parametrize("count", [8, 3])
@pytest.mark.parametrize("paper", few(["a4", "letter"], "a4"))
@pytest.mark.parametrize("flip", ["long", "short"])
def test_each_back_meets_its_front_whichever_edge_the_sheet_turns_on(flip, paper, count):
    made = kits.kit(
        decks=(deck(cards=tuple(named(n) for n in range(count))),), paper=paper, printing=Printing(flip=flip)
    )
    front, back, *_ = PdfReader(io.BytesIO(render_cards(kits.laid(made)))).pages
    fronts = places_of(front, [f"F{n}" for n in range(count)])
    backs = places_of(back, [f"B{n}" for n in range(count)])
    assert [fronts[f"F{n}"] for n in range(count)] == [(n % 2, n // 2) for n in range(count)]
    for n in range(count):
        column, row = fronts[f"F{n}"]
        assert backs[f"B{n}"] == ((1 - column, row) if flip == "long" else (column, 3 - row))


def named(number):
    return replace(card(number + 1), front=(kits.say(f"F{number}"),), back=(kits.say("why"),), verdict=f"B{number}")


def test_seven_decks_have_seven_bands_in_black_and_the_eighth_begins_again():
    decks = tuple(replace(deck(1), id=f"d{n}", title=f"Deck {n}") for n in range(8))
    pages = PdfReader(io.BytesIO(render_cards(kits.laid(kits.kit(decks=decks))))).pages
    shapes = [frozenset(bands(page)) for page in list(pages)[0:16:2]]
    assert len(set(shapes[:7])) == 7
    assert shapes[7] == shapes[0]


def bands(page):
    """The outlines drawn on a page, without its text."""
    drawn = re.sub(rb"BT.*?ET", b"", page.get_contents().get_data(), flags=re.DOTALL)
    return re.findall(rb"[\d.-]+ [\d.-]+ m [^\n]*", drawn)


def test_fronts_are_set_in_13_to_15_points_flush_left_without_a_line_of_one_word(read):
    told = (
        "Water tomatoes at the root and never over the leaves, or they catch blight.",
        "The rake hangs by the gate again today.",
    )
    page = read(
        render_cards(kits.laid(kits.kit(decks=(deck(cards=tuple(card(n + 1, text) for n, text in enumerate(told))),))))
    ).pages[0]
    lines = {}

    def visit(text, cm, tm, _font, size):
        if text.strip() and 13 <= size <= 15:
            x, y = tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]
            lines.setdefault(round(y), []).append((round(x), text.strip()))

    page.extract_text(visitor_text=visit)
    words = " ".join(text for found in lines.values() for _, text in found)
    assert all(word in words for text in told for word in text.split())
    assert (
        len({x for found in lines.values() for x, _ in found}) <= 4
    )  # a left edge in each column, and where a line goes on
    assert all(" " in text for found in lines.values() for _, text in found)


def test_a_figure_that_is_another_one_upside_down_stands_on_a_rule_in_a_deck_of_more_than_five(read):
    def drawn(*numbers):
        cards = tuple(card(number) for number in numbers)
        return len(bands(read(render_cards(kits.laid(kits.kit(decks=(deck(cards=cards),))))).pages[0]))

    assert drawn(1, 2, 3, 6, 9) == drawn(1, 2, 3, 4, 5)
    assert drawn(1, 2, 3, 4, 5, 6) == drawn(1, 2, 3, 4, 5, 7) + 2  # on either end of the card
    assert drawn(1, 2, 3, 4, 66, 69) == drawn(1, 2, 3, 4, 65, 67) + 4


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


def sorted_deck(count):
    options = Choices(((Run("keep"),), (Run("drop"),)), (0,))
    return deck(cards=tuple(replace(card(n), front=(kits.say("Keep it?"), options)) for n in range(1, count + 1)))


def test_nothing_is_ticked_on_a_card_and_each_pile_has_a_title_card(read):
    front = pages_of(read, sorted_deck(3))[0]
    assert [front.count(word) for word in ("Keep it?", "keep", "drop")] == [3, 1, 1]
    assert [sheets_of_paper(sorted_deck(n)) for n in (6, 7)] == [1, 2]


def test_without_cutting_a_deck_is_a_list_to_tick(read):
    (page, *_) = pages_of(read, sorted_deck(3), printing=Printing(cutting=False))
    assert page.count("Keep it?") == 3
    assert "cut" not in page


def test_a_card_that_does_not_fit_is_a_problem_with_its_place():
    with pytest.raises(Problems) as caught:
        render_cards(kits.laid(kits.kit(decks=(deck(cards=(card(1, "Far too many words for a card. " * 30),)),))))
    assert "Page cards, Card 1" in str(caught.value)
    assert "mm too tall (data/cards.yaml:7)" in str(caught.value)


def test_cards_are_tagged(tags_of):
    pdf = render_cards(kits.laid(kits.kit(decks=(deck(9), deck(2)))))
    assert b"pdfuaid" in pdf
    assert [role for role, _ in tags_of(pdf)].count("/H1") == 3


def test_cards_are_made_when_asked_for():
    assert not CARDS.default
    assert CARDS.missing(kits.kit()) == "cards"
