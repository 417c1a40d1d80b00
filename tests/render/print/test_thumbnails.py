import pytest

from workshop.charts.estimate import contrast
from workshop.charts.kind import BUILT_IN
from workshop.charts.resolve import resolve_chart
from workshop.errors import Report
from workshop.layout.laid import LaidChart, LaidPicture, LaidShapes, LaidSlide, LaidTable, LaidText, Shape
from workshop.model.exhibits import Chart, ChartKind, Series
from workshop.model.kit import Line, Run, ShownChart, ShownPicture
from workshop.model.theme import Box, Decor, LayoutSpec, Placeholder
from workshop.render.print.texts import Texts
from workshop.render.print.thumbnails import Thumbnails

from . import kits

WHOLE = Box(0, 0, 12_192_000, 6_858_000)
HALF = Box(6_096_000, 0, 6_096_000, 6_858_000)


def place(box=WHOLE, **changes):
    return Placeholder(idx=0, type="body", name="Main", role="main", box=box, sizes=(24,), **changes)


def marks(*items, decor=(), dark=False):
    theme = kits.theme(dark=dark, size=(12_192_000, 6_858_000))
    slide = next(iter(kits.kit().slides))
    layout = LayoutSpec(role="content", name="Content", type="obj", placeholders=(), decor=decor)
    return Thumbnails(theme, Texts(Report())).of(LaidSlide(id="a", number=1, slide=slide, layout=layout, items=items))


def test_a_text_keeps_its_place_and_size_in_thousandths_of_the_width():
    lines = (Line((Run("one"),), level=0, marker="bullet"), Line((Run("two"),)))
    (text,) = marks(LaidText(place(HALF, bold=True), lines, 24, 0))
    assert (text["x"], text["y"], text["w"], text["h"]) == (500.0, 0.0, 500.0, 562.5)
    assert text["size"] == pytest.approx(25.0)  # 24 pt of 960
    assert (text["text"], text["bold"]) == ("• one\ntwo", True)


def test_a_filled_placeholder_and_decor_are_under_the_text():
    found = marks(
        LaidText(place(fill="open"), (), 24, 0), decor=(Decor("rect", HALF, "accent"), Decor("line", HALF, "rule"))
    )
    assert [mark["kind"] for mark in found] == ["rect", "path", "rect", "text"]
    assert found[2]["fill"] == "#F6B92F"


def test_a_dark_deck_is_shown_on_white():
    (ground,) = marks(decor=(Decor("rect", WHOLE, "bg"),), dark=True)
    assert ground["fill"] == "#FFFFFF"


def test_a_chart_shows_its_line_with_every_point():
    chart = kits.line_chart()
    resolved = resolve_chart(chart, width_pt=800, height_pt=400, colors=kits.COLORS, medium="deck")
    found = marks(LaidChart(place(HALF), ShownChart("a", chart, ""), resolved, BUILT_IN.get(resolved.chart.kind)))
    axis, line = (mark for mark in found if mark["kind"] == "path")
    assert len(line["points"]) == 5
    heights = [y for _, y in line["points"]]
    assert heights == sorted(heights)  # surprise falls, and y increases downwards
    assert all(500 <= x <= 1000 for x, _ in (*axis["points"], *line["points"]))


def test_a_table_has_a_rule_per_row_and_a_text_per_cell():
    table = kits.table(("a", "b"), ("c", "d"), head=("x", "y"))
    half = 6_096_000
    found = marks(
        LaidTable(
            placeholder=place(), table=table, size=20, header_size=18, widths=(half, half), heights=(500_000,) * 3
        )
    )
    assert [mark["text"] for mark in found if mark["kind"] == "text"] == list("xyabcd")
    assert sum(mark["kind"] == "path" for mark in found) == 3


def test_pictures_and_shapes_are_boxes_texts_and_strokes(tmp_path):
    boxes = (
        Shape(
            kind="rect",
            box=Box(0, 0, 1_000_000, 500_000),
            fill="panel",
            outline="ink",
            lines=(Line((Run("Picks"),)),),
            sizes=(20,),
        ),
        Shape(kind="rect", box=Box(2_000_000, 0, 1_000_000, 500_000)),
        Shape(kind="arrow", box=WHOLE, ends=(0, 1)),
        Shape(kind="line", box=HALF, outline="accent"),
    )
    picture = LaidPicture(place(), ShownPicture(path=tmp_path / "a.png", alt="a"), HALF)
    kinds = [mark["kind"] for mark in marks(LaidShapes(boxes), picture)]
    assert kinds == ["rect", "frame", "text", "path", "path", "path", "rect"]  # an arrow has a head


