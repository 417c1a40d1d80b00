"""A slide that somebody changed, and that the kit has changed since: merged line by line, its heading attribute by attribute."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from msgspec import Struct

ATTRIBUTES = re.compile(r"\s*\{(?!\{)((?:\{\{.*?\}\}|[^{}])*)\}\s*$")
ATTRIBUTE = re.compile(r'[^\s"=]+="[^"]*"|\S+')
Lines = Sequence[str]
Clashes = list[tuple[str, str]]


class Merged(Struct, frozen=True):
    """What became of a slide's source.

    Attributes:
        clashes: what both changed in different ways: the kit's words, and yours, which are in ``text``.
    """

    text: str
    clashes: tuple[tuple[str, str], ...]


def merged(base: str, kit: str, yours: str) -> Merged:
    r"""Return the source of a slide with the changes of both sides since ``base``; where these differ, yours count.

    >>> merged("## A {#a}\n\n- one\n- two\n", "## A {#a}\n\n- 1\n- two\n", "## B {#a for=x}\n\n- one\n- two\n").text
    '## B {#a for=x}\n\n- 1\n- two\n'
    """
    clashes: Clashes = []
    heads, bodies = zip(*(text.partition("\n")[::2] for text in (base, kit, yours)), strict=True)
    (title, marks), (kits, kit_marks), (own, own_marks) = map(_divided, heads)
    title = _text(title, kits, own, clashes, ())
    attributes = " ".join(_attributes(marks, kit_marks, own_marks, clashes))
    body = _text(bodies[0], bodies[1], bodies[2], clashes, ("\n\n", "\n"))
    return Merged(f"{title} {{{attributes}}}\n{body}" if attributes else f"{title}\n{body}", tuple(clashes))


def _divided(head: str) -> tuple[str, list[str]]:
    """Return a heading without its attributes, and these."""
    found = ATTRIBUTES.search(head)
    return (head[: found.start()], ATTRIBUTE.findall(found[1])) if found else (head.rstrip(), [])


def _attributes(base: Lines, kit: Lines, yours: Lines, clashes: Clashes) -> list[str]:
    """Return your attributes, without those that the kit has taken out, and with those that it has put in."""
    new = {_key(one): one for one in kit if one not in base}
    gone = {one for one in base if one not in kit}
    kept = [new.get(_key(one), "") if one in gone else one for one in yours]
    for key, one in new.items():
        same = next((other for other in kept if _key(other) == key), None)
        if same is None:
            kept.append(one)
        elif same != one:
            clashes.append((one, same))
    return [one for one in kept if one]


def _key(attribute: str) -> str:
    return attribute.partition("=")[0]


def _text(base: str, kit: str, yours: str, clashes: Clashes, ends: Sequence[str]) -> str:
    """Return a text merged piece by piece, the pieces then by smaller ones; a paragraph in which both differ is yours."""
    if kit in (base, yours):
        return yours
    if yours == base or not ends:
        clashes += [(kit.strip(), yours.strip())] if yours != base else []
        return kit if yours == base else yours
    found: list[str] = []
    own_clashes: Clashes = []
    end, *smaller = ends
    for was, theirs, own in _regions(base.split(end), kit.split(end), yours.split(end)):
        if theirs == was:
            found += own
        elif own in (was, theirs):
            found += theirs
        elif _in_place(was, theirs) and _in_place(was, own):
            found += [_text(*three, own_clashes, smaller) for three in zip(was, theirs, own, strict=True)]
        else:
            found += own
            own_clashes.append((end.join(theirs).strip(), end.join(own).strip()))
    clashes += own_clashes
    return yours if own_clashes and not smaller else end.join(found)


def _in_place(was: Lines, now: Lines) -> bool:
    """Whether pieces were only changed, each where it is."""
    return len(was) == len(now) and all(new == old or new not in was for old, new in zip(was, now, strict=True))


def _regions(base: Lines, kit: Lines, yours: Lines) -> Iterator[tuple[Lines, Lines, Lines]]:
    """Yield the pieces of all three in order: a line that all of them have, or what is between two such lines."""
    in_kit, in_yours = _matches(base, kit), _matches(base, yours)
    start = (0, 0, 0)
    for place in (*(k for k in range(len(base)) if k in in_kit and k in in_yours), len(base)):
        at = (place, in_kit.get(place, len(kit)), in_yours.get(place, len(yours)))
        yield base[start[0] : at[0]], kit[start[1] : at[1]], yours[start[2] : at[2]]
        if place < len(base):
            yield (base[place : place + 1],) * 3
        start = (at[0] + 1, at[1] + 1, at[2] + 1)


def _matches(base: Lines, other: Lines) -> dict[int, int]:
    """Return place of a line -> place of the same line in the other text."""
    blocks = SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks()
    return {block.a + k: block.b + k for block in blocks for k in range(block.size)}
