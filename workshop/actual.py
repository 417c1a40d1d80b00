"""Minutes that slides really took, from a CSV file that a facilitator filled in."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

from workshop.errors import At, Report

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
    rows = csv.DictReader(text.splitlines())
    if missing := [name for name in COLUMNS if name not in (rows.fieldnames or ())]:
        hint = "write slide,minutes in the first line"
        report.error(f"there is no column '{missing[0]}'", At(path.as_posix(), 1), hint, "actual")
        report.raise_if_errors()
    for row in rows:
        name, minutes = (row["slide"] or "").strip(), (row["minutes"] or "").strip()
        if not name or not minutes:
            continue
        try:
            value = float(minutes)
        except ValueError:
            value = -1
        if not 0 <= value <= MOST:
            report.error(f"'{minutes}' is no number of minutes", At(path.as_posix(), rows.line_num), "write 4 or 2.5")
        taken[name].append(value)
    report.raise_if_errors()
    return {name: max(1, round(HALF * sum(values) / len(values))) / HALF for name, values in taken.items()}
