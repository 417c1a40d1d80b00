"""Every demo of the built-in kit's page, from its heading: what is in sight, what the first tap changes, what keeps its place."""

import io

import numpy as np
import pytest
from PIL import Image

from tests.browser import show, sized
from tests.tiers import few

pytestmark = pytest.mark.long
SIZES = few([(1280, 800), (390, 844), (390, 664)], (390, 664))
STILL = {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]}  # settled at once
WORDS, SEEN, CHANGED = 30, 0.9, 0.02
FAR = 60  # a pixel has changed if its three colours differ by more than this in all, of 765
TO = """
const box = document.getElementById(arguments[0]);
for (let around = box; around; around = around.parentElement) if (around.tagName === 'DETAILS') around.open = true;
scrollTo({ top: box.querySelector('h2').getBoundingClientRect().top + scrollY, behavior: 'instant' });
const control = [...box.querySelectorAll('.control :is(button, input)')].find(e => e.checkVisibility());
const { top, bottom } = (control.closest('label') || control).getBoundingClientRect(), picture = box.querySelector('.picture').getBoundingClientRect();
const walk = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
let words = 0;
while (walk.nextNode()) {
  const text = walk.currentNode;
  if (!text.parentElement.closest('.picture, p.stage') && control.compareDocumentPosition(text) & 2 && text.parentElement.checkVisibility()) words += (text.textContent.match(/\\S+/g) || []).length;
}
return { control: [top, bottom], words, picture: [picture.left, picture.top, picture.right, picture.bottom] };
"""
TAP = """
const control = document.querySelector(`#${arguments[0]} .control`), offered = [...control.querySelectorAll('.chip:not([aria-pressed=true])')];
const first = [...control.querySelectorAll('button:not([aria-disabled=true], [data-step="-1"]), input:not([type=range], [type=text], :checked)')].find(e => e.checkVisibility());
const before = scrollY;
(offered[1] || first).click();
return new Promise(done => requestAnimationFrame(() => setTimeout(() => done(scrollY - before), 60)));
"""
# In every state that a control can be turned to: what is typed, picked and put into order is turned a few times.
# What is under a sentence that answers a typed question follows its length.
PLACES = """
const box = document.getElementById(arguments[0]), part = box.querySelector('[data-part="0"]');
const all = [part.querySelector('.control'), ...part.querySelectorAll('.control :is(button, input)'), ...part.querySelectorAll(':scope:not(.k-ask) > .more > details > summary')].filter(e => e.checkVisibility());
const rows = [], note = () => rows.push(all.map(e => e.getBoundingClientRect().top - box.getBoundingClientRect().top).sort((a, b) => a - b)); // cards that change places keep these
note();
part.querySelectorAll('.control input[type=range]').forEach(range => { for (let v = 0; v <= +range.max; v++) { range.value = v; range.dispatchEvent(new Event('input')); note(); } });
part.querySelectorAll('.control input[type=radio]').forEach(radio => { radio.click(); note(); });
for (let k = 0; k < 8; k++) for (const button of part.querySelectorAll('.control button:not([data-step]), .control [data-next]')) { button.click(); note(); }
return [rows.length, Math.max(...all.map((_, k) => Math.max(...rows.map(row => row[k])) - Math.min(...rows.map(row => row[k]))))];
"""


def pixels(browser, box):
    """Return what is seen of a box, as rows of pixels of three colours."""
    seen = Image.open(io.BytesIO(browser.get_screenshot_as_png())).convert("RGB")
    left, top, right, bottom = (max(0, round(edge)) for edge in box)
    return np.asarray(seen.crop((left, top, min(right, seen.width), min(bottom, seen.height))), int)


@pytest.fixture
def demos(browser, page, size):
    """The demos of the page, which is open anew at a size, with nothing that moves."""
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", STILL)
    sized(browser, *size)
    show(browser, page)
    browser.execute_script("sessionStorage.clear()")  # what a test before this one turned may have been kept late
    show(browser, page)
    yield browser.execute_script("return [...document.querySelectorAll('.poke[data-kind]')].map(e => e.id)")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


@pytest.mark.broad
@pytest.mark.parametrize("size", SIZES)
def test_one_tap_changes_the_picture_in_sight(browser, demos, size):
    _, height = size
    wrong = {}
    for demo in demos:
        found = browser.execute_script(TO, demo)
        top, bottom = found["control"]
        _, upper, _, lower = found["picture"]
        before = pixels(browser, found["picture"])
        scrolled = browser.execute_script(TAP, demo)
        after = pixels(browser, found["picture"])
        measured = {
            "control in the window": top >= 0 and bottom <= height + 0.5,
            f"{found['words']} words before it": found["words"] <= WORDS,
            "picture in sight": min(lower, height) - max(upper, 0) >= SEEN * (lower - upper),
            "it scrolls": scrolled == 0,
            "share that changed": (np.abs(after - before).sum(axis=2) > FAR).mean() >= CHANGED,
        }
        wrong |= {demo: [what for what, good in measured.items() if not good]} if not all(measured.values()) else {}
    assert wrong == {}


@pytest.mark.broad
@pytest.mark.parametrize("size", SIZES)
def test_controls_keep_their_place_in_all_states(browser, demos, size):
    browser.execute_script("document.querySelectorAll('#map > details').forEach(e => { e.open = true; })")
    moved = {demo: browser.execute_script(PLACES, demo) for demo in demos}
    assert len(moved) == 25
    assert {demo: far for demo, (_, far) in moved.items() if far > 1} == {}
    assert sum(states for states, _ in moved.values()) > 200


# Too far by the height of the first part's picture: its control is the next thing in the window
PAST = """
const part = document.getElementById(arguments[0]).querySelector('[data-part="0"]'), picture = part.querySelector('.picture'), below = part.querySelector('.do');
scrollTo({ top: below.querySelector('.control').getBoundingClientRect().top + scrollY - 20, behavior: 'instant' });
return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
  const over = picture.getBoundingClientRect().bottom - below.querySelector('.control').getBoundingClientRect().top;
  done([picture.offsetHeight + below.offsetHeight, over]);
})));
"""


@pytest.mark.parametrize("size", SIZES[1:])
def test_a_picture_that_is_seen_together_with_its_control_never_lies_over_it(browser, demos, size):
    browser.execute_script("document.querySelectorAll('#map > details').forEach(e => { e.open = true; })")
    found = {demo: browser.execute_script(PAST, demo) for demo in demos}
    fit = {demo: over for demo, (high, over) in found.items() if high <= size[1]}
    assert len(fit) > 20 if size[1] > 800 else fit
    assert {demo: over for demo, over in fit.items() if over > 1} == {}
