"""Formulas as pictures."""

import io

import pytest
from PIL import Image

from tests.formulas import FORMULAS
from workshop.content.tex_reader import parsed
from workshop.layout.measure import extent
from workshop.model.blocks import Formula
from workshop.model.theme import EMU_PER_POINT
from workshop.render.formulas import DOTS, Wanted, drawn

SIZE = 24.0
WANTED = tuple(Wanted(Formula(parsed(tex), display=True), SIZE, "#aa0000") for tex in FORMULAS)


@pytest.fixture(scope="module")
def pictures():
    return drawn(WANTED)


@pytest.mark.parametrize("wanted", WANTED, ids=FORMULAS)
def test_a_formula_is_drawn_in_its_colour_on_nothing(pictures, wanted):
    image = Image.open(io.BytesIO(pictures[wanted].png)).convert("RGBA")
    colors = {color: count for count, color in image.getcolors(1 << 16) if color[3] > 250}
    assert DOTS >= 300
    assert {color[1:3] for color in colors} == {(0, 0)}
    assert all(abs(color[0] - 0xAA) <= 1 for color in colors)  # rounded when it was mixed
    assert sum(colors.values()) > 500
    assert image.getpixel((0, 0))[3] == 0


@pytest.mark.parametrize("wanted", WANTED, ids=FORMULAS)
def test_the_room_that_the_layout_gives_a_formula_is_enough_and_not_much_too_large(pictures, wanted):
    room, picture = extent(wanted.formula), pictures[wanted]
    assert 0.95 < room.width * SIZE * EMU_PER_POINT / picture.width < 1.45
    assert 0.95 < room.height * SIZE * EMU_PER_POINT / picture.height < 2.1


def test_the_same_formulas_give_the_same_bytes(pictures):
    assert drawn(WANTED[:3]) == {wanted: pictures[wanted] for wanted in WANTED[:3]}


@pytest.mark.parametrize(
    "tex",
    [
        r"\text{#panic(\"no\") \$x\$}",
        r"\text{\#image}",
        "#",
        "$",
        r"\operatorname{#sys}",
        "a\\&b",
        "\u202e\u0000",
    ],
)
def test_nothing_in_a_formula_is_read_as_typsts_markup(tex):
    wanted = Wanted(Formula(parsed(tex.replace('\\"', "'")), display=True), SIZE, "#000000")
    assert drawn((wanted,))[wanted].png.startswith(b"\x89PNG")


def test_a_formula_as_deep_as_is_allowed_is_drawn():
    wanted = Wanted(Formula(parsed(r"\sqrt{" * 18 + "x" + "}" * 18), display=True), SIZE, "#000000")
    assert drawn((wanted,))[wanted].height > 0
