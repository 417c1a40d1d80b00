"""Shapes of a deck: their kind, place and text, and what placeholders inherit."""

from __future__ import annotations

from collections.abc import Iterator

from workshop.files.package_file import NAMESPACES, Node, PackageFile, whole
from workshop.files.schema import selected
from workshop.model.theme import Box

# Shapes of a slide, and what they inherit from layout and master.
TITLES = frozenset({"title", "ctrTitle"})
FOOT = frozenset({"ftr", "sldNum", "dt"})
NOWHERE = "4294967295"  # what PowerPoint writes for a placeholder that the layout doesn't have any more
PLAIN = 18.0  # point size of text that inherits nothing
A, C, M, P, R = (f"{{{NAMESPACES[prefix]}}}" for prefix in "acmpr")


def own_properties(shape: Node) -> Node | None:
    """Return ``p:cNvPr`` of a shape."""
    return shape.find("*/p:cNvPr", NAMESPACES)


def placeholder_of(shape: Node) -> Node | None:
    """Return ``p:ph`` of a shape that is a placeholder."""
    return shape.find("*/p:nvPr/p:ph", NAMESPACES)


def text_of(shape: Node) -> str:
    """Return the characters in a shape, paragraphs joined by spaces."""
    said = ("".join(node.text or "" for node in p.iter(f"{A}t", f"{M}t")) for p in paragraphs_of(shape))
    return " ".join(filter(None, (" ".join(text.split()) for text in said)))


def paragraphs_of(shape: Node) -> list[Node]:
    """Return the paragraphs of a shape that have text."""
    found: list[Node] = selected(shape, ".//a:p[.//a:t or .//m:t]")
    return found


def kind_of(placeholder: Node) -> str:
    """Return the kind of a placeholder, such as "title" or "body"."""
    return str(placeholder.get("type", "obj"))


def _family(kind: str) -> str:
    """Return the master's placeholder that a layout's inherits from."""
    if kind in TITLES:
        return "title"
    return kind if kind in FOOT else "body"


class Inherited:
    """The layout and master from which a slide's placeholders inherit places and sizes.

    Args:
        package: the package.
        slide: part name of the slide.
    """

    def __init__(self, package: PackageFile, slide: str) -> None:
        layout = package.related(slide, "slideLayout")
        master = package.related(layout, "slideMaster") if layout else ""
        self._layout = self._shapes(package, layout)
        self._master = self._shapes(package, master)
        self._is_known = package.is_read(layout)
        self._styles = package.tree(master).find("p:txStyles", NAMESPACES) if master else None

    @staticmethod
    def _shapes(package: PackageFile, part: str) -> list[tuple[Node, Node]]:
        if not part:
            return []
        shapes = package.tree(part).iterfind("p:cSld/p:spTree/p:sp", NAMESPACES)
        return [(ph, shape) for shape in shapes if (ph := placeholder_of(shape)) is not None]

    def has_place_for(self, placeholder: Node) -> bool:
        """Whether the layout has the placeholder that one of the slide names by its number."""
        idx = placeholder.get("idx", "")
        by_name = idx in ("", NOWHERE) or kind_of(placeholder) in TITLES | FOOT
        return by_name or not self._is_known or any(own.get("idx", "0") == idx for own, _ in self._layout)

    def chain(self, shape: Node) -> Iterator[Node]:
        """Yield the shape, then the layout's and the master's placeholder that it inherits from."""
        yield shape
        own = placeholder_of(shape)
        if own is None:
            return
        kind, idx = kind_of(own), own.get("idx", "0")
        same = [(ph, s) for ph, s in self._layout if ph.get("idx", "0") == idx]
        alike = [s for ph, s in same if _family(kind_of(ph)) == _family(kind)]  # a body without idx isn't a title
        found = next(iter(alike), same[0][1] if same else None)
        if found is None and kind in TITLES | FOOT:
            found = next((s for ph, s in self._layout if _family(kind_of(ph)) == _family(kind)), None)
        if found is not None:
            yield found
            behind = placeholder_of(found)
            kind = kind_of(behind) if behind is not None else kind
        above = next((s for ph, s in self._master if kind_of(ph) == _family(kind)), None)
        if above is not None:
            yield above

    def box(self, shape: Node) -> Box | None:
        """Return the box of a shape; ``None`` if it is rotated or has no position."""
        for one in self.chain(shape):
            place = next(
                (one.find(path, NAMESPACES) for path in _PLACES if one.find(path, NAMESPACES) is not None), None
            )
            if place is None:
                continue
            offset, extent = place.find("a:off", NAMESPACES), place.find("a:ext", NAMESPACES)
            if offset is None or extent is None or place.get("rot", "0") != "0":
                return None
            return Box(*(whole(node, key) for node, key in _corners(offset, extent)))
        return None

    def size(self, shape: Node, level: int) -> float:
        """Return the inherited point size of text on a level (from 0)."""
        path = f"a:lvl{level + 1}pPr/a:defRPr"
        for one in self.chain(shape):
            look = one.find(f"p:txBody/a:lstStyle/{path}", NAMESPACES)
            if look is not None and look.get("sz"):
                return whole(look, "sz", 1800) / 100
        own = placeholder_of(shape)
        if own is None or self._styles is None:
            return PLAIN
        style = {"title": "titleStyle", "body": "bodyStyle"}.get(_family(kind_of(own)), "otherStyle")
        look = self._styles.find(f"p:{style}/{path}", NAMESPACES)
        return whole(look, "sz", 1800) / 100

    def spacing(self, shape: Node, level: int) -> float:
        """Return the inherited space between letters on a level, in points."""
        path = f"p:txBody/a:lstStyle/a:lvl{level + 1}pPr/a:defRPr"
        looks = (one.find(path, NAMESPACES) for one in self.chain(shape))
        return next((whole(look, "spc") / 100 for look in looks if look is not None and look.get("spc")), 0.0)


_PLACES = ("p:spPr/a:xfrm", "p:xfrm", "p:grpSpPr/a:xfrm")


def _corners(offset: Node, extent: Node) -> tuple[tuple[Node, str], ...]:
    return (offset, "x"), (offset, "y"), (extent, "cx"), (extent, "cy")


def placed_in(tree: Node, inherited: Inherited) -> Iterator[tuple[Node, Box | None]]:
    """Yield the shapes of a slide, including those in groups, and their boxes on the slide."""
    for shape in tree:
        if own_properties(shape) is None:
            continue
        if shape.tag != f"{P}grpSp":
            yield shape, inherited.box(shape)
            continue
        outer, inner = inherited.box(shape), _inner(shape)
        for child, box in placed_in(shape, inherited):
            yield child, _moved(box, inner, outer) if box and inner and outer else None


def _inner(group: Node) -> Box | None:
    """Return the rectangle in a group's own coordinates that corresponds to its box on the slide."""
    offset, extent = (group.find(f"p:grpSpPr/a:xfrm/a:ch{part}", NAMESPACES) for part in ("Off", "Ext"))
    if offset is None or extent is None:
        return None
    return Box(*(whole(node, key) for node, key in _corners(offset, extent)))


def _moved(box: Box, inner: Box, outer: Box) -> Box:
    across, along = (outer.w / inner.w if inner.w else 1.0), (outer.h / inner.h if inner.h else 1.0)
    x, y = outer.x + (box.x - inner.x) * across, outer.y + (box.y - inner.y) * along
    return Box(round(x), round(y), round(box.w * across), round(box.h * along))
