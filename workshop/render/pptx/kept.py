"""Slides kept as in PowerPoint: their parts move from the file that somebody edited into the new deck.

The package is read as any stranger's is, and only what is listed in ``COPIED`` is taken from it: nothing that runs, and nothing
that is somewhere else.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from copy import deepcopy
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree
from msgspec import Struct, field
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TARGET_MODE as RTM
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part, XmlPart, _Relationship
from pptx.oxml import parse_xml

from workshop import limits
from workshop.errors import Problem, WorkshopError
from workshop.files.deck_file import name_of, title_of
from workshop.files.deck_shapes import FOOT, kind_of, text_of
from workshop.files.package_file import NAMESPACES, Node, PackageFile, Relation, content_types, read_package
from workshop.files.schema import faults_of
from workshop.files.slide_files import slide_files
from workshop.inputs.door import read_bytes
from workshop.layout.laid import LaidSlide
from workshop.model.kept_slide import KeptSlide
from workshop.render.office_xml import name, to_bytes
from workshop.render.pptx.base import layout_parts
from workshop.render.pptx.carrier import OpenDeck, relate, related
from workshop.render.pptx.page import CREATION, SAFE_SCHEMES, Page
from workshop.wording.messages import say

# kind of a relation -> what the content type of its part begins with
PICTURES = ("image/",)
FILMS = ("video/", "audio/")
DRAWN = (
    "application/vnd.openxmlformats-officedocument.",
    "application/vnd.ms-office.",
    "application/vnd.ms-powerpoint.diagram",
)
COPIED: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("image", "hdphoto"), PICTURES),
    **dict.fromkeys(("video", "audio", "media"), FILMS),
    **dict.fromkeys(("chart", "chartEx", "chartStyle", "chartColorStyle", "chartUserShapes", "themeOverride"), DRAWN),
    **dict.fromkeys(("diagramData", "diagramLayout", "diagramQuickStyle", "diagramColors", "diagramDrawing"), DRAWN),
    "package": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",),
    "customXml": ("application/inkml+xml",),
}
OURS = frozenset({"slideLayout", "slideMaster", "notesSlide", "theme"})  # what the new deck has, or this module makes
SILENT = frozenset({"comments", "tags", "customXml", "customXmlProps", "slideUpdateInfo"})  # left out; adopt tells it
R = f"{{{NAMESPACES['r']}}}"
LINKS = frozenset(map(name, ("a:hlinkClick", "a:hlinkHover", "a:hlinkMouseOver")))
SHOWN = frozenset(map(name, ("p:sld", "p:sldLayout", "p:sldMaster")))
GONE = frozenset(map(name, ("p:custDataLst", "p:controls")))
RUNS = ("ppaction://macro", "ppaction://program", "ppaction://ole", "ppaction://hlinkfile", "ppaction://hlinkpres")
HOLDERS = frozenset(map(name, ("p:sp", "p:pic", "p:graphicFrame", "p:cxnSp", "p:grpSp", "p:contentPart")))
FIRST_ID = 2_147_483_648  # of masters and layouts
NAMELESS = "= "  # how the name of a slide begins that has only a title
SUFFIX = re.compile(r"[a-z0-9]{1,5}")
SAID = {
    "oleObject": "an embedded object",
    "package": "an embedded file",
    "control": "a control",
    "vmlDrawing": "a control",
}


class Source(NamedTuple):
    """A file that slides are kept in: its package, the part of each page, and the name of each, or its title if a program lost it."""

    package: PackageFile
    types: Mapping[str, str]
    pages: Mapping[int, str]
    names: Mapping[str, str]

    def layout(self, page: int) -> str:
        """Return the name of the layout of a page."""
        return name_of(self.package.tree(self.package.related(self.pages[page], "slideLayout")))


def opened(kept: Iterable[KeptSlide]) -> Mapping[Path, Source]:
    """Return the files that slides are kept in.

    Raises:
        WorkshopError: if one can't be read.
    """
    return {deck: _opened(deck) for deck in dict.fromkeys(one.deck for one in kept)}


def _opened(deck: Path) -> Source:
    package = read_package(read_bytes(deck, limits.PACKAGE_BYTES), deck.name)
    slides = slide_files(package)
    pages = {slide.number: slide.part for slide in slides}
    names = {slide.part: name_of(slide.written) or titled(title_of(slide.written)) for slide in slides}
    return Source(package, content_types(package), pages, names)


def titled(title: str) -> str:
    """Return what stands for the name of a slide that has only a title; no name begins like that."""
    return f"{NAMELESS}{' '.join(title.split())}"


class Transplant(Struct, kw_only=True):
    """The kept slides of one deck while they are put in.

    Attributes:
        deck: the new one, in which everything else is finished.
        pages: its slides by name, and by what stands for it.
        sources: the files.
        copies: file and name of a part -> its copy.
        waiting: copies that still lack what they need.
    """

    deck: OpenDeck
    pages: Mapping[str, Part]
    sources: Mapping[Path, Source]
    copies: dict[tuple[Path, str], Part] = field(default_factory=dict)
    waiting: list[tuple[Part, Node, KeptSlide, str]] = field(default_factory=list)

    def put(self, page: Page, laid: LaidSlide, kept: KeptSlide) -> None:
        """Put a kept slide in place of what its page holds; its notes, its name and whether it is hidden stay ours.

        Raises:
            WorkshopError: if the file isn't sound.
        """
        source = self.sources[kept.deck]
        part = source.pages[kept.page]
        own, links = etree.fromstring(page.part.blob), _own_links(page)
        notes = related(page.part, RT.NOTES_SLIDE)
        for key in list(page.part.rels):
            page.part.rels.pop(key)
        root = deepcopy(source.package.tree(part))
        self._fill(page.part, root, kept, part, links)
        layout = self._layout(kept, source.package.related(part, "slideLayout"))
        relate(page.part, RT.SLIDE_LAYOUT, layout)
        _at_foot(root, parse_xml(layout.blob))
        for one in notes:
            relate(page.part, RT.NOTES_SLIDE, one)
        _identify(root, own, hidden=laid.slide.hidden)
        _number(root, laid.number)
        _renumber(root)
        if kept.by_hand:
            _mark(root, own, say(page.language, "by-hand"))
        page.part.blob = to_bytes(root)
        while self.waiting:
            copy, own_root, whose, named = self.waiting.pop()
            self._fill(copy, own_root, whose, named)
            _refill(copy, own_root)

    # ------------------------------------------------------------ parts
    def _fill(self, owner: Part, root: Node, kept: KeptSlide, part: str, links: Mapping[str, Part] = {}) -> None:
        """Relate a part to copies of what it names, and take out of it what isn't taken along."""
        source = self.sources[kept.deck]
        relations = {one.id: one for one in source.package.relations(part)}
        for node in list(root.iter(*GONE)):
            _take_out(node)
        for node in list(root.iter(etree.Element)):
            for key in [key for key in node.attrib if str(key).startswith(R) and _is_in(node, root)]:
                number = str(node.get(key))
                known = number in owner.rels or (not number and node.get("action"))
                if not known and not self._related(owner, node, relations.get(number), kept, links):
                    _without(node, str(key))
        for node in list(root.iter(*LINKS)):
            if str(node.get("action", "")).lower().startswith(RUNS):
                _take_out(node)
        _ordered(root)
        for what, fix in faults_of(root) if root.tag in SHOWN else ():
            said = f"page {kept.page} of {kept.deck.name} can't be kept: {part} is not valid: {what}"
            raise WorkshopError(Problem(said, kept.at, hint=fix, code="kept"))

    def _related(
        self, owner: Part, node: Node, one: Relation | None, kept: KeptSlide, links: Mapping[str, Part]
    ) -> bool:
        """Relate a part to what one of its elements names, under the same number, if that is taken along."""
        source = self.sources[kept.deck]
        target: Part | str | None = None
        if one is not None and one.kind == "hyperlink" and one.external:
            target = one.target if one.target.partition(":")[0].lower() in SAFE_SCHEMES else None
        elif one is not None and one.kind == "slide" and one.target in source.names:
            target = self.pages.get(source.names[one.target])
        elif one is not None and _is_copied(one, source):
            target = self._copy(kept, one)
        kind = one.type if one is not None else ""
        if target is None and node.tag in LINKS and (one is None or one.target not in source.names):
            # LibreOffice empties some
            shape = next((holder for holder in node.iterancestors() if holder.tag in HOLDERS), None)
            target, kind = links.get(_shape_name(shape)) if shape is not None else None, RT.SLIDE
        if one is None or target is None:
            return False
        _relate_as(owner, one.id, kind, target)
        return True

    def _copy(self, kept: KeptSlide, one: Relation) -> Part:
        """Return the copy of a part; what it needs is copied later, since parts may need each other."""
        at, source = (kept.deck, one.target), self.sources[kept.deck]
        if at not in self.copies:
            kind, blob = source.types[one.target], source.package.blobs[one.target]
            suffix = one.target.rpartition(".")[2].lower()
            named = f"/ppt/media/kept%d.{suffix if SUFFIX.fullmatch(suffix) else 'bin'}"
            root = deepcopy(source.package.tree(one.target)) if kind.endswith("+xml") and suffix == "xml" else None
            if root is not None:
                named, blob = f"/ppt/kept/{one.kind}%d.xml", to_bytes(root)
            self.copies[at] = self.deck.add(named, kind, blob)
            if root is not None:
                self.waiting.append((self.copies[at], root, kept, one.target))
        return self.copies[at]

    # ------------------------------------------------------------ layouts
    def _layout(self, kept: KeptSlide, part: str) -> Part:
        """Return the layout of that name in the new deck; if it has none, theirs comes with its master."""
        source = self.sources[kept.deck]
        wanted = name_of(source.package.tree(part))
        known = layout_parts(self.deck)
        there = known.get(part)
        if there is not None and name_of(parse_xml(there.blob)) == wanted:
            return there
        return known[wanted] if wanted in known else self._brought(kept, part)

    def _brought(self, kept: KeptSlide, part: str) -> Part:
        """Return a copy of a layout, listed in a copy of its master."""
        source = self.sources[kept.deck]
        theirs = source.package.related(part, "slideMaster")
        master: Any = self.copies.get((kept.deck, theirs)) or self._master(kept, theirs)
        layout = self._look(kept, part, "/ppt/slideLayouts/slideLayout%d.xml", CT.PML_SLIDE_LAYOUT)
        relate(layout, RT.SLIDE_MASTER, master)
        listed = master._element.get_or_add_sldLayoutIdLst()  # noqa: SLF001
        self._list(listed, "p:sldLayoutId", relate(master, RT.SLIDE_LAYOUT, layout))
        return layout

    def _master(self, kept: KeptSlide, part: str) -> Any:
        theme = self.sources[kept.deck].package.related(part, "theme")
        master: Any = self._look(kept, part, "/ppt/slideMasters/slideMaster%d.xml", CT.PML_SLIDE_MASTER)
        for node in list(master._element.iterfind("p:sldLayoutIdLst", NAMESPACES)):  # noqa: SLF001
            _take_out(node)
        self.copies[kept.deck, part] = master
        relate(master, RT.THEME, self._look(kept, theme, "/ppt/theme/theme%d.xml", CT.OFC_THEME))
        listed = self.deck.main.presentation.element.get_or_add_sldMasterIdLst()
        self._list(listed, "p:sldMasterId", relate(self.deck.main, RT.SLIDE_MASTER, master))
        return master

    def _look(self, kept: KeptSlide, part: str, named: str, kind: str) -> Part:
        """Return a copy of a layout, a master or a theme, with what it needs."""
        root = deepcopy(self.sources[kept.deck].package.tree(part))
        copy: Part = self.deck.add(named, kind, to_bytes(root))
        self._fill(copy, root, kept, part)
        _refill(copy, root)
        return copy

    def _list(self, listed: Any, tag: str, relation: str) -> None:
        """List a master or a layout, with a number that no other has."""
        masters = self.deck.main.presentation.slide_masters
        nodes = [node for master in masters for node in master._element.iter(name("p:sldLayoutId"))]  # noqa: SLF001
        nodes += self.deck.main.presentation.element.iter(name("p:sldMasterId"))
        number = max((int(node.get("id", FIRST_ID)) for node in nodes), default=FIRST_ID) + 1
        etree.SubElement(listed, name(tag), {"id": str(number), f"{R}id": relation})


