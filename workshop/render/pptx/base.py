"""An empty presentation built from a theme: package, theme parts, master, layouts, notes master."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping

from workshop.inputs.pictures import JPEG, PNG, read_picture
from workshop.model.theme import LayoutSpec, Theme
from workshop.render.pptx.layouts import layout_xml, master_xml
from workshop.render.pptx.notes import notes_master_xml
from workshop.render.pptx.shapes import fixed_picture
from workshop.render.pptx.table import NO_STYLE
from workshop.render.pptx.theme_part import theme_xml
from workshop.render.pptx.xml import NAMESPACES, Element, el, to_bytes

TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
PML = "application/vnd.openxmlformats-officedocument.presentationml."
CONTENT_TYPES = {
    "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "/ppt/presentation.xml": PML + "presentation.main+xml",
    "/ppt/presProps.xml": PML + "presProps+xml",
    "/ppt/viewProps.xml": PML + "viewProps+xml",
    "/ppt/tableStyles.xml": PML + "tableStyles+xml",
    "/ppt/slideMasters/slideMaster1.xml": PML + "slideMaster+xml",
    "/ppt/notesMasters/notesMaster1.xml": PML + "notesMaster+xml",
}
MASTER_ID = 2_147_483_648
MASTER = "/ppt/slideMasters/slideMaster1.xml"
LOGO_ID = 900  # id of the logo's shape: masters and layouts have fewer shapes than that


def base_package(theme: Theme, stages: int) -> bytes:
    """Return a presentation without slides; its layouts are in the order of ``theme.layouts``.

    Args:
        theme: tokens and layouts.
        stages: number of marks on the master's rail.
    """
    layouts = tuple(theme.layouts.values())
    parts: dict[str, Element] = {"/docProps/core.xml": el("cp:coreProperties")}
    parts["/ppt/presentation.xml"] = _presentation(theme)
    parts["/ppt/presProps.xml"] = el("p:presentationPr")
    parts["/ppt/viewProps.xml"] = el("p:viewPr")  # PowerPoint offers to repair a file without it
    parts["/ppt/tableStyles.xml"] = el("a:tblStyleLst", **{"def": NO_STYLE})
    ids = [(MASTER_ID + 1 + k, f"rId{2 + k}") for k in range(len(layouts))]
    parts["/ppt/slideMasters/slideMaster1.xml"] = master_xml(theme, ids, stages)
    parts["/ppt/notesMasters/notesMaster1.xml"] = notes_master_xml(theme)
    parts["/ppt/theme/theme1.xml"] = theme_xml(theme)
    parts["/ppt/theme/theme2.xml"] = theme_xml(theme)
    for number, spec in enumerate(layouts, 1):
        parts[_layout_name(number)] = layout_xml(spec, theme)
    relationships = _relationships(layouts)
    media = _add_logo(theme, parts, relationships)
    return _zipped(parts, relationships, media)


def _add_logo(
    theme: Theme, parts: Mapping[str, Element], relationships: Mapping[str, list[tuple[str, str]]]
) -> Mapping[str, bytes]:
    """Put the theme's logo on the master, and on layouts that don't show the master; return its file by name."""
    if theme.logo is None:
        return {}
    picture = read_picture(theme.logo.path, (PNG, JPEG), again=True)
    name = f"/ppt/media/logo1.{picture.suffix}"
    places = {MASTER: theme.logo}
    for number, spec in enumerate(theme.layouts.values(), 1):
        if not spec.rail and theme.cover_logo is not None:
            places[_layout_name(number)] = theme.cover_logo
    for owner, logo in places.items():
        relationships[owner].append((TYPES + "image", name))
        shape = fixed_picture(LOGO_ID, "Logo", logo.box, logo.alt, f"rId{len(relationships[owner])}")
        tree = parts[owner].find("p:cSld/p:spTree", NAMESPACES)
        assert tree is not None
        tree.append(shape)
    return {name: picture.blob}


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
    master, notes = "/ppt/slideMasters/slideMaster1.xml", "/ppt/notesMasters/notesMaster1.xml"
    names = [_layout_name(number) for number in range(1, len(layouts) + 1)]
    return {
        "/": [(TYPES + "officeDocument", "/ppt/presentation.xml"), (CORE, "/docProps/core.xml")],
        "/ppt/presentation.xml": [
            (TYPES + "slideMaster", master),
            (TYPES + "notesMaster", notes),
            (TYPES + "presProps", "/ppt/presProps.xml"),
            (TYPES + "viewProps", "/ppt/viewProps.xml"),
            (TYPES + "theme", "/ppt/theme/theme1.xml"),
            (TYPES + "tableStyles", "/ppt/tableStyles.xml"),
        ],
        master: [(TYPES + "theme", "/ppt/theme/theme1.xml")] + [(TYPES + "slideLayout", name) for name in names],
        notes: [(TYPES + "theme", "/ppt/theme/theme2.xml")],
    } | {name: [(TYPES + "slideMaster", master)] for name in names}


def _zipped(
    parts: Mapping[str, Element], relationships: Mapping[str, list[tuple[str, str]]], media: Mapping[str, bytes]
) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as package:
        package.writestr("[Content_Types].xml", to_bytes(_content_types(parts)))
        for name, element in parts.items():
            package.writestr(name[1:], to_bytes(element))
        for name, blob in media.items():
            package.writestr(name[1:], blob)
        for owner, targets in relationships.items():
            folder, _, file = owner.rpartition("/")
            package.writestr(f"{folder}/_rels/{file}.rels".lstrip("/"), to_bytes(_rels(folder or "/", targets)))
    return buffer.getvalue()


def _rels(folder: str, targets: list[tuple[str, str]]) -> Element:
    return el(
        "pr:Relationships",
        *(
            el("pr:Relationship", Id=f"rId{k}", Type=kind, Target=posixpath.relpath(target, folder))
            for k, (kind, target) in enumerate(targets, 1)
        ),
    )


def _content_types(parts: Mapping[str, Element]) -> Element:
    kinds = {
        "theme": "application/vnd.openxmlformats-officedocument.theme+xml",
        "slideLayouts": PML + "slideLayout+xml",
    }
    overrides = [(name, CONTENT_TYPES.get(name) or kinds[name.split("/")[2]]) for name in parts]
    return el(
        "ct:Types",
        el("ct:Default", Extension="rels", ContentType="application/vnd.openxmlformats-package.relationships+xml"),
        el("ct:Default", Extension="xml", ContentType="application/xml"),
        el("ct:Default", Extension="png", ContentType="image/png"),
        el("ct:Default", Extension="jpg", ContentType="image/jpeg"),
        *(el("ct:Override", PartName=name, ContentType=kind) for name, kind in overrides),
    )
