r"""Balancing headings: breaking them so that their lines have similar lengths.

A soft break is a ``"\v"`` in place of a space. A line never ends on a small word such as "the", and a number
stays with the word before it and with what it counts; breaks after a comma, colon or semicolon are preferred.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from msgspec.structs import replace

from workshop.model.kit import Runs

BREAK = "\v"
SMALL_WORDS = frozenset(["a", "an", "the", "of", "to", "in", "is", "it", "and"])
AFTER_FIGURES = frozenset(
    ["in", "on", "at", "for", "from", "to", "by", "with", "as", "than", "when", "and", "or", "is"]
)
LIKE = 0.35  # share of the width: how much more two lines may differ for a break after a comma
LIKE_OF_MORE = 0.12  # the same for three lines or more
MOST_WORDS = 100  # no heading has more, and the work grows with the square of their number

Width = Callable[[int, int], float]  # width in points of the words from the first index up to the second


class _Setting(NamedTuple):
    """A way to set words in lines; they sort by quality: forbidden breaks, cost in points, where lines begin."""

    forbidden: int
    cost: float
    begins: list[int]


def may_end(word: str, following: str) -> bool:
    """Whether a line may end between two words.

    >>> may_end("the", "cat"), may_end("round", "4"), may_end("5", "of"), may_end("5", "in"), may_end("rose,", "then")
    (False, False, False, True, True)
    """
    if word[-1:].isdigit() and following.lower() not in AFTER_FIGURES:
        return False
    return word.lower().strip("“”‘’\"'(") not in SMALL_WORDS and not following[:1].isdigit()


def balanced_breaks(words: list[str], width: Width, limit: float, *, strict: bool) -> list[int] | None:
    """Return the indices of words that begin a new line, or ``None`` if no allowed breaks fit or there are too many words.

    Args:
        words: at least one.
        width: measures consecutive words.
        limit: the widest line allowed, in points.
        strict: whether breaks at forbidden places are ruled out, or only the last choice.
    """
    if len(words) > MOST_WORDS:
        return None
    for lines in range(1, len(words) + 1):
        target = width(0, len(words)) / lines
        found = _best(words, width, limit, lines, target)
        if found is not None and not (strict and found.forbidden):
            return found.begins
    return None


def _best(words: list[str], width: Width, limit: float, lines: int, target: float) -> _Setting | None:
    """Return the best way to set ``words`` in exactly ``lines`` lines, or ``None`` if they don't fit."""
    n = len(words)
    # best[i]: the best way to set the first i words, in as many lines as iterations so far
    best: dict[int, _Setting] = {0: _Setting(0, 0.0, [])}
    for _ in range(lines):
        following: dict[int, _Setting] = {}
        for start, so_far in best.items():
            for end in range(start + 1, n + 1):
                measured = width(start, end)
                if measured > limit:
                    break
                cost = so_far.cost + abs(measured - target)
                forbidden = so_far.forbidden
                if end < n:
                    cost -= (LIKE if lines == 2 else LIKE_OF_MORE) * limit * (words[end - 1][-1:] in ",;:")
                    forbidden += not may_end(words[end - 1], words[end])
                setting = _Setting(forbidden, cost, [*so_far.begins, start] if start else [])
                if end not in following or setting < following[end]:
                    following[end] = setting
        best = following
    return best.get(n)


def balance(runs: Runs, measure: Callable[[str], float], limit: float, *, strict: bool = True) -> Runs | None:
    """Return ``runs`` with soft breaks, or ``None`` if a strict balance doesn't fit into ``limit`` points.

    Args:
        runs: a heading; one that already has breaks is returned unchanged.
        measure: returns the width in points of a text in the heading's typeface and size.
    """
    text = "".join(run.text for run in runs)
    if BREAK in text or "\n" in text:
        return runs
    spots = list(re.finditer(r"\S+", text))
    if not spots:
        return runs

    words = [spot.group() for spot in spots]
    widths, space = [measure(word) for word in words], measure(" ")

    def width(first: int, last: int) -> float:
        return sum(widths[first:last]) + space * (last - first - 1)

    begins = balanced_breaks(words, width, limit, strict=strict)
    if begins is None:
        return None
    gaps = [(spots[k - 1].end(), spots[k].start()) for k in begins]
    return _with_breaks(runs, gaps)


def _with_breaks(runs: Runs, gaps: list[tuple[int, int]]) -> Runs:
    """Put a soft break into each gap of the joined text; spaces of highlighted runs are part of the highlight and stay."""
    broken: set[tuple[int, int]] = set()
    done, start = [], 0
    for run in runs:
        out = []
        for k, character in enumerate(run.text, start):
            gap = next((g for g in gaps if g[0] <= k < g[1]), None)
            if gap is None:
                out.append(character)
            elif gap not in broken:
                broken.add(gap)
                # the space that a highlight begins with goes with it; any other one stays at the end of its line
                out.append(BREAK if not run.mark else BREAK + character if k == start else character + BREAK)
            elif run.mark:
                out.append(character)
        done.append(replace(run, text="".join(out)))
        start += len(run.text)
    return tuple(done)