# ---------------------------------------------------------------- relations
def _is_copied(one: Relation, source: Source) -> bool:
    """Whether what a relation leads to is taken along: it is in the package, and what its kind says."""
    return not one.external and source.types.get(one.target, "").startswith(COPIED.get(one.kind, ("-",)))


def _relate_as(owner: Part, number: str, kind: str, target: Part | str) -> None:
    """Relate a part under a given number."""
    mode = RTM.EXTERNAL if isinstance(target, str) else RTM.INTERNAL
    one = _Relationship(owner.partname.baseURI, number, kind, mode, target)
    owner.rels._rels[number] = one  # noqa: SLF001 - python-pptx chooses the numbers itself


def _own_links(page: Page) -> dict[str, Part]:
    """Return name of a shape -> the slide that a click on it leads to, for the slide that we would have made."""
    found = {}
    for shape in page.tree.children:
        for link in shape.iter("a:hlinkClick"):
            one = page.part.rels[link.attributes["r:id"]] if link.attributes.get("r:id") else None
            if one is not None and one.reltype == RT.SLIDE:
                found[next(shape.iter("p:cNvPr")).attributes["name"]] = one.target_part
    return found


def stand_ins(kept: Mapping[str, KeptSlide], sources: Mapping[Path, Source]) -> dict[str, str]:
    """Return the names that kept slides have in their own files -> what they are called here, since links there lead to them."""
    return {sources[one.deck].names[sources[one.deck].pages[one.page]]: here for here, one in kept.items()}


