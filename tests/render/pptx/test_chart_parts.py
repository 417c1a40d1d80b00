import pytest

from tests.charts.spreadsheet import printed
from tests.render.pptx.written import joined, xml
from workshop.charts.axis import Axis
from workshop.render.office_xml import parsed
from workshop.render.pptx import chart_axes, chart_data
from workshop.render.pptx import chart_parts as parts
from workshop.render.pptx.chart_parts import Pen
from workshop.render.pptx.workbook import Grid

PEN = Pen("de-CH", "+mn-lt")
C = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}
INK = '<a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
MUTED = '<a:solidFill><a:schemeClr val="tx2"/></a:solidFill>'
ACCENT = '<a:solidFill><a:schemeClr val="accent1"/></a:solidFill>'
LINEAR = Axis(0.0, 4.0, 1.0, ((0.0, "0"), (1.0, "1")), format="0.0;−0.0;0")
LOGARITHMIC = Axis(1.0, 243.0, 3.0, ((1.0, "1"), (3.0, "3")), log=True, base=3, format="#,##0")


def value(element, path):
    return element.find(path, C).get("val")


def order(element):
    return [child.tag.partition("}")[2] for child in element]


def text_of(element):
    return "".join(run.text for run in element.iterfind(".//a:t", C))


# ---------------------------------------------------------------- looks
def test_a_line_has_its_width_in_emu_and_round_ends():
    assert xml(parts.stroke("ink", 2.5)) == (
        f'<c:spPr><a:ln w="31750" cap="rnd">{INK}<a:round/></a:ln></c:spPr>'  # a point has 12,700 EMU
    )


def test_a_dashed_line_names_its_dash_and_a_solid_one_none():
    assert '<a:prstDash val="dash"/>' in xml(parts.stroke("ink", 1, "dash"))
    assert "prstDash" not in xml(parts.stroke("ink", 1, "solid"))
    assert 'cap="flat"' in xml(parts.stroke("ink", 1, cap="flat"))


def test_a_line_without_a_role_is_hidden():
    assert xml(parts.stroke("", 3)) == "<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>"


def test_an_area_is_filled_and_outlined_only_where_it_is_asked_for():
    assert xml(parts.shape()) == "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
    assert xml(parts.shape("accent", "ink", 1.5)) == (
        f'<c:spPr>{ACCENT}<a:ln w="19050" cap="rnd">{INK}<a:round/></a:ln></c:spPr>'
    )


def test_a_pattern_is_drawn_in_its_colour_on_the_background():
    assert xml(parts.shape("accent", pattern="wdUpDiag")) == joined(
        '<c:spPr><a:pattFill prst="wdUpDiag">',
        '<a:fgClr><a:schemeClr val="accent1"/></a:fgClr><a:bgClr><a:schemeClr val="bg1"/></a:bgClr>',
        "</a:pattFill><a:ln><a:noFill/></a:ln></c:spPr>",
    )


def test_a_tint_is_a_quarter_of_its_colour():
    assert xml(parts.shape("accent", pattern="tint")) == joined(
        '<c:spPr><a:solidFill><a:schemeClr val="accent1"><a:alpha val="25000"/></a:schemeClr></a:solidFill>',
        "<a:ln><a:noFill/></a:ln></c:spPr>",
    )


def test_a_marker_has_its_symbol_size_and_colour():
    assert xml(parts.marker("diamond", 12, "accent")) == joined(
        '<c:marker><c:symbol val="diamond"/><c:size val="12"/><c:spPr>',
        f'{ACCENT}<a:ln w="19050" cap="rnd">{ACCENT}<a:round/></a:ln></c:spPr></c:marker>',
    )
    assert xml(parts.marker("none", 12, "accent")) == '<c:marker><c:symbol val="none"/></c:marker>'


@pytest.mark.parametrize(("asked", "written"), [(0, "2"), (2, "2"), (72, "72"), (100, "72")])
def test_the_size_of_a_marker_keeps_within_what_the_schema_allows(asked, written):
    assert value(parsed(parts.marker("circle", asked, "ink")), "c:size") == written


