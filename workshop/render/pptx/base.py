"""An empty presentation built from a theme: theme parts, master, layouts, notes master, and how they are related."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Protocol

from msgspec import Struct
from pptx import Presentation
from pptx.oxml.slide import CT_NotesMaster
from pptx.oxml.theme import CT_OfficeStyleSheet

from workshop.inputs.pictures import JPEG, PNG, read_picture
from workshop.model.theme import FIELDS_ON_DARK, LayoutSpec, Logo, Paint, Template, Theme
from workshop.render.office_xml import NAMESPACES, Element, el, name, parse_xml, parsed, theme_xml, to_bytes
from workshop.render.pptx.drawing import NO_STYLE
from workshop.render.pptx.layouts import layout_xml, master_xml
from workshop.render.pptx.notes import notes_master_xml
from workshop.render.pptx.package import (
    CHART_TYPE,
    CORE_PROPERTIES,
    CORE_TYPE,
    IMAGE,
    LAYOUT,
    MAIN,
    MASTER,
    NOTES_MASTER,
    NOTES_MASTER_TYPE,
    OFFICE,
    PML,
    SLIDE_TYPE,
    THEME,
    THEME_TYPE,
    Package,
    Part,
    Relation,
)
from workshop.render.pptx.shapes import fixed_picture, recolor

# ---------------------------------------------------------------- base
MAIN_PART, CORE_PART = "/ppt/presentation.xml", "/docProps/core.xml"
MASTER_PART = "/ppt/slideMasters/slideMaster1.xml"
CONTENT_TYPES = {
    CORE_PART: CORE_TYPE,
    MAIN_PART: PML + "presentation.main+xml",
    "/ppt/presProps.xml": PML + "presProps+xml",
    "/ppt/viewProps.xml": PML + "viewProps+xml",
    "/ppt/tableStyles.xml": PML + "tableStyles+xml",
    MASTER_PART: PML + "slideMaster+xml",
    "/ppt/notesMasters/notesMaster1.xml": NOTES_MASTER_TYPE,
}
KINDS = {
    "theme": THEME_TYPE,
    "slideLayouts": PML + "slideLayout+xml",
}
MASTER_ID = 2_147_483_648
LOGO_ID = 900  # id of the logo's shape: masters and layouts have fewer shapes than that


class BaseParts(Struct, frozen=True, kw_only=True):
    """The parts of a presentation without slides.

    Attributes:
        contents: name -> content; the two parts that every deck has of its own are left out.
        kinds: name -> content type.
        relationships: name of a part, or "/" for the package -> type and target of each, in the order of their ids.
    """

    contents: Mapping[str, bytes]
    kinds: Mapping[str, str]
    relationships: Mapping[str, list[tuple[str, str]]]


def base_parts(theme: Theme, stages: int) -> BaseParts:
    """Return a presentation without slides; its layouts are in the order of ``theme.layouts``.

    Args:
        theme: tokens and layouts.
        stages: number of marks on the master's rail.
    """
    layouts = tuple(theme.layouts.values())
    ids = [(MASTER_ID + 1 + k, f"rId{2 + k}") for k in range(len(layouts))]
    parts = {
        "/ppt/presProps.xml": el("p:presentationPr"),
        "/ppt/viewProps.xml": el("p:viewPr"),  # PowerPoint offers to repair a file without it
        "/ppt/tableStyles.xml": el("a:tblStyleLst", **{"def": NO_STYLE}),
        MASTER_PART: master_xml(theme, ids, stages),
        "/ppt/notesMasters/notesMaster1.xml": notes_master_xml(theme),
        "/ppt/theme/theme1.xml": theme_xml(theme),
        "/ppt/theme/theme2.xml": theme_xml(theme),
    }
    blobs = {name: to_bytes(element) for name, element in parts.items()}
    blobs |= {_layout_name(number): layout_xml(spec, theme) for number, spec in enumerate(layouts, 1)}
    kinds = {name: CONTENT_TYPES.get(name) or KINDS[name.split("/")[2]] for name in (*blobs, MAIN_PART, CORE_PART)}
    relationships = _relationships(layouts)
    _paint_layouts(theme, blobs)
    _add_logo(theme, blobs, kinds, relationships)
    return BaseParts(contents=blobs, kinds=kinds, relationships=relationships)


def own_parts(theme: Theme) -> dict[str, Element]:
    """Return the parts that a deck fills itself: the presentation, and the list of its properties."""
    return {MAIN_PART: _presentation(theme), CORE_PART: el("cp:coreProperties")}


def paints_of(theme: Theme) -> Mapping[str, Paint]:
    """Return the colours that aren't slots of the theme part: large areas of a dark theme, text in a bright accent."""
    return {**(FIELDS_ON_DARK if theme.dark else {}), **theme.paints}


