"""Everything that happened in a room, in one SQLite file that only grows. The room's state is what follows from it.

A row is one ``Event``. Of people it has only the codes on their tags. The file may come from elsewhere: only one with exactly our table
is read, within a budget, and whatever is wrong with it is told by its cause.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from workshop.addons.live.course import Course, Event, Refused
from workshop.addons.web.guard import is_plain
from workshop.errors import ExitCode, Problem, WorkshopError

TABLE = """
CREATE TABLE IF NOT EXISTS events (
    n INTEGER PRIMARY KEY, at REAL, what TEXT, seat TEXT, device TEXT, question TEXT, round INTEGER, pick TEXT,
    sure INTEGER, count INTEGER, by TEXT, deck TEXT
);
"""
OLD_VIEW = """
CREATE VIEW IF NOT EXISTS answers AS
    SELECT n, at, seat, device, question, round, pick, sure, by FROM events WHERE what = 'answer';
"""  # rooms of earlier versions have it
COLUMNS = Event.__struct_fields__
ADD = f"INSERT INTO events ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608 - names of ours
ALL = f"SELECT {', '.join(COLUMNS)} FROM events ORDER BY n"  # noqa: S608 - names of ours
SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_master"
WAITS = 5.0  # seconds for another process that holds the file
MAGIC = b"SQLite format 3\0"
MOST_BYTES, MOST_EVENTS, MOST_DECK, MOST_TIME = (
    200_000_000,
    500_000,
    4_000_000,
    30.0,
)  # of a file; of a deck; seconds to read it
STEP, STEPS = 100_000, 500  # instructions of SQLite between two looks at the budget, and how many looks an action has
HELD_AT = 0x4000_0000 + 4096  # a byte that SQLite doesn't use, on Windows
BESIDE = ("-wal", "-shm", "-journal")  # files of SQLite's own
TAKE_OUT = "take it out of the folder, and open a new room"
CAUSES = {
    sqlite3.SQLITE_FULL: ("the disk is full", "free some space"),
    sqlite3.SQLITE_IOERR: ("the disk can't be read or written", "look after the disk, or choose another folder"),
    sqlite3.SQLITE_READONLY: ("it may not be written", "choose a folder of yours"),
    sqlite3.SQLITE_CANTOPEN: ("it may not be opened", "choose a folder of yours"),
    sqlite3.SQLITE_PERM: ("it may not be opened", "choose a folder of yours"),
    sqlite3.SQLITE_BUSY: ("another program holds it", "end that program"),
    sqlite3.SQLITE_LOCKED: ("another program holds it", "end that program"),
    sqlite3.SQLITE_NOTADB: ("it isn't a room's file", TAKE_OUT),
    sqlite3.SQLITE_CORRUPT: ("it is damaged", TAKE_OUT),
    sqlite3.SQLITE_INTERRUPT: ("reading it takes too long", TAKE_OUT),
    sqlite3.SQLITE_TOOBIG: ("something in it is too large", TAKE_OUT),
}


def _schemas() -> tuple[frozenset[tuple[str, ...]], ...]:
    """Return what a ledger may have in its schema, as SQLite writes it down: nothing yet, our table, and that with the old view."""
    with sqlite3.connect(":memory:") as file:
        found: list[frozenset[tuple[str, ...]]] = [frozenset()]
        for more in (TABLE, OLD_VIEW):
            file.executescript(more)
            found.append(frozenset(file.execute(SCHEMA)))
    file.close()
    return tuple(found)


class Ledger:
    """The file of a room; for one thread at a time, and for one program.

    Raises:
        WorkshopError: if it can't be opened, isn't a ledger, or is open elsewhere; exit code 3 if that lies with the computer.
    """

    def __init__(self, path: Path) -> None:
        self.path, self._looks = path, 0
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._held = self._seized()
        except OSError as error:
            cause = (f"{error.strerror or error}", "choose a folder of yours")
            raise self._told("opened", *cause, ExitCode.MACHINE) from error
        try:
            self._file = self._opened()
        except BaseException:
            os.close(self._held)
            raise

    def _seized(self) -> int:
        """Return the open file, which no other program gets until it is closed; links aren't followed."""
        for other in (self.path, *(self.path.with_name(self.path.name + end) for end in BESIDE)):
            with suppress(FileNotFoundError):
                if not stat.S_ISREG(os.lstat(other).st_mode):
                    raise self._told("opened", f"'{other.name}' isn't a file of its own", TAKE_OUT)
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        held = os.open(self.path, flags | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0), 0o600)
        if cause := _amiss(held):
            os.close(held)
            raise self._told("opened", *cause)
        with suppress(OSError):  # a disk without rights
            os.fchmod(held, 0o600)
        return held

    def _opened(self) -> sqlite3.Connection:
        """Return the connection, once the schema is known to be ours."""
        file = None
        try:
            file = sqlite3.connect(self.path, timeout=WAITS, isolation_level=None, check_same_thread=False)
            file.set_progress_handler(self._look, STEP)
            file.execute("PRAGMA trusted_schema=OFF")
            file.execute("PRAGMA cell_size_check=ON")
            is_ours = frozenset(file.execute(SCHEMA)) in _schemas()
            if is_ours:
                file.execute("PRAGMA journal_mode=WAL")
                file.execute("PRAGMA synchronous=FULL")
                file.executescript(TABLE)
        except sqlite3.Error as error:
            if file is not None:
                file.close()
            raise self._wrong("opened", error) from error
        if not is_ours:
            file.close()
            raise self._told("opened", "it has other tables than a room's file", TAKE_OUT)
        return file

    def _look(self) -> int:
        """Let SQLite go on while there is something left of the budget."""
        self._looks += 1
        return int(self._looks > STEPS)

    def _told(self, done: str, cause: str, hint: str, code: ExitCode = ExitCode.USAGE) -> WorkshopError:
        message = f"'{self.path.name}', in which the room's answers are kept, can't be {done}: {cause}"
        return WorkshopError(Problem(message, hint=hint), code)

    def _wrong(self, done: str, error: sqlite3.Error) -> WorkshopError:
        primary = getattr(error, "sqlite_errorcode", 0) & 0xFF
        cause, hint = CAUSES.get(primary, (f"{error}", TAKE_OUT))
        theirs = hint == TAKE_OUT and done != "written"
        return self._told(done, cause, hint, ExitCode.USAGE if theirs else ExitCode.MACHINE)

    def write(self, events: Iterable[Event]) -> None:
        """Add events, all or none; when this returns, they are on the disk.

        Raises:
            WorkshopError: if that isn't possible.
        """
        rows = [_row(event) for event in events]
        self._looks = 0
        try:
            with self._file:
                self._file.execute("BEGIN IMMEDIATE")
                self._file.executemany(ADD, rows)
        except sqlite3.Error as error:
            raise self._wrong("written", error) from error

    def events(self) -> Iterator[Event]:
        """Yield what happened, in order.

        Raises:
            WorkshopError: if the file can't be read.
        """
        self._looks, until = 0, time.monotonic() + MOST_TIME
        try:
            for count, row in enumerate(self._file.execute(ALL)):
                if count >= MOST_EVENTS:
                    raise self._told("read", f"it has more than {MOST_EVENTS:,} rows", TAKE_OUT)
                if time.monotonic() > until:
                    raise self._told("read", "reading it takes too long", TAKE_OUT)
                yield _event(row)
        except sqlite3.Error as error:
            raise self._wrong("read", error) from error
        except (msgspec.MsgspecError, OverflowError) as error:
            raise self._told("read", "a row in it isn't one of ours", TAKE_OUT) from error

    def course(self) -> Course | None:
        """Return the state that follows from what happened; ``None`` before there is a deck.

        Raises:
            WorkshopError: if the file can't be read, or nothing follows from it.
        """
        try:
            return folded(self.events())
        except (Refused, LookupError, ValueError, TypeError, ArithmeticError) as error:
            raise self._told("read", "what it says doesn't follow from what came before", TAKE_OUT) from error

    def close(self) -> None:
        """Close the file, and let others have it."""
        self._file.close()
        if self._held >= 0:
            os.close(self._held)
            self._held = -1