def drawn(kind, *series, **more):
    chart = Chart(kind, "Title", measure="Measure", finding="Finding", series=series, categories=("a", "b"), **more)
    resolved = resolve_chart(chart, width_pt=800, height_pt=300, colors=kits.COLORS, medium="deck")
    return [
        m
        for m in marks(LaidChart(place(HALF), ShownChart("a", chart, ""), resolved, BUILT_IN.get(resolved.chart.kind)))
        if m["kind"] != "text"
    ]


def test_bars_in_small_are_told_apart_in_grey_by_their_fill_or_an_outline():
    before, after = Series("before", (1.0, 2.0), role="context"), Series("after", (2.0, 3.0), role="accent")
    _, grey, _, dark, _, *key = drawn(ChartKind.COLUMN, before, after)
    assert [swatch["fill"] for swatch in key] == [grey["fill"], dark["fill"]]
    assert contrast(grey["fill"], kits.COLORS["muted"]) > 1.5
    assert contrast(grey["fill"], dark["fill"]) > 2.5
    *_, wrong = drawn(ChartKind.COLUMN, after, Series("wrong", (1.0, 1.0), role="stop"))
    assert wrong["kind"] == "frame"


def test_a_forest_plot_in_small_has_its_intervals():
    found = drawn(ChartKind.FOREST, Series("change", (1.0, 2.0), low=(0.0, 1.5), high=(2.0, 2.5)))
    assert [mark["kind"] for mark in found] == [
        "path",
        "path",
        "rect",
        "rect",
        "path",
    ]  # finally the line with its ends
    (one, other) = (mark["points"] for mark in found[:2])
    assert one[1][0] - one[0][0] == pytest.approx(2 * (other[1][0] - other[0][0]), abs=0.3)


def texts_of(chart):
    resolved = resolve_chart(chart, width_pt=800, height_pt=300, colors=kits.COLORS, medium="deck")
    found = marks(LaidChart(place(HALF), ShownChart("a", chart, ""), resolved, BUILT_IN.get(resolved.chart.kind)))
    return [mark["text"] for mark in found if mark["kind"] == "text"]


def test_a_chart_in_small_has_its_values_and_the_names_of_its_categories():
    chart = Chart(
        ChartKind.COLUMN,
        "Title",
        measure="Measure",
        finding="Finding",
        series=(Series("share", (12.0, 25.0)),),
        categories=("mat", "rug"),
    )
    assert {"12.00", "25.00", "mat", "rug"} <= set(texts_of(chart))


def test_several_lines_in_small_are_named():
    series = (Series("prose", (1.0, 2.0, 3.0)), Series("sums", (3.0, 2.0, 1.0)))
    chart = Chart(
        ChartKind.LINE, "Title", measure="Measure", finding="Finding", series=series, categories=("a", "b", "c")
    )
    written = " ".join(texts_of(chart))
    assert "prose" in written
    assert "sums" in written


def test_a_forest_plot_in_small_names_its_rows_and_their_verdicts():
    one = Series("change", (1.0, 2.0), low=(0.0, 1.5), high=(2.0, 2.5), labels=("HOLD", "PASS"))
    chart = Chart(
        ChartKind.FOREST, "Title", measure="Measure", finding="Finding", series=(one,), categories=("sums", "dates")
    )
    assert {"sums", "dates", "HOLD", "PASS"} <= set(texts_of(chart))


def test_the_name_in_a_box_is_bolder_and_larger_than_its_gloss_and_keeps_off_the_edge():
    lines = (Line((Run("Guess", strong=True),)), Line((Run("the next word"),)))
    box = Shape(
        kind="rect",
        box=Box(0, 0, 1_000_000, 500_000),
        fill="panel",
        lines=lines,
        sizes=(20, 16),
        inset=91_440,
        inset_top=45_720,
    )
    *_, text = marks(LaidShapes((box,)))
    assert [line["bold"] for line in text["lines"]] == [True, False]
    assert text["lines"][0]["size"] > text["lines"][1]["size"]
    assert text["pad"] == [7.5, 3.8]  # thousandths: a tenth of an inch of 13.33


def test_the_text_of_an_option_does_not_touch_its_letter():
    (text,) = marks(LaidText(place(HALF, inset=914_400), (Line((Run("one"),)),), 24, 0))
    assert text["pad"][0] == 75.0
