"""What is behind the text of a layout: its background, shapes and pictures, drawn small, so that free places and contrast can be measured."""

from __future__ import annotations

import math
import struct
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct, field

from workshop.files.color_arithmetic import apart, hexed, luminance, stepped
from workshop.files.package_file import NAMESPACES, Node, PackageFile, whole
from workshop.files.presentation_colors import Scheme, paint_of
from workshop.files.slide_frames import SLIDE, Frame, box_of, inside, moved
from workshop.inputs.pictures import SVG, PictureError, checked_picture
from workshop.model.theme import Box, Paint, inches

if TYPE_CHECKING:
    from PIL.Image import Image


# ---------------------------------------------------------------- backdrop
LONG = 128  # cells along the longer side of a slide
ALIKE = 12.0  # ΔE up to which a place counts as having the same ground
WORST = 0.1  # share of a box that may have less contrast than is said: edges, and small details
LEAST_KEPT, UNCROSSED = 0.35, 0.97  # shares of a box
AIR = (inches(0.22), inches(0.06))  # between text and what would cross it: beside, and above or below
LEAST_HEIGHT = inches(0.6)
FRAME = 0.3  # share of the slide from which an outline is a frame around what is on it
WHOLE = 0.6  # share of the slide from which a picture is its ground
BUSY = 3.0  # contrast between light and dark places of a picture on which text is hard to read
SEEN = 0.25  # opacity from which an object counts
FLARE = 0.05  # of WCAG 2
SAMPLED = 12  # columns and rows of a box whose cells are looked at for its colours


