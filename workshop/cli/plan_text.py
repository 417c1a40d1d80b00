"""The plan of one slot, as text and as JSON."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from zipfile import ZipFile

import click
from msgspec import to_builtins

from workshop.cli.command_line import program
from workshop.plugins.addons import addons

if TYPE_CHECKING:
    from workshop.build import Built
    from workshop.model.kit import Kit
    from workshop.model.slot import PlanLine, PlanReport


# A plan as text for people and as JSON for programs.
ROOM = re.compile(r"room\b.*\.pptx")
SLIDE = re.compile(r"ppt/slides/slide\d+\.xml")
HIDDEN = re.compile(rb'<p:sld\b[^>]*\bshow="(?:0|false)"')


def summary(kit: Kit) -> str:
    """Return a plan in a few lines: how the time is used, and what is left out."""
    plan = kit.plan
    parts = [f"{plan.slides:g} of slides"]
    parts += [f"{plan.breaks:g} of breaks"] if plan.breaks else []
    blocks: dict[str, float] = {}
    for block in plan.blocks:
        blocks[block.title] = blocks.get(block.title, 0) + block.minutes
    parts += [f"{minutes:g} of {title[:1].lower()}{title[1:]}" for title, minutes in blocks.items()]
    parts += [f"{plan.buffer:g} of buffer"] if plan.buffer else []
    slot = f" of {plan.slot:g}" if plan.slot else ""
    timed = f"plan: {plan.total:g}{slot} minutes: {', '.join(parts)}"
    lines = [timed if plan.total else "plan: no slide says how long it takes; minutes=2 on its heading does"]
    if plan.cut:
        lines.append(f"cut: {', '.join(plan.cut)}")
    lines += _made_room(plan)
    out = [line for line in plan.lines if not line.shown]
    if out or kit.appendix:
        waiting = {slide.id for slide in kit.appendix}
        hidden = sum(line.slide in waiting for line in out)
        minutes = sum(line.minutes for line in out)
        lines.append(
            f"left out: {_counted(len(out), 'slide')} ({minutes:g} minutes), {hidden or 'none'} of them in the appendix"
        )
    return "\n".join(lines)


def _made_room(plan: PlanReport) -> list[str]:
    """Return what an overlay added to a plan, and what had to go for it."""
    listed = {line.slide: f"{line.slide} ({line.minutes:g} min)" for line in plan.lines}
    if not plan.added:
        return []
    added = f"added: {', '.join(listed[name] for name in plan.added)}"
    return [f"{added}; had to go for it: {', '.join(listed[name] for name in plan.gone)}" if plan.gone else added]


def run_lines(kit: Kit) -> str:
    """Return the run sheet as lines."""
    return "\n".join(f"{row.clock:>5}  {row.minutes:>4g} min  {row.what}" for row in kit.run_sheet)


def explained(kit: Kit) -> str:
    """Return the plan as a table: slide, stage, minutes, where it is, why, and its title."""
    lines = kit.plan.lines
    wide = max((len(line.slide) for line in lines), default=5)
    stage = max((len(line.stage) for line in lines), default=5)
    why = max((len(line.because) for line in lines), default=3)
    rows = [f"{'slide':{wide}}  {'stage':{stage}}  {'min':>4}  {'where':8}  {'why':{why}}  title"]
    rows += [
        f"{line.slide:{wide}}  {line.stage:{stage}}  {line.minutes:>4g}  {_where(line, kit):8}  {line.because:{why}}  {line.title}"
        for line in lines
    ]
    return "\n".join((*rows, *_rules(kit)))


def _rules(kit: Kit) -> list[str]:
    """Return what the rules for plans found, broken ones with their messages; nothing for a kit without moments."""
    rules = kit.plan.rules
    if not rules:
        return []
    wide = max(len(rule.says) for rule in rules)
    rows = ["", f"{'rule':4}  {'':6}  {'says':{wide}}  found"]
    for rule in rules:
        rows.append(f"{rule.rule:>4}  {'BROKEN' if rule.broken else 'kept':6}  {rule.says:{wide}}  {rule.found}")
        rows += [f"      {message}" for message in rule.broken]
    return rows


def plan_json(kit: Kit) -> str:
    """Return plan and run sheet as JSON."""
    plan = kit.plan
    record = {
        "kit": kit.title,
        "audience": kit.audience,
        **{key: value for key, value in to_builtins(plan, enc_hook=dict).items() if key not in ("lines", "order")},
        "breaks": plan.breaks,
        "total": plan.total,
        "sheets": [sheet.id for sheet in kit.sheets],
        "run_sheet": [
            {"clock": row.clock, "minutes": row.minutes, "kind": row.kind, "what": row.what} for row in kit.run_sheet
        ],
        "lines": [{**to_builtins(line), "where": _where(line, kit)} for line in plan.lines],
    }
    return json.dumps(record, indent=2, ensure_ascii=False)


def _where(line: PlanLine, kit: Kit) -> str:
    """Return where a slide is: on show, hidden at the end of the deck, out with its whole stage, or out by itself."""
    if line.shown:
        return "in"
    if any(slide.id == line.slide for slide in kit.appendix):
        return "appendix"
    return "cut" if line.stage in kit.plan.cut else "out"


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}{'s' * (count != 1)}"


def plan_text(kit: Kit, *, as_json: bool, explain: bool) -> str:
    """Return what --dry-run prints."""
    return plan_json(kit) if as_json else "\n".join((summary(kit), explained(kit) if explain else run_lines(kit)))


def print_built(built: Built, seconds: float) -> None:
    """Print the files of a build, its plan and how long it took."""
    for written in built.written:
        click.echo(written.path.as_posix())
        if written.kept is not None:
            click.echo(
                f"  {written.kept.name} was edited by hand and is kept; the new file is {written.path.name} (--force overwrites)"
            )
            if written.kept.suffix == ".pptx" and any("adopt" in addon.commands for addon in addons().values()):
                deck = shlex.quote(written.kept.as_posix())
                into = " --overlay NAME" if built.laid.kit.is_kit else ""
                click.echo(f"  to take your edits into the next build: {program()} adopt {deck}{into}")
    if built.removed:
        click.echo(f"removed, since they are older and this build doesn't make them: {', '.join(built.removed)}")
    kit = built.laid.kit
    room = any(ROOM.fullmatch(written.path.name) for written in built.written)
    alone = room and len(built.written) == 1  # its slides aren't a plan
    if kit.plan.slides and not alone:
        click.echo(summary(kit))
    hidden = 0 if alone else sum(slide.slide.hidden for slide in built.laid.slides)
    shown = slides_in(built.written[0].path) if alone else len(built.laid.slides) - hidden
    made = (
        _counted(shown, "slide") if shown else _counted(len(built.written), "file")
    )  # no slides are laid out if no file needs them
    more = f", {hidden} more in the appendix" if hidden else ""
    click.echo(f"{made}{more}, seed {kit.seed}, in {seconds:.1f} s")
    if missing := _missing(built):
        click.echo(missing)


def _missing(built: Built) -> str:
    """Return how many files of a talk are missing, and on which slides; "" if none is."""
    places = [p.at for p in built.problems if p.code == "missing-file" and p.at is not None]
    if not places or built.laid.kit.is_kit:
        return ""
    begins = [(slide.slide.at, number) for number, slide in enumerate(built.laid.slides, start=1)]
    # the slide that begins last before the place; a list of references begins in the front matter, and ends the deck
    found = {
        max(((at.line, n) for at, n in begins if at.path == p.path and at.line <= p.line), default=(0, 1))[1]
        for p in places
    }
    numbers = [str(number) for number in sorted(found)]
    which = (
        f"slides {', '.join(numbers[:-1])} and {numbers[-1]} show" if len(numbers) > 1 else f"slide {numbers[0]} shows"
    )
    return f"{_counted(len(places), 'file')} {'are' if len(places) > 1 else 'is'} missing: {which} a box instead"


def slides_seen(deck: Path | BinaryIO) -> tuple[int, int]:
    """Return how many slides of a .pptx are shown, and how many are hidden."""
    with ZipFile(deck) as package:
        names = [name for name in package.namelist() if SLIDE.fullmatch(name)]
        hidden = sum(HIDDEN.search(package.read(name)[:4000]) is not None for name in names)
    return len(names) - hidden, hidden


def slides_in(deck: Path | BinaryIO) -> int:
    """Return the number of slides in a .pptx."""
    with ZipFile(deck) as package:
        return sum(SLIDE.fullmatch(name) is not None for name in package.namelist())
