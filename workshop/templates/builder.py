"""Building blocks of composed layouts: areas of the template's layouts, its placeholders, and text boxes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations, product
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from workshop.files.color_arithmetic import apart, contrast
from workshop.layouts.bench import EDGE, GAP, LEAST, LEAST_TITLE, steps
from workshop.layouts.declared import Layout
from workshop.model.theme import Box, Decor, Home, LayoutSpec, Placeholder, inches
from workshop.templates.backdrop import ALIKE
from workshop.templates.look import CAPITALS, Faces
from workshop.templates.matching import Pick, around
from workshop.templates.user_layouts import Holder, TemplateLayout

SOURCE_SIZE = 12.0
SOURCE_ROW, MEASURE_ROW, MEASURE_AIR = inches(0.21), inches(0.32), inches(0.06)
TEXT_CONTRAST, LARGE_CONTRAST, LARGE = 4.5, 3.0, 18.0  # WCAG 2.2; points from which text is large
WORDY = ("Chart", "Table", "Data")  # names of places for exhibits with words of their own
EXHIBITS = (*WORDY, "Picture")
SLACK = 12_700  # a point: two boxes may touch
MEASURE_ROWS, SOURCE_ROWS = (1, 2), (2, 3)  # rows: usually, and for long texts
MARGIN = inches(0.5)  # around content for which the template has no place
GROUND_INSET = (inches(0.1), inches(0.04))  # between text and the edges of a ground that it needs
BULLET = "block"


NOTHING = Home(box=Box(0, 0, 0, 0), size=0, color="", anchor="", align="")  # of a title that the layout doesn't have


def _readable_on_ours(place: Placeholder) -> Placeholder:
    """Return a place whose text has a colour for a ground of ours, not that of its placeholder."""
    return replace(place, home=replace(place.home, color="")) if place.home is not None else place


class Bench(Struct, frozen=True, kw_only=True):
    """The template's matched layouts and sizes.

    Attributes:
        picks: kind -> layout; see ``match_layouts``.
        width, height: size of a slide in EMU.
        colors: colour role -> six hex digits.
        font: family of text.
        measure_rows, source_rows: most rows of the measure line and of the source line.
    """

    picks: Mapping[str, Pick]
    faces: Faces
    width: int
    height: int
    colors: Mapping[str, str]
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

    def bare(self) -> Pick:
        """Return the layout for what is drawn: with a title and nothing else, on the ground for which the colours were chosen."""
        pick = self.first("title-only")
        alike = apart(pick.layout.backdrop.ground(self.area(pick)), self.colors["bg"]) <= ALIKE
        return pick if alike else self.first("content")

    def variants(self, layout: Layout) -> tuple[LayoutSpec, ...]:
        """Return the layouts that can hold what is on one of ours, the simplest first."""
        found: list[LayoutSpec] = []
        if layout.composed is None:
            return ()
        for used in (frozenset(u) for n in range(len(layout.optional) + 1) for u in combinations(layout.optional, n)):
            over = MEASURE_ROWS if "measure" in used else MEASURE_ROWS[:1]
            under = SOURCE_ROWS if "source" in used else SOURCE_ROWS[:1]
            for above, below in product(over, under):
                found += layout.composed(replace(self, measure_rows=above, source_rows=below), used)
        return tuple(found)

    # ------------------------------------------------------------ areas
    def area(self, pick: Pick) -> Box:
        """Return the content area of a layout."""
        title = pick.layout.title
        assert title is not None
        middle = title.box.y + title.box.h // 2
        own = [h.box for h in pick.layout.contents if h.box.y >= middle or not h.box.overlaps(title.box, GAP)]
        if own:
            box = around(own)
            return self.inside(Box(box.x, box.y, box.w, min(box.bottom, self.foot(pick, box)) - box.y))
        like = self.picks.get("content")
        if like is not None:
            box = like.slots["main"].box
        else:
            margin = title.box.x if title.box.w > self.width // 2 else MARGIN
            box = Box(margin, MARGIN, self.width - 2 * margin, self.height - MARGIN)
        box = self.inside(Box(box.x, box.y, box.w, min(box.bottom, self.foot(pick, box)) - box.y))
        box = pick.layout.backdrop.clear(beside(box, title.box))
        return Box(box.x, box.y + GAP, box.w, box.h - GAP) if box.y == title.box.bottom else box

    def inside(self, box: Box) -> Box:
        """Return the part of a box that is on the slide."""
        x, y = max(0, box.x), max(0, box.y)
        return Box(x, y, min(box.right, self.width) - x, min(box.bottom, self.height) - y)

    def foot(self, pick: Pick, box: Box) -> int:
        """Return the top of a layout's foot below a box: footer, number, a bar or logo."""
        low = [h.box for h in pick.layout.foot]
        low += pick.layout.backdrop.objects
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
        title = pick.layout.title
        if not pick.layout.backdrop.is_even(line) or (title is not None and line.overlaps(title.box)):
            line = Box(grid.x, min(low, area.bottom) - high, grid.w, high)
        end = min(area.bottom, line.y - GAP // 2) if source else area.bottom
        return Box(grid.x, area.y, grid.w, over), Box(area.x, top, area.w, end - top), line

    def is_alike(self, pick: Pick, one: Box, other: Box) -> bool:
        """Whether a layout's background is about the same in two places."""
        back = pick.layout.backdrop
        return apart(back.ground(one), back.ground(other)) <= ALIKE

    # ------------------------------------------------------------ places
    def native(
        self, holder: Holder, role: str, name: str, box: Box | None = None, sizes: tuple[float, ...] = (), **look: Any
    ) -> Placeholder:
        """Return a placeholder of the template for one of our roles; ``look`` has the properties that differ."""
        own = holder.look
        bullet = BULLET if own.bullet else ""
        box = self.inside(box or holder.box)
        family = own.family + (CAPITALS if own.capitals else "")
        home = Home(
            box=holder.given or box,
            size=own.sizes[0],
            bold=own.bold,
            color="ink",
            anchor=own.anchor,
            align=own.align,
            bullet=bullet,
            rtl=own.rtl,
        )
        if holder.given is None:
            home = NOTHING
        made = Placeholder(
            idx=holder.idx,
            type=holder.type,
            name=name,
            role=role,
            box=box,
            sizes=sizes or steps(own.sizes[0], LEAST),
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
        return self.native(holder, "title", "Title", box, sizes or steps(holder.look.sizes[0], LEAST_TITLE))

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
        return self.text("measure", "Measure", box, (LEAST,), color="muted")

    def host(self, pick: Pick, role: str, name: str, kind: str, box: Box, sizes: tuple[float, ...]) -> Placeholder:
        """Return a place for a chart, table or picture: the main placeholder if it can hold one, else a free frame."""
        holder = pick.slots.get("main")
        if holder is not None and holder.type in ("obj", kind):
            return self.native(holder, role, name, box, sizes, inset=0, inset_y=0)
        return Placeholder(idx=-1, type=kind, name=name, role=role, box=self.inside(box), sizes=sizes)

    def sizes(self, holder: Holder | None = None, cap: float = 24.0) -> tuple[float, ...]:
        """Return the sizes of text in a text box: like the template's body, but at most ``cap``."""
        content = self.picks.get("content")
        own = holder or (content.slots.get("main") if content is not None else None)
        look = own.look if own is not None else self.first("content").layout.prose
        return steps(look.sizes[0], LEAST, cap=cap)

    def readable(self, layout: TemplateLayout, place: Placeholder) -> Placeholder:
        """Return a place whose text can be read on what is behind it: in another colour, or else on a ground of its own."""
        if place.fill or place.name in EXHIBITS:
            return place
        holder = next((h for h in layout.holders if h.idx == place.idx), None) if place.home is not None else None
        inherits = place.home is not None and place.home.color == place.color
        color = holder.look.color if holder is not None and inherits else self.colors[place.color]
        least = LARGE_CONTRAST if place.sizes[0] >= LARGE else TEXT_CONTRAST

        def reads(color: str) -> bool:
            if holder is not None and holder.fill is not None:
                return contrast(color, layout.scheme.hex(holder.fill)) >= least
            return layout.backdrop.is_calm(place.box) and layout.backdrop.least_contrast(place.box, color) >= least

        if reads(color):
            return place
        home = replace(place.home, color="") if place.home is not None else None
        other = next((role for role in ("ink", "bg") if reads(self.colors[role])), "")
        if other:
            return replace(place, color=other, home=home)
        made = replace(place, color="ink", home=home, fill="bg")
        if place.home is not None:
            return made
        return replace(made, inset=max(place.inset, GROUND_INSET[0]), inset_y=max(place.inset_y, GROUND_INSET[1]))

    def ground(self, layout: TemplateLayout, boxes: Iterable[Box], others: Iterable[Box]) -> tuple[Decor, ...]:
        """Return one ground for charts, tables and drawings, and the texts beside them, if what is behind one isn't the ground that the colours were chosen for."""
        back, bg = layout.backdrop, self.colors["bg"]
        bare = [box for box in boxes if not back.is_calm(box) or apart(back.ground(box), bg) > ALIKE]
        if not bare:
            return ()
        box = around([*bare, *others])
        return (Decor("rect", self.inside(Box(box.x - GAP, box.y - GAP, box.w + 2 * GAP, box.h + 2 * GAP)), "bg"),)

    def spec(
        self, pick: Pick, role: str, *places: Placeholder | None, decor: tuple[Decor, ...] = (), **more: Any
    ) -> LayoutSpec:
        """Return one of our layouts, based on a layout of the template."""
        kept = [place for place in places if place is not None]
        covered = [place.box for place in kept]
        foot = tuple(
            (h.type, h.idx, "" if h.text.startswith("<") else h.text)
            for h in pick.layout.foot
            if not any(h.box.overlaps(box, SLACK) for box in covered)
        )
        on_decor = [p for p in kept if any(d.kind == "rect" and p.box.overlaps(d.box) for d in decor)]
        exhibits = [p.box for p in kept if p.name in WORDY] + [box for box in [more.get("area")] if box is not None]
        ground = self.ground(pick.layout, exhibits, (p.box for p in kept if p.role != "title"))
        if ground:
            kept = [p if p.role == "title" or p.name in EXHIBITS else _readable_on_ours(p) for p in kept]
            on_decor += [p for p in kept if p.role != "title" and p not in on_decor]
        return LayoutSpec(
            role=role,
            name=pick.layout.name,
            type=pick.layout.kind,
            placeholders=tuple(p if p in on_decor else self.readable(pick.layout, p) for p in kept),
            decor=(*ground, *decor),
            rail=False,
            part=pick.layout.part,
            foot=foot,
            **more,
        )


def beside(box: Box, other: Box) -> Box:
    """Return the largest part of a box that is above, below, left or right of another box.

    >>> beside(Box(0, 0, 100, 100), Box(0, 0, 100, 20))
    Box(x=0, y=20, w=100, h=80)
    """
    if not box.overlaps(other):
        return box
    parts = (
        Box(box.x, other.bottom, box.w, box.bottom - other.bottom),
        Box(box.x, box.y, box.w, other.y - box.y),
        Box(other.right, box.y, box.right - other.right, box.h),
        Box(box.x, box.y, other.x - box.x, box.h),
    )
    return max(parts, key=lambda part: max(0, part.w) * max(0, part.h))
