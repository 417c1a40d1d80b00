"""Totals of a show of hands: what is typed on the page, and what ``--votes`` makes of the same lines."""

from pathlib import Path

import pytest

from tests.addons.explore.ten import found, made, sections_of
from tests.browser import show, sized, until, violations
from workshop.addons.explore.explore_command import explore_page
from workshop.ai_models.demos.votes import votes
from workshop.errors import Report, WorkshopError
from workshop.inputs.ballots import Ballots, Pairs
from workshop.model.pokes import Hands, Pick
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry
from workshop.wording.formats import ratio

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
READ = "return [...document.querySelectorAll('#votes .kind')].map(e => [e.querySelector('.kname'), ...e.querySelectorAll('[data-number]')].map(e => e.textContent))"


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
    browser.execute_script("document.querySelector('#votes [value=hands]').click()")

    def type_(text: str) -> str:
        browser.execute_script(TYPE, text)
        return browser.execute_script("return document.querySelector('#votes [data-finding]').textContent")

    return type_


def built(kit_path, file: Path):
    """Return what ``--votes`` makes of a file: kind -> its reward and its share, as on slides."""
    data = kit_path / "data"
    rounds, ballots = Pairs.load(kit_path / "worlds" / "garden" / "ballots.yaml"), Ballots.load(file)
    run = votes.function(ballots=ballots, rounds=rounds, compare=Ballots.load(data / "ballots.csv"))
    rewards, policy = run.exhibits["scores"], run.exhibits["policy"]
    shares = dict(zip(policy.categories, policy.series[1].values, strict=True))
    return {
        kind: [ratio(reward), ratio(shares[kind])]
        for kind, reward in zip(rewards.categories, rewards.series[0].values, strict=True)
    }


@pytest.mark.parametrize("room", ROOMS)
def test_totals_typed_on_the_page_give_the_rewards_and_shares_of_the_slides(browser, typed, kit_path, tmp_path, room):
    typed(ROOMS[room])
    shown = {kind: [reward, share] for kind, reward, share in browser.execute_script(READ)}
    file = tmp_path / "ballots.txt"
    file.write_text(ROOMS[room] + "\n", "utf-8")
    assert shown == built(kit_path, file)


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
    assert built(kit_path, file) == {kind: numbers for kind, *numbers in before}
    assert [line.count(" ") for line in copied.split("\n")] == [2] * 6


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Type the totals"),
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
    assert [reward for _, reward, _ in browser.execute_script(READ)] == ["0.00"] * 4


def test_a_reload_and_a_link_bring_the_totals_back(browser, page, typed):
    typed(ROOMS["a room of 23"])
    shown = browser.execute_script(READ)
    until(browser, "location.hash.includes('who=hands') && location.hash.includes('totals=')")
    link = browser.execute_script("return document.querySelector('#votes .here').hash")
    browser.refresh()
    until(browser, "document.documentElement.dataset.ready")
    assert browser.execute_script(READ) == shown
    show(browser, page, link)
    assert browser.execute_script(READ) == shown


def test_the_kits_own_votes_are_not_named_as_the_basis_of_totals_that_were_typed(browser, typed):
    basis = "return [...document.querySelectorAll('#votes .mark, #votes [data-hands].measure')].map(e => e.checkVisibility())"
    typed(ROOMS["a room of 23"])
    assert browser.execute_script(basis) == [True, False]
    browser.execute_script("document.querySelector('#votes [value=me]').click()")
    assert browser.execute_script(basis) == [False, True]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_where_totals_are_typed(browser, page, theme):
    sized(browser, 390)
    show(browser, page, f"#votes?who=hands&totals=1 14 9&theme={theme}")
    assert violations(browser) == []
    sized(browser, 1280)


def test_a_browser_that_sums_differently_offers_no_totals(browser, page, tmp_path):
    other = tmp_path / "explore.html"
    text = page.read_text("utf-8")
    begin = text.index('"proof":')
    other.write_text(text[:begin] + text[begin:].replace('"out":["0.00"', '"out":["0.01"', 1), "utf-8")
    show(browser, other, "#votes?who=hands")
    assert not browser.execute_script("return document.querySelector('#votes [value=hands]').checkVisibility()")
    assert not browser.execute_script("return document.querySelector('#votes [data-totals]').checkVisibility()")
    assert browser.execute_script("return document.querySelector('#votes [data-warn]').checkVisibility()")
    assert "votes" in browser.execute_script("return document.querySelector('[data-checked]').textContent")


def outcome(picks, whose, facts):
    return {"Reward": {"plain": 0.0, "fancy": 0.0}, "Share": {"plain": 0.5, "fancy": 0.5}}


@pytest.mark.parametrize(
    ("hands", "words"),
    [
        (Hands(name="Hands", label="?", outcome=lambda *_: {"Reward": {"plain": 1.0}}), "there is no fact 'beta'"),
        (
            Hands(name="Hands", label="?", outcome=lambda *_: {"Reward": {"plain": 1.0}}, start="kinds", beta="times"),
            "other headings or kinds",
        ),
    ],
)
def test_totals_that_do_not_fit_the_picks_are_refused(hands, words):
    assert "kinds" in found().facts
    report = Report()
    sections_of((made("wrong", Pick("rounds", outcome, sets={"me": "Mine"}, label="?", hands=hands)),), report)
    with pytest.raises(WorkshopError, match=words):
        report.raise_if_errors()
