"""A laid-out kit as a PowerPoint file."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from itertools import groupby

from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part

from workshop.charts.kind import is_built_in
from workshop.errors import Problem
from workshop.files.build_ids import creation_ids
from workshop.layout.laid import LaidChart, LaidOut, LaidSlide
from workshop.layouts import traits
from workshop.render.formulas import Drawings
from workshop.render.office_xml import Parsed, clean, el, name, parsed, to_bytes
from workshop.render.pptx.base import begun, finish, layout_parts, notes_master
from workshop.render.pptx.carrier import OpenDeck, relate
from workshop.render.pptx.notes import clock_line, interruptions, notes_xml
from workshop.render.pptx.page import Page, empty_slide, fill_page
from workshop.render.pptx.picture_shapes import Media
from workshop.render.pptx.properties import set_properties
from workshop.render.pptx.slide_foot import add_foot, add_timer
from workshop.render.pptx.text import Look
from workshop.render.writing import Writer
from workshop.wording.languages import is_rtl
from workshop.wording.messages import messages, say

FIRST_SLIDE_ID = 256
APPENDIX = "#appendix"  # no stage can have this name
SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"


def write_deck(laid: LaidOut) -> bytes:
    """Return the deck; the same ``laid`` gives the same bytes.

    Raises:
        WorkshopError: for a picture that can't be put on a slide.
    """
    return _written(laid)[0]


def _written(laid: LaidOut) -> tuple[bytes, tuple[Problem, ...]]:
    """Return the deck, and the edits that couldn't be repeated on it."""
    layouts = {slide.layout.name for slide in laid.slides}
    deck = begun(laid.theme, len(laid.kit.marks), layouts, laid.kept, fixed=True)
    said = _said(laid)
    notes = notes_master(deck) if said else None  # while no slides are linked: it is looked for among all relations
    parts = _slide_parts(laid, deck)
    media = Media(deck=deck)
    map_id = next((slide.id for slide in laid.slides if "maps" in traits(slide.layout.role)), "")
    drawings = Drawings(laid, lambda role: f"#{laid.theme.colors.get(role, laid.theme.colors['ink'])}")
    known = creation_ids(slide.id for slide in laid.slides)
    for slide in laid.slides:
        page = Page(
            part=parts[slide.id],
            deck=deck,
            theme=laid.theme,
            language=laid.kit.language,
            rtl=is_rtl(laid.kit.language),
            media=media,
            name=slide.id,
            creation=known[slide.id],
            others=parts,
            drawings=drawings,
            moves=laid.kit.motion,
            grows=slide.grows,
            turns=slide.turns,
        )
        fill_page(page, slide)
        add_timer(page, slide)
        add_foot(page, slide, laid.kit, map_id)
        page.finish()
        if notes is not None and slide.id in said:
            _add_notes(page, slide, notes, *said[slide.id])
    finish(deck, laid.theme)
    told = _repeat_edits(laid, parts, media)
    _add_sections(laid, deck.main.presentation.element)
    set_properties(deck, laid, len(said))
    return deck.freeze(), told


def _repeat_edits(laid: LaidOut, parts: Mapping[str, Part], media: Media) -> tuple[Problem, ...]:
    """Repeat the edits made in PowerPoint on our slides, and return what couldn't be repeated."""
    edits = {one: own for one, own in laid.kit.edits.items() if one in parts}
    if not edits:
        return ()
    from workshop.render.pptx.carried_parts import CarriedParts
    from workshop.render.pptx.replay import Replay

    carried = CarriedParts(deck=media.deck)
    by_hand = say(laid.kit.language, "by-hand") if laid.kit.policy.digits == "checked" else ""
    replay = Replay(slides=parts, media=media, carried=carried, by_hand=by_hand)
    for slide, own in edits.items():
        replay.slide(slide, own)
    return tuple(replay.problems)


def is_sure(laid: LaidOut) -> bool:
    """Whether a deck can't fail any more: its pictures were read for the plan, none is shown as missing, and nobody else's template or chart is in it."""
    if laid.kit.policy.unknown == "shown" or laid.theme.template is not None or laid.kit.edits:
        return False
    charts = [item for slide in laid.slides for item in slide.items if isinstance(item, LaidChart)]
    return all(is_built_in(chart.kind) for chart in charts)


