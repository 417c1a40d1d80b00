"""A whole workshop of 180 minutes with 24 people, as the room's own code runs it: phones, paper and hands, and what goes wrong."""

from __future__ import annotations

import asyncio
import random
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from tests.contract import kits
from workshop.addons.live.course import Event, Refused
from workshop.addons.live.deck import BALLOT, BET, NUMBER, POLL, QUIZ, Deck, Poll
from workshop.addons.live.freeze import freeze
from workshop.addons.live.known import AGAIN, advice, phone, remote, wall
from workshop.addons.live.leave_out import leave_out
from workshop.addons.live.questions import told_deck
from workshop.addons.live.room import Room
from workshop.ai_models.register import kit_folder
from workshop.build import build, prepare
from workshop.inputs.ballot_forms import count_ballots
from workshop.inputs.came_back import read_bets
from workshop.layout.laid import LaidOut, LaidShapes, LaidSlide
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry

pytestmark = pytest.mark.broad
AUDIENCE = "general"
PEOPLE, ON_PAPER, HANDS = 24, 5, 3  # the rest has phones
OFFLINE = "11J"


@pytest.fixture(scope="module")
def laid(cache: Path) -> LaidOut:
    return kits.laid_out(AUDIENCE, None, cache)[0]


class Rehearsal:
    """Plays a room: each person has a will of their own, by a fixed seed."""

    def __init__(self, laid: LaidOut, folder: Path) -> None:
        told = told_deck(laid)
        self.deck = msgspec.convert(told["deck"], Deck)
        self.right = told["right"]
        self.path = folder / "room.db"
        self.now = 0.0
        self.rng = random.Random(7)
        codes = [self.deck.code(number) for number in range(1, PEOPLE + 1)]
        self.paper = codes[:ON_PAPER]
        self.phones = {code: f"phone of {code}" for code in codes[ON_PAPER : PEOPLE - HANDS]}
        self.seen: list[tuple[str, str]] = []

    async def run(self) -> Room:
        await self.open(self.deck)
        late = list(self.phones)[-1]
        for code, device in self.phones.items():
            if code != late:
                assert await self.room.sit(code, device) == code
        await self.do("next")
        asked = 0
        while True:
            course = self.room.course
            poll = self.deck.on(course.slide)
            if poll is not None and poll.id not in course.told:
                asked += 1
                await self.ask(poll)
                if asked == 2:
                    assert await self.room.sit(late, self.phones[late]) == late
                if asked == 4:
                    assert await self.room.sit("", self.phones[late]) == late  # a reload keeps the seat
                if asked == 6:
                    await self.crash()
            else:
                spot = self.deck.slides[self.deck.places[course.slide]]
                self.now += 60 * spot.minutes
            try:
                await self.do("next")
            except Refused:
                break
        await self.do("end")
        return self.room

    async def open(self, deck: Deck | None) -> None:
        self.room = Room(self.path, deck, self.right, clock=lambda: 1000.0 + self.now)
        self.writing = asyncio.create_task(self.room.run())

    async def crash(self) -> None:
        """Lose the server: what is on the disk at this moment is all that is left."""
        before = self.room.course
        copied = self.path.with_name("left.db")
        for suffix in ("", "-wal"):
            if (here := Path(f"{self.path}{suffix}")).exists():
                shutil.copy(here, f"{copied}{suffix}")
        self.writing.cancel()
        self.path = copied
        await self.open(None)
        assert self.room.course == before
        assert all(self.room.course.seat_of(device) for device in self.phones.values())

    async def do(self, what: str) -> None:
        await self.room.take(Event(what=what))

    async def ask(self, poll: Poll) -> None:
        await self.do("open")
        await self.answers(poll, 1)
        await self.do("close")
        self.hidden(poll)
        if poll.again:
            assert advice(self.room.course, self.right)
            await self.do("again")
            await self.answers(poll, 2)
            await self.do("close")
            self.hidden(poll)
        await self.do("show")
        if poll.kind == BET:
            assert wall(self.room.course, self.right)["right"] == {poll.items[0].id: self.right[poll.items[0].id]}

    def hidden(self, poll: Poll) -> None:
        """Before the answer is shown, the wall has nothing but how many answered."""
        seen = wall(self.room.course, self.right)
        assert (seen["counts"], seen["before"], seen["right"]) == (None, None, None)
        assert seen["got"] > 0
        assert seen == wall(self.room.course, {})
        assert remote(self.room.course, self.right, 1000.0 + self.now)["missing"] == [
            code for code in sorted(self.room.course.seats) if code == OFFLINE and self.lost(poll)
        ]

    def lost(self, poll: Poll) -> bool:
        return poll.id == "predict-policy"  # one phone has no network during this bet

    async def answers(self, poll: Poll, round_: int) -> None:
        self.now += 60
        seats = [code for code, device in self.phones.items() if self.room.course.seats.get(code) == device]
        online = [code for code in seats if not (code == OFFLINE and self.lost(poll))]
        await asyncio.gather(*(self.by_phone(poll, code, round_) for code in online))
        lines = [f"{code} {self.line(poll)}" for code in self.paper]
        told = await self.room.paper("\n".join(lines))
        assert not any("isn't" in line for line in told)
        if poll.kind in (BET, BALLOT):
            for item in poll.items:
                raised = Counter(self.pick(item.letters) for _ in range(HANDS))
                for letter, count in raised.items():
                    await self.room.take(Event(what="hands", question=item.id, round=round_, pick=letter, count=count))

    async def by_phone(self, poll: Poll, code: str, round_: int) -> None:
        for item in poll.items:
            for _ in range(self.rng.choice((1, 1, 2))):  # some change their minds
                pick = self.pick(item.letters, poll.each)
                await self.room.take(
                    Event(
                        what="answer", seat=code, device=self.phones[code], question=item.id, round=round_, pick=pick,
                        sure=poll.kind == QUIZ and self.rng.random() < 0.5, by="phone",
                    )
                )  # fmt: skip
        assert set(phone(self.room.course, code, {})["picks"]) == {item.id for item in poll.items}

    def pick(self, letters: str, each: int = 0) -> str:
        """Return a letter, or how many of the things that are sorted have each letter."""
        if not each:
            return self.rng.choice(letters)
        sorted_by = Counter(self.rng.choice(letters) for _ in range(each))
        return "-".join(str(sorted_by[letter]) for letter in letters)

    def line(self, poll: Poll) -> str:
        """Return what somebody wrote on paper."""
        picks = [self.pick(item.letters, poll.each) for item in poll.items]
        return f"{poll.id}={picks[0]}" if poll.each else "".join(picks)


