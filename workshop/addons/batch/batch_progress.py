"""Says how far a batch is: one line redrawn on a terminal, a line per row in a log."""

from __future__ import annotations

import sys
import time
from collections import Counter

from workshop.addons.batch.rows import Outcome, State
from workshop.cli.console import printable

HURRY = 0.1  # seconds between two changes of the line
WIDE = 100  # characters of a row's message on a terminal


class BatchProgress:
    """Counts outcomes, and says on standard error how many there are, how fast they come, and how long the rest takes.

    Args:
        rows: how many there are.
        quiet: whether only rows that failed are named.
    """

    def __init__(self, rows: int, *, quiet: bool) -> None:
        self.count: Counter[State] = Counter()
        self._rows, self._quiet = rows, quiet
        self._live = sys.stderr.isatty() and not quiet
        self._began, self._drawn, self._width = time.monotonic(), 0.0, 0

    def __call__(self, outcome: Outcome, *, shown: bool = True) -> None:
        """Count an outcome; those that were ``shown`` in another way are only counted."""
        self.count[outcome.state] += 1
        failed = outcome.state is State.FAILED
        if shown and (failed or (outcome.state is State.BUILT and not (self._live or self._quiet))):
            self.clear()
            sys.stderr.write(self._line(outcome) + "\n")
        now = time.monotonic()
        if self._live and (now > self._drawn + HURRY or failed):
            self._drawn = now
            self._draw(f"… {self._so_far()}")
        sys.stderr.flush()

    def say(self, text: str) -> None:
        """Print a line above the one that is redrawn."""
        self.clear()
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()

    def clear(self) -> None:
        """Clear the line that is redrawn."""
        if self._width:
            self._draw("")
            sys.stderr.write("\r")
            self._width = 0

    def summary(self) -> str:
        """Return what became of all rows."""
        parts = [f"{self.count[state]:,} {state}" for state in State if self.count[state]]
        if left := self._rows - self.count.total():
            parts.append(f"{left:,} not built")
        pace = f" ({self._pace():.2g} kits a second)" if self.count[State.BUILT] else ""
        rows = f"{self._rows:,} row{'s' * (self._rows != 1)}"
        return f"{rows}: {', '.join(parts)}, in {duration(time.monotonic() - self._began)}{pace}"

    def _line(self, outcome: Outcome) -> str:
        done = f"{self.count.total():>{len(str(self._rows))}} of {self._rows}"
        took = f" in {outcome.seconds:.1f} s" if outcome.seconds else ""
        left = "" if self._live or self._quiet else f" · {self._rest()}"
        said = f": {printable(outcome.message)}" if outcome.message else ""
        return f"{done} {outcome.state} {outcome.name}{took}{said}{left}".rstrip(" ·")

    def _so_far(self) -> str:
        failed = f" · {self.count[State.FAILED]} failed" if self.count[State.FAILED] else ""
        return f"{self.count.total():,} of {self._rows:,}{failed} · {self._rest()}".rstrip(" ·")

    def _rest(self) -> str:
        """Return throughput and the time that is left, as far as they can be known."""
        pace, left = self._pace(), self._rows - self.count.total()
        if not (pace and left):
            return ""
        return f"{pace:.2g} kits a second · {duration(left / pace)} left"

    def _pace(self) -> float:
        """Return the kits built per second so far."""
        return self.count[State.BUILT] / max(time.monotonic() - self._began, 0.001)

    def _draw(self, text: str) -> None:
        sys.stderr.write("\r" + text.ljust(self._width))
        self._width = len(text)


def duration(seconds: float) -> str:
    """Return a duration in readable form.

    >>> duration(3.25), duration(75), duration(3720)
    ('3.2 s', '1 min 15 s', '1 h 2 min')
    """
    if seconds < 60:
        return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60} h {minutes % 60} min"
