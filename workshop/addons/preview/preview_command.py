"""The command ``preview``: slides, notes, sheets and problems in a browser, following the saved file."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import click

from workshop.cli import options as opt
from workshop.cli.asked import kit_path
from workshop.cli.cache_command import kept_in
from workshop.cli.grouped import Group, option
from workshop.cli.system import tell
from workshop.files.paths import trusted_file
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry

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
    *opt.SHARED,
    opt.EXPLORE_URL,
    *(opt.MINUTES, opt.APPENDIX, opt.START, opt.PAPER, opt.PEOPLE, opt.PROFILE),
    *opt.LOOKS,
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
    from workshop.addons.preview.preview_page import Preview

    request = Request(cache=kept_in(no_cache=no_cache), trusted=trusted_file(), **options)
    preview = Preview(kit_path(kit, standard_registry()), request, port or 0, tell)
    own = preview.own
    tell(f"preview: {own.address}")
    tell(f"It follows the files that you save; Ctrl-C ends it. {own.otherwise}")
    with suppress(KeyboardInterrupt):
        preview.serving.run(browser=not no_open)
    tell("\nthe preview has ended")
