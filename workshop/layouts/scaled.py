"""Compositions of our own themes in a user's template: one declaration for both, its grid scaled into the content area."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from workshop.layouts import LAYOUTS
from workshop.layouts.bench import LEAST, STEPS, Bench, Pick, Used, framed, main_text
from workshop.layouts.exhibits import NAMES
from workshop.layouts.grid import MARGIN, PANEL_END, WIDTH
from workshop.layouts.large import NAMES as SPARSE
from workshop.layouts.looks import BELOW
from workshop.layouts.parts import MODE, over_minutes
from workshop.model.theme import EMU_PER_POINT, Box, LayoutSpec, PicturePlace, Placeholder, inches

# Of a content area; in a smaller one, slides show their words only
LEAST_WIDTH, LEAST_HEIGHT = inches(7.5), inches(3.6)
AREA, CONTRAST, ROOM = "area", "contrast", "room"  # why a slide does
ITS_OWN = SPARSE | frozenset(
    {"plain", BELOW, "live", "quote", "number", "number-field", "opening"}
)  # looks for which a template has its own ways, or no colours
PAD, MOST_INSET = inches(0.2), inches(0.3)  # between the edge of a panel and what is on it
AIR, LITTLE = inches(0.08), inches(0.04)  # between a text and what is beside it, and what is below it
RAIL, RAIL_MORE = inches(2.6), inches(0.3)  # most of a left panel's width, and how much more than a quarter it has
ONE_LINE = inches(0.55)  # less than two lines of the smallest size
LAST = inches(6.3)  # what ends below is the last on its panel, and may go on to its foot
WIDE = inches(1.8)  # words on a rail; a picture on it is less wide
LARGE_TITLE = inches(2)  # a higher place is that of a sentence, which is the slide
LINE = 1.2  # height of a line, relative to its size
SHRINK = 0.6  # smallest size in a template, relative to ours
FIXED = ("title", "source", "measure")


def compositions() -> Iterator[tuple[str, LayoutSpec]]:
    """Yield the key and the layout of everything that our own themes draw, covers and sections apart."""
    for name, layout in LAYOUTS.items():
        if "frames" in layout.traits:
            continue
        plain = layout.own()
        yield from ((f"{name}/{look}", make(plain)) for look, make in layout.looks.items() if look not in ITS_OWN)
        if any(decor.kind == "rect" for decor in plain.decor):
            yield name, plain


def scaled(bench: Bench, spec: LayoutSpec, used: Used) -> LayoutSpec | None:
    """Return one of our layouts on a template's layout with nothing but a title, inside its content area; ``None`` if that is too small.

    Args:
        used: which of the measure line and the source line the slide has.
    """
    written = "hands-on" in LAYOUTS[spec.role].traits and spec.find("main") is not None and bench.has("content")
    pick = bench.first("content") if written else bench.bare()
    whole = bench.area(pick)
    if whole.w < LEAST_WIDTH or whole.h < LEAST_HEIGHT:
        return None
    _, area, source = framed(bench, pick, used - {"measure"})
    head, grid = bench.title(pick), bench.grid(pick)
    room = Box(grid.x, area.y, grid.w, area.h)
    title = spec.find("title")
    stated = title is not None and title.box.h > LARGE_TITLE and bench.is_alike(pick, head.box, area)
    if stated:
        top = min(head.box.y, area.y)
        room = Box(room.x, top, room.w, area.bottom - top)
    fixed = set(FIXED) - used - ({"title"} if stated else set())
    places = [p for p in spec.placeholders if p.role not in fixed | {"source"}]
    onto = _Onto.of(spec, places, room)
    made = [_place(bench, pick, place, onto) for place in places]
    pictures = tuple(_picture(place, onto) for place in spec.pictures)
    decor = tuple(replace(decor, box=onto.box(decor.box)) for decor in spec.decor)
    letters = tuple(_square(onto.box(box)) for box in spec.letters)
    timer = _timer(spec, onto)
    others = [*letters, *((timer,) if timer else ())]
    others += [one.box for one in (*pictures, *decor, *made, *((source,) if source else ()))]
    made = [_grown(place, own.box.h, others) for place, own in zip(made, places, strict=True)]
    made = [replace(place, box=_below(place.box, made)) for place in made]
    down = _below(letters[0], made).y - letters[0].y if letters else 0
    picture = _picture(spec.picture, onto) if spec.picture else None
    if picture is not None and any(place.fence and place.box.overlaps(picture.box) for place in made):
        picture = None  # a table that goes over a panel leaves no room on it
    return bench.spec(
        pick,
        spec.role,
        *(() if stated else (head,)),
        *made,
        source,
        decor=decor,
        area=onto.box(spec.area) if spec.area else None,
        scene=spec.scene,
        picture=picture,
        pictures=pictures,
        letters=tuple(replace(at, y=at.y + down) for at in letters),
        timer=timer,
        look=spec.name,
    )


def _timer(spec: LayoutSpec, onto: _Onto) -> Box | None:
    """Return where a timer's bar is: like the minutes that it is over."""
    minutes = spec.find("minutes")
    own = spec.timer or (over_minutes(minutes.box) if minutes is not None else None)
    return onto.box(own) if own is not None else None


