"""A template's package as a base: without its example slides, with its masters and layouts unchanged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part, XmlPart
from pptx.opc.packuri import PackURI
from pptx.parts.presentation import PresentationPart

from workshop.inputs.pictures import JPEG, PNG, read_picture
from workshop.model.theme import Logo, Paint
from workshop.render.pptx.base import LOGO_ID, PML, TYPES
from workshop.render.pptx.color import recolor
from workshop.render.pptx.package import walk
from workshop.render.pptx.shapes import fixed_picture
from workshop.render.pptx.table import NO_STYLE
from workshop.render.pptx.xml import Element, el, name, to_bytes

SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
# Lists of the template's own slides, and a password that would prevent editing the new deck
SLIDE_LISTS = ("p:custShowLst", "p:photoAlbum", "p:custDataLst", "p:modifyVerifier")
# Parts about the template's own slides, and pictures of them
STALE = ("thumbnail", "extended-properties")
AFTER_LATIN = frozenset(map(name, ("a:ea", "a:cs", "a:sym", "a:hlinkClick", "a:hlinkMouseOver", "a:rtl", "a:extLst")))
THEME_FACE = "+mn-lt"
OURS = ("/ppt/slides/", "/ppt/charts/")


def empty(main: PresentationPart) -> None:
    """Remove the example slides from an opened template, and everything that refers to them."""
    presentation = main.presentation
    root = presentation._element  # noqa: SLF001 - lists of slides have no public name
    ids = root.find(name("p:sldIdLst"))
    for node in list(ids if ids is not None else ()):
        main.drop_rel(node.get(name("r:id")))
        if node.getparent() is not None:
            ids.remove(node)
    for relation_id in [k for k, rel in main.rels.items() if rel.reltype == RELATIONSHIP_TYPE.SLIDE]:
        main.rels.pop(relation_id)
    for tag in SLIDE_LISTS:
        for node in root.findall(name(tag)):
            root.remove(node)
    _without_sections(root)
    for part in list(walk(main.package)):
        if isinstance(part, XmlPart) and part.partname.startswith(("/ppt/slideLayouts/", "/ppt/slideMasters/")):
            _unlink_slides(part)
    top = main.package._rels  # noqa: SLF001 - the package's own list has no public name
    for relation_id in [k for k, rel in top.items() if rel.reltype.rpartition("/")[2] in STALE]:
        top.pop(relation_id)


def complete(main: PresentationPart) -> None:
    """Add parts without which PowerPoint offers to repair a file; other programs may have left them out."""
    have = {rel.reltype.rpartition("/")[2] for rel in main.rels.values()}
    for kind, root in (("presProps", "p:presentationPr"), ("viewProps", "p:viewPr"), ("tableStyles", "a:tblStyleLst")):
        if kind not in have:
            element = el(root, **({"def": NO_STYLE} if kind == "tableStyles" else {}))
            part = Part(PackURI(f"/ppt/{kind}.xml"), f"{PML}{kind}+xml", main.package, to_bytes(element))
            main.relate_to(part, TYPES + kind)


def list_notes_master(main: PresentationPart) -> None:
    """Add the notes master to the presentation's own list, which python-pptx doesn't do, at its place among the others."""
    root = main.presentation._element  # noqa: SLF001 - likewise
    relation = next((k for k, rel in main.rels.items() if rel.reltype == RELATIONSHIP_TYPE.NOTES_MASTER), "")
    listed = root.find(name("p:notesMasterIdLst"))
    if relation and listed is None:
        listed = el("p:notesMasterIdLst", el("p:notesMasterId", r_id=relation))
    if listed is not None:  # in some files it is in a wrong place
        root.find(name("p:sldMasterIdLst")).addnext(listed)


def _without_sections(root: Element) -> None:
    extensions = root.find(name("p:extLst"))
    if extensions is None:
        return
    for node in list(extensions):
        if node.get("uri") == SECTIONS:
            extensions.remove(node)
    if not len(extensions):
        root.remove(extensions)


def _unlink_slides(part: XmlPart) -> None:
    """Remove links to example slides from a layout or master, since their targets were removed."""
    lost = [k for k, rel in part.rels.items() if rel.reltype == RELATIONSHIP_TYPE.SLIDE]
    for relation_id in lost:
        for node in part._element.xpath(f"//*[@r:id='{relation_id}']"):  # noqa: SLF001 - a layout's XML has no public name
            node.getparent().remove(node)
        part.rels.pop(relation_id)


def layout_parts(main: PresentationPart) -> dict[str, Part]:
    """Return the layouts of all masters by part name, without a leading slash."""
    masters = main.presentation.slide_masters
    return {str(layout.part.partname).lstrip("/"): layout.part for master in masters for layout in master.slide_layouts}


def put_logos(layouts: Mapping[str, Part], logos: Mapping[str, Logo]) -> None:
    """Put a logo on each layout that has a place for it; its file is stored once."""
    kept: dict[Path, Part] = {}
    for owner, logo in logos.items():
        layout = layouts[owner]
        if logo.path not in kept:
            taken = {str(part.partname) for part in walk(layout.package)}
            picture = read_picture(logo.path, (PNG, JPEG), again=True)
            file = next(n for k in count(1) if (n := f"/ppt/media/logo{k}.{picture.suffix}") not in taken)
            kept[logo.path] = Part(PackURI(file), picture.media_type, layout.package, picture.blob)
        assert isinstance(layout, XmlPart)
        root: Any = layout._element  # noqa: SLF001 - a layout's XML has no public name
        tree = root.cSld.spTree
        ids = [int(node.get("id")) for node in tree.iter(name("p:cNvPr"))]
        relation = layout.relate_to(kept[logo.path], RELATIONSHIP_TYPE.IMAGE)
        shape = fixed_picture(max([LOGO_ID, *ids]) + 1, "Logo", logo.box, logo.alt, relation)
        last = tree.find(name("p:extLst"))
        tree.append(shape) if last is None else last.addprevious(shape)


def reface(parts: Iterator[Part], face: str) -> None:
    """Give the text of boxes, tables and charts the typeface of the template's placeholders, where it has none of its own."""
    for part in parts:
        if not str(part.partname).startswith(OURS) or not isinstance(part, XmlPart):
            continue
        root: Any = part._element  # noqa: SLF001 - likewise
        for look in list(root.iter(name("a:rPr"), name("a:endParaRPr"), name("a:defRPr"))):
            owner = next((node for node in look.iterancestors(name("p:sp"))), None)
            own = owner.find(f"{name('p:nvSpPr')}/{name('p:nvPr')}/{name('p:ph')}") if owner is not None else None
            latin = look.find(name("a:latin"))
            if own is None and latin is not None and latin.get("typeface") == THEME_FACE:
                latin.set("typeface", face)
            elif own is None and latin is None:
                after = next((node for node in look if node.tag in AFTER_LATIN), None)
                latin = el("a:latin", typeface=face)
                look.append(latin) if after is None else after.addprevious(latin)


def repaint(parts: Iterator[Part], paints: Mapping[str, Paint]) -> None:
    """Replace the colours of our roles on all slides and charts."""
    for part in parts:
        folder = str(part.partname)
        if folder.startswith(OURS) and isinstance(part, XmlPart):
            element: Any = part._element  # noqa: SLF001 - likewise
            recolor(element, paints, chart=folder.startswith("/ppt/charts/"))
