"""The report of a batch: a row for each kit with what became of it, as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from workshop.addons.batch.rows import BESIDE, REPORT, Outcome
from workshop.addons.batch.whole_file import write_whole

# The report of a batch: one line per row, safe to open in a spreadsheet.
HEAD = ("row", "state", "folder", "seconds", "message")
FORMULA = "=+-@\t\r\n"  # a cell that begins with one of these can become a formula in a spreadsheet


def report_text(outcomes: Iterable[Outcome]) -> str:
    """Return the report as CSV; ``row`` is the line in the table of the batch."""
    written = io.StringIO(newline="")
    table = csv.writer(written, lineterminator="\n")
    table.writerow(HEAD)
    for one in sorted(outcomes, key=lambda outcome: outcome.at.line):
        seconds = f"{one.seconds:.1f}" if one.seconds else ""
        table.writerow((one.at.line, one.state, _cell(one.name), seconds, _cell(one.message)))
    return written.getvalue()


def write_report(out: Path, outcomes: Iterable[Outcome]) -> Path:
    """Write the report into the output folder, and return its path."""
    path = out / REPORT
    write_whole(path, report_text(outcomes).encode("utf-8", "replace"), out / BESIDE)
    return path


def _cell(text: str) -> str:
    """Return a text in one line that no spreadsheet takes for a formula."""
    line = "".join(letter if letter.isprintable() else " " for letter in text)
    return f"'{line}" if text.startswith(tuple(FORMULA)) else line
