"""The commands ``adopt`` and ``compare``."""

from __future__ import annotations

from pathlib import Path

import click

from workshop.cli import options as opt
from workshop.errors import ExitCode, Problems
from workshop.files.deck_file import Deck


def sound_deck(path: Path) -> Deck:
    """Read a deck that somebody hands in.

    Raises:
        Problems: exit code 2 if it isn't a presentation that can be read.
    """
    from workshop.check.package import check_sound
    from workshop.errors import errors_in
    from workshop.files.deck_file import read_deck

    if found := errors_in(check_sound(path)):
        raise Problems(found, ExitCode.USAGE)
    return read_deck(path)


@click.command("compare", cls=opt.GroupedCommand)
@click.argument("old", type=opt.FILE, metavar="OLD.pptx")
@click.argument("new", type=opt.FILE, metavar="NEW.pptx")
def compare_command(old: Path, new: Path) -> None:
    """Print what changed between two decks: two builds, or a build and the deck that you edited.

    Slides are compared by what they say and show, whichever program saved them: words before and after, tables, charts,
    pictures, places and looks; new, deleted and moved slides.
    """
    from workshop.addons.back.compare import compare
    from workshop.addons.back.report import comparison

    before, after = sound_deck(old), sound_deck(new)
    for line in comparison(before, after, compare(before, after)):
        click.echo(line)
