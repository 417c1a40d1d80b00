"""Tests that every kind of chart shows the same numbers and words on the slide, on paper and in the picture of a slide, light and dark."""

from itertools import product

import pytest
from lxml import etree

from tests.charts.samples import COLORS, NARROW, WIDE, every_sample, laid, on_paper
from tests.render.pptx.hosted import blank, frame_of
from tests.render.pptx.read import caches, cells_of, read_chart, read_labels, read_workbook
from workshop.charts.draw import draw_svg
from workshop.charts.in_small import Small
from workshop.charts.resolved import ResolvedChart
from workshop.charts.vector import Vector, draw_vector
from workshop.model.exhibits import ChartKind
from workshop.plugins.registry import standard_registry
from workshop.render.pptx.chart import new_chart_part
from workshop.render.pptx.template_base import opened
from workshop.render.xml import NAMESPACES

SAMPLES = every_sample()
CASES = list(product(SAMPLES, ("light", "dark")))
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
SVG = "{http://www.w3.org/2000/svg}text"


def native(spec, **more):
    made = laid(spec, **more)
    part = new_chart_part(made, opened(blank()), "en-GB")
    return made.resolved, part, read_chart(part.blob)


def words_of(resolved: ResolvedChart) -> set[str]:
    """Return the text that a chart must show, line by line, whichever module draws it."""
    texts = [label.text for series in resolved.series for label in series.labels]
    texts += [reference.label for reference in resolved.references]
    texts += [note.text for note in resolved.notes]
    texts += [text for row in resolved.rows for text in (row.name, row.verdict) if text]
    return {line for text in texts for line in text.split("\n")}


def test_there_is_a_sample_of_every_kind_that_is_registered():
    assert {make().kind for make in SAMPLES.values()} == set(standard_registry().names("chart"))


@pytest.mark.parametrize(("name", "theme"), CASES)
def test_a_native_chart_caches_the_numbers_of_its_spec(name, theme):
    resolved, _, read = native(SAMPLES[name](), theme=theme)
    chart = resolved.chart
    if chart.kind is ChartKind.WATERFALL:
        spans = [resolved.frame.bar_span(0, k) for k in range(len(chart.categories))]
        assert read.find("bar").values == pytest.approx([abs(a - b) for a, b in spans])
        assert read.find("base").values == pytest.approx([min(span) for span in spans])
    elif chart.kind is ChartKind.FOREST:
        in_cells = 100 if chart.unit == "points" else 1
        assert read.find("change").x == pytest.approx([in_cells * value for value in chart.series[0].values])
        for row, low, high in zip(chart.categories, chart.series[0].low, chart.series[0].high, strict=True):
            assert read.find(f"{row}, interval").x[:2] == pytest.approx((in_cells * low, in_cells * high))
    else:
        for series in chart.series:
            assert read.find(series.name).values[: len(series.values)] == series.values
            assert read.find(series.name).x[: len(series.x)] == series.x
    if chart.categories and chart.kind is not ChartKind.FOREST:
        assert read.categories == chart.categories


@pytest.mark.parametrize("name", SAMPLES)
def test_a_native_chart_s_references_are_series_with_data_in_the_workbook(name):
    resolved, part, read = native(SAMPLES[name]())
    cells = set(read_workbook(part).values())
    for reference in resolved.references:
        series = read.find(reference.name)
        assert reference.value in (*series.values, *series.x)
        assert reference.value in cells


@pytest.mark.parametrize("name", SAMPLES)
def test_every_cache_of_a_chart_holds_what_the_workbook_has_at_its_address(name):
    """Names, categories, values, x values, words of labels and the ends of intervals refer to cells, and keep a copy of them."""
    _, part, _ = native(SAMPLES[name]())
    kept = list(caches(part))
    assert kept
    cells = read_workbook(part)
    for address, copies in kept:
        assert copies == cells_of(address, cells), address


def printed(part):
    """Return every line that the labels of a native chart show."""
    found = (read_labels(series) for series in etree.fromstring(part.blob).iter(f"{CHART}ser"))
    return {line for labels in found for label in labels for line in label.text.split("\n")}


