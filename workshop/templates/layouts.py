"""The layouts of a template as data: placeholders with inherited properties, decoration, background, foot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from workshop.files.colors import Scheme, paint_of, scheme_of
from workshop.files.package_file import NAMESPACES, Node, whole
from workshop.files.places import SLIDE, Frame, box_of, inside, moved
from workshop.model.theme import Box, Paint
from workshop.templates.file import TemplateFile, layout_parts
from workshop.templates.look import TextLook, fonts_of, text_look

TITLES = frozenset({"title", "ctrTitle"})
FOOT = ("ftr", "sldNum", "dt")
LOST = 4_294_967_295  # idx of a placeholder that no longer belongs to a layout
_P = f"{{{NAMESPACES['p']}}}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A placeholder of a layout with its inherited properties.

    Attributes:
        type: as in ``p:ph``: "title", "ctrTitle", "subTitle", "body", "obj", "chart", "tbl", "pic", "ftr", …
        text: its own words (a footer's are meant to be on slides).
    """

    type: str
    idx: int
    name: str
    box: Box
    look: TextLook
    fill: Paint | None = None
    text: str = ""
    upright: bool = True

    @property
    def area(self) -> int:
        """Its area in square EMU."""
        return self.box.w * self.box.h


@dataclass(frozen=True, slots=True)
class Layer:
    """A drawn object of a layout or master; ``color`` is ``None`` for a picture or gradient."""

    box: Box
    color: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateLayout:
    """One layout of a template.

    Attributes:
        number: its position among all layouts of the file, from 1.
        kind: the file's own ``type``, which doesn't depend on the language; "" if it has none.
        holders: placeholders that slides fill; ``foot`` has those for date, footer and number.
        layers: drawn objects from back to front, beginning with the background.
    """

    number: int
    name: str
    part: str
    master: str
    kind: str
    scheme: Scheme
    holders: tuple[Holder, ...]
    foot: tuple[Holder, ...]
    layers: tuple[Layer, ...] = field(default_factory=tuple)

    @property
    def title(self) -> Holder | None:
        """The title's placeholder."""
        return next((h for h in self.holders if h.type in TITLES), None)

    @property
    def contents(self) -> tuple[Holder, ...]:
        """All placeholders except the title, from the top left."""
        return tuple(h for h in self.holders if h.type not in TITLES)

    def ground(self, box: Box) -> str | None:
        """Return the colour behind most of a box, or ``None`` if that is a picture or a gradient."""
        found: str | None = None
        for layer in self.layers:
            if _covers(layer.box, box):
                found = layer.color
        return found


def _covers(over: Box, under: Box) -> bool:
    w = min(over.right, under.right) - max(over.x, under.x)
    h = min(over.bottom, under.bottom) - max(over.y, under.y)
    return w > 0 and h > 0 and w * h >= 0.5 * max(1, under.w * under.h)


def read_layouts(file: TemplateFile) -> tuple[TemplateLayout, ...]:
    """Return all layouts of all masters, in order."""
    found: list[TemplateLayout] = []
    for master in file.masters:
        for part in layout_parts(file.package, master):
            found.append(_layout(file, master, part, len(found) + 1))
    return tuple(found)


