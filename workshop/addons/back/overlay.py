"""The overlay that edits become: its slides as text, what is kept as in PowerPoint, and the kit's text from which they were made."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from workshop import limits
from workshop.addons.back.log import Adoption, read_log
from workshop.content.attribute_grammar import split_trailing
from workshop.content.kept_slides import (
    ADOPTED_FILE,
    DECK_NAME,
    KEPT_FILE,
    kept_file,
    kept_yaml,
    read_adopted,
    read_kept,
)
from workshop.content.slide_edits import EDITS, LOG, MEDIA, edits_folder, read_edits
from workshop.content.source_text import read_text, split_front_matter
from workshop.content.text_lines import HEADING, parts_of
from workshop.errors import Report
from workshop.files.edit_lines import in_yaml
from workshop.inputs.door import read_bytes
from workshop.model.kept_slide import KeptSlide
from workshop.model.slide_edit import EditLine, SlideEdit

HEAD = (
    "# Written by workshop adopt. One line is one edit: change it, or delete it and it's gone from the next build.",
    "# shape, chart: the name in PowerPoint's selection pane. was: what the kit had.",
)
WORDS_FILE, REPORT_FILE = "adopted.md", "adopted-report.md"
NAME = re.compile(r"\{[^{}]*#([\w:.-]+)")
VALUE = r"""=("[^"]*"|'[^']*'|[^\s{}"']+)"""
FOR, PLACE = re.compile(rf"\s+for{VALUE}"), re.compile(rf"\s+(?:after|before){VALUE}")


class Chunk(Struct):
    """A slide of a file of an overlay, or of a talk; the first one may be what comes before all slides.

    Attributes:
        file: name of its file.
        key: its slide and audience, "id@audience"; "" if it has no id.
        text: its source, with its heading.
    """

    file: str
    key: str
    text: str


