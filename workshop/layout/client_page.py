"""Our slides on a client's page: in its middle, what touches an edge going on to the page's; and what the build says about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from workshop.errors import Problem, Severity
from workshop.layout.laid import (
    LaidChart,
    LaidItem,
    LaidOut,
    LaidPicture,
    LaidShapes,
    LaidSlide,
    LaidTable,
    LaidText,
    Shape,
)
from workshop.layouts.grid import HEIGHT, PANEL_END, WIDTH
from workshop.model.stage_picture import Command, StagePicture
from workshop.model.theme import Around, Box, Decor, LayoutSpec, Logo, PicturePlace, Placeholder, Theme, inches

NEAR = inches(0.02)  # to an edge
NAMED = 6  # numbers of slides that a message lists


class _Onto(Struct, frozen=True):
    """What the client's page has around ours, and the bands above our foot, which go on above its foot."""

    around: Around
    bands: tuple[Box, ...] = ()

    def lowered(self, box: Box) -> bool:
        """Whether a box is on a band."""
        return any(band.y - NEAR <= box.y and box.bottom <= band.bottom + NEAR for band in self.bands)

    def box(self, box: Box) -> Box:
        """Return the same box on the client's page."""
        return Box(box.x + self.around.side, box.y + self.down(box), box.w, box.h)

    def down(self, box: Box) -> int:
        """Return how much lower a box is on the client's page."""
        return self.around.high if self.lowered(box) else self.around.above

    def area(self, box: Box) -> Box:
        """Return an area on the client's page: an edge of ours goes on to that of the page, and a panel above our foot to its foot."""
        around = self.around
        right = box.right + (around.wide if box.right >= WIDTH - NEAR else around.side)
        x = 0 if box.x <= NEAR else box.x + around.side
        above = box.y <= NEAR
        y = 0 if above else box.y + self.down(box)
        at_foot = self.lowered(box) or (above and abs(box.bottom - PANEL_END) <= NEAR)
        bottom = box.bottom + (around.high if at_foot or box.bottom >= HEIGHT - NEAR else around.above)
        return Box(x, y, right - x, bottom - y)

    def place(self, place: Placeholder) -> Placeholder:
        """Return a place for text, or for an exhibit."""
        fence = place.fence + self.around.side if place.fence else 0
        box = self.area(place.box) if place.fill else self.box(place.box)
        return replace(place, box=box, fence=fence)

    def picture(self, place: PicturePlace) -> PicturePlace:
        """Return the place of a picture."""
        return replace(place, box=self.box(place.box))

    def decor(self, decor: Decor) -> Decor:
        """Return a shape of a layout."""
        return replace(decor, box=self.area(decor.box))

    def spec(self, spec: LayoutSpec) -> LayoutSpec:
        """Return one of our layouts; a client's is on its page already."""
        if spec.part:
            return spec
        if not self.bands and (bands := tuple(_bands(spec, ()))):
            return replace(self, bands=bands).spec(spec)
        return replace(
            spec,
            placeholders=tuple(map(self.place, spec.placeholders)),
            decor=tuple(map(self.decor, spec.decor)),
            area=self.box(spec.area) if spec.area else None,
            picture=self.picture(spec.picture) if spec.picture else None,
            pictures=tuple(map(self.picture, spec.pictures)),
            code=self.box(spec.code) if spec.code else None,
            letters=tuple(map(self.box, spec.letters)),
            timer=self.box(spec.timer) if spec.timer else None,
        )

    def shape(self, shape: Shape) -> Shape:
        """Return a drawn shape."""
        bare = shape.kind == "rect" and not shape.lines
        moved = replace(shape, box=self.area(shape.box) if bare or shape.picture else self.box(shape.box))
        if shape.picture is not None:
            return replace(moved, picture=_drawn_on(shape.picture, shape.box, self.box(shape.box), moved.box))
        if shape.bend is None:
            return moved
        path = tuple((x + self.around.side, y + self.around.above) for x, y in shape.bend.path)
        return replace(moved, bend=replace(shape.bend, path=path))

    def item(self, item: LaidItem) -> LaidItem:
        """Return what is on a slide."""
        if isinstance(item, LaidShapes):
            return replace(item, shapes=tuple(map(self.shape, item.shapes)))
        place = self.place(item.placeholder)
        if isinstance(item, LaidPicture):
            box = self.area(item.box) if item.crop else self.box(item.box)
            return replace(item, placeholder=replace(place, box=self.box(item.placeholder.box)), box=box)
        if isinstance(item, LaidText | LaidTable | LaidChart):
            return replace(item, placeholder=place)
        return item

    def slide(self, laid: LaidSlide) -> LaidSlide:
        """Return a slide."""
        if laid.layout.part:
            return laid
        onto = replace(self, bands=tuple(_bands(laid.layout, laid.items)))
        return replace(laid, layout=self.spec(laid.layout), items=tuple(map(onto.item, laid.items)))


