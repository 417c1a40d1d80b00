"""What a client's slides have at their edges, and the art of their cover, as a master of its own in their package.

Our layouts are put on that master: what is on it is behind everything of ours.
"""

from __future__ import annotations

import copy
import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count

from lxml import etree
from msgspec import Struct, field
from msgspec.structs import replace

from workshop.files.color_arithmetic import apart
from workshop.files.package_file import NAMESPACES, TYPES_PART, Node, PackageFile, rels_of
from workshop.files.presentation_colors import Scheme, paint_of
from workshop.files.slide_frames import box_of
from workshop.layouts.grid import HEIGHT, MARGIN, PANEL_END, WIDTH
from workshop.model.theme import Around, Box, Foot, inches
from workshop.templates.stripped import PREFIX, TYPES
from workshop.templates.user_layouts import TemplateLayout

TOP, SIDE = inches(0.42), MARGIN - inches(0.05)  # what ends above, or beside, is at an edge of our own page
AIR = inches(0.08)
ABOVE = 1 / 3  # share of what a page has more than ours that is above ours
BAND_WIDTH, THICKEST = 0.6, 0.25  # shares of a page
SLIM, FOOT_SLIM = inches(0.34), inches(0.26)  # heights of bands that were higher
MARK_SHARE = 0.06  # of the page: a smaller picture near an edge is a logo
CORNER = 0.3  # share of the page's height in which it is near an edge
LOGO_WIDTH = inches(2.4)
LEAST_RAIL = inches(5)
NUMBER_WIDTH, NUMBER_GAP = WIDTH - MARGIN - Foot().number, Foot().number - Foot().left - Foot().width
NAME_END = inches(0.44)  # from the rail to the end of the name below it
RISES = tuple(inches(k / 100) for k in range(0, 24, 2))  # how much the foot may be higher than usual
SAME = 2.0  # ΔE up to which a band is no more than the ground
DRAWN = ("sp", "pic", "cxnSp", "grpSp")
FIRST_ID = 3000  # of shapes: ours have smaller ones
FIRST_MASTER = 2_147_483_648
_P, _A, _R = (f"{{{NAMESPACES[prefix]}}}" for prefix in "par")