def left_out(source: Source, part: str, names: Collection[str]) -> Iterator[str]:
    """Yield in words what isn't taken along with a page; ``names`` are those of the deck's slides."""
    for one in source.package.relations(part):
        if one.kind in OURS or one.kind in SILENT or _is_copied(one, source):
            continue
        if one.kind == "slide":
            led = source.names.get(one.target, NAMELESS)  # LibreOffice empties some, which are made again
            if led not in names and not led.startswith(NAMELESS):
                yield f"a link to {led!r}, which this deck doesn't have"
        elif one.kind != "hyperlink":
            yield "a file elsewhere" if one.external else SAID.get(one.kind, f"something of the kind {one.kind:.40}")
        elif one.target.partition(":")[0].lower() not in SAFE_SCHEMES:
            yield "a link that doesn't open a web page"


# ---------------------------------------------------------------- elements
def _is_in(node: Node, root: Node) -> bool:
    """Whether an element is still below the root."""
    return node is root or any(above is root for above in node.iterancestors())


def _take_out(node: Node) -> None:
    above = node.getparent()
    if above is not None:
        above.remove(node)


def _without(node: Node, key: str) -> None:
    """Take out what can't be shown without a part that isn't taken along: a link, a film, or the whole shape."""
    tag = str(node.tag).rpartition("}")[2]
    if node.tag in LINKS or tag in ("videoFile", "audioFile", "wavAudioFile", "snd", "sndTgt"):
        _take_out(node)
    elif tag in ("media", "externalData", "svgBlip", "imgLayer"):
        above = node.getparent()
        _take_out(above if above is not None and str(above.tag).endswith("}ext") else node)
    elif tag == "blip" and node.get(f"{R}embed") and key != f"{R}embed":
        del node.attrib[key]
    else:
        _unshown(node)


