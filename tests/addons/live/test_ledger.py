import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing

import pytest
from msgspec.structs import replace

from tests.addons.live.made import anything, deck
from workshop.addons.live.course import Course, Event
from workshop.addons.live.known import counts
from workshop.addons.live.ledger import Ledger, folded
from workshop.errors import ExitCode, WorkshopError

FIRST = Event(what="deck", at=999.0, deck=deck())


def recount(path):
    """Return (item, round) -> how many picked what, from the rows of the file alone."""
    with closing(sqlite3.connect(path)) as file:
        rows = file.execute("SELECT what, seat, question, round, pick, count, by FROM events ORDER BY n").fetchall()
    paper, phones, hands = {}, {}, {}
    for what, seat, question, number, pick, count, by in rows:
        if what == "answer":
            (paper if by == "paper" else phones)[question, number, seat] = pick.strip().replace(",", ".")
        elif what == "hands":
            hands[question, number, pick] = count
    total = {}
    for (question, number, _), pick in (phones | paper).items():
        total.setdefault((question, number), Counter())[pick] += 1
    for (question, number, letter), count in hands.items():
        total.setdefault((question, number), Counter())[letter] += count
    return {key: {pick: n for pick, n in counted.items() if n} for key, counted in total.items()}


def test_the_ledger_folds_to_the_state_of_the_room_and_its_rows_to_the_same_counts(tmp_path):
    for seed in range(25):
        path = tmp_path / f"{seed}.db"
        ledger, live = Ledger(path), Course(deck=deck())
        happened = list(anything(seed, 80))
        ledger.write([FIRST, *(event for _, event, _ in happened)])
        live = happened[-1][2] if happened else live
        assert folded(ledger.events()) == live
        ledger.close()
        asked = {*live.picks, *live.hands}
        found = {key: {pick: n for pick, n in counts(live, *key).items() if n} for key in asked}
        assert found == recount(path)


def test_a_ledger_is_for_its_owner_alone(tmp_path):
    Ledger(tmp_path / "room.db").close()
    assert (tmp_path / "room.db").stat().st_mode & 0o077 == 0


def test_a_batch_is_written_as_a_whole_or_not_at_all(tmp_path):
    ledger = Ledger(tmp_path / "room.db")
    ledger.write([FIRST])
    with pytest.raises(WorkshopError) as error:
        ledger.write([Event(what="next"), replace(FIRST, pick={})])
    assert error.value.exit_code is ExitCode.MACHINE
    assert [event.what for event in ledger.events()] == ["deck"]


def test_a_file_that_is_no_ledger_is_refused(tmp_path):
    (tmp_path / "room.db").write_bytes(b"not a database" * 100)
    with pytest.raises(WorkshopError, match=r"room\.db"):
        Ledger(tmp_path / "room.db")


KILLED = """
import asyncio, sys
from pathlib import Path
from tests.addons.live.made import deck
from workshop.addons.live.course import Event
from workshop.addons.live.room import Room

async def phone(room, number):
    seat = await room.sit("", f"device {number}")
    print("sat", seat, flush=True)
    while True:
        for pick in "ABC":
            await room.take(Event(what="answer", seat=seat, device=f"device {number}", question="crawl", pick=pick, by="phone"))
            print("ok", seat, pick, flush=True)

async def main():
    room = Room(Path(sys.argv[1]), deck())
    asyncio.create_task(room.run())
    await room.take(Event(what="go", question="crawl"))
    await room.take(Event(what="open"))
    await asyncio.gather(*(phone(room, number) for number in range(30)))

asyncio.run(main())
"""


def test_no_acknowledged_answer_is_lost_if_the_server_is_killed(tmp_path):
    path = tmp_path / "room.db"
    acknowledged = []
    with subprocess.Popen([sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            acknowledged.append(line.split())
            if len(acknowledged) == 400:
                process.kill()
                break
        acknowledged += [line.split() for line in process.stdout if line.endswith("\n")]
    with closing(sqlite3.connect(path)) as file:
        written = Counter(
            (seat, pick) for seat, pick in file.execute("SELECT seat, pick FROM events WHERE what = 'answer'")
        )
    told = Counter((word[1], word[2]) for word in acknowledged if word[0] == "ok")
    assert sum(told.values()) > 300
    assert not told - written
    course = folded(Ledger(path).events())
    assert course.phase == "open"
    assert set(course.seats) == {word[1] for word in acknowledged if word[0] == "sat"}
