"""A deck by its meaning: each slide's words, tables, charts, pictures, places and looks, whichever program wrote the XML."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from workshop.files.bases import PROPERTIES, id_in
from workshop.files.package_file import NAMESPACES, Node, PackageFile, read_package, whole
from workshop.files.schema import selected, views
from workshop.model.theme import EMU_PER_POINT, Box

# ---------------------------------------------------------------- shapes
# Shapes of a slide, and what they inherit from layout and master.
TITLES = frozenset({"title", "ctrTitle"})
FOOT = frozenset({"ftr", "sldNum", "dt"})
NOWHERE = "4294967295"  # what PowerPoint writes for a placeholder that the layout doesn't have any more
PLAIN = 18.0  # point size of text that inherits nothing
_A, _C, _M, _P, _R = (f"{{{NAMESPACES[prefix]}}}" for prefix in "acmpr")


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
        if shape.tag != f"{_P}grpSp":
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


# ---------------------------------------------------------------- slides
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


def slide_files(package: PackageFile) -> list[SlideFile]:
    """Return the slides of a presentation in order, except those that can't be read."""
    main, slides = package.related("", "officeDocument"), []
    for number, node in enumerate(package.tree(main).iterfind("p:sldIdLst/p:sldId", NAMESPACES), 1):
        if part := package.numbered(main, node.get(f"{_R}id")):
            root = package.tree(part)
            if root.tag != f"{_P}sld" or not package.is_read(part):
                continue  # it was reported as a part of another kind, or one that can't be read
            seen, *others = views(root)
            slides.append(SlideFile(part=part, number=number, written=root, root=seen, others=tuple(others)))
    return slides


def slide_size(package: PackageFile) -> tuple[int, int]:
    """Return width and height of a presentation's slides in EMU."""
    size = package.tree(package.related("", "officeDocument")).find("p:sldSz", NAMESPACES)
    return whole(size, "cx", 12_192_000), whole(size, "cy", 6_858_000)


# ---------------------------------------------------------------- meaning
_UNSEEN = frozenset({"extLst", "hlinkClick", "hlinkHover", "hlinkMouseOver", "xfrm", "normAutofit", "spAutoFit", "noAutofit"})  # fmt: skip
_SILENT = frozenset({"lang", "altLang", "dirty", "err", "smtClean", "noProof", "kumimoji", "bmk"})
_HOLDERS = frozenset({"rPr", "pPr", "spPr", "tcPr", "style", "bodyPr"})  # without content they say nothing
OF_TEXT = "¶"  # how the look of a paragraph begins
_DIGITS = 9  # of the values of a chart: programs write 0.1 + 0.2 in several ways


class DeckSlide(Struct, frozen=True, kw_only=True):
    """A slide by its meaning; spaces don't count, and neither do fields such as the number of the slide.

    Attributes:
        part: name of its part.
        number: its place, from 1.
        id: its name in the file, which is the id of the laid slide in our decks; "" if a program lost it.
        creation: the number by which PowerPoint knows it; 0 if it is lost.
        layout: name of its layout.
        paragraphs: what its shapes say, in the order of the file, without title and footers.
        tables: for each its rows of cells.
        charts: for each the words and values that it shows, as text.
        pictures: for each a digest, and how it is cropped.
        boxes: place of each shape in points.
        looks: how each shape, paragraph and run looks, as far as the slide itself says.
        footers: words at its foot.
        links: where they lead: an address, or a slide, by its id or title.
    """

    part: str
    number: int
    id: str = ""
    creation: int = 0
    hidden: bool = False
    layout: str = ""
    title: str = ""
    paragraphs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    tables: tuple[tuple[tuple[str, ...], ...], ...] = ()
    charts: tuple[tuple[str, ...], ...] = ()
    pictures: tuple[str, ...] = ()
    boxes: tuple[tuple[int, ...], ...] = ()
    looks: tuple[str, ...] = ()
    footers: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    animated: bool = False

    @property
    def cells(self) -> tuple[str, ...]:
        """All cells of its tables."""
        return tuple(cell for table in self.tables for row in table for cell in row)


class Deck(Struct, frozen=True, kw_only=True):
    """A deck by its meaning.

    Attributes:
        build: id of the build that it comes from; "" if it isn't one of ours.
        program: the program that saved it last, as it calls itself.
        looks: part name of each theme, master and layout -> how it looks.
        comments: number of slides with comments.
    """

    build: str
    program: str
    slides: tuple[DeckSlide, ...]
    looks: Mapping[str, str]
    comments: int = 0

    @property
    def by_libreoffice(self) -> bool:
        """Whether LibreOffice saved it, which keeps neither names nor numbers of slides."""
        return "LibreOffice" in self.program


