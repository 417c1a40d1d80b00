"""Tests of what the last row can read: results as large as the slide, and the way in, measured on the wall in a browser."""

import pytest

from tests.addons.live.lone_wall import wall_alone
from tests.browser import opened, sized, until, violations
from workshop.addons.live.course import Event
from workshop.addons.live.deck import BALLOT, BET, POLL, Deck, Item, Poll, Spot

pytestmark = [pytest.mark.long, pytest.mark.broad]
SIZES = ((1280, 720), (1920, 1080))
LONG = (
    "Two thirds of the pages, since most of what is written on the web is written to be found and not to be read",
    "Half of them, as everybody said before they looked at what was kept and what was thrown away by the filter",
    "Hardly any: it was all written by people who wanted to say something, and said it as well as they could",
    "None of it",
)
BET_TWICE = Poll(
    id="crawl",
    kind=BET,
    slide="crawl",
    name="The crawl",
    items=(Item(id="crawl", text="How much of what a crawler brings home from the web is rubbish?", options=LONG),),
    again=True,
)
ROUNDS = tuple(
    Item(id=f"round-{number}", text=f"{question}?", options=(LONG[0], LONG[1]))
    for number, question in enumerate(
        ("When may I use the ladder", "Will there be frost tonight", "Which mushrooms by the compost can I eat",
         "How old is the apple tree by the gate", "What do students pay", "Can I move a bee hive myself"), 1,
    )
)  # fmt: skip
VOTE = Poll(id="vote", kind=BALLOT, slide="vote", name="Which answer is better?", items=ROUNDS)
FACTS = Poll(
    id="facts",
    kind=POLL,
    slide="facts",
    name="Facts",
    items=(Item(id="facts", text="Which of five facts are false?", options=("False", "True", "Can’t tell")),),
    toy=(0.875, 0.125, -1.0),
)
WORD = "word:end"
ORDER = ("crawl", "vote", "facts", "end")
DECK = Deck(
    slides=tuple(Spot(id=name, label=str(k), source=name) for k, name in enumerate(ORDER, 1)),
    polls=(BET_TWICE, VOTE, FACTS),
    people=42,
)
WRONG = """
const [height] = arguments, stage = document.querySelector("#stage").getBoundingClientRect(), wrong = [];
for (const one of document.querySelectorAll("#result, #result *, #count, #where, #notice")) {
  if (!one.getClientRects().length) continue;
  const box = one.getBoundingClientRect(), name = `${one.tagName}.${one.className} ${one.textContent}`;
  const limit = one.closest("#result") ? stage : { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  if (box.left < limit.left - 1 || box.top < limit.top - 1 || box.right > limit.right + 1 || box.bottom > limit.bottom + 1) wrong.push(`outside: ${name}`);
  if (one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== "inline") wrong.push(`cut off: ${name}`);
  const text = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const least = one.matches(".bar b") ? 48 : 24;
  if (text && parseFloat(getComputedStyle(one).fontSize) < least * height / 720 - 0.01) wrong.push(`small: ${name}`);
}
return wrong;
"""
ROWS = "return [...document.querySelectorAll('#rows > li')].map((one) => one.innerText.replace(/\\s+/g, ' ').trim())"


class Wall:
    """The wall in a browser, and what happens in its room."""

    def __init__(self, browser, happens):
        self.browser, self._happens = browser, happens

    def do(self, event):
        script = "const [what, done] = arguments; fetch('../room/do', {method: 'POST', body: JSON.stringify(what)}).then((answer) => answer.json()).then(done)"
        assert self.browser.execute_async_script(script, {"event": event}) == {}

    def happens(self, what, **more):
        self._happens(Event(what=what, **more))

    def hands(self, item, **counts):
        for letter, count in counts.items():
            self.happens("hands", question=item, pick=letter, count=count, round=self.round)

    round = 1

    def until(self, condition):
        until(self.browser, condition)

    def wrong(self):
        found = []
        for width, height in SIZES:
            sized(self.browser, width, height)
            self.until(f"innerWidth === {width}")
            found += [f"{width}: {one}" for one in self.browser.execute_script(WRONG, height)]
            found += [f"{width}: {one}" for one in violations(self.browser)]
        return found

    def rows(self):
        return self.browser.execute_script(ROWS)