class Page(Struct, frozen=True):
    """The client's page, in EMU; ours is in its middle, on a higher page somewhat above it, where an eye expects the middle."""

    width: int
    height: int

    @property
    def around(self) -> Around:
        """What it has around ours."""
        more = self.height - HEIGHT
        above = round(ABOVE * more)
        return Around((self.width - WIDTH) // 2, above, more - above)

    @property
    def end(self) -> int:
        """Where words of ours end."""
        return PANEL_END + self.around.above

    @property
    def foot(self) -> int:
        """Where panels of ours end that go on to its foot."""
        return self.height - HEIGHT + PANEL_END


class Edges(Struct, frozen=True, kw_only=True):
    """What is carried over.

    Attributes:
        package: the client's, with one more master; ``master``, ``layout`` and ``cover`` are names of parts, ``cover`` "" for none.
        boxes: where something is at an edge that isn't as the ground is.
        lost: whether slides of the client have something else.
    """

    package: PackageFile
    master: str
    layout: str
    cover: str
    boxes: tuple[Box, ...]
    lost: bool


# ---------------------------------------------------------------- what is at an edge
class _Kept(Struct, frozen=True):
    """A shape of a part, and where it goes."""

    part: str
    shape: Node
    box: Box


def _drawn(package: PackageFile, layout: TemplateLayout) -> Iterator[tuple[str, Node, Box]]:
    """Yield what a layout shows besides placeholders, from back to front, with its part and its box."""
    bare = package.tree(layout.part).get("showMasterSp") in ("0", "false")
    for part in (layout.part,) if bare else (layout.master, layout.part):
        for shape in package.tree(part).iterfind("p:cSld/p:spTree/*", NAMESPACES):
            kind = str(shape.tag).removeprefix(_P)
            box = _box(shape)
            if kind in DRAWN and box is not None and shape.find(".//p:nvPr/p:ph", NAMESPACES) is None:
                yield part, shape, box


def _box(shape: Node) -> Box | None:
    form = shape.find("p:grpSpPr/a:xfrm", NAMESPACES)
    off, ext = (form.find(f"a:{tag}", NAMESPACES) if form is not None else None for tag in ("off", "ext"))
    if off is None or ext is None:
        return box_of(shape)
    return Box(int(off.get("x", 0)), int(off.get("y", 0)), int(ext.get("cx", 0)), int(ext.get("cy", 0)))


def _kept(package: PackageFile, layout: TemplateLayout, page: Page) -> tuple[list[_Kept], bool]:
    """Return what of a layout is at an edge of our page, bands made slim and logos at the foot; and whether anything else is there."""
    found: list[_Kept] = []
    drawn = list(_drawn(package, layout))
    borne = [box for _, shape, box in drawn if _is_pictured(shape) or shape.find(".//a:t", NAMESPACES) is not None]
    slim: list[tuple[Box, Box]] = []  # bands before and after
    lost = False
    for part, shape, box in drawn:
        if not box.overlaps(Box(0, 0, page.width, page.height)):
            continue  # a ruler beside the page
        at = _at_edge(shape, box, page, borne)
        if at is None and _is_mark(shape, box, page):
            band = next(
                (after for before, after in reversed(slim) if box.y >= before.y and box.bottom <= before.bottom), None
            )
            logos = [one.box for one in found if _is_pictured(one.shape) and one.box.w <= LOGO_WIDTH]
            at = _in_band(box, band) if band is not None else _at_foot(box, page, logos)
        if at is None:
            lost = lost or _is_seen(shape)
            continue
        found.append(_Kept(part, shape, at))
        if at != box and _is_plain(shape):
            slim.append((box, at))
    return found, lost


def _at_edge(shape: Node, box: Box, page: Page, borne: Sequence[Box]) -> Box | None:
    """Return where at an edge a shape goes; ``None`` if it is in the middle.

    Args:
        borne: pictures and words. A band at the foot without any becomes so slim that rail and number are above it.
    """
    dx, dy = page.around.side, page.around.above
    band = _is_plain(shape) and box.w >= BAND_WIDTH * page.width and box.h <= THICKEST * page.height
    if band and box.bottom >= page.height - AIR:
        bare = not any(box.overlaps(other) for other in borne)
        high = min(box.h, FOOT_SLIM if bare else page.height - page.foot - AIR)
        return Box(box.x, box.bottom - high, box.w, high)
    if box.y >= (page.foot if _is_pictured(shape) else page.end):
        return replace(box, y=max(box.y, page.end + AIR)) if box.bottom >= page.height - AIR else box
    if box.bottom <= TOP + dy or box.right <= SIDE + dx or box.x >= WIDTH - SIDE + dx:
        return box
    return Box(box.x, box.y, box.w, SLIM + dy // 2) if band and box.y <= AIR else None


def _is_seen(shape: Node) -> bool:
    """Whether a shape shows anything: a fill, a line, a picture or words."""
    names = ("a:solidFill", "a:gradFill", "a:pattFill", "a:blip", "a:fillRef", "a:t")
    return any(shape.find(f".//{name}", NAMESPACES) is not None for name in names)


def _differs(shape: Node, scheme: Scheme, ground: str) -> bool:
    """Whether a shape can be seen on the ground."""
    if not _is_plain(shape):
        return _is_seen(shape)
    paint = paint_of(shape.find("p:spPr/a:solidFill", NAMESPACES))
    lined = shape.find("p:spPr/a:ln/a:solidFill", NAMESPACES) is not None
    return _is_seen(shape) and (paint is None or lined or apart(scheme.hex(paint), ground) > SAME)


def _is_plain(shape: Node) -> bool:
    """Whether a shape is a rectangle without words, so that a part of it looks like the whole."""
    form = shape.find("p:spPr/a:prstGeom", NAMESPACES)
    return form is not None and form.get("prst") == "rect" and shape.find(".//a:t", NAMESPACES) is None


def _is_pictured(shape: Node) -> bool:
    return shape.find(".//a:blip", NAMESPACES) is not None


def _is_mark(shape: Node, box: Box, page: Page) -> bool:
    """Whether a shape is a small picture near the upper or lower edge."""
    near = box.bottom <= CORNER * page.height or box.y >= (1 - CORNER) * page.height
    return _is_pictured(shape) and near and 0 < box.w * box.h <= MARK_SHARE * page.width * page.height


def _in_band(box: Box, band: Box) -> Box:
    """Return the place of a logo in a band that became slim, whose colour it is made for."""
    scale = min(1.0, (band.h - AIR) / box.h)
    w, h = round(box.w * scale), round(box.h * scale)
    right = box.x + box.w / 2 > band.x + band.w / 2
    return Box(box.right - w if right else box.x, band.y + (band.h - h) // 2, w, h)


def _at_foot(box: Box, page: Page, taken: Sequence[Box]) -> Box:
    """Return the place of a logo at the foot, where no panel and no word of ours is: on the side that it was on, as large as it fits.

    Args:
        taken: logos that are there already.
    """
    dx = page.around.side
    right = box.x + box.w / 2 > page.width / 2
    top, high = page.foot + AIR, page.height - page.foot - 2 * AIR
    scale = min(1.0, LOGO_WIDTH / box.w, high / box.h)
    w, h = round(box.w * scale), round(box.h * scale)
    y = top + (high - h) // 2
    x = WIDTH - MARGIN + dx - w if right else MARGIN + dx
    for other in sorted(taken, key=lambda one: one.x, reverse=right):
        if Box(x - AIR, y, w + 2 * AIR, h).overlaps(other):
            x = other.x - 2 * AIR - w if right else other.right + 2 * AIR
    return Box(x, y, w, h)


def foot_of(boxes: Iterable[Box], page: Page) -> Foot:
    """Return where rail and number have room beside what is at the lower edge; one without room isn't there."""
    around = page.around
    usual = Foot()
    start, end = MARGIN + around.side, WIDTH - MARGIN + around.side
    best: tuple[int, int, int] = (0, 0, 0)
    for rise in RISES:
        top = usual.top + around.high - rise
        zone = Box(start, top - AIR, end - start, NAME_END + AIR)
        for x1, x2 in _free(start, end, [box for box in boxes if box.overlaps(zone)]):
            if x2 - x1 > best[1] - best[0] + AIR:
                best = (x1, x2, top)
    x1, x2, top = best
    room = x2 - x1
    rail = room - NUMBER_WIDTH - NUMBER_GAP
    return Foot(
        left=x1,
        width=max(rail, 0),
        top=top or usual.top + around.high,
        number=x2 - NUMBER_WIDTH,
        rail=rail >= LEAST_RAIL,
        numbered=room >= NUMBER_WIDTH,
    )


def _free(start: int, end: int, taken: Sequence[Box]) -> Iterator[tuple[int, int]]:
    """Yield the stretches between boxes."""
    at = start
    for box in sorted(taken, key=lambda one: one.x):
        yield at, min(end, box.x - 2 * AIR)
        at = max(at, box.right + 2 * AIR)
    yield at, end


# ---------------------------------------------------------------- the master
def with_edges(
    package: PackageFile,
    main: str,
    layout: TemplateLayout,
    cover: TemplateLayout | None,
    page: Page,
    faces: tuple[str, str],
    mapping: Mapping[str, str],
    ground: str,
) -> Edges:
    """Return a package with one more master, which has what is at the edges of a layout, and a layout with the art of a cover.

    Args:
        main: name of the presentation's part.
        cover: the layout whose art is carried over; ``None`` for none.
        faces: typefaces of headings and of text, for the theme of this master; ``mapping`` names its slots for grounds and texts.
        ground: six hex digits of the ground of our layouts.
    """
    kept, lost = _kept(package, layout, page)
    made = _Maker(package=package, blobs=dict(package.blobs), scheme=layout.scheme, home=layout.master)
    master, edges, art = made.free("ppt/slideMasters/slideMaster"), made.free("ppt/slideLayouts/slideLayout"), ""
    made.theme(master, layout.master, faces)
    shapes = [made.carried(master, one.part, one.shape, one.box) for one in kept]
    first = made.next_id(main)
    listed = [made.layout(master, edges, "Edges", (), None)]
    if cover is not None:
        art = made.free("ppt/slideLayouts/slideLayout")
        listed.append(made.cover(master, art, cover))
    made.master(master, shapes, listed, first, mapping)
    made.list_master(main, master, first, page)
    boxes = tuple(one.box for one in kept if _differs(one.shape, layout.scheme, ground))
    return Edges(package=made.done(), master=master, layout=edges, cover=art, boxes=boxes, lost=lost)


class _Maker(Struct):
    """A package while a master is added to it."""

    package: PackageFile
    blobs: dict[str, bytes]
    scheme: Scheme
    home: str
    types: dict[str, str] = field(default_factory=dict)
    rels: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    ids: Iterator[int] = field(default_factory=lambda: count(FIRST_ID))

    def free(self, start: str) -> str:
        """Return the first unused name of a part, and use it."""
        name = next(name for k in count(1) if (name := f"{start}{k}.xml") not in self.blobs)
        self.blobs[name] = b""
        return name

    def relate(self, part: str, kind: str, target: str) -> str:
        """Return the id of a relation of a new part, which is made if need be."""
        known = self.rels.setdefault(part, [])
        if (kind, target) not in known:
            known.append((kind, target))
        return f"rId{known.index((kind, target)) + 1}"

    def put(self, part: str, kind: str, root: Node) -> None:
        """Write a new part."""
        etree.cleanup_namespaces(root, top_nsmap={k: NAMESPACES[k] for k in "apr"})
        self.blobs[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        self.types[part] = TYPES[kind]

    def theme(self, master: str, theirs: str, faces: tuple[str, str]) -> None:
        """Write the theme of the new master: the client's, with typefaces that are known."""
        source = self.package.related(theirs, "theme")
        root = copy.deepcopy(self.package.tree(source))
        for which, family in zip(("majorFont", "minorFont"), faces, strict=True):
            for latin in root.iterfind(f"a:themeElements/a:fontScheme/a:{which}/a:latin", NAMESPACES):
                latin.attrib.clear()
                latin.set("typeface", family)
        part = self.free("ppt/theme/theme")
        self._pictures(part, source, root)
        self.relate(master, "theme", part)
        self.put(part, "theme", root)

    def carried(self, owner: str, part: str, shape: Node, box: Box | None = None) -> Node:
        """Return a copy of a client's shape for a new part, perhaps in another place."""
        made = copy.deepcopy(shape)
        etree.strip_elements(made, f"{_A}hlinkClick", f"{_A}hlinkHover", with_tail=False)
        self._pictures(owner, part, made)
        self._recolored(made, self.scheme)
        for mark in made.iter(f"{_P}cNvPr"):
            mark.set("id", str(next(self.ids)))
        form = next(
            (n for path in ("p:spPr/a:xfrm", "p:grpSpPr/a:xfrm") if (n := made.find(path, NAMESPACES)) is not None),
            None,
        )
        if box is not None and form is not None:
            for tag, values in (("off", {"x": box.x, "y": box.y}), ("ext", {"cx": box.w, "cy": box.h})):
                for node in form.iterfind(f"a:{tag}", NAMESPACES):
                    for key, value in values.items():
                        node.set(key, str(value))
        return made

    def _pictures(self, owner: str, part: str, root: Node) -> None:
        """Relate a new part to the pictures that something of a client's part shows; other relations are dropped."""
        theirs = {relation.id: relation for relation in self.package.relations(part)}
        for node in root.iter():
            for key, value in list(node.attrib.items()):
                if str(key).startswith(_R) and value in theirs:
                    if theirs[value].kind == "image" and not theirs[value].external:
                        node.set(key, self.relate(owner, "image", theirs[value].target))
                    else:
                        del node.attrib[key]

    def _recolored(self, root: Node, scheme: Scheme) -> None:
        """Name the slots of a theme instead of those of a master's map, which the new master doesn't have."""
        for node in root.iter(f"{_A}schemeClr"):
            node.set("val", scheme.mapping.get(node.get("val", ""), node.get("val", "")))

    def cover(self, master: str, art: str, cover: TemplateLayout) -> str:
        """Write the layout with a cover's art, and return the id of its relation."""
        shapes = []
        for part, shape, _ in _drawn(self.package, cover):
            made = self.carried(art, part, shape)
            if cover.master != self.home:
                self._fixed(made, cover.scheme)
            shapes.append(made)
        ground = None
        for part in (cover.part, cover.master):
            found = self.package.tree(part).find("p:cSld/p:bg", NAMESPACES)
            if found is not None:
                ground = copy.deepcopy(found)
                self._pictures(art, part, ground)
                self._recolored(ground, cover.scheme)
                if cover.master != self.home:
                    self._fixed(ground, cover.scheme)
                break
        return self.layout(master, art, "Cover art", shapes, ground)

    def _fixed(self, root: Node, scheme: Scheme) -> None:
        """Write colours of another theme as digits."""
        for node in list(root.iter(f"{_A}schemeClr")):
            digits = scheme.hexes.get(node.get("val", ""))
            if digits is not None:
                node.tag = f"{_A}srgbClr"
                node.set("val", digits)

    def layout(self, master: str, part: str, name: str, shapes: Sequence[Node], ground: Node | None) -> str:
        """Write a layout without placeholders, and return the id of its master's relation to it."""
        root = etree.Element(f"{_P}sldLayout", preserve="1", userDrawn="1", nsmap={k: NAMESPACES[k] for k in "apr"})
        if (part and ground is not None) or shapes:
            root.set("showMasterSp", "0")
        root.append(_content(name, shapes, ground))
        etree.SubElement(etree.SubElement(root, f"{_P}clrMapOvr"), f"{_A}masterClrMapping")
        self.relate(part, "slideMaster", master)
        self.put(part, "slideLayout", root)
        return self.relate(master, "slideLayout", part)

    def master(
        self, part: str, shapes: Sequence[Node], layouts: Sequence[str], first: int, mapping: Mapping[str, str]
    ) -> None:
        """Write the master; the id of its first layout follows its own."""
        root = etree.Element(f"{_P}sldMaster", preserve="1", nsmap={k: NAMESPACES[k] for k in "apr"})
        root.append(_content("", shapes, None))
        slots = {name: name for name in (*(f"accent{k}" for k in range(1, 7)), "hlink", "folHlink")}
        etree.SubElement(root, f"{_P}clrMap", {**mapping, **slots})
        listed = etree.SubElement(root, f"{_P}sldLayoutIdLst")
        for k, relation in enumerate(layouts, first + 1):
            etree.SubElement(listed, f"{_P}sldLayoutId", {"id": str(k), f"{_R}id": relation})
        self.put(part, "slideMaster", root)

    def next_id(self, main: str) -> int:
        """Return an id that no master or layout has yet, nor any larger number."""
        roots = [
            self.package.tree(main),
            *(self.package.tree(m) for m in self.package.all_related(main, "slideMaster")),
        ]
        nodes = (node for root in roots for node in root.iter(f"{_P}sldMasterId", f"{_P}sldLayoutId"))
        return max([FIRST_MASTER, *(int(node.get("id", "0")) for node in nodes)]) + 1

    def list_master(self, main: str, master: str, number: int, page: Page) -> None:
        """Name the new master in the presentation, after the client's, and write the size of its page."""
        root = copy.deepcopy(self.package.tree(main))
        size = root.find("p:sldSz", NAMESPACES)
        if size is not None:
            size.set("cx", str(page.width))
            size.set("cy", str(page.height))
        theirs = {relation.id for relation in self.package.relations(main)}
        own = next(name for k in count(1) if (name := f"rId{k}") not in theirs)
        for listed in root.iterfind("p:sldMasterIdLst", NAMESPACES):
            etree.SubElement(listed, f"{_P}sldMasterId", {"id": str(number), f"{_R}id": own})
        self.blobs[main] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        rels = copy.deepcopy(self.package.tree(rels_of(main)))
        _relation(rels, own, "slideMaster", main, master)
        self.blobs[rels_of(main)] = etree.tostring(rels, xml_declaration=True, encoding="UTF-8", standalone=True)

    def done(self) -> PackageFile:
        """Return the package."""
        types = copy.deepcopy(self.package.tree(TYPES_PART))
        for part, kind in self.types.items():
            etree.SubElement(types, f"{{{NAMESPACES['ct']}}}Override", PartName=f"/{part}", ContentType=kind)
        self.blobs[TYPES_PART] = etree.tostring(types, xml_declaration=True, encoding="UTF-8", standalone=True)
        for part, relations in self.rels.items():
            root = etree.Element(f"{{{NAMESPACES['pr']}}}Relationships")
            for k, (kind, target) in enumerate(relations, 1):
                _relation(root, f"rId{k}", kind, part, target)
            self.blobs[rels_of(part)] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return replace(self.package, blobs=self.blobs, _trees={}, _relations={})


def _relation(root: Node, own: str, kind: str, part: str, target: str) -> None:
    path = posixpath.relpath(target, posixpath.dirname(part))
    etree.SubElement(root, f"{{{NAMESPACES['pr']}}}Relationship", Id=own, Type=PREFIX + kind, Target=path)


def _content(name: str, shapes: Sequence[Node], ground: Node | None) -> Node:
    content = etree.Element(f"{_P}cSld", {"name": name} if name else {})
    if ground is not None:
        content.append(ground)
    tree = etree.SubElement(content, f"{_P}spTree")
    group = etree.SubElement(tree, f"{_P}nvGrpSpPr")
    etree.SubElement(group, f"{_P}cNvPr", id="1", name="")
    etree.SubElement(group, f"{_P}cNvGrpSpPr")
    etree.SubElement(group, f"{_P}nvPr")
    etree.SubElement(tree, f"{_P}grpSpPr")
    tree.extend(shapes)
    return content
