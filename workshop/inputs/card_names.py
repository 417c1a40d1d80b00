"""Names of documents, short enough for a card and each different."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import count, takewhile
from unicodedata import east_asian_width

# Names for documents: short enough for a chart's rows, and all different.
MOST = 36  # columns of text that a name takes, in two lines beside a bar
WORD = 20  # columns of one word
REST = 16  # of the part that distinguishes a name from others that begin alike
LEAST = 8  # of the part before an id
ELLIPSIS = "…"


def names_of(titles: Sequence[str], ids: Sequence[str]) -> tuple[str, ...]:
    """Return a name for each title: shortened if it is long, and made distinct if several come out alike.

    They are distinguished by what differs in the titles, else by the id, else by a number.

    >>> names_of([f"Report on the work of the committee for traffic, {year}" for year in (2024, 2025)], ["a", "b"])
    ('Report on the work of the … 2024', 'Report on the work of the … 2025')
    >>> names_of(["Taps", "Hoses", "Taps"], ["one/notes", "two/notes", "three"])
    ('Taps (one/notes)', 'Hoses', 'Taps (three)')
    """
    names = [cut(title, MOST) for title in titles]
    for group in _alike(names):
        for k, rest in zip(group, _apart([titles[k] for k in group], [ids[k] for k in group]), strict=True):
            names[k] = rest
    return tuple(_numbered(names))


def _alike(names: Sequence[str]) -> list[list[int]]:
    """Return the indices of equal names, group by group."""
    places: dict[str, list[int]] = defaultdict(list)
    for k, name in enumerate(names):
        places[name.casefold()].append(k)
    return [group for group in places.values() if len(group) > 1]


def cut(text: str, most: int) -> str:
    """Return a text cut to a number of columns, with an ellipsis for the rest; wide characters take two columns."""
    parts = [_within(word, WORD) for word in text.split()]
    whole = " ".join(parts)
    if columns(whole) <= most:
        return whole
    while len(parts) > 1 and columns(" ".join(parts)) + 2 > most:
        parts.pop()
    return f"{_within(' '.join(parts), most - 2)} {ELLIPSIS}".replace(f"{ELLIPSIS} {ELLIPSIS}", ELLIPSIS)


def columns(text: str) -> int:
    """Return the width of a text in columns."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _within(word: str, most: int) -> str:
    if columns(word) <= most:
        return word
    kept = word
    while columns(kept) > most - 1:
        kept = kept[:-1]
    return kept + ELLIPSIS


def _apart(titles: Sequence[str], ids: Sequence[str]) -> Sequence[str]:
    """Return names for titles that begin alike: the beginning, then the part that differs, or the ids if these are short."""
    split = [title.split() for title in titles]
    same = sum(1 for _ in takewhile(lambda column: len(set(column)) == 1, zip(*split, strict=False)))
    rests = [cut(" ".join(words[same:]), REST) for words in split]
    if same and all(rests) and len({rest.casefold() for rest in rests}) == len(rests):
        head = cut(" ".join(split[0][:same]), MOST - 3 - max(map(columns, rests)))
        head = head.removesuffix(ELLIPSIS).rstrip(" ,;:–-")
        return [f"{head} {ELLIPSIS} {rest}".strip() for rest in rests]
    room = MOST - 3 - max(map(columns, ids))
    return [f"{cut(title, room)} ({own})" if room >= LEAST else title for title, own in zip(titles, ids, strict=True)]


def _numbered(names: Sequence[str]) -> Iterator[str]:
    """Yield the names, with a number appended to those that are still equal."""
    short = [cut(name, MOST) for name in names]
    times = Counter(name.casefold() for name in short)
    numbers: dict[str, Iterator[int]] = defaultdict(lambda: count(1))
    for name in short:
        if times[name.casefold()] == 1:
            yield name
            continue
        base = cut(name.removesuffix(ELLIPSIS).rstrip(), MOST - 6)
        yield next(own for k in numbers[base.casefold()] if (own := f"{base} ({k})").casefold() not in times)
