"""The command ``site``: a folder for any web host, with a page from which anybody can download a ready kit."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from workshop.addons.batch.batch_command import WORKERS
from workshop.cli import options as opt
from workshop.cli.grouped import Group, Place, option
from workshop.cli.values import address, listed, slot
from workshop.errors import ExitCode

USUAL = "45,60,90,120,180,360"  # minutes
AUDIENCES = option(
    *("--audience", "audiences"),
    group=Group.CONTENT,
    read=listed,
    default="",
    metavar="LIST",
    text="Only these audiences; default: all that the kit has.",
)
SLOTS = option(
    *("--minutes", "slots"),
    group=Group.TIME,
    read=lambda text: tuple(minutes for one in listed(text) if (minutes := slot(one))),
    default=USUAL,
    metavar="LIST",
    text=f"Only these lengths; default: {USUAL}.",
)
ADDRESS = option(
    "--address",
    group=Group.PAPER,
    read=address,
    default="",
    metavar="URL",
    text="Where the folder will be published: slides then have QR codes that lead to the companion pages.",
)


@click.command("site", cls=opt.GroupedCommand)
@click.argument("out", type=Place(path_type=Path, file_okay=False), metavar="OUT")
@opt.takes(
    opt.KIT.but("The kit; default: the built-in one.", metavar="KIT"),
    *(AUDIENCES, SLOTS, ADDRESS, opt.TRUST, opt.TRUST_FOLDER, opt.NO_CACHE, WORKERS, opt.QUIET),
)
def site_command(out: Path, kit: str | None, **options: Any) -> None:
    """Make a folder for any web host: a page from which anybody can download a ready kit as a zip.

    There is a zip per audience, length and paper (A4, Letter), and each audience's companion page. A folder beside OUT
    lets the next run build only what has changed; don't publish that one.
    """
    from workshop.addons.site.site import make_site

    sys.exit(ExitCode.CONTENT if make_site(out, kit, options, click.get_current_context()) else ExitCode.DONE)
