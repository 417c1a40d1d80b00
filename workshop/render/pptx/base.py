"""The deck before and after its slides: one of our themes made into masters and layouts, or a user's template."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping
from itertools import count
from pathlib import Path
from typing import Any

import pptx
from lxml import etree
from msgspec import msgpack
from pptx import Presentation
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.oxml import serialize_part_xml
from pptx.opc.package import Part, PartFactory, XmlPart
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.package import Package
from pptx.parts.chart import ChartPart

from workshop.files.memo import Memo, code_digest, digest
from workshop.inputs.pictures import JPEG, PNG, read_picture
from workshop.layouts import traits
from workshop.model.theme import FIELDS_ON_DARK, LayoutSpec, Logo, Paint, Theme
from workshop.render.office_xml import NAMESPACES, Element, Parsed, el, name, parsed, to_bytes
from workshop.render.pptx.carrier import NONE, OpenDeck, relate, related
from workshop.render.pptx.dressed_package import dressed_package
from workshop.render.pptx.layouts import layout_xml, master_xml
from workshop.render.pptx.notes import notes_master_xml
from workshop.render.pptx.recolor import recolor
from workshop.render.pptx.shapes import fixed_picture
from workshop.render.pptx.table_frame import NO_STYLE
from workshop.render.theme_part import theme_xml

MASTER_PART, MASTER_ID = "/ppt/slideMasters/slideMaster1.xml", 2_147_483_648
LOGO_ID = 900  # id of the logo's shape: masters and layouts have fewer shapes than that
THEME_FACE = "+mn-lt"
AFTER_LATIN = frozenset(map(name, ("a:ea", "a:cs", "a:sym", "a:hlinkClick", "a:hlinkMouseOver", "a:rtl", "a:extLst")))
# Parts without which PowerPoint offers to repair a file; other programs leave them out
PROPERTIES = (
    (RT.PRES_PROPS, CT.PML_PRES_PROPS, "presProps", "p:presentationPr"),
    (RT.VIEW_PROPS, CT.PML_VIEW_PROPS, "viewProps", "p:viewPr"),
    (RT.TABLE_STYLES, CT.PML_TABLE_STYLES, "tableStyles", "a:tblStyleLst"),
)


def begun(
    theme: Theme, stages: int, used: Collection[str], cache: Path | None = None, *, fixed: bool = False
) -> OpenDeck:
    """Return a deck without slides.

    Args:
        theme: one of our own, or a template's, whose masters and layouts stay as they are.
        stages: number of marks on the rail of our own master.
        used: names of the layouts that slides have.
        cache: folder in which our own masters and layouts are kept; ``None`` for none.
        fixed: whether nobody will change our own masters and layouts.
    """
    if template := theme.template:
        deck = OpenDeck(Presentation(io.BytesIO(template.package)).part.package, cache)
    elif dress := theme.dress:
        deck = OpenDeck(*dressed_package(theme, dress, stages, needed(theme, used), cache))
    else:
        deck = OpenDeck(*_made(theme, stages, used, cache, fixed=fixed and theme.logo is None))
    _put_logos(deck, theme)
    for kind, content_type, file, root in PROPERTIES:
        if not related(deck.main, kind):
            empty = el(root, **({"def": NO_STYLE} if file == "tableStyles" else {}))
            relate(deck.main, kind, deck.add(f"/ppt/{file}.xml", content_type, to_bytes(empty)))
    return deck


def layout_parts(deck: OpenDeck) -> Mapping[str, Part]:
    """Return the layouts of all masters by name, which is clear in our own themes, and by part name, without a leading slash."""
    if deck.layouts:
        return deck.layouts
    every = [layout for master in deck.main.presentation.slide_masters for layout in master.slide_layouts]
    names = {layout.name: layout.part for layout in every}
    return names | {layout.part.partname.membername: layout.part for layout in every}


def own_master(deck: OpenDeck) -> Any:
    """Return our own master: the last one, after those of a client."""
    return list(deck.main.presentation.slide_masters)[-1].part


def notes_master(deck: OpenDeck) -> Part:
    """Return the master of speaker notes; if a template has none, python-pptx's is added."""
    return next(iter(related(deck.main, RT.NOTES_MASTER)), None) or deck.main.notes_master_part