class Overlay(Struct, kw_only=True):
    """The files that ``adopt`` writes.

    Attributes:
        folder: the folder of the overlay, which may not exist yet, or that of a talk.
        words: name of the file for slides that no file has yet.
        listing: name of the file that lists kept slides.
        chunks: the slides of its Markdown files, in order.
        kept: "id@audience" -> the slide as it is in PowerPoint.
        adopted: "id@audience" -> the kit's text from which a slide was made.
        decks: name -> bytes of a deck to add.
        before: name -> bytes of each file as it was read.
        is_talk: whether it is a talk as a whole, whose chunks are in the order of the deck.
        edits: the edits that are repeated on new slides.
        lines: name of a file of edits -> its lines.
        pictures: name -> bytes of the pictures that they bring.
        own: name of the folder of edits.
        placed: key of a slide of a talk that was moved -> the place that it has now.
        log: what was adopted before.
    """

    folder: Path
    words: str = WORDS_FILE
    listing: str = KEPT_FILE
    chunks: list[Chunk] = field(default_factory=list)
    kept: dict[str, KeptSlide] = field(default_factory=dict)
    adopted: dict[str, str] = field(default_factory=dict)
    decks: dict[str, bytes] = field(default_factory=dict)
    before: dict[str, bytes] = field(default_factory=dict)
    is_talk: bool = False
    edits: list[SlideEdit] = field(default_factory=list)
    lines: dict[str, list[str]] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    own: str = EDITS
    placed: dict[str, str] = field(default_factory=dict)
    log: tuple[Adoption, ...] = ()

    @property
    def highest(self) -> int:
        """The highest number that an edit has, or had."""
        logged = (entry.edit for one in self.log for entry in one.edits)
        return max((*(edit.line.edit for edit in self.edits), *logged), default=0)

    def key(self, name: str, audience: str) -> str:
        """Return the key of a slide for an audience: that of its own text, if it is for everybody."""
        own = f"{name}@{audience}"
        return f"{name}@" if not self.text(own) and self.text(f"{name}@") else own

    def text(self, key: str) -> str:
        """Return the source of a slide; "" if the overlay doesn't have it."""
        return next((chunk.text for chunk in self.chunks if chunk.key == key), "")

    def put(self, key: str, text: str) -> None:
        """Put a slide in the place of the one with the same key, or after all others of its file."""
        same = next((chunk for chunk in self.chunks if chunk.key == key), None)
        if same is not None:
            same.text = text
        else:
            self.chunks.append(Chunk(self.words, key, text))

    def drop(self, key: str) -> None:
        """Remove a slide."""
        self.chunks = [chunk for chunk in self.chunks if chunk.key != key]

    def place(self, key: str, place: str) -> None:
        """Move a slide of a talk to a place such as "after=rye"."""
        way, _, name = place.partition("=")
        own = next(chunk for chunk in self.chunks if chunk.key == key)
        self.chunks.remove(own)
        index = [chunk.key for chunk in self.chunks].index(f"{name}@") + (way == "after")
        while self.placed.get(self.chunks[index].key if index < len(self.chunks) else "") == place:
            index += 1  # those that come after the same slide keep their order
        self.chunks.insert(index, own)
        self.placed[key] = place

    def repeat(self, slide: str, lines: Sequence[EditLine], pictures: Mapping[str, tuple[str, bytes]]) -> None:
        """Add edits of a slide; one of the same words or of the same property takes the place of the one before it."""
        name = f"{self.own}/{slide}.yaml"
        written = self.lines.setdefault(name, list(HEAD))
        number = self.highest
        for line in lines:
            same = [edit for edit in self.edits if edit.slide == slide and _spot(edit.line) == _spot(line)]
            if any(edit.line.but(edit=0) == line for edit in same):
                continue
            number += 1
            numbered = line.but(edit=number, was=next((edit.line.was for edit in same), line.was))
            for edit in same:
                self.edits.remove(edit)
                at = next((k for k, text in enumerate(written) if f"edit: {edit.line.edit}," in text), None)
                if at is not None:
                    del written[at]
            written.append(in_yaml(numbered))
            self.edits.append(SlideEdit(slide=slide, line=numbered, media=self.folder / self.own / MEDIA, audience=line.for_))  # fmt: skip
        for known, (suffix, content) in pictures.items():
            self.pictures[f"{self.own}/{MEDIA}/{known.removeprefix('media:')}.{suffix}"] = content

    def copy(self) -> Overlay:
        """Return the same, to be changed."""
        chunks = [replace(chunk) for chunk in self.chunks]
        return replace(
            self,
            chunks=chunks,
            kept=dict(self.kept),
            adopted=dict(self.adopted),
            decks=dict(self.decks),
            placed={},
            edits=list(self.edits),
            lines={name: list(own) for name, own in self.lines.items()},
            pictures=dict(self.pictures),
        )

    def files(self) -> tuple[dict[str, bytes], list[str]]:
        """Return name -> bytes of the files that differ from what is there, and names of files to remove."""
        texts: dict[str, list[str]] = {}
        for chunk in self.chunks:
            texts.setdefault(chunk.file, []).append(chunk.text.strip("\n"))
        made = {name: ("\n\n".join(filter(None, parts)) + "\n").encode() for name, parts in texts.items()}
        made |= {name: ("\n".join(own) + "\n").encode() for name, own in self.lines.items() if own != list(HEAD)}
        made |= self.pictures
        named = {slide.deck.name for slide in self.kept.values()}
        if self.kept or self.listing in self.before:
            made[self.listing] = kept_yaml(tuple(self.kept.values()))
        if self.adopted or ADOPTED_FILE in self.before:
            listed = {"slides": dict(sorted(self.adopted.items()))}
            made[ADOPTED_FILE] = (json.dumps(listed, ensure_ascii=False, indent=1) + "\n").encode()
        made |= {name: content for name, content in self.decks.items() if name in named}
        spare = [name for name in self.before if DECK_NAME.fullmatch(name) and name not in named and not self.is_talk]
        return {name: content for name, content in made.items() if self.before.get(name) != content}, spare


def read_overlay(folder: Path) -> Overlay:
    """Read what an overlay has of it so far.

    Raises:
        Problems: for a file that can't be read.
    """
    found, report = Overlay(folder=folder), Report()
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.suffix == ".md" and path.name.lower() not in ("readme.md", REPORT_FILE):
            text = read_text(path, report) or ""
            found.before[path.name] = text.encode()
            found.chunks += [Chunk(path.name, key_of(part), part) for part in parts_of(text)]
        elif path.name in (KEPT_FILE, ADOPTED_FILE):
            found.before[path.name] = read_bytes(path, limits.SOURCE_BYTES)
        elif DECK_NAME.fullmatch(path.name):
            found.before[path.name] = read_bytes(path, limits.PACKAGE_BYTES)
    _read_lines(found, report)
    found.kept = {f"{slide.id}@{slide.audience}": slide for slide in read_kept(folder / KEPT_FILE, report)}
    found.adopted = dict(read_adopted(folder, report))
    report.raise_if_errors()
    return found


