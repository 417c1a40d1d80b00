import asyncio
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing

import pytest
from msgspec.structs import replace

from tests.addons.live.made import anything, deck
from workshop.addons.live.course import Course, Event
from workshop.addons.live.known import counts
from workshop.addons.live.ledger import OLD_VIEW, TABLE, Ledger, folded
from workshop.addons.live.room import Room
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
    with closing(Ledger(tmp_path / "room.db")) as ledger:
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
    with closing(Ledger(path)) as ledger:
        course = folded(ledger.events())
    assert course.phase == "open"
    assert set(course.seats) == {word[1] for word in acknowledged if word[0] == "sat"}


# ---------------------------------------------------------------- a ledger from elsewhere
ENDLESS = "WITH RECURSIVE n(x) AS (VALUES(1) UNION ALL SELECT x + 1 FROM n) SELECT"
NOW = "SELECT 1 AS n, 0.0 AS at, 'next' AS what, '' AS seat, '' AS device, '' AS question, 1 AS round, '' AS pick, 0 AS sure, 0 AS count, '' AS by, '' AS deck"
EVENTS = TABLE.replace("IF NOT EXISTS ", "")
ODD = {
    "a view named events": f"CREATE VIEW events AS {NOW}",
    "an endless view": f"CREATE VIEW events AS {ENDLESS} x AS n, 0 AS at, '' AS what, '' AS seat, '' AS device, '' AS question, 1 AS round, '' AS pick, 0 AS sure, 0 AS count, '' AS by, '' AS deck FROM n",
    "another view": f"{EVENTS} CREATE VIEW answers AS {ENDLESS} x FROM n",
    "one more view": f"{EVENTS} {OLD_VIEW} CREATE VIEW more AS {NOW}",
    "the old view alone": "CREATE VIEW answers AS SELECT 1",
    "a trigger": f"{EVENTS} CREATE TRIGGER t AFTER INSERT ON events BEGIN DELETE FROM events; END",
    "a trigger before": f"{EVENTS} CREATE TRIGGER t BEFORE INSERT ON events BEGIN SELECT RAISE(IGNORE); END",
    "an endless trigger": f"{EVENTS} CREATE TRIGGER t AFTER INSERT ON events BEGIN INSERT INTO events(what) {ENDLESS} 'next' FROM n; END",
    "a trigger that inserts": f"{EVENTS} CREATE TRIGGER t AFTER INSERT ON events BEGIN INSERT INTO events(what) VALUES ('end'); END",
    "an index": f"{EVENTS} CREATE INDEX i ON events(what)",
    "an index of an expression": f"{EVENTS} CREATE INDEX i ON events(length(deck))",
    "a column more": EVENTS.replace("deck TEXT", "deck TEXT, more TEXT"),
    "a computed column": EVENTS.replace("deck TEXT", "deck TEXT GENERATED ALWAYS AS ('x')"),
    "a check": EVENTS.replace("pick TEXT", "pick TEXT CHECK (length(pick) < 3)"),
    "a default": EVENTS.replace("pick TEXT", "pick TEXT DEFAULT (randomblob(9))"),
    "a column less": EVENTS.replace(", deck TEXT", ""),
    "another table": f"{EVENTS} CREATE TABLE more (x)",
    "a search table": f"{EVENTS} CREATE VIRTUAL TABLE f USING fts5(x)",
    "a tree": f"{EVENTS} CREATE VIRTUAL TABLE r USING rtree(a, b, c)",
    "small letters": EVENTS.replace("CREATE TABLE events", "CREATE TABLE Events"),
}


def hostile(path, script):
    with closing(sqlite3.connect(path)) as file:
        file.executescript(script)


def test_only_a_file_with_exactly_our_table_is_read(tmp_path):
    for name, script in ODD.items():
        path = tmp_path / f"{name}.db"
        hostile(path, script)
        before = path.read_bytes()
        with pytest.raises(WorkshopError, match="other tables than a room's file") as told:
            Room(path)
        assert "free some space" not in str(told.value)
        assert path.read_bytes() == before, name
    assert len(ODD) == 20


def test_a_room_of_an_earlier_version_with_its_view_is_read(tmp_path):
    path = tmp_path / "room.db"
    hostile(path, EVENTS + OLD_VIEW)
    Room(path, deck()).close()
    with closing(Room(path)) as again:
        assert again.course.deck == deck()


def test_a_schema_that_says_something_else_than_it_is_does_no_harm(tmp_path):
    path = tmp_path / "room.db"
    hostile(path, f"{ODD['an endless view']}; PRAGMA writable_schema=ON;")
    with closing(sqlite3.connect(path)) as file:
        ours = Ledger(tmp_path / "ours.db")
        ((sql,),) = ours._file.execute("SELECT sql FROM sqlite_master")
        ours.close()
        file.execute("PRAGMA writable_schema=ON")
        file.execute("UPDATE sqlite_master SET type='table', sql=?", (sql,))
        file.commit()
    with pytest.raises(WorkshopError, match="room's answers are kept"):
        Room(path)