def finish(deck: OpenDeck, theme: Theme) -> None:
    """Give a deck with all its slides the theme's own colours and typeface, and list its notes master where it belongs."""
    root = deck.main.presentation.element
    if (
        root.sldSz is None
    ):  # a template without a size of its slides has the usual one, which the standard wants written
        deck.main.presentation.slide_width, deck.main.presentation.slide_height = theme.width, theme.height
    notes = next((key for key, one in deck.main.rels.items() if one.reltype == RT.NOTES_MASTER), "")
    if notes and root.find(name("p:notesMasterIdLst")) is None:
        listed = parsed(el("p:notesMasterIdLst", el("p:notesMasterId", r_id=notes)))
        root.get_or_add_sldMasterIdLst().addnext(listed)
    paints, face = paints_of(theme), theme.template.face if theme.template else ""
    for part in deck.parts() if paints or face else ():
        if part.content_type == CT.PML_SLIDE or isinstance(part, ChartPart):
            written = part._element if isinstance(part, ChartPart) else parse_xml(part.blob)  # noqa: SLF001
            recolor(written, paints, chart=isinstance(part, ChartPart))
            if face:
                _reface(written, face)
            if not isinstance(part, ChartPart):
                part.blob = serialize_part_xml(written)


def paints_of(theme: Theme) -> Mapping[str, Paint]:
    """Return the colours that aren't slots of our theme part: a template's, large areas of a dark theme, text in a bright accent."""
    if (source := theme.template or theme.dress) is not None:
        return source.paints
    return {**(FIELDS_ON_DARK if theme.dark else {}), **theme.paints}


def _put_logos(deck: OpenDeck, theme: Theme) -> None:
    """Put a logo on our master, and on layouts that don't show it."""
    layouts: Mapping[str, Any] = layout_parts(deck)
    logos = dict[XmlPart, Logo]()
    if theme.logo is not None:
        logos = {own_master(deck): theme.logo}
        if theme.cover_logo is not None:
            bare = [spec.name for spec in theme.layouts.values() if not spec.rail and spec.name in layouts]
            logos |= {layouts[one]: theme.cover_logo for one in bare}
    kept: dict[Path, Part] = {}  # a file is stored once
    for owner, logo in logos.items():
        if logo.path not in kept:
            picture = read_picture(logo.path, (PNG, JPEG), again=True)
            kept[logo.path] = deck.add(f"/ppt/media/logo%d.{picture.suffix}", picture.media_type, picture.blob)
        tree = owner._element.find("p:cSld/p:spTree", NAMESPACES)  # noqa: SLF001
        assert tree is not None
        ids = {node.get("id") for node in tree.iter(name("p:cNvPr"))}
        own = next(k for k in count(LOGO_ID) if str(k) not in ids)
        shape = fixed_picture(own, "Logo", logo.box, logo.alt, owner.relate_to(kept[logo.path], RT.IMAGE))
        last = tree.find(name("p:extLst"))
        tree.append(parsed(shape)) if last is None else last.addprevious(parsed(shape))


def _reface(root: Parsed, face: str) -> None:
    """Give the text of boxes, tables and charts the typeface of the template's placeholders, where it has none of its own."""
    for look in list(root.iter(name("a:rPr"), name("a:endParaRPr"), name("a:defRPr"))):
        owner = next((node for node in look.iterancestors(name("p:sp"))), None)
        own = owner.find(f"{name('p:nvSpPr')}/{name('p:nvPr')}/{name('p:ph')}") if owner is not None else None
        latin = look.find(name("a:latin"))
        if own is None and latin is not None and latin.get("typeface") == THEME_FACE:
            latin.set("typeface", face)
        elif own is None and latin is None:
            after = next((node for node in look if node.tag in AFTER_LATIN), None)
            latin = look.makeelement(name("a:latin"), {"typeface": face})
            look.append(latin) if after is None else after.addprevious(latin)


