"""The base of a deck: the deck as it was built and what it was built from, kept beside it, so that edits can be told from it later.

A deck names its build in a document property; a slide has its id as its name, and a number that PowerPoint keeps.
"""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from msgspec import DecodeError, Struct, ValidationError, field, json
from msgspec.structs import replace

from workshop import limits
from workshop.files.build_ids import build_id
from workshop.inputs.door import read_bytes

BASE = re.compile(r"\.deck-([0-9a-f]{12})\.(pptx|json\.gz)")
NEWEST = 3  # bases that are kept although no deck in the folder names them


class SlideText(Struct, frozen=True):
    """The source of one slide.

    Attributes:
        file: the file, seen from the kit's folder; "" if no text of an author's makes this slide.
        line: line of its heading.
        text: from its heading to the next one.
    """

    file: str = ""
    line: int = 0
    text: str = ""


class Record(Struct, frozen=True, kw_only=True):
    """What a deck was built from.

    Attributes:
        typed: argument and options of the build, as they were typed.
        back: path from the output folder to the folder in which it was typed, if that is above.
        audience: id of its audience; "" for a talk.
        is_kit: whether it was built from a kit.
        slides: id of each slide -> its source.
        unmade: "file:line" of an edit made in PowerPoint -> why it isn't repeated.
    """

    typed: tuple[str, ...]
    audience: str
    is_kit: bool
    slides: Mapping[str, SlideText]
    back: str = ""
    unmade: Mapping[str, str] = field(default_factory=dict)


class Base(Struct, frozen=True):
    """A deck as it was built, and its record; ``None`` if that is missing or can't be read."""

    deck: bytes
    record: Record | None


def base_files(files: Mapping[str, bytes], record: Callable[[], Record]) -> dict[str, bytes]:
    """Return the files to keep for the decks among some files."""
    known = {build_id(content): content for name, content in files.items() if name.endswith(".pptx")}
    known.pop("", None)
    packed = gzip.compress(json.encode(_packed(record()), order="deterministic"), mtime=0) if known else b""
    decks = {f".deck-{number}.pptx": content for number, content in known.items()}
    return decks | {f".deck-{number}.json.gz": packed for number in known}


def spent(folder: Path, new: Collection[str]) -> list[str]:
    """Return the names of bases that are neither new, nor of a deck in the folder, nor among the newest."""
    here = [path for path in folder.iterdir() if path.is_file()]
    old = {match[1]: path for path in here if (match := BASE.fullmatch(path.name)) and path.suffix == ".pptx"}
    wanted = {match[1] for name in new if (match := BASE.fullmatch(name))}
    if len(old) + len(wanted - set(old)) <= NEWEST:
        return []
    by_age = sorted(set(old) - wanted, key=lambda known: (-old[known].stat().st_mtime_ns, known))
    named = {build_id(path) for path in here if path.suffix == ".pptx" and not BASE.fullmatch(path.name)}
    kept = wanted | named | set(by_age[: max(0, NEWEST - len(wanted))])
    return [path.name for path in here if (match := BASE.fullmatch(path.name)) and match[1] not in kept]


def read_base(deck: Path, record: Path | None = None) -> Base:
    """Read a base: a deck as it was built, and the record beside it.

    Raises:
        OSError: if the deck can't be read.
    """
    content = read_bytes(deck, limits.PACKAGE_BYTES)
    try:
        with gzip.open(io.BytesIO(read_bytes(record or _beside(deck), limits.MANIFEST_BYTES))) as stream:
            text = stream.read(limits.BASE_BYTES + 1)
        return Base(content, None if len(text) > limits.BASE_BYTES else _unpacked(json.decode(text, type=Record)))
    except (OSError, EOFError, zlib.error, ValidationError, DecodeError):
        return Base(content, None)


def _packed(record: Record) -> Record:
    """Return a record in which a text stands once, at the first of the slides that go on with it: a long table fills many slides."""
    told, slides = set[tuple[str, int]](), dict[str, SlideText]()
    for name, slide in record.slides.items():
        place = (slide.file, slide.line)
        slides[name] = replace(slide, text="") if place in told else slide
        told.add(place)
    return replace(record, slides=slides)


def _unpacked(record: Record) -> Record:
    texts = {(slide.file, slide.line): slide.text for slide in record.slides.values() if slide.text}
    slides = {
        name: replace(slide, text=texts.get((slide.file, slide.line), "")) for name, slide in record.slides.items()
    }
    return replace(record, slides=slides)


def _beside(deck: Path) -> Path:
    """Return the record beside a deck: it is named after the deck's build."""
    return deck.with_name(f".deck-{build_id(deck)}.json.gz")
