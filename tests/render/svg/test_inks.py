import pytest

from tests.render.svg.drawing import theme
from workshop.charts.geometry import contrast
from workshop.model.theme import Paint, Template
from workshop.render.svg.inks import paper_inks, screen_inks
from workshop.themes.beds import LIGHT

GROUND = {"on_open": "open", "on_accent": "accent", "on_field": "field", "ink": "bg", "muted": "bg"}


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("text", "ground"), GROUND.items())
def test_text_can_be_read_on_its_ground(dark, text, ground):
    inks = screen_inks(theme(dark=dark))
    assert contrast(inks.solid(text, ground), inks.solid(ground, "bg")) >= 4.5


def test_a_tint_is_a_share_of_its_colour():
    inks = screen_inks(theme())
    assert inks.stroke("rule") == 'stroke="#10211C" stroke-opacity="0.2"'
    assert (
        inks.solid("rule", "bg") == "#CFD3D2"
    )  # a fifth of the way from white to ink: green is 255 − 0.2 × (255 − 33) = 210.6
    assert inks.fill("") == 'fill="none"'
    assert inks.fill("nothing of the kind") == inks.fill("ink")


def test_a_template_has_its_own_colours_and_opacities():
    paints = {"rule": Paint("tx1", (("alpha", 25_000),)), "accent": Paint("accent2")}
    colors = dict(LIGHT) | {"rule": "112233", "accent": "AA0000"}
    inks = screen_inks(theme(colors=colors, template=Template(package=b"", paints=paints, variants={})))
    assert inks.fill("rule") == 'fill="#112233" fill-opacity="0.25"'
    assert inks.fill("accent") == 'fill="#AA0000"'


def test_paper_is_white():
    inks = paper_inks(dict(LIGHT))
    assert inks.fill("bg") == 'fill="#FFFFFF"'
    assert inks.fill("on_field") == 'fill="#FFFFFF"'


def test_code_on_paper_is_in_ink_where_its_colour_is_too_pale():
    paper = paper_inks(LIGHT)
    assert paper.fill("open/code") == paper.fill("ink")
    assert paper.fill("stop/code") == paper.fill("stop")
    assert screen_inks(theme()).fill("open/code") == screen_inks(theme()).fill("open")
