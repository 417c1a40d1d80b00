import pytest

from workshop.render.print.paper_colors import chart_colors, contrast, paper_colors

from . import kits


def rgb(hexed):
    return tuple(int(hexed.lstrip("#")[i : i + 2], 16) / 255 for i in (0, 2, 4))


@pytest.mark.parametrize("dark", [False, True])
def test_text_keeps_its_contrast_on_white_and_on_tints(dark):
    colors = paper_colors(kits.theme(dark=dark))
    for ground in ("#ffffff", colors["tint"], colors["tint2"]):
        for role in ("ink", "accent", "muted"):
            assert contrast(rgb(colors[role]), rgb(ground)) >= 4.5, (role, ground)
    assert contrast((1, 1, 1), rgb(colors["accent"])) >= 4.5
    assert contrast(rgb(colors["line"]), (1, 1, 1)) >= 3


def test_the_accent_of_a_light_theme_is_printed_as_it_is():
    assert paper_colors(kits.theme())["accent"] == "#0b5144"


def test_charts_of_a_dark_theme_are_on_white():
    colors = chart_colors(kits.theme(dark=True))
    assert colors["bg"] == "FFFFFF"
    assert all(contrast(rgb(colors[role]), (1, 1, 1)) >= 3 for role in ("accent", "c2", "c3", "stop", "c5"))


def test_charts_of_a_light_theme_keep_its_colours():
    assert chart_colors(kits.theme()) == kits.COLORS
