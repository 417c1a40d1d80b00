"""``edits/log.yaml``: what each adoption changed, so that it can be listed and taken back."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct, field

from workshop import limits
from workshop.content.kit_files import is_inside, read_yaml
from workshop.content.slide_edits import LOG
from workshop.errors import At, Report

HEAD = "# Written by workshop adopt: what each adoption changed. workshop adopt FOLDER --undo takes the last one back."
NEWEST = 20  # adoptions that can be taken back
WAS = re.compile(r', was: "(?:[^"\\]|\\.)*"')
NUMBER = re.compile(r"^- \{edit: (\d+)[,}]")


class Entry(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One edit that was adopted.

    Attributes:
        edit: its number.
        slide: id of its slide.
        audience: whom its text is for; "" for everybody.
        what: what was changed.
        file: name of the file that says it.
        was, now: the slide's source before and after, or "" and the edit's line.
        deck: the slide's source as the deck has it; ``None`` if that is ``now``.
        place: where a slide of a talk was put, such as "after=rye".
    """

    edit: int
    slide: str
    audience: str = ""
    what: str = ""
    file: str = ""
    was: str = ""
    now: str = ""
    deck: str | None = None
    place: str = ""

    @property
    def key(self) -> str:
        """Slide and audience of a text, "id@audience"; "" for a line."""
        return "" if self.file.endswith(".yaml") else f"{self.slide}@{self.audience}"


class Versions(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A file before and after an adoption; ``None`` where there was none."""

    was: str | None = None
    now: str | None = None


class Adoption(Struct, frozen=True, kw_only=True):
    """What was adopted from one deck.

    Attributes:
        deck: path of the deck from the folder of the overlay or of the talk.
        build: id of the build that was edited.
        edits: the edits.
        files: name of each text file that it changed -> the file before and after.
        media: names of the pictures that it brought.
    """

    deck: str = ""
    build: str = ""
    edits: tuple[Entry, ...] = ()
    files: Mapping[str, Versions] = field(default_factory=dict)
    media: tuple[str, ...] = ()


def read_log(folder: Path, own: str, report: Report) -> tuple[Adoption, ...]:
    """Return the adoptions of an overlay or a talk, in their order; a log that can't be read is reported.

    Args:
        own: name of the folder of edits.
    """
    path = folder / own / LOG
    if not path.exists() or not is_inside(path, folder, report):
        return ()
    tree = read_yaml(path, report, [])
    try:
        return msgspec.convert(tree.value, tuple[Adoption, ...], strict=False) if tree and tree.value else ()
    except msgspec.ValidationError as error:
        hint = "take the file out: then earlier adoptions can't be taken back any more"
        report.error(f"this file can't be read: {error}", At(path.as_posix()), hint, "edit")
        return ()


def written_log(adoptions: Sequence[Adoption]) -> bytes:
    """Return the file that has some adoptions; the oldest ones go if there are too many, or too much text."""
    texts = [_written(one) for one in adoptions[-NEWEST:]]
    while len(texts) > 1 and sum(len(text.encode()) for text in texts) > limits.SOURCE_BYTES // 2:
        del texts[0]
    return "\n".join((HEAD, *texts, "")).encode()


def _written(one: Adoption) -> str:
    def said(value: Struct) -> str:
        return json.dumps(msgspec.to_builtins(value), ensure_ascii=False)

    lines = [f"- deck: {json.dumps(one.deck, ensure_ascii=False)}", f"  build: {json.dumps(one.build)}"]
    lines += ["  edits:", *(f"  - {said(entry)}" for entry in one.edits)] if one.edits else []
    lines += ["  files:", *(f"    {json.dumps(name)}: {said(both)}" for name, both in one.files.items())] if one.files else []  # fmt: skip
    lines += [f"  media: {json.dumps(one.media)}"] if one.media else []
    return "\n".join(lines)


def bare(line: str) -> str:
    """Return what an edit's line says, without its number and without what the kit had.

    >>> bare('- {edit: 12, shape: "Box", was: "a", now: "b"}')
    '- {shape: "Box", now: "b"}'
    """
    return WAS.sub("", re.sub(r"^- \{edit: \d+, ", "- {", line))


def number_of(line: str) -> int:
    """Return the number of an edit's line; 0 if it has none.

    >>> number_of('- {edit: 12, shape: "Box"}')
    12
    """
    found = NUMBER.match(line)
    return int(found[1]) if found else 0
