import logging
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import matplotlib as mpl
import pytest

from tests.charts.samples import SAMPLES, on_paper
from workshop.charts.draw import draw_png, draw_svg
from workshop.themes.beds import LIGHT

ROOT = Path(__file__).resolve().parents[2]
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


def test_neither_settings_of_the_current_folder_nor_an_unknown_backend_reach_matplotlib(tmp_path):
    """A matplotlibrc can start LaTeX, and a backend can name any module."""
    (tmp_path / "matplotlibrc").write_text("text.usetex: True\n")
    code = (
        "import sys; from pathlib import Path; from workshop.charts.paper import Face, Paper\n"
        "colors = {'bg': 'FFFFFF', 'ink': '000000'}\n"
        "paper = Paper(90, 30, colors, Face('Arimo'), 1)\n"
        "import matplotlib; print(matplotlib.rcParams['text.usetex'], Path.cwd() == Path(sys.argv[1]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path],
        cwd=tmp_path,
        env={**os.environ, "MPLBACKEND": "xxx", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout.split(), done.stderr) == (["False", "True"], "")
