"""What a user's template has behind every slide: background, shapes and pictures of master and layout, foot."""

from __future__ import annotations

import math
from collections.abc import Iterator

from msgspec import Struct, field

from workshop.files.package_file import NAMESPACES, Node, PackageFile, read_package, whole
from workshop.files.presentation_colors import Scheme, paint_of, scheme_of
from workshop.files.slide_frames import SLIDE, Frame, box_of, inside, moved
from workshop.inputs.pictures import SVG, PictureError, checked_picture
from workshop.layout.measure import Style
from workshop.model.blocks import Run
from workshop.model.theme import Box, Paint
from workshop.render.svg.pen import Pen, image, number, place, pt, window
from workshop.render.svg.svg_text import Paragraph, Setting, text

_P = f"{{{NAMESPACES['p']}}}"
_R = f"{{{NAMESPACES['r']}}}embed"
USUAL_LINE, USUAL_SIZE = 9_525, 18.0  # EMU, points
ROUND = 0.16667  # radius of rounded corners, relative to the shorter side
INSET, INSET_Y = 91_440, 45_720
TITLES = ("title", "ctrTitle")
NO_FILL = 'fill="none"'
ALIGN = {"ctr": "ctr", "r": "r"}


class Layer(Struct, kw_only=True):
    """A master or a layout: its tree, with what is needed to resolve colours and pictures."""

    package: PackageFile
    part: str
    scheme: Scheme

    @property
    def root(self) -> Node:
        """The parsed part."""
        return self.package.tree(self.part)

    def picture(self, owner: Node | None) -> tuple[bytes, str] | None:
        """Return the bytes and media type of the picture of a fill; ``None`` if no browser shows it."""
        blip = owner.find(".//a:blip", NAMESPACES) if owner is not None else None
        target = next(
            (r.target for r in self.package.relations(self.part) if blip is not None and r.id == blip.get(_R)), ""
        )
        if not target or target not in self.package.blobs:
            return None
        try:
            found = checked_picture(self.package.blobs[target], again=True)
        except PictureError:
            return None
        return (found.bitmap, "image/png") if found.kind == SVG else (found.blob, found.media_type)


class Grounds(Struct):
    """The grounds of a template's layouts, each drawn once.

    Attributes:
        blob: the template's package.
    """

    blob: bytes
    drawn: dict[str, str] = field(default_factory=dict)
    _package: PackageFile | None = None

    @property
    def package(self) -> PackageFile:
        """The opened package."""
        if self._package is None:
            self._package = read_package(self.blob)
        return self._package

    def layers(self, part: str) -> tuple[Layer, Layer]:
        """Return the master and the layout in a part."""
        above = self.package.related(part, "slideMaster")
        master, theme = self.package.tree(above), self.package.related(above, "theme")
        mapping = self.package.tree(part).find("p:clrMapOvr/a:overrideClrMapping", NAMESPACES)
        usual = scheme_of(self.package.tree(theme) if theme else None, master.find("p:clrMap", NAMESPACES))
        own = scheme_of(self.package.tree(theme), mapping) if theme and mapping is not None else usual
        return (
            Layer(package=self.package, part=above, scheme=own),
            Layer(package=self.package, part=part, scheme=own),
        )

    def of(self, pen: Pen, part: str, size: Box) -> str:
        """Return everything behind a slide of a layout."""
        if part not in self.drawn:
            master, layout = self.layers(part)
            parts = [_background(pen, layer, size) for layer in (layout, master)]
            parts = [next(filter(None, parts), "")]
            if layout.root.get("showMasterSp") not in ("0", "false"):
                parts += _shapes(pen, master, _tree(master), SLIDE)
            parts += _shapes(pen, layout, _tree(layout), SLIDE)
            self.drawn[part] = "".join(parts)
        return self.drawn[part]

    def foot(self, pen: Pen, part: str, kind: str, idx: int, words: str) -> str:
        """Return the words of a footer or of a slide number in the place that the layout, or else the master, gives it."""
        master, layout = self.layers(part)
        holders = [h for layer in (layout, master) for h in _holders(layer, kind, idx if layer is layout else None)]
        box = next(filter(None, map(box_of, holders)), None)
        return _words(pen, layout, holders, box, words) if box is not None else ""

    def color(self, part: str, kind: str, idx: int) -> str:
        """Return the colour that text of level one has in a placeholder: "#" and six hex digits; "" if nothing says it."""
        master, layout = self.layers(part)
        family = "title" if kind in TITLES else "body"
        style = master.root.find(f"p:txStyles/p:{family}Style", NAMESPACES)
        own = [*_holders(layout, kind, idx if family == "body" else None), *_holders(master, family, None)]
        levels = [node.find("p:txBody/a:lstStyle", NAMESPACES) for node in own] + [style]
        fills = (node.find("a:lvl1pPr/a:defRPr/a:solidFill", NAMESPACES) for node in levels if node is not None)
        return next((found[0] for fill in fills if (found := _hex(layout, fill))), "")