def _paint_layouts(theme: Theme, blobs: dict[str, bytes]) -> None:
    if paints := paints_of(theme):
        for number in range(1, len(theme.layouts) + 1):
            layout = parse_xml(blobs[_layout_name(number)])
            recolor(layout, paints, chart=False)
            blobs[_layout_name(number)] = to_bytes(layout)


def _add_logo(
    theme: Theme,
    blobs: dict[str, bytes],
    kinds: dict[str, str],
    relationships: Mapping[str, list[tuple[str, str]]],
) -> None:
    """Put the theme's logo on the master, and on layouts that don't show the master."""
    if theme.logo is None:
        return
    picture = read_picture(theme.logo.path, (PNG, JPEG), again=True)
    name = f"/ppt/media/logo1.{picture.suffix}"
    places = {MASTER_PART: theme.logo}
    for number, spec in enumerate(theme.layouts.values(), 1):
        if not spec.rail and theme.cover_logo is not None:
            places[_layout_name(number)] = theme.cover_logo
    for owner, logo in places.items():
        relationships[owner].append((IMAGE, name))
        root = parse_xml(blobs[owner])
        tree = root.find("p:cSld/p:spTree", NAMESPACES)
        assert tree is not None
        shape = fixed_picture(LOGO_ID, "Logo", logo.box, logo.alt, f"rId{len(relationships[owner])}")
        tree.append(parsed(shape))
        blobs[owner] = to_bytes(root)
    blobs[name], kinds[name] = picture.blob, picture.media_type


def _layout_name(number: int) -> str:
    return f"/ppt/slideLayouts/slideLayout{number}.xml"


def _presentation(theme: Theme) -> Element:
    return el(
        "p:presentation",
        el("p:sldMasterIdLst", el("p:sldMasterId", id=MASTER_ID, r_id="rId1")),
        el("p:notesMasterIdLst", el("p:notesMasterId", r_id="rId2")),
        el("p:sldIdLst"),
        el("p:sldSz", cx=theme.width, cy=theme.height),
        el("p:notesSz", cx=6_858_000, cy=9_144_000),
        saveSubsetFonts=True,
    )


def _relationships(layouts: tuple[LayoutSpec, ...]) -> Mapping[str, list[tuple[str, str]]]:
    """Return each part's relationships as (type, target), in the order of their ids."""
    notes = "/ppt/notesMasters/notesMaster1.xml"
    names = [_layout_name(number) for number in range(1, len(layouts) + 1)]
    return {
        "/": [(MAIN, MAIN_PART), (CORE_PROPERTIES, CORE_PART)],
        MAIN_PART: [
            (MASTER, MASTER_PART),
            (NOTES_MASTER, notes),
            (OFFICE + "presProps", "/ppt/presProps.xml"),
            (OFFICE + "viewProps", "/ppt/viewProps.xml"),
            (THEME, "/ppt/theme/theme1.xml"),
            (OFFICE + "tableStyles", "/ppt/tableStyles.xml"),
        ],
        MASTER_PART: [(THEME, "/ppt/theme/theme1.xml")] + [(LAYOUT, name) for name in names],
        notes: [(THEME, "/ppt/theme/theme2.xml")],
    } | {name: [(MASTER, MASTER_PART)] for name in names}


# ---------------------------------------------------------------- paint
# The colours of our roles in a finished package, replaced by a theme's or a template's own.
def painted(package: Package) -> Iterator[Part]:
    """Yield the slides and charts."""
    return (part for part in package.parts() if part.kind in (SLIDE_TYPE, CHART_TYPE))


def repaint(package: Package, paints: Mapping[str, Paint]) -> None:
    """Replace the colours of our roles on all slides and charts."""
    for part in painted(package):
        recolor(part.root, paints, chart=part.kind == CHART_TYPE)


