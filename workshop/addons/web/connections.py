"""Connections: clocks for whoever is slow to ask, to bring or to take, and who goes first if there are too many."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from itertools import count
from typing import Any

import h11
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from workshop.addons.web.pace import Pace

HEAD_TIME = 5.0  # seconds in which the head of a request has to be here
BODY_TIME = 5.0  # seconds in which a body has to be here; for an upload, the longest pause in it
TAKE_TIME = 10.0  # seconds in which an answer has to be taken
HEAD_MOST, HEAD_LINES = 8 * 1024, 100  # bytes and lines of a head: reading thousands of short lines takes long
HEAD_ENDS = re.compile(rb"\n\r?\n")
EACH = 6  # connections of a seat
FLOOD, FLOOD_AT_ONCE = (
    100,
    300,
)  # requests without a seat in a second, and at once, from an address; any more aren't even read
ONE_MOMENT = b"HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
NUMBERS = count()


class Patient(H11Protocol):
    """A connection that is closed if a request, or whoever should take its answer, is too slow; uvicorn would wait for ever.

    Attributes:
        address: where it comes from.
        whole: whether all of a body has to be here in ``BODY_TIME``; else it may not pause for so long.
    """

    address = ""
    whole = False
    _clock: asyncio.TimerHandle | None = None
    _slow: asyncio.TimerHandle | None = None
    _lines = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the clock."""
        super().connection_made(transport)
        self.address = self.client[0] if self.client else ""
        self._wait(HEAD_TIME)

    def data_received(self, data: bytes) -> None:
        """Set the clock by what is still to come."""
        if self.conn.their_state is h11.IDLE and self._is_large(data):
            self.end()
            return
        before = self.cycle
        super().data_received(data)
        if self.conn.their_state is h11.SEND_BODY:
            if self.cycle is not before or not self.whole:
                self._stop()
            self._wait(BODY_TIME)
        elif self.cycle is None or self.cycle.response_complete:
            self._wait(HEAD_TIME)
        else:
            self._stop()

    def _is_large(self, data: bytes) -> bool:
        """Whether the head of a request, of which this is the next part, is larger than any browser's."""
        found = HEAD_ENDS.search(data, 0, HEAD_MOST)
        self._lines += data.count(b"\n", 0, found.end() if found else len(data))
        large = self._lines > HEAD_LINES or (found is None and len(data) > HEAD_MOST)
        if found is not None:
            self._lines = 0
        return large

    def pause_writing(self) -> None:
        """Wait for whoever doesn't take an answer, but not for ever."""
        super().pause_writing()
        self._slow = self._slow or self.loop.call_later(TAKE_TIME, self.end)

    def resume_writing(self) -> None:
        """Stop that clock."""
        super().resume_writing()
        if self._slow is not None:
            self._slow.cancel()
            self._slow = None

    def timeout_keep_alive_handler(self) -> None:
        """Close it also if the last answer was never taken."""
        self.end()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop all clocks."""
        self._stop()
        if self._slow is not None:
            self._slow.cancel()
        super().connection_lost(exc)

    def end(self) -> None:
        """Close it at once: a connection whose answers aren't taken would never be closed otherwise."""
        self.transport.abort()

    def end_soon(self) -> None:
        """Close it once what was written is taken, if that is soon."""
        self._stop()
        self.transport.close()
        if self.transport.get_write_buffer_size():
            self.loop.call_later(TAKE_TIME, self.end)

    def _wait(self, seconds: float) -> None:
        self._clock = self._clock or self.loop.call_later(seconds, self._over)

    def _over(self) -> None:
        self._clock = None
        if self.flow.read_paused:  # we are the slow ones
            self._wait(BODY_TIME)
        else:
            self.end()

    def _stop(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None


class Crowd:
    """The connections of a server that everybody in a network can reach.

    If there are too many, one goes that has no seat, from the address with the most connections, silent the longest; whoever waits
    for news counts as silent. A third of the connections is kept for seats.

    Args:
        most: how many there may be.
        knows: whether the bytes of a request name a seat; whoever has one is read in a flood, too.
    """

    def __init__(self, most: int, knows: Callable[[bytes], bool] = lambda _: False) -> None:
        self._knows, self._floods = knows, Pace()
        self._most, self._without_seat, self._with_seat = most, most - most // 3, 0
        self._addresses: dict[
            str, dict[Known, None]
        ] = {}  # those without a seat; each group begins with the one silent the longest
        self._seats: dict[str, dict[Known, None]] = {}

    def __len__(self) -> int:
        """Return how many there are."""
        return self._with_seat + sum(map(len, self._addresses.values()))

    def came(self, one: Known) -> None:
        """Take in a connection; another one may have to go."""
        self._addresses.setdefault(one.address, {})[one] = None
        self._make_room()

    def _make_room(self) -> None:
        without = sum(map(len, self._addresses.values()))
        if without > self._without_seat or (without > 1 and without + self._with_seat > self._most):
            self._go(self._addresses)
        elif without + self._with_seat > self._most:
            self._go(self._seats)

    def _go(self, groups: dict[str, dict[Known, None]]) -> None:
        group = max(groups.values(), key=lambda group: (len(group), -next(iter(group)).heard))
        self._end(next(iter(group)))

    def _end(self, one: Known) -> None:
        self.left(one)
        one.end()

    def is_flood(self, one: Known, data: bytes) -> bool:
        """Whether a request is one of very many without a seat from one address: answering each would take all our time."""
        return not (one.seat or self._floods.allows(one.address, FLOOD, FLOOD_AT_ONCE) or self._knows(data))

    def heard(self, one: Known) -> None:
        """Note that a connection isn't silent."""
        group = self._group(one)
        if one in group:
            del group[one]
            group[one] = None

    def sits(self, one: Known, seat: str, each: int = EACH) -> None:
        """Note which seat a connection belongs to, "" for none; a seat with too many loses the one that was silent the longest."""
        if one.seat == seat or one not in self._group(one):
            return
        self.left(one)
        one.seat = seat
        groups, name = (self._seats, seat) if seat else (self._addresses, one.address)
        group = groups.setdefault(name, {})
        group[one] = None
        self._with_seat += bool(seat)
        if seat and len(group) > each:
            self._end(next(iter(group)))
        if not seat:
            self._make_room()

    def left(self, one: Known) -> None:
        """Forget a connection."""
        group = self._group(one)
        if one not in group:
            return
        del group[one]
        self._with_seat -= bool(one.seat)
        if not group:
            del (self._seats if one.seat else self._addresses)[one.seat or one.address]

    def _group(self, one: Known) -> dict[Known, None]:
        found = self._seats.get(one.seat) if one.seat else self._addresses.get(one.address)
        return {} if found is None else found


class Known(Patient):
    """A connection of a crowd. What it asks gets it as ``scope["connection"]``.

    Attributes:
        number: another one for each connection.
        seat: the seat that it belongs to; "" for none.
        heard: when something came from it last.
    """

    crowd: Crowd
    number = 0
    seat = ""
    heard = 0.0
    whole = True

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take it in."""
        super().connection_made(transport)
        answer, self.heard, self.number = self.app, self.loop.time(), next(NUMBERS)

        async def known(scope: Scope, receive: Receive, send: Send) -> None:
            await answer({**scope, "connection": self}, receive, send)

        self.app: Any = known
        self.crowd.came(self)

    def data_received(self, data: bytes) -> None:
        """Note that it isn't silent; a second request before the first was answered isn't from a browser."""
        if self.transport.is_closing():
            return
        self.heard = self.loop.time()
        self.crowd.heard(self)
        if self.conn.their_state is h11.IDLE and self.crowd.is_flood(self, data):
            self.transport.write(ONE_MOMENT)
            self.end_soon()
            return
        super().data_received(data)
        if self.conn.their_state is h11.DONE and self.conn.trailing_data[0]:
            self.end()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self.crowd.left(self)
        super().connection_lost(exc)

    def sits(self, seat: str, each: int = EACH) -> None:
        """Let it belong to a seat; "" to none."""
        self.crowd.sits(self, seat, each)


def of_crowd(crowd: Crowd) -> type[Known]:
    """Return the connections of a crowd."""
    return type("OfCrowd", (Known,), {"crowd": crowd})