def _tree(layer: Layer) -> Node:
    found = layer.root.find("p:cSld/p:spTree", NAMESPACES)
    assert found is not None
    return found


def _holders(layer: Layer, kind: str, idx: int | None) -> Iterator[Node]:
    for shape in _tree(layer).iter(f"{_P}sp"):
        mark = shape.find("p:nvSpPr/p:nvPr/p:ph", NAMESPACES)
        if mark is not None and mark.get("type", "obj") == kind and (idx is None or whole(mark, "idx") == idx):
            yield shape


def _hex(layer: Layer, fill: Node | None) -> tuple[str, float] | None:
    paint = paint_of(fill)
    if paint is None or fill is None:
        return None
    alpha = fill.find("*/a:alpha", NAMESPACES)
    return f"#{layer.scheme.hex(paint)}", whole(alpha, "val", 100_000) / 100_000 if alpha is not None else 1.0


def _painted(what: str, found: tuple[str, float]) -> str:
    color, opacity = found
    return f'{what}="{color}"' + (f' {what}-opacity="{opacity:g}"' if opacity < 1 else "")


def _fill(layer: Layer, properties: Node, style: Node | None, name: str) -> tuple[str, str]:
    """Return the definition of a gradient, if there is one, and the attributes of a fill; "" for none."""
    if properties.find("a:noFill", NAMESPACES) is not None:
        return "", ""
    solid = _hex(layer, properties.find("a:solidFill", NAMESPACES))
    if solid is not None:
        return "", _painted("fill", solid)
    gradient = properties.find("a:gradFill", NAMESPACES)
    if gradient is not None:
        return _gradient(layer, gradient, name), f'fill="url(#{name})"'
    by_style = _hex(layer, style.find("a:fillRef", NAMESPACES)) if style is not None else None
    used = style is not None and whole(style.find("a:fillRef", NAMESPACES), "idx") > 0
    return "", _painted("fill", by_style) if by_style and used else ""


def _gradient(layer: Layer, gradient: Node, name: str) -> str:
    turn = math.radians(whole(gradient.find("a:lin", NAMESPACES), "ang") / 60_000)
    x, y = math.cos(turn) / 2, math.sin(turn) / 2
    ends = f'x1="{0.5 - x:.3f}" y1="{0.5 - y:.3f}" x2="{0.5 + x:.3f}" y2="{0.5 + y:.3f}"'
    stops = []
    for stop in gradient.findall("a:gsLst/a:gs", NAMESPACES):
        found = _hex(layer, stop) or ("#FFFFFF", 1.0)
        stops.append((whole(stop, "pos"), f'stop-color="{found[0]}" stop-opacity="{found[1]:g}"'))
    made = "".join(f'<stop offset="{number(at / 1000)}%" {look}/>' for at, look in sorted(stops))
    return f'<linearGradient id="{name}" {ends}>{made}</linearGradient>'


