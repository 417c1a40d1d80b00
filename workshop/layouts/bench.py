"""What a layout may ask of a user's template, and the places that several composed layouts share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, TypeAlias

from workshop.model.theme import Box, Decor, LayoutSpec, Placeholder, inches

Used = frozenset[str]
Pick: TypeAlias = Any  # ``templates.matching.Pick``: a layout of the template, and its placeholders by our names
Holder: TypeAlias = Any  # ``templates.user_layouts.Holder``: one of its placeholders

STEPS = (66.0, 60.0, 54.0, 48.0, 44.0, 40.0, 36.0, 32.0, 30.0, 28.0, 26.0, 24.0, 22.0, 20.0, 18.0)
LEAST, LEAST_TITLE = 18.0, 24.0  # the smallest sizes, in points
NO_CAP = 999.0
GAP, COLUMN_GAP = inches(0.1), inches(0.3)
EDGE = inches(0.3)  # margin at the foot of a slide without a footer
HEAD_HEIGHT = inches(0.45)
SIDES = ("left", "right")
COMPOSED_CELLS = (24.0, 22.0, 20.0, 18.0)
HANG = inches(0.14)  # a table's text is aligned with the title; its rules extend beyond by this much


class Bench(Protocol):
    """What a layout may ask of a template: see ``templates.builder``."""

    @property
    def picks(self) -> Mapping[str, Pick]:
        """Kind -> the template's layout."""

    @property
    def height(self) -> int:
        """Height of a slide in EMU."""

    def has(self, *kinds: str) -> bool:
        """Whether the template has all these kinds of layout."""

    def first(self, *kinds: str) -> Pick:
        """Return the layout of the first of some kinds that the template has."""

    def area(self, pick: Pick) -> Box:
        """Return the content area of a layout."""

    def grid(self, pick: Pick) -> Box:
        """Return the area without the insets of its placeholder."""

    def foot(self, pick: Pick, box: Box) -> int:
        """Return the top of a layout's foot below a box."""

    def split(self, pick: Pick, *, source: bool, measure: bool = False) -> tuple[Box, Box, Box]:
        """Return measure line, content and source line of a layout's area."""

    def bare(self) -> Pick:
        """Return the layout for what is drawn: with a title and nothing else, on the ground for which the colours were chosen."""

    def is_alike(self, pick: Pick, one: Box, other: Box) -> bool:
        """Whether a layout's background is about the same in two places."""

    def native(
        self, holder: Holder, role: str, name: str, box: Box | None = None, sizes: tuple[float, ...] = (), **look: Any
    ) -> Placeholder:
        """Return a placeholder of the template for one of our roles."""

    def title(self, pick: Pick, box: Box | None = None, sizes: tuple[float, ...] = ()) -> Placeholder:
        """Return the title in its own placeholder."""

    def text(self, role: str, name: str, box: Box, sizes: tuple[float, ...], **look: Any) -> Placeholder:
        """Return a place for a text box."""

    def source(self, box: Box) -> Placeholder:
        """Return the mark of honesty."""

    def measure(self, box: Box) -> Placeholder:
        """Return the line that says what is plotted and in which unit."""

    def host(self, pick: Pick, role: str, name: str, kind: str, box: Box, sizes: tuple[float, ...]) -> Placeholder:
        """Return a place for a chart, table or picture."""

    def sizes(self, holder: Holder | None = None, cap: float = 24.0) -> tuple[float, ...]:
        """Return the sizes of text in a text box."""

    def spec(
        self, pick: Pick, role: str, *places: Placeholder | None, decor: tuple[Decor, ...] = (), **more: Any
    ) -> LayoutSpec:
        """Return one of our layouts, based on a layout of the template."""


# ---------------------------------------------------------------- sizes and boxes
def steps(first: float, floor: float, *, cap: float = NO_CAP) -> tuple[float, ...]:
    """Return sizes from the template's own down to the smallest one.

    >>> steps(27, 20)
    (27, 26.0, 24.0, 22.0, 20.0)
    """
    top = max(floor, min(first, cap))
    return (top, *(size for size in STEPS if floor <= size < top))


def columns(box: Box, share: float, gap: int = COLUMN_GAP) -> tuple[Box, Box]:
    """Return a box divided into a left and a right one, given the left one's share of the width."""
    left = round((box.w - gap) * share)
    return Box(box.x, box.y, left, box.h), Box(box.x + left + gap, box.y, box.w - left - gap, box.h)


def rows(box: Box, share: float, gap: int = GAP) -> tuple[Box, Box]:
    """Return a box divided into an upper and a lower one, given the upper one's share of the height."""
    upper = round((box.h - gap) * share)
    return Box(box.x, box.y, box.w, upper), Box(box.x, box.y + upper + gap, box.w, box.h - upper - gap)


def trimmed(box: Box, inset: int) -> Box:
    """Return a box reduced by an inset on both sides."""
    return Box(box.x + inset, box.y, box.w - 2 * inset, box.h)


def until(box: Box, end: int) -> Box:
    """Return a box that ends no lower than ``end``."""
    return Box(box.x, box.y, box.w, min(box.bottom, end) - box.y)


# ---------------------------------------------------------------- places
def framed(bench: Bench, pick: Pick, used: Used) -> tuple[Placeholder | None, Box, Placeholder | None]:
    """Return measure line, area and source line; a line that isn't used is ``None``."""
    measure, area, line = bench.split(pick, source="source" in used, measure="measure" in used)
    top = bench.measure(measure) if "measure" in used else None
    return top, area, bench.source(line) if "source" in used else None


def main_text(
    bench: Bench, pick: Pick, role: str, name: str, box: Box | None, cap: float = NO_CAP, **look: Any
) -> Placeholder:
    """Return the main text in the layout's main placeholder, or in a text box if it has none."""
    holder = pick.slots.get("main")
    if holder is None:
        area = box or bench.area(pick)
        return bench.text(role, name, area, bench.sizes(cap=min(cap, 28)), **{"before": 10, **look})
    return bench.native(holder, role, name, box, steps(holder.look.sizes[0], LEAST, cap=cap), **look)


def pair(bench: Bench, pick: Pick, area: Box, names: tuple[str, str], cap: float = NO_CAP) -> list[Placeholder]:
    """Return two columns in an area: the layout's own, or the main placeholder and a text box beside it."""
    left, right = pick.slots.get("left"), pick.slots.get("right")
    if left is not None and right is not None:
        made = []
        for holder, role in ((left, names[0]), (right, names[1])):
            whole = holder.box.bottom <= area.bottom and holder.box.y >= area.y
            box = None if whole else Box(holder.box.x, area.y, holder.box.w, area.bottom - area.y)
            made.append(bench.native(holder, role, role.capitalize(), box, steps(holder.look.sizes[0], LEAST, cap=cap)))
        return made
    a, b = columns(area, 0.5)
    first = main_text(bench, pick, names[0], names[0].capitalize(), a, cap)
    cut = trimmed(Box(b.x, b.y + first.inset_y, b.w, b.h - 2 * first.inset_y), first.inset)
    own = tuple(size for size in first.sizes if size <= 24) or first.sizes[-1:]
    return [first, bench.text(names[1], names[1].capitalize(), cut, own, before=8)]


def heading(bench: Bench, under: Placeholder, role: str, y: int, color: str) -> Placeholder:
    """Return a heading above a column, aligned with its text."""
    box = Box(under.box.x + under.inset, y, under.box.w - 2 * under.inset, HEAD_HEIGHT)
    name = role.replace("-", " ").capitalize()
    return bench.text(role, name, box, (22, 20, LEAST), color=color, bold=True, anchor="b")
