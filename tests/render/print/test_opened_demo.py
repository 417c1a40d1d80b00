"""The demo that a stage opens, on its sheet and on its page of the booklet: a code that another program reads, or words."""

import subprocess

import pytest
import zxingcpp
from msgspec.structs import replace
from PIL import Image

from tests.render.print import kits
from tests.render.print.test_booklet import classed
from workshop.render.print.booklet import render_booklet
from workshop.render.print.sheets import render_sheets


@pytest.mark.parametrize("render", [render_sheets, render_booklet])
def test_a_phone_reads_the_code_of_each_stages_demo(render, tmp_path):
    whole = kits.opening(classed(), "https://garden.example/7")
    (tmp_path / "made.pdf").write_bytes(render(kits.laid(whole)))
    subprocess.run(["pdftoppm", "-png", "-r", "120", "made.pdf", "page"], cwd=tmp_path, check=True)
    pages = [Image.open(path) for path in sorted(tmp_path.glob("page-*.png"))]
    found = [code.text for page in pages for code in zxingcpp.read_barcodes(page)]
    assert found == [stage.slides[0].address for stage in whole.stages]


@pytest.mark.parametrize("render", [render_sheets, render_booklet])
@pytest.mark.parametrize(
    ("page", "words"), [("", "Demo: explore.html, “Stage 2”"), ("https://garden.example/7", "The code opens “Stage 2”")]
)
def test_its_words_say_what_the_code_opens_or_where_the_demo_is(render, page, words, words_of):
    assert words in words_of(render(kits.laid(kits.opening(classed(), page))))


def test_a_slide_that_is_hidden_opens_nothing_on_paper(words_of):
    whole = kits.opening(classed(), "")
    stages = tuple(replace(one, slides=tuple(replace(s, hidden=True) for s in one.slides)) for one in whole.stages)
    assert "Demo" not in words_of(render_sheets(kits.laid(replace(whole, stages=stages))))
