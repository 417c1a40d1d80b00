import re

import pytest

from workshop.errors import WorkshopError
from workshop.model.exhibits import Chart, ChartKind, Series
from workshop.render.print.figures import drawer

from . import kits


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
