"""Numbered news: whoever has the newest waits for the next."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from starlette.requests import Request

from workshop.addons.web.guard import is_number

WAIT = 20.0  # seconds that a request for news waits


def newest(request: Request) -> int:
    """Return the number of the newest state that whoever asks has; -1 for none."""
    given = request.query_params.get("after", "-1")
    return int(given) if is_number(given) else -1


class News:
    """The number of the newest state, and everybody who waits for the next one; for one event loop.

    Attributes:
        number: 0 before the first news.
    """

    def __init__(self) -> None:
        self.number = 0
        self._ended = False
        self._waiting: set[asyncio.Future[bool]] = set()
        self._last: dict[str, asyncio.Future[bool]] = {}
        self._woken: set[str] = set()

    def tell(self, number: int | None = None) -> None:
        """Let everybody go on, with the next number or a given one."""
        self.number = self.number + 1 if number is None else number
        for waiting in self._waiting:
            _let_go(waiting, still=True)

    async def after(self, number: int, who: str = "") -> int | None:
        """Return the newest number, as soon as it differs from one that somebody has, or after a while.

        Args:
            who: waits once: if the same one asks again meanwhile, the earlier question gets ``None``; "" for nobody in particular.
        """
        if who and (before := self._last.pop(who, None)) is not None:
            _let_go(before, still=False)
        if number != self.number or self._ended or who in self._woken:
            self._woken.discard(who)
            return self.number
        waiting = asyncio.get_running_loop().create_future()
        self._waiting.add(waiting)
        if who:
            self._last[who] = waiting
        still = True
        try:
            with suppress(TimeoutError):
                still = await asyncio.wait_for(waiting, WAIT)
        finally:
            self._waiting.discard(waiting)
            if who and self._last.get(who) is waiting:
                del self._last[who]
        return self.number if still else None

    def wake(self, who: str) -> None:
        """Let only one go on, or not wait next time: there is news for nobody else."""
        if (waiting := self._last.get(who)) is not None:
            _let_go(waiting, still=True)
        elif who:
            self._woken.add(who)

    def end(self) -> None:
        """Let nobody wait any more."""
        self._ended = True
        self.tell(self.number)


def _let_go(waiting: asyncio.Future[bool], *, still: bool) -> None:
    if not waiting.done():
        waiting.set_result(still)
