import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.charts.samples import chart, gate, library, on_paper, on_slide, trade
from workshop.charts.canvas import Obstacles
from workshop.charts.geometry import Rect, mixed, text_box
from workshop.charts.kind import resolve_chart
from workshop.charts.labels import beside, free_place, label_box
from workshop.charts.resolved import ResolvedChart
from workshop.model.exhibits import ChartKind, Reference, Series
from workshop.themes.beds import LIGHT

PAGE = Rect(0, 0, 400, 300)
SIZES = st.tuples(st.floats(5, 60), st.floats(5, 20))
PLACES = st.tuples(st.floats(80, 320), st.floats(50, 250))


@given(PLACES, SIZES, st.floats(1, 10))
def test_no_place_beside_a_point_covers_it(at, size, clear):
    mark = Rect(at[0] - clear / 2, at[1] - clear / 2, clear, clear)
    assert [box.overlap(mark) for box in beside(at, *size, clear)] == [0.0] * 4


@given(PLACES, st.lists(PLACES, max_size=6))
def test_a_word_covers_nothing_where_one_of_the_four_sides_is_free(at, others):
    marks = tuple(Rect(x - 6, y - 6, 12, 12) for x, y in others)
    choices = list(beside(at, 40, 14, 8))
    chosen = free_place(choices, Obstacles(PAGE, marks))
    free = [box for box in choices if all(box.overlap(mark) == 0 for mark in marks) and box.outside(PAGE) == 0]
    assert chosen == free[0] if free else chosen in choices


def test_the_right_side_is_taken_before_the_left_and_the_left_before_above():
    right, left, above, _ = beside((200, 150), 40, 14, 8)
    assert free_place(beside((200, 150), 40, 14, 8), Obstacles(PAGE)) == right
    assert free_place(beside((200, 150), 40, 14, 8), Obstacles(PAGE, (right,))) == left
    assert free_place(beside((200, 150), 40, 14, 8), Obstacles(PAGE, (right, left))) == above


def test_if_nothing_is_free_the_word_goes_where_it_covers_least():
    right, left, above, below = beside((200, 150), 40, 14, 8)
    part = Rect(below.left, below.top, 5, below.height)
    assert free_place((right, left, above, below), Obstacles(PAGE, (right, left, above, part))) == below
    with pytest.raises(ValueError, match="a place"):
        free_place((), Obstacles(PAGE))


# ---------------------------------------------------------------- in charts
def words(resolved: ResolvedChart) -> list[tuple[str, Rect]]:
    frame = resolved.frame
    labels = [(k.text, label_box(frame, s, k, resolved.label_size)) for s in resolved.series for k in s.labels]
    for note in resolved.notes:
        at = (frame.along_other(note.x), frame.along_value(note.y) + note.dy)
        labels.append((note.text, text_box(note.text, note.size, at, note.position, 0, bold=note.bold)))
    return labels


def marks(resolved: ResolvedChart) -> list[Rect]:
    frame = resolved.frame
    return [
        Rect(x - s.marker_size / 2, y - s.marker_size / 2, s.marker_size, s.marker_size)
        for s in resolved.series
        for x, y in filter(None, frame.points(s.index))
    ]


def crowd() -> tuple[Series, ...]:
    """Return twenty-four unnamed cards in a cloud, and a question among them."""
    x = tuple(round(((k * 37) % 24) / 12 - 1, 3) for k in range(24))
    y = tuple(round(((k * 17) % 23) / 11 - 1, 3) for k in range(24))
    return Series("cards", y, x=x), Series("question", (0.1,), x=(0.2,), labels=("question",))


@pytest.mark.parametrize("resolve", [on_slide, on_paper])
@pytest.mark.parametrize(
    "spec", [library(), trade(), chart(ChartKind.SCATTER, crowd()), chart(ChartKind.SCATTER, crowd(), x_label="first")]
)
def test_no_name_on_a_map_covers_a_marker_or_another_name(spec, resolve):
    resolved = resolve(spec)
    said = words(resolved)
    for k, (text, box) in enumerate(said):
        assert [round(box.overlap(mark), 3) for mark in marks(resolved) if box.overlap(mark) > 0.1] == [], text
        assert [other for other, place in said[k + 1 :] if box.overlap(place) > 0.1] == [], text


