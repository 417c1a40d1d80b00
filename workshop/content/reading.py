"""State shared while one Markdown file is read: its masked text, the names known in its context, its problems."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar
from urllib.parse import unquote

from msgspec import Struct, field

from workshop import limits
from workshop.content.attribute_grammar import AttributeSyntaxError
from workshop.content.mask import Masked
from workshop.content.tool_signs import Habits
from workshop.content.vocabulary import BET, CLASSES, CSV_SUFFIXES, DOES, KEYS, QUIZ, SCHEMES, TASKS, near
from workshop.errors import At, Report, did_you_mean
from workshop.inputs.door import find_inside
from workshop.layouts import names
from workshop.limits import Limit
from workshop.model.markup import Attrs, Inline
from workshop.model.numbers import decimal, measure, whole
from workshop.model.policy import Policy
from workshop.model.rooms import ROOMS, SIZES

if TYPE_CHECKING:
    from markdown_it.token import Token


ALL_MARKDOWN = (limits.LETTERS, limits.KIT_LINES, limits.KIT_PARTS, limits.ELEMENTS)
Made = TypeVar("Made")


class Citing(Protocol):
    """What may be cited from a bibliography."""

    def cite(self, written: str, at: At, reading: Reading) -> Inline:
        """Return a citation as it is written."""


class Scope(Struct, frozen=True, kw_only=True):
    """The context in which a file is read.

    Attributes:
        policy: what a source may contain, and what becomes of a mistake.
        root: folder that relative names refer to; in a kit nothing may be outside it.
        sources: keys of ``sources.yaml``.
        audiences: ids that ``for=`` may name; ``None`` if audiences are unknown.
        overlays: folders whose files take precedence over the kit's, the strongest first.
        likes: audience -> those that it is like, the nearest first.
        works: returns what a file may cite from its front matter, or the kit's; ``None`` if there is no bibliography.
        cache: folder in which what a file of a kit says is kept; ``None`` for none.
    """

    policy: Policy
    root: Path
    sources: frozenset[str] = frozenset()
    audiences: frozenset[str] | None = None
    overlays: tuple[Path, ...] = ()
    worlds: tuple[Path, ...] = ()
    likes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    works: Callable[[str], Citing | None] = lambda _: None
    cache: Path | None = None


class Reading(Struct, kw_only=True):
    """One file while it is read.

    Attributes:
        path: the name used in places.
        folder: the file's folder.
        footnotes: label -> the tokens of its one paragraph.
        used_footnotes: labels that were referred to.
        links: (slide id, place) of every ``[text](#id)``.
        exercises: (exercise id, place) of every ``exercise:id``.
        ignored: unknown names in a single file -> where each occurs first.
        lost: what a talk says and a deck can't show, in words, and for several -> where.
        starts: lines on which slides or exercises begin.
        habits: those of the tool that a talk was written for; pandoc's for a kit.
        meta: texts of the front matter, by their keys.
        echo: whether cells of code are shown unless they say otherwise.
        chunks: options that a chunk of knitr set for all later ones.
        footer: what Deckset's keys have at the foot of every slide.
        styles: line of a list item -> how its number is written: "a.", "(i)".
        replaced: files of overlays that were used instead of the kit's.
        said: what a talk says, with the line on which it begins, for the account of its words.
        left_out: first and last line of what is left out on purpose.
        files: (name, name relative to the root) of each file that is shown.
        works: what may be cited from a bibliography; ``None`` if there is none.
    """

    path: str
    folder: Path
    masked: Masked
    scope: Scope
    report: Report
    footnotes: dict[str, Token] = field(default_factory=dict)
    used_footnotes: set[str] = field(default_factory=set)
    links: list[tuple[str, At]] = field(default_factory=list)
    exercises: list[tuple[str, At]] = field(default_factory=list)
    ignored: dict[str, At] = field(default_factory=dict)
    lost: dict[tuple[str, str], list[At]] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)
    habits: Habits = field(default_factory=Habits)
    footer: str = ""
    styles: dict[int, str] = field(default_factory=dict)
    meta: dict[str, str] = field(default_factory=dict)
    echo: bool = False
    chunks: dict[str, str] = field(default_factory=dict)
    replaced: set[Path] = field(default_factory=set)
    said: list[tuple[At, str]] = field(default_factory=list)
    left_out: list[tuple[At, int]] = field(default_factory=list)
    files: list[tuple[str, str]] = field(default_factory=list)
    works: Citing | None = None

    @property
    def is_overlay(self) -> bool:
        """Whether the file belongs to an overlay."""
        folder = self.folder.resolve()
        return any(folder.is_relative_to(overlay.resolve()) for overlay in self.scope.overlays)

    def at(self, line: int, column: int = 0) -> At:
        """Return a place in this file."""
        return At(self.path, line, column)

    @property
    def policy(self) -> Policy:
        """What the source may contain, and what becomes of a mistake."""
        return self.scope.policy

    def hold(self, most: Limit, more: int, line: int = 1) -> bool:
        """Count more Markdown, and return whether all of the kit or talk so far is within its limits."""
        hint = f"make two {'kits' if self.policy.plan == 'slot' else 'talks'} of it"
        self.report.spend(most, more, "all Markdown up to here has", self.at(line), hint)
        return self.report.has_room(*ALL_MARKDOWN)

    def error(self, message: str, at: At, hint: str = "", code: str = "syntax") -> None:
        """Report an error, with every masked value written out."""
        self.report.error(self.masked.restore(message), at, self.masked.restore(hint), code)

    def fault(self, message: str, at: At, hint: str = "", code: str = "syntax") -> None:
        """Report something that stops a kit; a talk is built as well as possible, with a warning."""
        note = self.report.error if self.policy.unknown == "error" else self.report.warn
        note(self.masked.restore(message), at, self.masked.restore(hint), code)

    def lose(self, message: str, at: At, last: int = 0, many: str = "") -> None:
        """Note something that a deck can't show; each message becomes one warning, however often it comes.

        Args:
            last: the last line of it, if its words are left out, too.
            many: the message if it comes more often, with ``{}`` for how often.
        """
        self.lost.setdefault((message, many), []).append(at)
        if last:
            self.left_out.append((at, last))

    def unknown(self, what: str, name: str, shown: str, names: Iterable[str], at: At) -> None:
        """Handle a name that the dialect doesn't have: an error in a kit, a warning if it looks misspelt, else ignored."""
        options = tuple(names)
        if self.policy.unknown == "error" or near(name, options):
            self.fault(f"there is no {what} {shown!r}", at, did_you_mean(name, options), "unknown-name")
        else:
            self.ignored.setdefault(shown, at)

    def bad_attributes(self, error: AttributeSyntaxError, line: int, content: str, offset: int = 0) -> None:
        """Report malformed attributes in ``content``, the inline text that begins on ``line``."""
        line, column = self.place(line, content, offset + error.offset)
        self.fault(error.message, self.at(line, column), error.hint, "attributes")

    def place(self, line: int, content: str, offset: int) -> tuple[int, int]:
        """Return line and column of an offset into inline text that begins on ``line``.

        Inline text has lost the indentation of its lines, so each line is looked up in the source.
        """
        start = content.rfind("\n", 0, offset) + 1
        line += content.count("\n", 0, start)
        if not 1 <= line <= len(self.masked.lines):
            return line, 0
        end = content.find("\n", start)
        piece = content[start : end if end >= 0 else len(content)]
        found = self.masked.lines[line - 1].find(piece)
        return line, self.masked.column(line, found + offset - start) if found >= 0 else 0

    def close(self) -> None:
        """Report what was collected over the whole file: ignored names in one note, each thing that is lost in a warning."""
        if self.ignored:
            names = ", ".join(sorted(self.ignored))
            first = min(self.ignored.values())
            hint = "docs/reference/divs.md and keys.md list the names that exist"
            self.report.advise(f"names that mean nothing here are ignored: {names}", first, hint, "ignored-names")
        for (message, many), places in self.lost.items():
            shown, often = message, len(places)
            if often > 1:
                shown = (
                    f"{many.replace('{}', str(often))}, first here"
                    if many
                    else f"{message} ({often} times, first here)"
                )
            self.report.warn(self.masked.restore(shown), min(places), "", "not-shown")


Read = tuple[Made | None, Sequence[Reading]]  # what a file says, unless it can't be used, and its readings


def too_large(reading: Reading, starts: Sequence[At], what: str) -> list[int]:
    """Report parts of a file that are unreasonably long, and return their indices in ``starts``.

    Args:
        starts: where each begins; one ends where the next begins.
        what: the name of a part in messages.
    """
    lines, found = reading.masked.lines, []
    ends = (*(at.line for at in starts[1:]), len(lines) + 1)
    for place, (at, end) in enumerate(zip(starts, ends, strict=False)):
        own = lines[max(at.line - 1, 0) : end - 1]
        for size, most in ((len(own), limits.SLIDE_LINES), (sum(map(len, own)), limits.SLIDE_LETTERS)):
            if size > most:
                message = f"this {what} has {size:,} {most.unit}; the limit is {most}"
                reading.error(message, at, f"split it into several {what}s", "too-large")
                found.append(place)
                break
    return found


# Check attributes against the vocabulary, and the form of their values.
def check_attributes(reading: Reading, kind: str, attrs: Attrs, at: At, keys: tuple[str, ...] = ()) -> None:
    """Report unknown keys and classes of an element, and impossible values.

    Args:
        keys: the keys that this element may have, if they are fewer than its kind may have.
    """
    keys, classes = keys or KEYS[kind], CLASSES[kind]
    for key, value in attrs.pairs:
        if key not in keys:
            reading.unknown("attribute", key, f"{key}=", keys, at)
            continue
        if "{{" in value and "}}" not in value:
            reading.fault(f"the value {{{{ in {key}= is not closed", at, "add }}", "value")
        if check := _CHECKS.get(f"{kind}.{key}") or _CHECKS.get(key):
            check(reading, key, value, at)
    for name in attrs.classes:
        if name not in classes:
            reading.unknown("class", name, f".{name}", classes, at)
    if "else" in attrs and "claim" not in attrs:
        reading.fault("else= has no claim=", at, "add the claim that it is the neutral wording of", "claim")


def _minutes(reading: Reading, key: str, value: str, at: At) -> None:
    what = "is not a number of minutes", "write a number, such as minutes=3"
    _number(reading, key, value, at, decimal(value, 0, math.inf), what)


def _whole(reading: Reading, key: str, value: str, at: At) -> None:
    _number(reading, key, value, at, whole(value, 0, math.inf), ("is not a whole number", f"write {key}=2"))


def _number(reading: Reading, key: str, value: str, at: At, number: float | None, wrong: tuple[str, str]) -> None:
    most = limits.WRITING_LINES if key == "count" else limits.ATTRIBUTE
    if number is None:
        reading.fault(f"{key}={value} {wrong[0]}", at, wrong[1], "number")
    elif number > most:
        reading.fault(f"{key}={value} is more than {most}", at, f"write {key}=2", "number")


def _length(reading: Reading, key: str, value: str, at: At) -> None:
    if measure(value) is None and value != "auto":
        reading.fault(f"{key}={value} is not a {key}", at, f"write {key}=50% or {key}=8cm", "number")


def _layout(reading: Reading, _key: str, value: str, at: At) -> None:
    if value not in names():
        reading.fault(f"there is no layout {value!r}", at, did_you_mean(value, names()), "unknown-layout")


def _yes_no(reading: Reading, key: str, value: str, at: At) -> None:
    if value not in {"yes", "no"}:
        reading.fault(f"{key}={value} is neither yes nor no", at, f"write {key}=yes or {key}=no", "value")


def _again(reading: Reading, key: str, value: str, at: At) -> None:
    if value not in ("yes", "no") and not decimal(value, 1, limits.ATTRIBUTE):
        mend = f"write {key}=yes, or {key}=90 for slots of 90 minutes and more"
        reading.fault(f"{key}={value} is neither yes nor no nor a number of minutes", at, mend, "value")


def _bet(reading: Reading, key: str, value: str, at: At) -> None:
    if not 1 <= len(value) <= BET:
        message = f"the name of this bet has {len(value)} characters, and its box has room for 1 to {BET}"
        reading.fault(message, at, f'write {key}="The release"', "bet")


def _strip(reading: Reading, _key: str, value: str, at: At) -> None:
    reading.exercises.append((value, at))


def _one_of(*allowed: str) -> Callable[[Reading, str, str, At], None]:
    def check(reading: Reading, key: str, value: str, at: At) -> None:
        if value not in allowed:
            hint = did_you_mean(value, allowed) or f"write one of {', '.join(filter(None, allowed))}"
            reading.fault(f"{key}={value} is unknown", at, hint, "value")

    return check


def _for(reading: Reading, _key: str, value: str, at: At) -> None:
    check_for(reading, value, at)


def check_for(reading: Reading, value: str, at: At) -> None:
    """Report unknown audiences in ``for=``, and lists that both choose and exclude."""
    names = [name.strip() for name in value.split(",")]
    if not any(names) or not all(name.removeprefix("-") for name in names):
        reading.fault(f"for={value!r} names no audience", at, "write for=general or for=-general", "audience")
        return
    out = [name[1:] for name in names if name.startswith("-")]
    if any(name not in reading.scope.likes for name in out) and len(out) < len(names):
        hint = "name those who see it, or those who don't, each with a minus"
        reading.fault(f"for={value!r} both chooses and excludes", at, hint, "audience")
    known = reading.scope.audiences
    for name in names:
        bare = name.removeprefix("-")
        if known is not None and bare not in known:
            reading.fault(f"there is no audience {bare!r}", at, did_you_mean(bare, known), "unknown-audience")


def _room(reading: Reading, _key: str, value: str, at: At) -> None:
    for name in (name.strip().removeprefix("-") for name in value.split(",")):
        if name not in (*ROOMS, *SIZES):
            hint = did_you_mean(name, (*ROOMS, *SIZES)) or f"write one of {', '.join((*ROOMS, *SIZES))}"
            reading.fault(f"there is no room {name!r}", at, hint, "unknown-room")


_CHECKS: dict[str, Callable[[Reading, str, str, At], None]] = {
    "minutes": _minutes,
    "level": _whole,
    "count": _whole,
    "highlight": _whole,
    "layout-ncol": _whole,
    "width": _length,
    "height": _length,
    "layout": _layout,
    "calculator": _yes_no,
    "does": _one_of(*DOES, ""),  # nothing, where a replaced slide does something
    "quiz": _one_of(*QUIZ),
    "bet": _bet,
    "again": _again,
    "each": _whole,
    "strip": _strip,
    "exercise.kind": _one_of(*TASKS),
    "for": _for,
    "room": _room,
}
_QUERY = re.compile(r"[?#][^/]*$")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+-]+):(?!\\)(.*)", re.DOTALL)
_EXHIBIT = re.compile(r"[\w-]+\.[\w.-]+")


