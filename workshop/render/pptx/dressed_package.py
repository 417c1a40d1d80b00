"""Our own layouts as a second master in a client's package, which keeps its masters and layouts."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part, PartFactory
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.package import Package

from workshop.layouts import traits
from workshop.model.theme import Dress, LayoutSpec, Theme
from workshop.render.office_xml import NAMESPACES, name, to_bytes
from workshop.render.pptx.carrier import relate, related
from workshop.render.pptx.layouts import layout_xml, master_xml
from workshop.render.pptx.notes import notes_master_xml
from workshop.render.pptx.recolor import recolor
from workshop.render.theme_part import theme_xml

MASTERS, LAYOUTS = "p:sldMasterIdLst/p:sldMasterId", "p:sldLayoutIdLst"
DRAWN = tuple(map(name, ("p:sp", "p:pic", "p:cxnSp", "p:grpSp")))
IMAGES = "p:cSld/p:spTree"


def dressed_package(
    theme: Theme, dress: Dress, stages: int, layouts: Mapping[int, LayoutSpec], cache: Path | None
) -> tuple[Package, Path | None, Mapping[str, Part]]:
    """Return a client's presentation without slides, with our master and layouts; the cache; and all layouts.

    Args:
        layouts: those of ours that the deck has, by number.

    Ours are found by their names, the client's by the names of their parts.
    """
    package = Presentation(io.BytesIO(dress.package)).part.package
    main = package.main_document_part
    master = next(part for part in related(main, RT.SLIDE_MASTER) if part.partname.membername == dress.master)
    theirs = [part for one in related(main, RT.SLIDE_MASTER) for part in related(one, RT.SLIDE_LAYOUT)]
    cover = next((part for part in theirs if part.partname.membername == dress.cover), None)
    number = _number_of(main, master)
    for key in [key for key, one in master.rels.items() if one.reltype == RT.SLIDE_LAYOUT]:
        master.rels.pop(key)
    found = {
        part.partname.membername: part for part in theirs if part.partname.membername not in (dress.edges, dress.cover)
    }
    last = max(
        int("".join(c for c in part.partname.baseURI + part.partname.filename if c.isdigit()) or 0) for part in theirs
    )
    ids = []
    for place, spec in enumerate(layouts.values(), 1):
        made = _layout(package, last + place, spec, theme, cover)
        relate(made, RT.SLIDE_MASTER, master)
        ids.append((number + place, relate(master, RT.SLIDE_LAYOUT, made)))
        found |= {spec.name: made, made.partname.membername: made}
    _complete(master, theme, ids, stages)
    _add_notes(package, theme)
    return package, cache, found


def _number_of(main: Any, master: Part) -> int:
    """Return the id of a master."""
    own = next(key for key, one in main.rels.items() if one.reltype == RT.SLIDE_MASTER and one.target_part is master)
    listed = main._element.iterfind(MASTERS, NAMESPACES)  # noqa: SLF001
    return next(int(node.get("id")) for node in listed if node.get(name("r:id")) == own)


def _complete(master: Any, theme: Theme, ids: list[tuple[int, str]], stages: int) -> None:
    """Put our placeholders, rail and styles on the master that has only what is at a client's edges, which stays behind them."""
    edges = [node for node in master._element.find(IMAGES, NAMESPACES) if node.tag in DRAWN]  # noqa: SLF001
    root = parse_xml(to_bytes(master_xml(theme, ids, stages)))
    recolor(root, theme.dress.paints if theme.dress else {})
    for place, node in enumerate(edges, 2):
        root.find(IMAGES, NAMESPACES).insert(place, node)
    master._element = root  # noqa: SLF001


def _layout(package: Package, number: int, spec: LayoutSpec, theme: Theme, cover: Part | None) -> Any:
    """Return one of our layouts; that of a cover has a client's art behind it."""
    root = parse_xml(layout_xml(spec, theme))
    recolor(root, theme.dress.paints if theme.dress else {})
    made: Any = PartFactory(
        PackURI(f"/ppt/slideLayouts/slideLayout{number}.xml"), CT.PML_SLIDE_LAYOUT, package, to_bytes(root)
    )
    if cover is not None and "covers" in traits(spec.role):
        own = made._element  # noqa: SLF001
        content, art = own.find("p:cSld", NAMESPACES), parse_xml(cover.blob)
        keys = {
            key: made.relate_to(one.target_part, RT.IMAGE) for key, one in cover.rels.items() if one.reltype == RT.IMAGE
        }
        ground = art.find("p:cSld/p:bg", NAMESPACES)
        drawn = [node for node in art.find(IMAGES, NAMESPACES) if node.tag in DRAWN]
        for node in (*([ground] if ground is not None else ()), *drawn):
            for part in node.iter():
                for key, value in part.attrib.items():
                    if value in keys and str(key).startswith(name("r:")):
                        part.set(key, keys[value])
        if ground is not None:
            content.insert(0, ground)
        for place, node in enumerate(drawn, 2):
            content.find("p:spTree", NAMESPACES).insert(place, node)
    return made


def _add_notes(package: Package, theme: Theme) -> None:
    """Add our master of speaker notes, if the client has none."""
    main = package.main_document_part
    if related(main, RT.NOTES_MASTER):
        return
    content = to_bytes(notes_master_xml(theme))
    made: Any = PartFactory(PackURI("/ppt/notesMasters/notesMaster1.xml"), CT.PML_NOTES_MASTER, package, content)
    part = PackURI("/ppt/theme/themeOfNotes1.xml")
    relate(made, RT.THEME, PartFactory(part, CT.OFC_THEME, package, to_bytes(theme_xml(theme))))
    relate(main, RT.NOTES_MASTER, made)
