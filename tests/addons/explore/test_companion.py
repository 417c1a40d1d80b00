"""The page as a whole: the demos that come first, the door to all stages, what is on paper."""

import base64
import io

import pypdf
import pytest
from msgspec.structs import replace

from tests.addons.explore.ten import TEN, page_of
from tests.browser import show, sized
from tests.render.print import kits
from workshop.addons.explore.companion import WHERE, Explored, Section, door, drawn_once, picture, placed
from workshop.addons.explore.drawn import Words

pytestmark = pytest.mark.long
STARRED = ["trigram", "attention", "fine_tuning", "votes", "release_gate", "retrieval"]


# ---------------------------------------------------------------- markup
def test_a_picture_is_on_the_page_once_and_is_left_out_where_a_stage_has_none():
    made = kits.kit()
    marks = tuple(replace(mark, picture=mark.picture if mark.number == 1 else None) for mark in made.marks)
    html = drawn_once(kits.laid(replace(made, marks=marks)), picture(1) + picture(1) + picture(2))
    assert html.count('id="pic-1"') == (1 if marks[0].picture else 0)
    assert html.count('href="#pic-1"') == (2 if marks[0].picture else 0)
    assert "pic-2" not in html


def test_a_demo_names_the_slides_that_show_it_and_the_sheet_of_its_stage():
    made = kits.kit()
    (first, *others), (sheet, *_) = made.stages, made.sheets
    shown = replace(first, slides=tuple(replace(slide, runs=("toy",)) for slide in first.slides))
    made = replace(made, stages=(shown, *others), sheets=(replace(sheet, stage=first.id),))
    toy = Section(id="toy", stage=first.number, title="Toy", html=f"<p>a toy{WHERE}</p>", data="")
    numbers = [str(n) for n, slide in enumerate(made.slides, 1) if "toy" in slide.runs]
    told = placed(kits.laid(made), toy, Words("en"))
    slides = f"from slide {numbers[0]} on" if len(numbers) > 1 else f"slide {numbers[0]}"
    said = f"{slides}, sheet {sheet.id.partition('-')[0]}"
    assert told == f"<p>a toy, {said}</p>"
    other = replace(toy, id="other", stage=0)
    assert placed(kits.laid(made), other, Words("en")) == "<p>a toy</p>"


def test_each_stage_is_a_closed_door_to_its_other_demos_and_open_if_none_comes_first():
    made = kits.kit()
    demo = Section(id="votes", stage=made.marks[0].number, title="From votes", html="", data="")
    left = (("bias", "A skew", made.marks[0].number),)
    written = {"votes": "<p>here</p>"}
    alone = door(made, Explored(sections=(demo,), seed=0, elsewhere=left), written, Words("en"))
    first = door(made, Explored(sections=(demo,), seed=0, starred=frozenset({"votes"})), written, Words("en"))
    assert "<p>here</p>" in alone
    assert ' open=""' in alone
    assert '<p id="bias" class="measure">A skew (on the slides only)</p>' in alone
    assert "<p>here</p>" not in first
    assert '<a href="#votes">From votes</a>' in first
    assert " open" not in first.replace("opened", "")


def test_a_page_without_pictures_or_opened_demos_is_whole():
    whole = page_of(TEN)
    assert 'class="pic"' not in whole
    assert whole.count('<details class="stage" id="map-1" open="">') == 1
    assert all(f'id="{demo.name}"' in whole for demo in TEN)


# ---------------------------------------------------------------- in a browser


def demos_of(browser):
    return browser.execute_script("return [...document.querySelectorAll('.poke[data-kind]')].map(e => e.id)")


@pytest.mark.broad
def test_the_demos_of_the_slides_come_first_and_the_others_are_behind_the_door(browser, page):
    sized(browser, 1280)
    show(browser, page)
    before = "return [...document.querySelectorAll('main > .poke[data-kind]')].map(e => e.id)"
    assert browser.execute_script(before) == STARRED
    behind = "return [...document.querySelectorAll('#map .poke')].filter(e => e.checkVisibility()).length"
    assert browser.execute_script(behind) == 0
    assert browser.execute_script("return document.querySelectorAll('#map > details').length") == 8
    assert len(demos_of(browser)) == 25
    for link, stage in (("#collapse", 1), ("#map-5", 5), ("#bias", 8)):
        show(browser, page, link)
        assert browser.execute_script(f"return document.querySelector('#map-{stage}').open"), link
        shown = f"return document.querySelector('{link}').getBoundingClientRect().top < innerHeight"
        assert browser.execute_script(shown), link


@pytest.mark.broad
def test_each_stage_has_its_picture(browser, page):
    show(browser, page)
    wide = "return [...document.querySelectorAll('.stage > summary .pic use')].map(e => e.getBoundingClientRect().width > 10)"
    assert browser.execute_script(wide) == [True] * 8


def test_on_paper_there_is_only_what_was_touched_with_its_address(browser, page):
    def pages(link):
        show(browser, page, link)
        printed = browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"]
        leaves = pypdf.PdfReader(io.BytesIO(base64.b64decode(printed))).pages
        return [" ".join(leaf.extract_text().split()) for leaf in leaves]

    show(browser, page)
    browser.execute_script("sessionStorage.clear()")
    (touched,) = pages("#collapse?kept=0.3")
    assert "different sentences" in touched.lower()
    assert "explore.html#collapse?kept=0.3" in touched.replace(" ", "")
    assert "Train it yourself" not in touched