def _amiss(held: int) -> tuple[str, str] | None:
    """Return what is wrong with an open file, and what helps; ``None`` if nothing is."""
    found = os.fstat(held)
    if not stat.S_ISREG(found.st_mode):
        return "it isn't a file of its own", TAKE_OUT
    if found.st_size > MOST_BYTES:
        return f"it has more than {MOST_BYTES // 1_000_000} MB", TAKE_OUT
    if not _lock(held):
        return "the app has it open in another place", "end the app there, then open the room"
    if found.st_size and os.read(held, len(MAGIC)) != MAGIC:
        return "it isn't a room's file", TAKE_OUT
    return None


def _lock(held: int) -> bool:
    """Whether nobody else has a file; where files can't be locked, nobody is asked."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(held, HELD_AT, os.SEEK_SET)
            msvcrt.locking(held, msvcrt.LK_NBLCK, 1)
            os.lseek(held, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:  # the disk has no locks
        return True
    return True


def _row(event: Event) -> tuple[object, ...]:
    deck = msgspec.json.encode(event.deck).decode() if event.deck else ""
    return tuple(deck if name == "deck" else getattr(event, name) for name in COLUMNS)


def _event(row: tuple[object, ...]) -> Event:
    values = dict(zip(COLUMNS, row, strict=True))
    deck = str(values["deck"] or "").encode()
    if len(deck) > MOST_DECK or not is_plain(deck):
        raise msgspec.ValidationError("it is too large, or nested too deep")
    return msgspec.convert({**values, "deck": msgspec.json.decode(deck) if deck else None}, Event, strict=False)


def folded(events: Iterable[Event]) -> Course | None:
    """Return the state that follows from what happened; ``None`` before there is a deck."""
    course = None
    for event in events:
        if course is not None:
            course = course.after(event)
        elif event.deck is not None:
            course = Course(deck=event.deck)
    return course