class Backdrop(Struct, kw_only=True, eq=False):
    """A layout without its placeholders, as a grid of cells.

    Attributes:
        cell: width and height of a cell in EMU.
        columns, rows: number of cells.
        shades: colour of each cell, row by row.
        lights: luminance of each cell, plus the flare that contrast ratios take into account.
        tops: for each cell the number of the object in front, 0 for the background.
        unknown: numbers of objects whose colours can't be known, such as drawings in the vector formats of Windows.
        objects: boxes of what is in front of the background, from back to front.
        lined: boxes of lines, and of outlines without a fill, that aren't frames around most of the slide.
        bitmaps: numbers of all pictures; ``pictures`` are those that cover only a part of the slide, on which no text belongs.
    """

    cell: tuple[float, float]
    columns: int
    rows: int
    shades: tuple[str, ...]
    lights: tuple[float, ...]
    tops: tuple[int, ...]
    unknown: frozenset[int] = frozenset()
    objects: tuple[Box, ...] = ()
    lined: tuple[Box, ...] = ()
    pictures: frozenset[int] = frozenset()
    bitmaps: frozenset[int] = frozenset()
    _clear: dict[Box, Box] = field(default_factory=dict)
    _contrasts: dict[tuple[Box, str], float] = field(default_factory=dict)
    _grounds: dict[Box, tuple[int, str]] = field(default_factory=dict)

    def cells(self, box: Box) -> Iterator[int]:
        """Yield the indices of the cells of a box, of a large one only some, evenly spread."""
        left, top, right, bottom = self._edges(box)
        across, down = max(1, (right - left) // SAMPLED), max(1, (bottom - top) // SAMPLED)
        for y in range(top, bottom, down):
            yield from range(y * self.columns + left, y * self.columns + right, across)

    def _edges(self, box: Box) -> tuple[int, int, int, int]:
        """Return first column and row, and the ones after the last, with at least one of each."""
        (w, h), columns, rows = self.cell, self.columns, self.rows
        left, top = min(max(round(box.x / w), 0), columns - 1), min(max(round(box.y / h), 0), rows - 1)
        right, bottom = (
            min(max(round(box.right / w), left + 1), columns),
            min(max(round(box.bottom / h), top + 1), rows),
        )
        return left, top, right, bottom

    def _within(self, box: Box) -> Iterator[int]:
        """Yield the indices of all cells of a box."""
        left, top, right, bottom = self._edges(box)
        return (y * self.columns + x for y in range(top, bottom) for x in range(left, right))

    def ground(self, box: Box) -> str:
        """Return the colour behind most of a box; behind a picture, the mean."""
        return self._ground(box)[1]

    def _ground(self, box: Box) -> tuple[int, str]:
        """Return the number and the colour of the object that is behind most of a box."""
        if box not in self._grounds:
            self._grounds[box] = self._most(box)
        return self._grounds[box]

    def _most(self, box: Box) -> tuple[int, str]:
        cells = list(self.cells(box))
        most = Counter(self.tops[k] for k in cells).most_common(1)[0][0]
        shades = Counter(self.shades[k] for k in cells if self.tops[k] == most)
        common, times = shades.most_common(1)[0]
        total = shades.total()
        if times > total / 2:
            return most, common
        parts = ((int(shade[k : k + 2], 16) * n for shade, n in shades.items()) for k in (0, 2, 4))
        r, g, b = (sum(part) / total / 255 for part in parts)
        return most, hexed((r, g, b))

    def clear(self, box: Box) -> Box:
        """Return the part of a box that nothing crosses, if that is most of it, else the box itself."""
        if box not in self._clear:
            self._clear[box] = self._cleared(box)
        return self._clear[box]

    def _cleared(self, box: Box) -> Box:
        part = self.free(box)
        kept = part.w * part.h / max(1, box.w * box.h)
        high = part.h >= min(box.h, LEAST_HEIGHT)
        return part if LEAST_KEPT <= kept < UNCROSSED and high else box

    def is_picture(self, box: Box) -> bool:
        """Whether most of a box is on a picture that differs from the slide's own ground."""
        most, ground = self._ground(box)
        if most not in self.pictures:
            return False
        own = Counter(shade for shade, top in zip(self.shades, self.tops, strict=True) if not top).most_common(1)
        return not own or apart(own[0][0], ground) > ALIKE

    def _is_plain(self, box: Box) -> bool:
        """Whether a box is on a picture, most of which has one colour."""
        most, ground = self._ground(box)
        if most not in self.bitmaps:
            return False
        shades = Counter(self.shades[k] for k in self.cells(box))
        return sum(times for shade, times in shades.items() if apart(shade, ground) <= ALIKE) > shades.total() / 2

    def onto_band(self, box: Box) -> Box:
        """Return a box moved up or down onto the band that is behind most of it, if it fits."""
        most = self._ground(box)[0]
        if not most:
            return box
        band = self.objects[most - 1]
        return Box(box.x, min(max(box.y, band.y), band.bottom - box.h), box.w, box.h) if box.h <= band.h else box

    def is_calm(self, box: Box) -> bool:
        """Whether what is behind most of a box is known, and isn't a picture with light and dark places."""
        most = self._ground(box)[0]
        if most in self.unknown or most not in self.bitmaps:
            return most not in self.unknown
        lights = sorted(self.lights[k] for k in self.cells(box))
        return lights[int(len(lights) * (1 - WORST))] <= BUSY * lights[int(len(lights) * WORST)]

    def is_even(self, box: Box) -> bool:
        """Whether nearly all of a box has one colour."""
        shades = Counter(self.shades[k] for k in self.cells(box))
        return shades.most_common(1)[0][1] >= (1 - WORST) * shades.total()

    def least_contrast(self, box: Box, color: str) -> float:
        """Return the contrast that a colour has at least on nearly all of a box."""
        if (box, color) not in self._contrasts:
            own = luminance(color) + FLARE
            ratios = sorted(max(own, other) / min(own, other) for other in (self.lights[k] for k in self.cells(box)))
            self._contrasts[box, color] = ratios[int(WORST * len(ratios))]
        return self._contrasts[box, color]

    def free(self, box: Box, *, lines: bool = False) -> Box:
        """Return the largest part of a box in which nothing else is in front of the object behind most of it, with some air.

        Args:
            lines: whether lines, and outlines without a fill, count, too.

        >>> shades, lights = ("FFFFFF",) * 3 + ("000000",), (1.05,) * 3 + (0.05,)
        >>> grid = Backdrop(cell=(914400, 914400), columns=4, rows=1, shades=shades, lights=lights, tops=(0, 0, 0, 1))
        >>> grid.free(Box(0, 0, 4 * 914400, 914400)).w / 914400
        2.78
        """
        left, top, right, bottom = self._edges(box)
        most, ground = self._ground(box)
        rows = [range(y * self.columns + left, y * self.columns + right) for y in range(top, bottom)]
        own = most if not self._is_plain(box) else None  # of a picture with a plain ground, only that ground is free
        others = {self.shades[k] for row in rows for k in row if self.tops[k] != own}
        alike = {shade for shade in others if apart(shade, ground) <= ALIKE}
        crossed = {k for one in self.lined for k in self._within(one)} if lines else set()
        if not others - alike and not any(k in crossed for row in rows for k in row):
            return box
        clear = [[k not in crossed and (self.tops[k] == own or self.shades[k] in alike) for k in row] for row in rows]
        x, y, w, h = largest(clear)
        cw, ch = self.cell
        x1 = box.x if x == 0 else round((left + x) * cw) + AIR[0]
        y1 = box.y if y == 0 else round((top + y) * ch) + AIR[1]
        x2 = box.right if x + w == right - left else round((left + x + w) * cw) - AIR[0]
        y2 = box.bottom if y + h == bottom - top else round((top + y + h) * ch) - AIR[1]
        return Box(x1, y1, max(0, x2 - x1), max(0, y2 - y1))


def largest(clear: list[list[bool]]) -> tuple[int, int, int, int]:
    """Return column, row, width and height of the largest rectangle of true cells; nothing if there are none.

    >>> largest([[True, True, False], [True, True, True]])
    (0, 0, 2, 2)
    """
    best, found = 0, (0, 0, 0, 0)
    heights = [0] * len(clear[0])
    for y, row in enumerate(clear):
        heights = [height + 1 if free else 0 for height, free in zip(heights, row, strict=True)]
        open_at: list[tuple[int, int]] = []  # column at which a height begins, and the height, ascending
        for x, height in enumerate((*heights, 0)):
            start = x
            while open_at and open_at[-1][1] >= height:
                start, high = open_at.pop()
                if high * (x - start) > best:
                    best, found = high * (x - start), (start, y - high + 1, x - start, high)
            open_at.append((start, height))
    return found


# ---------------------------------------------------------------- drawing
class Canvas:
    """A small picture that is drawn on from back to front.

    Args:
        width, height: of a slide in EMU.
        ground: its colour.
    """

    def __init__(self, width: int, height: int, ground: str) -> None:
        from PIL import Image

        by = LONG / max(width, height)
        self.size = max(1, round(width * by)), max(1, round(height * by))
        self.cell = width / self.size[0], height / self.size[1]
        self._shades = Image.new("RGB", self.size, f"#{ground}")
        self._tops = Image.new("I", self.size, 0)
        self._unknown: set[int] = set()
        self._objects: list[Box] = []
        self._lined: list[Box] = []
        self._pictures: set[int] = set()
        self._bitmaps: set[int] = set()

    def fill(
        self,
        paint: str | Image | None,
        outline: list[tuple[float, float]],
        opacity: float,
        *,
        ground: bool,
        bitmap: bool = False,
    ) -> None:
        """Fill an outline, given in EMU.

        Args:
            paint: six hex digits, a picture that is stretched over the outline's box, or ``None`` for unknown colours.
            ground: whether it belongs to the background, not to an object in front of it.
            bitmap: whether it is a picture, not a gradient.
        """
        from PIL import Image, ImageChops, ImageDraw

        points = [(x / self.cell[0], y / self.cell[1]) for x, y in outline]
        left, right = math.floor(min(x for x, _ in points)), math.ceil(max(x for x, _ in points))
        top, bottom = math.floor(min(y for _, y in points)), math.ceil(max(y for _, y in points))
        left, top, right, bottom = max(left, -LONG), max(top, -LONG), min(right, 2 * LONG), min(bottom, 2 * LONG)
        if right <= left or bottom <= top:
            return
        mask = Image.new("L", self.size, 0)
        ImageDraw.Draw(mask).polygon([(x - 0.5, y - 0.5) for x, y in points], fill=round(255 * opacity))
        color = Image.new("RGB", self.size, f"#{paint if isinstance(paint, str) else '808080'}")
        if paint is not None and not isinstance(paint, str):
            small = paint.convert("RGBA").resize((right - left, bottom - top))
            color.paste(small.convert("RGB"), (left, top))
            seen = Image.new("L", self.size, 0)
            seen.paste(small.getchannel("A"), (left, top))
            mask = ImageChops.multiply(mask, seen)
        self._shades.paste(color, (0, 0), mask)
        if not ground and opacity > SEEN:
            box = around_points(outline)
            self._objects.append(box)
            if box.w < self.cell[0] or box.h < self.cell[1]:
                self.line(box)
            if bitmap and box.w * box.h < WHOLE * self.cell[0] * self.cell[1] * self.size[0] * self.size[1]:
                self._pictures.add(len(self._objects))
            self._tops.paste(len(self._objects), (0, 0), mask.point(lambda share: 255 if share > 255 * SEEN else 0))
        if bitmap:
            self._bitmaps.add(0 if ground else len(self._objects))
        if paint is None:
            self._unknown.add(0 if ground else len(self._objects))

    def line(self, box: Box) -> None:
        """Note a line, or an outline without a fill; a frame around most of the slide doesn't count."""
        (w, h), (columns, rows) = self.cell, self.size
        if box.w * box.h < FRAME * w * h * columns * rows:
            self._lined.append(box)

    def done(self) -> Backdrop:
        """Return the finished picture."""
        flat = self._shades.tobytes()
        shades = tuple(flat[k : k + 3].hex().upper() for k in range(0, len(flat), 3))
        lights = {shade: luminance(shade) + FLARE for shade in set(shades)}
        return Backdrop(
            cell=self.cell,
            columns=self.size[0],
            rows=self.size[1],
            shades=shades,
            lights=tuple(lights[shade] for shade in shades),
            tops=tuple(struct.unpack(f"={self.size[0] * self.size[1]}i", self._tops.tobytes())),
            unknown=frozenset(self._unknown),
            objects=tuple(self._objects),
            lined=tuple(self._lined),
            pictures=frozenset(self._pictures),
            bitmaps=frozenset(self._bitmaps),
        )


def around_points(points: Iterable[tuple[float, float]]) -> Box:
    """Return the box around some points."""
    xs, ys = zip(*points, strict=True)
    x, y = round(min(xs)), round(min(ys))
    return Box(x, y, round(max(xs)) - x, round(max(ys)) - y)


# ---------------------------------------------------------------- behind
# Drawing what a template has behind the placeholders of a layout, small: background, shapes and pictures of master and layout.
MOST_SHAPES = 500  # a layout with more objects than this is drawn without the rest of them
THUMBNAIL = 256  # pixels
BEND = 6  # straight pieces of a curve
ROUND_PIECES = 24  # corners that stand for an ellipse
_P, _A = (f"{{{NAMESPACES[prefix]}}}" for prefix in "pa")
_EMBED = f"{{{NAMESPACES['r']}}}embed"
Outline = list[tuple[float, float]]
NO_COLOR = ("FFFFFF", 0.0)


class Pictures(Struct):
    """The pictures of a package, each decoded once, small."""

    package: PackageFile
    small: dict[str, Image | None] = field(default_factory=dict)

    def of(self, part: str, blip: Node | None) -> Image | None:
        """Return the picture that a blip of a part shows; ``None`` if it isn't a bitmap."""
        target = next(
            (r.target for r in self.package.relations(part) if blip is not None and r.id == blip.get(_EMBED)), ""
        )
        if target not in self.small:
            self.small[target] = self._read(target)
        return self.small[target]

    def _read(self, name: str) -> Image | None:
        if name not in self.package.blobs:
            return None
        try:
            found = checked_picture(self.package.blobs[name], again=True)
            if found.kind == SVG:
                return None
            picture = found.opened()
        except PictureError:
            return None
        picture.thumbnail((THUMBNAIL, THUMBNAIL))
        return picture.convert("RGBA")


class _Part(Struct, kw_only=True):
    """A master or a layout while it is drawn; ``group`` is the fill of the group that a shape is in."""

    name: str
    root: Node
    scheme: Scheme
    pictures: Pictures
    canvas: Canvas
    left: int = MOST_SHAPES


def drawn(
    pictures: Pictures, size: tuple[int, int], scheme: Scheme, theme: tuple[str, Node | None], *parts: tuple[str, Node]
) -> Backdrop:
    """Return what is behind the slides of a layout.

    Args:
        size: width and height of a slide in EMU.
        theme: name and root of the master's theme, with the styles of backgrounds.
        parts: name and root of the master and of the layout; of the layout alone if it doesn't show the master's shapes.
    """
    canvas = Canvas(*size, scheme.hex(Paint("bg1")))
    made = [_Part(name=name, root=root, scheme=scheme, pictures=pictures, canvas=canvas) for name, root in parts]
    whole_slide = Box(0, 0, *size)
    for part in reversed(made):
        if _background(part, theme, whole_slide):
            break
    for part in made:
        tree = part.root.find("p:cSld/p:spTree", NAMESPACES)
        if tree is not None and not (part is not made[-1] and _hides_master(made[-1].root)):
            _shapes(part, tree, SLIDE)
    return canvas.done()


def _hides_master(layout: Node) -> bool:
    return layout.get("showMasterSp") in ("0", "false")


def _background(part: _Part, theme: tuple[str, Node | None], slide: Box) -> bool:
    """Draw a part's own background; return whether it has one."""
    own = part.root.find("p:cSld/p:bg/p:bgPr", NAMESPACES)
    if own is not None:
        _filled(part, own, _corners(slide), "", part.name, ground=True)
        return True
    reference = part.root.find("p:cSld/p:bg/p:bgRef", NAMESPACES)
    if reference is None:
        return False
    paint = paint_of(reference)
    color = part.scheme.hex(paint) if paint is not None else part.scheme.hex(Paint("bg1"))
    part.canvas.fill(color, _corners(slide), 1.0, ground=True)
    name, root = theme
    styles = root.find(".//a:bgFillStyleLst", NAMESPACES) if root is not None else None
    number = whole(reference, "idx") - 1001
    if styles is not None and 0 <= number < len(styles):
        holder = styles.makeelement("holder", {})
        holder.append(_copy(styles[number]))
        _filled(part, holder, _corners(slide), color, name, ground=True)
    return True


def _copy(node: Node) -> Node:
    import copy

    return copy.deepcopy(node)


# ---------------------------------------------------------------- shapes
def _shapes(part: _Part, tree: Node, frame: Frame, group: Node | None = None) -> None:
    """Draw what is in a tree; ``frame`` converts a group's coordinates to the slide's, ``group`` has the group's fill."""
    for shape in tree:
        kind = str(shape.tag).removeprefix(_P)
        if kind == "grpSp":
            _shapes(part, shape, inside(shape, frame), shape.find("p:grpSpPr", NAMESPACES))
            continue
        box, properties = box_of(shape), shape.find("p:spPr", NAMESPACES)
        if kind == "cxnSp" and box is not None:
            part.canvas.line(moved(box, frame))
        if kind not in ("sp", "pic") or box is None or properties is None or part.left <= 0:
            continue
        if shape.find(f"p:nv{kind[0].upper()}{kind[1:]}Pr/p:nvPr/p:ph", NAMESPACES) is not None:
            continue
        part.left -= 1
        place = moved(box, frame)
        outline = _turned(shape, place, _outline(place, properties))
        if kind == "pic":
            picture = part.pictures.of(part.name, shape.find("p:blipFill/a:blip", NAMESPACES))
            part.canvas.fill(
                _cropped(picture, shape.find("p:blipFill/a:srcRect", NAMESPACES)),
                outline,
                1.0,
                ground=False,
                bitmap=True,
            )
        else:
            _shape(part, shape, properties, outline, group)


def _shape(part: _Part, shape: Node, properties: Node, outline: Outline, group: Node | None) -> None:
    own = group if properties.find("a:grpFill", NAMESPACES) is not None and group is not None else properties
    if _filled(part, own, outline, "", part.name, ground=False):
        return
    reference = shape.find("p:style/a:fillRef", NAMESPACES)
    paint = paint_of(reference)
    bare = properties.find("a:noFill", NAMESPACES) is not None
    if paint is not None and whole(reference, "idx") > 0 and not bare:
        part.canvas.fill(part.scheme.hex(paint), outline, 1.0, ground=False)
    elif properties.find("a:ln/a:solidFill", NAMESPACES) is not None:
        part.canvas.line(around_points(outline))
    elif any((text.text or "").strip() for text in shape.iter(f"{_A}t")):
        part.canvas.fill(part.scheme.hex(Paint("tx1")), outline, 1.0, ground=False)


def _filled(part: _Part, properties: Node, outline: Outline, style: str, owner: str, *, ground: bool) -> bool:
    """Fill an outline as its properties say; return whether they say so.

    Args:
        style: six hex digits that stand for the colour of a style; "" for none.
        owner: the part whose relationships the properties refer to.
    """
    solid = properties.find("a:solidFill", NAMESPACES)
    if solid is not None:
        color, opacity = _color(part.scheme, solid, style)
        part.canvas.fill(color, outline, opacity, ground=ground)
        return True
    gradient = properties.find("a:gradFill", NAMESPACES)
    if gradient is not None:
        part.canvas.fill(_gradient(part.scheme, gradient, style), outline, 1.0, ground=ground)
        return True
    fill = properties.find("a:blipFill", NAMESPACES)
    if fill is not None:
        blip = fill.find("a:blip", NAMESPACES)
        picture, opacity = _cropped(part.pictures.of(owner, blip), fill.find("a:srcRect", NAMESPACES)), _opacity(blip)
        if ground and opacity < 1:
            part.canvas.fill("FFFFFF", outline, 1.0, ground=True)  # what a background lets through is white
        part.canvas.fill(picture, outline, opacity, ground=ground, bitmap=True)
        return True
    pattern = properties.find("a:pattFill", NAMESPACES)
    if pattern is not None:
        color, opacity = _color(part.scheme, pattern.find("a:bgClr", NAMESPACES), style)
        part.canvas.fill(color, outline, opacity, ground=ground)
    return pattern is not None


def _opacity(blip: Node | None) -> float:
    """Return the share of a picture's colours that is seen."""
    share = blip.find("a:alphaModFix", NAMESPACES) if blip is not None else None
    return 1.0 if share is None else min(1.0, max(0.0, whole(share, "amt", 100_000) / 100_000))


def _color(scheme: Scheme, fill: Node | None, style: str) -> tuple[str, float]:
    """Return the colour of a fill and its opacity."""
    paint = paint_of(fill)
    if paint is None or fill is None:
        return NO_COLOR
    alpha = fill.find("*/a:alpha", NAMESPACES)
    share = min(1.0, max(0.0, whole(alpha, "val", 100_000) / 100_000)) if alpha is not None else 1.0
    return (stepped(style, paint.steps) if style and paint.slot == "phClr" else scheme.hex(paint)), share


def _gradient(scheme: Scheme, gradient: Node, style: str) -> Image:
    """Return a gradient as a picture; one that isn't straight begins in the middle."""
    from PIL import Image

    stops = sorted((whole(stop, "pos") / 100_000, *_color(scheme, stop, style)) for stop in gradient.findall("a:gsLst/a:gs", NAMESPACES))  # fmt: skip
    line = gradient.find("a:lin", NAMESPACES)
    turn = math.radians(whole(line, "ang") / 60_000)
    across, down = math.cos(turn), math.sin(turn)
    reach = abs(across) + abs(down)
    side = 24
    picture = Image.new("RGBA", (side, side))
    for k in range(side * side):
        x, y = (k % side + 0.5) / side - 0.5, (k // side + 0.5) / side - 0.5
        at = 0.5 + (x * across + y * down) / reach if line is not None else 2 * max(abs(x), abs(y))
        picture.putpixel((k % side, k // side), _between(stops, at))
    return picture


def _between(stops: list[tuple[float, str, float]], at: float) -> tuple[int, int, int, int]:
    """Return red, green, blue and opacity at a place of a gradient."""
    before = next((stop for stop in reversed(stops) if stop[0] <= at), stops[0] if stops else (0.0, *NO_COLOR))
    after = next((stop for stop in stops if stop[0] > at), before)
    gap = after[0] - before[0]
    share = (at - before[0]) / gap if gap > 0 else 0.0
    ends = [[*(int(stop[1][k : k + 2], 16) for k in (0, 2, 4)), 255 * stop[2]] for stop in (before, after)]
    r, g, b, a = (round(one + (other - one) * share) for one, other in zip(*ends, strict=True))
    return r, g, b, a


def _cropped(picture: Image | None, crop: Node | None) -> Image | None:
    if picture is None or crop is None:
        return picture
    left, top, right, bottom = (min(0.9, max(0.0, whole(crop, key) / 100_000)) for key in "ltrb")
    w, h = picture.size
    box = (round(left * w), round(top * h), round((1 - right) * w), round((1 - bottom) * h))
    return picture.crop(box) if box[2] > box[0] and box[3] > box[1] else picture


# ---------------------------------------------------------------- outlines
def _corners(box: Box) -> Outline:
    return [(box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom)]


def _outline(box: Box, properties: Node) -> Outline:
    """Return the outline of a shape; a preset that isn't known is a rectangle."""
    paths = properties.find("a:custGeom/a:pathLst", NAMESPACES)
    if paths is not None:
        return [point for path in paths for point in _path(box, path)] or _corners(box)
    preset = properties.find("a:prstGeom", NAMESPACES)
    name = preset.get("prst", "rect") if preset is not None else "rect"
    x, y, w, h = box.x, box.y, box.w, box.h
    if name == "ellipse":
        turns = (2 * math.pi * k / ROUND_PIECES for k in range(ROUND_PIECES))
        return [(x + w / 2 * (1 + math.cos(turn)), y + h / 2 * (1 + math.sin(turn))) for turn in turns]
    known: dict[str, Outline] = {
        "triangle": [(x, y + h), (x + w / 2, y), (x + w, y + h)],
        "rtTriangle": [(x, y), (x, y + h), (x + w, y + h)],
        "diamond": [(x + w / 2, y), (x + w, y + h / 2), (x + w / 2, y + h), (x, y + h / 2)],
        "parallelogram": [(x + min(w, h) / 4, y), (x + w, y), (x + w - min(w, h) / 4, y + h), (x, y + h)],
    }
    return known.get(name, _corners(box))


def _path(box: Box, path: Node) -> Iterator[tuple[float, float]]:
    """Yield the corners of a path; curves are made of straight pieces."""
    across, down = box.w / (whole(path, "w") or box.w or 1), box.h / (whole(path, "h") or box.h or 1)
    last = (float(box.x), float(box.y))
    for step in path:
        points = [
            (box.x + whole(pt, "x") * across, box.y + whole(pt, "y") * down) for pt in step.iterfind("a:pt", NAMESPACES)
        ]
        if not points:
            continue
        yield from _curve([last, *points]) if len(points) > 1 else points
        last = points[-1]


def _curve(points: Outline) -> Iterator[tuple[float, float]]:
    """Yield points of a Bézier curve of any degree, without its first one."""
    for k in range(1, BEND + 1):
        share, line = k / BEND, points
        while len(line) > 1:
            line = [(a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share) for a, b in pairwise(line)]
        yield line[0]


def _turned(shape: Node, box: Box, outline: Outline) -> Outline:
    """Return the outline of a shape that is turned or mirrored."""
    form = shape.find("p:spPr/a:xfrm", NAMESPACES)
    if form is None:
        return outline
    x, y = box.x + box.w / 2, box.y + box.h / 2
    turn = math.radians(whole(form, "rot") / 60_000)
    across, down = (-1 if form.get(key) in ("1", "true") else 1 for key in ("flipH", "flipV"))
    if not turn and across == down == 1:
        return outline
    cos, sin = math.cos(turn), math.sin(turn)
    found = []
    for a, b in outline:
        dx, dy = (a - x) * across, (b - y) * down
        found.append((x + dx * cos - dy * sin, y + dx * sin + dy * cos))
    return found
