"""Tests charts in any deck: colours that look alike in a grey print, and text that can't be read."""

import io

import pytest
from pptx import Presentation
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE, MSO_PATTERN, MSO_THEME_COLOR
from pptx.util import Inches, Pt

from workshop.check.package import check_package
from workshop.check.package_drawn import charts_of, neighbours, scheme_at, sizes
from workshop.files.package_file import read_package

BOX = (Inches(1), Inches(2), Inches(8), Inches(4))
NAVY, BLUE, PALE = RGBColor(0x0B, 0x51, 0x44), RGBColor(0x26, 0x6D, 0xBB), RGBColor(0xCA, 0x85, 0x10)


def deck_with(kind, change=lambda chart: None, series=("this year", "last year")):
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Sales"
    if kind is XL_CHART_TYPE.XY_SCATTER_LINES:
        data = XyChartData()
        for k, name in enumerate(series):
            for x in range(3):
                data.add_series(name).add_data_point(x, k) if x == 0 else data[-1].add_data_point(x, k + x)
    else:
        data = CategoryChartData()
        data.categories = ("north", "south")
        for k, name in enumerate(series):
            data.add_series(name, (k + 1.0, k + 2.0))
    chart = slide.shapes.add_chart(kind, *BOX, data).chart
    chart.font.size = Pt(18)
    change(chart)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def found(blob, code="grey-series"):
    return [p.message for p in check_package(blob) if p.code == code]


def filled(*colors):
    def change(chart):
        for series, color in zip(chart.plots[0].series, colors, strict=True):
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = color

    return change


def lined(*colors, marker=(XL_MARKER_STYLE.NONE,) * 2, dash=(MSO_LINE.SOLID,) * 2):
    def change(chart):
        for k, (series, color) in enumerate(zip(chart.plots[0].series, colors, strict=True)):
            series.format.line.color.rgb = color
            series.format.line.dash_style = dash[k]
            series.marker.style = marker[k]

    return change


def test_bars_of_one_grey_are_found_and_named():
    assert found(deck_with(XL_CHART_TYPE.COLUMN_CLUSTERED, filled(NAVY, BLUE))) == [
        "slide 1: 'this year' and 'last year' look alike in grey (1.8:1)"
    ]


@pytest.mark.parametrize(
    "kind", [XL_CHART_TYPE.COLUMN_CLUSTERED, XL_CHART_TYPE.BAR_STACKED, XL_CHART_TYPE.AREA_STACKED]
)
def test_areas_with_a_contrast_of_three_to_one_are_fine(kind):
    assert found(deck_with(kind, filled(NAVY, PALE))) == []


def test_bars_that_name_no_colour_have_the_theme_s():
    assert len(found(deck_with(XL_CHART_TYPE.COLUMN_CLUSTERED))) == 1


def test_a_pattern_distinguishes_bars():
    def change(chart):
        filled(NAVY, BLUE)(chart)
        fill = chart.plots[0].series[1].format.fill
        fill.patterned()
        fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_1

    assert found(deck_with(XL_CHART_TYPE.COLUMN_CLUSTERED, change)) == []


def test_names_beside_both_distinguish_bars():
    def change(chart):
        filled(NAVY, BLUE)(chart)
        chart.plots[0].has_data_labels = True
        for series in chart.plots[0].series:
            series.data_labels.show_series_name = True

    assert found(deck_with(XL_CHART_TYPE.COLUMN_CLUSTERED, change)) == []


def test_a_highlighted_bar_must_stand_out_in_grey_too():
    def change(color):
        def paint(chart):
            filled(NAVY)(chart)
            point = chart.plots[0].series[0].points[1]
            point.format.fill.solid()
            point.format.fill.fore_color.rgb = color

        return paint

    assert len(found(deck_with(XL_CHART_TYPE.COLUMN_CLUSTERED, change(BLUE), ("sales",)))) == 1
    assert found(deck_with(XL_CHART_TYPE.COLUMN_CLUSTERED, change(PALE), ("sales",))) == []


@pytest.mark.parametrize(
    ("more", "alike"),
    [
        ({}, 1),
        ({"marker": (XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.SQUARE)}, 0),
        ({"dash": (MSO_LINE.SOLID, MSO_LINE.SQUARE_DOT)}, 0),
    ],
)
@pytest.mark.parametrize("kind", [XL_CHART_TYPE.LINE_MARKERS, XL_CHART_TYPE.XY_SCATTER_LINES])
def test_lines_are_distinguished_by_marker_or_dash(kind, more, alike):
    assert len(found(deck_with(kind, lined(NAVY, BLUE, **more)))) == alike


def test_only_what_is_drawn_has_neighbours():
    def change(chart):
        lined(NAVY, BLUE)(chart)
        chart.plots[0].series[1].format.line.fill.background()

    assert found(deck_with(XL_CHART_TYPE.LINE_MARKERS, change)) == []


def test_transparent_colours_are_mixed_with_the_background():
    def change(chart):
        filled(NAVY, NAVY)(chart)
        color = chart.plots[0].series[1].format.fill._xPr.find(".//{*}srgbClr")
        color.append(
            color.makeelement("{http://schemas.openxmlformats.org/drawingml/2006/main}alpha", {"val": "30000"})
        )

    package = read_package(deck_with(XL_CHART_TYPE.COLUMN_CLUSTERED, change))
    slide = "ppt/slides/slide1.xml"
    (pair,) = neighbours(package.tree(next(charts_of(slide, package))), scheme_at(slide, package))
    assert (pair.one.color, pair.other.color) == ("0B5144", "B6CBC7")
    assert pair.told_apart


def test_small_text_of_a_chart_is_found():
    def change(chart):
        filled(NAVY, PALE)(chart)
        chart.font.size = Pt(10)

    blob = deck_with(XL_CHART_TYPE.COLUMN_CLUSTERED, change)
    assert found(blob, "small-text") == ["slide 1: a chart has text of 10 pt"]
    package = read_package(blob)
    assert min(sizes(package.tree(next(charts_of("ppt/slides/slide1.xml", package))))) == 10


def test_text_in_a_group_counts_where_the_group_puts_it():
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Groups"
    lone = slide.shapes.add_textbox(Inches(1), Inches(3), Inches(3), Inches(1))
    lone.text_frame.text = "alone"
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(Inches(1), Inches(5), Inches(3), Inches(1)).text_frame.text = "in a group"

    def overlaps():
        out = io.BytesIO()
        deck.save(out)
        return found(out.getvalue(), "overlap")

    assert overlaps() == []
    group.top = Inches(3)
    assert overlaps() == ["slide 1: 'alone' and 'in a group' overlap"]
