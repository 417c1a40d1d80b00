import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.charts.spreadsheet import printed
from tests.render.pptx.written import joined, xml
from workshop.charts.axis import Axis
from workshop.render.pptx import chart_parts as parts
from workshop.render.pptx.chart_parts import Pen, Tag
from workshop.render.pptx.workbook import Grid
from workshop.wording import formats

PEN = Pen("de-CH", "+mn-lt")
C = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c15": "http://schemas.microsoft.com/office/drawing/2012/chart",
}
INK = '<a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
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
    assert value(parts.marker("circle", asked, "ink"), "c:size") == written


# ---------------------------------------------------------------- texts
def test_texts_of_the_program_are_upright_on_one_line_in_the_theme_s_face():
    assert xml(parts.text_look(PEN, 17.5, "ink", bold=True)) == joined(
        '<c:txPr><a:bodyPr rot="0" vert="horz" wrap="none"/><a:lstStyle/><a:p><a:pPr>',
        f'<a:defRPr sz="1750" b="1">{INK}<a:latin typeface="+mn-lt"/></a:defRPr></a:pPr>',
        '<a:endParaRPr lang="de-CH"/></a:p></c:txPr>',
    )
    assert ' b="0"' in xml(parts.text_look(PEN, 18, "ink"))


def test_words_of_our_own_are_one_paragraph_per_line_with_language_and_look():
    written = parts.rich(PEN, "one\ntwo", 18, "accent", align="r")
    look = f'{ACCENT}<a:latin typeface="+mn-lt"/>'
    first = joined(
        f'<a:p><a:pPr algn="r"><a:defRPr sz="1800" b="0">{look}</a:defRPr></a:pPr>',
        f'<a:r><a:rPr sz="1800" b="0" lang="de-CH">{look}</a:rPr><a:t>one</a:t></a:r></a:p>',
    )
    assert xml(written) == joined(
        '<c:tx><c:rich><a:bodyPr rot="0" vert="horz" wrap="none"/><a:lstStyle/>',
        first,
        first.replace("one", "two"),
        "</c:rich></c:tx>",
    )


def test_words_without_an_alignment_leave_it_to_the_program():
    assert "algn" not in xml(parts.rich(PEN, "one", 18, "ink"))
    assert ' b="1"' in xml(parts.rich(PEN, "one", 18, "ink", bold=True))


# ---------------------------------------------------------------- labels
def shown(label):
    """What a label shows, by the schema's names."""
    return {
        name
        for name in ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")
        if value(label, f"c:show{name}") == "1"
    }


def test_a_label_shows_its_value_and_nothing_else_and_points_without_one_show_nothing():
    written = parts.labels([Tag(1, "2", "t", 18), Tag(0, "1", "t", 18)], PEN)
    first, second = written.findall("c:dLbl", C)
    assert [value(label, "c:idx") for label in (first, second)] == ["0", "1"]
    assert shown(first) == shown(second) == {"Val"}
    assert shown(written) == set()


def test_labels_are_never_joined_to_their_points_by_lines():
    extension = parts.labels([], PEN).find("c:extLst/c:ext", C)
    assert extension.get("uri") == "{CE6537A1-D6FC-4f65-9D91-7224C49458BB}"
    assert value(extension, "c15:showLeaderLines") == "0"


def test_a_label_in_words_carries_them_and_one_with_a_format_leaves_them_to_the_program():
    (words,) = parts.labels([Tag(0, "1.5 mat", "outEnd", 18, role="accent", bold=True)], PEN).findall("c:dLbl", C)
    assert order(words)[:4] == ["idx", "layout", "tx", "spPr"]
    assert text_of(words) == "1.5 mat"
    assert value(words, ".//a:rPr/a:solidFill/a:schemeClr") == "accent1"
    assert words.find(".//a:rPr", C).get("b") == "1"
    assert value(words, "c:dLblPos") == "outEnd"
    (coded,) = parts.labels([Tag(0, "1.50", "t", 20, role="accent", bold=True, code="0.00")], PEN).findall("c:dLbl", C)
    assert order(coded)[:6] == ["idx", "layout", "numFmt", "spPr", "txPr", "dLblPos"]
    assert coded.find("c:numFmt", C).get("formatCode") == "0.00"
    assert coded.find("c:numFmt", C).get("sourceLinked") == "0"
    look = coded.find(".//a:defRPr", C)
    assert (look.get("sz"), look.get("b")) == ("2000", "1")
    assert value(look, "a:solidFill/a:schemeClr") == "accent1"
    assert text_of(coded) == ""