@pytest.fixture
def wall(tmp_path):
    with (
        opened(tmp_path / "profile") as browser,
        wall_alone(tmp_path / "room", DECK, {"crawl": "B"}, "Garten") as found,
    ):
        sized(browser, *SIZES[0])
        browser.get(found[0])
        until(browser, "document.body.dataset.phase")
        yield Wall(browser, found[1])


def told(wall, *, again=False, **counted):
    """Ask what is on the next slide, count hands, and show what they said."""
    wall.do("next")
    wall.do("open")
    wall.until("state.phase === 'open' && !document.querySelector('#count').hidden")
    assert wall.wrong() == []
    wall.round = 1
    for item, counts in counted.items():
        wall.hands(item.replace("_", "-"), **counts)
    wall.do("close")
    if again:
        wall.do("again")
        wall.round = 2
        wall.hands("crawl", A=3, B=31, C=1, D=0)
        wall.do("close")
    wall.until("state.phase === 'shut'")
    assert wall.rows() == []
    assert wall.wrong() == []
    wall.do("show")
    wall.until("state.phase === 'told' && document.querySelector('#rows').children.length")


def test_results_fill_the_slide_at_two_sizes_and_nothing_of_them_is_cut_off_or_small(wall):
    told(wall, again=True, crawl={"A": 20, "B": 12, "C": 3, "D": 0})
    assert wall.wrong() == []
    assert wall.rows()[1] == f"B ✓ {LONG[1]} before 12 after talk 31"
    shares = "return [...document.querySelectorAll('.track i')].map((one) => one.style.width)"
    assert wall.browser.execute_script(shares) == ["57%", "9%", "34%", "89%", "9%", "3%", "0%", "0%"]
    told(wall, **{f"round_{number}": {"A": 40 - number, "B": number} for number in range(1, 7)})
    assert wall.wrong() == []
    assert wall.rows()[5] == f"6 {ROUNDS[5].text} A 34 B 6"
    told(wall, facts={"A": 30, "B": 10, "C": 2})
    assert wall.wrong() == []
    assert wall.rows() == ["A False toy 88% you 30", "B True toy 13% you 10", "C Can’t tell toy – you 2"]


def test_the_way_in_stays_in_a_corner_until_it_is_taken_away_and_is_large_again_at_a_key(wall):
    seen = "return ['#lobby', '#corner', '#shown'].filter((one) => document.querySelector(one).getClientRects().length)"
    assert wall.browser.execute_script(seen) == ["#lobby"]
    width = wall.browser.execute_script("return document.querySelector('.code img').getBoundingClientRect().width")
    assert width / 1280 == pytest.approx(5 / 13.3, abs=0.002)
    wall.happens("seat", seat="07", device="a")
    wall.until("document.querySelectorAll('#places .lit').length === 1")
    assert wall.browser.execute_script("return document.querySelector('#places .lit').textContent") == "7"
    assert wall.wrong() == []
    wall.do("next")
    wall.until("!document.querySelector('#corner').hidden")
    assert wall.browser.execute_script(seen) == ["#corner", "#shown"]
    address = "return document.querySelector('#where').textContent"
    assert wall.browser.execute_script(address) == "192.168.178.40:8080/k7qd2m"
    press = "dispatchEvent(new KeyboardEvent('keydown', {key: arguments[0]}))"
    for key, there in (
        ("l", ["#lobby"]),
        ("l", ["#corner", "#shown"]),
        ("q", ["#shown"]),
        ("q", ["#corner", "#shown"]),
    ):
        before = wall.browser.execute_script("return state.number")
        wall.browser.execute_script(press, key)
        wall.until(f"state.number > {before} && document.body.dataset.state > {before}")
        assert wall.browser.execute_script(seen) == there, key
    wall.do("pause")
    wall.until("document.querySelector('#name').textContent === 'A short break'")
    assert wall.browser.execute_script(seen) == ["#lobby"]
    assert wall.wrong() == []
