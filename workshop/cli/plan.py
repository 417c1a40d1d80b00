"""The command ``plan``: the plan of one slot, or which rules every plan of a kit keeps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from workshop.cli import options as opt
from workshop.cli.asked import base_kit, kit_path
from workshop.cli.cache_command import kept_in
from workshop.errors import ExitCode, Problem, Report, WorkshopError
from workshop.files.paths import trusted_file
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry

if TYPE_CHECKING:
    from workshop.plan.invariants.reports import Tried
from workshop.cli.plan_text import plan_text

SLOTS = (25, 45, 60, 90, 120, 180, 360)
SHORTEST, LONGEST = 20, 400


@click.command("plan", cls=opt.GroupedCommand)
@click.argument("kit", required=False, metavar="[KIT or FILE]")
@opt.takes(*opt.PLAN)
def plan_command(
    kit: str | None,
    audience: str,
    minutes: float | None,
    start: str,
    actual: Mapping[str, float],
    explain: bool,
    as_json: bool,
    by_the_clock: bool,
    everything: bool,
    step: int | None,
) -> None:
    """Print the plan of a slot without building it.

    With --all, print which rules are kept for each audience and slot, which core slides are hidden and why, and the
    shortest slot that shows each numbered point of the subject. The exit code is 1 if a plan breaks a rule.
    """
    if step and not everything:
        raise click.UsageError("--every needs --all")
    request = Request(
        audience=audience,
        minutes=minutes,
        start=start,
        actual=actual,
        cache=kept_in(),
        trusted=trusted_file(),
    )
    if everything:
        _print_all(kit, request, range(SHORTEST, LONGEST + 1, step) if step else SLOTS)
    else:
        _print_one(kit, request, explain=explain, as_json=as_json, by_the_clock=by_the_clock)


def _print_one(kit: str | None, request: Request, *, explain: bool, as_json: bool, by_the_clock: bool) -> None:
    from workshop import steps
    from workshop.plan.invariants.finished import finished
    from workshop.plan.invariants.timetable import timetable

    registry = standard_registry()
    loaded = steps.load(kit_path(kit, registry), request, registry, base_kit(registry))
    ran = steps.run(loaded)
    ready, problems = steps.get_ready(loaded, ran, loaded.audiences[0])
    planned, _ = steps.decide(loaded, ran, ready, problems)
    if by_the_clock:
        click.echo(timetable(finished(ready.day, planned)))
    else:
        click.echo(plan_text(planned, as_json=as_json, explain=explain))


def _print_all(kit: str | None, request: Request, slots: Sequence[int]) -> None:
    from workshop.plan.invariants import reports

    tried = list(_try_all(kit, request, slots))
    if not tried:
        hint = "list moments: see docs/write/plans.md; for one slot, type plan --minutes N --explain"
        raise WorkshopError(Problem("this kit has no moments, or too few slides for any of these slots", hint=hint))
    click.echo("\n\n".join((reports.rules_table(tried), reports.hidden_core(tried), reports.shortest_slots(tried))))
    broken = [breach.message for plan in tried for breach in plan.breaches]
    click.echo("\n".join(("", f"{len(tried)} plans, {len(broken)} rules broken", *broken)))
    if broken:
        raise SystemExit(ExitCode.CONTENT)


def _try_all(kit: str | None, request: Request, slots: Sequence[int]) -> Iterator[Tried]:
    """Yield each audience's plan in each slot; the kit is read and run once, and resolved once per audience."""
    from workshop import steps
    from workshop.plan.invariants.reports import try_plan

    registry = standard_registry()
    where = kit_path(kit, registry)
    loaded = steps.load(where, replace(request, minutes=0), registry, base_kit(registry), everybody=True)
    ran = steps.run(loaded)
    for audience in loaded.audiences:
        ready, _ = steps.get_ready(loaded, ran, audience)
        if not ready.day.moments:
            continue
        for slot in slots:
            report = Report()
            tried = try_plan(
                ready, replace(request, minutes=float(slot)), report, lambda kit: steps.files_of(kit, registry)
            )
            if not report.found:  # too short for a plan, or longer than all slides together
                yield tried
