"""``kept.yaml``: the slides that stay as they are in a PowerPoint file beside it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct, field

from workshop import limits
from workshop.content.kit_files import is_inside, read_yaml
from workshop.content.metadata import read_meta
from workshop.content.source_text import display, read_text
from workshop.errors import At, Report, WorkshopError
from workshop.files.package_file import read_package
from workshop.inputs.door import find_inside, read_bytes
from workshop.inputs.yaml_text import Key, Tree
from workshop.model.kept_slide import KeptEntry, KeptSlide

KEPT_FILE, ADOPTED_FILE = "kept.yaml", "adopted.json"
DECK_NAME = re.compile(r"powerpoint-([0-9a-f]{12})\.pptx")
AGAIN = "adopt the edited deck again"


def deck_name(deck: bytes) -> str:
    """Return the name under which an edited deck is kept: its digest is in it, so that nobody changes it by mistake."""
    return f"powerpoint-{hashlib.sha256(deck).hexdigest()[:12]}.pptx"


def kept_yaml(slides: Sequence[KeptSlide]) -> bytes:
    """Return the file that lists some slides; what ``read_kept`` makes of it is the same."""

    def entry(slide: KeptSlide) -> str:
        pairs = dict(deck=slide.deck.name, page=slide.page, **{"for": slide.audience}, why=slide.why, notes=slide.notes)
        written = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in pairs.items() if value)
        return f"{{{', '.join(written)}}}"

    lines = ["# Slides that stay as they were edited in PowerPoint; written by workshop adopt"]
    for name, same in groupby(sorted(slides, key=lambda slide: (slide.id, slide.audience)), key=lambda slide: slide.id):
        entries = [entry(slide) for slide in same]
        listed = ", ".join(entries)
        lines.append(f"{name}: {listed if len(entries) == 1 else f'[{listed}]'}")
    return ("\n".join(lines) + "\n").encode()


def kept_file(talk: Path) -> Path:
    """Return the file that lists the kept slides of a talk in one file; a folder may have several talks."""
    return talk.with_suffix(f".{KEPT_FILE}")


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
        report.error(f"this file can't be read: {error}", At(display(path)), AGAIN, "kept")
        return {}


def read_kept(path: Path, report: Report) -> tuple[KeptSlide, ...]:
    """Return the slides that a kept.yaml lists, in its order; whatever is wrong with it is reported."""
    folder = path.parent
    if not path.exists() or not is_inside(path, folder, report):
        return ()
    tree = read_yaml(path, report, [])
    if tree is None or tree.value == "":
        return ()
    if not isinstance(tree.value, dict):
        report.error("this file must have one entry per slide", tree.at(()), "write name: {deck: …, page: …}", "schema")
        return ()
    return tuple(_slides(folder, tree, report))


def _slides(folder: Path, tree: Tree, report: Report) -> Iterator[KeptSlide]:
    pages: dict[str, Sequence[int]] = {}
    for name, value in list(tree.value.items()):
        keys: list[Key] = [(name, place) for place in range(len(value))] if isinstance(value, list) else [(name,)]
        for key in keys:
            entry, at = read_meta(KeptEntry, tree, report, key, required=("deck", "page")), tree.at(key)
            if not entry.deck or not entry.page:
                continue  # that was reported
            if entry.deck not in pages and len(pages) == limits.KEPT_DECKS:
                report.error(f"this file names more than {limits.KEPT_DECKS}", at, AGAIN, "too-large")
                return
            if entry.deck not in pages:
                pages[entry.deck] = _pages(folder, entry.deck, at, report)
            if entry.page in pages[entry.deck]:
                deck = folder / entry.deck
                yield KeptSlide(id=name, deck=deck, page=entry.page, audience=entry.for_, why=entry.why, notes=entry.notes, at=at)  # fmt: skip
            elif pages[entry.deck]:
                said = f"{entry.deck} has {len(pages[entry.deck])} slides, and no slide {entry.page}"
                report.error(said, at, AGAIN, "kept")


def _pages(folder: Path, name: str, at: At, report: Report) -> Sequence[int]:
    """Return the numbers of a deck's slides; none if it can't be used, which is reported."""
    named = DECK_NAME.fullmatch(name)
    found: Any = find_inside(name, (folder,), folder, "the folder of kept.yaml") if named else None
    if named is None:
        report.error(f"{name:.60} isn't the name of an adopted deck, powerpoint-….pptx", at, AGAIN, "kept")
    elif not isinstance(found, Path):
        report.error(found[0], at, found[1] or AGAIN, "missing-file")
    else:
        try:
            blob = read_bytes(found, limits.PACKAGE_BYTES)
            if deck_name(blob) != name:
                report.error(f"{name} was changed: its digest isn't the one in its name", at, AGAIN, "kept")
            else:
                from workshop.files.deck_file import slide_files  # a talk that keeps no slides needs none of it

                return [slide.number for slide in slide_files(read_package(blob, name))]
        except (OSError, WorkshopError) as error:
            said = error.problem.message if isinstance(error, WorkshopError) else str(error)
            report.error(f"{name} can't be read: {said}", at, AGAIN, "kept")
    return ()