# ---------------------------------------------------------------- bases
# The file that a deck is written into: our own base, or a user's template.
class Base(Protocol):
    """A package with masters and layouts that slides are put into."""

    def open(self, stages: int) -> Package:
        """Return a package that holds nothing but the base; ``stages`` is the number of marks on a rail."""

    def layouts(self, package: Package) -> Mapping[str, Part]:
        """Return the layouts' parts by ``LayoutSpec.part``, or by name if that is empty."""

    def notes_master(self, package: Package) -> Part:
        """Return the master of speaker notes."""

    def pictures(self, package: Package) -> int:
        """Return the highest number in the name of a picture."""

    def finish(self, package: Package) -> None:
        """Finish the package after all slides are filled."""


class OwnBase(Struct, frozen=True):
    """Masters and layouts made from one of our own themes."""

    theme: Theme

    def open(self, stages: int) -> Package:
        """Return a presentation without slides."""
        base, package = base_parts(self.theme, stages), Package()
        contents: dict[str, bytes | Element] = {**base.contents, **own_parts(self.theme)}
        made = {part: Part(part, base.kinds[part], content) for part, content in contents.items()}
        for owner_name, targets in base.relationships.items():
            owner = package if owner_name == "/" else made[owner_name]
            for kind, target in targets:
                owner.add(kind, made[target])
        return package

    def layouts(self, package: Package) -> Mapping[str, Part]:
        """Return the layouts by name; the master has them in the theme's order."""
        (master,) = package.main.related(MASTER)
        made = master.related(LAYOUT)
        return {spec.name: part for spec, part in zip(self.theme.layouts.values(), made, strict=True)}

    def notes_master(self, package: Package) -> Part:
        """Return the theme's master of speaker notes."""
        (master,) = package.main.related(NOTES_MASTER)
        return master

    def pictures(self, package: Package) -> int:
        """Return 0: a logo has a name without a number."""
        del package
        return 0

    def finish(self, package: Package) -> None:
        """Keep the colours, which are slots of our own theme part, except for the few that aren't."""
        if paints := paints_of(self.theme):
            repaint(package, paints)


class TemplateBase(Struct, frozen=True):
    """A user's .pptx: its masters and layouts stay as they are; it was read without its example slides."""

    template: Template

    def open(self, stages: int) -> Package:
        """Return the template with missing parts and the logo added."""
        del stages
        package = opened(self.template.package)
        complete(package)
        put_logos(package, self.template.logos)
        return package

    def layouts(self, package: Package) -> Mapping[str, Part]:
        """Return the layouts of all masters by part name."""
        return layout_parts(package)

    def notes_master(self, package: Package) -> Part:
        """Return the template's master of speaker notes; a plain one is added if it has none."""
        return notes_master(package)

    def pictures(self, package: Package) -> int:
        """Return the highest number, since the template's logo may be image1.png."""
        numbers = (re.fullmatch(r"/ppt/media/image(\d+)\.\w+", part.name) for part in package.parts())
        return max((int(match[1]) for match in numbers if match), default=0)

    def finish(self, package: Package) -> None:
        """Replace our colours and typeface by the template's, and list its notes master where it belongs."""
        list_notes_master(package.main)
        repaint(package, self.template.paints)
        if self.template.face:
            reface(package, self.template.face)


def base_of(theme: Theme) -> Base:
    """Return the base for a deck in a theme."""
    return OwnBase(theme) if theme.template is None else TemplateBase(theme.template)


# ---------------------------------------------------------------- template base
# A template's package as a base: without its example slides, with its masters and layouts unchanged.
SIZES = (name("p:sldSz"), name("p:notesSz"))
AFTER_LATIN = frozenset(map(name, ("a:ea", "a:cs", "a:sym", "a:hlinkClick", "a:hlinkMouseOver", "a:rtl", "a:extLst")))
NO_PROPERTIES = (
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    b'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>'
)
THEME_FACE = "+mn-lt"


def opened(blob: bytes) -> Package:
    """Return a file as a package; python-pptx reads it, since it knows what other programs leave out or write wrongly."""
    read, package = Presentation(io.BytesIO(blob)).part.package, Package()
    made = {part: Part(str(part.partname), part.content_type, part.blob) for part in read.iter_parts()}
    for owner, relations in ((package, read._rels), *((made[part], part.rels) for part in made)):  # noqa: SLF001 - no public way
        for key, one in relations.items():
            owner.relations[key] = Relation(one.reltype, one.target_ref if one.is_external else made[one.target_part])
    return package


