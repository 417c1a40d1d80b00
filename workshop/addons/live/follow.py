"""The deck that follows the room: what was shown keeps its place and number, and what is still to come is new."""

from __future__ import annotations

from collections.abc import Collection
from string import ascii_lowercase

from msgspec.structs import replace

from workshop.addons.live.deck import Deck, Spot


def merged(old: Deck, new: Deck, shown: str) -> Deck:
    """Return the deck after it was drawn again.

    Slides up to the one that is shown stay as they were, and so do the numbers of all others that stay. A slide that is new gets
    the number of the one before it with a letter: 41a, 41b. Polls that were asked on slides that stay remain.

    Args:
        shown: the slide that is shown now; "" before the first one.
    """
    end = old.places.get(shown, -1) + 1
    past = old.slides[:end]
    seen, labels = {spot.id for spot in past}, {spot.id: spot.label for spot in old.slides}
    ahead = [spot for spot in new.slides[_begin(new, past) :] if spot.id not in seen]
    slides = list(past)
    used = set(labels.values())
    for spot in ahead:
        label = labels.get(spot.id) or _label(slides[-1].label if slides else "0", used)
        used.add(label)
        slides.append(replace(spot, label=label))
    kept = {spot.id for spot in slides}
    polls = [poll for poll in new.polls if poll.slide in kept]
    named = {poll.id for poll in polls}
    polls += [poll for poll in old.polls if poll.slide in seen and poll.id not in named]
    order = {spot.id: place for place, spot in enumerate(slides)}
    return replace(new, slides=tuple(slides), polls=tuple(sorted(polls, key=lambda poll: order[poll.slide])))


def _begin(new: Deck, past: Collection[Spot]) -> int:
    """Return the place in the new deck at which the slides begin that are still to come."""
    return next((new.places[spot.id] + 1 for spot in reversed(list(past)) if spot.id in new.places), 0)


def _label(before: str, used: Collection[str]) -> str:
    """Return the number of a new slide after another one.

    >>> _label("41", {"41"}), _label("41a", {"41", "41a"})
    ('41a', '41b')
    """
    number = before.rstrip(ascii_lowercase)
    letters = (*ascii_lowercase, *(one + two for one in ascii_lowercase for two in ascii_lowercase))
    return next(f"{number}{letter}" for letter in letters if f"{number}{letter}" not in used)
