"""The front of the page: pictures, demos to begin with, the list of all, bets won; the page on paper and on a phone."""

import base64
import io
import re

import pypdf
import pytest
from msgspec.structs import replace

from tests.addons.explore.ten import TEN, page_of
from tests.browser import show, sized, until, violations
from tests.render.print import kits
from tests.tiers import few
from workshop.addons.explore.companion import Explored, Section, contents, drawn_once, picture, placed
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


def test_without_demos_that_slides_open_there_is_only_the_list():
    made = kits.kit()
    demo = Section(id="votes", stage=made.marks[0].number, title="From votes", html="", data="")
    plain = contents(made, Explored(sections=(demo,), seed=0), Words("en"))
    starred = contents(made, Explored(sections=(demo,), seed=0, starred=frozenset({"votes"})), Words("en"))
    assert (plain.count("From votes"), starred.count("From votes")) == (1, 2)


def test_a_demo_names_the_slides_that_show_it_and_the_sheet_of_its_stage():
    made = kits.kit()
    (first, *others), (sheet, *_) = made.stages, made.sheets
    shown = replace(first, slides=tuple(replace(slide, runs=("toy",)) for slide in first.slides))
    made = replace(made, stages=(shown, *others), sheets=(replace(sheet, stage=first.id),))
    toy = Section(id="toy", stage=first.number, title="Toy", html='<p class="stage">First</p><p>x</p>', data="")
    numbers = [str(n) for n, slide in enumerate(made.slides, 1) if "toy" in slide.runs]
    told = placed(kits.laid(made), toy, Words("en"))
    slides = f"from slide {numbers[0]} on" if len(numbers) > 1 else f"slide {numbers[0]}"
    said = f"{slides}, sheet {sheet.id.partition('-')[0]}"
    assert told == f'<p class="stage">First<span class="measure">{said}</span></p><p>x</p>'
    other = replace(toy, id="other", stage=0)
    assert placed(kits.laid(made), other, Words("en")) == other.html


# ---------------------------------------------------------------- in a browser
def test_the_first_screen_offers_the_demos_of_the_slides_and_lists_all(browser, page):
    sized(browser, 1280)
    show(browser, page)
    first = "return [...document.querySelectorAll('.contents .chip')].filter(e => e.getBoundingClientRect().bottom < innerHeight).map(e => e.hash.slice(1))"
    assert browser.execute_script(first) == STARRED
    listed = "return [...document.querySelectorAll('.contents .links a')].map(e => e.hash.slice(1))"
    demos = "return [...document.querySelectorAll('.poke:not(#map, #later)')].map(e => e.id)"
    assert browser.execute_script(listed) == browser.execute_script(demos)


def test_each_stage_has_its_picture_on_map_list_and_demos(browser, page):
    show(browser, page)
    browser.execute_script("document.querySelectorAll('details').forEach(e => { e.open = true; })")
    seen = "return [...document.querySelectorAll(arguments[0])].map(e => e.querySelector('.pic use').getBoundingClientRect().width > 10)"
    for selector, count in ((".tile", 8), (".contents h3", 8), (".poke:not(#map) .stage", 30)):
        assert browser.execute_script(seen, selector) == [True] * count, selector


def test_the_line_at_the_top_counts_the_bets_that_were_won_and_a_reload_keeps_it(browser, page):
    show(browser, page, "#collapse")
    assert browser.execute_script("return document.querySelector('[data-won]').hidden")
    bet = "const box = document.getElementById(arguments[0]); [...box.querySelectorAll('[data-radios=bet] input')][arguments[1]].click(); box.querySelector('[data-place]').click()"
    browser.execute_script(bet, "collapse", 0)
    told = "return [document.querySelector('[data-won]').textContent, ...['collapse', 'agent'].map(id => document.querySelector(`[data-segment=${id}]`).className)]"
    assert browser.execute_script(told) == ["Bets won: 0 of 1", "lost", ""]
    right = browser.execute_script(
        "const p = JSON.parse(document.getElementById('pokes').textContent).pokes.find(p => p.id === 'agent').parts[0]; return Object.keys(p.said).indexOf(p.truth)"
    )
    browser.execute_script(bet, "agent", right)
    assert browser.execute_script(told) == ["Bets won: 1 of 2", "lost", "won"]
    until(browser, "location.hash.includes('collapse.bet=')")
    browser.refresh()
    until(browser, "document.documentElement.dataset.ready")
    assert browser.execute_script(told) == ["Bets won: 1 of 2", "lost", "won"]


