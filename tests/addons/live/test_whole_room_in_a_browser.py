"""Goes through the built-in kit's 180 minutes in a real room: phones with touch, the wall, the remote, the app, and what goes wrong there."""

import csv
import sqlite3
from collections import Counter
from contextlib import ExitStack, closing

import msgspec
import pytest

from tests.addons.live.test_room_in_a_browser import OFFLINE, ONLINE, Home, Page, Phone
from tests.addons.preview.test_in_a_browser import started
from tests.browser import opened, sized, until, violations
from workshop.addons.live.deck import Deck

pytestmark = [pytest.mark.long, pytest.mark.slow]
VIEWS = (("light", 1280), ("dark", 1280), ("light", 320), ("dark", 320))
POST = "const [path, what, done] = arguments; fetch(path, {method: 'POST', body: JSON.stringify(what)}).then((answer) => answer.json()).then(done)"
RELOADS, OFF, CRASHES, JOINS = 1, 2, 4, 3  # at which poll


def fine(page, *, state):
    """Find no barrier, in light and in dark, wide and narrow, and nothing that has to be scrolled sideways."""
    page.browser.switch_to.window(page.window)
    for scheme, width in VIEWS:
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        page.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        sized(page.browser, width, page.size[1])
        assert violations(page.browser) == [], (type(page).__name__, state, scheme, width)
        assert page.run("return document.documentElement.scrollWidth <= innerWidth"), (state, width)
    page.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    sized(page.browser, *page.size)


class Guest(Phone):
    """A phone whose owner answers by a rule: the letter after the last one."""

    def __init__(self, browser, address, code):
        super().__init__(browser, address)
        self.code, self.given, self.turn = code, {}, 0

    def sit(self, *, waits=False):
        self.until("document.querySelector('#code')")
        self.run(
            "document.querySelector('#code').value = arguments[0]; document.querySelector('#inside form').requestSubmit()",
            self.code,
        )
        self.until("state.door" if waits else "state.seat")

    def answer(self):
        """Answer every question of what is open, and note what was answered once the page says that it is in."""
        self.until("state.phase === 'open' && document.querySelector('.pick')")
        items = self.run("return state.poll.items.map(({ id, options }) => [id, options.length])")
        round_ = self.run("return state.round")
        for number, (name, options) in enumerate(items, 1):
            if len(items) > 1:
                self.until(f"document.body.textContent.includes('Question {number} of {len(items)}')")
            pick, self.turn = self.turn % options, self.turn + 1
            self.run("document.querySelectorAll('.pick')[arguments[0]].click()", pick)
            self.says("Your answer is in.")
            self.given[name, round_] = "ABCDEFGH"[pick]
            if number < len(items):
                self.click(".turns .main")


class Room:
    """The app, and everybody who looks at it."""

    def __init__(self, ends, folder, cache):
        self.ends, self.folder, self.cache = ends, folder, cache
        self.browser = ends.enter_context(opened(folder / "laptop"))
        self.home, self.bets = None, {}

    def start(self):
        self.app, self.own = self.ends.enter_context(
            started("--folder", self.folder / "Workshops", cache=self.cache, command="app")
        )
        if self.home is None:
            self.home = Home(self.browser)
        self.home.run("return 1")
        sized(self.browser, 1280, 800)
        self.browser.get(self.own)
        until(self.browser, "state.number >= 0")

    def post(self, path, **what):
        self.home.run("return 1")
        return self.browser.execute_async_script(POST, path, what)

    def open(self):
        assert self.post("room/open", host="127.0.0.1", wifi="Garten") == {}
        until(self.browser, "state.room")
        room = self.browser.execute_script("return state.room")
        self.address = f"http://{room['address']}"
        self.wall = Page(self.browser, f"{self.own}wall/", 1280, 720)
        self.remote = Page(self.browser, room["remote"], 390, 844)

    def press(self, event):
        """Press the remote's button, and wait until the remote shows what follows."""
        self.remote.until(f"document.querySelector('#bar [data-do={event}]')")
        before = self.remote.run("return state.number")
        self.remote.click(f"#bar [data-do={event}]")
        self.remote.until(f"state.number > {before}")

    @property
    def ledger(self):
        (path,) = self.folder.glob("Workshops/*/room/*.db")
        return path

    def code(self, number):
        """Return what is on the tag of a number."""
        with closing(sqlite3.connect(self.ledger)) as file:
            ((deck,),) = file.execute("SELECT deck FROM events ORDER BY n LIMIT 1")
        return msgspec.json.decode(deck, type=Deck).code(number)

    def crash(self):
        self.app.kill()
        self.app.wait()
        for page in (self.wall, self.remote):
            page.run("return 1")
            self.browser.close()
        self.start()
        assert self.post("open", name=self.ledger.parents[1].name) == {}
        self.open()


def recounted(path):
    """Return (question, round) -> letter -> people from the rows of the room's file alone."""
    with closing(sqlite3.connect(path)) as file:
        rows = file.execute(
            "SELECT seat, question, round, pick FROM events WHERE what = 'answer' ORDER BY n"
        ).fetchall()
        hands = file.execute(
            "SELECT question, round, pick, count FROM events WHERE what = 'hands' ORDER BY n"
        ).fetchall()
    found = {}
    for (question, round_, _), pick in {(q, r, seat): pick for seat, q, r, pick in rows}.items():
        found.setdefault((question, round_), Counter())[pick] += 1
    for (question, round_, pick), count in {(q, r, pick): count for q, r, pick, count in hands}.items():
        found.setdefault((question, round_), Counter())[pick] += count
    return found


