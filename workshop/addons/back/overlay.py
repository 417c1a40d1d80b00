"""The overlay that edits become: its slides as text, what is repeated on new ones, and the kit's text from which they were made."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from workshop import limits
from workshop.addons.back.log import Adoption, read_log
from workshop.content.adopted_texts import ADOPTED_FILE, KEPT_FILE, read_adopted
from workshop.content.attribute_grammar import split_trailing
from workshop.content.slide_edits import EDITS, LOG, MEDIA, read_edits
from workshop.content.source_text import read_text
from workshop.content.text_lines import HEADING, parts_of
from workshop.errors import Report
from workshop.files.edit_lines import in_yaml
from workshop.inputs.door import read_bytes
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
        is_placed: whether it is new, or elsewhere than it was.
        is_renamed: whether its heading makes another id than the one in ``key``, since somebody changed the title.
    """

    file: str
    key: str
    text: str
    is_placed: bool = False
    is_renamed: bool = False


class Overlay(Struct, kw_only=True):
    """The files that ``adopt`` writes.

    Attributes:
        folder: the folder of the overlay, which may not exist yet, or that of a talk.
        words: name of the file for slides that no file has yet.
        chunks: the slides of its Markdown files, in order.
        adopted: "id@audience" -> the kit's text from which a slide was made.
        spare: names of files that go: what listed slides that were kept whole.
        before: name -> bytes of each file as it was read.
        is_talk: whether it is a talk as a whole, in one file.
        edits: the edits that are repeated on new slides.
        lines: name of a file of edits -> its lines.
        pictures: name -> bytes of the pictures that they bring.
        own: name of the folder of edits.
        placed: key of a slide of a talk that was moved -> the place that it has now.
        log: what was adopted before.
    """

    folder: Path
    words: str = WORDS_FILE
    chunks: list[Chunk] = field(default_factory=list)
    adopted: dict[str, str] = field(default_factory=dict)
    spare: list[str] = field(default_factory=list)
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
        own = self.chunk(key)
        return own.text.rstrip("\n") + "\n" if own else ""

    def chunk(self, key: str) -> Chunk | None:
        """Return the slide of a key; ``None`` if the overlay doesn't have it."""
        return next((chunk for chunk in self.chunks if chunk.key == key), None)

    def name(self, key: str) -> None:
        """Write the id of a slide of a talk into its heading, if its title makes another one by now."""
        own = self.chunk(key)
        if own is not None and own.is_renamed:
            own.text, own.is_renamed = headed(own.text, "", add=(f"#{key.partition('@')[0]}",)), False

    def put(self, key: str, text: str) -> None:
        """Put a slide in the place of the one with the same key, or after all others of its file."""
        same = self.chunk(key)
        if same is not None:
            own = same.text.rstrip("\n")
            same.text = text.rstrip("\n") + same.text[len(own) :]
        else:
            self.chunks.append(Chunk(self.words, key, text, is_placed=True))

    def drop(self, key: str) -> None:
        """Remove a slide."""
        self.chunks = [chunk for chunk in self.chunks if chunk.key != key]

    def place(self, key: str, place: str) -> None:
        """Move a slide of a talk to a place such as "after=rye"."""
        way, _, name = place.partition("=")
        own = next(chunk for chunk in self.chunks if chunk.key == key)
        own.is_placed = True
        self.chunks.remove(own)
        index = [chunk.key for chunk in self.chunks].index(f"{name}@") + (way == "after")
        while self.placed.get(self.chunks[index].key if index < len(self.chunks) else "") == place:
            index += 1  # those that come after the same slide keep their order
        self.chunks.insert(index, own)
        self.placed[key] = place

    def repeat(self, slide: str, line: EditLine) -> EditLine:
        """Add an edit of a slide, which takes the place of those before it at the same spot; return it with its number."""
        written = self.lines.setdefault(f"{self.own}/{slide}.yaml", list(HEAD))
        before = self.edits_at(slide, line)
        numbered = line.but(edit=self.highest + 1, was=next((edit.line.was for edit in before), line.was))
        for edit in before:
            self.edits.remove(edit)
            at = next((k for k, text in enumerate(written) if f"edit: {edit.line.edit}," in text), None)
            if at is not None:
                del written[at]
        written.append(in_yaml(numbered))
        media = self.folder / self.own / MEDIA
        self.edits.append(SlideEdit(slide=slide, line=numbered, media=media, audience=line.for_))
        return numbered

    def edits_at(self, slide: str, line: EditLine) -> list[SlideEdit]:
        """Return the edits of a slide that are about the same words or the same property as another one."""
        return [edit for edit in self.edits if edit.slide == slide and _spot(edit.line) == _spot(line)]

    def bring(self, pictures: Mapping[str, tuple[str, bytes]]) -> None:
        """Add files that edits name: name, such as "media:" and a digest -> suffix and content."""
        for known, (suffix, content) in pictures.items():
            self.pictures[f"{self.own}/{MEDIA}/{known.rpartition(':')[2]}.{suffix}"] = content

    def copy(self) -> Overlay:
        """Return the same, to be changed."""
        chunks = [replace(chunk) for chunk in self.chunks]
        return replace(
            self,
            chunks=chunks,
            adopted=dict(self.adopted),
            placed={},
            edits=list(self.edits),
            lines={name: list(own) for name, own in self.lines.items()},
            pictures=dict(self.pictures),
        )

    def files(self) -> tuple[dict[str, bytes], list[str]]:
        """Return name -> bytes of the files that differ from what is there, and names of files to remove."""
        texts = {name: "".join(text for _, text in own) for name, own in self.parts().items()}
        made = {name: as_before(text, self.before.get(name, b"")) for name, text in texts.items()}
        edits = {name: "\n".join(own) for name, own in self.lines.items() if own != list(HEAD)}
        raw = {name: self.before.get(name, b"") for name in edits}
        made |= {
            name: raw[name] if clean(raw[name]).rstrip("\n") == text else as_before(text, raw[name])
            for name, text in edits.items()
        }
        made |= self.pictures
        if self.adopted or ADOPTED_FILE in self.before:
            listed = {"slides": dict(sorted(self.adopted.items()))}
            made[ADOPTED_FILE] = (json.dumps(listed, ensure_ascii=False, indent=1) + "\n").encode()
        spare = [*self.spare]
        spare += [name for name in self.before if name.endswith(".md") and self.before[name].strip() and name not in texts]  # fmt: skip
        return {name: content for name, content in made.items() if self.before.get(name) != content}, spare

    def parts(self) -> dict[str, list[tuple[str, str]]]:
        """Return name of each Markdown file -> key and text of its slides; what nobody changed is as it was, to the byte."""
        found: dict[str, list[tuple[str, str]]] = {}
        placed = True
        for chunk in self.chunks:
            own = found.setdefault(chunk.file, [])
            before = own[-1][1] if own else "\n\n"
            wanted = 2 if placed or chunk.is_placed else 1
            missing = max(wanted - (len(before) - len(before.rstrip("\n"))), 0)
            own.append((chunk.key, "\n" * missing + chunk.text))
            placed = chunk.is_placed
        return found


