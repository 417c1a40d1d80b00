"""Everything that differs between two decks, slide by slide, as operations: what a person may have done, and nothing that a program notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from workshop.addons.back.compare import Change, kind_of
from workshop.addons.back.match import Matched
from workshop.files.canonical import Part, canonical
from workshop.files.deck_file import DeckSlide
from workshop.files.operations import Operation, operations
from workshop.files.package_file import PackageFile, read_package

PICTURES = ("png", "jpg", "jpeg", "gif", "svg")
BEHIND = ("layout", "master", "theme", "slideMaster", "slideLayout", "notesMaster", "handoutMaster")


class Seen(Struct, frozen=True, kw_only=True):
    """What differs between two decks.

    Attributes:
        slides: number of a slide of the new deck, which the old one has too -> its operations.
        beside: what is on no slide: names of sections, masters, themes.
        pictures: name of each picture of the new deck -> its suffix and its content.
        parts: the parts of the new deck, as ``canonical`` names them.
        package: the new deck.
    """

    slides: Mapping[int, tuple[Operation, ...]]
    beside: tuple[Operation, ...]
    pictures: Mapping[str, tuple[str, bytes]]
    parts: Mapping[str, Part]
    package: PackageFile


def seen(old: Path | bytes, new: Path | bytes, matched: Matched) -> Seen:
    """Compare everything in two decks whose slides are matched.

    Raises:
        WorkshopError: if one can't be read.
    """
    before, after = read_package(old, "deck.pptx"), read_package(new, "deck.pptx")
    names = _names([one for one, _ in matched.pairs], "gone", matched.gone)
    numbers = {names[one.part]: other.number for one, other in matched.pairs}
    now = {other.part: names[one.part] for one, other in matched.pairs}
    now |= {slide.part: f"new {slide.number}" for slide in matched.new}
    theirs = canonical(after, now)
    found = operations(canonical(before, names), theirs)
    slides: dict[int, list[Operation]] = {number: [] for number in numbers.values()}
    beside = []
    for one in found:
        if one.slide in numbers:
            slides[numbers[one.slide]].append(one)
        elif not one.slide and not _is_plan(one):
            beside.append(one)
    return Seen(
        slides={number: tuple(ones) for number, ones in slides.items()},
        beside=tuple(beside),
        pictures=dict(_pictures(after, theirs)),
        parts=theirs,
        package=after,
    )


def _names(pairs: list[DeckSlide], gone: str, others: tuple[DeckSlide, ...]) -> dict[str, str]:
    """Return part of each slide -> its id; slides without one, or with that of another, have their number."""
    counted = Counter(slide.id for slide in (*pairs, *others))
    return {s.part: s.id if s.id and counted[s.id] == 1 else f"{gone} {s.number}" for s in (*pairs, *others)}


def _is_plan(one: Operation) -> bool:
    """Whether an operation is told as a slide that is new, gone or elsewhere, or concerns only what programs write there."""
    path = "/".join(one.path)
    listed = "sldIdLst" in path or "sldId[" in path
    return listed or one.part.startswith(("package", "docProps", "core-properties", "custom-properties", "unrelated:", "commentAuthors", "authors"))  # fmt: skip


def _pictures(package: PackageFile, parts: Mapping[str, Part]) -> Iterator[tuple[str, tuple[str, bytes]]]:
    for name, part in parts.items():
        suffix = part.name.rpartition(".")[2].lower()
        if name.startswith("media:") and suffix in PICTURES:
            yield name, (suffix, package.blobs[part.name])


def about(found: Seen, change: Change) -> tuple[Operation, ...]:
    """Return the operations of a changed slide; without what is told elsewhere, such as comments."""
    if change.old is None or change.new is None:
        return ()
    return tuple(one for one in found.slides.get(change.new.number, ()) if kind_of(one))