def table(path):
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_a_whole_workshop_of_180_minutes_with_all_that_goes_wrong_in_a_room(tmp_path, cache):
    with ExitStack() as ends:
        room = Room(ends, tmp_path, cache)
        room.start()
        assert room.post("open", kit="") == {}
        assert room.post("form", people=12)["total"] == 180
        room.open()
        chromes = [ends.enter_context(opened(tmp_path / f"phone-{k}")) for k in range(3)]
        guests = [Guest(chrome, room.address, room.code(k)) for k, chrome in enumerate(chromes, 1)]
        for page, state in ((guests[0], "seat"), (room.wall, "lobby"), (room.remote, "lobby"), (room.home, "teach")):
            fine(page, state=state)
        guests[0].sit()
        guests[1].sit(waits=True)
        room.remote.click("#asks .main")
        guests[1].until("state.seat")
        fine(guests[0], state="waits")
        room.wall.says("2 are in")
        looked, polls, slides, raised = set(), 0, 0, {}
        room.press("next")
        while not room.remote.run("return state.last && !state.next_poll && state.phase === 'shown'"):
            if room.remote.run("return state.next_poll"):
                hold(room, guests, polls, looked, raised)
                polls += 1
            room.press("next")
            slides += 1
        room.remote.click("#bar [data-do=end]")
        room.remote.says("Yes, end it for everybody")
        room.remote.click("#bar [data-do=end]")
        guests[0].says("Your line")
        for page in (guests[0], room.wall, room.remote):
            fine(page, state="ended")
        assert polls > 13
        assert slides > 80
        check(room, guests, raised)


def hold(room, guests, number, looked, raised):
    """Ask what the slide asks, and let go wrong what goes wrong at this poll."""
    room.press("open")
    kind = room.remote.run("return state.poll.kind")
    first = kind not in looked
    looked.add(kind)
    if first:
        guests[0].until("document.querySelector('.pick')")
        for page in (guests[0], room.wall, room.remote):
            fine(page, state=f"{kind} open")
    if number == JOINS:  # the address has its yes
        guests[2].sit()
    here = [guest for guest in guests if guest.run("return state.seat")]
    if number == OFF:
        here.remove(guests[1])
        guests[1].network(OFFLINE)
        guests[1].until("!document.querySelector('#lost').hidden")
        fine(guests[1], state="lost")
    for guest in here:
        guest.answer()
    if kind == "bet":
        room.remote.click("#rows .hand:first-child button:last-child")
        item = room.remote.run("return state.poll.items[0].id")
        raised[item, 1] = Counter(
            [room.remote.run("return document.querySelector('#rows .hand:first-child b').textContent")]
        )
        room.remote.until("document.querySelector('#rows .hand:first-child output').textContent === '1'")
        room.bets[room.remote.run("return state.poll.name")] = item
    if number == RELOADS:
        guests[0].browser.refresh()
        guests[0].until("document.querySelector('.pick[aria-pressed=true]') || state.phase !== 'open'")
    if number == CRASHES:
        room.crash()
        for guest in here:
            guest.until("document.querySelector('#lost').hidden && state.phase === 'open'")
    if first:
        fine(guests[0], state=f"{kind} answered")
    room.press("close")
    guests[0].says("It’s closed. Look at the wall.")
    assert "✓" not in room.wall.run("return document.querySelector('#rows').textContent")
    if number == OFF:
        guests[1].network(ONLINE)
        guests[1].says("It’s closed. Look at the wall.")
    if first:
        for page in (guests[0], room.wall, room.remote):
            fine(page, state=f"{kind} closed")
    room.press("show")
    if first:
        for page in (guests[0], room.wall, room.remote):
            fine(page, state=f"{kind} told")


def check(room, guests, raised):
    """Freeze the room; every count in the tables is that of the log, and that of what was tapped."""
    assert room.post("after/freeze") == {}
    until(room.browser, "state.after.job && state.after.job.state !== 'running'")
    assert room.browser.execute_script("return state.after.job.state") == "done"
    room.home.run("document.querySelector('#to-after').click()")
    room.home.until("!document.querySelector('#after').hidden")
    fine(room.home, state="afterwards")
    log, tapped = recounted(room.ledger), dict(raised)
    for guest in guests:
        for asked, pick in guest.given.items():
            tapped[asked] = tapped.get(asked, Counter()) + Counter([pick])
    assert log == tapped
    after = room.ledger.parents[1] / "after"
    names = {item: name for name, item in room.bets.items()}
    counted = {
        (row["bet"], int(row["round"])): {letter: int(row[letter]) for letter in "ABCD" if row[letter]}
        for row in table(after / "bets.csv")
    }
    assert counted.keys() == {(names[item], round_) for item, round_ in log if item in names}
    for (name, round_), letters in counted.items():
        assert Counter(letters) == log[room.bets[name], round_]
    for row in table(after / "ballots.csv"):
        votes = log[f"round-{row['round']}", 1]
        assert (int(row["a"]), int(row["b"])) == (votes["A"], votes["B"])
    sheets = Counter()
    for row in table(after / "quiz.csv"):
        asked = [name for name in row if name.isdecimal() and row[name] != "-"]
        sheets.update((f"{row['when']}-{name}", row[name].removesuffix("!")) for name in asked)
    assert sheets == Counter(
        {
            (item, pick): count
            for (item, _), picks in log.items()
            for pick, count in picks.items()
            if item[-2] == "-" and "round" not in item
        }
    )
    assert sum(sheets.values()) > 0
