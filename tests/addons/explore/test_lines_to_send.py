"""The questions for weeks after, as the last section of the companion page."""

import pytest
from msgspec.structs import replace

from tests.browser import show, sized, violations
from tests.layout.samples import kit, numbers, prose, slide
from tests.render.print.test_quiz import question
from tests.tiers import few
from workshop.addons.explore.drawn import Words
from workshop.addons.explore.explore_command import first_difference
from workshop.addons.explore.lines_to_send import later_section, room_section, verdicts
from workshop.addons.live.course import Course
from workshop.addons.live.deck import BALLOT, BET, Deck, Item, Poll, Spot
from workshop.addons.live.typed import read_typed
from workshop.model.check_letters import checked
from workshop.model.prints import Answer, Ballots, Round
from workshop.model.rooms import REMOTE

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


@pytest.mark.broad
@pytest.mark.long
@pytest.mark.parametrize("width", few([390, 1280], 390))
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


def a_bet(name, count, **more):
    options = ("options", (numbers(*(f"option {k}" for k in range(count))),))
    asked = slide("predict", f"{name}?", (("mode", (prose("Bet"),)), options), name=name.lower().replace(" ", "-"))
    return replace(asked, bet=name, **more)


def in_a_call():
    rounds = tuple(Round(number=n, question=(), short="", a=Answer("", ()), b=Answer("", ())) for n in (1, 2))
    ballots = Ballots(stage="one", title="Vote", rounds=rounds, codes=(checked(4, 1),))
    made = kit(a_bet("The crawl", 3), a_bet("Unseen things", 4, twice=True), a_bet("Later", 2, hidden=True))
    return replace(made, room=REMOTE, ballots=ballots)


def test_only_a_call_has_the_section_and_a_bet_that_is_placed_again_is_asked_twice():
    assert room_section(replace(in_a_call(), room="paper"), WORDS) == ""
    section = room_section(in_a_call(), WORDS)
    assert section.count("<select") == 5
    assert section.count('data-bet="unseen-things"') == 2
    assert "Later" not in section


@pytest.mark.broad
@pytest.mark.long
@pytest.mark.parametrize("width", few([390, 1280], 390))
def test_letters_make_a_line_that_the_room_reads_and_a_reload_keeps_them(browser, page, tmp_path, width):
    whole = page.read_text("utf-8").replace("</main>", room_section(in_a_call(), WORDS) + "</main>", 1)
    path = tmp_path / "call.html"
    path.write_text(whole, "utf-8")
    sized(browser, width)
    show(browser, path, "#room-bets")
    assert browser.execute_script(
        "return document.getElementById('room-bets').getBoundingClientRect().top < innerHeight"
    )
    for place, letter in ((0, "B"), (1, "A"), (2, "D"), (4, "B")):
        browser.find_element("id", f"room-{place}").send_keys(letter)
    browser.find_element("id", "room-who").send_keys("01E")
    said = "return document.getElementById('room-line').value"
    line = browser.execute_script(said)
    assert line == "01E the-crawl=B unseen-things=AD -B"
    assert violations(browser) == []
    browser.execute_async_script("setTimeout(arguments[0], 400)")  # the address is written a moment later
    browser.refresh()
    assert browser.execute_script(said) == line.replace("01E", "__")
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")


def test_the_room_reads_such_a_line():
    polls = [
        Poll(id=name, kind=BET, slide="one", name=said, items=(Item(id=name, text="", options=("",) * 4),), again=again)
        for name, said, again in (("crawl", "The crawl", False), ("unseen", "Unseen things", True))
    ]
    rounds = tuple(Item(id=f"round-{n}", text="", options=("", "")) for n in (1, 2))
    polls.append(Poll(id="vote", kind=BALLOT, slide="one", name="Vote", items=rounds))
    here = Deck(slides=(Spot(id="one", label="1", source="one"),), polls=tuple(polls), people=20, check=4)
    (line,) = read_typed("01E the-crawl=B unseen-things=AD -B", Course(deck=here))
    assert [(event.question, event.round, event.pick) for event in line.events] == [
        ("crawl", 1, "B"),
        ("unseen", 1, "A"),
        ("unseen", 2, "D"),
        ("round-2", 1, "B"),
    ]
