"""Picks, and totals of a show of hands: what is typed on the page, and what ``--votes`` makes of the same lines."""

from pathlib import Path

import pytest

from tests.addons.explore.ten import made, outcome, sections_of
from tests.browser import show, sized, until, violations
from workshop.addons.explore.explore_command import explore_page
from workshop.addons.explore.picks import shared_out
from workshop.ai_models.demos.votes import votes
from workshop.ai_models.parts.voting import voted
from workshop.errors import Report, WorkshopError
from workshop.inputs.ballots import Ballots, Pairs
from workshop.model.pokes import Pick
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry
from workshop.wording.formats import percent

pytestmark = pytest.mark.long
ROOMS = {
    "a room of 23": "1 14 9\n2 20 3\n3 2 21\n4 10 13\n5 12 11\n6 10 13",
    "ties everywhere": "1 8 8\n2 8 8\n3 8 8\n4 8 8\n5 8 8\n6 8 8",
    "all of one mind": "1 24 0\n2 24 0\n3 0 24\n4 0 24\n5 24 0\n6 0 24",
    "all of one mind, round in a circle": "1 24 0\n2 24 0\n3 24 0\n4 24 0\n5 24 0\n6 24 0",
    "two numbers per row": "9 3\n10 2\n0 12\n1 11\n6 6\n5 7",
    "rounds without votes": "1 0 0\n2 8 15\n3 4 19\n4 0 23\n5 11 12\n6 0 0",
    "only three rounds": "3 4 19\n1 15 8\n2 8 15",
    "two tables": "1 4 3\n2 5 2\n3 0 7\n4 1 6\n5 3 4\n6 2 5\n" * 2,
    "a large room, as people write": "round 1: 812-188 // hall 1\nround 2: 700 to 300\n3, 90, 910\n4) 480 520\n5: 500-500\n6 333/667",
}
TYPE = """
const [text, area] = [arguments[0], document.querySelector('#votes [data-totals]')];
area.value = text; area.dispatchEvent(new Event('input'));
"""
READ = "return [...document.querySelectorAll('#votes [data-kinds]>li')].map(e => [e.querySelector('.kname'), e.querySelector('[data-number]')].map(e => e.textContent))"


@pytest.fixture(scope="module")
def page(kit_path, cache, tmp_path_factory) -> Path:
    """The page with the votes alone."""
    request = Request(cache=cache, extra={"explore": {"demos": ("votes",)}})
    path = tmp_path_factory.mktemp("votes") / "explore.html"
    path.write_bytes(explore_page(kit_path, request, standard_registry(), base=kit_path)[0])
    return path


@pytest.fixture
def typed(browser, page):
    """Open the field, and return what types into it and gives back what is said."""
    show(browser, page, "#votes")

    def type_(text: str) -> str:
        browser.execute_script(TYPE, text)
        return browser.execute_script("return document.querySelector('#votes [data-finding]').textContent")

    return type_


def built(kit_path, file: Path):
    """Return what ``--votes`` makes of a file: kind -> its share."""
    data = kit_path / "data"
    rounds, ballots = Pairs.load(kit_path / "worlds" / "garden" / "ballots.yaml"), Ballots.load(file)
    run = votes.function(ballots=ballots, rounds=rounds, compare=Ballots.load(data / "ballots.csv"))
    policy = run.exhibits["policy"]
    return {kind: percent(share) for kind, share in zip(policy.categories, policy.series[1].values, strict=True)}


@pytest.mark.broad
@pytest.mark.parametrize("room", ROOMS)
def test_totals_typed_on_the_page_give_the_shares_of_the_slides(browser, typed, kit_path, tmp_path, room):
    typed(ROOMS[room])
    shown = dict(browser.execute_script(READ))
    file = tmp_path / "ballots.txt"
    file.write_text(ROOMS[room] + "\n", "utf-8")
    assert shown == built(kit_path, file)


@pytest.mark.broad
@pytest.mark.parametrize("room", ["two numbers per row", "a large room, as people write"])
def test_what_is_copied_for_the_deck_is_read_there_as_the_same_votes(browser, typed, kit_path, tmp_path, room):
    typed(ROOMS[room])
    before = browser.execute_script(READ)
    browser.execute_script("document.querySelector('#votes [data-copy]').click()")
    until(browser, "/build with --votes/.test(document.querySelector('#votes [data-finding]').textContent)")
    copied = browser.execute_script(
        "const a = document.querySelector('#votes [data-totals]'); return a.value.slice(a.selectionStart, a.selectionEnd)"
    )
    file = tmp_path / "ballots.txt"
    file.write_text(copied + "\n", "utf-8")
    assert built(kit_path, file) == dict(before)
    assert [line.count(" ") for line in copied.split("\n")] == [2] * 6


