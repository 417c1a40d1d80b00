"""Checks of the places of shapes and the sizes of their text, including what they inherit from layout and master."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice

from workshop.errors import Report
from workshop.files.package_file import NAMESPACES, Node, PackageFile, whole
from workshop.files.schema import selected
from workshop.model.theme import EMU_PER_POINT, Box, inches

TITLES = frozenset({"title", "ctrTitle"})
FOOT = frozenset({"ftr", "sldNum", "dt"})
SOURCE_IDX = "14"  # our layouts' source line
NOWHERE = "4294967295"  # what PowerPoint writes for a placeholder that the layout doesn't have any more
LOW = 0.8  # share of the slide's height: a text box that begins below it counts as a source line
FLOOR, SMALL_FLOOR = 18.0, 12.0  # smallest point sizes: of the body; of source line, footer and slide number
PLAIN = 18.0  # point size of text that inherits nothing
SLACK = inches(0.03)
MOST_PAIRS = 10  # most overlaps that are reported: nobody reads more, and there can be millions
_P, _A, _M = (f"{{{NAMESPACES[prefix]}}}" for prefix in "pam")


def own_properties(shape: Node) -> Node | None:
    """Return ``p:cNvPr`` of a shape."""
    return shape.find("*/p:cNvPr", NAMESPACES)


def placeholder_of(shape: Node) -> Node | None:
    """Return ``p:ph`` of a shape that is a placeholder."""
    return shape.find("*/p:nvPr/p:ph", NAMESPACES)


def text_of(shape: Node) -> str:
    """Return the characters in a shape, paragraphs joined by spaces."""
    said = ("".join(node.text or "" for node in p.iter(f"{_A}t", f"{_M}t")) for p in paragraphs_of(shape))
    return " ".join(filter(None, (" ".join(text.split()) for text in said)))


def paragraphs_of(shape: Node) -> list[Node]:
    """Return the paragraphs of a shape that have text."""
    found: list[Node] = selected(shape, ".//a:p[.//a:t or .//m:t]")
    return found


def _kind(placeholder: Node) -> str:
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
        by_name = idx in ("", NOWHERE) or _kind(placeholder) in TITLES | FOOT
        return by_name or any(own.get("idx", "0") == idx for own, _ in self._layout)

    def chain(self, shape: Node) -> Iterator[Node]:
        """Yield the shape, then the layout's and the master's placeholder that it inherits from."""
        yield shape
        own = placeholder_of(shape)
        if own is None:
            return
        kind, idx = _kind(own), own.get("idx", "0")
        same = [(ph, s) for ph, s in self._layout if ph.get("idx", "0") == idx]
        alike = [s for ph, s in same if _family(_kind(ph)) == _family(kind)]  # a body without idx isn't a title
        found = next(iter(alike), same[0][1] if same else None)
        if found is None and kind in TITLES | FOOT:
            found = next((s for ph, s in self._layout if _family(_kind(ph)) == _family(kind)), None)
        if found is not None:
            yield found
            behind = placeholder_of(found)
            kind = _kind(behind) if behind is not None else kind
        above = next((s for ph, s in self._master if _kind(ph) == _family(kind)), None)
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
        style = {"title": "titleStyle", "body": "bodyStyle"}.get(_family(_kind(own)), "otherStyle")
        look = self._styles.find(f"p:{style}/{path}", NAMESPACES)
        return whole(look, "sz", 1800) / 100


_PLACES = ("p:spPr/a:xfrm", "p:xfrm", "p:grpSpPr/a:xfrm")


def _corners(offset: Node, extent: Node) -> tuple[tuple[Node, str], ...]:
    return (offset, "x"), (offset, "y"), (extent, "cx"), (extent, "cy")


def check_places(
    slide: Node, place: str, inherited: Inherited, size: tuple[int, int], package: PackageFile, report: Report
) -> None:
    """Report text below the smallest sizes, text outside the slide, and text boxes that overlap.

    Args:
        slide: its XML.
        place: its name in messages.
        inherited: its layout and master.
        size: width and height of the deck's slides in EMU.
        package: the package, for the name of the file.
        report: where problems go.
    """
    tree = slide.find("p:cSld/p:spTree", NAMESPACES)
    boxes: list[tuple[str, Box]] = []
    for shape, box in _placed(tree, inherited) if tree is not None else ():
        words = text_of(shape)
        _check_sizes(shape, place, inherited, size[1], package, report)
        if box is None or not (words or shape.tag == f"{_P}graphicFrame"):
            continue
        name = _short(words) or str(own_properties(shape).get("name", ""))  # type: ignore[union-attr]
        if box.x < -EMU_PER_POINT or box.y < -EMU_PER_POINT or _beyond(box, size):
            report.warn(f"{place}: {name!r} reaches outside the slide", package.at, "move or shrink it", "outside")
        boxes.append((name, box))
    over = ((first, second) for (first, a), (second, b) in combinations(boxes, 2) if a.overlaps(b, SLACK))
    for first, second in islice(over, MOST_PAIRS):
        report.warn(f"{place}: {first!r} and {second!r} overlap", package.at, "move one", "overlap")
    if next(over, None):
        report.warn(f"{place}: more shapes overlap", package.at, "move those first, then check again", "overlap")


def _placed(tree: Node, inherited: Inherited) -> Iterator[tuple[Node, Box | None]]:
    """Yield the shapes of a slide, including those in groups, and their boxes on the slide."""
    for shape in tree:
        if own_properties(shape) is None:
            continue
        if shape.tag != f"{_P}grpSp":
            yield shape, inherited.box(shape)
            continue
        outer, inner = inherited.box(shape), _inner(shape)
        for child, box in _placed(shape, inherited):
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


def _beyond(box: Box, size: tuple[int, int]) -> bool:
    return box.right > size[0] + EMU_PER_POINT or box.bottom > size[1] + EMU_PER_POINT


def _short(words: str) -> str:
    return words if len(words) <= 32 else words[:31] + "…"


def _is_small(shape: Node, inherited: Inherited, height: int) -> bool:
    """Whether a text is a footer, a slide number or a source line at the foot, which may be smaller."""
    placeholder = placeholder_of(shape)
    if placeholder is not None:
        return _kind(placeholder) in FOOT or placeholder.get("idx") == SOURCE_IDX
    box = inherited.box(shape)
    return box is not None and shape.tag == f"{_P}sp" and box.y >= LOW * height


def _check_sizes(
    shape: Node, place: str, inherited: Inherited, height: int, package: PackageFile, report: Report
) -> None:
    small = _is_small(shape, inherited, height)
    floor = SMALL_FLOOR if small else FLOOR
    fit = shape.find("p:txBody/a:bodyPr/a:normAutofit", NAMESPACES)
    scale = whole(fit, "fontScale", 100_000) / 100_000
    under: list[tuple[float, str]] = []
    for paragraph in paragraphs_of(shape):
        look = paragraph.find("a:pPr", NAMESPACES)
        level = whole(look, "lvl")
        for run in paragraph.iter(f"{_A}r", f"{_M}r"):
            own = run.find("a:rPr", NAMESPACES)
            text = "".join(node.text or "" for node in run.iter(f"{_A}t", f"{_M}t")).strip()
            points = (whole(own, "sz") / 100 or inherited.size(shape, level)) * scale
            if text and points < floor - 0.05:
                under.append((points, text))
    if under:
        points, text = min(under)
        report.warn(
            f"{place}: {_short(text)!r} is {points:g} pt",
            package.at,
            f"text under {floor:g} pt can't be read from the back; cut words or split the slide",
            "small-text",
        )