def _read_lines(found: Overlay, report: Report) -> None:
    """Read the edits that are repeated on new slides, and the files that they are in."""
    found.edits = list(read_edits(found.folder, report, own=found.own))
    found.log = read_log(found.folder, found.own, report)
    place = found.folder / found.own
    for path in sorted(place.glob("*.yaml")) if place.is_dir() else ():
        if path.name != LOG:
            name = f"{found.own}/{path.name}"
            found.before[name] = read_bytes(path, limits.SOURCE_BYTES)
            found.lines[name] = found.before[name].decode("utf-8", "replace").splitlines()
    for path in sorted((place / MEDIA).glob("*")) if (place / MEDIA).is_dir() else ():
        found.before[f"{found.own}/{MEDIA}/{path.name}"] = read_bytes(path, limits.PICTURE_BYTES)


def _spot(line: EditLine) -> EditLine:
    """Return where an edit is, and what it is about, without what it makes of it."""
    empty = {name: "x" for name in ("bold", "italic", "underline", "size", "colour", "font", "language", "link") if getattr(line, name)}  # fmt: skip
    return line.but(edit=0, words=None, was=None, now=None, xml="", removed=False, order=(), **empty)


def talk_overlay(talk: Path, text: str, begins: Mapping[int, str]) -> Overlay:
    """Return a talk, whose changed copy is written beside it.

    Args:
        begins: line on which a slide begins, from 1 -> its id.
    """
    adopted = talk.with_stem(f"{talk.stem}-adopted")
    front = split_front_matter(text)[1]
    lines, ends = text.splitlines(keepends=True), len(front) - len(front.lstrip("\n"))  # its lines are emptied
    starts = sorted(line for line in begins if line > ends)
    found = Overlay(folder=talk.parent, words=adopted.name, listing=kept_file(adopted).name, is_talk=True, own=edits_folder(adopted).name)  # fmt: skip
    report = Report()
    _read_lines(found, report)
    if not found.lines and (earlier := edits_folder(talk)).is_dir():
        before = Overlay(folder=talk.parent, own=earlier.name)
        _read_lines(before, report)
        found.edits = before.edits
        found.lines = {name.replace(earlier.name, found.own, 1): own for name, own in before.lines.items()}
        media = f"{earlier.name}/{MEDIA}/"
        found.pictures = {
            n.replace(earlier.name, found.own, 1): b for n, b in before.before.items() if n.startswith(media)
        }
    report.raise_if_errors()
    for first, last in pairwise((1, *(line for line in starts if line > 1), len(lines) + 1)):
        key = f"{begins[first]}@" if first in starts else ""
        found.chunks.append(Chunk(adopted.name, key, "".join(lines[first - 1 : last - 1])))
    decks = [path.name for path in talk.parent.iterdir() if DECK_NAME.fullmatch(path.name)]
    for name in (adopted.name, found.listing, *decks):
        if (talk.parent / name).is_file():
            found.before[name] = read_bytes(talk.parent / name, limits.PACKAGE_BYTES)
    return found


def id_of(text: str) -> str:
    """Return the id in the heading of a slide's source; "" if it has none."""
    heading = text.partition("\n")[0]
    found = NAME.search(heading) if HEADING.match(heading) else None
    return found[1] if found else ""


def key_of(text: str) -> str:
    """Return id and audience of a slide's source, "id@audience"; "" without an id.

    >>> key_of("## Rye {#rye for=general}")
    'rye@general'
    """
    name, audience = id_of(text), FOR.search(text.partition("\n")[0])
    return f"{name}@{audience[1].strip(chr(34)) if audience else ''}" if name else ""


def headed(text: str, audience: str, *, add: Sequence[str] = (), drop: Sequence[str] = (), place: str = "") -> str:
    r"""Return a slide's source whose heading is for one audience alone; all its other attributes stay.

    Args:
        add: marks that its heading gets, such as ".hidden".
        drop: classes that it loses.
        place: "after=…" or "before=…", or "" to leave its place.

    >>> headed("## Rye {#rye .deep}\n\nDark.\n", "general", add=[".hidden"], place="after=salt")
    '## Rye {#rye .deep .hidden for=general after=salt}\n\nDark.\n'
    """
    heading, newline, rest = text.partition("\n")
    title, _ = split_trailing(heading)
    block = heading[len(title) :].strip() or "{}"
    block = FOR.sub("", block) if audience else block
    block = PLACE.sub("", block) if place else block
    for name in (*drop, *(mark[1:] for mark in add)):
        block = re.sub(rf"\s+\.{name}(?=[\s}}])", "", block)
    given = (*add, *([f"for={audience}"] if audience else []), *([place] if place else []))
    inside = " ".join(filter(None, (block[1:-1].strip(), *given)))
    return f"{title} {{{inside}}}{newline}{rest}" if inside else text