# ---------------------------------------------------------------- texts
def test_texts_of_the_program_are_upright_on_one_line_in_the_theme_s_face():
    assert xml(parts.text_look(PEN, 17.5, "ink", bold=True)) == joined(
        '<c:txPr><a:bodyPr rot="0" vert="horz" wrap="none"/><a:lstStyle/><a:p><a:pPr>',
        f'<a:defRPr sz="1750" b="1">{INK}<a:latin typeface="+mn-lt"/></a:defRPr></a:pPr>',
        '<a:endParaRPr lang="de-CH"/></a:p></c:txPr>',
    )
    assert ' b="0"' in xml(parts.text_look(PEN, 18, "ink"))


def test_a_run_of_words_has_their_look_and_language():
    look = f'{ACCENT}<a:latin typeface="+mn-lt"/>'
    assert xml(parts.run_look("a:rPr", PEN, 18, "accent", lang="de-CH")) == (
        f'<a:rPr sz="1800" b="0" lang="de-CH">{look}</a:rPr>'
    )
    assert xml(parts.run_look("a:defRPr", PEN, 17.5, "accent", bold=True)) == (
        f'<a:defRPr sz="1750" b="1">{look}</a:defRPr>'
    )


# ---------------------------------------------------------------- data
def test_data_refer_to_the_workbook_and_cache_what_it_holds():
    grid = Grid()
    names = grid.add("", ("x", "y", "z"))
    values = grid.add("surprise", (1.5, None, 3))
    assert xml(chart_data.heading(grid, values)) == joined(
        "<c:tx><c:strRef><c:f>Sheet1!$B$1</c:f><c:strCache>",
        '<c:ptCount val="1"/><c:pt idx="0"><c:v>surprise</c:v></c:pt></c:strCache></c:strRef></c:tx>',
    )
    assert xml(chart_data.categories(grid, names)) == joined(
        '<c:cat><c:strRef><c:f>Sheet1!$A$2:$A$4</c:f><c:strCache><c:ptCount val="3"/>',
        '<c:pt idx="0"><c:v>x</c:v></c:pt><c:pt idx="1"><c:v>y</c:v></c:pt><c:pt idx="2"><c:v>z</c:v></c:pt>',
        "</c:strCache></c:strRef></c:cat>",
    )
    assert xml(chart_data.numbers("c:yVal", grid, values)) == joined(
        "<c:yVal><c:numRef><c:f>Sheet1!$B$2:$B$4</c:f><c:numCache><c:formatCode>General</c:formatCode>",
        '<c:ptCount val="3"/><c:pt idx="0"><c:v>1.5</c:v></c:pt><c:pt idx="2"><c:v>3</c:v></c:pt>',
        "</c:numCache></c:numRef></c:yVal>",
    )


def test_a_copy_of_cells_leaves_out_empty_ones_and_counts_them():
    written = "".join(xml(part) for part in chart_data.points(("x", None, 2.5)))
    assert written == joined(
        '<c:ptCount val="3"/><c:pt idx="0"><c:v>x</c:v></c:pt>',
        '<c:pt idx="2"><c:v>2.5</c:v></c:pt>',
    )


# ---------------------------------------------------------------- axes
def test_the_axes_of_a_plot_cross_each_other():
    names = parsed(chart_axes.category_axis(PEN, 18, side="b"))
    values = parsed(chart_axes.number_axis(LINEAR, PEN, 16, side="l"))
    assert value(names, "c:axId") == value(values, "c:crossAx")
    assert value(values, "c:axId") == value(names, "c:crossAx")
    second = parsed(chart_axes.crossing_axis(PEN, 0.5))
    assert value(second, "c:axId") not in {value(names, "c:axId"), value(values, "c:axId")}
    hidden = parsed(chart_axes.number_axis(LINEAR, PEN, 16, side="t", ids=(114, 113)))
    assert (value(second, "c:axId"), value(second, "c:crossAx")) == (
        value(hidden, "c:crossAx"),
        value(hidden, "c:axId"),
    )


@pytest.mark.parametrize(("side", "runs"), [("b", "minMax"), ("l", "maxMin")])
def test_names_are_where_they_are_read_and_those_of_horizontal_bars_run_from_the_top(side, runs):
    axis = parsed(chart_axes.category_axis(PEN, 18, side=side))
    assert value(axis, "c:axPos") == side
    assert value(axis, "c:scaling/c:orientation") == runs