def _layout(file: TemplateFile, master: str, part: str, number: int) -> TemplateLayout:
    package = file.package
    root, above = package.tree(part), package.tree(master)
    theme_part = package.related(master, "theme")
    theme = package.tree(theme_part) if theme_part else None
    override = package.related(part, "themeOverride")
    own_map = root.find("p:clrMapOvr/a:overrideClrMapping", NAMESPACES)
    colors = package.tree(override) if override else theme
    scheme = scheme_of(colors, own_map if own_map is not None else above.find("p:clrMap", NAMESPACES))
    fonts = fonts_of(theme)
    inherited = {_key(ph): shape for ph, shape in placeholders_of(above)}
    styles = above.find("p:txStyles", NAMESPACES)
    holders: list[Holder] = []
    for ph, shape in placeholders_of(root):
        kind, idx = str(ph.get("type", "obj")), whole(ph, "idx")
        behind = inherited.get(_family(kind))
        box = box_of(shape) or (box_of(behind) if behind is not None else None)
        if box is None or idx == LOST:
            continue
        chain = [shape] if behind is None else [shape, behind]
        holders.append(
            Holder(
                type=kind,
                idx=idx,
                name=_name(shape),
                box=box,
                look=text_look(chain, styles, style_of(kind), scheme, fonts, wide=ph.get("orient") != "vert"),
                fill=_own_fill(chain),
                text=_text(shape) or (_text(behind) if behind is not None and kind in FOOT else ""),
                upright=ph.get("orient") != "vert",
            )
        )
    layers = _layers(file, root, above, scheme)
    content = root.find("p:cSld", NAMESPACES)
    name = str(content.get("name", "")) if content is not None else ""
    return TemplateLayout(
        number=number,
        name=name or f"layout {number}",
        part=part,
        master=master,
        kind=str(root.get("type", "")),
        scheme=scheme,
        holders=tuple(sorted((h for h in holders if h.type not in FOOT), key=lambda h: (h.type not in TITLES, h.box.y // 400_000, h.box.x))),
        foot=tuple(h for h in holders if h.type in FOOT),
        layers=layers,
    )  # fmt: skip


def placeholders_of(root: Node) -> Iterator[tuple[Node, Node]]:
    """Yield the mark and the shape of each placeholder of a layout or master."""
    for shape in root.iterfind("p:cSld/p:spTree//p:sp", NAMESPACES):
        mark = shape.find("p:nvSpPr/p:nvPr/p:ph", NAMESPACES)
        if mark is not None:
            yield mark, shape


def _key(ph: Node) -> str:
    return _family(str(ph.get("type", "obj")))


def _family(kind: str) -> str:
    """Return the master's placeholder that a layout's inherits from."""
    if kind in TITLES:
        return "title"
    return kind if kind in FOOT else "body"


def style_of(kind: str) -> str:
    """Return the name of the master's text style that applies."""
    return "titleStyle" if kind in TITLES else "otherStyle" if kind in FOOT else "bodyStyle"


def _name(shape: Node) -> str:
    node = shape.find("p:nvSpPr/p:cNvPr", NAMESPACES)
    return str(node.get("name", "")) if node is not None else ""


def _text(shape: Node) -> str:
    runs = shape.iterfind("p:txBody/a:p/a:r/a:t", NAMESPACES)
    return "".join(node.text or "" for node in runs).strip()


def _own_fill(chain: list[Node]) -> Paint | None:
    for shape in chain:
        properties = shape.find("p:spPr", NAMESPACES)
        if properties is None:
            continue
        if properties.find("a:noFill", NAMESPACES) is not None:
            return None
        paint = paint_of(properties.find("a:solidFill", NAMESPACES))
        if paint is not None:
            return paint
    return None


# ---------------------------------------------------------------- what is behind
def _layers(file: TemplateFile, root: Node, above: Node, scheme: Scheme) -> tuple[Layer, ...]:
    slide = Box(0, 0, file.width, file.height)
    found = [Layer(slide, _ground(root, scheme) or _ground(above, scheme) or scheme.hex(Paint("bg1")))]
    for ground in (_picture_ground(root), _picture_ground(above)):
        if ground is not None:
            if ground:
                found[0] = Layer(slide, None)
            break
    if root.get("showMasterSp") not in ("0", "false"):
        found += _drawn(above, scheme)
    return (*found, *_drawn(root, scheme))


def _picture_ground(root: Node) -> bool | None:
    """Return whether a part's own background is a picture; ``None`` if it has no background of its own."""
    own = root.find("p:cSld/p:bg/p:bgPr", NAMESPACES)
    if own is None:
        return False if root.find("p:cSld/p:bg/p:bgRef", NAMESPACES) is not None else None
    return own.find("a:blipFill", NAMESPACES) is not None


def _ground(root: Node, scheme: Scheme) -> str | None:
    own = root.find("p:cSld/p:bg/p:bgPr", NAMESPACES)
    if own is not None:
        return _filled(own, scheme)
    paint = paint_of(root.find("p:cSld/p:bg/p:bgRef", NAMESPACES))
    return scheme.hex(paint) if paint else None


def _filled(properties: Node, scheme: Scheme) -> str | None:
    """Return the colour of a solid fill, or the middle one of a gradient."""
    paint = paint_of(properties.find("a:solidFill", NAMESPACES))
    if paint is None:
        stops = properties.findall("a:gradFill/a:gsLst/a:gs", NAMESPACES)
        paint = paint_of(stops[len(stops) // 2]) if stops else None
    return scheme.hex(paint) if paint else None


def _drawn(root: Node, scheme: Scheme) -> list[Layer]:
    tree = root.find("p:cSld/p:spTree", NAMESPACES)
    return list(_shapes(tree, scheme, SLIDE)) if tree is not None else []


def _shapes(tree: Node, scheme: Scheme, frame: Frame) -> Iterator[Layer]:
    """Yield objects that can be behind text; ``frame`` converts a group's coordinates to the slide's."""
    for shape in tree:
        kind = str(shape.tag).removeprefix(_P)
        if kind == "grpSp":
            yield from _shapes(shape, scheme, inside(shape, frame))
        elif kind == "pic":
            box = box_of(shape)
            if box:
                yield Layer(moved(box, frame), None)
        elif kind == "sp" and shape.find("p:nvSpPr/p:nvPr/p:ph", NAMESPACES) is None:
            box, properties = box_of(shape), shape.find("p:spPr", NAMESPACES)
            if box is None or properties is None or properties.find("a:noFill", NAMESPACES) is not None:
                continue
            color = _filled(properties, scheme)
            if color is None:
                paint = paint_of(shape.find("p:style/a:fillRef", NAMESPACES))
                color = scheme.hex(paint) if paint and properties.find("a:blipFill", NAMESPACES) is None else None
            if color is not None or properties.find("a:blipFill", NAMESPACES) is not None:
                yield Layer(moved(box, frame), color)
