"""Checks of a package's slides: titles, alternative text, language, sizes, places, links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from itertools import combinations, islice

from msgspec import Struct

from workshop.check.package_drawn import check_charts, check_equations, check_markup
from workshop.check.package_looks import Placed, check_charts_high, check_link_colors, check_tracking
from workshop.check.package_parts import AGAIN
from workshop.errors import Report
from workshop.files.package_file import NAMESPACES, Node, PackageFile, whole
from workshop.files.schema import selected, views
from workshop.model.theme import EMU_PER_POINT, Box, inches

# ---------------------------------------------------------------- package shapes
# Checks of the places of shapes and the sizes of their text, including what they inherit from layout and master.
TITLES = frozenset({"title", "ctrTitle"})
FOOT = frozenset({"ftr", "sldNum", "dt"})
SOURCE_IDX = "14"  # our layouts' source line
NOWHERE = "4294967295"  # what PowerPoint writes for a placeholder that the layout doesn't have any more
LOW = 0.8  # share of the slide's height: a text box that begins below it counts as a source line
FLOOR, SMALL_FLOOR = 18.0, 12.0  # smallest point sizes: of the body; of source line, footer and slide number
PLAIN = 18.0  # point size of text that inherits nothing
SLACK = inches(0.03)
MOST_PAIRS = 10  # most overlaps that are reported: nobody reads more, and there can be millions
_PACKAGE_SHAPES_P, _A, _M = (f"{{{NAMESPACES[prefix]}}}" for prefix in "pam")


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
        by_name = idx in ("", NOWHERE) or _kind(placeholder) in TITLES | FOOT
        return by_name or not self._is_known or any(own.get("idx", "0") == idx for own, _ in self._layout)

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

    def spacing(self, shape: Node, level: int) -> float:
        """Return the inherited space between letters on a level, in points."""
        path = f"p:txBody/a:lstStyle/a:lvl{level + 1}pPr/a:defRPr"
        looks = (one.find(path, NAMESPACES) for one in self.chain(shape))
        return next((whole(look, "spc") / 100 for look in looks if look is not None and look.get("spc")), 0.0)


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
        small = slide.get("show") == "0" or _is_small(shape, inherited, size[1])  # a hidden slide is looked up
        _check_sizes(shape, place, inherited, package, report, small=small)
        if box is None or not (words or shape.tag == f"{_PACKAGE_SHAPES_P}graphicFrame"):
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
        if shape.tag != f"{_PACKAGE_SHAPES_P}grpSp":
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
    return box is not None and shape.tag == f"{_PACKAGE_SHAPES_P}sp" and box.y >= LOW * height


def _check_sizes(
    shape: Node, place: str, inherited: Inherited, package: PackageFile, report: Report, *, small: bool
) -> None:
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


# ---------------------------------------------------------------- package slides
_P, _R = (f"{{{NAMESPACES[prefix]}}}" for prefix in "pr")


class SlideFile(Struct, frozen=True, kw_only=True):
    """A slide: its part, the number that it shows, its XML.

    Attributes:
        written: the XML as it is written.
        root: what programs see of it that know everything in it.
        others: what other programs see, if that isn't the same.
    """

    part: str
    number: int
    written: Node
    root: Node
    others: tuple[Node, ...] = ()

    @property
    def place(self) -> str:
        """Its name in messages."""
        return f"slide {self.number}"

    def find(self, path: str) -> Iterator[Node]:
        """Yield the nodes of an XPath such as ``.//p:pic``."""
        yield from self.root.iterfind(path, NAMESPACES)


def check_slides(package: PackageFile, main: str, report: Report) -> None:
    """Report everything that is wrong with the slides."""
    size = package.tree(main).find("p:sldSz", NAMESPACES)
    width, height = whole(size, "cx", 12_192_000), whole(size, "cy", 6_858_000)
    slides = _slides(package, main)
    _check_titles(slides, package, report)
    _check_language(slides, package, report)
    for slide in slides:
        inherited = Inherited(package, slide.part)
        _check_ids(slide, package, report)
        check_markup(slide.written, slide.place, package, report)
        _check_alternatives(slide, package, report)
        _check_placeholders(slide, inherited, package, report)
        _check_tables(slide, package, report)
        _check_links(slide, {other.part for other in slides}, package, report)
        check_equations(slide.written, slide.place, package, report)
        check_charts(slide.part, slide.place, package, report)
        check_places(slide.root, slide.place, inherited, (width, height), package, report)
        placed = [*_drawn_behind(slide.part, inherited, package), *_shapes(slide.root, inherited)]
        check_charts_high(slide.place, placed, package, report)
        check_tracking(slide.place, _tracked(slide.root, inherited), package, report)
        check_link_colors(slide.part, slide.place, placed, package, report)