def _place(bench: Bench, pick: Pick, place: Placeholder, onto: _Onto) -> Placeholder:
    """Return a place in the template: its title or its main text in their placeholders, anything else in a text box or a frame."""
    at, sizes = onto.box(place.box), _sizes(place)
    if place.role == "title":
        return replace(bench.title(pick, at, sizes), anchor="ctr")
    if place.type in NAMES:
        fence = onto.box(Box(place.fence, 0, 0, 0)).x if place.fence else 0
        return replace(place, idx=-1, box=at, sizes=sizes, fence=fence)
    if place.role == "main" and "main" in pick.slots:
        made = main_text(bench, pick, "main", place.name, at, place.sizes[0])
        box = Box(at.x - made.inset, at.y, at.w + 2 * made.inset, at.h)  # its words are in line with ours
        return replace(made, box=box, bullet=made.bullet if place.bullet else "")
    made = bench.text(place.role, place.name, at, sizes, line=place.line)
    rows = 2 if place.role == "measure" and onto.bet else 1
    least = round((rows * sizes[-1] * LINE * made.line / 100 + 1) * EMU_PER_POINT) + 2 * place.inset_y
    box = Box(at.x, at.y, at.w - (0 if place.fill else AIR), max(at.h, least))
    if place.role == MODE and place.anchor == "ctr":  # one line, in the middle of its band
        high = min(box.h, ONE_LINE)
        box = Box(box.x, box.y + (box.h - high) // 2, box.w, high)
    inset = min(place.inset, at.w // 8, MOST_INSET)
    return replace(place, idx=-1, type="body", box=box, sizes=sizes, line=made.line, inset=inset)


def _grown(place: Placeholder, high: int, others: Iterable[Box]) -> Placeholder:
    """Return a text that is as high as in our themes, if what is below it, or the end of its panel, leaves room."""
    at = place.box
    if place.type in NAMES or place.fill or place.anchor != "t" or place.home is not None or at.h >= high:
        return place
    under = [one.y for one in others if one.y >= at.bottom and one.x < at.right and at.x < one.right]
    under += [one.bottom for one in others if one.h > at.h and is_on(at, one)]
    end = min([at.y + high, *(limit - LITTLE for limit in under)])
    return replace(place, box=Box(at.x, at.y, at.w, max(at.h, end - at.y)))


def _below(at: Box, places: Iterable[Placeholder]) -> Box:
    """Return a box without the strip that a text above it needs."""
    over = [one.box for one in places if one.box.x < at.right and at.x < one.box.right]
    top = max([at.y, *(box.bottom for box in over if box.y < at.y < box.bottom)])
    return Box(at.x, top, at.w, at.bottom - top)


def _sizes(place: Placeholder) -> tuple[float, ...]:
    """Return the sizes of a text, and smaller ones for a smaller place."""
    last = place.sizes[-1]
    return (*place.sizes, *(size for size in STEPS if max(LEAST, SHRINK * last) <= size < last))


def _picture(place: PicturePlace, onto: _Onto) -> PicturePlace:
    return replace(place, box=_square(onto.box(place.box)))


def _square(box: Box) -> Box:
    """Return the square at the left of a box, in the middle of its height."""
    side = min(box.w, box.h)
    return Box(box.x, box.y + (box.h - side) // 2, side, side)


# ---------------------------------------------------------------- from our grid onto the template's
class _Zone(Struct, frozen=True):
    """A part of a slide of ours, and where it is in the template; ``drawn`` is the panel that it is, if it is one."""

    old: Box
    new: Box
    drawn: Box | None = None

    def box(self, at: Box) -> Box:
        """Return where a box is in the template."""
        across, down = self.new.w / self.old.w, self.new.h / self.old.h
        x, y = self.new.x + round((at.x - self.old.x) * across), self.new.y + round((at.y - self.old.y) * down)
        return Box(x, y, round(at.w * across), round(at.h * down))


class _Onto(Struct, frozen=True):
    """Scales a layout of ours: panels end at the template's content area, and what is on them stays on them."""

    room: Box
    body: _Zone
    panels: tuple[_Zone, ...]
    bet: bool  # whether it answers one

    @classmethod
    def of(cls, spec: LayoutSpec, places: Iterable[Placeholder], room: Box) -> _Onto:
        """Return how a layout goes into a room."""
        shown = [*(place.box for place in places), *(place.box for place in spec.pictures), *spec.letters]
        shown += [box for box in (spec.area, spec.picture.box if spec.picture else None) if box is not None]
        columns = [decor.box for decor in spec.decor if _is_column(decor.box)]
        free = [decor.box for decor in spec.decor if not _is_column(decor.box)]
        free += [at for at in shown if not any(is_on(at, column) for column in columns)]
        top, end = min(at.y for at in free), max(at.bottom for at in free)
        fenced = any(place.fence for place in places)
        inner = Box(room.x, room.y + PAD, room.w, room.h - 2 * PAD) if fenced else room
        left = max((column.right for column in columns if not column.x), default=MARGIN)
        rail = min(RAIL, room.w // 4 + RAIL_MORE) if left > MARGIN else 0
        body = _Zone(
            Box(left, top, WIDTH - MARGIN - left, end - top), Box(inner.x + rail, inner.y, inner.w - rail, inner.h)
        )
        filled = [decor.box for decor in spec.decor if decor.kind == "rect"] + [p.box for p in places if p.fill]
        edged = [box for box in filled if box.x <= 0 or box.right >= WIDTH]
        return cls(room, body, tuple(_panel(at, body, shown, room) for at in edged), bool(spec.letters))

    def box(self, at: Box) -> Box:
        """Return where a box is in the template."""
        drawn = next((zone.new for zone in self.panels if zone.drawn == at), None)
        if drawn is not None:
            return drawn
        zone = next((zone for zone in reversed(self.panels) if zone.drawn and is_on(at, zone.drawn)), self.body)
        made = zone.box(at)
        if _is_column(at):
            return Box(made.x, self.room.y, made.w, self.room.h)
        x = max(made.x, zone.new.x) if zone.drawn else made.x
        right = min(made.right, zone.new.right) if zone.drawn else made.right
        if zone.drawn and _is_column(zone.drawn) and not zone.drawn.x and at.w > WIDE:
            right = zone.new.right - (x - zone.new.x)  # of words on a rail, which is narrower than ours
        bottom = zone.new.bottom - LITTLE if zone.drawn and _is_column(zone.drawn) and at.bottom > LAST else made.bottom
        return Box(x, made.y, right - x, bottom - made.y)


def _panel(at: Box, body: _Zone, shown: Iterable[Box], room: Box) -> _Zone:
    """Return a panel that reaches an edge of our slides: in a template, it ends at the room's, and keeps air around what is on it."""
    first, last = at.x <= 0, at.right >= WIDTH
    left, right = MARGIN - PAD if first else at.x, WIDTH - MARGIN + PAD if last else at.right
    top, made = at.y, body.box(at)
    x, end = room.x if first else made.x, room.right if last else made.right
    if _is_column(at):
        top = min((one.y for one in shown if is_on(one, at)), default=PAD) - PAD
        made = room
    return _Zone(Box(left, top, right - left, at.bottom - top), Box(x, made.y, end - x, made.h), at)


def _is_column(at: Box) -> bool:
    """Whether a block, or a line, begins at the upper edge of our slides and ends with the panels."""
    return at.y == 0 and at.bottom == PANEL_END


def is_on(at: Box, panel: Box) -> bool:
    """Whether the middle of a box is on a panel."""
    x, y = at.x + at.w // 2, at.y + at.h // 2
    return panel.x <= x <= panel.right and panel.y <= y <= panel.bottom
