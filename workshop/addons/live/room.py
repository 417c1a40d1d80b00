"""One room that is open: its state, and the writer that puts what happens into the ledger before anybody is told."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from workshop.addons.live.course import Course, Event, Refused
from workshop.addons.live.deck import Deck
from workshop.addons.live.ledger import Ledger
from workshop.addons.live.seats import seat_code
from workshop.addons.live.typed import read_typed
from workshop.errors import ExitCode, Problem, WorkshopError

BATCH = 500  # events that are written at once


class Room:
    """A room, for one event loop.

    Args:
        path: its ledger; one that exists is gone on with.
        deck: what can be shown and asked; ``None`` to go on with the deck of the ledger.
        clock: returns the time, in seconds since 1970.

    Attributes:
        course: the state, always one that is on the disk.
        right: question -> the letter of its right answer, for what is told after it was shown.

    Raises:
        WorkshopError: if the ledger can't be opened, or holds no deck and none is given.
    """

    def __init__(
        self,
        path: Path,
        deck: Deck | None = None,
        right: Mapping[str, str] | None = None,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._ledger = Ledger(path)
        try:
            self.course: Course = self._begun(path, deck, clock)
        except WorkshopError:
            self._ledger.close()
            raise
        self.right = right or {}
        self._clock = clock
        self._waiting: asyncio.Queue[tuple[Event, asyncio.Future[Course]]] = asyncio.Queue()

    def _begun(self, path: Path, deck: Deck | None, clock: Callable[[], float]) -> Course:
        """Return the state that the ledger tells, or the first one of a new room."""
        course = self._ledger.course()
        if course is not None:
            return course
        if deck is None:
            raise WorkshopError(Problem(f"'{path.name}' has no room in it", hint="open a new one"), ExitCode.USAGE)
        self._ledger.write([Event(what="deck", at=clock(), deck=deck)])
        return Course(deck=deck)

    # ------------------------------------------------------------ what happens
    async def take(self, event: Event) -> Course:
        """Let something happen, and return the state after it once that is on the disk.

        Raises:
            Refused: if it can't happen now.
            WorkshopError: if it couldn't be written; then nothing happened.
        """
        done: asyncio.Future[Course] = asyncio.get_running_loop().create_future()
        self._waiting.put_nowait((replace(event, at=self._clock()), done))
        return await done

    async def run(self) -> None:
        """Write what happens, until this is cancelled."""
        while True:
            batch = [await self._waiting.get()]
            while len(batch) < BATCH and not self._waiting.empty():
                batch.append(self._waiting.get_nowait())
            await self._write(batch)

    async def _write(self, batch: list[tuple[Event, asyncio.Future[Course]]]) -> None:
        course, taken = self.course, list[tuple[Event, Course, asyncio.Future[Course]]]()
        for event, done in batch:
            try:
                course = course.after(event)
            except Refused as error:
                _tell(done, error)
            else:
                taken.append((event, course, done))
        if not taken:
            return
        try:
            await asyncio.to_thread(self._ledger.write, [event for event, *_ in taken])
        except WorkshopError as error:
            for *_, done in taken:
                _tell(done, error)
            return
        self.course = course
        for _, after, done in taken:
            if not done.done():
                done.set_result(after)

    # ------------------------------------------------------------ what takes more than one step
    async def sit(self, typed: str, device: str) -> str:
        """Give a phone the seat of a tag's code, or one of its own for "", and return it; "" if another phone has that seat.

        Raises:
            Refused: for a code that no tag has.
        """
        after = await self.take(Event(what="seat", seat=seat_code(typed, self.course), device=device))
        return "" if after.waits(device) else after.seat_of(device)

    async def paper(self, text: str) -> list[str]:
        """Take lines that were typed from paper, or pasted from a chat, and return what was made of each.

        Raises:
            WorkshopError: if they couldn't be written.
        """
        told = []
        for line in read_typed(text, self.course):
            try:
                for event in line.events:
                    await self.take(event)
            except Refused as error:
                told.append(f"{line.code}: {error.problem.message}")
            else:
                told.append(line.told)
        return told

    async def ask(self, typed: str, device: str) -> None:
        """Let a phone that has a seat ask for another one.

        Raises:
            Refused: for a code that no tag has, or if another phone asks for it.
        """
        await self.take(Event(what="ask", seat=seat_code(typed, self.course), device=device))

    async def take_back(self, seats: Collection[str]) -> None:
        """Take seats back."""
        await self.take(Event(what="take back", pick=" ".join(sorted(seats))))

    def close(self) -> None:
        """Close the ledger; whoever still waits is told that the room has ended."""
        while not self._waiting.empty():
            _tell(self._waiting.get_nowait()[1], Refused("the room has ended", self.course))
        self._ledger.close()


def _tell(done: asyncio.Future[Course], error: WorkshopError) -> None:
    with suppress(asyncio.InvalidStateError):  # whoever asked has gone
        done.set_exception(error)
