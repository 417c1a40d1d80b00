"""A token bucket: it holds a few tokens, fills slowly, and each request takes one or is turned away."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct


class Bucket(Struct):
    """State of one bucket.

    Attributes:
        capacity: most tokens it can hold; it starts full.
        rate: tokens added per second.
        tokens, last: number of tokens in it, and the time of the last update in seconds.
    """

    capacity: float = 3
    rate: float = 0.5
    tokens: float = 3
    last: float = 0

    def allows(self, now: float) -> bool:
        """Fill up for the time gone by, then take a whole token or none."""
        gained = (now - self.last) * self.rate
        self.tokens = min(self.capacity, self.tokens + gained)
        self.last = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


def timeline(times: Sequence[float], capacity: float = 3, rate: float = 0.5) -> list[tuple[float, bool, float]]:
    """Return (time, allowed, tokens left) for requests at ``times`` seconds.

    >>> [allowed for _, allowed, _ in timeline([0, 0, 1, 1, 2, 3, 4, 8])]
    [True, True, True, False, True, False, True, True]
    """
    bucket = Bucket(capacity, rate, capacity)
    return [(now, bucket.allows(now), bucket.tokens) for now in times]
