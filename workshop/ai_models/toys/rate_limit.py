"""A token bucket: it holds a few tokens, fills slowly, and each request takes one or is turned away.

It shows how a service limits what one user can ask: the size of the bucket allows bursts, its rate decides what goes in the long run.
A token here is a ticket for one request, not a piece of a word. It leaves out limits by length of answer, queues and many users.
Source: the token bucket of network traffic, e.g. Turner 1986.

    >>> bucket = Bucket()
    >>> [bucket.allows(second) for second in (0, 0, 1, 1, 2, 3, 4, 8)]
    [True, True, True, False, True, False, True, True]
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Bucket:
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