@pytest.mark.parametrize("change", [-0.05, -0.03, -0.02, -0.01, 0.0, 0.02])
@pytest.mark.parametrize("resolve", [on_slide, on_paper])
def test_the_label_of_an_estimate_avoids_every_dashed_line(change, resolve):
    series = Series("change", (0.2, change, 0.5), low=(0.1, -0.2, 0.4), high=(0.3, 0.2, 0.6))
    lines = (Reference("margin", -0.02, axis="x"), Reference("none", 0.0, axis="x"))
    resolved = resolve(chart(ChartKind.FOREST, (series,), ("a", "b", "c"), references=lines, unit="points"))
    frame = resolved.frame
    for label in resolved.series[0].labels:
        box = label_box(frame, resolved.series[0], label, resolved.label_size)
        for line in lines:
            x = frame.along_value(line.value)
            assert not box.left + 2 < x < box.right - 2, (label.text, line.name)


def test_the_label_of_an_estimate_avoids_the_faint_line_at_zero():
    series = Series("change", (0.12, -0.01, -0.14), low=(0.05, -0.018, -0.25), high=(0.19, -0.002, -0.04))
    lines = (Reference("margin", -0.02, axis="x"),)
    resolved = on_slide(chart(ChartKind.FOREST, (series,), ("a", "b", "c"), references=lines, unit="points"))
    zero = resolved.frame.along_value(0.0)
    for label in resolved.series[0].labels:
        box = label_box(resolved.frame, resolved.series[0], label, resolved.label_size)
        assert not box.left + 2 < zero < box.right - 2, label.text
        change, margin = series.values[label.index], resolved.frame.along_value(-0.02)
        assert (box.left + box.right > 2 * margin) == (change > -0.02), label.text


def test_the_gate_s_label_on_its_line_moves_to_the_nearer_side():
    label = next(k for k in on_slide(gate()).series[0].labels if k.index == 3)
    assert label.dx != 0


def test_the_values_of_a_line_make_room_for_the_name_of_an_upright_line():
    series = (Series("right", (0.2, 0.5, 1.0, 0.8, 1.0), x=(1.0, 2.0, 3.0, 4.0, 5.0)),)
    spec = chart(ChartKind.LINE, series, references=(Reference("one entry", 3, axis="x"),), unit="percent")
    resolved = on_slide(spec)
    frame = resolved.frame
    reference = resolved.references[0]
    at = frame.reference(reference.axis, reference.value)[1]
    name = text_box(reference.label, resolved.reference_size, at, reference.position, 2)
    name = Rect(name.left + reference.dx, name.top + reference.dy, name.width, name.height)
    assert [text for text, box in words(resolved) if box.overlap(name) > 0] == []


# ---------------------------------------------------------------- greys
GREY = mixed("555555", "FFFFFF", 0.64)


@pytest.mark.parametrize(("accent", "pattern"), [("003322", ""), ("4472C4", "pct50"), (GREY, "pct50")])
def test_grey_bars_get_a_pattern_if_their_grey_is_too_near_the_accent(accent, pattern):
    colors = {**LIGHT, "accent": accent, "context": GREY}
    spec = chart(ChartKind.COLUMN, (Series("P", (0.5, 0.3, 0.2)),), ("mat", "rug", "roof"), highlight=("mat",))
    look = resolve_chart(spec, width_pt=600, height_pt=300, colors=colors, medium="deck").series[0]
    assert (look.pattern, look.point_pattern) == ("", pattern)
    pair = (Series("before", (0.5, 0.3), role="context"), Series("after", (0.2, 0.1), role="accent"))
    looks = resolve_chart(
        chart(ChartKind.COLUMN, pair, ("mat", "rug")), width_pt=600, height_pt=300, colors=colors, medium="deck"
    ).series
    assert [s.pattern for s in looks] == [pattern, ""]


def test_blocked_bars_have_a_pattern_only_beside_other_bars():
    pair = (Series("right", (0.5, 0.3), role="accent"), Series("wrong", (0.2, 0.1), role="stop"))
    assert [s.pattern for s in on_slide(chart(ChartKind.COLUMN, pair, ("a", "b"))).series] == ["", "wdDnDiag"]
    assert on_slide(chart(ChartKind.COLUMN, pair[1:], ("a", "b"))).series[0].pattern == ""


BOXES = st.lists(st.builds(Rect, *[st.floats(0, 60)] * 2, *[st.floats(0, 25)] * 2), max_size=12)


@given(box=st.builds(Rect, *[st.floats(0, 60)] * 2, *[st.floats(1, 25)] * 2), others=BOXES)
def test_what_a_word_covers_is_the_sum_over_everything_that_it_touches(box, others):
    ground = Rect(0, 0, 1000, 1000)
    assert Obstacles(ground, tuple(others)).cost(box) == 4 * (sum(map(box.overlap, others)) / box.height)
