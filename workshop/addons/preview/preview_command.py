"""The command ``preview``: slides, notes, sheets and problems in a browser, following the saved file."""

from __future__ import annotations

import threading
import time
import webbrowser
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import click

from workshop.cli import options as opt
from workshop.cli import taken
from workshop.cli.asked import builtin_kit, kit_path
from workshop.cli.cache_command import kept_in
from workshop.cli.console import format_problems
from workshop.cli.values import Group, option
from workshop.errors import ExitCode, Problem, Severity, WorkshopError
from workshop.files.paths import trusted_file, write_own
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry

POLL = 0.1  # seconds between two looks at the files
LEADS_TO = '<!DOCTYPE html><meta charset="utf-8"><title>Preview</title><meta http-equiv="refresh" content="0;url={0}"><a href="{0}">Preview</a>'


PORT = option(
    "--port",
    group=Group.SAFETY,
    once=True,
    type=click.IntRange(1, 65_535),
    default=None,
    metavar="NUMBER",
    text="The port of the page; default: one that is free.",
)
NO_OPEN = option("--no-open", group=Group.SAFETY, once=True, is_flag=True, text="Don't open the browser.")
OPTIONS = (
    *taken.SHARED,
    opt.EXPLORE_URL,
    *(opt.MINUTES, opt.APPENDIX, opt.START, opt.PAPER, opt.PEOPLE, opt.PROFILE),
    *taken.LOOKS,
    *(opt.TRUST, opt.TRUST_FOLDER, opt.NO_CACHE, PORT, NO_OPEN),
)


@click.command("preview", cls=opt.GroupedCommand)
@click.argument("kit", required=False, metavar="[KIT or FILE]")
@opt.takes(*OPTIONS)
def preview_command(kit: str | None, port: int | None, no_open: bool, no_cache: bool, **options: Any) -> None:
    """Show slides, notes, sheets and problems in your browser, and follow the file that you save.

    The page is for this computer alone. It jumps to the slide that changed; if the sources can't be built, it says why and
    keeps the last slides. Ctrl-C ends it.
    """
    from workshop.addons.preview.server import Server
    from workshop.addons.preview.session import Session, Sources

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
