"""Whether an overlay gives the deck that somebody edited: it is built in memory and compared with theirs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from workshop.addons.back.compare import Change, out_of_order, replaced
from workshop.addons.back.draft import DIFFERS, Draft
from workshop.addons.back.match import Matched
from workshop.addons.back.new_slides import added_to, is_layout
from workshop.addons.back.seen import Seen, about, seen
from workshop.addons.back.source_lines import plain
from workshop.addons.back.taken import Taken, shape_of, spot, taken
from workshop.errors import Problem
from workshop.files.deck_file import Deck, DeckSlide
from workshop.files.operations import Operation

STOPS = "the build would stop at it"
ELSEWHERE = "a new build has it in another place"
UNSEEN = "no build hides it, or shows it"
TEXTS = {"words": "paragraphs", "table": "cells", "notes": "notes"}  # kind of difference -> the texts that it concerns
NOTHING = DeckSlide(part="", number=0)


def unproved(draft: Draft, built: Deck) -> dict[str, str]:
    """Return name of a change -> why its words or its place aren't proved."""
    slides = {slide.id: slide for slide in built.slides}
    wrong = dict.fromkeys(_misplaced(draft, slides), ELSEWHERE)
    for outcome in draft.outcomes:
        change, old, new = outcome.change, outcome.change.old, outcome.change.new
        name = old.id if old is not None else outcome.key.partition("@")[0]
        if (
            outcome.is_lost or outcome.stays or (name not in slides and change.kinds == ("moved",))
        ):  # the plan has no room for it
            continue
        if new is None or name not in slides:
            proved = new is None and name not in slides
        elif change.name not in draft.unplaced and new.hidden not in ((old or NOTHING).hidden, slides[name].hidden):
            wrong[change.name] = UNSEEN
            continue
        else:
            proved = bool(outcome.repeated.operations) or outcome.is_open or is_proved(change, slides[name])
        if not proved:
            wrong[change.name] = DIFFERS
    return wrong


class Residue(Struct, frozen=True, kw_only=True):
    """What still differs between a new build and the deck that somebody edited.

    Attributes:
        slides: name of a change -> what differs on its slide.
        found: everything that differs.
    """

    slides: Mapping[str, tuple[Operation, ...]]
    found: Seen


def residue(draft: Draft, made: bytes, built: Deck) -> Residue | None:
    """Compare each changed slide as it is built with the slide as somebody made it; ``None`` if there is nothing to compare."""
    here = {slide.id: slide for slide in built.slides}
    pairs = {
        outcome.change.name: (here[name], outcome.change.new)
        for outcome in draft.outcomes
        if (name := outcome.change.id or outcome.key.partition("@")[0]) in here and outcome.change.new
    }
    if draft.edits.seen is None or not pairs:
        return None
    left = seen(made, draft.edits.deck, Matched(tuple(pairs.values()), (), ()))
    return Residue(slides={name: left.slides.get(new.number, ()) for name, (_, new) in pairs.items()}, found=left)


def unrepeated(draft: Draft, left: Residue) -> dict[str, tuple[Operation, ...]]:
    """Return name of a change -> what each build should repeat of it, and doesn't."""
    found = {}
    for outcome in draft.outcomes:
        own, name = outcome.repeated, outcome.change.name
        if wrong := tuple(o for o in left.slides.get(name, ()) if spot(o) in own.spots or _in_one_of(o, own.whole)):
            found[name] = wrong
    return found


def _in_one_of(one: Operation, shapes: Collection[str]) -> bool:
    return shape_of(one) in shapes


def unlike(draft: Draft, left: Residue) -> dict[str, tuple[Operation, ...]]:
    """Return name of a change -> how words that its source says now look otherwise than somebody made them."""
    found = {}
    for outcome in draft.outcomes:
        change = outcome.change
        if outcome.key and change.old is not None and change.new is not None and draft.edits.seen is not None:
            bodies = {(one.part, one.path) for one in about(draft.edits.seen, change)}
            looks = [one for one in left.slides.get(change.name, ()) if one.kind in ("format", "paragraph")]
            if ours := tuple(one for one in looks if (one.part, one.path) in bodies):
                found[change.name] = ours
    return found


