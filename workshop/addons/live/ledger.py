"""Everything that happened in a room, in one SQLite file that only grows. The room's state is what follows from it.

A row is one ``Event``; ``answers`` shows those that are answers. Of people it has only the codes on their tags.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from workshop.addons.live.course import Course, Event
from workshop.errors import ExitCode, Problem, WorkshopError

TABLE = """
CREATE TABLE IF NOT EXISTS events (
    n INTEGER PRIMARY KEY, at REAL, what TEXT, seat TEXT, device TEXT, question TEXT, round INTEGER, pick TEXT,
    sure INTEGER, count INTEGER, by TEXT, deck TEXT
);
CREATE VIEW IF NOT EXISTS answers AS
    SELECT n, at, seat, device, question, round, pick, sure, by FROM events WHERE what = 'answer';
"""
COLUMNS = Event.__struct_fields__
ADD = f"INSERT INTO events ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608 - names of ours
ALL = f"SELECT {', '.join(COLUMNS)} FROM events ORDER BY n"  # noqa: S608 - names of ours
WAITS = 5.0  # seconds for another process that holds the file


class Ledger:
    """The file of a room; for one thread at a time.

    Raises:
        WorkshopError: if it can't be opened.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = sqlite3.connect(path, timeout=WAITS, isolation_level=None, check_same_thread=False)
            path.chmod(0o600)
            self._file.execute("PRAGMA journal_mode=WAL")
            self._file.execute("PRAGMA synchronous=FULL")
            self._file.executescript(TABLE)
        except (OSError, sqlite3.Error) as error:
            raise self._wrong("opened", error) from error

    def _wrong(self, done: str, error: Exception) -> WorkshopError:
        message = f"'{self.path.name}', in which the room's answers are kept, can't be {done}: {error}"
        return WorkshopError(Problem(message, hint="free some space, or choose another folder"), ExitCode.MACHINE)

    def write(self, events: Iterable[Event]) -> None:
        """Add events, all or none; when this returns, they are on the disk.

        Raises:
            WorkshopError: if that isn't possible.
        """
        rows = [_row(event) for event in events]
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
        try:
            for row in self._file.execute(ALL):
                values = dict(zip(COLUMNS, row, strict=True))
                deck = msgspec.json.decode(values["deck"]) if values["deck"] else None
                yield msgspec.convert({**values, "deck": deck}, Event, strict=False)
        except (sqlite3.Error, msgspec.MsgspecError) as error:
            raise self._wrong("read", error) from error

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _row(event: Event) -> tuple[object, ...]:
    deck = msgspec.json.encode(event.deck).decode() if event.deck else ""
    return tuple(deck if name == "deck" else getattr(event, name) for name in COLUMNS)


def folded(events: Iterable[Event]) -> Course | None:
    """Return the state that follows from what happened; ``None`` before there is a deck."""
    course = None
    for event in events:
        if course is not None:
            course = course.after(event)
        elif event.deck is not None:
            course = Course(deck=event.deck)
    return course
