"""Tests the colours of a brand: each can be read where it is used, and series can be told apart."""

import pytest

from workshop.files.color_arithmetic import apart, contrast, hue, stepped
from workshop.files.presentation_colors import Scheme
from workshop.model.theme import Paint
from workshop.templates.brand import Brand, brand_paints
from workshop.themes.template import template_theme

ON_GROUND = {"ink": 7.0, "muted": 4.5, "accent": 4.5, "stop": 4.5, "c2": 3.0, "c3": 3.0, "c5": 3.0, "context": 3.0}


@pytest.fixture
def theme(template):
    return template_theme(template).theme


def test_every_role_can_be_read_where_it_is_used(theme):
    colors = theme.colors
    low = {role: contrast(colors[role], colors["bg"]) for role in ON_GROUND}
    assert {role: ratio for role, ratio in low.items() if ratio < ON_GROUND[role]} == {}
    for text, ground in (
        ("ink", "panel"),
        ("muted", "panel"),
        ("on_open", "open"),
        ("on_accent", "accent"),
        ("ink", "mark"),
    ):
        assert contrast(colors[text], colors[ground]) >= 4.5, (text, ground)


def test_the_brand_ground_and_ink_are_slots_of_the_template(theme):
    slots = {theme.template.paints[role].slot for role in ("bg", "ink", "accent")}
    assert slots <= {"dk1", "lt1", "dk2", "lt2", *(f"accent{k}" for k in range(1, 7))}


def test_series_can_be_distinguished(theme):
    series = [theme.colors[role] for role in ("accent", "c2", "c3", "c5")]
    assert min(apart(a, b) for k, a in enumerate(series) for b in series[:k]) >= 15


def test_a_dark_template_is_dark(made):
    assert template_theme(made("dark")).theme.dark
    assert not template_theme(made("german")).theme.dark


@pytest.mark.parametrize(
    ("color", "steps", "expected"),
    [
        ("4472C4", (("lumMod", 75_000),), "2F5597"),  # PowerPoint's own "Accent 1, darker 25%"
        ("4472C4", (("lumMod", 40_000), ("lumOff", 60_000)), "B4C7E7"),
        ("000000", (("lumMod", 65_000), ("lumOff", 35_000)), "595959"),
        ("FFFFFF", (("lumMod", 50_000),), "7F7F7F"),
    ],
)
def test_steps_come_out_as_office_shows_them(color, steps, expected):
    assert apart(stepped(color, steps), expected) < 1.5


def test_a_slot_goes_through_the_masters_colour_map():
    scheme = Scheme({"dk1": "111111", "lt1": "EEEEEE"}, {"bg1": "dk1", "tx1": "lt1"})
    assert (scheme.hex(Paint("bg1")), scheme.hex(Paint("ABCDEF"))) == ("111111", "ABCDEF")


# ---------------------------------------------------------------- brands that are hard to serve
def looks(ground="FFFFFF", ink="000000", *accents):
    """Return the colours of our layouts for a brand with a ground, an ink and some accents; the rest of its accents are greys."""
    slots = ("lt1", "dk1", *(f"accent{k}" for k in range(1, 7)))
    hexes = dict(zip(slots, (ground, ink, *accents, *("9A9A9A",) * 6), strict=False))
    scheme = Scheme({**hexes, "lt2": "EEEEEE", "dk2": "333333", "hlink": "0000EE", "folHlink": "551A8B"}, {})
    own = tuple(hexes[f"accent{k}"] for k in range(1, 7))
    brand = Brand(scheme=scheme, colors=accents, accents=own, bg=ground, ink=ink)
    paints = brand_paints(brand, {})
    alpha = next((value for step, value in paints["block"].steps if step == "alpha"), 100_000) // 1000
    colors = {role: brand.hex(paint) for role, paint in paints.items()}
    return colors | {"block": over(colors["block"], colors["panel"], alpha)}


def over(color, ground, percent):
    """Return what a colour that lets light through looks like."""
    pairs = ((int(color[k : k + 2], 16), int(ground[k : k + 2], 16)) for k in (0, 2, 4))
    return "".join(f"{round((percent * a + (100 - percent) * b) / 100):02X}" for a, b in pairs)


@pytest.mark.parametrize("red", ["CC0000", "E2001A", "B3261E", "8B0000", "FF3B2F", "D76C23"])
def test_beside_a_red_brand_what_is_wrong_can_be_told_apart(red):
    colors = looks("FFFFFF", "000000", red)
    shown = (colors["accent"], colors.get("accent/chart", colors["accent"]))
    assert min(apart(colors["stop"], color) for color in shown) >= 30


@pytest.mark.parametrize("red", ["FF7F41", "E2001A"])
def test_what_is_open_isnt_like_what_is_wrong(red):
    colors = looks("1D242C", "FFFFFF", "86CAC6", red)
    assert apart(colors["open"], colors["stop"]) >= 30


GROUNDS = ("31496B", "1D242C", "000000", "0B3D2E", "5A0F1E")


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("accent", [*GROUNDS, "F2B134", "0B5CAB"])
def test_on_a_coloured_ground_panels_and_charts_are_seen_and_words_on_them_read(ground, accent):
    colors = looks(ground, "FFFFFF", accent)
    assert {
        r: colors[r] for r in ("field", "accent", "stop", "c2", "c3", "c5") if contrast(colors[r], ground) < 3
    } == {}
    assert contrast(colors["on_field"], colors["field"]) >= 4.5
    assert contrast(colors["on_field"], colors["block"]) >= 4.5
    assert contrast(colors["ink"], colors["panel"]) >= 4.5


@pytest.mark.parametrize("ground", GROUNDS)
def test_what_is_wrong_is_a_colour_on_a_dark_ground(ground):
    stop = looks(ground, "FFFFFF", "86CAC6")["stop"]
    assert hue(stop)[1] >= 0.4
