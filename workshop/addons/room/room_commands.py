"""The commands for after a workshop: ``quiz`` and ``tally`` read what participants wrote."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from workshop.cli import options as opt
from workshop.cli.asked import base_kit, kit_path
from workshop.cli.cache_command import kept_in
from workshop.cli.grouped import Group, option
from workshop.errors import Problem, WorkshopError
from workshop.model.exhibits import Chart, Findings, Table
from workshop.model.request import Request
from workshop.plugins.registry import Registry, standard_registry

if TYPE_CHECKING:
    from workshop.model.kit import Kit


REPORT = option(
    "--report",
    group=Group.PAPER,
    once=True,
    type=opt.FOLDER,
    text="Write slides and a page with each question into this folder.",
)
_ROOM = (opt.KIT, opt.AUDIENCE.but("Who it was for: see 'list audiences'."))
HELD = opt.MINUTES.but("Its length, if there is a column later: its questions are those of this plan.")
QUIZ = (*_ROOM, HELD, opt.OUT.but("Write the chart into this folder."), REPORT, opt.JSON)
TALLY = (*_ROOM, opt.OUT.but("Write the votes into this file.", type=opt.FILE))

FILE = click.argument("file", type=opt.A_FILE)
PEOPLE = 9999  # ballot codes that are accepted: more than any room needs


@click.command("quiz", cls=opt.GroupedCommand)
@FILE
@opt.takes(*QUIZ)
def quiz_command(
    file: Path,
    kit: str | None,
    audience: str,
    minutes: float | None,
    out: Path | None,
    report: Path | None,
    as_json: bool,
) -> None:
    """Compare the quiz before, after and weeks later.

    FILE has the columns participant, when (before or after), and one per question: 1, 2, 3 … The letters of the sheet for
    weeks after are in a column later, in one word.
    """
    from workshop.addons.room.answer_lines import read_rows
    from workshop.addons.room.quiz_changes import asked, read_sheets, what_changed
    from workshop.cli import listings as show

    read_rows(file)  # refused before the kit is planned, for which its demos run
    registry = standard_registry()
    planned = _planned(kit, Request(audience=audience, minutes=minutes or 0, only=("quiz",)), registry)
    if not planned.quiz:
        raise WorkshopError(Problem("this kit has no quiz", hint="name one in kit.yaml: quiz: quiz.yaml"))
    questions = asked(file, planned.quiz)
    short = {mark.id: mark.short for mark in planned.marks}
    names = [f"{question.number} {short.get(question.stage, '')}".rstrip() for question in questions]
    findings = what_changed(read_sheets(file, questions, planned.later), questions, names, planned.later)
    if as_json:
        click.echo(show.as_json("quiz", 0, findings))
        return
    show.print_exhibits("quiz", "The quiz before and after", findings)
    if report is not None:
        for path in write_report(findings, report, Request(cache=kept_in()), registry):
            click.echo(path.as_posix())
    if out is not None:
        for path in show.draw_charts(findings, out, registry):
            click.echo(path.as_posix())


@click.command("tally", cls=opt.GroupedCommand)
@FILE
@opt.takes(*TALLY)
def tally_command(file: Path, kit: str | None, audience: str, out: Path | None) -> None:
    """Add up ballots and print the votes of each round, without a build.

    FILE is whatever build --votes reads: totals of a show of hands (1 14 9), one ballot per line, as printed (07M ABBABA), or
    a table of participants with A, B or - in each round. You don't need to add them up before you build slides from them.
    """
    from workshop.addons.room.tally import tally
    from workshop.cli.console import format_problems
    from workshop.files.output import write_files
    from workshop.inputs.ballot_forms import read_votes

    read = read_votes(file)  # before the kit is planned, for which its demos run
    planned = _planned(kit, Request(audience=audience, minutes=0, people=PEOPLE), standard_registry())
    if planned.ballots is None:
        raise WorkshopError(Problem("this kit has no ballots", hint="name them in kit.yaml: ballots: FILE"))
    text, told = tally(*read, planned.ballots)
    if told:
        click.echo(format_problems(told), err=True)
    if out is None:
        click.echo(text, nl=False)
        return
    if out.is_symlink() or (out.exists() and not out.is_file()):
        out.write_text(text, "utf-8")  # a link or a device, such as /dev/stdout: its target is written
    else:
        write_files(out.parent, {out.name: text.encode()})
    click.echo(out.as_posix())


def _planned(kit: str | None, request: Request, registry: Registry) -> Kit:
    """Return a kit as it is planned, from kept runs if there are any."""
    from workshop.build import plan, stop
    from workshop.files.paths import trusted_file

    request = replace(request, cache=kept_in(), trusted=trusted_file())
    planned, problems = plan(kit_path(kit, registry), request, registry, base=base_kit(registry))
    stop(problems)
    return planned


# The item analysis of a quiz as slides and a page: a talk of two slides with its two tables, built like any other.
TALK = """---
title: The quiz, before and after
---

## What changed

![{finding}](chart:right.csv){{kind=bar x=question y={times} unit=percent}}

## Questions, the hardest first

![{hardest}](table:items.csv)
"""


HEADS = ("Question", "Before", "After", "Change, points", "Of those wrong, right after", "So it got", "Wrong answer")


def _short(row: Sequence[object]) -> tuple[object, ...]:
    """Return a row whose shares before and after have no intervals, so that all questions fit on a slide."""
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
    times = [series.name for series in change.series]
    talk = TALK.format(finding=change.finding, hardest=items.finding, times=",".join(times))
    write_files(
        folder,
        {
            "quiz.md": talk.encode(),
            "right.csv": _csv((("question", *times), *shares)),
            "items.csv": _csv((HEADS, *map(_short, items.rows))),
        },
    )
    made = build(
        folder / "quiz.md",
        replace(request, only=("deck", "handout"), minutes=None),
        registry,
        base=base_kit(registry),
        out=folder,
    )
    return tuple(written.path for written in made.written)


def _csv(rows: Sequence[Sequence[object]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()