def test_a_bet_takes_the_whole_width_until_its_chart_needs_half_of_it(browser, page):
    sized(browser, 1280)
    show(browser, page, "#collapse")
    left = "return document.querySelector('#collapse [data-radios=bet]').getBoundingClientRect().left"
    assert browser.execute_script(left) > 1280 / 3
    browser.execute_script(
        "document.querySelector('#collapse [data-radios=bet] input').click(); document.querySelector('#collapse [data-place]').click()"
    )
    assert browser.execute_script(left) < 100
    chart = "return document.querySelector('#collapse figure').getBoundingClientRect().left"
    assert browser.execute_script(chart) > 1280 / 3


def test_on_paper_there_is_a_page_for_each_stage_and_for_what_was_turned(browser, page):
    def pages(link):
        show(browser, page, link)
        printed = browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"]
        return [
            " ".join(leaf.extract_text().split())
            for leaf in pypdf.PdfReader(io.BytesIO(base64.b64decode(printed))).pages
        ]

    untouched = pages("")
    assert len(untouched) == 8
    assert [re.search(r"(\d) [A-Z].*?What goes in", text)[1] for text in untouched] == list("12345678")
    assert "different sentences" not in " ".join(untouched)
    touched = pages("#collapse?kept=0.3")
    assert "different sentences" in " ".join(touched[8:])


# ---------------------------------------------------------------- on a phone
OPEN = """
document.querySelectorAll('[data-radios=bet]').forEach(bets => bets.querySelector('input').click());
document.querySelectorAll('.poke input[type=range]').forEach(e => { e.value = Number(e.min || 0) + 1; e.dispatchEvent(new Event('input')); });
document.querySelectorAll('[data-place], [data-check], [data-whole]').forEach(button => button.click());
"""
FAR = """
return [...document.querySelectorAll('.poke [data-part]')].flatMap(part => [...part.querySelectorAll('[data-slider], [data-steps]')].filter(e => e.checkVisibility()).map(control => {
  const bottom = [...part.querySelectorAll('figure:has(svg), .finding')].filter(e => e.checkVisibility()).map(e => e.getBoundingClientRect().bottom)[0];
  return [part.closest('.poke').id, Math.round(bottom - control.getBoundingClientRect().top)];
})).filter(([, far]) => far > arguments[0]);
"""
SMALL = """
return [...new Set([...document.querySelectorAll('figure svg[viewBox^="0 0 394"] text')].filter(e => e.textContent && e.checkVisibility())
  .filter(e => parseFloat(getComputedStyle(e).fontSize) * e.getScreenCTM().a < 13.9).map(e => e.closest('.poke').id))];
"""


def test_on_a_phone_a_control_and_what_it_changes_are_on_one_screen_and_charts_can_be_read(browser, page):
    sized(browser, 390, 844)
    show(browser, page)
    browser.execute_script(OPEN)
    assert browser.execute_script(FAR, 844 - 60) == []
    assert browser.execute_script(SMALL) == []
    sized(browser, 1280)


@pytest.mark.parametrize("theme", few(["light", "dark"], "dark"))
def test_axe_finds_nothing_in_the_open_list_and_the_line_of_bets(browser, page, theme):
    sized(browser, 390)
    show(browser, page, f"#collapse?theme={theme}")
    browser.execute_script(
        OPEN + "document.querySelectorAll('details').forEach(e => { e.open = true; }); scrollTo(0, 0)"
    )
    assert violations(browser) == []
    sized(browser, 1280)


def test_a_page_without_pictures_or_opened_demos_is_whole():
    whole = page_of(TEN)
    assert 'class="pic"' not in whole
    assert 'class="chip"' not in whole.split("<main>")[0]
    assert whole.split("<main>")[0].count("data-segment=") == len(TEN)