@pytest.fixture(scope="module")
def held(laid: LaidOut, tmp_path_factory: pytest.TempPathFactory) -> Rehearsal:
    """Return a workshop that was held to its end."""
    rehearsal = Rehearsal(laid, tmp_path_factory.mktemp("room"))
    asyncio.run(rehearsal.run())
    return rehearsal


def recount(path: Path) -> dict[tuple[str, int], Counter[str]]:
    """Return (question, round) -> letter -> people, from the rows of the ledger alone."""
    with closing(sqlite3.connect(path)) as file:
        rows = file.execute("SELECT what, seat, question, round, pick, count, by FROM events ORDER BY n").fetchall()
    by = {name: {} for name in ("phone", "paper", "hands")}
    for what, seat, question, number, pick, count, how in rows:
        if what == "answer":
            by[how][question, number, seat] = (pick, 1)
        elif what == "hands":
            by["hands"][question, number, pick] = (pick, count)
    found: dict[tuple[str, int], Counter[str]] = {}
    for (question, number, _), (pick, count) in [*(by["phone"] | by["paper"]).items(), *by["hands"].items()]:
        found.setdefault((question, number), Counter())[pick] += count
    return found


def test_the_plan_asks_its_bets_its_rounds_and_its_quiz_twice(laid: LaidOut) -> None:
    deck = msgspec.convert(told_deck(laid)["deck"], Deck)
    kinds = Counter(poll.kind for poll in deck.polls)
    bets = sum(bool(slide.bet) for slide in laid.kit.slides if not slide.hidden)
    assert kinds == {BET: bets, BALLOT: 1, QUIZ: 2, POLL: 3}
    assert kinds[BET] >= 9
    assert sum(poll.again for poll in deck.polls) == 3
    assert set(told_deck(laid)["right"]) >= {poll.id for poll in deck.polls if poll.kind == BET}
    assert deck.poll(f"{NUMBER}:{deck.slides[3].id}") is not None
    assert '"right":' not in msgspec.json.encode(deck).decode()


def test_every_count_of_the_frozen_deck_is_that_of_the_log(
    laid: LaidOut, held: Rehearsal, cache: Path, tmp_path: Path
) -> None:
    files = freeze(held.room.course)
    assert set(files) == {"ballots.csv", "quiz.csv", "bets.csv", "counts.csv", "actual.csv"}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    log = recount(held.path)
    votes = count_ballots((tmp_path / "ballots.csv").read_text(), "ballots.csv").rounds
    assert {(number, a, b) for number, _, _, a, b in votes} == {
        (str(n), log[f"round-{n}", 1]["A"], log[f"round-{n}", 1]["B"]) for n in range(1, len(votes) + 1)
    }
    frozen, problems = prepare(
        kit_folder(),
        Request(
            audience=AUDIENCE,
            cache=cache,
            votes=tmp_path / "ballots.csv",
            bets=read_bets(tmp_path / "bets.csv"),
        ),
        standard_registry(),
        base=None,
    )
    assert not [problem for problem in problems if problem.severity > 1]
    asked = {slide.id for slide in frozen.kit.slides if slide.bet and not slide.hidden}
    panels = {slide.slide.answers[0]: beside_letters(slide) for slide in frozen.slides if beside_letters(slide)}
    assert asked <= set(panels)
    for bet in asked:
        for letter, said in panels[bet].items():
            rounds = [log[bet, number][letter] for number in (1, 2) if (bet, number) in log]
            assert said == " → ".join(map(str, rounds)), (bet, letter)
    shown = next(slide for slide in frozen.slides if slide.id == "room-signal")
    assert str(sum(sum(log[f"round-{n}", 1].values()) for n in range(1, len(votes) + 1))) in shown.slide.title_text