def read_deck(source: Path | bytes, name: str = "deck.pptx") -> Deck:
    """Read a deck; ``name`` is that of the file if ``source`` is bytes.

    Raises:
        WorkshopError: for anything that isn't a presentation that can be read.
    """
    package = read_package(source, name)
    try:
        return deck_in(package)
    finally:
        package.close()


def deck_in(package: PackageFile) -> Deck:
    """Return the deck in a package; errors as for ``read_deck``."""
    files = slide_files(package)
    names = {slide.part: name_of(slide.root) or title_of(slide.root) for slide in files}
    return Deck(
        build=id_in(package.blobs[PROPERTIES]) if PROPERTIES in package.blobs else "",
        program=_program(package),
        slides=tuple(_meaning(package, slide, names) for slide in files),
        looks=_looks_behind(package),
        comments=sum(any("comment" in r.kind.lower() for r in package.relations(slide.part)) for slide in files),
    )


def _program(package: PackageFile) -> str:
    part = package.related("", "extended-properties")
    found = package.tree(part).find("{*}Application") if part else None
    return (found.text or "") if found is not None else ""


def name_of(root: Node) -> str:
    """Return the name of a slide or layout in its file."""
    content = root.find("p:cSld", NAMESPACES)
    return str(content.get("name", "")) if content is not None else ""


def title_of(root: Node) -> str:
    """Return the title of a slide."""
    for shape in root.iter(f"{_P}sp"):
        own = placeholder_of(shape)
        if own is not None and own.get("type") in TITLES:
            return all_words_of(shape)
    return ""


def all_words_of(holder: Node) -> str:
    """Return what all paragraphs in a shape or a cell say."""
    return " ".join(filter(None, map(words_of, holder.iterfind(".//a:p", NAMESPACES))))


def _meaning(package: PackageFile, slide: SlideFile, names: Mapping[str, str]) -> DeckSlide:
    layout = package.related(slide.part, "slideLayout")
    tree = slide.root.find("p:cSld/p:spTree", NAMESPACES)
    shapes = list(placed_in(tree, Inherited(package, slide.part))) if tree is not None else []
    title = False
    foot: list[str] = []
    said: list[str] = []
    for shape, _ in shapes:
        own = placeholder_of(shape)
        kind = kind_of(own) if own is not None else ""
        if shape.tag == f"{_P}graphicFrame" or (kind in TITLES and not title):
            title |= kind in TITLES
        else:
            (foot if kind in FOOT else said).extend(filter(None, map(words_of, shape.iterfind(".//a:p", NAMESPACES))))
    mark = slide.root.find("p:cSld/p:extLst//p14:creationId", NAMESPACES)
    return DeckSlide(
        part=slide.part,
        number=slide.number,
        id=name_of(slide.root),
        creation=whole(mark, "val"),
        hidden=slide.root.get("show") in ("0", "false"),
        layout=name_of(package.tree(layout)) if layout else "",
        title=title_of(slide.root),
        paragraphs=tuple(said),
        notes=notes_of(package, slide.part),
        tables=tuple(map(cells_of, slide.find(".//a:tbl"))),
        charts=tuple(_chart(package, slide.part, node) for node in slide.find(".//c:chart")),
        pictures=tuple(_picture(package, slide.part, node) for node in slide.find(".//a:blip")),
        boxes=tuple((*map(_points, (box.x, box.y, box.w, box.h)),) if box else () for _, box in shapes),
        looks=_looks(package, slide, [shape for shape, _ in shapes]),
        footers=tuple(foot),
        links=_links(package, slide, names),
        animated=any(True for _ in slide.find("p:timing//p:childTnLst")),
    )


def _points(emu: int) -> int:
    return round(emu / EMU_PER_POINT)


def words_of(paragraph: Node) -> str:
    """Return what a paragraph says: its runs, its breaks as spaces, and no fields."""
    found = []
    for node in paragraph.iter(f"{_A}t", f"{_M}t", f"{_A}br"):
        if node.tag == f"{_A}br":
            found.append(" ")
        elif (holder := node.getparent()) is None or holder.tag != f"{_A}fld":
            found.append(node.text or "")
    return " ".join("".join(found).split())


def notes_of(package: PackageFile, part: str) -> tuple[str, ...]:
    """Return the paragraphs of the notes of a slide."""
    notes = package.related(part, "notesSlide")
    found: list[str] = []
    for shape in package.tree(notes).iter(f"{_P}sp") if notes else ():
        own = placeholder_of(shape)
        if own is not None and kind_of(own) == "body":
            found += filter(None, map(words_of, shape.iterfind(".//a:p", NAMESPACES)))
    return tuple(found)


def cells_of(table: Node) -> tuple[tuple[str, ...], ...]:
    """Return what the cells of a table say, row by row."""
    rows = table.iterfind("a:tr", NAMESPACES)
    return tuple(tuple(all_words_of(cell) for cell in row.iterfind("a:tc", NAMESPACES)) for row in rows)


