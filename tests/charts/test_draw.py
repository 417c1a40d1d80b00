import os
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import matplotlib as mpl
import pytest
from lxml import etree
from msgspec.structs import replace
from PIL import Image

from tests.charts.samples import chart, cleaning, gate, next_word, on_paper, surprise
from workshop.charts.draw import draw_png, draw_svg
from workshop.model.exhibits import ChartKind
from workshop.render.print.fonts import chart_font_files
from workshop.themes.beds import LIGHT

ROOT = Path(__file__).resolve().parents[2]
FIRA = {"font": "Fira Sans", "font_files": chart_font_files()}
SIZE = {"width_mm": 160, "height_mm": 62, "colors": LIGHT}
ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"


def svg(spec, **more):
    return draw_svg(on_paper(spec), **SIZE, **FIRA, **more)


def words(drawing):
    return [text.text.replace("\u00a0", " ") for text in etree.fromstring(drawing).iter(f"{SVG}text")]


def test_words_are_text_in_the_typeface_of_the_sheets():
    drawing = svg(surprise())
    assert {"4.00", "1.46", "Round 4", "pure guessing: 4.00"} <= set(words(drawing))
    assert b"'Fira Sans'" in drawing
    assert b"DejaVu" not in drawing


def test_the_same_chart_gives_the_same_bytes():
    assert svg(gate()) == svg(gate())
    png = [draw_png(on_paper(gate()), **SIZE, **FIRA) for _ in range(2)]
    assert png[0] == png[1]


def test_bytes_do_not_depend_on_the_hash_seed_or_the_working_folder(tmp_path):
    code = (
        "import hashlib; from tests.charts.test_draw import svg; from tests.charts.samples import next_word;"
        "print(hashlib.sha256(svg(next_word())).hexdigest())"
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


def test_no_date_is_written():
    assert not re.search(rb"20\d\d-\d\d-\d\d", svg(surprise()))


def test_the_drawing_has_the_size_that_was_asked_for():
    root = etree.fromstring(svg(surprise()))
    assert float(root.get("width").removesuffix("pt")) == pytest.approx(160 * 72 / 25.4, abs=0.01)
    assert float(root.get("height").removesuffix("pt")) == pytest.approx(62 * 72 / 25.4, abs=0.01)


def test_a_chart_drawn_smaller_is_scaled_with_its_words():
    drawing = draw_svg(on_paper(surprise()), width_mm=80, height_mm=31, colors=LIGHT, **FIRA)
    sizes = set(re.findall(rb"font-size: ([\d.]+)px", drawing))
    assert sizes == {b"5"}


def test_a_picture_is_drawn_at_two_hundred_dots_per_inch():
    image = Image.open(BytesIO(draw_png(on_paper(next_word()), **SIZE, **FIRA)))
    assert image.size == pytest.approx((160 / 25.4 * 200, 62 / 25.4 * 200), abs=2)


def test_drawing_leaves_matplotlib_s_settings_alone():
    before = dict(mpl.rcParams)
    svg(surprise())
    assert dict(mpl.rcParams) == before


def test_a_dollar_sign_does_not_begin_a_formula():
    drawing = svg(replace(next_word(), categories=("$a$", "$b", "c", "d", "e"), highlight=()))
    assert {"$a$", "$b"} <= set(words(drawing))


def test_a_pattern_distinguishes_the_second_bar_from_the_first_without_colour():
    series = cleaning().series[0]
    spec = chart(ChartKind.COLUMN, (series, replace(series, name="more")), cleaning().categories)
    assert b"<pattern" in svg(spec)


def test_without_font_files_it_is_drawn_in_matplotlibs_typeface():
    assert b"DejaVu Sans" in draw_svg(on_paper(surprise()), **SIZE)