def complete(package: Package) -> None:
    """Add parts without which PowerPoint offers to repair a file; other programs may have left them out."""
    main = package.main
    if main.root.find(name("p:sldIdLst")) is None:
        after = next((node for node in main.root if node.tag in SIZES), None)
        main.root.insert(len(main.root) if after is None else main.root.index(after), parsed(el("p:sldIdLst")))
    if not package.related(CORE_PROPERTIES):
        package.add(CORE_PROPERTIES, Part("/docProps/core.xml", CORE_TYPE, NO_PROPERTIES))
    for kind, root in (("presProps", "p:presentationPr"), ("viewProps", "p:viewPr"), ("tableStyles", "a:tblStyleLst")):
        if not any(one.kind.rpartition("/")[2] == kind for one in main.relations.values()):
            element = el(root, **({"def": NO_STYLE} if kind == "tableStyles" else {}))
            main.add(OFFICE + kind, Part(f"/ppt/{kind}.xml", f"{PML}{kind}+xml", to_bytes(element)))


def notes_master(package: Package) -> Part:
    """Return the master of speaker notes; if there is none, python-pptx's is added."""
    found = package.main.related(NOTES_MASTER)
    if not found:
        name = "/ppt/notesMasters/notesMaster1.xml"
        found = [Part(name, NOTES_MASTER_TYPE, to_bytes(CT_NotesMaster.new_default()))]
        theme = to_bytes(CT_OfficeStyleSheet.new_default())  # type: ignore[no-untyped-call]
        found[0].add(THEME, Part(package.next_name("/ppt/theme/theme%d.xml"), THEME_TYPE, theme))
        package.main.add(NOTES_MASTER, found[0])
    return found[0]


def list_notes_master(main: Part) -> None:
    """List the notes master in the presentation, if it isn't yet."""
    relation = next((key for key, one in main.relations.items() if one.kind == NOTES_MASTER), "")
    listed = main.root.find(name("p:notesMasterIdLst"))
    if relation and listed is None:
        masters = main.root.find(name("p:sldMasterIdLst"))
        assert masters is not None
        masters.addnext(parsed(el("p:notesMasterIdLst", el("p:notesMasterId", r_id=relation))))


def layout_parts(package: Package) -> dict[str, Part]:
    """Return the layouts of all masters by part name, without a leading slash."""
    masters = package.main.related(MASTER)
    return {layout.name.lstrip("/"): layout for master in masters for layout in master.related(LAYOUT)}


def put_logos(package: Package, logos: Mapping[str, Logo]) -> None:
    """Put a logo on each layout that has a place for it; its file is stored once."""
    kept: dict[Path, Part] = {}
    layouts = layout_parts(package) if logos else {}
    for owner, logo in logos.items():
        layout = layouts[owner]
        if logo.path not in kept:
            taken = {part.name for part in package.parts()}
            picture = read_picture(logo.path, (PNG, JPEG), again=True)
            file = next(n for k in count(1) if (n := f"/ppt/media/logo{k}.{picture.suffix}") not in taken)
            kept[logo.path] = Part(file, picture.media_type, picture.blob)
        tree = layout.root.find("p:cSld/p:spTree", NAMESPACES)
        assert tree is not None
        ids = {node.get("id") for node in tree.iter(name("p:cNvPr"))}
        own = next(k for k in count(LOGO_ID + 1) if str(k) not in ids)
        relation = layout.relate(IMAGE, kept[logo.path])
        shape = parsed(fixed_picture(own, "Logo", logo.box, logo.alt, relation))
        last = tree.find(name("p:extLst"))
        tree.append(shape) if last is None else last.addprevious(shape)


def reface(package: Package, face: str) -> None:
    """Give the text of boxes, tables and charts the typeface of the template's placeholders, where it has none of its own."""
    for part in painted(package):
        for look in list(part.root.iter(name("a:rPr"), name("a:endParaRPr"), name("a:defRPr"))):
            owner = next((node for node in look.iterancestors(name("p:sp"))), None)
            own = owner.find(f"{name('p:nvSpPr')}/{name('p:nvPr')}/{name('p:ph')}") if owner is not None else None
            latin = look.find(name("a:latin"))
            if own is None and latin is not None and latin.get("typeface") == THEME_FACE:
                latin.set("typeface", face)
            elif own is None and latin is None:
                after = next((node for node in look if node.tag in AFTER_LATIN), None)
                latin = look.makeelement(name("a:latin"), {"typeface": face})
                look.append(latin) if after is None else after.addprevious(latin)