def _unshown(node: Node) -> None:
    """Replace a shape by the picture of it that the file has for other programs, or take it out."""
    holder = next((above for above in (node, *node.iterancestors()) if above.tag in HOLDERS), node)
    either = next((above for above in holder.iterancestors() if above.tag == name("mc:AlternateContent")), None)
    whole = holder if either is None else either
    instead = next((one for one in whole.iter(name("p:pic")) if one is not holder), None)
    root = node.getroottree().getroot()
    if instead is not None:
        for mark in [*instead.iter(name("p:cNvPr"))][:1]:
            mark.set("id", next((str(one.get("id")) for one in whole.iter(name("p:cNvPr"))), "0"))
        whole.addprevious(instead)
    _take_out(whole)
    for timing in list(root.iterfind("p:timing", NAMESPACES)):  # it may move what isn't there any more
        root.remove(timing)


def _shape_name(shape: Node) -> str:
    found = next(shape.iter(name("p:cNvPr")), None)
    return str(found.get("name", "")) if found is not None else ""


def _identify(root: Node, own: Node, *, hidden: bool) -> None:
    """Give a slide the name and the number of the one that it takes the place of."""
    theirs, ours = root.find("p:cSld", NAMESPACES), own.find("p:cSld", NAMESPACES)
    assert theirs is not None
    assert ours is not None
    theirs.set("name", str(ours.get("name", "")))
    path = f"p:extLst/p:ext[@uri='{CREATION}']"
    for node in theirs.findall(path, NAMESPACES):
        _take_out(node)
    number = ours.find(path, NAMESPACES)
    if number is not None:
        holder = theirs.find("p:extLst", NAMESPACES)
        if holder is None:
            holder = etree.SubElement(theirs, name("p:extLst"))
        holder.append(deepcopy(number))
    root.attrib.pop("show", "")
    if hidden:
        root.set("show", "0")