def test_an_axis_of_names_has_a_line_but_no_ticks_and_its_names_on_the_low_side():
    axis = parsed(chart_axes.category_axis(PEN, 18, side="b", every=3, crosses="min"))
    assert order(axis) == [
        *(
            "axId",
            "scaling",
            "delete",
            "axPos",
            "numFmt",
            "majorTickMark",
            "minorTickMark",
            "tickLblPos",
            "spPr",
            "txPr",
        ),
        *("crossAx", "crosses", "auto", "lblAlgn", "lblOffset", "tickLblSkip", "noMultiLvlLbl"),
    ]
    assert value(axis, "c:delete") == "0"
    assert (value(axis, "c:majorTickMark"), value(axis, "c:minorTickMark")) == ("none", "none")
    assert value(axis, "c:tickLblPos") == "low"
    assert value(axis, "c:tickLblSkip") == "3"
    assert value(axis, "c:crosses") == "min"
    assert value(axis, "c:auto") == "0", "years stay names"
    assert value(axis, "c:noMultiLvlLbl") == "1"
    assert value(axis, "c:lblAlgn") == "ctr"
    assert 0 <= int(value(axis, "c:lblOffset")) < 100, "nearer than usual"
    assert axis.find("c:numFmt", C).get("formatCode") == "General"
    assert axis.find("c:numFmt", C).get("sourceLinked") == "0"
    assert xml(axis.find("c:spPr", C)) == xml(parts.stroke("ink", parts.AXIS_WEIGHT))
    thinned = axis.find("c:txPr/a:bodyPr", C)
    assert (thinned.get("wrap"), thinned.get("rot")) == ("none", None), "LibreOffice thins names that it may rotate"
    every = parsed(chart_axes.category_axis(PEN, 18, side="b"))
    assert every.find("c:txPr/a:bodyPr", C).get("wrap") == "square", "long names are wrapped"
    assert value(parsed(chart_axes.category_axis(PEN, 18, side="b")), "c:crosses") == "autoZero"
    assert value(parsed(chart_axes.category_axis(PEN, 18, side="b")), "c:tickLblSkip") == "1"


def test_an_axis_that_is_a_dashed_line_crosses_at_its_value_and_names_nothing():
    axis = parsed(chart_axes.crossing_axis(PEN, 0.12))
    assert axis.tag == f"{{{C['c']}}}catAx"
    assert value(axis, "c:crossesAt") == "0.12"
    assert value(axis, "c:delete") == "0"
    assert value(axis, "c:axPos") == "r"
    assert value(axis, "c:scaling/c:orientation") == "maxMin", "as the names that it lies beside"
    assert value(axis, "c:tickLblPos") == "none"
    assert (value(axis, "c:majorTickMark"), value(axis, "c:minorTickMark")) == ("none", "none")
    assert xml(axis.find("c:spPr", C)) == xml(parts.stroke("ink", parts.REFERENCE_WEIGHT, "dash"))
    assert value(axis, "c:auto") == "0"
    assert value(axis, "c:noMultiLvlLbl") == "1"
    assert axis.find("c:numFmt", C).get("sourceLinked") == "0"


def test_a_linear_axis_has_its_limits_and_step_and_no_base():
    axis = parsed(chart_axes.number_axis(LINEAR, PEN, 16, side="l"))
    assert order(axis) == [
        *("axId", "scaling", "delete", "axPos", "majorGridlines", "numFmt", "majorTickMark", "minorTickMark"),
        *("tickLblPos", "spPr", "txPr", "crossAx", "crosses", "crossBetween", "majorUnit"),
    ]
    assert order(axis.find("c:scaling", C)) == ["orientation", "max", "min"]
    limits = [float(value(axis, path)) for path in ("c:scaling/c:min", "c:scaling/c:max", "c:majorUnit")]
    assert limits == [0.0, 4.0, 1.0]
    assert value(axis, "c:scaling/c:orientation") == "minMax"


def test_a_logarithmic_axis_names_its_base_and_its_last_point_is_within():
    axis = parsed(chart_axes.number_axis(LOGARITHMIC, PEN, 16, side="l"))
    assert value(axis, "c:scaling/c:logBase") == "3"
    assert float(value(axis, "c:scaling/c:max")) == pytest.approx(243, rel=1e-8)
    assert float(value(axis, "c:scaling/c:max")) > 243
    assert value(axis, "c:scaling/c:min") == "1.0"


