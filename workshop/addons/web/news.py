"""Numbered news: whoever has the newest waits for the next."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from starlette.requests import Request

WAIT = 20.0  # seconds that a request for news waits


def newest(request: Request) -> int:
    """Return the number of the newest state that whoever asks has; -1 for none."""
    given = request.query_params.get("after", "-1")
    return int(given) if given.isdecimal() else -1


class News:
    """The number of the newest state, and everybody who waits for the next one; for one event loop.

    Attributes:
        number: 0 before the first news.
    """

    def __init__(self) -> None:
        self.number = 0
        self._ended = False
        self._next = asyncio.Event()

    def tell(self, number: int | None = None) -> None:
        """Let everybody go on, with the next number or a given one."""
        self.number = self.number + 1 if number is None else number
        self._next.set()
        self._next = asyncio.Event()

    async def after(self, number: int) -> int:
        """Return the newest number, as soon as it differs from one that somebody has, or after a while."""
        if number == self.number and not self._ended:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._next.wait(), WAIT)
        return self.number

    def end(self) -> None:
        """Let nobody wait any more."""
        self._ended = True
        self._next.set()
