import io
import re
import zipfile

import pytest
from msgspec.structs import replace
from openxml_audit import validate_pptx
from pptx import Presentation

from tests.charts.samples import (
    NARROW,
    SAMPLES,
    answers,
    attacks,
    chart,
    laid,
    next_word,
    on_slide,
    picks,
    recall,
    surprise,
    training,
)
from tests.render.pptx.hosted import blank_deck, frame_of, hosted
from tests.render.pptx.read import read_chart, read_workbook, workbook_of
from workshop.model.exhibits import ChartKind, Reference, Series
from workshop.model.theme import Box, inches
from workshop.render.office_xml import NAMESPACES
from workshop.render.pptx.chart import new_chart_part
from workshop.render.pptx.workbook import Column, to_xlsx

C15 = "http://schemas.microsoft.com/office/drawing/2012/chart"
C = {
    "c15": C15,
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}


def part_of(spec, language="en-GB"):
    return new_chart_part(laid(spec), blank_deck(), language)


def xml_of(spec, **more):
    return part_of(spec, **more)._element


def values(element, path, attribute="val"):
    return [found.get(attribute) for found in element.iterfind(path, C)]


def deck(tmp_path, charts):
    return hosted([laid(spec, box=NARROW) for spec in charts], tmp_path / "deck.pptx")


def test_a_deck_with_every_kind_is_valid(tmp_path):
    found = validate_pptx(deck(tmp_path, [make() for make in SAMPLES.values()]))
    assert [error.description for error in found.errors] == []


def test_a_chart_takes_the_place_of_its_placeholder(tmp_path):
    slide = Presentation(deck(tmp_path, [surprise()])).slides[0]
    frame = slide.placeholders[1]
    assert frame.has_chart
    assert len(slide.shapes) == 1
    assert (frame.width, frame.height) == (NARROW.w, NARROW.h)


def test_python_pptx_reads_the_chart_as_one_of_its_own(tmp_path):
    native = Presentation(deck(tmp_path, [picks()])).slides[0].placeholders[1].chart
    plot = native.plots[0]
    assert list(plot.categories) == list(picks().categories)
    assert {series.name: series.values for series in plot.series} == {s.name: s.values for s in picks().series}


def test_the_alternative_text_is_the_finding(tmp_path):
    slide = Presentation(deck(tmp_path, [surprise()])).slides[0]
    assert slide.placeholders[1]._element.nvGraphicFramePr.cNvPr.get("descr") == "The finding"


@pytest.mark.parametrize("name", SAMPLES)
def test_every_colour_is_a_slot_of_the_theme(name):
    element = xml_of(SAMPLES[name]())
    assert not element.findall(".//a:srgbClr", C)
    slots = set(values(element, ".//a:schemeClr"))
    assert slots <= {"bg1", "tx1", "bg2", "tx2", *(f"accent{k}" for k in range(1, 7))}


@pytest.mark.parametrize("name", SAMPLES)
def test_only_grouped_columns_have_a_legend_and_no_chart_a_title_but_an_axis_s(name):
    spec = SAMPLES[name]()
    element = xml_of(spec)
    grouped = spec.kind is ChartKind.COLUMN and len(spec.series) > 1
    assert (element.find(".//c:legend", C) is not None) == grouped
    assert element.find("c:chart/c:title", C) is None
    assert values(element, ".//c:autoTitleDeleted") == ["1"]


@pytest.mark.parametrize("name", SAMPLES)
def test_axes_have_positive_ids_that_refer_to_each_other(name):
    element = xml_of(SAMPLES[name]())
    plots = element.find(".//c:plotArea", C)
    own = [axis.find("c:axId", C).get("val") for axis in plots if axis.tag.endswith(("catAx", "valAx"))]
    assert len(set(own)) == len(own)
    assert all(0 < int(number) <= 0x7FFFFFFF for number in own)
    assert set(values(element, ".//c:crossAx")) <= set(own)
    assert set(values(element, ".//c:axId")) == set(own)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_series_of_a_scatter_chart_has_the_same_number_of_points(name):
    read = read_chart(part_of(SAMPLES[name]()).blob)
    lengths = {len(series.x) for series in read.series if series.x}
    assert len(lengths) <= 1


