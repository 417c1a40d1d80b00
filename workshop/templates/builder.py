"""Building blocks of composed layouts: areas of the template's layouts, its placeholders, and text boxes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from workshop.files.colors import contrast
from workshop.model.theme import Box, Decor, Home, LayoutSpec, Placeholder, inches
from workshop.templates.fonts import CAPITALS, Faces
from workshop.templates.layouts import Holder, TemplateLayout
from workshop.templates.match import Pick, around

STEPS = (66.0, 60.0, 54.0, 48.0, 44.0, 40.0, 36.0, 32.0, 30.0, 28.0, 26.0, 24.0, 22.0, 20.0, 18.0)
BODY, TITLE = 18.0, 24.0  # the smallest sizes, in points
SOURCE_SIZE = 12.0
SOURCE_ROW, MEASURE_ROW, MEASURE_AIR = inches(0.21), inches(0.32), inches(0.06)
GAP, COLUMN_GAP = inches(0.1), inches(0.3)
LARGE_CONTRAST = 3.0  # WCAG 2.2, for text of 18 points and more
EDGE = inches(0.3)  # margin at the foot of a slide without a footer
BULLET = "block"


def steps(first: float, floor: float, *, cap: float = 999.0) -> tuple[float, ...]:
    """Return sizes from the template's own down to the smallest one.

    >>> steps(27, 20)
    (27, 26.0, 24.0, 22.0, 20.0)
    """
    top = max(floor, min(first, cap))
    return (top, *(size for size in STEPS if floor <= size < top))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """The template's matched layouts and sizes.

    Attributes:
        picks: kind -> layout; see ``match_layouts``.
        width, height: size of a slide in EMU.
        ground: six hex digits of the background for which our colours were chosen.
        font: family of text.
        measure_rows, source_rows: most rows of the measure line and of the source line.
    """

    picks: Mapping[str, Pick]
    faces: Faces
    width: int
    height: int
    ground: str
    font: str
    measure_rows: int = 1
    source_rows: int = 2

    def has(self, *kinds: str) -> bool:
        """Whether the template has all these kinds of layout."""
        return all(kind in self.picks for kind in kinds)

    def first(self, *kinds: str) -> Pick:
        """Return the layout of the first of some kinds that the template has; it always has a content or title-only layout."""
        return next(
            self.picks[kind] for kind in (*kinds, "content", "title-only", "two", "cover") if kind in self.picks
        )

    # ------------------------------------------------------------ areas
    def area(self, pick: Pick) -> Box:
        """Return the content area of a layout."""
        title = pick.layout.title
        assert title is not None
        middle = title.box.y + title.box.h // 2
        own = [h.box for h in pick.layout.contents if h.box.y >= middle or not h.box.overlaps(title.box, GAP)]
        if own:
            box = around(own)
        else:
            like = self.picks.get("content")
            box = like.slots["main"].box if like is not None else title.box
            top = max(title.box.bottom, box.y if like is not None else 0)
            box = Box(box.x, top, box.w, max(0, (box.bottom if like else self.foot(pick, title.box)) - top))
        return self.inside(Box(box.x, box.y, box.w, min(box.bottom, self.foot(pick, box)) - box.y))

    def inside(self, box: Box) -> Box:
        """Return the part of a box that is on the slide."""
        x, y = max(0, box.x), max(0, box.y)
        return Box(x, y, min(box.right, self.width) - x, min(box.bottom, self.height) - y)

    def foot(self, pick: Pick, box: Box) -> int:
        """Return the top of a layout's foot below a box: footer, number, a bar or logo."""
        low = [h.box for h in pick.layout.foot]
        low += [layer.box for layer in pick.layout.layers[1:]]
        start = round(0.78 * self.height)
        tops = [b.y for b in low if b.y >= start and b.x < box.right and b.right > box.x]
        return min([self.height - EDGE, *tops])

    def grid(self, pick: Pick) -> Box:
        """Return the area without the insets of its placeholder, so that text boxes are aligned with its text."""
        area = self.area(pick)
        inset = max((h.look.inset for h in pick.layout.contents), default=0)
        if not pick.layout.contents and "content" in self.picks:
            inset = self.picks["content"].slots["main"].look.inset
        return Box(area.x + inset, area.y, area.w - 2 * inset, area.h)

    def split(self, pick: Pick, *, source: bool, measure: bool = False) -> tuple[Box, Box, Box]:
        """Return measure line, content and source line of a layout's area."""
        area, grid = self.area(pick), self.grid(pick)
        foot = self.foot(pick, area)
        over = self.measure_rows * MEASURE_ROW + MEASURE_AIR
        top = area.y + (over + GAP if measure else 0)
        high = self.source_rows * SOURCE_ROW
        low = min(foot - GAP // 5, area.bottom + GAP // 2 + high)
        line = Box(grid.x, low - high, grid.w, high)
        end = min(area.bottom, line.y - GAP // 2) if source else area.bottom
        return Box(grid.x, area.y, grid.w, over), Box(area.x, top, area.w, end - top), line

    # ------------------------------------------------------------ places
    def native(
        self, holder: Holder, role: str, name: str, box: Box | None = None, sizes: tuple[float, ...] = (), **look: Any
    ) -> Placeholder:
        """Return a placeholder of the template for one of our roles; ``look`` has the properties that differ."""
        own = holder.look
        bullet = BULLET if own.bullet else ""
        family = own.family + (CAPITALS if own.capitals else "")
        home = Home(
            box=holder.box,
            size=own.sizes[0],
            bold=own.bold,
            color="ink",
            anchor=own.anchor,
            align=own.align,
            bullet=bullet,
        )
        made = Placeholder(
            idx=holder.idx,
            type=holder.type,
            name=name,
            role=role,
            box=self.inside(box or holder.box),
            sizes=sizes or steps(own.sizes[0], BODY),
            bold=own.bold,
            anchor=own.anchor,
            align=own.align,
            bullet=bullet,
            line=self.faces.line(own.family, own.line),
            before=own.before,
            inset=own.inset,
            inset_y=own.inset_y,
            home=home,
            indents=own.indents,
            family=family,
        )
        return replace(made, **look)

    def title(self, pick: Pick, box: Box | None = None, sizes: tuple[float, ...] = ()) -> Placeholder:
        """Return the title in its own placeholder."""
        holder = pick.layout.title
        assert holder is not None
        return self.native(holder, "title", "Title", box, sizes or steps(holder.look.sizes[0], TITLE))

    def text(self, role: str, name: str, box: Box, sizes: tuple[float, ...], **look: Any) -> Placeholder:
        """Return a place for a text box."""
        line = self.faces.line(self.font, int(look.pop("line", 100)))
        return replace(
            Placeholder(idx=-1, type="body", name=name, role=role, box=self.inside(box), sizes=sizes, line=line), **look
        )

    def source(self, box: Box) -> Placeholder:
        """Return the mark of honesty."""
        return self.text("source", "Source", box, (SOURCE_SIZE,), color="muted", anchor="b")

    def measure(self, box: Box) -> Placeholder:
        """Return the line that says what is plotted and in which unit."""
        return self.text("measure", "Measure", box, (BODY,), color="muted")

    def host(self, pick: Pick, role: str, name: str, kind: str, box: Box, sizes: tuple[float, ...]) -> Placeholder:
        """Return a place for a chart, table or picture: the main placeholder if it can hold one, else a free frame."""
        holder = pick.slots.get("main")
        if holder is not None and holder.type in ("obj", kind):
            return self.native(holder, role, name, box, sizes, inset=0, inset_y=0)
        return Placeholder(idx=-1, type=kind, name=name, role=role, box=self.inside(box), sizes=sizes)

    def sizes(self, holder: Holder | None = None, cap: float = 24.0) -> tuple[float, ...]:
        """Return the sizes of text in a text box: like the template's body, but at most ``cap``."""
        content = self.picks.get("content")
        own = holder or (content.slots["main"] if content is not None else None)
        return steps(own.look.sizes[0] if own is not None else cap, BODY, cap=cap)

    def body_color(self, layout: TemplateLayout, box: Box) -> str:
        """Return the colour role of text in a text box on a layout with perhaps another background."""
        from workshop.templates.palette import is_dark

        found = layout.ground(box)
        return "ink" if found is None or is_dark(found) == is_dark(self.ground) else "bg"

    def readable(self, layout: TemplateLayout, place: Placeholder) -> Placeholder:
        """Return a place with another colour if its inherited one can hardly be read on its background."""
        home, ground = place.home, layout.ground(place.box)
        if home is None or ground is None or place.fill or place.color != home.color:
            return place
        inherited = next((h.look.color for h in layout.holders if h.idx == place.idx), None)
        if inherited is None or contrast(inherited, ground) >= LARGE_CONTRAST:
            return place
        return replace(place, color=self.body_color(layout, place.box), home=replace(home, color=""))

    def spec(
        self, pick: Pick, role: str, *places: Placeholder | None, decor: tuple[Decor, ...] = (), **more: Any
    ) -> LayoutSpec:
        """Return one of our layouts, based on a layout of the template."""
        foot = tuple((h.type, h.idx, "" if h.text.startswith("<") else h.text) for h in pick.layout.foot)
        kept = tuple(self.readable(pick.layout, place) for place in places if place is not None)
        return LayoutSpec(
            role=role,
            name=pick.layout.name,
            type=pick.layout.kind,
            placeholders=kept,
            decor=decor,
            rail=False,
            part=pick.layout.part,
            foot=foot,
            **more,
        )


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
