"""Tests the colours of a brand: each can be read where it is used, and series can be told apart."""

import pytest

from workshop.files.color_arithmetic import apart, contrast, stepped
from workshop.files.presentation_colors import Scheme
from workshop.model.theme import Paint
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