def clean(raw: bytes) -> str:
    """Return the text of a file with line feeds as line ends and without a byte order mark."""
    return raw.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")


def as_before(text: str, raw: bytes) -> bytes:
    """Return a text with the byte order mark and the line ends that its file had; the file itself if it says the same."""
    if clean(raw) == text:
        return raw
    text = text.rstrip("\n") + ("\n" if not raw or raw.endswith(b"\n") else "")
    ends = text.replace("\n", "\r\n") if b"\r\n" in raw else text
    return ends.encode("utf-8-sig" if raw.startswith(b"\xef\xbb\xbf") else "utf-8")


def read_overlay(folder: Path) -> Overlay:
    """Read what an overlay has of it so far.

    Raises:
        Problems: for a file that can't be read.
    """
    found, report = Overlay(folder=folder), Report()
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.suffix == ".md" and path.name.lower() not in ("readme.md", REPORT_FILE):
            text = read_text(path, report) or ""
            found.before[path.name] = read_bytes(path, limits.SOURCE_BYTES) if text else b""
            found.chunks += [Chunk(path.name, key_of(part), part) for part in parts_of(text)]
        elif path.name == ADOPTED_FILE:
            found.before[path.name] = read_bytes(path, limits.SOURCE_BYTES)
        elif path.name == KEPT_FILE:
            found.spare.append(path.name)
    read_lines(found, report)
    found.adopted = dict(read_adopted(folder, report))
    report.raise_if_errors()
    return found


def read_lines(found: Overlay, report: Report) -> None:
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


def is_bare(text: str) -> bool:
    """Whether a slide's source is only a heading without a title, which says where the slide goes."""
    return bool(re.fullmatch(r"## \{[^{}]*\}\s*", text)) and ".drop" not in text


def place_in(text: str) -> str:
    """Return where the heading of a slide's source says that it goes, such as "after=rye"; "" if it doesn't."""
    found = PLACE.search(text.partition("\n")[0])
    return found[0].strip() if found else ""


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
