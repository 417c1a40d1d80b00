"""The room's bets on the companion page: a line that the live room reads."""

import pytest
from msgspec.structs import replace

from tests.browser import show, sized, violations
from tests.layout.samples import kit, numbers, prose, slide
from workshop.addons.explore.drawn import Words
from workshop.addons.explore.room_line import room_section
from workshop.addons.live.course import Course
from workshop.addons.live.deck import BALLOT, BET, Deck, Item, Poll, Spot
from workshop.addons.live.typed import read_typed
from workshop.model.prints import Answer, Ballots, Round
from workshop.model.request import REMOTE, checked

WORDS = Words("en")


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


@pytest.mark.long
@pytest.mark.parametrize("width", [390, 1280])
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