def _drawn_on(picture: StagePicture, old: Box, at: Box, new: Box) -> StagePicture:
    """Return a picture in a larger box; what was at an edge of the old one is at that of the new one.

    Args:
        at: the old box on the client's page.
    """
    if (new.w, new.h) == (old.w, old.h):
        return picture
    unit = old.w / picture.width
    x0, y0, width, height = (at.x - new.x) / unit, (at.y - new.y) / unit, new.w / unit, new.h / unit

    def along(value: float, size: float, before: float, whole: float) -> float:
        return 0.0 if value <= 0 else whole if value >= size else value + before

    def moved(command: Command) -> Command:
        kind, values = command
        pairs = zip(values[::2], values[1::2], strict=True)
        return kind, tuple(
            value
            for x, y in pairs
            for value in (along(x, picture.width, x0, width), along(y, picture.height, y0, height))
        )

    outlines = tuple(replace(one, path=tuple(map(moved, one.path))) for one in picture.outlines)
    return replace(picture, width=width, height=height, outlines=outlines)


def _bands(spec: LayoutSpec, items: Sequence[LaidItem]) -> Iterator[Box]:
    """Yield what goes from one side to the other right above our foot."""
    drawn = [decor.box for decor in spec.decor if decor.kind == "rect"]
    drawn += [place.box for place in spec.placeholders if place.fill]
    drawn += [
        shape.box for item in items if isinstance(item, LaidShapes) for shape in item.shapes if shape.kind == "rect"
    ]
    drawn += [item.placeholder.box for item in items if isinstance(item, LaidText) and item.placeholder.fill]
    for box in drawn:
        if box.w >= WIDTH - NEAR and box.y > NEAR and abs(box.bottom - PANEL_END) <= NEAR:
            yield box


def on_page(laid: LaidOut) -> LaidOut:
    """Return a deck on the page of a client; any other deck is returned unchanged."""
    theme = laid.theme
    if theme.dress is None or theme.dress.around == Around():
        return laid
    around = theme.dress.around
    onto = _Onto(around)

    def logo(one: Logo | None) -> Logo | None:
        if one is None:
            return None
        box = onto.box(one.box)
        return replace(one, box=replace(box, y=box.y + around.below) if one.box.y >= PANEL_END else box)

    worn = replace(
        theme,
        width=theme.width + around.wide,
        height=theme.height + around.high,
        layouts={key: onto.spec(spec) for key, spec in theme.layouts.items()},
        logo=logo(theme.logo),
        cover_logo=logo(theme.cover_logo),
    )
    return replace(laid, theme=worn, slides=tuple(map(onto.slide, laid.slides)))


def in_dress(theme: Theme, unfit: Sequence[int], *, talk: bool) -> tuple[Problem, ...]:
    """Return one piece of advice that says why a talk is on our layouts, and what of the client's look they don't have.

    Args:
        unfit: numbers of the slides that don't fit the template's own layouts.
        talk: whether it could have been on those.
    """
    if theme.dress is None:
        return ()
    why = f"since {_listed(unfit)} fit its own" if unfit else ""
    if talk and theme.logo is not None:
        why = "where the logo has a place"
    if not why and not theme.dress.told:
        return ()
    message = "; ".join(
        filter(None, (", ".join(filter(None, ("our layouts in this template's look", why))), *theme.dress.told))
    )
    return (Problem(message, hint="look at the slides", code="template", severity=Severity.ADVICE),)


def _listed(numbers: Sequence[int]) -> str:
    """Return slides in words, with a verb.

    >>> _listed([4, 9]), _listed([2])
    ("slides 4 and 9 don't", "slide 2 doesn't")
    """
    if len(numbers) == 1:
        return f"slide {numbers[0]} doesn't"
    if len(numbers) > NAMED:
        return f"slides {', '.join(map(str, numbers[:NAMED]))} and {len(numbers) - NAMED} more don't"
    return f"slides {', '.join(map(str, numbers[:-1]))} and {numbers[-1]} don't"
