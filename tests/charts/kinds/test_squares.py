import pytest

from tests.charts.samples import COLORS, chart, on_paper, on_slide
from workshop.charts.canvas import APART
from workshop.charts.geometry import contrast, mixed
from workshop.charts.kinds.squares import PER_LARGE, PER_ROW, squares_of
from workshop.errors import WorkshopError
from workshop.model.exhibits import ChartKind, Series
from workshop.model.theme import TINT

RULES = ("Exact copies", "Near-copies", "Too short", "Nothing", "“weed”, as a trial")


def price(dropped=(169, 26, 3, 0, 36), lost=(0, 0, 0, 0, 34)):
    series = (Series("rubbish", dropped), Series("genuine, lost", lost))
    return chart(ChartKind.SQUARES, series, RULES[: len(dropped)], unit="count", highlight=RULES[-1:])


def inventory():
    return chart(ChartKind.SQUARES, (Series("books", (12, 400)),), ("Poems", "Novels"), unit="count")


SAMPLES = {"price": price, "inventory": inventory}


def native_numbers(resolved):
    """Return the places of the squares of each series, larger ones in a series of their own; they count points from the lower left corner."""
    high, found = resolved.size[1], {}
    for square, marked, large in squares_of(resolved.frame):
        found.setdefault((large, marked), []).append(square.center)
    names = [series.name for series in resolved.chart.series]
    taken = {}
    for (_, marked), centers in sorted(found.items()):
        name = names[marked] if names[marked] not in taken else f"{names[marked]} (2)"
        taken[name] = [round(high - y, 6) for _, y in centers], [round(x, 6) for x, _ in centers]
    return taken


NUMBERS = {ChartKind.SQUARES: native_numbers}


@pytest.mark.parametrize("resolve", [on_slide, on_paper])
def test_there_is_a_square_for_each_thing_and_the_marked_ones_come_first(resolve):
    found = list(squares_of(resolve(price()).frame))
    assert len(found) == 169 + 26 + 3 + 36
    assert [marked for _, marked, large in found if large] == [True] * 34 + [False] * 2
    assert not any(marked for _, marked, large in found if not large)


def test_no_square_touches_another_and_all_are_in_the_box():
    resolved = on_slide(price())
    squares = [square for square, _, _ in squares_of(resolved.frame)]
    assert all(square.outside(on_slide(price()).frame.plot) == 0 for square in squares)
    assert sum(one.overlap(other) for k, one in enumerate(squares) for other in squares[:k]) == 0


def test_few_squares_are_larger_and_their_rows_share_the_height():
    few = chart(
        ChartKind.SQUARES, (Series("lines", (8, 16)), Series("answers", (2, 10))), ("before", "after"), unit="count"
    )
    resolved = on_slide(few)
    first, second = resolved.frame.rows
    assert first.pitch > 2 * on_slide(inventory()).frame.rows[0].pitch
    assert (first.total, second.total) == (8, 16)
    assert second.total <= second.each
    assert second.top - first.top > 3 * first.pitch
    assert all(square.outside(resolved.frame.plot) == 0 for square, _, _ in squares_of(resolved.frame))


def test_a_highlighted_row_has_squares_twice_as_large_and_fewer_side_by_side():
    rows = on_slide(price()).frame.rows
    assert rows[-1].pitch == pytest.approx(2 * rows[0].pitch)
    assert (rows[0].each, rows[-1].each) == (PER_ROW, PER_LARGE)


def test_each_row_says_how_many_squares_it_has_beside_them():
    resolved = on_slide(price())
    assert {label.index: label.text for label in resolved.series[0].labels} == {0: "169", 1: "26", 2: "3", 4: "36"}


def test_the_key_is_there_only_if_something_is_marked():
    assert on_slide(price()).key is not None
    assert on_slide(price(lost=(0, 0, 0, 0, 0))).key is None
    assert on_slide(inventory()).key is None


@pytest.mark.parametrize(
    ("dropped", "lost", "said"),
    [
        ((1.5, 2), (0, 0), "'Exact copies' has a number that isn't a count"),
        ((1, -2), (0, 0), "'Near-copies' has a number that isn't a count"),
        ((401, 2), (0, 0), "'Exact copies' has 401 squares"),
        ((3, 2), (0, 3), "'Near-copies' has 2 squares, of which 3 are marked"),
    ],
)
def test_numbers_that_cannot_be_counted_are_refused_with_their_row(dropped, lost, said):
    with pytest.raises(WorkshopError, match=said):
        on_slide(price(dropped, lost))


def test_nine_rows_are_too_many():
    series = (Series("n", (1,) * 9),)
    with pytest.raises(WorkshopError, match="9 rows of squares are too many"):
        on_slide(chart(ChartKind.SQUARES, series, tuple("abcdefghi"), unit="count"))


def test_a_box_that_is_too_low_is_refused():
    with pytest.raises(WorkshopError, match="too low"):
        on_paper(price(), height_mm=20)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_marked_squares_are_distinct_when_printed_in_grey(theme):
    plain, marked = (series.color for series in on_slide(price(), theme=theme).series)
    of, percent = TINT.get(plain, (plain, 100))
    shown = mixed(COLORS[theme][of], COLORS[theme]["bg"], percent / 100)
    assert contrast(shown, COLORS[theme][marked]) >= APART
    assert marked == "open"
