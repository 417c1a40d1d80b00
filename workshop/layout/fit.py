"""Make text fit: shrink within a placeholder's steps, then split over slides, else say how many words are over."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, chain, pairwise, takewhile

from workshop.errors import At
from workshop.layout.balance import BREAK, balance
from workshop.layout.context import Desk, place_of
from workshop.layout.laid import LaidText
from workshop.layout.measure import SLACK, Measured, Ruler, Style, before, level_size, pitch
from workshop.layout.orphans import without_orphans
from workshop.model.kit import Line, Runs
from workshop.model.theme import EMU_PER_POINT, Box, Placeholder

CODE = "fit"
TITLE_LINES = 2  # of an ordinary title; a box for larger type holds what it holds
ROUNDING = 1 + 1e-9  # sums of heights may differ in their last digit; whether a part fits is measured at the end


def fits(placeholder: Placeholder, height: float) -> bool:
    """Whether ``height`` points of text fit the box of ``placeholder``."""
    return height * EMU_PER_POINT <= placeholder.height


def best_size(
    ruler: Ruler, placeholder: Placeholder, lines: Sequence[Line], cap: float = math.inf
) -> tuple[float, Measured] | None:
    """Return the largest size up to ``cap`` at which ``lines`` fit, and how they come out; ``None`` if there is none.

    A smaller step is taken rather than a word broken; a word is broken rather than nothing shown.
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
    """Return text with its measured height, given in points."""
    return LaidText(placeholder, tuple(lines), size, round(height * EMU_PER_POINT))


def fit_text(desk: Desk, placeholder: Placeholder, lines: tuple[Line, ...], at: At, cap: float = math.inf) -> LaidText:
    """Return text at the largest size that fits; text that fits at none is a problem, and set at the smallest."""
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
    """Count the words that are in rows below the box; at least one."""
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
    """Return a heading whose lines come out alike; one that needs more lines than fit is a problem.

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
    over = sum(len(row.text.split()) for row in rows[allowed:])
    desk.report.error(
        f"the title needs {len(rows)} lines at {size:g} pt; there is room for {allowed}",
        at,
        f"shorten it by {over} {'word' if over == 1 else 'words'}" if over else "shorten it",
        "title-length",
    )
    return laid_text(placeholder, (Line(runs, at=at),), size, measured.height)


def _balanced(
    ruler: Ruler, placeholder: Placeholder, runs: Runs, size: float, *, strict: bool
) -> tuple[Line, Measured] | None:
    style = Style.of(placeholder)
    style = replace(style, bold=style.bold or any(run.strong for run in runs))
    limit = (placeholder.box.w - 2 * placeholder.inset) / EMU_PER_POINT * SLACK
    broken = balance(runs, lambda text: ruler.width(text, size, style), limit, strict=strict)
    if broken is None:
        return None
    line = Line(broken)
    measured = ruler.prose(placeholder, (line,), size)
    wanted = 1 + sum(run.text.count(BREAK) + run.text.count("\n") for run in broken)
    return (line, measured) if len(measured.rows[0]) == wanted else None


def fit_balanced(desk: Desk, placeholder: Placeholder, lines: tuple[Line, ...], at: At) -> LaidText:
    """Return a short text of one paragraph (a subtitle, a question) with its lines alike; else as ``fit_text``."""
    if len(lines) == 1 and lines[0].marker == "none":
        for size in placeholder.sizes:
            found = _balanced(desk.ruler, placeholder, lines[0].runs, size, strict=True)
            if found is not None and fits(placeholder, found[1].height):
                line = replace(lines[0], runs=found[0].runs)
                return laid_text(placeholder, (line,), size, found[1].height)
    return fit_text(desk, placeholder, lines, at)


# ---------------------------------------------------------------- splitting
def split_lines(ruler: Ruler, placeholder: Placeholder, lines: tuple[Line, ...]) -> list[tuple[Line, ...]]:
    """Return ``lines`` in as few parts as fit the placeholder one by one, of about the same height.

    A second level stays with its first, a line that ends on a colon with what it announces. One part is returned
    where no split helps: then it is for ``fit_text`` to say so.
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
    """Return, for each group, how high a part is that begins with it: of one group, of two, … while it fits."""
    own = [ruler.prose(placeholder, group, placeholder.sizes[-1]).height for group in groups]
    most = placeholder.height / EMU_PER_POINT * ROUNDING
    found: list[list[float]] = []
    for start in range(len(own)):
        heights = (total + placeholder.before * k for k, total in enumerate(accumulate(own[start:])))
        found.append(list(takewhile(lambda height: height <= most, heights)))
    return found


def _even_cuts(heights: list[list[float]]) -> Iterator[tuple[int, ...]]:
    """Yield where the parts end, for one part, two, …: each time the cut that keeps the highest part lowest.

    Args:
        heights: as from ``_heights``; a number of parts that cannot hold all groups yields nothing.
    """
    n = len(heights)
    if not all(heights):
        return  # a group that does not fit alone
    best = {0: 0.0}  # groups that the parts so far hold -> the highest part
    begins: list[dict[int, int]] = []  # for each part: where it ends -> where it begins
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
    """Count the clicks of a part from one."""
    first = min((line.step for line in lines if line.step), default=0)
    return tuple(replace(line, step=line.step - first + 1) if line.step else line for line in lines) if first else lines


def common_size(ruler: Ruler, placeholder: Placeholder, parts: Sequence[tuple[Line, ...]]) -> float:
    """Return the largest size that all parts can take, so that a split list looks like one."""
    sizes = [found[0] for part in parts if (found := best_size(ruler, placeholder, part)) is not None]
    return min(sizes, default=placeholder.sizes[-1])


def moved(placeholder: Placeholder, box: Box) -> Placeholder:
    """Return the placeholder with another box: on this slide it is elsewhere than on its layout."""
    return replace(placeholder, box=box)
