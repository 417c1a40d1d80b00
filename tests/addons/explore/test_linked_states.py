"""States that slides open: the code on the slide opens them, and one that the page doesn't know is an error at the slide's line."""

import subprocess

import pytest
import zxingcpp
from msgspec.structs import replace
from PIL import Image

from tests.addons.explore.ten import TEN, page_of, sections_of
from tests.browser import show
from tests.contract.kits import content
from tests.layout.test_live import drawn, pixels_of
from workshop.addons.explore.linked_states import LONGEST, wrong_states
from workshop.build import prepare
from workshop.errors import Report
from workshop.layout.laid import LaidShapes
from workshop.model.request import Request
from workshop.model.stage_picture import CODE
from workshop.plugins.registry import standard_registry
from workshop.render.print.booklet import render_booklet
from workshop.render.print.sheets import render_sheets

pytestmark = pytest.mark.long
URL = "https://garden.example/explore.html"


def opening(*opened):
    """Return the kit with slides that open something, one after the other."""
    whole = content()
    stage = next(s for s in whole.stages if len(s.slides) >= len(opened))
    slides = tuple(
        replace(slide, attrs=replace(slide.attrs, pairs=(("opens", one),)))
        for slide, one in zip(stage.slides, opened, strict=False)
    )
    return replace(whole, stages=(replace(stage, slides=slides),)), slides


@pytest.fixture(scope="module")
def sections():
    return sections_of(TEN, Report())


@pytest.mark.parametrize(
    "opened",
    [
        "picked",
        "picked?picks=AB",
        "slid?times=5",
        "toggled?kind=cold",
        "stepped?rounds=2&text=a",
        "trained?log=FFo&own=a%20b",
        "mapped?place=3",
        "ordered?first=cold,warm",
        "bet?bet=B",
        "elsewhere?x=1",
    ],
)
def test_a_state_that_the_page_can_be_in_is_allowed(sections, opened):
    assert list(wrong_states(opening(opened)[0], sections)) == []


@pytest.mark.parametrize(
    ("opened", "message"),
    [
        ("picked?picks=ABA", "picks can't be 'ABA' — write A or B for each of up to 2 rounds"),
        ("picked?pick=A", "picked has nothing named 'pick' to turn — did you mean 'picks'?"),
        ("picked?", "picked has nothing named '' to turn"),
        ("slid?times=4", "times can't be '4'"),
        ("toggled?kind=hot", "kind can't be 'hot'"),
        ("mapped?place=9", "place can't be '9' — there are: 1, 2, 3"),
        ("trained?log=x", "log can't be 'x'"),
        ("stepped?text=" + "a" * LONGEST, "too long for an address"),
    ],
)
def test_any_other_state_is_an_error_at_the_line_of_the_slide(sections, opened, message):
    written, (slide,) = opening(opened)
    (problem,) = wrong_states(written, sections)
    assert message in str(problem)
    assert problem.at == slide.at


@pytest.fixture(scope="module")
def published(kit_path, cache):
    """The built-in kit of a page that is published, laid out once."""
    request = Request(audience="general", cache=cache, explore_url=URL)
    return prepare(kit_path, request, standard_registry(), base=kit_path)[0]


@pytest.mark.broad
def test_every_slide_that_opens_something_has_a_code_and_so_have_sheet_and_page_of_its_stage(
    browser, page, published, tmp_path
):
    opening_ = [laid for laid in published.slides if laid.slide.address and not laid.slide.continued]
    codes = [
        [s for i in laid.items if isinstance(i, LaidShapes) for s in i.shapes if s.fill == CODE] for laid in opening_
    ]
    found = [zxingcpp.read_barcodes(pixels_of(one.picture))[0].text for (one,) in codes]
    assert found == [laid.slide.address for laid in opening_]
    stages = {laid.slide.stage: laid.slide.address for laid in reversed(opening_) if not laid.slide.hidden}
    sheets = [stages[sheet.stage] for sheet in published.kit.sheets if sheet.stage in stages]
    assert len(sheets) >= 5
    assert read_from(render_sheets(published), tmp_path / "sheets") == sheets
    assert {*read_from(render_booklet(published), tmp_path / "booklet")} == {*sheets}
    for address in {*found}:
        show(browser, page, address.removeprefix(URL))
        there = "const top = document.querySelector(arguments[0]).getBoundingClientRect().top; return top > -2 && top < innerHeight / 2"
        assert browser.execute_script(there, address.removeprefix(URL).partition("?")[0]), address


def read_from(printed, folder):
    """Return what another program reads from the codes on printed pages, from the first page to the last."""
    folder.mkdir()
    (folder / "made.pdf").write_bytes(printed)
    subprocess.run(["pdftoppm", "-png", "-r", "110", "made.pdf", "page"], cwd=folder, check=True)
    return [code.text for path in sorted(folder.glob("*.png")) for code in zxingcpp.read_barcodes(Image.open(path))]


@pytest.mark.parametrize("state", ["picked?picks=AB", "slid?times=5", "toggled?kind=cold"])
def test_the_code_on_a_slide_opens_its_state(browser, tmp_path, state):
    """The code is read from the picture in the deck by another program; what is after the address of the page is the state."""
    (found,) = zxingcpp.read_barcodes(drawn(f"{URL}#{state}"))
    page = tmp_path / "explore.html"
    page.write_text(page_of(TEN), "utf-8")
    show(browser, page, found.text.removeprefix(URL))
    here = "return document.querySelector(arguments[0] + ' .here').getAttribute('href')"
    assert browser.execute_script(here, f"#{state.partition('?')[0]}") == f"#{state}"
