"""The commands ``explore`` and ``preview``: the companion page alone, and slides, notes, sheets and problems in a browser."""

from __future__ import annotations

import sys
import threading
import time
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace

from workshop.cli import options as opt
from workshop.cli import taken
from workshop.cli.cache import kept_in
from workshop.cli.console import Progress, format_problems
from workshop.cli.taken import builtin_kit, kit_path
from workshop.errors import ExitCode, Problem, Severity, WorkshopError
from workshop.explore.step import data_of, first_difference
from workshop.files.output import write_files
from workshop.files.paths import trusted_file, write_own
from workshop.inputs.door import read_text
from workshop.limits import PAGE_BYTES
from workshop.model.request import Request
from workshop.plugins.registry import Registry, standard_registry

# ---------------------------------------------------------------- explore
# The command ``explore``: the companion page alone, for some demos, or compared with fresh runs.
PAGE = "explore.html"


def explore_command(
    *, request: Callable[..., Request], folder: Callable[[Path, str | None, Request, str], Path]
) -> click.Command:
    """Return the command.

    Args:
        request: makes a request of the options that builds have too.
        folder: the folder that a build of the same kit writes into.
    """

    @click.command("explore", cls=opt.GroupedCommand)
    @click.argument("kit", required=False, metavar="[KIT]")
    @opt.takes(*taken.EXPLORE)
    def command(kit: str | None, out: Path | None, check: Path | None, quiet: bool, **options: Any) -> None:
        """Write explore.html, the companion page with every demo to poke, and nothing else.

        With --check FILE nothing is written: every state in that page is compared with a fresh run, and the exit code is 1 at the first
        difference.
        """
        registry = standard_registry()
        path, asked = kit_path(kit, registry), request(**options)
        kept = _read(check) if check is not None else None
        if kept is not None:
            asked = replace(asked, cache=None, seed=kept["seed"])
        page, audience = _made(path, asked, registry, quiet=quiet)
        if kept is not None:
            _compare(check, kept, page)
            return
        there = out or folder(path, kit, asked, audience) / PAGE
        for written in write_files(there.parent, {there.name: page}):
            if not quiet:
                click.echo(written.as_posix())

    return command


def _made(path: Path, request: Request, registry: Registry, *, quiet: bool) -> tuple[bytes, str]:
    from workshop.build import explore

    progress = Progress(quiet=quiet, verbose=False)
    try:
        page, problems, audience = explore(path, request, registry, base=builtin_kit(registry), progress=progress)
    finally:
        progress.done()
    shown = [p for p in problems if p.severity > Severity.ADVICE or not quiet]
    if shown:
        click.echo(format_problems(shown), err=True)
    return page, audience


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
    states = sum(
        len(part.get("states", part.get("then", {}).get("states", ()))) for p in kept["pokes"] for part in p["parts"]
    )
    click.echo(f"{path}: {len(kept['pokes'])} demos and {states} states are those of fresh runs")


# ---------------------------------------------------------------- preview
# The command ``preview``: slides, notes, sheets and problems in a browser, following the saved file.
POLL = 0.1  # seconds between two looks at the files
LEADS_TO = '<!DOCTYPE html><meta charset="utf-8"><title>Preview</title><meta http-equiv="refresh" content="0;url={0}"><a href="{0}">Preview</a>'


@click.command("preview", cls=opt.GroupedCommand)
@click.argument("kit", required=False, metavar="[KIT or FILE]")
@opt.takes(*taken.PREVIEW)
def preview_command(kit: str | None, port: int | None, no_open: bool, no_cache: bool, **options: Any) -> None:
    """Show slides, notes, sheets and problems in your browser, and follow the file that you save.

    The page is for this computer alone. It jumps to the slide that changed; if the sources can't be built, it says why and
    keeps the last slides. Ctrl-C ends it.
    """
    from workshop.preview.server import Server
    from workshop.preview.session import Session, Sources

    registry = standard_registry()
    request = Request(cache=kept_in(no_cache=no_cache), trusted=trusted_file(), **options)
    session = Session(
        sources=Sources(path=kit_path(kit, registry), request=request, registry=registry, base=builtin_kit(registry))
    )
    try:
        server = Server(session, port or 0)
    except OSError as error:
        told = Problem(f"the port {port} can't be used: {error.strerror}", hint="leave out --port, or choose another")
        raise WorkshopError(told, ExitCode.MACHINE) from error
    threading.Thread(target=server.serve_forever, daemon=True).start()
    click.echo(f"preview: {server.address}")
    click.echo("It follows the files that you save; Ctrl-C ends it. If no page opens, open this address yourself.")
    try:
        with ExitStack() as opened:
            if not no_open:
                webbrowser.open(opened.enter_context(_file_that_leads_to(server.address)))
            _follow(session)
    except KeyboardInterrupt:
        click.echo("\nthe preview has ended")
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def _file_that_leads_to(address: str) -> Iterator[str]:
    """Yield the address of a file that leads to the page: every user of a computer can read what a browser is started with."""
    from workshop.files.output import temporary_folder

    with temporary_folder("preview") as folder:
        write_own(folder / "preview.html", LEADS_TO.format(address).encode())
        yield (folder / "preview.html").as_uri()


def _follow(session: Any) -> None:
    """Build, and build again whenever something changes; print what is wrong."""
    session.refresh()
    while True:
        shown = session.shown
        wrong = [problem for problem in shown.problems if problem.severity is Severity.ERROR]
        click.echo(format_problems(wrong) if wrong else f"{len(shown.slides)} slides, in {shown.seconds:.1f} s")
        while not session.refresh_if_changed():
            time.sleep(POLL)
