"""How often somebody may ask."""

from __future__ import annotations

import time

MOST_WHO = 10_000  # whose pace is known


class Pace:
    """Lets everybody ask so often a second, and some more at once."""

    def __init__(self) -> None:
        self._left: dict[object, tuple[float, float]] = {}

    def allows(self, who: object, rate: int, at_once: int) -> bool:
        """Whether one more is allowed."""
        now = time.monotonic()
        left, at = self._left.pop(who, (at_once, now))
        left = min(at_once, left + (now - at) * rate)
        self._left[who] = (left - 1 if left >= 1 else left, now)
        if len(self._left) > MOST_WHO:
            del self._left[next(iter(self._left))]
        return left >= 1
