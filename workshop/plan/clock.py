"""The run sheet: clock times from the slides' minutes, with breaks."""

from __future__ import annotations

import re

from workshop.errors import At, Report
from workshop.messages import messages
from workshop.model.kit import RunRow, Stage

BREAK_AFTER = 90  # minutes without a break at the most (standards: every 60 to 90)
BREAK_MINUTES = 15
CLOCK = re.compile(r"^([01]?\d|2[0-3])[:.]([0-5]\d)$")


def parse_clock(text: str, report: Report, at: At | None = None) -> int | None:
    """Return minutes since midnight for "09:30", ``None`` for "" or after noting a problem.

    >>> parse_clock("09:30", Report())
    570
    """
    if not text:
        return None
    match = CLOCK.match(text.strip())
    if match is None:
        report.error(f"'{text}' is no clock time", at, "write it like 09:30", "clock")
        return None
    return int(match[1]) * 60 + int(match[2])


def clock(minutes: float) -> str:
    """Return minutes since midnight as a clock time.

    >>> clock(570), clock(24 * 60 + 5)
    ('09:30', '00:05')
    """
    hours, rest = divmod(round(minutes), 60)
    return f"{hours % 24:02d}:{rest:02d}"


def run_sheet(stages: tuple[Stage, ...], start: int | None, language: str) -> tuple[RunRow, ...]:
    """Return the rows of the run sheet, breaks put in before more than 90 minutes have passed.

    Args:
        start: minutes since midnight; ``None`` counts from 00:00.
    """
    words = messages(language)
    now, since_break = float(start or 0), 0.0
    rows: list[RunRow] = []
    for stage in stages:
        if not stage.minutes:
            continue
        if since_break and since_break + stage.minutes > BREAK_AFTER:
            rows.append(RunRow("break", clock(now), BREAK_MINUTES, str(words["break"]), str(words["break-note"])))
            now, since_break = now + BREAK_MINUTES, 0.0
        rows.append(
            RunRow(
                "stage",
                clock(now),
                stage.minutes,
                stage.title,
                stage.question or stage.aim,
                ", ".join(stage.material),
                str(words["who-all"]),
                stage.number,
            )
        )
        now, since_break = now + stage.minutes, since_break + stage.minutes
    return tuple(rows)
