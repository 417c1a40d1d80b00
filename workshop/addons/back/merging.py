"""What a deck says, merged with what its files say by now: what was done there by hand since stays, unless the deck is preferred."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from workshop.addons.back.log import Adoption, Entry, bare
from workshop.addons.back.overlay import Overlay
from workshop.content.edits import merged
from workshop.files.edit_lines import in_yaml, operations_of
from workshop.files.operations import Operation
from workshop.model.slide_edit import EditLine


class Clash(Struct, frozen=True):
    """Words, or a property, that a file and a deck both changed, each in its own way."""

    slide: str
    file: str
    deck: str


class Edited(Struct, frozen=True):
    """What becomes of a slide's source.

    Attributes:
        text: the source.
        clashes: what both changed.
        is_known: whether the deck says what was adopted from it before, and the file something else by now.
    """

    text: str
    clashes: tuple[Clash, ...] = ()
    is_known: bool = False


class Before:
    """What was adopted from the same deck before.

    Args:
        log: all adoptions.
        build: id of the build that was edited; "" if it isn't known.
        deck: path of the deck from the folder of the files; somebody else's deck of the same build is in another file.
    """

    def __init__(self, log: Sequence[Adoption], build: str, deck: str) -> None:
        own = [one for one in log if build and (one.build, one.deck) == (build, deck)]
        self.entries = [entry for one in own for entry in one.edits]
        self.lines = {bare(entry.now): entry for entry in self.entries if entry.now.startswith("- {")}
        self.any_lines = {entry.now for one in log for entry in one.edits}
        self.any_texts = {(entry.key, entry.now) for one in log for entry in one.edits}

    def of(self, key: str) -> Entry | None:
        """Return what was adopted last of a slide's source, by its id and audience."""
        own = (one for one in reversed(self.entries) if one.key == key)
        return next(own, None)

    def text(self, key: str) -> str | None:
        """Return a slide's source as the deck had it when it was adopted last; ``None`` if it never was."""
        entry = self.of(key)
        return None if entry is None else entry.now if entry.deck is None else entry.deck


def three(slide: str, base: str, file: str, deck: str, *, prefer_deck: bool) -> Edited:
    """Return a slide's source with what its file and the deck changed; where these differ, the file counts unless the deck is preferred."""
    if deck == base:
        return Edited(file, is_known=file != deck)
    if file in (base, deck):
        return Edited(deck)
    if not file or not deck:  # one of them has taken it out
        return Edited(deck if prefer_deck else file, (Clash(slide, file.strip(), deck.strip()),))
    found = merged(base, file, deck) if prefer_deck else merged(base, deck, file)
    pairs = [pair if prefer_deck else pair[::-1] for pair in found.clashes]
    return Edited(found.text, tuple(Clash(slide, ours, theirs) for ours, theirs in pairs))


class Lines(Struct, frozen=True):
    """What becomes of the edits of a slide that each build repeats.

    Attributes:
        new: those that are added, or take the place of others.
        stay: operations that the files say otherwise by now.
        clashes: what both changed.
    """

    new: tuple[EditLine, ...]
    stay: tuple[Operation, ...]
    clashes: tuple[Clash, ...]


def merged_lines_of(overlay: Overlay, before: Before, slide: str, lines: Sequence[tuple[EditLine, tuple[Operation, ...]]], *, prefer_deck: bool) -> Lines:  # fmt: skip
    """Say which edits of a slide are written.

    Args:
        lines: each line of the deck's edits, with the operations that it stands for.
    """
    new: list[EditLine] = []
    stay: list[Operation] = []
    clashes: list[Clash] = []
    for line, operations in lines:
        own = overlay.edits_at(slide, line)
        if any(edit.line.but(edit=0, was=None) == line.but(was=None) for edit in own):
            continue
        changed = [edit.line for edit in own if in_yaml(edit.line) not in before.any_lines]
        if bare(in_yaml(line)) in before.lines:
            stay += operations  # adopted before, and changed or taken out by hand since
        elif changed and not prefer_deck and not _is_in_base(changed[-1], slide, operations):
            stay += operations
            clashes.append(Clash(slide, in_yaml(changed[-1]), in_yaml(line)))
        else:
            new.append(line)
    return Lines(tuple(new), tuple(stay), tuple(clashes))


def _is_in_base(line: EditLine, slide: str, operations: Sequence[Operation]) -> bool:
    """Whether the deck was built with a line: what somebody changed in it is what the line made."""
    made = {_place(one): one.now for one in operations_of(line, slide)}
    return all(one.kind != "lines" and made.get(_place(one), "") == one.was for one in operations)


def _place(one: Operation) -> tuple[str, tuple[str, ...], str, str]:
    return one.part, one.path, one.kind, one.key


def told(clashes: Sequence[Clash], *, prefer_deck: bool) -> Iterator[str]:
    """Yield a line for each clash, with both texts."""
    for one in dict.fromkeys(clashes):
        file, deck = (f"“{text}”" if text else "nothing" for text in (one.file, one.deck))
        which = "the deck's counts" if prefer_deck else "the file's stays; --prefer deck takes the other"
        yield f"both changed {one.slide}: the file says {file}, the deck {deck}; {which}"