def _shapes(root: Node, inherited: Inherited) -> list[Placed]:
    tree = root.find("p:cSld/p:spTree", NAMESPACES)
    return [Placed(node=node, box=box) for node, box in _placed(tree, inherited)] if tree is not None else []


def _drawn_behind(part: str, inherited: Inherited, package: PackageFile) -> Iterator[Placed]:
    """Yield what the master and the layout of a slide draw on it."""
    layout = package.related(part, "slideLayout")
    for owner in (package.related(layout, "slideMaster") if layout else "", layout):
        shapes = _shapes(package.tree(owner), inherited) if owner else []
        yield from (shape for shape in shapes if placeholder_of(shape.node) is None)


def _tracked(root: Node, inherited: Inherited) -> Iterator[tuple[str, float, float]]:
    """Yield the words of each run with its size and its tracking, in points."""
    for shape in root.iter(f"{_P}sp"):
        for paragraph in paragraphs_of(shape):
            level = whole(paragraph.find("a:pPr", NAMESPACES), "lvl")
            for run in paragraph.iter(f"{_A}r"):
                own = run.find("a:rPr", NAMESPACES)
                points = whole(own, "sz") / 100 or inherited.size(shape, level)
                given = own is not None and own.get("spc") is not None
                tracking = whole(own, "spc") / 100 if given else inherited.spacing(shape, level)
                yield _short("".join(node.text or "" for node in run.iter(f"{_A}t")).strip()), points, tracking


def _slides(package: PackageFile, main: str) -> list[SlideFile]:
    targets = {relation.id: relation.target for relation in package.relations(main)}
    slides = []
    for number, node in enumerate(package.tree(main).iterfind("p:sldIdLst/p:sldId", NAMESPACES), 1):
        part = targets.get(str(node.get(f"{_R}id")), "")
        if part in package.blobs:
            root = package.tree(part)
            if root.tag != f"{_P}sld" or not package.is_read(part):
                continue  # it was reported as a part of another kind, or one that can't be read
            seen, *others = views(root)
            slides.append(SlideFile(part=part, number=number, written=root, root=seen, others=tuple(others)))
    return slides


def _is_decorative(properties: Node) -> bool:
    return any(node.get("val") in {"1", "true"} for node in properties.iterfind(".//adec:decorative", NAMESPACES))


def _check_titles(slides: list[SlideFile], package: PackageFile, report: Report) -> None:
    seen: dict[str, SlideFile] = {}
    for slide in slides:
        titles = [
            s for s in slide.find(".//p:sp") if (ph := placeholder_of(s)) is not None and ph.get("type") in TITLES
        ]
        title = next(filter(None, map(text_of, titles)), "")
        if not title:
            report.warn(f"{slide.place} has no title", package.at, "screen readers find slides by title", "no-title")
        elif title in seen:
            report.warn(
                f"{slide.place} has the same title as {seen[title].place}: {title!r}",
                package.at,
                "say what is new on it",
                "duplicate-title",
            )
        seen.setdefault(title, slide)


def _check_ids(slide: SlideFile, package: PackageFile, report: Report) -> None:
    double = {
        number
        for root in (slide.root, *slide.others)
        for number, times in Counter(str(node.get("id")) for node in root.iter(f"{_P}cNvPr")).items()
        if times > 1
    }
    for number in sorted(double - {"0"}):  # PowerPoint's number for the pictures of objects
        report.error(f"{slide.place} has two shapes with the id {number}", package.at, AGAIN, "duplicate-shape")
    there = {str(node.get("id")) for node in slide.written.iter(f"{_P}cNvPr")}
    named = selected(slide.written, "//p:timing//*[not(self::p:subSp)]/@spid")
    for number in sorted({*map(str, named)} - there):
        report.error(
            f"{slide.place} has an animation of the shape {number}, which is missing", package.at, AGAIN, "timing"
        )