def test_a_visible_axis_has_faint_lines_and_muted_ticks_but_is_not_drawn_itself():
    axis = parsed(chart_axes.number_axis(LINEAR, PEN, 16, side="l", between="midCat"))
    assert value(axis, "c:delete") == "0"
    assert value(axis, "c:axPos") == "l"
    assert value(axis, "c:tickLblPos") == "low"
    assert value(axis, "c:crosses") == "min"
    assert value(axis, "c:crossBetween") == "midCat"
    assert xml(axis.find("c:majorGridlines/c:spPr", C)) == xml(parts.stroke("faint", parts.GRID_WEIGHT))
    assert xml(axis.find("c:spPr", C)) == "<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>"
    assert value(axis, "c:txPr//a:schemeClr") == "tx2"
    assert axis.find("c:txPr//a:defRPr", C).get("sz") == "1600"
    assert axis.find("c:numFmt", C).get("formatCode") == LINEAR.format
    assert axis.find("c:numFmt", C).get("sourceLinked") == "0"


def test_an_axis_may_be_drawn_without_lines_across_the_plot():
    axis = parsed(chart_axes.number_axis(LINEAR, PEN, 16, side="b", grid=False, lined=True))
    assert axis.find("c:majorGridlines", C) is None
    assert xml(axis.find("c:spPr", C)) == xml(parts.stroke("ink", parts.AXIS_WEIGHT))
    assert value(axis, "c:crossBetween") == "between"


def test_the_axis_below_horizontal_bars_is_at_the_end_of_their_names():
    below = parsed(chart_axes.number_axis(LINEAR, PEN, 16, side="b", crosses="max"))
    assert (value(below, "c:crosses"), value(below, "c:tickLblPos")) == ("max", "nextTo")
    assert value(parsed(chart_axes.number_axis(LINEAR, PEN, 16, side="b")), "c:crosses") == "min"


def test_an_invisible_axis_is_deleted_with_its_lines_and_texts():
    axis = parsed(chart_axes.number_axis(Axis(0.0, 1.0, 1.0, (), visible=False), PEN, 16, side="l"))
    assert value(axis, "c:delete") == "1"
    assert value(axis, "c:tickLblPos") == "none"
    assert axis.find("c:majorGridlines", C) is None


def test_ticks_beside_a_marker_on_the_axis_have_spaces_after_them_in_every_section():
    axis = parsed(chart_axes.number_axis(LINEAR, PEN, 16, side="l", spaced=True))
    code = axis.find("c:numFmt", C).get("formatCode")
    assert [printed(number, code) for number in (1.5, -1.5, 0.0)] == ["1.5  ", "−1.5  ", "0  "]


def test_the_title_of_an_axis_is_laid_over_nothing_and_only_there_with_a_text():
    made = chart_axes.axis_title(PEN, "words read", 16)
    title = parsed(made)
    assert order(title) == ["tx", "layout", "overlay"]
    assert text_of(title) == "words read"
    assert xml(title.find("c:tx", C)) == joined(
        '<c:tx><c:rich><a:bodyPr rot="0" vert="horz" wrap="none"/><a:lstStyle/><a:p><a:pPr>',
        f'<a:defRPr sz="1600" b="0">{MUTED}<a:latin typeface="+mn-lt"/></a:defRPr></a:pPr>',
        f'<a:r><a:rPr sz="1600" b="0" lang="de-CH">{MUTED}<a:latin typeface="+mn-lt"/></a:rPr>',
        "<a:t>words read</a:t></a:r></a:p></c:rich></c:tx>",
    )
    assert value(title, "c:overlay") == "1"
    assert chart_axes.axis_title(PEN, "", 16) is None
    axis = parsed(chart_axes.number_axis(LINEAR, PEN, 16, side="b", title=made))
    assert order(axis)[4:6] == ["majorGridlines", "title"]
    assert (
        order(parsed(chart_axes.category_axis(PEN, 18, side="b", title=chart_axes.axis_title(PEN, "x", 16))))[4]
        == "title"
    )
