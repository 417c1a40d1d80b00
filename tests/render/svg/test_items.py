from pathlib import Path

import pytest

from tests.render.svg.drawing import SVG, drawn, number, pen, place, texts
from workshop.layout.laid import LaidPicture, LaidShapes, LaidTable, LaidText, Shape
from workshop.model.blocks import Line, Run, ShownPicture, ShownTable
from workshop.model.stage_picture import Outline, StagePicture
from workshop.model.theme import Box, inches

HALF = Box(inches(5), inches(2), inches(6), inches(3))


def box(left, **changes):
    return Shape(kind="rect", box=Box(inches(left), inches(2), inches(2), inches(1)), fill="panel", **changes)


def table(**changes):
    cells = ((Run("mat"),), (Run("27"),)), ((Run("rug"),), (Run("", blank=True),))
    shown = ShownTable(
        header=((Run("Word"),), (Run("Count"),)), rows=cells, aligns=("left", "right"), alt="", **changes
    )
    wide, high = inches(2), inches(0.5)
    spot = place(HALF)
    return LaidTable(placeholder=spot, table=shown, size=20, header_size=18, widths=(wide, wide), heights=(high,) * 3)


def test_a_table_has_every_cell_and_a_rule_below_every_row():
    root = drawn(table())
    assert texts(root) == ["Word", "Count", "mat", "27", "rug", "?"]
    rules = [node for node in root.iter(f"{SVG}line") if number(node, "y1") == number(node, "y2")]
    assert [number(node, "y1") for node in rules] == [180.0, 216.0, 252.0]
    assert number(rules[0], "stroke-width") > number(rules[1], "stroke-width")


def test_figures_end_at_the_right_edge_of_their_column():
    cells = {"".join(node.itertext()): node for node in drawn(table()).iter(f"{SVG}text")}
    assert cells["27"].get("text-anchor") == "end"
    assert number(cells["27"], "x") == number(cells["Count"], "x")
    assert number(cells["27"], "x") < 360 + 288


def test_a_cell_to_fill_in_and_the_row_that_matters_have_grounds():
    fills = [node.get("fill") for node in drawn(table(highlight=0)).iter(f"{SVG}rect")]
    assert fills.count("#F6B92F") == 1
    assert fills.count("#EDF3F0") == 2


def test_at_a_fence_names_have_the_header_s_size_and_the_rule_behind_it_the_field_s_colour():
    words = ShownTable(
        header=tuple((Run(w),) for w in ("", "Ours", "Theirs")),
        rows=(((Run("size"),), (Run("4"),), (Run("9"),)),),
        aligns=("left",) * 3,
        alt="",
    )
    wide, high = inches(2), inches(0.5)
    root = drawn(
        LaidTable(
            placeholder=place(HALF, fence=True),
            table=words,
            size=20,
            header_size=18,
            widths=(wide,) * 3,
            heights=(high,) * 2,
        )
    )
    sizes = {"".join(node.itertext()): number(node, "font-size") for node in root.iter(f"{SVG}text")}
    assert (sizes["size"], sizes["4"], sizes["9"]) == (18, 20, 20)
    below = [node for node in root.iter(f"{SVG}line") if number(node, "y1") == number(node, "y2") == 216]
    assert [number(node, "x2") - number(node, "x1") for node in below] == [288, 144]
    assert below[0].get("stroke") != below[1].get("stroke")


def test_a_picture_fills_its_box():
    picture = ShownPicture(path=Path("folder/a.png"), alt="a")
    (image,) = drawn(LaidPicture(place(), picture, HALF)).iter(f"{SVG}image")
    assert image.get("href") == "a.png"
    assert [number(image, key) for key in ("x", "y", "width", "height")] == [360, 144, 432, 216]


def test_an_arrow_leads_from_the_edge_of_one_box_to_the_edge_of_the_other():
    arrow = Shape(kind="arrow", box=HALF, fill="ink", weight=2, ends=(0, 1))
    root = drawn(LaidShapes((box(1), box(5), arrow)))
    (line,), (head,) = root.iter(f"{SVG}polyline"), root.iter(f"{SVG}polygon")
    start, end = (tuple(map(float, point.split(","))) for point in line.get("points").split())
    tip = tuple(map(float, head.get("points").split()[0].split(",")))
    assert (start, tip) == ((216.0, 180.0), (360.0, 180.0))
    assert start < end < tip


def test_an_arrow_back_goes_over_the_boxes():
    arrow = Shape(kind="arrow-back", box=Box(0, inches(1.5), inches(4), inches(0.5)), ends=(1, 0))
    root = drawn(LaidShapes((box(1), box(5), arrow)))
    (line,) = root.iter(f"{SVG}polyline")
    points = [tuple(map(float, point.split(","))) for point in line.get("points").split()]
    assert points[:3] == [(432.0, 144.0), (432.0, 108.0), (144.0, 108.0)]


def test_the_words_of_a_box_have_their_own_sizes_and_its_colour():
    lines = (Line((Run("Guess", strong=True),)), Line((Run("the next word"),)))
    root = drawn(LaidShapes((box(1, lines=lines, sizes=(28, 20), inset=91_440, color="on_field", link="#b"),)))
    assert [number(node, "font-size") for node in root.iter(f"{SVG}text")] == [28, 20]
    assert {node.get("fill") for node in root.iter(f"{SVG}tspan")} == {"#FFFFFF"}
    (link,) = root.iter(f"{SVG}g")
    assert link.get("data-to") == "#b"


@pytest.mark.parametrize(("dash", "found"), [(False, None), (True, "4 3")])
def test_a_line_is_drawn_along_its_diagonal(dash, found):
    (line,) = drawn(LaidShapes((Shape(kind="line", box=HALF, fill="accent", weight=1, dash=dash),))).iter(f"{SVG}line")
    assert [number(line, key) for key in ("x1", "y1", "x2", "y2")] == [360, 144, 792, 360]
    assert line.get("stroke-dasharray") == found


def test_the_picture_of_a_stage_is_drawn_in_the_colours_of_its_ground():
    path = (("M", (0.0, 0.0)), ("L", (10.0, 0.0)), ("L", (10.0, 10.0)), ("Z", ()))
    picture = StagePicture(name="one", alt="A bed", width=20, height=10, outlines=(Outline("figure", path),))
    root = drawn(LaidShapes((Shape(kind="picture", box=HALF, fill="field", picture=picture),)))
    _, inner = root.iter(f"{SVG}svg")
    assert [number(inner, key) for key in ("x", "y", "width", "height")] == [360, 144, 432, 216]
    (shape,) = inner.iter(f"{SVG}path")
    assert shape.getparent().get("fill") == "#FFFFFF"


def test_a_filled_place_is_drawn_below_its_text():
    spot = place(HALF, fill="open", inset=inches(1), inset_y=inches(0.5))
    root = drawn(LaidText(spot, (Line((Run("one"),)),), 24, 0), places=(spot,))
    *_, ground, text = root
    assert ground.get("fill") == "#F6B92F"
    assert number(text, "x") == 432.0


def test_in_a_language_from_right_to_left_the_first_column_is_on_the_right():
    using = pen(rtl=True)
    cells = {"".join(node.itertext()): node for node in drawn(table(), using=using).iter(f"{SVG}text")}
    assert number(cells["mat"], "x") > number(cells["27"], "x")
    assert number(cells["mat"], "x") <= HALF.right / 12700
    assert {cells[word].get("text-anchor") for word in ("mat", "27")} == {"end"}
