"""The command ``export``: the quiz and numeric tasks for a learning platform, or the companion page as a SCORM package."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from workshop.addons.explore.explore_command import explore_page
from workshop.addons.personal.options import SETS
from workshop.cli import options as opt
from workshop.cli.asked import base_kit, default_folder, kit_path, request_of
from workshop.errors import Problem, WorkshopError
from workshop.files.output import write_files
from workshop.plugins.registry import standard_registry

SCORM, PACKAGE = "scorm", "explore-scorm.zip"
OPTIONS = (
    *opt.SHARED,
    opt.MINUTES,
    SETS.but("Put N versions of each task with numbers of its own into the banks."),
    opt.OUT.but("Write into this file; default: beside the deck.", type=opt.FILE, metavar="FILE"),
    *(opt.TRUST, opt.TRUST_FOLDER, opt.NO_CACHE),
)


@click.command("export", cls=opt.GroupedCommand)
@click.argument("format_", metavar="FORMAT", type=click.Choice(["moodle", "gift", "qti", SCORM]))
@click.argument("kit", required=False, metavar="[KIT]")
@opt.takes(*OPTIONS)
def export_command(format_: str, kit: str | None, out: Path | None, **options: Any) -> None:
    """Write the quiz and the tasks with numeric answers for a learning platform.

    FORMAT is moodle (Moodle XML), gift, or qti (a package of QTI 2.1 items): each wrong option answers with the idea behind it, and
    each number has its tolerance. scorm writes explore.html as a SCORM 1.2 package that reports completion and the score of the bets.
    """
    from workshop.addons.export.for_platforms import FORMATS, items_of, scorm
    from workshop.build import plan, stop

    registry = standard_registry()
    path, request = kit_path(kit, registry), request_of(**options)
    if format_ == SCORM:
        page, problems, shown = explore_page(path, request, registry, base=base_kit(registry))
        stop(problems)
        audience = shown.audience
        name, written = PACKAGE, scorm(shown.title, page)
    else:
        planned, problems = plan(path, request, registry, base=base_kit(registry))
        stop(problems)
        items = items_of(planned, planned.extra.get("personal") or ())
        if not items:
            raise WorkshopError(
                Problem("this plan has no quiz and no task with a number to write", hint="choose another slot")
            )
        audience = planned.audience
        name, write = FORMATS[format_]
        written = write(planned.title, items)
    there = out or default_folder(path, kit, request, audience) / name
    for file in write_files(there.parent, {there.name: written}):
        click.echo(file.as_posix())