@pytest.mark.broad
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "No picks yet"),
        (
            "1 14 9\n2 x 3",
            "× Line 2, “2 x 3”, isn’t a total. Write the round, the hands for A and the hands for B: 1 14 9.",
        ),
        ("7 3 4", "× Line 1: there is no round 7."),
        ("1 3 4\n2 5 5\n1 1 1", "× The last block has 1 of 2 rounds."),
        ("1 3 4\n2 5 5\n1 4 3\n1 4 3", "× Line 4: round 1 is there already, and other rounds are missing."),
        ("1 3 4", "Votes in 1 of 6 rounds so far: “says not sure” was never compared with “cites a card”"),
        ("1 8 8\n2 8 8\n3 8 8", "48 votes in 3 of 6 rounds, and all kinds of answer are level"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_made_up(browser, typed, text, said):
    assert typed(text).startswith(said)
    assert [share for _, share in browser.execute_script(READ)] == ["15%", "40%", "20%", "25%"]


def test_a_reload_and_a_link_bring_the_totals_back(browser, page, typed):
    typed(ROOMS["a room of 23"])
    shown = browser.execute_script(READ)
    until(browser, "Object.values(sessionStorage).some(kept => kept.includes('totals'))")
    assert len(browser.execute_script("return location.hash")) <= 80
    link = browser.execute_script("return document.querySelector('#votes .here').hash")
    browser.refresh()
    until(browser, "document.documentElement.dataset.ready")
    assert browser.execute_script(READ) == shown
    show(browser, page, link)
    assert browser.execute_script(READ) == shown


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_where_totals_are_typed(browser, page, theme):
    sized(browser, 390)
    show(browser, page, f"?theme={theme}#votes?totals=1 14 9")
    assert violations(browser) == []
    sized(browser, 1280)


def test_a_browser_that_sums_differently_offers_no_totals(browser, page, tmp_path):
    other = tmp_path / "explore.html"
    text = page.read_text("utf-8")
    begin = text.index('"proof":')
    other.write_text(text[:begin] + text[begin:].replace('"out":["0.00"', '"out":["0.01"', 1), "utf-8")
    show(browser, other, "#votes")
    assert not browser.execute_script("return document.querySelector('#votes [data-totals]').checkVisibility()")
    assert browser.execute_script("return document.querySelector('#votes [data-warn]').checkVisibility()")
    assert "votes" in browser.execute_script("return document.querySelector('[data-checked]').textContent")


@pytest.mark.parametrize(
    ("poke", "words"),
    [
        (Pick("rounds", outcome, label="?", start="begin"), "there is no fact 'begin'"),
        (Pick("rounds", lambda *_: {"Share": {"plain": 1.0}}, label="?"), "isn't a score and a share for each kind"),
    ],
)
def test_an_outcome_that_does_not_fit_the_picks_is_refused(poke, words):
    report = Report()
    sections_of((made("wrong", poke),), report)
    with pytest.raises(WorkshopError, match=words):
        report.raise_if_errors()


@pytest.mark.parametrize("picks", ["", "A", "B", "AB", "ABABAB", "AAAAAA", "BBBBBB"])
def test_picks_move_the_shares_as_a_room_of_twelve_does_in_the_demo(browser, page, kit_path, picks):
    rounds = Pairs.load(kit_path / "worlds" / "garden" / "ballots.yaml")
    ballots = Ballots.load(kit_path / "data" / "ballots.csv")
    facts = votes.function(ballots=ballots, rounds=rounds, compare=ballots).facts
    totals = [(1 + 12 * (picks[n : n + 1] == "A"), 1 + 12 * (picks[n : n + 1] == "B")) for n in range(6)]
    _, shares = voted(totals, facts).values()
    show(browser, page, f"#votes?picks={picks}")
    assert dict(browser.execute_script(READ)) == {kind: percent(share) for kind, share in shares.items()}
    replies = "return [...document.querySelectorAll('#votes .reply')].map(e => e.textContent)"
    shown = browser.execute_script(replies)
    assert [shown.count(kind) for kind in shares] == shared_out(list(shares.values()), 20)


def test_a_pick_that_is_taken_back_leaves_the_replies_as_they_were(browser, page):
    replies = "return [...document.querySelectorAll('#votes .reply')].map(e => e.textContent)"
    show(browser, page, "#votes?picks=AB")
    before = browser.execute_script(replies)
    browser.execute_script("document.querySelector('#votes [data-pick=A]').click()")
    browser.execute_script("document.querySelector('#votes [data-undo]').click()")
    assert sorted(browser.execute_script(replies)) == sorted(before)
    assert text_of(browser).startswith("Pick 3 taken back: ")


def text_of(browser):
    return browser.execute_script("return document.querySelector('#votes [data-finding]').textContent")
