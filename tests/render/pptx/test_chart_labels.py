import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.charts.spreadsheet import printed
from tests.render.pptx.written import xml
from workshop.render.office_xml import parsed
from workshop.render.pptx.chart_data import cells
from workshop.render.pptx.chart_labels import LONGEST_CODE, Tag, code_for, labels, literal
from workshop.render.pptx.chart_parts import Pen
from workshop.render.pptx.workbook import Grid
from workshop.wording import formats

PEN = Pen("de-CH", "+mn-lt")
C = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c15": "http://schemas.microsoft.com/office/drawing/2012/chart",
}
LABELS = "{CE6537A1-D6FC-4f65-9D91-7224C49458BB}"


def value(element, path):
    return element.find(path, C).get("val")


def order(element):
    return [child.tag.partition("}")[2] for child in element]


def text_of(element):
    return "".join(run.text for run in element.iterfind(".//a:t", C))


def one(*tags):
    (label,) = parsed(labels(tags, PEN)).findall("c:dLbl", C)
    return label


def shown(label):
    """What a label shows, by the schema's names."""
    return {
        name
        for name in ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")
        if value(label, f"c:show{name}") == "1"
    }


# ---------------------------------------------------------------- number formats
NUMBERS = st.one_of(st.floats(-1e5, 1e5), st.integers(-(10**6), 10**6).map(lambda k: k / 1000), st.floats(0, 0.01))
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Nd")), max_size=12)


@example(0.125, "ratio", "", "")  # halves
@example(0.125, "bits", "", "")
@example(0.125, "percent", "", "")
@example(0.002, "ratio", "", "  bluffs")  # "<0.01"
@example(-0.002, "ratio", "", "")  # "0.00"
@example(2.5, "count", 'say "when": ', "")
@given(NUMBERS, st.sampled_from(["bits", "ratio", "percent", "count", "number"]), WORDS, WORDS)
def test_a_format_prints_the_value_with_its_words_as_we_do(number, unit, before, after):
    text = f"{before} {formats.show(number, unit)} {after}"
    code = code_for(text, number, percent=unit == "percent")
    assert code
    assert printed(number, code) == text


@example(0.126)
@given(st.floats(-2, 2))
def test_percentage_points_are_printed_with_their_sign(change):
    text = formats.points(change)
    assert printed(100 * change, code_for(text, float(f"{100 * change:.9g}"))) == text


@pytest.mark.parametrize(
    ("text", "number", "percent", "edited", "then"),
    [
        ("0.41", 0.4125, False, 0.9, "0.90"),
        ("0.41", 0.4125, False, -0.9, "−0.90"),
        ("−0.50", -0.5, False, 0.5, "0.50"),
        ("62%", 0.62, True, 12.3, "1,230%"),
        ("<1%", 0.002, True, 0.31, "31%"),
        ("<1%", 0.002, True, 0.001, "<1%"),
        ("60  own text", 60, False, 1200, "1,200  own text"),
        ("2  own text, T = 2", 2, False, 3, "3  own text, T = 2"),
        ("T = 2: 2", 2, False, 3, "T = 2: 3"),
        ("every word\nlikely: 0.06", 0.0625, False, 0.5, "every word\nlikely: 0.50"),
        ("+13", 12.6, False, -4, "−4"),
        ("+13", 12.6, False, 4, "+4"),
        ("1.5", 1.5, False, 2.25, "2.3"),
        ("1/20 of 0.5", 0.5, False, 0.6, "1/20 of 0.6"),
    ],
)
def test_a_changed_value_changes_the_text(text, number, percent, edited, then):
    code = code_for(text, number, percent=percent)
    assert printed(number, code) == text
    assert printed(edited, code) == then


def test_a_bar_that_stands_for_a_decrease_keeps_its_minus():
    code = code_for("−169", 169.0)
    assert [printed(number, code) for number in (169, 200)] == ["−169", "−200"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("no number", 0.5),
        ("0.51", 0.5),
        ("12.5 of 5", 2.5),
        ("150", 50.0),
        ("5.50", 5.0),
        ("<0.01", 0.0),
        ("50%", 50.0),
    ],
)
def test_there_is_no_format_for_a_text_without_the_value(text, number):
    assert code_for(text, number) == ""


def test_a_text_that_is_too_long_for_a_format_has_none():
    assert code_for("x" * LONGEST_CODE + " 0.50", 0.5) == ""
    assert literal("x" * LONGEST_CODE) == ""


@given(WORDS, NUMBERS)
def test_words_alone_are_printed_whatever_the_value(words, number):
    assert printed(number, literal(words)) == words


# ---------------------------------------------------------------- labels
def test_a_label_shows_its_value_and_nothing_else_and_points_without_one_show_nothing():
    written = parsed(labels([Tag(1, "2", "t", 18, code="0"), Tag(0, "1", "t", 18, code="0")], PEN))
    first, second = written.findall("c:dLbl", C)
    assert [value(label, "c:idx") for label in (first, second)] == ["0", "1"]
    assert shown(first) == shown(second) == {"Val"}
    assert shown(written) == set()


