"""Tests the contrast of the tokens and the requirements for a theme's layouts."""

from __future__ import annotations

from itertools import combinations

import pytest

from workshop.charts.estimate import CONTEXT_SHARE
from workshop.layout.measure import Ruler, Style, pitch
from workshop.layouts import LAYOUTS
from workshop.layouts.grid import MARGIN, WIDTH, column, span
from workshop.model.theme import EMU_PER_POINT, Theme, inches
from workshop.themes.beds import dark, light
from workshop.themes.file import contrast_dark, contrast_theme, plain

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


@BOTH
def test_every_layout_that_the_plan_can_ask_for_is_there(theme: Theme) -> None:
    assert set(LAYOUTS) <= set(theme.layouts)
    assert all(key.partition("/")[0] == spec.role for key, spec in theme.layouts.items())


@pytest.mark.parametrize("key", sorted(key for key in light().layouts if key.endswith("/one-line")))
def test_under_a_title_of_one_line_content_begins_higher_and_ends_where_it_did(key: str) -> None:
    spec, other = light().layouts[key], light().layouts[key.removesuffix("/one-line")]
    ends = {p.role: p.box.bottom for p in other.placeholders}
    grown = [p for p in spec.placeholders if p.box.h > other.find(p.role).box.h]
    assert {p.role: p.box.bottom for p in grown} == {p.role: ends[p.role] for p in grown}
    assert spec.find("title").box.y == other.find("title").box.y
    moved = [p.role for p in spec.placeholders if p.box.y < other.find(p.role).box.y]
    if spec.pictures:
        bigger = zip(spec.pictures, other.pictures, strict=True)
        assert all(one.box.h > two.box.h and one.box.y < two.box.y for one, two in bigger)
    else:
        assert moved or spec.area.y < other.area.y


@pytest.mark.parametrize("role", sorted(light().layouts))
def test_placeholders_have_their_own_idx_and_role_and_do_not_overlap(role: str) -> None:
    spec = light().layouts[role]
    assert len({p.idx for p in spec.placeholders}) == len(spec.placeholders)
    assert len({p.role for p in spec.placeholders}) == len(spec.placeholders)
    overlapping = [
        (a.name, b.name) for a, b in combinations(spec.placeholders, 2) if a.box.overlaps(b.box, slack=EMU_PER_POINT)
    ]
    assert overlapping == []


@pytest.mark.parametrize("role", LAYOUTS)
def test_each_placeholder_holds_a_line_of_its_largest_size(role: str) -> None:
    theme = light()
    for p in theme.layouts[role].placeholders:
        if p.type in ("chart", "tbl", "pic"):
            continue
        assert pitch(p.sizes[0], p.line) * EMU_PER_POINT <= p.box.h, p.name
        assert list(p.sizes) == sorted(p.sizes, reverse=True)
        assert p.box.x >= 0
        assert p.box.right <= theme.width
        assert p.box.bottom <= theme.height


def test_no_text_of_the_room_is_below_its_smallest_size() -> None:
    small = {"source": 12, "measure": 18, "occasion": 18, "label": 18, "unit": 18, "caption": 18, "hint": 18}
    small |= {"tag": 18, "materials": 18, "claim-label": 18, "reply-label": 18, "who": 18, "version": 18, "scope": 18}
    small |= {"you-bet": 18, "right-option": 18, "address": 18}
    for role, spec in light().layouts.items():
        for p in spec.placeholders:
            if p.mono or p.type in ("chart", "tbl", "pic"):
                assert min(p.sizes) >= 18
            elif p.role == "title":
                assert min(p.sizes) >= 28
            elif not (spec.role == "big-number" and p.role == "unit"):
                small["reading"] = 20 if "now-see" in role else 22
                assert min(p.sizes) >= small.get(p.role, 22), (role, p.role)


def test_both_themes_have_the_same_layouts_to_the_unit() -> None:
    assert light().layouts == dark().layouts


def test_the_columns_fill_the_slide_between_its_margins() -> None:
    assert column(0) == MARGIN
    assert column(0) + span(12) == WIDTH - MARGIN
    assert span(1) == 746_760


def test_two_digits_fit_the_minutes_panel_and_the_numeral() -> None:
    theme = light()
    ruler = Ruler(theme)
    for layout, role, text in (("activity", "minutes", "90"), ("section", "numeral", "12")):
        p = theme.layouts[layout].find(role)
        assert p is not None
        widths = [ruler.width(text, size, Style(p.bold, track=p.track)) * EMU_PER_POINT for size in p.sizes]
        assert min(widths) <= p.box.w
    assert inches(1) == 914_400


@pytest.mark.parametrize(
    "theme", [light(), dark(), contrast_theme(), contrast_dark(), plain()], ids=lambda theme: theme.name
)
def test_series_side_by_side_are_three_to_one_apart_in_grey(theme: Theme) -> None:
    colors = {**theme.colors, "context": blend(theme.colors["muted"], theme.colors["bg"], CONTEXT_SHARE)}
    beside = [("accent", "c2"), ("c2", "c5"), ("c5", "c3"), ("accent", "context")]
    assert {pair: r for pair in beside if (r := contrast(colors[pair[0]], colors[pair[1]])) < 3} == {}
    assert {role: r for role in ("c2", "c3", "c5", "context") if (r := contrast(colors[role], colors["bg"])) < 3} == {}
