"""A deck by its meaning: each slide's words, tables, charts, pictures, places and looks, whichever program wrote the XML."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from workshop.files.build_ids import PROPERTIES, id_in
from workshop.files.deck_shapes import (
    FOOT,
    TITLES,
    A,
    C,
    Inherited,
    M,
    P,
    R,
    kind_of,
    paragraphs_of,
    placed_in,
    placeholder_of,
)
from workshop.files.package_file import NAMESPACES, Node, PackageFile, read_package, whole
from workshop.files.slide_files import SlideFile, slide_files
from workshop.model.theme import EMU_PER_POINT

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
        listed: its number in the list of slides, which a copy doesn't share.
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
    listed: str = ""
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
    for shape in root.iter(f"{P}sp"):
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
        if shape.tag == f"{P}graphicFrame" or (kind in TITLES and not title):
            title |= kind in TITLES
        else:
            (foot if kind in FOOT else said).extend(filter(None, map(words_of, shape.iterfind(".//a:p", NAMESPACES))))
    mark = slide.root.find("p:cSld/p:extLst//p14:creationId", NAMESPACES)
    return DeckSlide(
        part=slide.part,
        number=slide.number,
        id=name_of(slide.root),
        creation=whole(mark, "val"),
        listed=slide.listed,
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
    for node in paragraph.iter(f"{A}t", f"{M}t", f"{A}br"):
        if node.tag == f"{A}br":
            found.append(" ")
        elif (holder := node.getparent()) is None or holder.tag != f"{A}fld":
            found.append(node.text or "")
    return " ".join("".join(found).split())


def notes_of(package: PackageFile, part: str) -> tuple[str, ...]:
    """Return the paragraphs of the notes of a slide."""
    notes = package.related(part, "notesSlide")
    found: list[str] = []
    for shape in package.tree(notes).iter(f"{P}sp") if notes else ():
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
    words = [_value(value.text or "") for value in root.iter(f"{C}v")]
    return (*words, *filter(None, map(words_of, root.iterfind(".//a:p", NAMESPACES))))


def _chart_root(package: PackageFile, part: str, node: Node) -> Node:
    """Return the XML of a chart; a frame that names none has nothing in it."""
    target = package.numbered(part, node.get(f"{R}id"))
    return package.tree(target) if target else node


def _value(text: str) -> str:
    try:
        return f"{float(text):.{_DIGITS}g}"
    except ValueError:
        return " ".join(text.split())


def _picture(package: PackageFile, part: str, blip: Node) -> str:
    target = package.numbered(part, blip.get(f"{R}embed"))
    known = hashlib.sha256(package.blobs[target]).hexdigest()[:16] if target else "linked"
    crop = blip.getparent().find("a:srcRect", NAMESPACES)  # type: ignore[union-attr]
    cut = [round(whole(crop, side) / 1000) for side in "ltrb"]
    return f"{known} {cut}" if any(cut) else known


def _links(package: PackageFile, slide: SlideFile, names: Mapping[str, str]) -> tuple[str, ...]:
    relations = {relation.id: relation for relation in package.relations(slide.part)}
    found = []
    for link in (*slide.find(".//a:hlinkClick"), *slide.find(".//a:hlinkHover")):
        leads = relations.get(str(link.get(f"{R}id") or ""))
        if leads is None:
            found.append(str(link.get("action") or ""))
        elif leads.external or leads.target in names:  # one to a slide that is deleted is none
            found.append(leads.target if leads.external else names[leads.target])
    return tuple(found)


def _looks(package: PackageFile, slide: SlideFile, shapes: Sequence[Node]) -> tuple[str, ...]:
    """Return how a slide's own XML says that things look; runs that look alike are one, and a paragraph is one."""
    found = [_seen(node) for node in slide.find("p:cSld/p:bg")]
    for shape in shapes:
        found += [_seen(node) for path in ("p:spPr", "p:style") for node in shape.iterfind(path, NAMESPACES)]
        found += [str(node.get("anchor", "")) for node in shape.iterfind("p:txBody/a:bodyPr", NAMESPACES)]
        found += [_seen(node) for node in shape.iter(f"{A}tcPr")]
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
            boxes = "".join(f"{whole(off, 'x') // 12700} {whole(off, 'y') // 12700}" for off in root.iter(f"{A}off"))
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