def _number(root: Node, number: int) -> None:
    for node in root.iter(name("a:fld")):
        text = node.find("a:t", NAMESPACES)
        if node.get("type") == "slidenum" and text is not None:
            text.text = str(number)


def _at_foot(root: Node, layout: Node) -> None:
    """Give the placeholders at the foot the numbers that the layout has for them; LibreOffice counts its own."""
    numbers = {kind_of(own): own.get("idx") for own in layout.iter(name("p:ph"))}
    for own in root.iter(name("p:ph")):
        if kind_of(own) in FOOT and (number := numbers.get(kind_of(own))):
            own.set("idx", number)


def _renumber(root: Node) -> None:
    """Give shapes numbers of their own, if a program gave one twice."""
    either = name("mc:AlternateContent")
    shapes = [one for one in root.iter(name("p:cNvPr")) if next(one.iterancestors(either), None) is None]
    known = {str(node.get("id")) for node in root.iter(name("p:cNvPr"))}
    free, seen = (str(k) for k in count(1) if str(k) not in known), set[str]()
    for node in shapes:
        if str(node.get("id")) in seen:
            node.set("id", next(free))
        seen.add(str(node.get("id")))


def _ordered(root: Node) -> None:
    """Put the text of a chart's label where the standard has it; LibreOffice writes it last."""
    for text in list(root.iterfind(".//c:dLbl/c:tx", NAMESPACES)):
        label = text.getparent()
        before = [node for node in label if node.tag in (name("c:idx"), name("c:layout"))] if label is not None else []
        if before:
            before[-1].addnext(text)


def _mark(root: Node, own: Node, words: str) -> None:
    """Say in the place of the mark of honesty that a slide was changed by hand."""
    mark = next((shape for shape in own.iter(name("p:sp")) if _shape_name(shape).startswith("Source ")), None)
    if mark is None:
        return
    place = mark.find("p:nvSpPr/p:nvPr/p:ph", NAMESPACES)
    idx = place.get("idx") if place is not None else None
    for shape in root.iter(name("p:sp")):
        theirs = shape.find("p:nvSpPr/p:nvPr/p:ph", NAMESPACES)
        if (theirs is not None and theirs.get("idx", "-") == idx) or text_of(shape) == text_of(mark):
            runs = list(shape.iter(name("a:t")))
            for number, run in enumerate(runs):
                run.text = "" if number else words
            return


def _refill(part: Part, root: Node) -> None:
    """Give a part its content, which was changed after it was made."""
    if isinstance(part, XmlPart):
        part._element = parse_xml(to_bytes(root))  # noqa: SLF001 - no public way
    else:
        part.blob = to_bytes(root)
