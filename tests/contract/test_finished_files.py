"""Measures the finished decks, for every audience, in the light theme, the dark theme and on paper."""

from itertools import pairwise

import pytest
from pptx.parts.chart import ChartPart
from pptx.slide import Slide

from tests.contract import kits
from tests.render.pptx.read import caches, cells_of, read_labels, read_workbook
from workshop.charts.geometry import CONTEXT_SHARE, contrast, mixed
from workshop.check.package_drawn import FLOOR, LEAST, Neighbours, charts_of, neighbours, scheme_at, sizes
from workshop.files.package_file import PackageFile
from workshop.layout.laid import LaidChart
from workshop.render.office_xml import NAMESPACES
from workshop.render.print.paper_colors import chart_colors
from workshop.themes.beds import dark, light

THEMES = ("light", "dark")
BARS = ("", "outline", "pct50", "wdUpDiag", "wdDnDiag", "dkHorz")


@pytest.fixture(params=kits.few_at_work())
def audience(request) -> str:
    return request.param


def tier(audience: str, theme: str) -> list[pytest.MarkDecorator]:
    """Return the marks of a deck: only colours depend on the theme, and hardly anything here on the audience."""
    if audience == kits.FEW[0]:
        return [] if theme == "light" else [pytest.mark.broad]
    return [pytest.mark.broad if audience in kits.FEW and theme == "light" else pytest.mark.slow]


DECKS = [
    pytest.param((name, theme), marks=tier(name, theme), id=f"{name}-{theme}")
    for name in kits.AUDIENCES
    for theme in THEMES
]


@pytest.fixture(params=DECKS)
def deck(request) -> tuple[str, str]:
    """An audience and a theme."""
    return request.param


@pytest.fixture
def package(deck, cache) -> PackageFile:
    audience, theme = deck
    return kits.package(audience, kits.ALL, theme, cache)


@pytest.fixture
def slides(deck, cache) -> list[Slide]:
    audience, theme = deck
    return list(kits.opened(audience, kits.ALL, theme, cache).slides)


def pairs(package: PackageFile) -> list[tuple[str, Neighbours]]:
    found = []
    for part in sorted(name for name in package.parts() if name.startswith("ppt/slides/slide")):
        scheme = scheme_at(part, package)
        found += [
            (part, pair) for chart in charts_of(part, package) for pair in neighbours(package.tree(chart), scheme)
        ]
    return found


def test_series_side_by_side_are_three_to_one_apart_in_grey_or_drawn_otherwise(package):
    found = pairs(package)
    assert len(found) >= 20
    assert [(part, pair) for part, pair in found if not pair.told_apart] == []


def test_bars_side_by_side_never_lean_on_a_name_alone(package):
    bars = [(part, pair) for part, pair in pairs(package) if len(pair.one.form) == 1]
    alike = [(part, pair) for part, pair in bars if pair.ratio < LEAST and pair.one.form == pair.other.form]
    assert bars
    assert alike == []
    assert {pair.one.form[0] for _, pair in bars} <= set(BARS)


def test_no_text_of_a_chart_is_below_its_smallest_size(package):
    charts = [name for name in package.parts() if name.startswith("ppt/charts/chart")]
    assert min(points for name in charts for points in sizes(package.tree(name))) >= FLOOR


def charts_in(slides: list[Slide]) -> list[tuple[int, ChartPart]]:
    """Return slide number and part of every chart."""
    return [
        (number, shape.chart.part)
        for number, slide in enumerate(slides, 1)
        for shape in slide.shapes
        if shape.has_chart
    ]


def test_every_copy_of_a_cell_in_a_chart_is_what_its_workbook_has_there(slides):
    found = charts_in(slides)
    assert len(found) >= 20
    for number, part in found:
        cells = read_workbook(part)
        for address, copies in caches(part):
            assert copies == cells_of(address, cells), (number, address)


def test_no_label_of_a_chart_is_typed(slides):
    labels = [
        (number, label)
        for number, part in charts_in(slides)
        for series in part._element.iter(f"{{{NAMESPACES['c']}}}ser")
        for label in read_labels(series)
    ]
    assert len(labels) >= 100
    assert [found for found in labels if not found[1].source] == []
    assert [found for found in labels if found[1].kept not in ("", found[1].text)] == []


def test_no_text_covers_another_and_none_is_below_its_smallest_size(deck, cache):
    audience, theme = deck
    codes = {problem.code for problem in kits.problems(audience, kits.ALL, theme, cache)}
    assert codes & {"overlap", "outside", "small-text", "grey-series"} == set()


@pytest.mark.parametrize("theme", [light(), dark()], ids=THEMES)
def test_series_are_three_to_one_apart_on_paper_too(theme):
    colors = chart_colors(theme)
    colors["context"] = mixed(colors["muted"], colors["bg"], CONTEXT_SHARE)
    for one, other in (*pairwise(("accent", "c2", "c5", "c3")), ("accent", "context"), ("context", "c5")):
        assert contrast(colors[one], colors[other]) >= LEAST, (one, other)
    for role in ("accent", "c2", "c5", "c3", "stop", "context"):
        assert contrast(colors[role], colors["bg"]) >= LEAST, role


def test_charts_in_print_have_the_patterns_of_those_in_the_deck(audience, cache):
    laid, _ = kits.laid_out(audience, kits.ALL, cache)
    charts = [item.resolved for slide in laid.slides for item in slide.items if isinstance(item, LaidChart)]
    several = [chart for chart in charts if len({s.color for s in chart.series}) > 1]
    assert several
    for chart in several:
        looks = [(s.dash, s.marker, s.pattern) if s.marker != "none" else (s.color, s.pattern) for s in chart.series]
        assert len(set(looks)) == len(looks), chart.chart.title