def test_labels_are_never_joined_to_their_points_by_lines():
    extension = parsed(labels([], PEN)).find("c:extLst/c:ext", C)
    assert extension.get("uri") == LABELS
    assert value(extension, "c15:showLeaderLines") == "0"


def test_a_value_is_printed_by_the_program_in_the_label_s_look():
    coded = one(Tag(0, "1.50", "t", 20, role="accent", bold=True, code="0.00"))
    assert order(coded)[:6] == ["idx", "layout", "numFmt", "spPr", "txPr", "dLblPos"]
    assert coded.find("c:numFmt", C).get("formatCode") == "0.00"
    assert coded.find("c:numFmt", C).get("sourceLinked") == "0"
    look = coded.find(".//a:defRPr", C)
    assert (look.get("sz"), look.get("b")) == ("2000", "1")
    assert value(look, "a:solidFill/a:schemeClr") == "accent1"
    assert text_of(coded) == ""
    assert value(coded, "c:dLblPos") == "t"
    assert coded.find("c:extLst", C) is None


def test_words_are_those_of_a_cell_of_the_workbook():
    words = one(Tag(0, "mat", "outEnd", 18, role="accent", bold=True))
    assert order(words)[:4] == ["idx", "layout", "tx", "spPr"]
    assert shown(words) == set()
    field = words.find(".//a:fld", C)
    assert field.get("type") == "CELLRANGE"
    assert text_of(words) == "mat"
    look = field.find("a:rPr", C)
    assert value(look, "a:solidFill/a:schemeClr") == "accent1"
    assert (look.get("sz"), look.get("b"), look.get("lang")) == ("1800", "1", "de-CH")
    assert words.find(".//a:defRPr", C).get("b") == "1"
    assert value(words, "c:dLblPos") == "outEnd"
    extension = words.find("c:extLst/c:ext", C)
    assert extension.get("uri") == LABELS
    assert order(extension) == ["showDataLabelsRange"], "the schema takes one child"
    assert value(extension, "c15:showDataLabelsRange") == "1"
    assert xml(words.find(".//a:bodyPr", C)) == '<a:bodyPr rot="0" vert="horz" wrap="none"/>'


def test_a_number_along_x_is_a_field_with_a_format():
    label = one(Tag(1, "+13", "t", 18, code="+0;−0;0", across=True))
    field = label.find(".//a:fld", C)
    assert (field.get("type"), text_of(label)) == ("XVALUE", "+13")
    assert order(label)[:5] == ["idx", "layout", "tx", "numFmt", "spPr"]
    assert label.find("c:numFmt", C).get("formatCode") == "+0;−0;0"
    assert label.find("c:extLst", C) is None
    assert shown(label) == set()


def test_every_field_of_a_series_has_an_identity_of_its_own():
    made = parsed(labels([Tag(k, "same", "t", 18) for k in range(3)], PEN))
    assert len({field.get("id") for field in made.iterfind(".//a:fld", C)}) == 3


def test_the_cells_of_words_are_a_column_with_gaps_where_a_label_is_a_value():
    grid = Grid()
    grid.add("suites", (1.0, 2.0, 3.0))
    tags = [Tag(0, "one", "t", 18), Tag(1, "2", "t", 18, code="0"), Tag(2, "three", "t", 18)]
    extension = parsed(cells(tags, grid, "suites", 3))
    assert grid.columns[1].cells == ("one", None, "three")
    assert grid.columns[1].header == "suites: labels"
    ranged = extension.find("c:ext/c15:datalabelsRange", C)
    assert extension.find("c:ext", C).get("uri") == "{02D57815-91ED-43cb-92C2-25804820EDAC}"
    assert ranged.findtext("c15:f", None, C) == "Sheet1!$B$2:$B$4"
    cache = ranged.find("c15:dlblRangeCache", C)
    assert value(cache, "c:ptCount") == "3"
    assert [(p.get("idx"), p.findtext("c:v", None, C)) for p in cache.findall("c:pt", C)] == [
        ("0", "one"),
        ("2", "three"),
    ]


def test_values_need_no_cells_of_words():
    grid = Grid()
    assert cells([Tag(0, "1", "t", 18, code="0")], grid, "a", 1) is None
    assert grid.columns == []


@pytest.mark.parametrize(("place", "align"), [("r", "l"), ("l", "r"), ("t", None), ("ctr", None)])
def test_words_beside_a_point_are_flush_with_it(place, align):
    label = one(Tag(0, "a", place, 18))
    assert {paragraph.get("algn") for paragraph in label.findall(".//a:pPr", C)} == {align}


@pytest.mark.parametrize("move", [(0.0125, -0.02), (0.0, 0.1), (0.1, 0.0)])
def test_a_moved_label_says_how_far_in_shares_of_the_chart(move):
    label = one(Tag(0, "a", "t", 18, move=move))
    assert tuple(float(value(label, f"c:layout/c:manualLayout/c:{axis}")) for axis in "xy") == move


def test_a_label_in_its_place_has_no_layout_of_its_own():
    label = one(Tag(0, "a", "t", 18, move=(0.000001, 0.0)))
    assert xml(label.find("c:layout", C)) == "<c:layout/>"
