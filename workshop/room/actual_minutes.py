"""Minutes that slides really took, from a CSV file that a facilitator filled in."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from workshop.errors import At, Report
from workshop.inputs.csv_text import read_named

COLUMNS = ("slide", "minutes")
MOST = 600
HALF = 2  # minutes are planned in halves


def read_actual(path: Path) -> dict[str, float]:
    """Return slide id -> minutes, in halves; a slide that stands there more than once has its mean.

    The first line names the columns ``slide`` and ``minutes``, others are passed over, and so are empty minutes.

    Raises:
        Problems: everything that is wrong with the file.
    """
    report = Report()
    taken: dict[str, list[float]] = defaultdict(list)
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        report.error("this file cannot be read", At(path.as_posix()), "save it as CSV in UTF-8", "actual")
        report.raise_if_errors()
    for at, row in read_named(text, path.as_posix(), COLUMNS, "actual"):
        name, minutes = row["slide"], row["minutes"]
        if not name or not minutes:
            continue
        try:
            value = float(minutes.replace(",", "."))
        except ValueError:
            value = -1
        if not 0 <= value <= MOST:
            report.error(f"'{minutes}' is no number of minutes", at, "write 4 or 2.5")
        taken[name].append(value)
    report.raise_if_errors()
    return {name: max(1, round(HALF * sum(values) / len(values))) / HALF for name, values in taken.items()}
