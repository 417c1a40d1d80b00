"""Tests that every kind of chart shows its numbers and words in deck, picture of a slide, companion page and figure.

A kind lists its words itself (``Kind.words``), and the test of a kind whose native chart has other numbers than its data lists
those (``NUMBERS``), so nothing here knows any kind.
"""

from itertools import product

import pytest
from lxml import etree
from matplotlib.text import Text

from tests.charts.samples import COLORS, NARROW, WIDE, every_sample, laid, numbers_of, on_paper
from tests.render.pptx.hosted import blank_deck, frame_of
from tests.render.pptx.read import caches, cells_of, read_chart, read_labels, read_workbook
from workshop.addons.explore.marks import Marked
from workshop.charts.figure import figure
from workshop.charts.kind import BUILT_IN, words_on_axes
from workshop.charts.resolved import ResolvedChart
from workshop.charts.vector import Vector
from workshop.plugins.registry import standard_registry
from workshop.render.office_xml import NAMESPACES
from workshop.render.pptx.chart import new_chart_part

SAMPLES = every_sample()
CASES = list(product(SAMPLES, ("light", "dark")))
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SVG = "{http://www.w3.org/2000/svg}text"


def native(spec, **more):
    made = laid(spec, **more)
    part = new_chart_part(made, blank_deck(), "en-GB")
    return made.resolved, part, read_chart(part.blob)


def lines_of(texts) -> set[str]:
    """Return the lines of some texts; spaces that don't break count as spaces."""
    return {line.replace("\u00a0", " ") for text in texts for line in text.split("\n") if line.strip()}


def words_of(resolved: ResolvedChart) -> set[str]:
    """Return the text that a chart must show, line by line, wherever it is drawn."""
    return lines_of(BUILT_IN.get(resolved.chart.kind).words(resolved))


class Places:
    """Where the artists of a figure are, in points from the top left corner: the points of lines, and the middles of bars' edges."""

    def __init__(self, figure):
        (axes,), height = figure.axes, figure.get_size_inches()[1] * 72
        numbers = [point for line in axes.lines for point in line.get_xydata()]
        numbers += [point for drawn in axes.collections for path in drawn.get_paths() for point in path.vertices]
        for bar in axes.patches:
            (left, bottom), (right, top) = bar.get_bbox().get_points()
            x, y = (left + right) / 2, (bottom + top) / 2
            numbers += [(x, bottom), (x, top), (left, y), (right, y)]
        self.all = [(x, height - y) for x, y in axes.transData.transform(numbers)]

    def __contains__(self, place):
        return any(place == pytest.approx(other, abs=0.05) for other in self.all)


def test_there_is_a_sample_of_every_kind_that_is_registered():
    assert {make().kind for make in SAMPLES.values()} == set(standard_registry().names("chart"))


@pytest.mark.parametrize("name", SAMPLES)
def test_its_words_include_each_value_label_reference_and_name(name):
    resolved = on_paper(SAMPLES[name]())
    assert lines_of(label.text for series in resolved.series for label in series.labels) <= words_of(resolved)
    assert lines_of(reference.label for reference in resolved.references) <= words_of(resolved)
    said = " ".join(words_of(resolved))
    assert [n for n in resolved.chart.categories[:: resolved.every] if n.strip() and n.strip()[:3] not in said] == []


@pytest.mark.parametrize(("name", "theme"), CASES)
def test_a_native_chart_caches_the_numbers_of_its_spec(name, theme):
    resolved, _, read = native(SAMPLES[name](), theme=theme)
    for series, (values, x) in numbers_of(resolved).items():
        assert read.find(series).values[: len(values)] == pytest.approx(values)
        assert read.find(series).x[: len(x)] == pytest.approx(x)
    if resolved.categories:
        assert read.categories == resolved.chart.categories


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
    """Return every line that the labels and titles of a native chart show."""
    root = etree.fromstring(part.blob)
    labels = [label.text for series in root.iter(f"{CHART}ser") for label in read_labels(series)]
    titles = ["".join(text.text for text in title.iter(f"{DRAWING}t")) for title in root.iter(f"{CHART}title")]
    return lines_of([*labels, *titles])


