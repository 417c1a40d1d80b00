"""Fitting text: shrink it in the placeholder's steps, then split it over slides, else report how many words are too many."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, chain, pairwise, takewhile
from typing import NamedTuple

from msgspec.structs import replace

from workshop.errors import At
from workshop.layout.context import Desk, place_of
from workshop.layout.laid import LaidText
from workshop.layout.measure import SLACK, Measured, Ruler, Style, before, level_size, pitch, without_orphans
from workshop.model.blocks import Line, Runs
from workshop.model.theme import EMU_PER_POINT, Box, Placeholder

# ---------------------------------------------------------------- balance
# Balancing headings: breaking them so that their lines have similar lengths.
#
# A soft break is a ``"\v"`` in place of a space. A line never ends on a small word such as "the", and a number
# stays with the word before it and with what it counts; breaks after a comma, colon or semicolon are preferred.
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


# ---------------------------------------------------------------- fit
CODE = "fit"
EVEN, NEARLY = 0.6, 0.85  # shortest line to longest that is even enough; how much smaller a text may be to be more even
ROUNDING = 1 + 1e-9  # sums of heights may differ in their last digit; in the end each part is measured again


def fits(placeholder: Placeholder, height: float) -> bool:
    """Whether ``height`` points of text fit into the box of ``placeholder``."""
    return height * EMU_PER_POINT <= placeholder.height


def best_size(
    ruler: Ruler, placeholder: Placeholder, lines: Sequence[Line], cap: float = math.inf
) -> tuple[float, Measured] | None:
    """Return the largest size up to ``cap`` at which ``lines`` fit, and their measures; ``None`` if there is none.

    A smaller size is better than a broken word, and a broken word is better than no size at all.
    """
    second = None
    for size in placeholder.sizes:
        if size > cap:
            continue
        measured = ruler.prose(placeholder, lines, size)
        if not fits(placeholder, measured.height):
            continue
        if not measured.broken:
            return size, measured
        second = (size, measured)
    return second


def laid_text(placeholder: Placeholder, lines: Sequence[Line], size: float, height: float) -> LaidText:
    """Return text with its measured height, which is given in points."""
    return LaidText(placeholder, tuple(lines), size, round(height * EMU_PER_POINT))


def fit_text(desk: Desk, placeholder: Placeholder, lines: tuple[Line, ...], at: At, cap: float = math.inf) -> LaidText:
    """Return text at the largest size that fits; if none does, report it and use the smallest."""
    found = best_size(desk.ruler, placeholder, lines, cap)
    if found is not None:
        whole = without_orphans(desk.ruler, placeholder, lines, found[0])
        return laid_text(placeholder, whole, found[0], found[1].height)
    size = placeholder.sizes[-1]
    measured = desk.ruler.prose(placeholder, lines, size)
    over = words_over(placeholder, lines, size, measured)
    what = placeholder.name.lower()
    desk.report.error(
        f"{over} {'word' if over == 1 else 'words'} too many in '{what}': at {size:g} pt it is "
        f"{measured.height / 72:.1f} in high, and there is room for {placeholder.height / 914_400:.1f} in",
        place_of(lines, at),
        "cut them, or move some to the notes" if over > 1 else "shorten it",
        CODE,
    )
    return laid_text(placeholder, lines, size, measured.height)


def words_over(placeholder: Placeholder, lines: Sequence[Line], size: float, measured: Measured) -> int:
    """Count the words in rows below the box; the result is at least one."""
    room = placeholder.height / EMU_PER_POINT
    used, over = 0.0, 0
    for k, (line, rows) in enumerate(zip(lines, measured.rows, strict=True)):
        used += before(placeholder, line, k)
        for row in rows:
            used += pitch(level_size(size, line.level), placeholder.line)
            if used > room:
                over += len(row.text.split())
    return max(1, over)


# ---------------------------------------------------------------- titles
def fit_title(desk: Desk, placeholder: Placeholder, runs: Runs, at: At, most: int = 0) -> LaidText:
    """Return a heading with lines of similar lengths; report it if it needs more lines than fit.

    Args:
        most: the number of lines allowed; 0 for as many as the box holds.
    """
    for strict in (True, False):
        for size in placeholder.sizes:
            found = _balanced(desk.ruler, placeholder, runs, size, strict=strict)
            if found is None:
                continue
            line, measured = found
            if (not most or len(measured.rows[0]) <= most) and fits(placeholder, measured.height):
                return laid_text(placeholder, (line,), size, measured.height)
    size = placeholder.sizes[-1]
    measured = desk.ruler.prose(placeholder, (Line(runs),), size)
    rows = measured.rows[0]
    allowed = most or int(placeholder.height / EMU_PER_POINT // pitch(size, placeholder.line))
    if not measured.broken and len(rows) <= allowed and fits(placeholder, measured.height):
        return laid_text(placeholder, (Line(runs, at=at),), size, measured.height)  # too many words to be balanced
    allowed = min(allowed, len(rows) - (not measured.broken))
    over = sum(len(row.text.split()) for row in rows[allowed:])
    message = f"the title needs {len(rows)} lines at {size:g} pt; there is room for {allowed}"
    hint = f"shorten it by {over} {'word' if over == 1 else 'words'}"
    if not over:
        message, hint = (
            f"a word of the title is wider than its place at {size:g} pt",
            "take a shorter word, or a hyphen",
        )
    desk.report.error(message, at, hint, "title-length")
    return laid_text(placeholder, (Line(runs, at=at),), size, measured.height)


def _balanced(
    ruler: Ruler, placeholder: Placeholder, runs: Runs, size: float, *, strict: bool
) -> tuple[Line, Measured] | None:
    style = Style.of(placeholder)
    style = style._replace(bold=style.bold or any(run.strong for run in runs))
    limit = (placeholder.box.w - 2 * placeholder.inset) / EMU_PER_POINT * SLACK
    broken = balance(runs, lambda text: ruler.width(text, size, style), limit, strict=strict)
    if broken is None:
        return None
    line = Line(broken)
    measured = ruler.prose(placeholder, (line,), size)
    wanted = 1 + sum(run.text.count(BREAK) + run.text.count("\n") for run in broken)
    return (line, measured) if len(measured.rows[0]) == wanted else None


def fit_balanced(desk: Desk, placeholder: Placeholder, lines: tuple[Line, ...], at: At) -> LaidText:
    """Return a short text of one paragraph (a subtitle, a question) with balanced lines; other text as in ``fit_text``."""
    if len(lines) == 1 and lines[0].marker == "none":
        tries = (
            (size, _balanced(desk.ruler, placeholder, lines[0].runs, size, strict=True)) for size in placeholder.sizes
        )
        fitting = [(size, *found) for size, found in tries if found and fits(placeholder, found[1].height)]
        near = [found for found in fitting if found[0] >= NEARLY * fitting[0][0]]
        if near:
            size, line, measured = (
                near[0] if _evenness(near[0][2]) >= EVEN else max(near, key=lambda n: _evenness(n[2]))
            )
            return laid_text(placeholder, (replace(lines[0], runs=line.runs),), size, measured.height)
    return fit_text(desk, placeholder, lines, at)


def _evenness(measured: Measured) -> float:
    """Return the width of the shortest line, relative to that of the longest."""
    widths = [row.width for row in measured.rows[0]]
    return min(widths) / max(*widths, 1)


# ---------------------------------------------------------------- splitting
def split_lines(ruler: Ruler, placeholder: Placeholder, lines: tuple[Line, ...]) -> list[tuple[Line, ...]]:
    """Return ``lines`` in the smallest number of parts that fit the placeholder, of about the same height.

    A second-level item stays with its first-level item, and a line that ends with a colon stays with the next. If no split
    helps, one part is returned, and ``fit_text`` will report it.
    """
    if best_size(ruler, placeholder, lines) is not None:
        return [lines]
    groups = _groups(lines)
    for ends in _even_cuts(_heights(ruler, placeholder, groups)):
        cut = [tuple(chain(*groups[start:end])) for start, end in pairwise((0, *ends))]
        if len(cut) > 1 and all(best_size(ruler, placeholder, part) is not None for part in cut):
            return [_from_first_step(part) for part in cut]
    return [lines]


def _groups(lines: tuple[Line, ...]) -> list[tuple[Line, ...]]:
    groups: list[tuple[Line, ...]] = []
    announced = False
    for line in lines:
        if groups and (line.level or announced):
            groups[-1] = (*groups[-1], line)
        else:
            groups.append((line,))
        announced = line.marker == "none" and line.text.rstrip().endswith(":")
    return groups


def _heights(ruler: Ruler, placeholder: Placeholder, groups: list[tuple[Line, ...]]) -> list[list[float]]:
    """Return, for each group, the heights of parts that begin with it: one group, two groups, … as long as they fit."""
    own = [ruler.prose(placeholder, group, placeholder.sizes[-1]).height for group in groups]
    most = placeholder.height / EMU_PER_POINT * ROUNDING
    found: list[list[float]] = []
    for start in range(len(own)):
        heights = (total + placeholder.before * k for k, total in enumerate(accumulate(own[start:])))
        found.append(list(takewhile(lambda height: height <= most, heights)))
    return found


def _even_cuts(heights: list[list[float]]) -> Iterator[tuple[int, ...]]:
    """Yield the ends of the parts for one part, two parts, …, each time for the division whose tallest part is smallest.

    Args:
        heights: result of ``_heights``; numbers of parts that can't hold all groups are skipped.
    """
    n = len(heights)
    if not all(heights):
        return  # a group that doesn't fit on its own
    best = {0: 0.0}  # number of groups in the parts so far -> height of the tallest part
    begins: list[dict[int, int]] = []  # for each part: its end -> its beginning
    while best.keys() - {n}:
        following: dict[int, float] = {}
        begin: dict[int, int] = {}
        for start, highest in best.items():
            for end, height in enumerate(heights[start] if start < n else (), start + 1):
                top = max(highest, height)
                if top < following.get(end, math.inf):
                    following[end], begin[end] = top, start
        best = following
        begins.append(begin)
        if n in best:
            yield _ends(begins, n)


def _ends(begins: list[dict[int, int]], n: int) -> tuple[int, ...]:
    ends = [n]
    for begin in reversed(begins[1:]):
        ends.append(begin[ends[-1]])
    return tuple(reversed(ends))


def _from_first_step(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Renumber the clicks of a part from one."""
    first = min((line.step for line in lines if line.step), default=0)
    return tuple(replace(line, step=line.step - first + 1) if line.step else line for line in lines) if first else lines


def common_size(ruler: Ruler, placeholder: Placeholder, parts: Sequence[tuple[Line, ...]]) -> float:
    """Return the largest size at which all parts fit, so that a split list has one size."""
    sizes = [found[0] for part in parts if (found := best_size(ruler, placeholder, part)) is not None]
    return min(sizes, default=placeholder.sizes[-1])


def moved(placeholder: Placeholder, box: Box) -> Placeholder:
    """Return the placeholder with another box, for a slide on which it isn't where its layout has it."""
    return replace(placeholder, box=box)