def _background(pen: Pen, layer: Layer, size: Box) -> str:
    """Return a part's own background; "" if it has none."""
    own = layer.root.find("p:cSld/p:bg/p:bgPr", NAMESPACES)
    if own is None:
        found = _hex(layer, layer.root.find("p:cSld/p:bg/p:bgRef", NAMESPACES))
        return f"<rect {place(size)} {_painted('fill', found)}/>" if found else ""
    picture = layer.picture(own.find("a:blipFill", NAMESPACES))
    if picture is not None:
        return image(size, pen.blob(*picture))
    defined, fill = _fill(layer, own, None, _name(layer, "bg"))
    return f"{defined}<rect {place(size)} {fill}/>" if fill else ""


def _name(layer: Layer, what: str) -> str:
    return "g-" + "".join(c if c.isalnum() else "-" for c in f"{layer.part}-{what}")


def _shapes(pen: Pen, layer: Layer, tree: Node, frame: Frame) -> Iterator[str]:
    """Yield what is drawn; ``frame`` converts a group's coordinates to the slide's."""
    for shape in tree:
        kind = str(shape.tag).removeprefix(_P)
        if kind == "grpSp":
            yield from _shapes(pen, layer, shape, inside(shape, frame))
        elif (
            kind in ("sp", "pic", "cxnSp")
            and shape.find(f"p:nv{kind[0].upper()}{kind[1:]}Pr/p:nvPr/p:ph", NAMESPACES) is None
        ):
            box, properties = box_of(shape), shape.find("p:spPr", NAMESPACES)
            if box is not None and properties is not None:
                yield _turned(shape, moved(box, frame), _shape(pen, layer, shape, properties, moved(box, frame)))


def _shape(pen: Pen, layer: Layer, shape: Node, properties: Node, box: Box) -> str:
    picture = layer.picture(shape.find("p:blipFill", NAMESPACES)) or layer.picture(
        properties.find("a:blipFill", NAMESPACES)
    )
    if picture is not None:
        crop = shape.find("p:blipFill/a:srcRect", NAMESPACES)
        return _cropped(box, pen.blob(*picture), crop)
    mark = shape.find(".//p:cNvPr", NAMESPACES)
    style = shape.find("p:style", NAMESPACES)
    defined, fill = _fill(layer, properties, style, _name(layer, mark.get("id", "") if mark is not None else ""))
    outline = _outline(box, properties)
    look = f"{fill or NO_FILL} {_stroke(layer, properties, style)}"
    drawn = f"{defined}{outline.replace('/>', f' {look}/>', 1)}" if fill or "stroke=" in look else ""
    written = "\v".join(
        "".join(t.text or "" for t in p.iter(f"{{{NAMESPACES['a']}}}t"))
        for p in shape.iterfind("p:txBody/a:p", NAMESPACES)
    )
    return drawn + (_words(pen, layer, [shape], box, written) if written.strip() else "")


def _stroke(layer: Layer, properties: Node, style: Node | None) -> str:
    line = properties.find("a:ln", NAMESPACES)
    found = _hex(layer, line.find("a:solidFill", NAMESPACES)) if line is not None else None
    bare = line is not None and line.find("a:noFill", NAMESPACES) is not None
    if found is None and not bare and style is not None and whole(style.find("a:lnRef", NAMESPACES), "idx") > 0:
        found = _hex(layer, style.find("a:lnRef", NAMESPACES))
    return f'{_painted("stroke", found)} stroke-width="{pt(whole(line, "w", USUAL_LINE))}"' if found else ""


def _outline(box: Box, properties: Node) -> str:
    """Return the outline of a shape without its look; a preset that isn't known is drawn as a rectangle."""
    own = properties.find("a:custGeom/a:pathLst", NAMESPACES)
    if own is not None:
        return f'<path d="{" ".join(_path(box, path) for path in own)}"/>'
    preset = properties.find("a:prstGeom", NAMESPACES)
    name = preset.get("prst", "rect") if preset is not None else "rect"
    x, y, w, h = box.x, box.y, box.w, box.h
    corners = {
        "triangle": ((x, y + h), (x + w / 2, y), (x + w, y + h)),
        "rtTriangle": ((x, y), (x, y + h), (x + w, y + h)),
        "line": ((x, y), (x + w, y + h)),
        "straightConnector1": ((x, y), (x + w, y + h)),
        "diamond": ((x + w / 2, y), (x + w, y + h / 2), (x + w / 2, y + h), (x, y + h / 2)),
    }.get(name)
    if corners:
        return f'<polygon points="{" ".join(f"{pt(a)},{pt(b)}" for a, b in corners)}"/>'
    if name == "ellipse":
        return f'<ellipse cx="{pt(x + w / 2)}" cy="{pt(y + h / 2)}" rx="{pt(w / 2)}" ry="{pt(h / 2)}"/>'
    rounded = f' rx="{pt(ROUND * min(w, h))}"' if name == "roundRect" else ""
    return f"<rect {place(box)}{rounded}/>"


