"""``adopted.json``: the kit's text from which each adopted slide of an overlay was made; and lists of slides that were kept whole."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct, field

from workshop.content.kit_files import is_inside
from workshop.content.source_text import display, read_text
from workshop.errors import At, Report

ADOPTED_FILE = "adopted.json"
KEPT_FILE = "kept.yaml"  # what listed whole slides of a deck, before each edit was a line


class Adopted(Struct, frozen=True):
    """``adopted.json``: "slide@audience" -> the kit's source from which the slide of an overlay was made."""

    slides: Mapping[str, str] = field(default_factory=dict)


def read_adopted(folder: Path, report: Report) -> Mapping[str, str]:
    """Return what the adopted.json of an overlay has; a file that can't be read is reported."""
    path = folder / ADOPTED_FILE
    text = read_text(path, report) if path.exists() and is_inside(path, folder, report) else None
    try:
        return msgspec.json.decode(text, type=Adopted).slides if text else {}
    except msgspec.DecodeError as error:
        report.error(f"this file can't be read: {error}", At(display(path)), "adopt the edited deck again", "kept")
        return {}


def kept_list(talk: Path) -> Path:
    """Return the list of slides that a talk in one file kept whole."""
    return talk.with_suffix(f".{KEPT_FILE}")


def refuse_kept(path: Path, report: Report, into: str = "") -> None:
    """Report a list of slides that were kept whole, with the command that adopts their deck.

    Args:
        into: the option that names where the edits go; "" for a talk, which is built without it.
    """
    if path.exists():
        deck = next(iter(sorted(path.parent.glob("powerpoint-*.pptx"))), path.parent / "powerpoint-….pptx")
        said = "no slide is kept as a whole any more: its edits become lines"
        hint = f"this takes the file out: workshop adopt {display(deck)}{into} --two-way"
        report.error(said, At(display(path)), hint, "kept")
