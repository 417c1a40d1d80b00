"""The front of the page: pictures of the stages, the demos to begin with, the list of all, and which bets were won."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from workshop.addons.explore.drawn import Words, tag
from workshop.addons.explore.explored import Explored, Section
from workshop.layout.laid import LaidOut
from workshop.model.kit import Kit
from workshop.render.print.document import pictures, slide_numbers

INKS = {
    "#000000": "currentColor",
    "#ffffff": "var(--on-pic)",
    "#9e9e9e": "var(--context)",
}  # of a picture on white paper
AROUND = re.compile(r"^<svg[^>]*><title>.*?</title>|</svg>$", re.DOTALL)
FINE = re.compile(r"\d+\.\d\d+")  # a place, finer than can be seen
STAGE = re.compile(r'(<p class="stage">.*?)</p>', re.DOTALL)
SPACE = re.compile(r" ?([A-Z]) ?")  # around the letters of a path


def picture(stage: int) -> str:
    """Return the picture of a stage, which is on the page once."""
    return f'<svg class="pic" viewBox="0 0 100 100" aria-hidden="true"><use href="#pic-{stage}"/></svg>'


def drawn_once(laid: LaidOut, html: str) -> str:
    """Return the page's markup with the pictures that it uses; without those of stages that have none."""
    symbols = ""
    for mark in laid.kit.marks:
        drawn = AROUND.sub("", pictures(laid, mark)["picture"])
        if not drawn:
            html = html.replace(picture(mark.number), "")
            continue
        drawn = FINE.sub(lambda number: f"{float(number[0]):.1f}", drawn)
        drawn = re.sub(r"(?<= d=')[^']*", lambda path: SPACE.sub(r"\1", path[0]), drawn)
        for ink, role in INKS.items():
            drawn = drawn.replace(ink, role)
        symbols += tag("symbol", drawn, id=f"pic-{mark.number}", viewBox="0 0 100 100")
    return tag("svg", symbols, class_="symbols", aria_hidden="true") + html if symbols else html


def contents(kit: Kit, explored: Explored, words: Words) -> str:
    """Return links to the demos that the workshop shows, and to all of them by stage."""
    demos = [section for section in explored.sections if section.stage]
    starred = [section for section in demos if section.id in explored.starred]
    first = tag("h2", words("explore-begin")) + tag("ul", _links(starred, "chip")) if starred else ""
    stages = ""
    for mark in kit.marks:
        those = [section for section in demos if section.stage == mark.number]
        head = tag("h3", picture(mark.number) + f"{mark.number} {escape(mark.short or mark.title)}")
        stages += tag("div", head + tag("ul", _links(those), class_="links")) if those else ""
    if stages:
        listed = tag("summary", words("explore-all", count=len(demos))) + tag("div", stages, class_="stages")
        stages = tag("details", listed)
    return tag("nav", first + stages, class_="contents", aria_label=words("explore-contents")) if stages else ""


def placed(laid: LaidOut, section: Section, words: Words) -> str:
    """Return the section of a demo with the slides of this plan that show it, and the sheet of its stage."""
    kit, numbers = laid.kit, slide_numbers(laid)
    slides = [numbers[s.id] for s in kit.slides if section.id in s.runs and not s.hidden and s.id in numbers]
    stages = {stage.id for stage in kit.stages if stage.number == section.stage}
    where = [words("explore-slides" if len(slides) > 1 else "explore-slide", slide=slides[0])] if slides else []
    where += [words("explore-sheet", sheet=sheet.id.partition("-")[0]) for sheet in kit.sheets if sheet.stage in stages]
    told = tag("span", escape(", ".join(where)), class_="measure") if where else ""
    return STAGE.sub(lambda head: head[1] + told + "</p>", section.html, count=1)


def _links(sections: Sequence[Section], look: str = "") -> str:
    looks = {"class_": look} if look else {}
    return "".join(tag("li", tag("a", escape(one.title), href=f"#{one.id}", **looks)) for one in sections)


def rail(kit: Kit, sections: Sequence[Section], words: Words) -> str:
    """Return the stages as links to the first demo of each, with a segment per demo; a stage without one is only named."""
    items = ""
    for mark in kit.marks:
        those = [section.id for section in sections if section.stage == mark.number]
        name = f"{mark.number} " + tag("span", escape(mark.short or mark.title), class_="name")
        line = tag("span", "".join(tag("i", data_segment=one) for one in those), class_="segs", aria_hidden="true")
        there = tag("a", line + name, href=f"#{those[0]}", data_rail=str(mark.number)) if those else tag("span", name)
        items += tag("li", there)
    won = tag("p", class_="needs-js", data_won="")
    return tag("nav", tag("ol", items) + won, class_="rail", aria_label=words("explore-stages")) if items else ""