@pytest.mark.parametrize("name", SAMPLES)
def test_no_label_is_typed_and_what_a_field_keeps_is_what_it_shows(name):
    _, part, _ = native(SAMPLES[name]())
    labels = [label for series in etree.fromstring(part.blob).iter(f"{CHART}ser") for label in read_labels(series)]
    assert {label.source for label in labels} <= {"VALUE", "XVALUE", "CELLRANGE"}
    assert [label.kept for label in labels if label.kept] == [label.text for label in labels if label.kept]


@pytest.mark.parametrize(("name", "theme"), CASES)
def test_every_label_is_on_the_slide(name, theme):
    resolved, part, read = native(SAMPLES[name](), theme=theme)
    by_the_program = lines_of([*words_on_axes(resolved), *(series.name for series in read.series)])
    assert words_of(resolved) - by_the_program <= printed(part)


@pytest.mark.parametrize(("name", "theme"), CASES)
def test_every_label_is_in_the_figure(name, theme):
    resolved = on_paper(SAMPLES[name](), theme=theme)
    texts = figure(resolved, COLORS[theme]).findobj(Text)
    assert words_of(resolved) <= lines_of(text.get_text() for text in texts)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_number_is_in_the_figure_where_it_was_resolved(name):
    resolved = on_paper(SAMPLES[name]())
    frame = resolved.frame
    drawn = Places(figure(resolved, COLORS["light"]))
    for number, series in enumerate(resolved.chart.series):
        for index, place in enumerate(frame.points(number)):
            if place is None:
                continue
            assert place in drawn
            for along in map(frame.along_value, (*series.low[index : index + 1], *series.high[index : index + 1])):
                assert ((along, place[1]) if frame.lying else (place[0], along)) in drawn


@pytest.mark.parametrize("name", SAMPLES)
def test_every_label_is_on_the_companion_page(name):
    resolved = on_paper(SAMPLES[name](), width_mm=155, height_mm=88)
    layers = BUILT_IN.get(resolved.chart.kind).painted(resolved, Marked()).layers
    elements = [element for layer in layers.values() for element in layer]
    assert words_of(resolved) <= lines_of(text for _, text, _ in elements)
    drawn = [shape for shape, _, _ in elements if shape != "text"]
    assert len(drawn) > len(resolved.references) + 1, "something of the data is drawn beside axis and references"


@pytest.mark.parametrize("name", SAMPLES)
def test_every_label_is_in_the_picture_of_a_slide(name):
    made = laid(SAMPLES[name]())
    surface = made.kind.painted(made.resolved, Vector(lambda role: f'fill="{role}"', lambda role: f'stroke="{role}"'))
    root = etree.fromstring(f"<svg xmlns='http://www.w3.org/2000/svg'>{surface.save()}</svg>")
    assert words_of(made.resolved) <= lines_of(text.text or "" for text in root.iter(SVG))
    drawn = [element for element in root if element.tag != SVG]
    assert len(drawn) > len(made.resolved.references) + 1, "something of the data is drawn beside axis and references"


@pytest.mark.parametrize("name", SAMPLES)
def test_a_theme_only_changes_which_labels_are_coloured(name):
    light, dark = (native(SAMPLES[name](), theme=theme)[2] for theme in ("light", "dark"))
    assert light == dark


@pytest.mark.parametrize(("name", "box"), list(product(SAMPLES, (WIDE, NARROW))))
def test_both_boxes_of_the_deck_take_every_kind(name, box):
    frame = frame_of(laid(SAMPLES[name](), box=box))
    assert frame.find("p:nvGraphicFramePr/p:cNvPr", NAMESPACES).get("descr") == "The finding"