def _path(box: Box, path: Node) -> str:
    across, down = box.w / (whole(path, "w") or box.w or 1), box.h / (whole(path, "h") or box.h or 1)
    out = []
    for step in path:
        letter = {"moveTo": "M", "lnTo": "L", "cubicBezTo": "C", "quadBezTo": "Q", "close": "Z"}.get(
            str(step.tag).rpartition("}")[2], ""
        )
        points = [
            (box.x + whole(p, "x") * across, box.y + whole(p, "y") * down) for p in step.iterfind("a:pt", NAMESPACES)
        ]
        if letter:
            out.append(letter + " ".join(f"{pt(x)} {pt(y)}" for x, y in points))
    return " ".join(out)


def _cropped(box: Box, address: str, crop: Node | None) -> str:
    left, top, right, bottom = (whole(crop, key) / 100_000 if crop is not None else 0.0 for key in "ltrb")
    if not any((left, top, right, bottom)) or left + right >= 1 or top + bottom >= 1:
        return image(box, address)
    return window(box, address, (left, top, right, bottom))


def _turned(shape: Node, box: Box, drawn: str) -> str:
    """Return a shape rotated and mirrored as it says."""
    form = shape.find("p:spPr/a:xfrm", NAMESPACES)
    angle, x, y = whole(form, "rot") / 60_000, (box.x + box.w / 2), (box.y + box.h / 2)
    flips = [-1 if form is not None and form.get(key) in ("1", "true") else 1 for key in ("flipH", "flipV")]
    if not drawn or (not angle and flips == [1, 1]):
        return drawn
    moves = (
        f"translate({pt(x)} {pt(y)}) rotate({number(angle)}) scale({flips[0]} {flips[1]}) translate({pt(-x)} {pt(-y)})"
    )
    return f'<g transform="{moves}">{drawn}</g>'


def _words(pen: Pen, layer: Layer, shapes: list[Node], box: Box, words: str) -> str:
    """Return the words of a shape; each property comes from the first of ``shapes`` that has it."""
    looks = [
        n for s in shapes for path in (".//a:r/a:rPr", ".//a:lvl1pPr/a:defRPr") for n in s.iterfind(path, NAMESPACES)
    ]
    size = next((whole(n, "sz") / 100 for n in looks if n.get("sz")), USUAL_SIZE)
    color = next(
        (c[0] for n in looks if (c := _hex(layer, n.find("a:solidFill", NAMESPACES)))),
        f"#{layer.scheme.hex(Paint('tx1'))}",
    )
    sides = [
        n.get("algn", "")
        for s in shapes
        for path in (".//a:p/a:pPr", ".//a:lvl1pPr")
        for n in s.iterfind(path, NAMESPACES)
    ]
    frames = [n for s in shapes if (n := s.find("p:txBody/a:bodyPr", NAMESPACES)) is not None]
    anchor = next((a for n in frames if (a := n.get("anchor"))), "t")
    bold = next((n.get("b") in ("1", "true") for n in looks if n.get("b")), False)
    inner = Box(box.x + INSET, box.y + INSET_Y, box.w - 2 * INSET, box.h - 2 * INSET_Y)
    setting = Setting(style=Style(bold=bold), anchor=anchor, align=ALIGN.get(next(filter(None, sides), "l"), "l"))
    return text(pen, inner, (Paragraph(runs=(Run(words),), size=size, color=color),), setting)
