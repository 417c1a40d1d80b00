"""A laid-out kit as a PowerPoint file."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from itertools import groupby

from workshop.charts.kind import BUILT_IN
from workshop.layout.laid import LaidChart, LaidOut, LaidSlide
from workshop.layouts import traits
from workshop.render.formulas import Drawings
from workshop.render.pptx.bases import Base, base_of
from workshop.render.pptx.foot import add_foot, add_timer
from workshop.render.pptx.notes import clock_line, interruptions, notes_xml
from workshop.render.pptx.package import LAYOUT, NOTES, NOTES_MASTER, NOTES_TYPE, SLIDE, SLIDE_TYPE, Package, Part
from workshop.render.pptx.page import Page, empty_slide, fill_page
from workshop.render.pptx.picture import Media
from workshop.render.pptx.properties import set_properties
from workshop.render.pptx.text import Look
from workshop.render.writer import Writer
from workshop.render.xml import clean, el, name, parsed
from workshop.wording.messages import is_rtl, messages

FIRST_SLIDE_ID = 256
APPENDIX = "#appendix"  # no stage can have this name
SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"


def write_deck(laid: LaidOut) -> bytes:
    """Return the deck; the same ``laid`` gives the same bytes.

    Raises:
        WorkshopError: for a picture that can't be put on a slide.
    """
    base = base_of(laid.theme)
    package = base.open(len(laid.kit.marks))
    parts = _slide_parts(laid, package, base)
    media = Media(taken=base.pictures(package))
    map_id = next((slide.id for slide in laid.slides if "maps" in traits(slide.layout.role)), "")
    clocks, pauses = slide_clocks(laid), interruptions(laid.kit)
    drawings = Drawings(laid, lambda role: f"#{laid.theme.colors.get(role, laid.theme.colors['ink'])}")
    for slide in laid.slides:
        page = Page(
            part=parts[slide.id],
            package=package,
            theme=laid.theme,
            language=laid.kit.language,
            rtl=is_rtl(laid.kit.language),
            media=media,
            others=parts,
            drawings=drawings,
        )
        fill_page(page, slide)
        add_timer(page, slide)
        add_foot(page, slide, laid.kit, map_id)
        page.finish()
        page.part.pack()
        _add_notes(page, slide, base, clocks.get(slide.id, ""), pauses.get(slide.id, ""))
    base.finish(package)
    _add_sections(laid, package.main)
    set_properties(package, laid)
    return package.freeze()


def is_sure(laid: LaidOut) -> bool:
    """Whether a kit's deck can't fail any more: its pictures were read for the plan, and nobody else's template or chart is in it."""
    if not laid.kit.is_kit or laid.theme.template is not None:
        return False
    charts = [item for slide in laid.slides for item in slide.items if isinstance(item, LaidChart)]
    ours = set(BUILT_IN.names)
    return all(c.kind.name in ours and c.kind is BUILT_IN.get(c.kind.name) for c in charts)


def _slide_parts(laid: LaidOut, package: Package, base: Base) -> dict[str, Part]:
    """Return an empty slide for each laid-out one; all are created first, since links may lead anywhere."""
    layouts, main = base.layouts(package), package.main
    parts: dict[str, Part] = {}
    listed = []
    for number, slide in enumerate(laid.slides):
        part = Part(package.next_name("/ppt/slides/slide%d.xml"), SLIDE_TYPE, empty_slide())
        part.add(LAYOUT, layouts[slide.layout.part or slide.layout.name])
        listed.append(el("p:sldId", id=FIRST_SLIDE_ID + number, r_id=main.add(SLIDE, part)))
        parts[slide.id] = part
    main.fill("p:sldIdLst", listed)
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


def _add_notes(page: Page, laid: LaidSlide, base: Base, clock: str, then: str) -> None:
    slide = laid.slide
    head = clock_line(clock, slide.minutes, page.language) if slide.minutes else ""
    if not slide.notes and not head and not then:
        return
    look = Look(language=page.language, mono=page.theme.mono, rtl=page.rtl)
    xml = notes_xml(slide.notes, laid.number, look, head, then)
    part = Part(page.package.next_name("/ppt/notesSlides/notesSlide%d.xml"), NOTES_TYPE, xml)
    part.add(NOTES_MASTER, base.notes_master(page.package))
    part.add(SLIDE, page.part)
    part.pack()
    page.part.add(NOTES, part)


def _add_sections(laid: LaidOut, main: Part) -> None:
    """Add a section of the deck for each stage and one for the appendix; their ids depend only on the names."""
    titles = {stage.id: stage.title for stage in laid.kit.stages}
    titles[APPENDIX] = str(messages(laid.kit.language)["appendix"])

    def section(slide: LaidSlide) -> str:
        return APPENDIX if slide.slide.hidden and laid.kit.appendix else slide.slide.stage

    sections, number = [], FIRST_SLIDE_ID
    for k, (stage, slides) in enumerate(groupby(laid.slides, key=section)):
        members = [el("p14:sldId", id=number + place) for place, _ in enumerate(slides)]
        number += len(members)
        title = clean(titles.get(stage) or laid.kit.title or stage)
        own = str(uuid.uuid5(uuid.NAMESPACE_URL, f"section:{k}:{stage}")).upper()
        sections.append(el("p14:section", el("p14:sldIdLst", *members), name=title, id=f"{{{own}}}"))
    if len(sections) > 1:
        root = main.root
        holder = el("p:ext", el("p14:sectionLst", *sections), uri=SECTIONS)
        extensions = root.find(name("p:extLst"))
        if extensions is None:
            root.append(parsed(el("p:extLst", holder)))
        else:
            extensions.insert(0, parsed(holder))


WRITER = Writer(
    filename="deck.pptx",
    render=write_deck,
    meaning="slides for PowerPoint, Keynote, Impress and Google Slides",
    is_sure=is_sure,
)
