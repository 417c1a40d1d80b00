"""The command ``record``, for after a workshop."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace

from workshop.cli import options as opt
from workshop.cli import taken
from workshop.cli.asked import builtin_kit, kit_path
from workshop.cli.cache_command import kept_in
from workshop.cli.values import Group, day, option
from workshop.errors import Problem, WorkshopError
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry

DATE = option(
    "--date",
    group=Group.TIME,
    read=day,
    default="",
    metavar="YYYY-MM-DD",
    text="When the workshop was; default: today.",
)
LED_BY = option(
    "--led-by", group=Group.CONTENT, default="", metavar="TEXT", text="Who led it; default: a line to write on."
)
OPTIONS = (
    opt.KIT,
    *taken.SHARED,
    LED_BY,
    opt.MINUTES,
    opt.ACTUAL.but("CSV of slide,minutes: how long each slide really took; 0 for one that wasn't shown."),
    DATE,
    opt.PAPER.but("Paper of the record; default: what kit.yaml says."),
    opt.PEOPLE.but("How many people were there; default: those who filled in the quiz."),
    opt.OUT.but("Write the record into this file; default record.pdf.", type=opt.FILE, default=Path("record.pdf")),
    *(opt.TRUST, opt.TRUST_FOLDER, opt.NO_CACHE),
)


@click.command("record", cls=opt.GroupedCommand)
@click.argument("file", type=opt.A_FILE, required=False)
@opt.takes(*OPTIONS)
def record_command(
    file: Path | None,
    kit: str | None,
    out: Path,
    date: str,
    people: int,
    actual: Mapping[str, float],
    led_by: str,
    no_cache: bool,
    **options: Any,
) -> None:
    """Write the record of a workshop that took place: date, people, points shown, the quiz before and after.

    FILE is the table of quiz sheets that 'quiz' reads; without it, the shares are lines to write on. Give the options of the
    build that you used (--audience, --minutes, --stage …), so that the record names what you showed.
    """
    from workshop.addons.record.held import Held, as_it_was
    from workshop.addons.room.item_analysis import quiz_of
    from workshop.build import prepare, stop
    from workshop.files.output import write_files
    from workshop.files.paths import trusted_file
    from workshop.render.writing import render

    registry = standard_registry()
    request = Request(
        only=("record",), cache=kept_in(no_cache=no_cache), trusted=trusted_file(), people=people, **options
    )
    laid, problems = prepare(kit_path(kit, registry), request, registry, base=builtin_kit(registry))
    stop(problems)
    held = Held(date=date, people=people, led_by=led_by)
    if file is not None:
        if not laid.kit.quiz:
            raise WorkshopError(Problem("this plan has no quiz", hint="leave the file out, or name a quiz in kit.yaml"))
        found, filled, basis = quiz_of(file, laid.kit.quiz)
        held = replace(held, quiz=found, people=people or filled, basis=basis)
    told = as_it_was(laid.kit, actual)
    laid = replace(laid, kit=replace(told, extra={**told.extra, "record": held}))
    write_files(out.parent, {out.name: render(laid, request, registry)["record.pdf"]})
    click.echo(out.as_posix())
