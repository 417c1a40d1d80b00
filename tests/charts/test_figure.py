import io
import logging
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import matplotlib as mpl
import pytest
from lxml import etree
from matplotlib.colors import to_hex
from msgspec.structs import replace
from PIL import Image
from pypdf import PdfReader

from tests.charts.samples import (
    SAMPLES,
    answers,
    attacks,
    chart,
    cleaning,
    gate,
    next_word,
    on_paper,
    scaling,
    surprise,
)
from workshop.charts.figure import Face, figure, saved
from workshop.model.exhibits import ChartKind
from workshop.render.print.print_fonts import chart_font_files
from workshop.themes.beds import LIGHT

ROOT = Path(__file__).resolve().parents[2]
FIRA = Face("Fira Sans", *chart_font_files())
SVG = "{http://www.w3.org/2000/svg}"


def made(spec, face=FIRA):
    return figure(on_paper(spec), LIGHT, face)


def svg(spec, face=FIRA):
    return saved(made(spec, face), "svg")


def words(drawing):
    return [text.text.replace("\u00a0", " ") for text in etree.fromstring(drawing).iter(f"{SVG}text")]


def test_words_are_text_in_the_typeface_of_the_sheets():
    drawing = svg(surprise())
    assert {"4.00", "1.46", "Round 4", "pure guessing: 4.00"} <= set(words(drawing))
    assert b"'Fira Sans'" in drawing
    assert b"DejaVu" not in drawing


def test_bars_lines_and_ticks_have_the_numbers_of_the_data():
    (axes,) = made(next_word()).axes
    assert [bar.get_height() for bar in axes.patches] == pytest.approx([0.4743, 0.2390, 0.1213, 0.1213, 0.0037])
    assert [tick.get_text() for tick in axes.get_xticklabels()][:2] == ["mat", "rug"]
    (axes,) = made(surprise()).axes
    assert [4.0, 2.547, 1.844, 1.668, 1.461] in [list(line.get_ydata()) for line in axes.lines]


def test_a_waterfall_has_bars_between_the_levels():
    (axes,) = made(cleaning()).axes
    spans = [(bar.get_y(), bar.get_y() + bar.get_height()) for bar in axes.patches]
    assert [sorted(span) for span in spans] == [
        pytest.approx(s) for s in ([0, 346], [177, 346], [137, 177], [120, 137], [0, 120])
    ]


def test_logarithmic_axes_are_logarithmic_in_the_figure():
    (axes,) = made(scaling()).axes
    assert (axes.get_xscale(), axes.get_yscale()) == ("log", "log")
    assert axes.get_xlim() == pytest.approx((100, 1_000_000))
    assert axes.get_xlabel() == "words read"


def test_intervals_and_references_are_at_their_numbers():
    (axes,) = made(attacks()).axes
    ends = [[y for _, y in path.vertices] for path in axes.collections[0].get_paths()]
    assert ends == [[0.01, 0.12], [0.22, 0.5], [0.48, 0.75]]
    (axes,) = made(next_word()).axes
    assert [0.0625, 0.0625] in [list(line.get_ydata()) for line in axes.lines]


def test_a_script_can_change_a_figure_before_it_is_saved():
    drawn = made(surprise())
    (axes,) = drawn.axes
    axes.set_title("Surprise", loc="left")
    assert "Surprise" in words(saved(drawn, "svg"))


@pytest.mark.parametrize("kind", ["svg", "png", "pdf"])
def test_the_same_chart_gives_the_same_bytes(kind):
    assert saved(made(gate()), kind) == saved(made(gate()), kind)


@pytest.mark.broad
def test_bytes_do_not_depend_on_the_hash_seed_or_the_working_folder(tmp_path):
    code = (
        "import hashlib; from tests.charts.test_figure import made, saved; from tests.charts.samples import next_word;"
        "print([hashlib.sha256(saved(made(next_word()), kind)).hexdigest() for kind in ('svg', 'png', 'pdf')])"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


@pytest.mark.parametrize("kind", ["svg", "pdf"])
def test_no_date_is_written(kind):
    assert not re.search(rb"20\d\d-?\d\d-?\d\d", saved(made(surprise()), kind))


def test_a_figure_has_the_size_that_the_chart_was_resolved_for():
    root = etree.fromstring(svg(surprise()))
    assert float(root.get("width").removesuffix("pt")) == pytest.approx(160 * 72 / 25.4, abs=0.01)
    assert float(root.get("height").removesuffix("pt")) == pytest.approx(62 * 72 / 25.4, abs=0.01)


def test_a_picture_is_drawn_at_two_hundred_dots_per_inch():
    image = Image.open(io.BytesIO(saved(made(next_word()), "png")))
    assert image.size == pytest.approx((160 / 25.4 * 200, 62 / 25.4 * 200), abs=2)


def test_words_of_a_pdf_can_be_searched():
    (page,) = PdfReader(io.BytesIO(saved(made(gate()), "pdf"))).pages
    said = page.extract_text()
    assert all(words in said for words in ("All 101 items", "PASS", "no change", "+19"))


def test_saving_leaves_matplotlib_s_settings_alone():
    before = dict(mpl.rcParams)
    svg(surprise())
    assert dict(mpl.rcParams) == before


def test_a_dollar_sign_does_not_begin_a_formula():
    drawing = svg(replace(next_word(), categories=("$a$", "$b", "c", "d", "e"), highlight=()))
    assert {"$a$", "$b"} <= set(words(drawing))
    grouped = replace(answers(), series=tuple(replace(s, name=f"${s.name}$") for s in answers().series))
    assert {"$base$", "$tuned$"} <= set(words(svg(grouped)))


def test_a_pattern_distinguishes_the_second_bar_from_the_first_without_colour():
    series = cleaning().series[0]
    spec = chart(ChartKind.COLUMN, (series, replace(series, name="more")), cleaning().categories)
    first, second = made(spec).axes[0].containers
    assert first[0].get_hatch() is None
    assert second[0].get_hatch() is not None
    assert to_hex(second[0].get_facecolor()) == "#" + LIGHT["bg"].lower()


def test_without_font_files_it_is_drawn_in_matplotlibs_typeface():
    assert b"DejaVu Sans" in svg(surprise(), Face())


def test_nobody_is_told_of_a_home_that_matplotlib_cannot_write_to(caplog):
    logging.getLogger("matplotlib").warning("mkdir -p failed")
    assert not caplog.records


@pytest.fixture
def _often_switched():
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-4)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("_often_switched")
def test_two_threads_draw_the_bytes_that_one_draws_and_leave_the_settings_alone():
    before = dict(mpl.rcParams)
    specs = [make() for make in SAMPLES.values()]
    alone = [svg(spec) for spec in specs]
    with ThreadPoolExecutor(2) as pool:
        together = list(pool.map(svg, specs))
    assert [a == b for a, b in zip(alone, together, strict=True)] == [True] * len(specs)
    assert dict(mpl.rcParams) == before


def test_neither_settings_of_the_current_folder_nor_an_unknown_backend_reach_matplotlib(tmp_path):
    """A matplotlibrc can start LaTeX, and a backend can name any module."""
    (tmp_path / "matplotlibrc").write_text("text.usetex: True\n")
    code = (
        "import sys; from pathlib import Path; from workshop.charts.figure import figure, saved\n"
        "from tests.charts.samples import LIGHT, on_paper, surprise\n"
        "saved(figure(on_paper(surprise()), LIGHT), 'png')\n"
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
