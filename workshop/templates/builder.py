"""Building blocks of composed layouts: areas of the template's layouts, its placeholders, and text boxes between."""

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
BODY, TITLE = 18.0, 24.0  # the floors, in points
SOURCE_SIZE = 12.0
SOURCE_ROW, MEASURE_ROW, MEASURE_AIR = inches(0.21), inches(0.32), inches(0.06)
GAP, COLUMN_GAP = inches(0.1), inches(0.3)
LARGE_CONTRAST = 3.0  # WCAG 2.2, for text of 18 points and more
EDGE = inches(0.3)  # what stays free at the foot of a slide without a footer
BULLET = "block"


def steps(first: float, floor: float, *, cap: float = 999.0) -> tuple[float, ...]:
    """Return sizes from the template's own down to a floor.

    >>> steps(27, 20)
    (27, 26.0, 24.0, 22.0, 20.0)
    """
    top = max(floor, min(first, cap))
    return (top, *(size for size in STEPS if floor <= size < top))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """The template's picks and sizes.

    Attributes:
        picks: kind -> layout; see ``match_layouts``.
        width, height: of a slide, EMU.
        ground: six hex digits behind the content, that our colours were chosen for.
        font: family of text.
        measure_rows, source_rows: lines that the measure line and the source line may take.
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
        """Return the first of some kinds that there is; there is always a content or a title-only layout."""
        return next(
            self.picks[kind] for kind in (*kinds, "content", "title-only", "two", "cover") if kind in self.picks
        )

    # ------------------------------------------------------------ areas
    def area(self, pick: Pick) -> Box:
        """Return where the content of a layout may be."""
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
        """Return where the foot of a layout begins below a box: footer, number, a bar or logo."""
        low = [h.box for h in pick.layout.foot]
        low += [layer.box for layer in pick.layout.layers[1:]]
        start = round(0.78 * self.height)
        tops = [b.y for b in low if b.y >= start and b.x < box.right and b.right > box.x]
        return min([self.height - EDGE, *tops])

    def grid(self, pick: Pick) -> Box:
        """Return the area's text: without the insets of its placeholder, so that text boxes are flush with it."""
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
        """Return a placeholder of the template under one of our roles; ``look`` names what is otherwise there."""
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
        """Return the line that says what is plotted, in which unit."""
        return self.text("measure", "Measure", box, (BODY,), color="muted")

    def host(self, pick: Pick, role: str, name: str, kind: str, box: Box, sizes: tuple[float, ...]) -> Placeholder:
        """Return a place for a chart, table or picture: the main placeholder if it can hold one, else free."""
        holder = pick.slots.get("main")
        if holder is not None and holder.type in ("obj", kind):
            return self.native(holder, role, name, box, sizes, inset=0, inset_y=0)
        return Placeholder(idx=-1, type=kind, name=name, role=role, box=self.inside(box), sizes=sizes)

    def sizes(self, holder: Holder | None = None, cap: float = 24.0) -> tuple[float, ...]:
        """Return the sizes of text in a text box: as large as the template's body, but not over ``cap``."""
        content = self.picks.get("content")
        own = holder or (content.slots["main"] if content is not None else None)
        return steps(own.look.sizes[0] if own is not None else cap, BODY, cap=cap)

    def body_color(self, layout: TemplateLayout, box: Box) -> str:
        """Return the role of text in a text box on a layout whose ground may not be the content's."""
        from workshop.templates.palette import is_dark

        found = layout.ground(box)
        return "ink" if found is None or is_dark(found) == is_dark(self.ground) else "bg"

    def readable(self, layout: TemplateLayout, place: Placeholder) -> Placeholder:
        """Return a place with a colour of its own where what it inherits can hardly be read on what is behind it."""
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
        """Return a layout of ours on a layout of the template."""
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
    """Return a box cut in two side by side, the left one with a share of the width."""
    left = round((box.w - gap) * share)
    return Box(box.x, box.y, left, box.h), Box(box.x + left + gap, box.y, box.w - left - gap, box.h)


def rows(box: Box, share: float, gap: int = GAP) -> tuple[Box, Box]:
    """Return a box cut in two, one above the other, the upper one with a share of the height."""
    upper = round((box.h - gap) * share)
    return Box(box.x, box.y, box.w, upper), Box(box.x, box.y + upper + gap, box.w, box.h - upper - gap)


def trimmed(box: Box, inset: int) -> Box:
    """Return a box without an inset on both sides."""
    return Box(box.x + inset, box.y, box.w - 2 * inset, box.h)