def beside_letters(page: LaidSlide) -> dict[str, str]:
    """Return letter -> the words beside it on the panel of a bet."""
    shapes = [one for item in page.items if isinstance(item, LaidShapes) for one in item.shapes if one.lines]
    squares = {one.box.y * 10**8 + one.box.right: one for one in shapes if one.same.startswith("bet-")}
    counts = [one for one in shapes if one.kind == "text"]
    return {
        square.lines[0].text: " ".join(line.text for line in count.lines)
        for square in squares.values()
        for count in counts
        if count.box.y == square.box.y and 0 < count.box.x - square.box.right < square.box.w
    }


@pytest.mark.slow
def test_a_frozen_deck_is_what_the_same_files_typed_by_hand_make_byte_for_byte(
    held: Rehearsal, cache: Path, tmp_path: Path
) -> None:
    log = recount(held.path)
    polls = {poll.id: poll for poll in held.deck.polls if poll.kind == BET}
    typed = ["BET;ROUND;A;B;C;D"]
    for bet, number in sorted((key for key in log if key[0] in polls), reverse=True):
        cells = [str(log[bet, number][letter]) for letter in polls[bet].items[0].letters]
        typed.append(";".join([polls[bet].name, str(number), *cells]))
    totals = [f"{n} {log[f'round-{n}', 1]['A']} {log[f'round-{n}', 1]['B']}" for n in range(1, 7)]
    made = []
    for folder, files in (
        ("frozen", {name: content.decode() for name, content in freeze(held.room.course).items()}),
        ("typed", {"bets.csv": "\n".join(typed), "ballots.csv": "\n".join(totals)}),
    ):
        home = tmp_path / folder
        home.mkdir()
        for name, text in files.items():
            (home / name).write_text(text)
        request = Request(
            audience=AUDIENCE, cache=cache, votes=home / "ballots.csv", bets=read_bets(home / "bets.csv"), only=("deck",)
        )  # fmt: skip
        build(kit_folder(), request, standard_registry(), base=None, out=home / "out")
        made.append((home / "out" / "deck.pptx").read_bytes())
    assert made[0] == made[1]


@pytest.mark.parametrize("late", [5, 10, 20, 30])
def test_from_every_slide_whoever_is_late_saves_enough_or_hears_how_much(laid: LaidOut, late: int) -> None:
    deck = msgspec.convert(told_deck(laid)["deck"], Deck)
    minutes = {spot.source: 0.0 for spot in deck.slides}
    for spot in deck.slides:
        minutes[spot.source] += spot.minutes
    answers = {name: slide.id for slide in laid.kit.slides for name in slide.answers}
    bets = [poll.id for poll in deck.polls if poll.kind == BET]
    for place, spot in enumerate(deck.slides):
        ahead = [(one.id, one.source) for one in deck.slides[place + 1 :]]
        found = leave_out(laid.kit, spot.source, ahead, late)
        left_out = {source for shown, source in ahead if shown in found["slides"]}
        assert found["saves"] == sum(minutes[name] for name in left_out)
        assert found["enough"] == (found["saves"] + found["buffer"] >= late)
        assert found["told"].startswith(("Leave out", "Leave nothing out", "Nothing that is still to come"))
        assert found["enough"] or not found["slides"] or "That is all that can be saved" in found["told"]
        stays = [one.source for one in deck.slides if one.source not in left_out]
        for bet in bets:
            assert bet not in stays or answers[bet] in stays, f"{bet} is shown without its answer"
        assert left_out.isdisjoint(one.source for one in deck.slides[: place + 1])
        assert not any(row.kind == "break" and left_out & set(row.slides) for row in laid.kit.run_sheet)


def test_a_bet_that_half_of_the_room_has_right_is_worth_talking_about(laid: LaidOut, tmp_path: Path) -> None:
    async def tried() -> str:
        rehearsal = Rehearsal(laid, tmp_path)
        await rehearsal.open(rehearsal.deck)
        poll = next(poll for poll in rehearsal.deck.polls if poll.again)
        right = rehearsal.right[poll.id]
        await rehearsal.room.take(Event(what="go", question=poll.slide))
        await rehearsal.do("open")
        for letter, count in ((right, 12), (next(c for c in "ABCD" if c != right), 12)):
            await rehearsal.room.take(Event(what="hands", question=poll.id, pick=letter, count=count))
        await rehearsal.do("close")
        return advice(rehearsal.room.course, rehearsal.right)

    assert asyncio.run(tried()) == AGAIN
