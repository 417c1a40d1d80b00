"""The questions for weeks after, as the last section of the companion page."""

import pytest

from tests.browser import show, sized, violations
from tests.render.print.test_quiz import question
from workshop.addons.explore.compare import first_difference
from workshop.addons.explore.drawn import Words
from workshop.addons.explore.later import later_section, verdicts

WORDS = Words("en")
ASKED = (question(1), question(5, right=3))
STATE = """
const box = document.getElementById('later');
return [[...box.querySelectorAll('[data-verdict]')].map(e => e.checkVisibility() ? e.textContent : ''), box.querySelector('[data-line]').value];
"""
CHOOSE = """
const box = document.querySelectorAll('#later [data-later]')[arguments[0]];
box.querySelectorAll('input')[arguments[1]].click();
if (arguments[2]) box.querySelector('[data-answer]').click();
"""


def test_without_questions_there_is_no_section():
    assert later_section((), WORDS) == ""


def test_the_right_answer_leaves_no_trace_in_the_section():
    assert later_section(ASKED, WORDS) == later_section((question(1, right=2), question(5)), WORDS)


def test_a_wrong_answer_is_told_the_right_one_and_the_idea_behind_it():
    first, second = verdicts(ASKED, WORDS)
    assert [told.startswith("+") for told in (*first, *second)] == [n in (1, 7) for n in range(8)]
    assert first[2] == "Not quite. The idea behind it: “belief 1 2”. Right is “From its weights”."


def test_a_page_for_another_plan_is_still_what_the_runs_find():
    kept, fresh = ({"seed": 0, "pokes": [], "later": [[letter]]} for letter in "ab")
    assert first_difference(kept, fresh) == ""


@pytest.mark.long
@pytest.mark.parametrize("width", [390, 1280])
def test_answers_have_their_verdict_and_make_a_line_to_send(browser, page, width):
    sized(browser, width)
    show(browser, page, "#later")
    assert browser.execute_script("return document.getElementById('later').getBoundingClientRect().top < innerHeight")
    browser.execute_script(CHOOSE, 0, 1, False)
    assert browser.execute_script(STATE) == [["", "", "", ""], "__ ----"]  # choosing isn't answering yet
    browser.execute_script(CHOOSE, 0, 0, True)
    browser.execute_script(CHOOSE, 2, 3, True)
    who = browser.find_element("id", "later-who")
    who.send_keys("07")
    told, line = browser.execute_script(STATE)
    assert line == "07 A-D-"
    assert told[0] == "That’s right."
    assert told[2] == ("Not quite. The idea behind it: “rare means never”. Right is “At least one, with 63%”.")
    assert told[1] == told[3] == ""
    browser.execute_script(CHOOSE, 0, 2, True)
    assert browser.execute_script(STATE)[1] == line  # an answer stays as it was given
    assert violations(browser) == []
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    printed = browser.execute_script(STATE)[0]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert printed == told  # what was answered is printed
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
