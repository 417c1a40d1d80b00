"""Drawing what a template has behind the placeholders of a layout, small: background, shapes and pictures of master and layout."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct, field

from workshop.files.colors import Scheme, paint_of, stepped
from workshop.files.package_file import NAMESPACES, Node, PackageFile, whole
from workshop.files.places import SLIDE, Frame, box_of, inside, moved
from workshop.inputs.pictures import SVG, PictureError, checked_picture
from workshop.model.theme import Box, Paint
from workshop.templates.backdrop import Backdrop, Canvas

if TYPE_CHECKING:
    from PIL.Image import Image

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
        picture = part.pictures.of(owner, fill.find("a:blip", NAMESPACES))
        part.canvas.fill(
            _cropped(picture, fill.find("a:srcRect", NAMESPACES)), outline, 1.0, ground=ground, bitmap=True
        )
        return True
    pattern = properties.find("a:pattFill", NAMESPACES)
    if pattern is not None:
        color, opacity = _color(part.scheme, pattern.find("a:bgClr", NAMESPACES), style)
        part.canvas.fill(color, outline, opacity, ground=ground)
    return pattern is not None


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