@pytest.mark.parametrize(("place", "align"), [("r", "l"), ("l", "r"), ("t", None), ("ctr", None)])
def test_lines_of_a_label_beside_its_point_are_flush_with_it(place, align):
    (label,) = parts.labels([Tag(0, "a\nb", place, 18)], PEN).findall("c:dLbl", C)
    assert {paragraph.get("algn") for paragraph in label.findall(".//a:pPr", C)} == {align}


@pytest.mark.parametrize("move", [(0.0125, -0.02), (0.0, 0.1), (0.1, 0.0)])
def test_a_moved_label_says_how_far_in_shares_of_the_chart(move):
    (label,) = parts.labels([Tag(0, "a", "t", 18, move=move)], PEN).findall("c:dLbl", C)
    assert tuple(float(value(label, f"c:layout/c:manualLayout/c:{axis}")) for axis in "xy") == move


def test_a_label_in_its_place_has_no_layout_of_its_own():
    (label,) = parts.labels([Tag(0, "a", "t", 18, move=(0.000001, 0.0))], PEN).findall("c:dLbl", C)
    assert xml(label.find("c:layout", C)) == "<c:layout/>"


NUMBERS = st.one_of(st.floats(-1e5, 1e5), st.integers(-(10**6), 10**6).map(lambda k: k / 1000))


@example(0.125, "ratio")  # halves
@example(0.125, "bits")
@example(0.125, "percent")
@example(2.5, "count")
@given(NUMBERS, st.sampled_from(["bits", "ratio", "percent", "count", "number", "points"]))
def test_a_format_is_given_only_where_a_spreadsheet_prints_our_text_with_it(number, unit):
    text = formats.show(number, unit)
    code = parts.code_for(number, unit, text)
    assert not code or printed(number, code) == text


@pytest.mark.parametrize(
    ("number", "unit"),
    [
        (0.4743, "ratio"),
        (-0.5, "bits"),
        (1234.5, "bits"),
        (0.62, "percent"),
        (12.5, "percent"),
        (9.999, "percent"),
        (3823.0, "count"),
    ],
)
def test_common_values_are_left_to_a_format(number, unit):
    text = formats.show(number, unit)
    assert printed(number, parts.code_for(number, unit, text)) == text


def test_a_text_of_another_value_is_written_out():
    assert parts.code_for(0.5, "ratio", "0.50 sums") == ""
    assert parts.code_for(0.5, "points", formats.show(0.5, "points")) == ""


# ---------------------------------------------------------------- data
def test_data_refer_to_the_workbook_and_cache_what_it_holds():
    grid = Grid()
    names = grid.add("", ("x", "y", "z"))
    values = grid.add("surprise", (1.5, None, 3))
    assert xml(parts.heading(grid, values)) == joined(
        "<c:tx><c:strRef><c:f>Sheet1!$B$1</c:f><c:strCache>",
        '<c:ptCount val="1"/><c:pt idx="0"><c:v>surprise</c:v></c:pt></c:strCache></c:strRef></c:tx>',
    )
    assert xml(parts.categories(grid, names)) == joined(
        '<c:cat><c:strRef><c:f>Sheet1!$A$2:$A$4</c:f><c:strCache><c:ptCount val="3"/>',
        '<c:pt idx="0"><c:v>x</c:v></c:pt><c:pt idx="1"><c:v>y</c:v></c:pt><c:pt idx="2"><c:v>z</c:v></c:pt>',
        "</c:strCache></c:strRef></c:cat>",
    )
    assert xml(parts.numbers("c:yVal", grid, values)) == joined(
        "<c:yVal><c:numRef><c:f>Sheet1!$B$2:$B$4</c:f><c:numCache><c:formatCode>General</c:formatCode>",
        '<c:ptCount val="3"/><c:pt idx="0"><c:v>1.5</c:v></c:pt><c:pt idx="2"><c:v>3</c:v></c:pt>',
        "</c:numCache></c:numRef></c:yVal>",
    )


# ---------------------------------------------------------------- axes
def test_the_axes_of_a_plot_cross_each_other():
    names = parts.category_axis(PEN, 18, side="b")
    values = parts.number_axis(LINEAR, PEN, 16, side="l")
    assert value(names, "c:axId") == value(values, "c:crossAx")
    assert value(values, "c:axId") == value(names, "c:crossAx")
    second = parts.crossing_axis(PEN, 0.5)
    assert value(second, "c:axId") not in {value(names, "c:axId"), value(values, "c:axId")}
    hidden = parts.number_axis(LINEAR, PEN, 16, side="t", ids=(114, 113))
    assert (value(second, "c:axId"), value(second, "c:crossAx")) == (
        value(hidden, "c:crossAx"),
        value(hidden, "c:axId"),
    )


