"""A template's package as a base: without its example slides, with its masters and layouts unchanged."""

from __future__ import annotations

import io
from collections.abc import Mapping
from itertools import count
from pathlib import Path

from pptx import Presentation
from pptx.oxml.slide import CT_NotesMaster
from pptx.oxml.theme import CT_OfficeStyleSheet

from workshop.inputs.pictures import JPEG, PNG, read_picture
from workshop.model.theme import Logo
from workshop.render.office_xml import NAMESPACES, el, name, parsed, to_bytes
from workshop.render.pptx.base import LOGO_ID
from workshop.render.pptx.drawing import NO_STYLE
from workshop.render.pptx.package import (
    CORE_PROPERTIES,
    CORE_TYPE,
    IMAGE,
    LAYOUT,
    MASTER,
    NOTES_MASTER,
    NOTES_MASTER_TYPE,
    OFFICE,
    PML,
    THEME,
    THEME_TYPE,
    Package,
    Part,
    Relation,
)
from workshop.render.pptx.paint import painted
from workshop.render.pptx.shapes import fixed_picture

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
