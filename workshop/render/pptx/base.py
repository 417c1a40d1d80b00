"""An empty presentation built from a theme: theme parts, master, layouts, notes master, and how they are related."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from msgspec import Struct

from workshop.inputs.pictures import JPEG, PNG, read_picture
from workshop.layouts import traits
from workshop.model.theme import FIELDS_ON_DARK, LayoutSpec, Paint, Theme
from workshop.render.office_xml import NAMESPACES, Element, el, parse_xml, parsed, theme_xml, to_bytes
from workshop.render.pptx.drawing import NO_STYLE
from workshop.render.pptx.layouts import layout_xml, master_xml
from workshop.render.pptx.notes import notes_master_xml
from workshop.render.pptx.package import (
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
    THEME,
    THEME_TYPE,
)
from workshop.render.pptx.shapes import fixed_picture, recolor

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


def needed(theme: Theme, used: Collection[str]) -> Mapping[int, LayoutSpec]:
    """Return the layouts that a deck has, with their numbers in the theme: those with ``used`` names, and those for slides added by hand."""
    every = enumerate(theme.layouts.items(), 1)
    return {n: spec for n, (key, spec) in every if spec.name in used or "by-hand" in traits(key)}


def base_parts(theme: Theme, stages: int, used: Collection[str]) -> BaseParts:
    """Return a presentation without slides; its layouts are in the order of ``theme.layouts``.

    Args:
        theme: tokens and layouts.
        stages: number of marks on the master's rail.
        used: names of the layouts that slides have.
    """
    layouts = {_layout_name(number): spec for number, spec in needed(theme, used).items()}
    ids = [(MASTER_ID + number, f"rId{2 + k}") for k, number in enumerate(needed(theme, used))]
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
    blobs |= {name: layout_xml(spec, theme) for name, spec in layouts.items()}
    kinds = {name: CONTENT_TYPES.get(name) or KINDS[name.split("/")[2]] for name in (*blobs, MAIN_PART, CORE_PART)}
    relationships = _relationships(layouts)
    _paint_layouts(theme, blobs, layouts)
    _add_logo(theme, blobs, kinds, relationships, layouts)
    return BaseParts(contents=blobs, kinds=kinds, relationships=relationships)


def own_parts(theme: Theme) -> dict[str, Element]:
    """Return the parts that a deck fills itself: the presentation, and the list of its properties."""
    return {MAIN_PART: _presentation(theme), CORE_PART: el("cp:coreProperties")}


def paints_of(theme: Theme) -> Mapping[str, Paint]:
    """Return the colours that aren't slots of the theme part: large areas of a dark theme, text in a bright accent."""
    return {**(FIELDS_ON_DARK if theme.dark else {}), **theme.paints}


def _paint_layouts(theme: Theme, blobs: dict[str, bytes], layouts: Collection[str]) -> None:
    if paints := paints_of(theme):
        for name in layouts:
            layout = parse_xml(blobs[name])
            recolor(layout, paints, chart=False)
            blobs[name] = to_bytes(layout)


def _add_logo(
    theme: Theme,
    blobs: dict[str, bytes],
    kinds: dict[str, str],
    relationships: Mapping[str, list[tuple[str, str]]],
    layouts: Mapping[str, LayoutSpec],
) -> None:
    """Put the theme's logo on the master, and on layouts that don't show the master."""
    if theme.logo is None:
        return
    picture = read_picture(theme.logo.path, (PNG, JPEG), again=True)
    name = f"/ppt/media/logo1.{picture.suffix}"
    places = {MASTER_PART: theme.logo}
    for layout, spec in layouts.items():
        if not spec.rail and theme.cover_logo is not None:
            places[layout] = theme.cover_logo
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


def _relationships(names: Collection[str]) -> Mapping[str, list[tuple[str, str]]]:
    """Return each part's relationships as (type, target), in the order of their ids."""
    notes = "/ppt/notesMasters/notesMaster1.xml"
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