@pytest.mark.parametrize("name", ["room.db", "room.db-wal", "room.db-shm", "room.db-journal"])
@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_what_is_no_file_of_its_own_is_neither_followed_nor_changed(tmp_path, name, kind):
    other = tmp_path / "private.txt"
    other.write_text("private")
    other.chmod(0o644)
    if kind == "link":
        (tmp_path / name).symlink_to(other)
    elif kind == "pipe":
        os.mkfifo(tmp_path / name)
    else:
        (tmp_path / name).mkdir()
    with pytest.raises(WorkshopError, match="isn't a file of its own"):
        Room(tmp_path / "room.db", deck())
    assert (other.read_text(), other.stat().st_mode & 0o777) == ("private", 0o644)


def test_a_second_writer_is_told_and_the_first_goes_on(tmp_path):
    first = Room(tmp_path / "room.db", deck())
    with pytest.raises(WorkshopError, match="the app has it open in another place"):
        Room(tmp_path / "room.db")
    other = f"from pathlib import Path; from workshop.addons.live.ledger import Ledger; Ledger(Path({str(tmp_path / 'room.db')!r}))"
    done = subprocess.run([sys.executable, "-c", other], capture_output=True, text=True, check=False)
    assert "open in another place" in done.stderr
    first._ledger.write([Event(what="next")])
    first.close()
    with closing(Room(tmp_path / "room.db")) as again:
        assert again.course.phase == "shown"


def test_each_message_says_its_own_cause(tmp_path, monkeypatch):
    (tmp_path / "text.db").write_bytes(b"not a database" * 100)
    with pytest.raises(WorkshopError, match=r"it isn't a room's file — take it out"):
        Ledger(tmp_path / "text.db")
    (tmp_path / "cut.db").write_bytes(b"SQLite format 3\0" + b"\xff" * 4000)
    with pytest.raises(WorkshopError, match=r"(it isn't a room's file|it is damaged) — take it out"):
        Ledger(tmp_path / "cut.db")
    ledger = Ledger(tmp_path / "room.db")
    ledger.write([FIRST])
    ledger._file.execute("PRAGMA max_page_count=1")
    with pytest.raises(WorkshopError, match="the disk is full — free some space") as full:
        ledger.write([replace(FIRST, pick="x" * 10**6)])
    assert full.value.exit_code is ExitCode.MACHINE
    ledger.write([])
    ledger._file.execute("INSERT INTO events (what, round) VALUES ('next', 'many')")
    with pytest.raises(WorkshopError, match="a row in it isn't one of ours"):
        ledger.course()
    ledger.close()
    monkeypatch.setattr("workshop.addons.live.ledger.ALL", f"{ENDLESS} x FROM n WHERE x < 0")
    with (
        closing(Ledger(tmp_path / "endless.db")) as endless,
        pytest.raises(WorkshopError, match="reading it takes too long"),
    ):
        endless.course()


def test_a_deck_that_is_nested_too_deep_is_refused(tmp_path):
    path = tmp_path / "room.db"
    Room(path, deck()).close()
    with closing(sqlite3.connect(path)) as file:
        file.execute("UPDATE events SET deck = ?", ("[" * 100_000,))
        file.commit()
    with pytest.raises(WorkshopError, match="a row in it isn't one of ours"):
        Room(path)


def changed(rng, content):
    """Return a file that was changed at random: bytes, pages, its length, or numbers in its header."""
    new = bytearray(content)
    for _ in range(rng.choice((1, 3, 30, 300))):
        what, at = rng.randrange(5), rng.randrange(len(new))
        if what == 0:
            new[at] = rng.randrange(256)
        elif what == 1:
            new[rng.randrange(min(100, len(new)))] = rng.randrange(256)
        elif what == 2:
            new[at : at + 8] = rng.randbytes(8)
        elif what == 3:
            page = 4096 * rng.randrange(max(1, len(new) // 4096))
            new[page : page + 16] = rng.randbytes(16)
        elif len(new) > 8192 and rng.random() < 0.1:
            del new[at:]
    return bytes(new)


def test_two_hundred_ledgers_changed_at_random_and_twenty_odd_ones_hold_nobody_up(tmp_path):
    path = tmp_path / "room.db"
    ledger = Ledger(path)
    ledger.write([FIRST, *(event for _, event, _ in anything(7, 200))])
    ledger._file.execute("PRAGMA journal_mode=DELETE")
    ledger.close()
    rng, content = random.Random(11), path.read_bytes()
    files = []
    for k in range(200):
        files.append(tmp_path / f"{k}.db")
        files[-1].write_bytes(changed(rng, content))
    for name, script in ODD.items():
        files.append(tmp_path / f"{name}.db")
        hostile(files[-1], script)
    read, refused = [], []

    def tried(one):
        try:
            Room(one).close()
        except WorkshopError as error:
            refused.append(str(error))
        else:
            read.append(one)

    async def meanwhile():
        gaps, last = [], time.perf_counter()
        reading = asyncio.create_task(each())
        while not reading.done():
            await asyncio.sleep(0.001)
            now = time.perf_counter()
            gaps.append(now - last)
            last = now
        await reading
        return sorted(gaps)

    async def each():
        for one in files:
            await asyncio.to_thread(tried, one)

    gaps = asyncio.run(meanwhile())
    assert len(read) + len(refused) == 220
    assert min(len(read), len(refused) - len(ODD)) > 20, (len(read), len(refused))
    assert not [told for told in refused if "free some space" in told or "internal" in told]
    assert gaps[len(gaps) * 99 // 100] < 0.1, gaps[-5:]
