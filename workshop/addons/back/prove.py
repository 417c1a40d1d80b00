"""Whether an overlay gives the deck that somebody edited: it is built in memory and compared with theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from workshop.addons.back.compare import Change, replaced
from workshop.addons.back.draft import Draft
from workshop.addons.back.source_lines import plain
from workshop.files.deck_file import Deck, DeckSlide

DIFFERS = "after a new build it says something else"
TEXTS = ("paragraphs", "cells", "notes")


def unproved(draft: Draft, built: Deck) -> dict[int, str]:
    """Return number of a changed slide -> why its edit isn't proved; a slide that is kept has nothing to prove but that it is there."""
    slides = {slide.id: slide for slide in built.slides}
    wrong: dict[int, str] = {}
    for outcome in draft.outcomes:
        old, new = outcome.change.old, outcome.change.new
        if new is None or outcome.is_lost or outcome.kept:
            continue
        name = old.id if old is not None else outcome.key.partition("@")[0]
        if name not in slides or not _is_proved(outcome.change, old or DeckSlide(part="", number=0), slides[name]):
            wrong[new.number] = DIFFERS
    return wrong


def _is_proved(change: Change, old: DeckSlide, built: DeckSlide) -> bool:
    """Whether a slide as it is built has an edit: what was changed, and nothing of what was taken out; the rest may follow the plan."""
    new = change.new
    assert new is not None
    if plain(old.title) != plain(new.title) != plain(built.title):
        return False
    if new.hidden not in (old.hidden, built.hidden):
        return False
    return all(has_edit(getattr(old, name), getattr(new, name), getattr(built, name)) for name in TEXTS)


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


def at_fault(draft: Draft, lines: Sequence[int]) -> dict[int, str]:
    """Return number of a changed slide -> that its text stops the build, for lines of ``adopted.md`` with errors; all if there are none."""
    places = starts(draft)
    keys = {max((key for key, line in places.items() if line <= at), key=lambda key: places[key], default="") for at in lines}  # fmt: skip
    changed = [outcome for outcome in draft.outcomes if outcome.change.new is not None and outcome.key]
    meant = [outcome for outcome in changed if outcome.key in keys] or changed
    return {outcome.change.new.number: "its text would stop the build" for outcome in meant if outcome.change.new}


def starts(draft: Draft) -> dict[str, int]:
    """Return the line on which each slide begins in its file."""
    found: dict[str, int] = {}
    lines: dict[str, int] = {}
    for chunk in draft.overlay.chunks:
        at = lines.get(chunk.file, 1)
        found[chunk.key] = at
        lines[chunk.file] = at + chunk.text.strip("\n").count("\n") + 2
    return found
