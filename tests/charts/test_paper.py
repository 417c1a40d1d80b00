import logging
import sys
from concurrent.futures import ThreadPoolExecutor

import matplotlib as mpl
import pytest

from tests.charts.samples import SAMPLES, on_paper
from workshop.charts.draw import draw_png, draw_svg
from workshop.themes.beds import LIGHT

CHARTS = [on_paper(make()) for make in SAMPLES.values()]
DRAWINGS = [(draw_svg, chart) for chart in CHARTS] + [(draw_png, chart) for chart in CHARTS[:2]]


def test_nobody_is_told_of_a_home_that_matplotlib_cannot_write_to(caplog):
    logging.getLogger("matplotlib").warning("mkdir -p failed")
    assert not caplog.records


def drawn(drawing):
    draw, chart = drawing
    return draw(chart, width_mm=160, height_mm=62, colors=LIGHT)


@pytest.fixture
def _often_switched():
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-4)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("_often_switched")
def test_two_threads_draw_the_bytes_that_one_draws_and_leave_the_settings_alone():
    before = dict(mpl.rcParams)
    alone = [drawn(drawing) for drawing in DRAWINGS]
    with ThreadPoolExecutor(2) as pool:
        together = list(pool.map(drawn, DRAWINGS))
    assert [a == b for a, b in zip(alone, together, strict=True)] == [True] * len(DRAWINGS)
    assert dict(mpl.rcParams) == before