def _chart(package: PackageFile, part: str, node: Node) -> tuple[str, ...]:
    root = _chart_root(package, part, node)
    words = [_value(value.text or "") for value in root.iter(f"{_C}v")]
    return (*words, *filter(None, map(words_of, root.iterfind(".//a:p", NAMESPACES))))


def _chart_root(package: PackageFile, part: str, node: Node) -> Node:
    """Return the XML of a chart; a frame that names none has nothing in it."""
    target = package.numbered(part, node.get(f"{_R}id"))
    return package.tree(target) if target else node


def _value(text: str) -> str:
    try:
        return f"{float(text):.{_DIGITS}g}"
    except ValueError:
        return " ".join(text.split())


def _picture(package: PackageFile, part: str, blip: Node) -> str:
    target = package.numbered(part, blip.get(f"{_R}embed"))
    known = hashlib.sha256(package.blobs[target]).hexdigest()[:16] if target else "linked"
    crop = blip.getparent().find("a:srcRect", NAMESPACES)  # type: ignore[union-attr]
    cut = [round(whole(crop, side) / 1000) for side in "ltrb"]
    return f"{known} {cut}" if any(cut) else known


def _links(package: PackageFile, slide: SlideFile, names: Mapping[str, str]) -> tuple[str, ...]:
    relations = {relation.id: relation for relation in package.relations(slide.part)}
    found = []
    for link in (*slide.find(".//a:hlinkClick"), *slide.find(".//a:hlinkHover")):
        leads = relations.get(str(link.get(f"{_R}id") or ""))
        if leads is None:
            found.append(str(link.get("action") or ""))
        elif leads.external or leads.target in names:  # one to a slide that is deleted is none
            found.append(leads.target if leads.external else names[leads.target])
    return tuple(found)


# ---------------------------------------------------------------- looks
def _looks(package: PackageFile, slide: SlideFile, shapes: Sequence[Node]) -> tuple[str, ...]:
    """Return how a slide's own XML says that things look; runs that look alike are one, and a paragraph is one."""
    found = [_seen(node) for node in slide.find("p:cSld/p:bg")]
    for shape in shapes:
        found += [_seen(node) for path in ("p:spPr", "p:style") for node in shape.iterfind(path, NAMESPACES)]
        found += [str(node.get("anchor", "")) for node in shape.iterfind("p:txBody/a:bodyPr", NAMESPACES)]
        found += [_seen(node) for node in shape.iter(f"{_A}tcPr")]
        for paragraph in paragraphs_of(shape):
            runs = [_seen(node) for node in paragraph.iterfind("a:r/a:rPr", NAMESPACES)]
            own = [look for place, look in enumerate(runs) if not place or look != runs[place - 1]]
            found.append(OF_TEXT + "".join((*map(_seen, paragraph.iterfind("a:pPr", NAMESPACES)), *own)))
    for node in slide.find(".//c:chart"):
        for plot in _chart_root(package, slide.part, node).iterfind(".//c:plotArea/*", NAMESPACES):
            found += [plot.tag.rpartition("}")[2], *map(_seen, plot.iterfind(".//c:spPr", NAMESPACES))]
    return tuple(filter(None, found))


def _looks_behind(package: PackageFile) -> dict[str, str]:
    """Return how each theme, master and layout looks, by the name of its part."""
    found: dict[str, str] = {}
    for master in package.all_related(package.related("", "officeDocument"), "slideMaster"):
        theme, layouts = package.related(master, "theme"), package.all_related(master, "slideLayout")
        if theme:
            scheme = package.tree(theme).iterfind("a:themeElements/*", NAMESPACES)
            found[theme] = "".join(_seen(node) for node in scheme if not node.tag.endswith("fmtScheme"))
        for part in (master, *layouts):
            root = package.tree(part)
            boxes = "".join(f"{whole(off, 'x') // 12700} {whole(off, 'y') // 12700}" for off in root.iter(f"{_A}off"))
            found[part] = boxes + "".join(_seen(node) for node in root.iterfind("p:cSld/*", NAMESPACES))
    return found


def _seen(node: Node) -> str:
    """Return what of an element is seen, as text: attributes in order, and nothing that programs keep for themselves."""
    name = str(node.tag).rpartition("}")[2]
    if name in _UNSEEN:
        return ""
    given = {str(key): str(value) for key, value in node.attrib.items() if str(key) not in _SILENT}
    own = "".join(f" {key}={value}" for key, value in sorted(given.items()) if not key.startswith("{"))
    inside = (node.text or "").strip() + "".join(map(_seen, node))
    return "" if name in _HOLDERS and not own + inside else f"<{name}{own}>{inside}"
