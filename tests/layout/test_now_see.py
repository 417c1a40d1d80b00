"""The slide that answers a bet: its panel has the letters, the right one lit, and the words of the right option."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.laying import lay_out
from tests.layout.samples import kit, numbers, prose, slide, table
from workshop.kept import Store
from workshop.layout.laid import LaidShapes, LaidSlide, LaidText, Shape
from workshop.layout.measure import Ruler
from workshop.model.bets import Placed
from workshop.model.blocks import Prose
from workshop.model.kit import Slide
from workshop.themes.beds import light

OPTIONS = ("By half", "By a sixth, as for every model before it", "Nobody can say", "Not at all")


def a_bet(right: tuple[int, ...], count: int = 3) -> Slide:
    lines = tuple(replace(line, right=k in right) for k, line in enumerate(numbers(*OPTIONS[:count]).lines))
    return slide("predict", "How much?", (("mode", (prose("Bet"),)), ("options", (Prose(lines),))), name="bet")


def an_answer(columns: str = "Model|Loss", row: str = "small|2.1", name: str = "shown") -> Slide:
    return replace(slide("table", "It fell", (("main", (table(columns, row),)),), name=name), answers=("bet",))


def laid(*slides: Slide) -> tuple[LaidSlide, ...]:
    deck, problems = lay_out(kit(*slides), light())
    assert problems == ()
    return deck.slides


def squares(page: LaidSlide) -> dict[str, Shape]:
    drawn = (i for i in page.items if isinstance(i, LaidShapes))
    return {shape.lines[0].text: shape for item in drawn for shape in item.shapes if shape.lines}


def text(page: LaidSlide, role: str) -> LaidText | None:
    return next((i for i in page.items if isinstance(i, LaidText) and i.placeholder.role == role), None)


@pytest.mark.parametrize("count", [2, 3, 4])
def test_the_right_letter_is_lit_and_its_words_are_under_the_letters(count: int) -> None:
    _, page = laid(a_bet((1,), count), an_answer())
    found = squares(page)
    assert "".join(found) == "ABCD"[:count]
    assert [letter for letter, shape in found.items() if shape.fill] == ["B"]
    words = text(page, "right-option")
    assert words is not None
    assert words.lines[0].text == OPTIONS[1]
    assert words.placeholder.box.y > max(shape.box.bottom for shape in found.values())
    assert text(page, "mode").lines[0].text == "Now see"  # type: ignore[union-attr]


def test_what_the_letters_say_is_said_to_screen_readers_too() -> None:
    _, page = laid(a_bet((2,)), an_answer())
    found = squares(page)
    assert {letter: shape.alt for letter, shape in found.items()} == {"A": "", "B": "", "C": "You bet ABC: C is right"}
    assert [i.alt for i in page.items if isinstance(i, LaidShapes)] == [""], "a group would hide them from Morph"


def test_letters_and_mode_are_the_same_things_on_bet_and_answer() -> None:
    bet, page = laid(a_bet((2,)), an_answer())
    on_bet = {i.placeholder.same for i in bet.items if isinstance(i, LaidText) and i.placeholder.same}
    on_answer = {shape.same for shape in squares(page).values()} | {text(page, "mode").placeholder.same}  # type: ignore[union-attr]
    assert on_bet == on_answer == {"bet-A", "bet-B", "bet-C", "mode"}


def test_title_and_panel_stay_where_the_bet_had_them() -> None:
    bet, page = laid(a_bet((0,)), an_answer())
    for role in ("title", "mode"):
        one, other = text(bet, role), text(page, role)
        assert one is not None
        assert other is not None
        assert (one.placeholder.box.x, one.placeholder.box.y) == (other.placeholder.box.x, other.placeholder.box.y)


@pytest.mark.parametrize("right", [(), (0, 1)], ids=["none", "two"])
def test_a_bet_without_exactly_one_right_option_has_no_panel(right: tuple[int, ...]) -> None:
    _, page = laid(a_bet(right), an_answer())
    assert squares(page) == {}
    assert page.layout.name == "Table, short title"


def test_only_the_first_slide_that_answers_a_bet_has_its_panel() -> None:
    pages = laid(a_bet((1,)), an_answer(), an_answer(name="more"))
    assert [bool(squares(page)) for page in pages] == [False, True, False]


def test_a_table_that_needs_the_whole_width_keeps_it() -> None:
    _, page = laid(a_bet((1,)), an_answer("a|b|c|d|e|f", "1|2|3|4|5|6"))
    assert page.layout.name == "Table, short title"


def with_counts(first: tuple[int, ...], again: tuple[int, ...] = (), *, across: bool = False) -> LaidSlide:
    """Return the answer to a bet of which the room's counts are known."""
    bet = a_bet((1,), 3)
    if across:
        lines = tuple(replace(line, right=k == 1) for k, line in enumerate(numbers("Half", "A sixth", "None").lines))
        bet = replace(bet, slots=(bet.slots[0], ("options", (Prose(lines),))))
    known = replace(kit(bet, an_answer()), bets={"bet": Placed(first, again)})
    deck, problems = lay_out(known, light())
    assert problems == ()
    return deck.slides[1]


def placed_at(page: LaidSlide, words: str) -> Shape:
    shapes = [shape for item in page.items if isinstance(item, LaidShapes) for shape in item.shapes]
    return next(shape for shape in shapes if " ".join(line.text for line in shape.lines) == words)


@pytest.mark.parametrize("across", [False, True])
@pytest.mark.parametrize(("again", "said"), [((), ("4", "15", "5")), ((1, 20, 3), ("4 → 1", "15 → 20", "5 → 3"))])
def test_what_the_room_bet_stands_beside_the_letters_with_both_rounds_if_there_were_two(
    across: bool, again: tuple[int, ...], said: tuple[str, ...]
) -> None:
    page = with_counts((4, 15, 5), again, across=across)
    for letter, count in zip("ABC", said, strict=True):
        square, beside = placed_at(page, letter).box, placed_at(page, count).box
        assert (beside.y, beside.h) == (square.y, square.h)
        assert 0 < beside.x - square.right < square.w
    assert placed_at(page, "B").alt == f"You bet A {said[0]}, B {said[1]}, C {said[2]}: B is right"
    last, words = placed_at(page, said[2]).box, text(page, "right-option")
    assert words is not None
    assert words.placeholder.box.x >= last.right or words.placeholder.box.y >= last.bottom


def test_a_room_of_hundreds_fits_beside_the_letters() -> None:
    page = with_counts((1234, 5678, 901), (12, 7001, 800))
    shape = placed_at(page, "5678 → 7001")
    assert Ruler(light()).width(shape.lines[0].text, shape.sizes[0]) < shape.box.w


def test_if_the_room_s_bets_come_in_only_the_slides_that_show_them_are_laid_out_again() -> None:
    plain = kit(a_bet((1,)), an_answer(), an_answer(name="more"))
    store, theme = Store(), light()
    decks = []
    for bets in ({}, {"bet": Placed((4, 15, 5))}):
        with store.open():
            decks.append(lay_out(replace(plain, bets=bets), theme)[0].slides)
    same = [one.items is other.items for one, other in zip(*decks, strict=True)]
    assert same == [True, False, True]
    assert placed_at(decks[1][1], "15")
