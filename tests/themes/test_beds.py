"""Tests the contrast of the tokens."""

from __future__ import annotations

import pytest

from workshop.charts.geometry import CONTEXT_SHARE
from workshop.model.theme import Theme
from workshop.themes.beds import dark, light
from workshop.themes.theme_file import contrast_dark, contrast_theme, plain

BOTH = pytest.mark.parametrize("theme", [light(), dark()], ids=["light", "dark"])
# (text or mark, background, smallest ratio in WCAG 2.2 AA); on_open is dk1, the darker of background and ink
PAIRS = (
    ("ink", "bg", 4.5),
    ("muted", "bg", 4.5),
    ("accent", "bg", 4.5),
    ("stop", "bg", 4.5),
    ("ink", "panel", 4.5),
    ("muted", "panel", 4.5),
    ("bg", "accent", 4.5),
    ("bg", "ink", 4.5),
    ("c2", "bg", 3.0),
    ("c3", "bg", 3.0),
    ("c5", "bg", 3.0),
)


def luminance(color: str) -> float:
    channels = [int(color[k : k + 2], 16) / 255 for k in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def blend(over: str, under: str, share: float) -> str:
    parts = [(int(over[k : k + 2], 16), int(under[k : k + 2], 16)) for k in (0, 2, 4)]
    return "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in parts)


@BOTH
def test_every_pair_of_text_and_background_can_be_read(theme: Theme) -> None:
    ratios = {(a, b): contrast(theme.colors[a], theme.colors[b]) for a, b, _ in PAIRS}
    assert {pair: r for (*pair_, least), (pair, r) in zip(PAIRS, ratios.items(), strict=True) if r < least} == {}


@BOTH
def test_dark_text_on_marigold_can_be_read(theme: Theme) -> None:
    darker = min(theme.colors["bg"], theme.colors["ink"], key=luminance)
    assert contrast(darker, theme.colors["open"]) > 9


@BOTH
def test_grey_series_and_marked_words_keep_their_contrast(theme: Theme) -> None:
    context = blend(theme.colors["muted"], theme.colors["bg"], CONTEXT_SHARE)
    assert contrast(context, theme.colors["bg"]) >= 3
    mark = blend(theme.colors["open"], "000000", 0.5 if theme.dark else 1)
    assert contrast(theme.colors["ink"], mark) >= 4.5


def test_the_ratios_are_those_of_the_design() -> None:
    assert round(contrast(light().colors["ink"], light().colors["bg"]), 1) == 16.7
    assert round(contrast(dark().colors["accent"], dark().colors["bg"]), 1) == 11.5


def test_both_themes_have_the_same_layouts_to_the_unit() -> None:
    assert light().layouts == dark().layouts


@pytest.mark.parametrize(
    "theme", [light(), dark(), contrast_theme(), contrast_dark(), plain()], ids=lambda theme: theme.name
)
def test_series_side_by_side_are_three_to_one_apart_in_grey(theme: Theme) -> None:
    colors = {**theme.colors, "context": blend(theme.colors["muted"], theme.colors["bg"], CONTEXT_SHARE)}
    beside = [("accent", "c2"), ("c2", "c5"), ("c5", "c3"), ("accent", "context")]
    assert {pair: r for pair in beside if (r := contrast(colors[pair[0]], colors[pair[1]])) < 3} == {}
    assert {role: r for role in ("c2", "c3", "c5", "context") if (r := contrast(colors[role], colors["bg"])) < 3} == {}