def added(draft: Draft, left: Residue) -> dict[str, Taken]:
    """Return name of a change -> what a new slide has that the slide built of its source doesn't have."""
    found = {}
    for outcome in draft.outcomes:
        change, ones = outcome.change, left.slides.get(outcome.change.name, ())
        if change.old is None and change.new is not None and ones:
            own = tuple(one for one in added_to(left.found, ones, change.new.part) if outcome.is_open or is_layout(one))
            if own:
                found[change.name] = taken(left.found, own)
    return found


def _misplaced(draft: Draft, slides: Mapping[str, DeckSlide]) -> Iterator[str]:
    """Yield the names of the changes that move a slide, which is elsewhere as it is built; not if the plan has no room for it."""
    pairs = [(slides[old.id], new) for old, new in draft.edits.found.matched.pairs if old.id in slides]
    stay = sorted((made.number, new.number) for made, new in pairs if made.hidden == new.hidden)
    astray = {stay[place][1] for place in out_of_order([number for _, number in stay])}
    for change in (outcome.change for outcome in draft.outcomes if not outcome.is_lost):
        is_placed = "moved" in change.kinds and change.name not in draft.unplaced
        if is_placed and change.new and change.new.number in astray:
            yield change.name


def is_proved(change: Change, built: DeckSlide) -> bool:
    """Whether a slide as it is built has an edit: what was changed, and nothing of what was taken out; the rest may follow the plan."""
    old, new = change.old or NOTHING, change.new or NOTHING
    kinds = TEXTS if change.old is None else change.kinds
    if "words" in kinds and plain(old.title) != plain(new.title) != plain(built.title):
        return False
    fields = [field for kind, field in TEXTS.items() if kind in kinds]
    return all(has_edit(getattr(old, field), getattr(new, field), getattr(built, field)) for field in fields)


def has_edit(old: Sequence[str], new: Sequence[str], built: Sequence[str]) -> bool:
    """Whether texts have what changed between others, in the same order.

    >>> has_edit(["a", "b", "Next: c"], ["a", "B", "Next: c"], ["a", "B", "Next: d"])
    True
    >>> has_edit(["a", "b"], ["a", "B"], ["B", "a"])
    False
    """
    was, now, made = ([plain(text) for text in texts] for texts in (old, new, built))
    pairs = [pair for pair in replaced(was, now) if pair[0] != pair[1]]
    if not pairs:
        return True
    there, wanted = Counter(made), Counter(now)
    added, gone = Counter(new for _, new in pairs if new), {old for old, _ in pairs if old}
    if any(there[text] < wanted[text] for text in added) or any(there[text] > wanted[text] for text in gone):
        return False
    new_ones = {new for old, new in pairs if not old}  # they may come before a line that the program adds
    return [t for t in made if t in wanted and t not in new_ones] == [
        t for t in now if t in there and t not in new_ones
    ]


def at_fault(draft: Draft, problems: Iterable[Problem]) -> dict[str, str]:
    """Return name of a change -> that the build would stop at it, for lines of ``adopted.md`` that errors name; all if none does."""
    named = re.compile(rf"/{re.escape(draft.overlay.words)}:(\d+)")
    lines = [int(line) for p in problems for line in named.findall(f"{p.at} {p.message} {p.hint}")]
    places = starts(draft)
    keys = {max((key for key, line in places.items() if line <= at), key=lambda key: places[key], default="") for at in lines}  # fmt: skip
    changed = [outcome for outcome in draft.outcomes if outcome.key]
    return dict.fromkeys((o.change.name for o in changed if not keys or o.key in keys), STOPS)


def starts(draft: Draft) -> dict[str, int]:
    """Return the line on which each slide begins in its file."""
    found: dict[str, int] = {}
    for parts in draft.overlay.parts().values():
        at = 1
        for key, text in parts:
            found[key] = at + len(text) - len(text.lstrip("\n"))
            at += text.count("\n")
    return found
