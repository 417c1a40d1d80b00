"""The minutes that slides really took, from a CSV file that a facilitator filled in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from workshop import limits
from workshop.errors import At, Problem, Report, WorkshopError
from workshop.inputs.door import read_text
from workshop.inputs.structured import read_named
from workshop.model.numbers import decimal

COLUMNS = ("slide", "minutes")
MOST = 600
HALF = 2  # minutes are planned in halves


def read_actual(path: Path) -> dict[str, float]:
    """Return slide id -> minutes, rounded to halves: the mean of the times that it was shown, 0 if it was skipped each time.

    The first line names the columns ``slide`` and ``minutes``; other columns and empty minutes are ignored.

    Raises:
        Problems: for everything that is wrong with the file.
    """
    report = Report()
    taken: dict[str, list[float]] = defaultdict(list)
    try:
        text = read_text(path, limits.CSV_BYTES)
    except OSError as error:
        why = f"this file cannot be read: {error.strerror}"
        raise WorkshopError(Problem(why, At(path.as_posix()), hint="save it as CSV in UTF-8", code="actual")) from None
    for at, row in read_named(text, path.as_posix(), COLUMNS, "actual"):
        name, minutes = row["slide"], row["minutes"]
        if not name or not minutes:
            continue
        value = decimal(minutes.replace(",", "."), 0, MOST)
        if value is None:
            report.error(f"'{minutes}' isn't a number of minutes", at, "write 4 or 2.5")
        else:
            taken[name].append(value)
    report.raise_if_errors()
    return {name: _mean([value for value in values if value]) for name, values in taken.items()}


def _mean(values: Sequence[float]) -> float:
    return max(1, round(HALF * sum(values) / len(values))) / HALF if values else 0.0