@pytest.mark.parametrize("name", SAMPLES)
def test_moved_labels_get_no_leader_lines_and_all_words_have_a_size_and_a_language(name):
    element = xml_of(SAMPLES[name](), language="de-CH")
    for labels in element.iterfind(".//c:dLbls", C):
        assert values(labels, ".//c15:showLeaderLines") == ["0"]
    runs = element.findall(".//a:rPr", C)
    assert {run.get("lang") for run in runs} <= {"de-CH"}
    assert all(int(run.get("sz")) >= 1600 for run in [*runs, *element.findall(".//a:defRPr", C)])


def test_limits_and_steps_are_those_of_the_resolved_axis():
    element, axis = xml_of(surprise()), on_slide(surprise()).value_axis
    value = element.find(".//c:valAx", C)
    numbers = [float(value.find(path, C).get("val")) for path in ("c:scaling/c:min", "c:scaling/c:max", "c:majorUnit")]
    assert numbers == [axis.minimum, axis.maximum, axis.step]
    assert value.find("c:numFmt", C).get("formatCode") == axis.format


def test_a_highlighted_bar_is_left_in_full_colour_and_the_others_are_painted():
    element = xml_of(next_word())
    assert values(element, ".//c:barChart/c:ser/c:spPr/a:solidFill/a:schemeClr") == ["accent1"]
    painted = element.findall(".//c:dPt/c:spPr/a:solidFill/a:schemeClr", C)
    assert [slot.get("val") for slot in painted] == ["tx2"] * 4
    assert values(painted[0], "a:alpha") == ["64000"]


def test_the_second_of_two_bars_is_a_pattern_on_the_background():
    spec = chart(ChartKind.COLUMN, (Series("a", (1.0, 2.0)), Series("b", (2.0, 1.0))), ("x", "y"))
    pattern = xml_of(spec).find(".//a:pattFill", C)
    assert pattern.get("prst") == "wdUpDiag"
    assert values(pattern, "a:fgClr/a:schemeClr") == ["accent2"]
    assert values(pattern, "a:bgClr/a:schemeClr") == ["bg1"]


def test_a_reference_over_columns_reaches_half_a_category_beyond_both_ends():
    trends = xml_of(next_word()).findall(".//c:trendline", C)
    for trend in trends:
        assert [trend.find(f"c:{way}", C).get("val") for way in ("forward", "backward")] == ["0.5", "0.5"]
    ground, line = trends
    assert values(line, "c:spPr/a:ln/a:prstDash") == ["dash"]
    assert values(ground, ".//a:schemeClr") == ["bg1"]
    assert int(ground.find(".//a:ln", C).get("w")) > 2 * int(line.find(".//a:ln", C).get("w"))


def test_the_key_names_the_visible_bars_and_no_reference_nor_its_trends():
    legend = xml_of(answers()).find(".//c:legend", C)
    hidden = {int(entry.find("c:idx", C).get("val")) for entry in legend.findall("c:legendEntry", C)}
    assert hidden == {3, 4, 5}
    assert values(legend, "c:legendEntry/c:delete") == ["1"] * 3


def test_a_horizontal_bar_has_a_gap_where_the_reference_crosses_it():
    spec = recall()
    fills = xml_of(spec).findall(".//a:gradFill", C)
    assert len(fills) == len(spec.categories)
    for fill in fills:
        stops = [(int(stop.get("pos")), stop[0].get("val")) for stop in fill.findall(".//a:gs", C)]
        (start, one), (end, two) = stops[2:4]
        assert one == two == "bg1"
        assert start < end < 100_000


def test_a_bar_is_tinted_where_its_interval_crosses_it():
    bar = xml_of(attacks()).find(".//c:ser/c:spPr", C)
    assert int(bar.find("a:solidFill/a:schemeClr/a:alpha", C).get("val")) < 40_000
    assert values(bar, "a:ln/a:solidFill/a:schemeClr") == ["accent1"]


def test_a_reference_over_horizontal_bars_is_an_axis_that_crosses_at_its_value():
    assert values(xml_of(recall()), ".//c:catAx/c:crossesAt") == ["0.12"]