def _slide_parts(laid: LaidOut, deck: OpenDeck) -> dict[str, Part]:
    """Return an empty slide for each laid-out one; all are created first, since links may lead anywhere."""
    layouts, empty = layout_parts(deck), to_bytes(empty_slide())
    parts: dict[str, Part] = {}
    listed = []
    for number, slide in enumerate(laid.slides):
        part = deck.add("/ppt/slides/slide%d.xml", CT.PML_SLIDE, empty)
        relate(part, RT.SLIDE_LAYOUT, layouts[slide.layout.part or slide.layout.name])
        listed.append(el("p:sldId", id=FIRST_SLIDE_ID + number, r_id=relate(deck.main, RT.SLIDE, part)))
        parts[slide.id] = part
    deck.main.presentation.element.get_or_add_sldIdLst().extend(parsed(el("p:sldIdLst", *listed)))
    return parts


def slide_clocks(laid: LaidOut) -> Mapping[str, str]:
    """Return the clock time at which each slide begins; the parts of a split slide share its minutes."""
    clocks: dict[str, str] = {}
    counted: set[str] = set()
    for laid_slide in laid.slides:
        slide = laid_slide.slide
        if slide.id not in counted and slide.id in laid.kit.clocks:
            clocks[laid_slide.id] = laid.kit.clocks[slide.id]
            counted.add(slide.id)
    return clocks


def _said(laid: LaidOut) -> dict[str, tuple[str, str]]:
    """Return the first and the last line of the notes of each slide that has notes, a time or a break after it."""
    clocks, pauses, said = slide_clocks(laid), interruptions(laid.kit), {}
    for slide in laid.slides:
        minutes, then = slide.slide.minutes, pauses.get(slide.id, "")
        head = clock_line(clocks.get(slide.id, ""), minutes, laid.kit.language) if minutes else ""
        if slide.slide.told("") or head or then:
            said[slide.id] = head, then
    return said


def _add_notes(page: Page, laid: LaidSlide, master: Part, head: str, then: str) -> None:
    look = Look(language=page.language, mono=page.theme.mono, rtl=page.rtl)
    xml = notes_xml(laid.slide.told(str(messages(page.language)["print-sources"])), laid.number, look, head, then)
    part = page.deck.add("/ppt/notesSlides/notesSlide%d.xml", CT.PML_NOTES_SLIDE, to_bytes(xml))
    relate(part, RT.NOTES_MASTER, master)
    relate(part, RT.SLIDE, page.part)
    relate(page.part, RT.NOTES_SLIDE, part)


def _add_sections(laid: LaidOut, root: Parsed) -> None:
    """Add a section of the deck for each stage and one for the appendix; their ids depend only on the names."""
    titles = {stage.id: stage.title for stage in laid.kit.stages}
    titles[APPENDIX] = str(messages(laid.kit.language)["appendix"])

    waiting = {slide.id for slide in laid.kit.appendix}

    def section(slide: LaidSlide) -> str:
        return APPENDIX if slide.slide.id in waiting else slide.slide.stage

    sections, number = [], FIRST_SLIDE_ID
    for k, (stage, slides) in enumerate(groupby(laid.slides, key=section)):
        members = [el("p14:sldId", id=number + place) for place, _ in enumerate(slides)]
        number += len(members)
        title = clean(titles.get(stage) or laid.kit.title or stage)
        own = str(uuid.uuid5(uuid.NAMESPACE_URL, f"section:{k}:{stage}")).upper()
        sections.append(el("p14:section", el("p14:sldIdLst", *members), name=title, id=f"{{{own}}}"))
    if len(sections) > 1:
        holder = el("p:ext", el("p14:sectionLst", *sections), uri=SECTIONS)
        extensions = root.find(name("p:extLst"))
        if extensions is None:
            root.append(parsed(el("p:extLst", holder)))
        else:
            extensions.insert(0, parsed(holder))


def checked(laid: LaidOut) -> tuple[LaidOut, tuple[Problem, ...]]:
    """Return a deck, and what is to be told of the edits that are repeated on it."""
    return laid, _written(laid)[1] if laid.kit.edits else ()


DECK = Writer(
    filename="deck.pptx",
    render=write_deck,
    meaning="slides for PowerPoint, Keynote, Impress and Google Slides",
    whom="the room",
    is_sure=is_sure,
    looks=checked,
)
