"""What the sections of ``make bench`` share: running whole processes, medians, and what a section hands on."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / ".venv" / "pptxgenjs" / "node_modules"
UNLIMITED = [sys.executable, str(ROOT / "benchmarks" / "unlimited.py")]


@dataclass(frozen=True, kw_only=True)
class Given:
    """How to measure.

    Attributes:
        folder: an empty one.
        quick: whether only to try that everything works, with few and small runs.
        cpu: whether to measure processor time instead of wall time, on a machine that has other work.
    """

    folder: Path
    quick: bool
    cpu: bool

    @property
    def unit(self) -> str:
        """What the seconds are."""
        return "s of processor time" if self.cpu else "s"


@dataclass
class Found:
    """The results of a section.

    Attributes:
        ratios: what is compared, the result, and what is wanted; "" for nothing.
        lines: Markdown below them.
    """

    ratios: list[tuple[str, str, str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def table(self, *rows: Sequence[str]) -> None:
        """Add a table; the first row is its head, and all columns but the first have numbers."""
        head, *rest = rows
        self.lines += ["", _row(head), "|---|" + "---:|" * (len(head) - 1), *map(_row, rest)]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def ours() -> list[str]:
    """Return the command of this program, as it is installed."""
    door = Path(sys.executable).parent / "workshop"
    return [str(door)] if door.exists() else [sys.executable, str(ROOT / "build_deck.py")]


def surroundings(cache: Path | None = None) -> dict[str, str]:
    """Return the environment of measured processes: modules are kept compiled, node finds PptxGenJS, and the cache is elsewhere."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    modules = os.pathsep.join((str(MODULES), kept.get("NODE_PATH", "")))
    own = {"WORKSHOP_CACHE": str(cache)} if cache else {}
    return {**kept, "PYTHONPATH": str(ROOT), "NODE_PATH": modules, **own}


def children() -> float:
    """Return the processor time of all processes that this one has started and that have ended."""
    spent = os.times()
    return spent.children_user + spent.children_system


def seconds(
    command: list[str],
    given: Given,
    *,
    cache: Path | None = None,
    folder: Path | None = None,
    limit: float | None = None,
) -> float:
    """Run a command; return its wall time, or its processor time.

    Raises:
        subprocess.CalledProcessError: if it fails.
        subprocess.TimeoutExpired: after ``limit`` seconds.
    """
    return timed(command, given, cache=cache, folder=folder, limit=limit)[0]


def timed(
    command: list[str],
    given: Given,
    *,
    cache: Path | None = None,
    folder: Path | None = None,
    limit: float | None = None,
) -> tuple[float, str]:
    """Do the same as ``seconds``, and return what the command printed, too."""
    clock: Callable[[], float] = children if given.cpu else time.perf_counter
    place, surround = folder or given.folder, surroundings(cache)
    began = clock()
    done = subprocess.run(
        command, check=True, env=surround, cwd=place, capture_output=True, timeout=limit, encoding="utf-8"
    )
    return clock() - began, done.stdout


def median(times: Sequence[float]) -> float:
    """Return the median."""
    return statistics.median(times)


def in_seconds(time_: float) -> str:
    """Return a time for a table.

    >>> in_seconds(0.1234), in_seconds(12.34), in_seconds(123.4)
    ('0.12', '12.3', '123')
    """
    return f"{time_:.2f}" if time_ < 9.95 else f"{time_:.1f}" if time_ < 99.5 else f"{time_:.0f}"