def needed(theme: Theme, used: Collection[str]) -> Mapping[int, LayoutSpec]:
    """Return the layouts that a deck has, with their numbers in the theme: those with ``used`` names, and those for slides added by hand."""
    every = enumerate(theme.layouts.items(), 1)
    return {n: spec for n, (key, spec) in every if spec.name in used or "by-hand" in traits(key)}


def _made(
    theme: Theme, stages: int, used: Collection[str], cache: Path | None, *, fixed: bool
) -> tuple[Package, Path | None, Mapping[str, Part]]:
    """Return a presentation without slides, whose layouts are in the order of ``theme.layouts``, the cache, and the layouts if they are fixed.

    What is fixed keeps its bytes: nothing is parsed.
    """
    package, layouts = Package(io.BytesIO()), needed(theme, used)
    versions = (pptx.__version__, etree.LXML_VERSION, etree.LIBXML_VERSION)
    name = digest(repr(theme), stages, list(layouts), versions, code_digest(*_MADE_BY)) if cache is not None else ""
    blobs = _MASTERS.once(cache, name, lambda: _blobs(theme, stages, layouts))

    def add(owner: Part | Package, kind: str, part: str, content_type: str, content: bytes) -> Any:
        make = Part if fixed and content_type != CT.PML_PRESENTATION_MAIN else PartFactory
        made = make(PackURI(part), content_type, package, content)
        relate(owner, kind, made)
        return made

    main = add(
        package, RT.OFFICE_DOCUMENT, "/ppt/presentation.xml", CT.PML_PRESENTATION_MAIN, to_bytes(_presentation(theme))
    )
    master = add(main, RT.SLIDE_MASTER, MASTER_PART, CT.PML_SLIDE_MASTER, blobs[MASTER])
    notes_part = add(main, RT.NOTES_MASTER, "/ppt/notesMasters/notesMaster1.xml", CT.PML_NOTES_MASTER, blobs[NOTES])
    relate(main, RT.THEME, add(master, RT.THEME, "/ppt/theme/theme1.xml", CT.OFC_THEME, blobs[LOOK]))
    add(notes_part, RT.THEME, "/ppt/theme/theme2.xml", CT.OFC_THEME, blobs[LOOK])
    known: dict[str, Part] = {}
    for number, spec in layouts.items():
        at = f"ppt/slideLayouts/slideLayout{number}.xml"
        layout = add(master, RT.SLIDE_LAYOUT, f"/{at}", CT.PML_SLIDE_LAYOUT, blobs[str(number)])
        relate(layout, RT.SLIDE_MASTER, master)
        known[spec.name] = known[at] = layout
    return package, cache, known if fixed else NONE


def _blobs(theme: Theme, stages: int, layouts: Mapping[int, LayoutSpec]) -> dict[str, bytes]:
    """Return master, notes master, theme and layouts, these by their numbers, as python-pptx writes them."""
    ids = [(MASTER_ID + number, f"rId{2 + k}") for k, number in enumerate(layouts)]
    paints = paints_of(theme)
    made = {
        MASTER: serialize_part_xml(parse_xml(to_bytes(master_xml(theme, ids, stages)))),
        NOTES: serialize_part_xml(parse_xml(to_bytes(notes_master_xml(theme)))),
        LOOK: to_bytes(theme_xml(theme)),
    }
    for number, spec in layouts.items():
        layout = parse_xml(layout_xml(spec, theme))
        if paints:
            recolor(layout, paints)
        made[str(number)] = serialize_part_xml(layout)
    return made


MASTER, NOTES, LOOK = "master", "notes", "theme"
_MADE_BY = ("layout", "layouts", "limits", "model", "render", "wording")
_MASTERS = Memo(".masters", msgpack.Decoder(dict[str, bytes]).decode, msgpack.encode)


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
