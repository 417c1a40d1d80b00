import re

import pytest
from msgspec.structs import replace

from tests.charts.samples import next_word, surprise
from workshop.charts.kind import BUILT_IN, Kinds
from workshop.errors import WorkshopError
from workshop.model.exhibits import Chart, ChartKind, Series
from workshop.render.print.figures import FIGURES, drawer
from workshop.themes.beds import light

from . import kits

AREA = (160.0, 62.0)


@pytest.mark.parametrize("dark", [False, True])
def test_a_chart_is_drawn_at_its_final_size_with_its_words_as_text(dark):
    svg = drawer(kits.theme(dark=dark))(kits.line_chart(), 160.0, 62.0).decode()
    width = re.search(r'width="([0-9.]+)pt"', svg)
    assert width is not None
    assert float(width[1]) == pytest.approx(160 * 72 / 25.4, abs=0.5)
    assert "<text" in svg
    assert "Fira Sans" in svg
    assert "4.00" in svg


def test_a_chart_that_cannot_be_read_on_paper_is_a_problem():
    series = tuple(Series(f"series {n}", (1.0, float(n))) for n in range(12))
    chart = Chart(ChartKind.LINE, "Too many", measure="m", finding="f", series=series, categories=("a", "b"))
    with pytest.raises(WorkshopError, match="'Too many': 12 lines"):
        drawer(kits.theme())(chart, 160.0, 62.0)


def test_a_chart_is_drawn_once_and_then_read_from_the_cache(tmp_path):
    drawn = drawer(light(), cache=tmp_path)(surprise(), *AREA)
    (file,) = tmp_path.iterdir()
    assert drawer(light(), cache=tmp_path)(surprise(), *AREA) == drawn
    FIGURES.keep(tmp_path, file.stem, b"what is kept")
    assert drawer(light(), cache=tmp_path)(surprise(), *AREA) == b"what is kept"


@pytest.mark.parametrize(
    ("theme", "profile", "chart", "area"),
    [
        (light(), "standard", next_word(), AREA),
        (light(), "large", surprise(), AREA),
        (light(), "standard", surprise(), (150.0, 62.0)),
        (replace(light(), colors={**light().colors, "accent": "7A3E12"}), "standard", surprise(), AREA),
    ],
    ids=["chart", "profile", "size", "colours"],
)
def test_what_a_drawing_depends_on_makes_another_one(tmp_path, theme, profile, chart, area):
    drawer(light(), cache=tmp_path)(surprise(), *AREA)
    drawer(theme, profile, cache=tmp_path)(chart, *area)
    assert len(list(tmp_path.iterdir())) == 2


def test_a_kind_of_a_plugin_is_drawn_each_time_since_its_code_may_have_changed(tmp_path):
    kinds = Kinds((*BUILT_IN.names, "steps"), lambda name: BUILT_IN.get("line" if name == "steps" else name))
    chart = replace(surprise(), kind="steps")
    assert b"Round 4" in drawer(light(), kinds=kinds, cache=tmp_path)(chart, *AREA)
    assert not list(tmp_path.iterdir())
