"""The foot of a slide: the stage's name and rail, the slide's number, and the bar of a timer."""

from __future__ import annotations

from msgspec.structs import replace

from workshop.layout import rail
from workshop.layout.laid import LaidSlide, LaidText
from workshop.model.kit import Kit
from workshop.model.theme import Box, Placeholder
from workshop.render.office_xml import Element, clean, el
from workshop.render.pptx.layouts import NUMBER_FIELD, placeholder_mark
from workshop.render.pptx.page import Page
from workshop.render.pptx.shapes import block, transform
from workshop.render.pptx.timing import Drain
from workshop.wording.messages import say

# The foot of a slide and its clock: stage, slide number, rail block, timer bar.
MINUTE = 60_000  # milliseconds
FOOT_NAMES = {"ftr": "Footer", "sldNum": "Slide number", "dt": "Date"}


def add_foot(page: Page, laid: LaidSlide, kit: Kit, map_id: str) -> None:
    """Put the stage's name and rail block and the slide's number at the foot.

    Args:
        page: the slide.
        laid: the laid-out slide, for its stage and number.
        kit: for its stages and its title.
        map_id: slide to which the rail block links; "" for none.
    """
    for kind, idx, words in rail.words_at_foot(page.theme, kit, laid):
        _add_to_foot(page, kind, idx, words)
    foot, said = page.theme.foot, rail.words_under_rail(page.theme, kit)
    if not laid.layout.rail:
        return
    marks = kit.marks
    place = next((k for k, mark in enumerate(marks) if mark.id == laid.slide.stage), None)
    if place is not None and foot.rail:
        mark = marks[place]
        key = "stage-of" if map_id else "stage-of-plain"
        alt = say(page.language, key, number=mark.number, total=len(marks))
        number = page.next_id()
        link = page.link(f"#{map_id}") if map_id else None
        at = rail.current(place, len(marks), foot)
        page.add(block(number, "Current stage", at, "accent", alt=alt, link=link))
        if not said:
            words, at = rail.stage_name(mark), rail.name_box(place, len(marks), foot)
            page.add(_holder(page, rail.FOOTER, at, _run(page, words)))
    if said and foot.rail:
        page.add(_holder(page, rail.FOOTER, rail.words_box(foot), _run(page, said)))
    if foot.numbered:
        look, text = el("a:rPr", lang=page.language), el("a:t", text=str(laid.number))
        page.add(_holder(page, rail.NUMBER, None, el("a:fld", look, text, id=NUMBER_FIELD, type="slidenum")))


def _run(page: Page, words: str) -> Element:
    return el("a:r", el("a:rPr", lang=page.language), el("a:t", text=clean(words)))


def _add_to_foot(page: Page, kind: str, idx: int, words: str) -> None:
    """Put words, or the number, into a template's place at the foot."""
    place = replace(rail.NUMBER if kind == "sldNum" else rail.FOOTER, idx=idx, type=kind, name=FOOT_NAMES[kind])
    look, text = el("a:rPr", lang=page.language), el("a:t", text=clean(words))
    if kind == "sldNum":
        page.add(_holder(page, place, None, el("a:fld", look, text, id=NUMBER_FIELD, type="slidenum")))
    else:
        page.add(_holder(page, place, None, el("a:r", look, text)))


def _holder(page: Page, placeholder: Placeholder, box: Box | None, content: Element) -> Element:
    mark = placeholder_mark(placeholder)
    if mark is not None:
        mark.attributes["sz"] = "quarter"
    number = page.next_id()
    return el(
        "p:sp",
        el(
            "p:nvSpPr",
            el("p:cNvPr", id=number, name=f"{placeholder.name} {number}"),
            el("p:cNvSpPr", el("a:spLocks", noGrp=True)),
            el("p:nvPr", mark),
        ),
        el("p:spPr", transform(box) if box else None),
        el("p:txBody", el("a:bodyPr"), el("a:lstStyle"), el("a:p", content)),
    )


def add_timer(page: Page, laid: LaidSlide) -> None:
    """Put a bar over the minutes of a your-turn slide; a click on the minutes empties it in that time."""
    found = rail.timer(laid)
    if found is None:
        return
    box, minutes = found
    number = page.next_id()
    alt = clean(say(page.language, "timer-alt", minutes=f"{laid.slide.minutes:g}"))
    page.add(block(number, "Timer", box, "on_open", alt=alt))
    page.timers.append(Drain(number, round(laid.slide.minutes * MINUTE), _shape_of(page, minutes, number)))


def _shape_of(page: Page, minutes: LaidText, otherwise: int) -> int:
    """Return the id of the shape with the minutes, which is larger and so easier to click than the bar."""
    start = f"{minutes.placeholder.name} "  # on a template it isn't a placeholder
    marks = (mark.attributes for mark in page.tree.iter("p:cNvPr"))
    return next((int(mark["id"]) for mark in marks if mark["name"].startswith(start)), otherwise)