@pytest.mark.parametrize("name", SAMPLES)
def test_no_label_is_typed_and_what_a_field_keeps_is_what_it_shows(name):
    _, part, _ = native(SAMPLES[name]())
    labels = [label for series in etree.fromstring(part.blob).iter(f"{CHART}ser") for label in read_labels(series)]
    assert {label.source for label in labels} <= {"VALUE", "XVALUE", "CELLRANGE"}
    assert [label.kept for label in labels if label.kept] == [label.text for label in labels if label.kept]


@pytest.mark.parametrize(("name", "theme"), CASES)
def test_every_label_is_on_the_slide(name, theme):
    resolved, part, _ = native(SAMPLES[name](), theme=theme)
    assert words_of(resolved) - printed(part) == set()


@pytest.mark.parametrize(("name", "theme"), CASES)
def test_every_label_is_on_paper(name, theme):
    resolved = on_paper(SAMPLES[name](), theme=theme)
    drawing = draw_svg(resolved, width_mm=160, height_mm=62, colors=COLORS[theme])
    written = {(text.text or "").replace("\u00a0", " ") for text in etree.fromstring(drawing).iter(SVG)}
    assert words_of(resolved) <= written
    shown = [name for index, name in enumerate(resolved.categories) if index % resolved.every == 0]
    assert {line for text in shown for line in text.split("\n") if line.strip()} <= written
    for axis in (resolved.value_axis, resolved.other_axis):
        if axis is not None and axis.visible:
            assert {text for _, text in axis.ticks} <= written


@pytest.mark.parametrize("name", SAMPLES)
def test_every_label_is_in_the_small_chart(name):
    made = laid(SAMPLES[name]())
    marks = list(
        made.kind.marks(
            Small(
                resolved=made.resolved,
                frame=made.resolved.frame,
                box=made.placeholder.box,
                scale=1e-4,
                color=lambda role: COLORS["light"].get(role, "777777"),
                clean=str,
            )
        )
    )
    written = {line for mark in marks if mark["kind"] == "text" for line in mark["text"].split("\n")}
    resolved = made.resolved
    assert words_of(resolved) <= written
    if resolved.other_axis is None and not resolved.rows:
        assert {line for text in resolved.categories[:: resolved.every] for line in text.split("\n")} <= written
    drawn = [mark for mark in marks if mark["kind"] != "text"]
    assert len(drawn) > len(resolved.references) + 1, "something of the data is drawn beside axis and references"


@pytest.mark.parametrize("name", SAMPLES)
def test_every_label_is_in_the_picture_of_a_slide(name):
    made = laid(SAMPLES[name]())
    resolved = made.resolved
    surface = Vector(lambda role: f'fill="{role}"', lambda role: f'stroke="{role}"')
    root = etree.fromstring(
        f"<svg xmlns='http://www.w3.org/2000/svg'>{draw_vector(resolved, made.kind, surface)}</svg>"
    )
    written = {(text.text or "").replace("\u00a0", " ") for text in root.iter(SVG)}
    assert words_of(resolved) <= written
    if resolved.other_axis is None and not resolved.rows:
        assert {line for text in resolved.categories[:: resolved.every] for line in text.split("\n")} <= written
    drawn = [element for element in root if element.tag != SVG]
    assert len(drawn) > len(resolved.references) + 1, "something of the data is drawn beside axis and references"


@pytest.mark.parametrize("name", SAMPLES)
def test_a_theme_only_changes_which_labels_are_coloured(name):
    light, dark = (native(SAMPLES[name](), theme=theme)[2] for theme in ("light", "dark"))
    assert light == dark


@pytest.mark.parametrize(("name", "box"), list(product(SAMPLES, (WIDE, NARROW))))
def test_both_boxes_of_the_deck_take_every_kind(name, box):
    frame = frame_of(laid(SAMPLES[name](), box=box))
    assert frame.find("p:nvGraphicFramePr/p:cNvPr", NAMESPACES).get("descr") == "The finding"
