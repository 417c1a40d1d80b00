"""Which slide of an edited deck is which slide of the deck as it was: by its numbers and its name, else by its words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from operator import attrgetter

from msgspec import Struct

from workshop.files.deck_file import Deck, DeckSlide

LEAST = 0.45  # likeness of two slides by their words, from which on one is the other
RARE = 20  # slides with the same word, up to which it says something about them
TITLE = 3  # times that the words of a title count
WORD = re.compile(r"\w+")
Words = Counter[tuple[str, ...]]


class Matched(Struct, frozen=True):
    """Two decks, slide by slide.

    Attributes:
        pairs: slides of the old deck with those of the new one that they became, in the order of the new deck.
        new: slides that are only in the new deck; copies are among them.
        gone: slides that are only in the old deck.
    """

    pairs: tuple[tuple[DeckSlide, DeckSlide], ...]
    new: tuple[DeckSlide, ...]
    gone: tuple[DeckSlide, ...]


def _listed(name: str) -> Callable[[DeckSlide], object]:
    """Return what a slide shares with itself in a later deck, and not with its copies: a mark, and its number in the list of slides."""

    def key(slide: DeckSlide) -> object:
        mark = getattr(slide, name)
        return (slide.listed, mark) if slide.listed and mark else None

    return key


MARKS: tuple[Callable[[DeckSlide], object], ...] = (
    _listed("creation"),
    _listed("id"),
    attrgetter("creation"),
    attrgetter("id"),
)


def match(old: Deck, new: Deck) -> Matched:
    """Find the slides of one deck in the other."""
    words = {id(slide): _words(slide) for slide in (*old.slides, *new.slides)}
    found = dict[int, DeckSlide]()  # number in the new deck -> the old slide
    for same in MARKS:
        alike = defaultdict[object, list[DeckSlide]](list)
        for slide in new.slides:
            if slide.number not in found:
                alike[same(slide)].append(slide)
        for one in list(_left(old, found)):
            known = [slide for slide in alike[same(one)] if slide.number not in found] if same(one) else []
            if known:
                found[_nearest(words[id(one)], known, words).number] = one
    rest = [slide for slide in new.slides if slide.number not in found]
    shares = _alike(list(_left(old, found)), rest, words)
    taken = {slide.number for slide in found.values()}
    for _, one, other in sorted(shares, key=lambda share: (-share[0], share[1].number)):
        if other.number not in found and one.number not in taken:
            found[other.number] = one
            taken.add(one.number)
    pairs = tuple((found[s.number], s) for s in new.slides if s.number in found)
    return Matched(pairs, tuple(s for s in new.slides if s.number not in found), tuple(_left(old, found)))


def _nearest(one: Words, slides: Sequence[DeckSlide], words: Mapping[int, Words]) -> DeckSlide:
    """Return the slide whose words are most like others; of equals the first."""
    return max(slides, key=lambda slide: (likeness(one, words[id(slide)]), -slide.number))


def _left(old: Deck, found: dict[int, DeckSlide]) -> Iterator[DeckSlide]:
    taken = {slide.number for slide in found.values()}
    return (slide for slide in old.slides if slide.number not in taken)


def _words(slide: DeckSlide) -> Words:
    """Count the words of a slide, and its pairs of words."""
    counted: Words = Counter()
    shown = (*slide.paragraphs, *slide.cells, *slide.notes, *chain.from_iterable(slide.charts))
    for text in (*[slide.title] * TITLE, *shown):
        words = WORD.findall(text.casefold())
        counted.update((word,) for word in words)
        counted.update(pairwise(words))
    return counted


def likeness(one: Words, other: Words) -> float:
    """Return the share of words and pairs of words that two slides have in common, from 0 to 1."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def _alike(
    old: Sequence[DeckSlide], new: Sequence[DeckSlide], words: Mapping[int, Words]
) -> Iterator[tuple[float, DeckSlide, DeckSlide]]:
    """Yield the slides that are alike; only those that share a word, or two, that few slides have are compared."""
    having = defaultdict[tuple[str, ...], list[DeckSlide]](list)
    for slide in new:
        for word in words[id(slide)]:
            having[word].append(slide)
    for before in old:
        rare = (having[word] for word in words[id(before)] if len(having[word]) <= RARE)
        for after in {slide.number: slide for slides in rare for slide in slides}.values():
            if (share := likeness(words[id(before)], words[id(after)])) >= LEAST:
                yield share, before, after