def _check_alternatives(slide: SlideFile, package: PackageFile, report: Report) -> None:
    kinds = {"pic": "picture", "graphicFrame": "chart or table", "grpSp": "group"}
    found: dict[str, None] = {}
    for root in (slide.root, *slide.others):
        for shape in root.iterfind("p:cSld/p:spTree/*", NAMESPACES):
            kind = kinds.get(shape.tag.rpartition("}")[2])
            properties = own_properties(shape) if kind else None
            if properties is None or properties.get("descr", "").strip() or _is_decorative(properties):
                continue
            found[f"{kind} {properties.get('name', '')!r}"] = None
    for what in found:
        report.warn(
            f"{slide.place}: the {what} has no alternative text",
            package.at,
            "say in one sentence what it shows, or mark it as decorative",
            "alt-text",
        )


def _check_placeholders(slide: SlideFile, inherited: Inherited, package: PackageFile, report: Report) -> None:
    for shape in slide.find(".//p:sp"):
        placeholder, properties = placeholder_of(shape), own_properties(shape)
        name = properties.get("name", "") if properties is not None else ""
        if placeholder is not None and not inherited.has_place_for(placeholder):
            report.warn(
                f"{slide.place}: the placeholder {name!r} has idx={placeholder.get('idx')}, which its layout lacks",
                package.at,
                "choose the layout again",
                "placeholder",
            )
        if placeholder is not None and not text_of(shape) and shape.find("p:txBody//a:fld", NAMESPACES) is None:
            report.warn(
                f"{slide.place}: the placeholder {name!r} is empty", package.at, "delete it", "empty-placeholder"
            )


def _check_language(slides: list[SlideFile], package: PackageFile, report: Report) -> None:
    places: Counter[str] = Counter()
    for slide in slides:
        for run in (*slide.find(".//a:r"), *slide.find(".//a:fld")):
            look = run.find("a:rPr", NAMESPACES)
            places[slide.place] += look is None or not look.get("lang")
    if missing := +places:
        report.advise(
            f"{missing.total()} pieces of text on {len(missing)} slides name no language, the first on {next(iter(missing))}",
            package.at,
            "mark all text and set the proofing language, so that it is read aloud correctly",
            "language",
        )


def _check_tables(slide: SlideFile, package: PackageFile, report: Report) -> None:
    for table in slide.find(".//a:tbl"):
        properties = table.find("a:tblPr", NAMESPACES)
        if properties is None or properties.get("firstRow") not in {"1", "true"}:
            report.warn(f"{slide.place}: a table has no header row", package.at, "tick Header Row", "table-header")
        if any(cell.get("gridSpan") or cell.get("rowSpan") for cell in table.iterfind("a:tr/a:tc", NAMESPACES)):
            report.warn(f"{slide.place}: a table has merged cells", package.at, "split them", "merged-cells")
        columns = len(table.findall("a:tblGrid/a:gridCol", NAMESPACES))
        for number, row in enumerate(table.iterfind("a:tr", NAMESPACES), 1):
            if (cells := len(row.findall("a:tc", NAMESPACES))) != columns:
                report.error(
                    f"{slide.place}: a table of {columns} columns has {cells} cells in row {number}",
                    package.at,
                    "give each row one cell per column, merged ones too",
                    "table-grid",
                )
                break


def _check_links(slide: SlideFile, slides: Collection[str], package: PackageFile, report: Report) -> None:
    relations = {relation.id: relation for relation in package.relations(slide.part)}
    for link in (*slide.find(".//a:hlinkClick"), *slide.find(".//a:hlinkHover")):
        number, action = str(link.get(f"{_R}id") or ""), str(link.get("action") or "")
        relation = relations.get(number)
        jump = action.startswith("ppaction://hlinksldjump")
        nowhere = (jump and (relation is None or relation.kind != "slide")) or (not number and not action)
        nowhere |= jump and relation is not None and relation.target not in slides
        if nowhere or (relation is not None and relation.external and not relation.target.strip()):
            report.error(f"{slide.place} has a link that leads nowhere", package.at, "link it again", "link")