@pytest.mark.parametrize(("side", "runs"), [("b", "minMax"), ("l", "maxMin")])
def test_names_are_where_they_are_read_and_those_of_horizontal_bars_run_from_the_top(side, runs):
    axis = parts.category_axis(PEN, 18, side=side)
    assert value(axis, "c:axPos") == side
    assert value(axis, "c:scaling/c:orientation") == runs


def test_an_axis_of_names_has_a_line_but_no_ticks_and_its_names_on_the_low_side():
    axis = parts.category_axis(PEN, 18, side="b", every=3, crosses="min")
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
    assert axis.find("c:txPr/a:bodyPr", C).get("wrap") == "square", "long names are wrapped"
    assert value(parts.category_axis(PEN, 18, side="b"), "c:crosses") == "autoZero"
    assert value(parts.category_axis(PEN, 18, side="b"), "c:tickLblSkip") == "1"


def test_an_axis_that_is_a_dashed_line_crosses_at_its_value_and_names_nothing():
    axis = parts.crossing_axis(PEN, 0.12)
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
    axis = parts.number_axis(LINEAR, PEN, 16, side="l")
    assert order(axis) == [
        *("axId", "scaling", "delete", "axPos", "majorGridlines", "numFmt", "majorTickMark", "minorTickMark"),
        *("tickLblPos", "spPr", "txPr", "crossAx", "crosses", "crossBetween", "majorUnit"),
    ]
    assert order(axis.find("c:scaling", C)) == ["orientation", "max", "min"]
    limits = [float(value(axis, path)) for path in ("c:scaling/c:min", "c:scaling/c:max", "c:majorUnit")]
    assert limits == [0.0, 4.0, 1.0]
    assert value(axis, "c:scaling/c:orientation") == "minMax"


def test_a_logarithmic_axis_names_its_base_and_its_last_point_is_within():
    axis = parts.number_axis(LOGARITHMIC, PEN, 16, side="l")
    assert value(axis, "c:scaling/c:logBase") == "3"
    assert float(value(axis, "c:scaling/c:max")) == pytest.approx(243, rel=1e-8)
    assert float(value(axis, "c:scaling/c:max")) > 243
    assert value(axis, "c:scaling/c:min") == "1.0"


def test_a_visible_axis_has_faint_lines_and_muted_ticks_but_is_not_drawn_itself():
    axis = parts.number_axis(LINEAR, PEN, 16, side="l", between="midCat")
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
    axis = parts.number_axis(LINEAR, PEN, 16, side="b", grid=False, lined=True)
    assert axis.find("c:majorGridlines", C) is None
    assert xml(axis.find("c:spPr", C)) == xml(parts.stroke("ink", parts.AXIS_WEIGHT))
    assert value(axis, "c:crossBetween") == "between"


def test_an_invisible_axis_is_deleted_with_its_lines_and_texts():
    axis = parts.number_axis(Axis(0.0, 1.0, 1.0, (), visible=False), PEN, 16, side="l")
    assert value(axis, "c:delete") == "1"
    assert value(axis, "c:tickLblPos") == "none"
    assert axis.find("c:majorGridlines", C) is None


def test_ticks_beside_a_marker_on_the_axis_have_spaces_after_them_in_every_section():
    axis = parts.number_axis(LINEAR, PEN, 16, side="l", spaced=True)
    code = axis.find("c:numFmt", C).get("formatCode")
    assert [printed(number, code) for number in (1.5, -1.5, 0.0)] == ["1.5  ", "−1.5  ", "0  "]


def test_the_title_of_an_axis_is_laid_over_nothing_and_only_there_with_a_text():
    title = parts.axis_title(PEN, "words read", 16)
    assert order(title) == ["tx", "layout", "overlay"]
    assert text_of(title) == "words read"
    assert value(title, ".//a:rPr//a:schemeClr") == "tx2"
    assert value(title, "c:overlay") == "1"
    assert parts.axis_title(PEN, "", 16) is None
    axis = parts.number_axis(LINEAR, PEN, 16, side="b", title=title)
    assert order(axis)[4:6] == ["majorGridlines", "title"]
    assert order(parts.category_axis(PEN, 18, side="b", title=parts.axis_title(PEN, "x", 16)))[4] == "title"