def test_where_values_stand_below_horizontal_bars_the_axis_of_the_reference_has_none():
    values_of = Series("recall", tuple(0.3 + k / 20 for k in range(6)))
    low = replace(recall(), series=(values_of,), categories=tuple("abcdef"), highlight=("a",))
    made = laid(low, box=Box(0, 0, inches(6), inches(2.6)))
    assert made.resolved.value_axis.visible
    axes = new_chart_part(made, blank_deck(), "en-GB")._element
    assert values(axes, ".//c:valAx/c:delete") == ["0", "1"]


def test_numbers_along_x_keep_their_gaps():
    steps = training().series[0]
    gap = Series("with a gap", (4.0, None, *steps.values[2:]), x=steps.x)
    read = read_chart(part_of(replace(training(), series=(gap,), references=())).blob)
    assert read.find("with a gap").values == gap.values


def test_names_that_look_like_formulas_or_addresses_stay_plain_text():
    names = ("=1+1", "http://a.example", "+x", "@y")
    part = part_of(chart(ChartKind.COLUMN, (Series("=SUM(A1)", (1.0, 2.0, 3.0, 4.0)),), names))
    cells = read_workbook(part)
    assert [cells[f"A{row}"] for row in range(2, 6)] == list(names)
    assert cells["B1"] == "=SUM(A1)"
    with zipfile.ZipFile(io.BytesIO(workbook_of(part))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in sheet
        assert b"hyperlink" not in sheet


def test_control_characters_are_left_out_everywhere():
    spec = chart(
        ChartKind.LINE,
        (Series("a\x07b", (1.0, 2.0)), Series("c", (2.0, 1.0))),
        ("one\x00", "two"),
        references=(Reference("r\x1b", 1.5),),
    )
    part = part_of(spec)
    assert read_chart(part.blob).categories == ("one", "two")
    assert read_workbook(part)["B1"] == "ab"


def test_a_reference_may_share_a_series_name():
    read = read_chart(part_of(replace(surprise(), references=(Reference("surprise", 2.0),))).blob)
    assert {series.name for series in read.series} == {"surprise", "surprise (2)"}


def test_the_same_chart_gives_the_same_part_and_workbook():
    one, two = part_of(picks()), part_of(picks())
    assert one.blob == two.blob
    assert workbook_of(one) == workbook_of(two)


def test_a_workbook_does_not_contain_its_date():
    with zipfile.ZipFile(io.BytesIO(to_xlsx([Column("a", (1.0, None, "x"))]))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        stamps = re.findall(rb"\d{4}-\d\d-\d\dT[\d:]+Z", archive.read("docProps/core.xml"))
        assert set(stamps) == {b"1980-01-01T00:00:00Z"}


def test_a_cell_of_none_is_empty():
    part = part_of(chart(ChartKind.LINE, (Series("a", (1.0, None, 3.0)),), ("x", "y", "z")))
    assert "B3" not in read_workbook(part)


def test_a_frame_names_the_placeholder_of_its_layout():
    frame = frame_of(laid(surprise(), alt=""), 7)
    mark = frame.find("p:nvGraphicFramePr/p:nvPr/p:ph", NAMESPACES)
    assert (mark.get("type"), mark.get("idx")) == ("chart", "1")
    assert "descr" not in frame.find("p:nvGraphicFramePr/p:cNvPr", NAMESPACES).attrib


def test_an_interval_that_its_tick_covers_has_no_series_of_its_own():
    estimates, ends = (0.12, -0.03, 0.04), ((0.12, 0.12), (-0.09, 0.03), (0.01, 0.09))
    lows, highs = zip(*ends, strict=True)
    margin = Reference("margin", -0.02, axis="x", sides=("worse than the margin, {}", "above it"))
    series = Series("change", estimates, low=lows, high=highs, labels=("PASS", "HOLD", "PASS"))
    spec = chart(ChartKind.FOREST, (series,), ("sums", "names", "dates"), references=(margin,), unit="points")
    part = new_chart_part(laid(spec), blank_deck(), "en-GB")
    names = [v.text for v in part._element.iterfind(".//c:ser/c:tx//c:v", C)]
    assert {"sums, interval", "names, interval", "dates, interval"}.intersection(names) == {
        "names, interval",
        "dates, interval",
    }