def resolve_target(reading: Reading, target: str, at: At) -> str:
    """Return ``target`` with a file name made relative to the root; "" after reporting what is wrong with it.

    A file is looked up beside the source first, then below the root.
    """
    scheme = _SCHEME.match(target)
    if not target:
        reading.error("this picture names no file", at, "write ![what it shows](picture.png)", "missing-file")
    elif "{{" in target:
        reading.error("a picture's target cannot hold a value", at, "write the name out", "value")
    elif not scheme:
        return resolve_file(reading, target, at)
    elif scheme[1] == "exercise":
        reading.exercises.append((scheme[2], at))
        return target
    elif scheme[1] == "drawing":
        return target
    elif scheme[1] in SCHEMES:
        return _exhibit(reading, scheme[1], scheme[2], at)
    elif scheme[2].startswith("//") or scheme[1] == "data":
        reading.error("pictures are not fetched from the web", at, "save it beside the source", "missing-file")
    else:
        hint = did_you_mean(scheme[1], SCHEMES)
        reading.error(f"there is no kind of exhibit {scheme[1] + ':'!r}", at, hint, "unknown-exhibit")
    return ""


def _exhibit(reading: Reading, scheme: str, name: str, at: At) -> str:
    if name.lower().endswith(CSV_SUFFIXES):
        if scheme == "code":
            reading.error("code: shows a demo's source, not a CSV file", at, f"write table:{name}", "unknown-exhibit")
            return ""
        found = resolve_file(reading, name, at)
        return f"{scheme}:{found}" if found else ""
    if not _EXHIBIT.fullmatch(name):
        hint = f"write {scheme}:demo.exhibit" + ("" if scheme == "code" else f" or {scheme}:data/file.csv")
        reading.error(f"{scheme}:{name} names no exhibit", at, hint, "unknown-exhibit")
        return ""
    return f"{scheme}:{name}"


