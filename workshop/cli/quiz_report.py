"""The item analysis of a quiz as slides and a page: a talk of two slides with its two tables, built like any other."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from workshop.cli.kit_path import builtin_kit
from workshop.errors import Problem, WorkshopError
from workshop.model.exhibits import Chart, Findings, Table
from workshop.model.request import Request
from workshop.plugins.registry import Registry

TALK = """---
title: The quiz, before and after
---

## What changed

![{finding}](chart:right.csv){{kind=bar x=question y=before,after unit=percent}}

## Questions, the hardest first

![{hardest}](table:items.csv)
"""


HEADS = ("Question", "Before", "After", "Change, points", "So it got", "Wrong answer")


def _short(row: Sequence[object]) -> tuple[object, ...]:
    """Return a row whose shares have no intervals, so that all questions fit on a slide; the change keeps its own."""
    name, before, after, *rest = row
    return name, str(before).partition(" ")[0], str(after).partition(" ")[0], *rest


def write_report(findings: Findings, folder: Path, request: Request, registry: Registry) -> tuple[Path, ...]:
    """Write the tables and a talk with them into a folder, build it there, and return the finished files.

    Raises:
        WorkshopError: if nobody filled in both sheets.
    """
    from workshop.build import build
    from workshop.files.output import write_files

    change, items = findings.exhibits["change"], findings.exhibits.get("items")
    if not isinstance(change, Chart) or not isinstance(items, Table):
        message = "nobody filled in both sheets, so no question can be compared"
        raise WorkshopError(Problem(message, hint="give each person one number for both sheets"))
    shares = zip(change.categories, *(series.values for series in change.series), strict=True)
    talk = TALK.format(finding=change.finding, hardest=items.finding)
    write_files(
        folder,
        {
            "quiz.md": talk.encode(),
            "right.csv": _csv((("question", "before", "after"), *shares)),
            "items.csv": _csv((HEADS, *map(_short, items.rows))),
        },
    )
    made = build(
        folder / "quiz.md",
        replace(request, only=("deck", "handout"), minutes=None),
        registry,
        base=builtin_kit(registry),
        out=folder,
    )
    return tuple(written.path for written in made.written)


def _csv(rows: Sequence[Sequence[object]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()
