"""What changed in a deck, in lines that people read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from pathlib import PurePosixPath

from workshop.addons.back.compare import Change, Compared, replaced
from workshop.addons.back.draft import Draft, Edits, Outcome
from workshop.addons.back.merging import told
from workshop.addons.back.seen import Seen, about
from workshop.files.deck_file import Deck
from workshop.files.operations import Operation
from workshop.wording.formats import count

SHOWN = 3  # texts of a slide that are shown before and after
LONGEST = 60  # characters of such a text
MANY_OPERATIONS = 8  # differences of a slide that are told one by one
LEAD = 10  # characters that are shown before a difference
WIDE = 26  # columns of a slide's id


def comparison(old: Deck, new: Deck, found: Compared, everything: Seen | None = None) -> Iterator[str]:
    """Yield the lines of ``workshop compare``; ``everything`` is what differs on each slide, if that can be said."""
    changed = count(len(found.changes), "slide") if found.changes else "nothing"
    yield f"{count(len(old.slides), 'slide')} before, {count(len(new.slides), 'slide')} now: {changed} changed"
    for change, row in rows(found.changes):
        yield row.rstrip()
        yield from (f"       {line}" for line in details(change))
        yield from (f"       {line}" for line in (_operations(change, everything) if everything else ()))
    if found.by_program:
        yield f"on more than half of all slides, so probably by the program that saved it: {', '.join(found.by_program)}"
    if everything is None and found.behind:
        yield f"behind the slides: {_behind(found)}"
    yield from beside(everything) if everything else ()


def adoption(name: str, draft: Draft, edits: Edits, build: str, places: Mapping[str, int]) -> Iterator[str]:
    """Yield the lines of ``workshop adopt``: what becomes of each edit.

    Args:
        name: of the deck's file.
        build: id of the build that it comes from.
        places: key of a slide in the overlay -> line of its heading.
    """
    changed = len(draft.outcomes)
    yield f"{name}: {count(len(edits.new.slides), 'slide')}, {changed} changed since build {build}"
    for (_, row), outcome in zip(rows(edits.found.changes), draft.outcomes, strict=True):
        yield f"{row}  {_fate(outcome, draft.overlay.words, places)}"
    if edits.seen is not None:
        yield from (f"{line}  not adopted" for line in beside(edits.seen))
    if edits.found.behind:
        yield f"  -  (behind the slides: {_behind(edits.found)}) not adopted: build with --template {name}"
    if edits.found.by_program:
        yield f"on more than half of all slides, so not carried over: {', '.join(edits.found.by_program)}"
    if edits.new.by_libreoffice and not edits.resaved:
        yield "saved by LibreOffice: colours, sizes and places were not compared"
    if edits.new.comments:
        yield f"{count(edits.new.comments, 'slide')} with comments, which are not adopted"
    yield from draft.told
    yield from told(draft.clashes, prefer_deck=edits.prefer_deck)
    lost = sum(outcome.is_lost for outcome in draft.outcomes)
    repeated = sum(bool(outcome.repeated.operations) for outcome in draft.outcomes)
    both = f"{changed - lost - repeated} in Markdown, {repeated} repeated on new slides"
    partly = sum(bool(outcome.left) and not outcome.is_lost for outcome in draft.outcomes)
    some = f" ({partly} of them in part)" if partly else ""
    yield f"{both}{some}, {lost + bool(edits.found.behind)} not adopted"


def _fate(outcome: Outcome, words: str, places: Mapping[str, int]) -> str:
    """Return what becomes of an edit, in words."""
    at = f"{words}:{places[outcome.key]}" if outcome.key and outcome.key in places else ""
    if outcome.is_lost:
        return outcome.told if outcome.told.startswith("not adopted") else f"not adopted: {outcome.told}"
    return ", ".join(filter(None, (at, outcome.told)))


def rows(changes: Sequence[Change]) -> Iterator[tuple[Change, str]]:
    """Yield each change with its line: number, name, and what differs, in columns."""
    wide = min(WIDE, max((len(_name(change)) for change in changes), default=0))
    kinds = max((len(", ".join(change.kinds)) for change in changes), default=0)
    for change in changes:
        number = str(change.new.number) if change.new else "-"
        yield change, f"{number:>3}  {_name(change):{wide}}  {', '.join(change.kinds):{kinds}}"


def _operations(change: Change, everything: Seen) -> Iterator[str]:
    """Yield what differs on a slide but for its words, which are shown before and after."""
    found = [one for one in about(everything, change) if one.kind not in ("words", "lines")]
    yield from dict.fromkeys(map(said_of, found[:MANY_OPERATIONS]))
    if len(found) > MANY_OPERATIONS:
        yield f"and {count(len(found) - MANY_OPERATIONS, 'more difference')}"


def beside(everything: Seen) -> Iterator[str]:
    """Yield a line for each part beside the slides that differs."""
    parts: dict[str, list[str]] = {}
    for one in everything.beside:
        parts.setdefault(one.part.replace("/", " "), []).append(one.path[-1] if one.path else one.key or one.kind)
    for part, what in parts.items():
        names = list(dict.fromkeys(what))
        yield f"  -  (beside the slides, {part}: {', '.join(names[:SHOWN])}{' …' if len(names) > SHOWN else ''})"


def said_of(one: Operation) -> str:
    """Return an operation in words: where, what was there, what is there now."""
    path = one.path[2:] if one.path[:2] == ("cSld", "spTree") else one.path
    where = " ".join(path[:1] + path[-1:] if len(path) > 1 else path)
    key = one.key.lstrip("@").rpartition("}")[2]
    quoted = f" on {_quoted(one.quote)}" if one.quote else ""
    values = "" if "<" in f"{one.was}{one.now}" else f": {_short(one.was)} → {_short(one.now)}"
    what = one.kind if one.kind in ("added", "removed", "replaced", "order", "part") else ""
    return " ".join(filter(None, (where, key, what))) + quoted + values


def _short(text: str | None) -> str:
    return "nothing" if text is None else text.replace("\n", ", ")[:LONGEST]


def _behind(found: Compared) -> str:
    return ", ".join(PurePosixPath(part).stem for part in found.behind)


def _name(change: Change) -> str:
    slide = change.old or change.new
    return change.id or (slide.title[:WIDE] if slide else "") or "(no title)"


def details(change: Change) -> Iterator[str]:
    """Yield words before and after, and how many values of charts differ."""
    old, new = change.old, change.new
    if old is None or new is None:
        return
    titles = [(old.title, new.title)] if old.title != new.title else []
    texts = titles + [pair for own in ("paragraphs", "notes", "cells") for pair in replaced(getattr(old, own), getattr(new, own))]  # fmt: skip
    yield from (" → ".join(map(_quoted, around(was, now))) for was, now in texts[:SHOWN])
    if len(texts) > SHOWN:
        yield f"and {count(len(texts) - SHOWN, 'more text')}"
    if values := sum(len(replaced(was, now)) for was, now in zip(old.charts, new.charts, strict=False)):
        yield f"{count(values, 'value')} of charts"
    if "moved" in change.kinds:
        yield f"after {change.after!r} now" if change.after else "first now"


def around(was: str, now: str) -> tuple[str, str]:
    """Return two long texts from shortly before the place where they differ.

    >>> around("a" * 80 + "b", "a" * 80 + "c")
    ('…aaaaaaaaaab', '…aaaaaaaaaac')
    """
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(was, now, strict=False))) - LEAD
    if same <= 0 or max(len(was), len(now)) <= LONGEST or not (was and now):
        return was, now
    return f"…{was[same:]}", f"…{now[same:]}"


def _quoted(text: str) -> str:
    return f"“{text if len(text) <= LONGEST else text[: LONGEST - 1] + '…'}”" if text else "nothing"