def resolve_file(reading: Reading, name: str, at: At) -> str:
    """Return the name of a file relative to the root; "" after reporting that there is none."""
    found = _resolved(reading, name, at)
    reading.files.append((name, found))
    return found


def _resolved(reading: Reading, name: str, at: At) -> str:
    root = reading.scope.root
    for over in reading.scope.overlays:
        own = (reading.folder,) if reading.folder.is_relative_to(over) else ()
        found = find_inside(name, (*own, over), over)
        if isinstance(found, Path):
            reading.replaced.add(found)
            return relative(found, over)
    found = find_file(reading, name)
    if isinstance(found, Path):
        return relative(found, root)
    reading.error(found[0], at, found[1], "missing-file")
    return ""


def find_file(reading: Reading, name: str) -> Path | tuple[str, str]:
    """Return the file beside the source or below the root, which nothing may be outside of; if there is none, a message and a hint."""
    root = reading.scope.root
    folders: tuple[Path, ...] = (reading.folder, root)
    found = find_inside(name, folders, root, "the kit" if reading.policy.html == "refused" else "the file's folder")
    if isinstance(found, Path) or reading.policy.html == "refused":
        return found
    plain = unquote(_QUERY.sub("", name))
    if name.startswith("/"):  # of the folder that a web server would show
        folders, plain = (*folders, root / "public"), plain.lstrip("/")
    other = find_inside(plain, folders, root, "the file's folder") if plain else found
    return other if isinstance(other, Path) or name.startswith("/") else found


def find_laid(name: str, scope: Scope) -> Path | tuple[str, str]:
    """Return the file from the strongest overlay that has it, else the world's or the kit's; if there is none, a message and a hint."""
    for folder in (*scope.overlays, *scope.worlds):
        found = find_inside(name, (folder,), folder)
        if isinstance(found, Path):
            return found
    return find_inside(name, (scope.root,), scope.root)


def relative(path: Path, root: Path) -> str:
    """Return ``path`` relative to ``root``, with forward slashes."""
    try:
        return Path(os.path.relpath(path, root)).as_posix()
    except ValueError:  # another drive on Windows
        return path.as_posix()
