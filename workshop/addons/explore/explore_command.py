"""The command ``explore``: the companion page alone, for some demos, or compared with fresh runs."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from workshop.addons.explore.options import WITHOUT_TEXTS
from workshop.cli import options as opt
from workshop.cli.asked import base_kit, default_folder, kit_path, request_of
from workshop.cli.console import Progress, format_problems
from workshop.cli.grouped import Group, option
from workshop.cli.values import listed
from workshop.errors import ExitCode, Problem, Severity, WorkshopError
from workshop.files.output import write_files
from workshop.inputs.door import read_text
from workshop.limits import Limit
from workshop.model.request import Request
from workshop.plugins.registry import Registry, standard_registry

if TYPE_CHECKING:
    from workshop.model.kit import Kit

DATA = re.compile(r'<script type="application/json" id="pokes">(.*?)</script>', re.DOTALL)
PAGE_BYTES = Limit(5_000_000, "bytes", "a companion page that is compared with fresh runs")
SHOWN = 60  # characters of a value in a message


def data_of(page: str) -> dict[str, Any] | None:
    """Return the data block of a page, or ``None`` if it isn't one of ours."""
    found = DATA.search(page)
    try:
        data = json.loads(found[1]) if found else None
    except (ValueError, RecursionError):
        return None
    return (
        data
        if isinstance(data, dict) and isinstance(data.get("pokes"), list) and isinstance(data.get("seed"), int)
        else None
    )


def first_difference(kept: Any, fresh: Any) -> str:
    """Return where a page differs from fresh runs, in one clause; "" if it doesn't.

    >>> first_difference({"pokes": [{"id": "a", "label": "x"}]}, {"pokes": [{"id": "a", "label": "y"}]})
    "pokes a label: the page has 'x', a fresh run 'y'"
    """
    kept, fresh = (
        {key: value for key, value in data.items() if key not in ("digest", "later")} for data in (kept, fresh)
    )  # the digest would only repeat that something differs; which questions there are for later depends on the plan
    return next(_differences(kept, fresh, ()), "")


def _differences(kept: Any, fresh: Any, path: tuple[str, ...]) -> Iterator[str]:
    if isinstance(kept, dict) and isinstance(fresh, dict):
        for key in dict.fromkeys([*kept, *fresh]):
            yield from _differences(kept.get(key), fresh.get(key), (*path, str(key)))
    elif isinstance(kept, list) and isinstance(fresh, list):
        for place in range(max(len(kept), len(fresh))):
            one, other = (items[place] if place < len(items) else None for items in (kept, fresh))
            yield from _differences(one, other, (*path, _name(other if one is None else one, place)))
    elif kept != fresh:
        yield f"{' '.join(path)}: the page has {_short(kept)}, a fresh run {_short(fresh)}"


def _name(item: Any, place: int) -> str:
    return str(item.get("id", item.get("key", place))) if isinstance(item, dict) else str(place)


def _short(value: Any) -> str:
    text = "nothing" if value is None else repr(value)
    return text if len(text) <= SHOWN else text[:SHOWN] + " …"


PAGE, FILE = "explore", "explore.html"
DEMOS = option(
    *("--only", "demos"),
    group=Group.CONTENT,
    read=listed,
    once=True,
    default="",
    metavar="LIST",
    text="Only these demos.",
)
PAGE_CHECK = option(
    *("--check", "check"),
    group=Group.PAPER,
    once=True,
    type=opt.A_FILE,
    metavar="FILE",
    text="Compare every state in this page with a fresh run, and write nothing.",
)
OPTIONS = (
    *opt.SHARED,
    DEMOS,
    opt.OUT.but("Write the page into this file; default: beside the deck.", type=opt.FILE, metavar="FILE"),
    *(
        PAGE_CHECK,
        WITHOUT_TEXTS,
        opt.EXPLORE_URL,
        opt.THEME,
        opt.TRUST,
        opt.TRUST_FOLDER,
        opt.NO_CACHE,
        opt.QUIET,
    ),
)


@click.command("explore", cls=opt.GroupedCommand)
@click.argument("kit", required=False, metavar="[KIT]")
@opt.takes(*OPTIONS)
def explore_command(
    kit: str | None, out: Path | None, check: Path | None, demos: tuple[str, ...], quiet: bool, **options: Any
) -> None:
    """Write explore.html, the companion page with every demo to poke, and nothing else.

    With --check FILE nothing is written: every state in that page is compared with a fresh run, and the exit code is 1 at the first
    difference.
    """
    registry = standard_registry()
    path, asked = kit_path(kit, registry), request_of(**options)
    if demos:
        asked = replace(asked, extra={**asked.extra, "explore": {**asked.of("explore"), "demos": demos}})
    kept = _read(check) if check is not None else None
    if kept is not None:
        asked = replace(asked, cache=None, seed=kept["seed"])
    page, audience = _made(path, asked, registry, quiet=quiet)
    if kept is not None:
        _compare(check, kept, page)
        return
    there = out or default_folder(path, kit, asked, audience) / FILE
    for written in write_files(there.parent, {there.name: page}):
        if not quiet:
            click.echo(written.as_posix())


def _made(path: Path, request: Request, registry: Registry, *, quiet: bool) -> tuple[bytes, str]:
    progress = Progress(quiet=quiet, verbose=False)
    try:
        page, problems, kit = explore_page(path, request, registry, base=base_kit(registry), progress=progress)
    finally:
        progress.done()
    shown = [p for p in problems if p.severity > Severity.ADVICE or not quiet]
    if shown:
        click.echo(format_problems(shown), err=True)
    return page, kit.audience


def explore_page(
    path: Path,
    request: Request,
    registry: Registry,
    *,
    base: Path | None,
    progress: Callable[[str], None] = lambda _: None,
) -> tuple[bytes, tuple[Problem, ...], Kit]:
    """Return the companion page of a kit or a single file, every problem found, and the kit that it shows.

    Raises:
        Problems: for everything that is wrong, and if nothing can be poked.
    """
    from workshop import steps
    from workshop.build import laid_out, stop
    from workshop.render.writing import render

    progress("read")
    request = replace(request, only=(PAGE,))
    loaded = steps.load(path, request, registry, base)
    laid, problems = laid_out(loaded, progress)
    stop(problems)
    laid, problems = steps.add(loaded, laid, problems, progress)
    stop(problems)
    files = render(laid, request, registry, progress)
    return next(iter(files.values())), problems, laid.kit


def _read(path: Path) -> dict[str, Any]:
    try:
        data = data_of(read_text(path, PAGE_BYTES))
    except OSError as error:
        raise WorkshopError(Problem(f"{path.as_posix()} can't be read: {error.strerror}"), ExitCode.USAGE) from None
    if data is None:
        hint = "name the explore.html of a build"
        raise WorkshopError(Problem(f"{path.as_posix()} isn't a companion page", hint=hint), ExitCode.USAGE)
    return data


def _compare(path: Path | None, kept: dict[str, Any], page: bytes) -> None:
    if difference := first_difference(kept, data_of(page.decode()) or {}):
        click.echo(f"{path}: {difference}", err=True)
        sys.exit(ExitCode.CONTENT)
    states = sum(len(part.get("states", ())) for p in kept["pokes"] for part in p["parts"])
    click.echo(f"{path}: {len(kept['pokes'])} demos and {states} states are those of fresh runs")
