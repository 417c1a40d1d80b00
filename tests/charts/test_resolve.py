import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.charts.samples import (
    NARROW,
    SAMPLES,
    chart,
    gate,
    label_boxes,
    labels,
    next_word,
    on_paper,
    on_slide,
    surprise,
)  # fmt: skip
from workshop.charts.geometry import Rect
from workshop.charts.kind import resolve_chart
from workshop.errors import WorkshopError
from workshop.model.exhibits import ChartKind, Reference, Series
from workshop.themes.beds import LIGHT
from workshop.wording import formats

VALUE = st.floats(-1e6, 1e6).map(lambda v: float(f"{v:.6g}"))
WORD = st.text("abcdefghij", min_size=1, max_size=7)


def test_a_reference_is_named_with_its_value():
    assert [r.label for r in on_slide(next_word()).references] == ["chance: 0.06"]
    assert [r.label for r in on_slide(gate()).references] == ["no change"]


def test_a_reference_whose_name_has_the_value_does_not_repeat_it():
    spec = replace(surprise(), references=(Reference("log2 of 16 words, 4.00 bits", 4.0),))
    assert on_slide(spec).references[0].label == "log2 of 16 words, 4.00 bits"


def test_a_reference_may_have_its_value_in_words_of_its_own():
    spec = replace(surprise(), references=(Reference("start", 4.0, label="starts at {}"), Reference("a: b", 2.0)))
    assert [r.label for r in on_slide(spec).references] == ["starts at 4.00", "a: b, 2.00"]


def test_series_differ_in_marker_and_dash_or_pattern_not_only_in_colour():
    series = tuple(Series(name, (1.0, 2.0, 3.0)) for name in "abcd")
    lines = on_slide(chart(ChartKind.LINE, series, ("x", "y", "z"))).series
    assert [s.color for s in lines] == ["accent", "c2", "c5", "c3"]
    assert len({(s.marker, s.dash) for s in lines}) == 4
    bars = on_slide(chart(ChartKind.COLUMN, series[:3], ("x", "y", "z"))).series
    assert [s.pattern for s in bars] == ["", "wdUpDiag", ""]


def test_a_role_that_is_asked_for_is_not_given_away_twice():
    series = (Series("one", (1.0, 2.0)), Series("two", (2.0, 1.0), role="accent"))
    assert [s.color for s in on_slide(chart(ChartKind.LINE, series, ("x", "y"))).series] == ["c2", "accent"]


def test_a_label_has_its_series_colour_only_if_it_can_be_read():
    series = tuple(Series(name, (1.0, 2.0)) for name in "abcd")
    spec = chart(ChartKind.LINE, series, ("x", "y"))
    light = [s.labels[0].color for s in on_slide(spec).series]
    dark = [s.labels[0].color for s in on_slide(spec, theme="dark").series]
    assert light == ["accent", "ink", "c5", "c3"]
    assert dark == ["accent", "ink", "c5", "ink"]


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        (chart(ChartKind.LINE, tuple(Series(n, (1.0, 2.0)) for n in "abcde"), ("x", "y")), "5 lines .* at most 4"),
        (chart(ChartKind.COLUMN, tuple(Series(n, (1.0, 2.0)) for n in "abcd"), ("x", "y")), "at most 3"),
        (chart(ChartKind.BAR, (Series("a", (1.0,) * 40),), tuple(f"row {k}" for k in range(40))), "40 categories"),
        (chart(ChartKind.COLUMN, (Series("a", (1.0,) * 40),), tuple(f"c{k}" for k in range(40))), "40 columns"),
        (chart(ChartKind.LINE, (Series("a", (None, None)),), ("x", "y")), "nothing to draw"),
        (chart(ChartKind.WATERFALL, (Series("a", (10.0, -3.0, 8.0)),), ("x", "y", "z")), "add up to 7"),
        (chart(ChartKind.FOREST, (Series("a", (1.0, None)),), ("x", "y")), "no estimate"),
        (chart(ChartKind.COLUMN, (Series("a", (1.0,)),), ("x",), highlight=("z",)), "no category 'z'"),
        (chart(ChartKind.LINE, (Series("a", (1.0, 2.0), role="red"),), ("x", "y")), "no role 'red'"),
        (chart(ChartKind.LINE, (Series("a", (1.0,)),), ("x",), references=(Reference("r", 1, axis="x"),)), "numbers along x"),
        (chart(ChartKind.SCATTER, (Series("a", (1.0,)),), ("x",)), "numbers along x"),
    ],
)  # fmt: skip
def test_a_chart_that_cannot_be_read_is_refused_with_the_fix(spec, message):
    with pytest.raises(WorkshopError, match=message) as caught:
        on_slide(spec)
    assert caught.value.problem.hint
    assert spec.title in caught.value.problem.message


def test_an_unknown_medium_is_refused():
    with pytest.raises(ValueError, match="medium"):
        resolve_chart(surprise(), width_pt=400, height_pt=300, colors=LIGHT, medium="film")


@pytest.mark.parametrize("name", SAMPLES)
def test_resolving_is_pure(name):
    assert on_slide(SAMPLES[name]()) == on_slide(SAMPLES[name]())


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("where", ["wide", "narrow", "paper"])
def test_no_label_leaves_the_box(name, where):
    spec = SAMPLES[name]()
    resolved = {"wide": on_slide, "narrow": lambda s: on_slide(s, box=NARROW), "paper": on_paper}[where](spec)
    ground = Rect(0, 0, *resolved.size)
    assert all(box.outside(ground) < 3 for box in label_boxes(resolved))
    left, top, width, height = resolved.plot
    assert left >= 0
    assert top >= 0
    assert left + width <= 1 + 1e-9
    assert top + height <= 1 + 1e-9


@settings(max_examples=60)
@given(st.sampled_from(list(ChartKind)), st.lists(st.tuples(VALUE, VALUE), min_size=1, max_size=6), st.data())
def test_any_finite_data_resolve(kind, pairs, data):
    values = [y for _, y in pairs]
    names = tuple(data.draw(st.lists(WORD, min_size=len(values), max_size=len(values), unique=True)))
    if kind is ChartKind.WATERFALL:
        values.append(sum(values))
        names = (*names, "total")
    if kind is ChartKind.STACKED:
        values = [abs(value) for value in values]
    if kind is ChartKind.SQUARES:
        values = [1 + int(abs(value)) % 400 for value in values]
    if kind is ChartKind.SCATTER:
        spec = chart(kind, (Series("one", tuple(values), x=tuple(x for x, _ in pairs)),), unit="number")
    else:
        spec = chart(kind, (Series("one", tuple(values)),), names, unit="number")
    resolved = on_slide(spec)
    frame = resolved.frame
    plot = frame.plot
    for point in frame.points(0):
        assert plot.left - 1e-3 <= point[0] <= plot.right + 1e-3
        assert plot.top - 1e-3 <= point[1] <= plot.bottom + 1e-3


@settings(max_examples=40)
@given(st.lists(st.floats(0, 1), min_size=2, max_size=8), st.sampled_from(["ratio", "percent"]))
def test_labels_print_values_as_everything_else_does(values, unit):
    spec = chart(ChartKind.COLUMN, (Series("a", tuple(values)),), tuple("abcdefgh"[: len(values)]), unit=unit)
    rounded = spec.series[0].values
    assert list(labels(on_slide(spec)).values()) == [formats.show(value, unit) for value in rounded]
