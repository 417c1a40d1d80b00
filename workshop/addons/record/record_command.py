"""The command ``record``, for after a workshop."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace

from workshop.cli import options as opt
from workshop.cli.asked import base_kit, kit_path
from workshop.cli.cache_command import kept_in
from workshop.cli.console import format_problems
from workshop.cli.grouped import Group, option
from workshop.errors import Problem, WorkshopError
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry

TRAINING = option(
    "--training",
    group=Group.CONTENT,
    type=opt.A_FILE,
    metavar="FILE",
    text="YAML file with date, place, trainer, people and so on; what isn't in it stays a line to write on.",
)
OPTIONS = (
    opt.KIT,
    *opt.SHARED,
    TRAINING,
    opt.MINUTES,
    opt.ACTUAL.but("CSV of slide,minutes: how long each slide really took; 0 for one that wasn't shown."),
    opt.COUNTS,
    opt.PAPER.but("Paper of the record; default: what kit.yaml says."),
    opt.ROOM,
    opt.PROFILE.but("How the record is set: standard, large or dyslexia."),
    opt.OUT.but("Write the files into this folder; default training/.", default=Path("training")),
    *(opt.TRUST, opt.TRUST_FOLDER, opt.NO_CACHE),
)


@click.command("record", cls=opt.GroupedCommand)
@click.argument("file", type=opt.A_FILE, required=False)
@opt.takes(*OPTIONS)
def record_command(
    file: Path | None,
    kit: str | None,
    out: Path,
    training: Path | None,
    actual: Mapping[str, float],
    no_cache: bool,
    **options: Any,
) -> None:
    """Write the file of a training that took place: what was shown, to whom, and what people could do.

    FILE is the table of quiz sheets that 'quiz' reads; without it, the shares are lines to write on. Give the options of the
    build that you used (--audience, --minutes, --stage …), so that the record names what you showed. It writes record.pdf,
    record.docx and record.json, a page for a manager, three mails to send on with their dates, and certificates for the people whom
    the file of the training names.
    """
    from workshop.addons.record.follow_up import follow_up
    from workshop.addons.record.held import as_it_was, held_of, read_training, written_by_hand
    from workshop.addons.room.quiz_changes import asked, read_sheets
    from workshop.addons.room.results import results_of
    from workshop.build import prepare, stop
    from workshop.files.output import write_files
    from workshop.files.paths import trusted_file
    from workshop.plan.plan_kit import OUT_OF_DATE
    from workshop.render.writing import render

    registry = standard_registry()
    request = Request(only=("record",), cache=kept_in(no_cache=no_cache), trusted=trusted_file(), **options)
    where = kit_path(kit, registry)
    laid, problems = prepare(where, request, registry, base=base_kit(registry))
    stop(problems)
    told = tuple(problem for problem in problems if problem.code == OUT_OF_DATE)
    planned, held = laid.kit, held_of(laid.kit)
    sheets, there = None, planned.quiz
    if file is not None:
        if not planned.quiz:
            raise WorkshopError(Problem("this plan has no quiz", hint="leave the file out, or name a quiz in kit.yaml"))
        there = asked(file, planned.quiz)
        sheets = read_sheets(file, there, planned.later)
    if training is not None:
        found, wrong = read_training(training, sheets.everybody if sheets else None)
        found, by_hand = written_by_hand(found)
        told = (*told, *wrong, *by_hand)
        held = replace(
            held, training=found, laws=tuple(x for x in held.laws if not found.law or x.meta.id in found.law)
        )
    if sheets is not None:
        held = replace(held, results=results_of(sheets, there, planned.later, held.training.groups))
    was, names = as_it_was(planned, actual), tuple(one.name for one in held.training.attended if one.name)
    extra = {**was.extra, "record": replace(held, planned=planned.duration)}
    laid = replace(laid, kit=replace(was, names=names, extra=extra))
    if told:
        click.echo(format_problems(told), err=True)
    request = replace(request, only=("record", "manager", *(("certificate",) if names else ())))
    folders = (*reversed(request.overlays), where if where.is_dir() else where.parent)
    for written in write_files(out, {**render(laid, request, registry), **follow_up(laid, registry, folders)}):
        click.echo(written.as_posix())
