"""Parts that every printed document shares: audience, paper, colours, fixed words."""

from __future__ import annotations

import math
import re
from itertools import cycle, islice
from typing import Any

from workshop.layout.laid import LaidOut, LaidSlide
from workshop.model.kit import Kit, StageMark
from workshop.model.prints import Ballots
from workshop.model.request import build_command
from workshop.render.print.block_data import Galley
from workshop.render.print.paper_colors import paper_colors
from workshop.render.vector_paths import on_paper, on_white, svg
from workshop.wording.messages import messages

PREFIX = "print-"
VOTES_FILE = "ballots.txt"  # its name in the fixed words
_TAG = re.compile(r"^(?P<language>[A-Za-z]{2,3})(?:-[A-Za-z]{4})?(?:-(?P<region>[A-Za-z]{2}))?(?:-|$)")


def title_of(kit: Kit) -> str:
    """Return the title of a kit, or of its first slide."""
    return kit.title or next(iter(kit.slides)).title_text


def front(laid: LaidOut, galley: Galley, title: str, profile: str = "standard") -> dict[str, Any]:
    """Return the part of the data that is the same in every document.

    Args:
        laid: the laid-out deck.
        galley: collects problems.
        title: the document's own title, shown in the viewer's window.
        profile: reading profile: "standard", "large" or "dyslexia".
    """
    kit = laid.kit
    language, region = tag_parts(kit.language)
    return {
        "document": galley.text(": ".join(part for part in (title, kit.title) if part)),
        "language": language,
        "region": region,
        "profile": profile,
        "paper": "us-letter" if kit.paper == "letter" else "a4",
        "colors": paper_colors(laid.theme),
        "grey": kit.printing.grey,
        "words": {
            key.removeprefix(PREFIX): text.replace("{program}", kit.program) if isinstance(text, str) else text
            for key, text in messages(kit.language, kit.here).items()
            if key.startswith(PREFIX)
        },
        "kit": {
            "title": galley.text(title_of(kit)),
            "author": galley.text(kit.author),
            "licence": galley.text(kit.licence),
            "audience": galley.text(kit.audience_title),
            "stages": len(kit.marks),
        },
    }


def votes_command(laid: LaidOut) -> str:
    """Return the command that puts the room's votes onto slides, with the options of this build, or just adds them up."""
    if not votes_are_shown(laid):
        return f"{laid.kit.program} tally {VOTES_FILE}"
    return f"{build_command(laid.kit.again, laid.kit.program)} --votes {VOTES_FILE} --only room"


def total_line(people: int) -> str:
    """Return the votes of one round as they are typed: an example with three fifths for A.

    >>> total_line(20)
    '1 12 8'
    """
    most = math.ceil(0.6 * people)
    return f"1 {most} {people - most}"


def example_ticks(ballots: Ballots, galley: Galley) -> str:
    """Return the ticks of an example ballot, one letter per round."""
    return "".join(islice(cycle(galley.word("print-ballot-example")), len(ballots.rounds)))


def votes_are_shown(laid: LaidOut) -> bool:
    """Whether a slide refers to the votes, so that it can show the room's own."""
    return any(laid.kit.votes in slide.runs for slide in laid.kit.slides)


def tag_parts(tag: str) -> tuple[str, str | None]:
    """Return the language and region of a tag for Typst; English for anything that isn't a tag.

    >>> tag_parts("en-GB"), tag_parts("de"), tag_parts("zh-Hant-TW"), tag_parts("?")
    (('en', 'GB'), ('de', None), ('zh', 'TW'), ('en', None))
    """
    match = _TAG.match(tag)
    if match is None:
        return "en", None
    region = match["region"]
    return match["language"].lower(), region.upper() if region else None


def stage_place(laid: LaidOut, stage_id: str) -> dict[str, Any]:
    """Return a stage's place among the numbered ones (1 to n, or 0 if it has none), its number, title and pictures."""
    for place, mark in enumerate(laid.kit.marks, start=1):
        if mark.id == stage_id:
            return {"place": place, "label": str(mark.number), "title": mark.title} | pictures(laid, mark)
    title = next((stage.title for stage in laid.kit.stages if stage.id == stage_id), "")
    return {"place": 0, "label": "", "title": title, "picture": "", "light": "", "band": "", "alt": ""}


def pictures(laid: LaidOut, mark: StageMark) -> dict[str, str]:
    """Return the picture of a stage as SVG, in black on white paper, in white on the accent and on a black band, and its text; "" without one."""
    if mark.picture is None:
        return {"picture": "", "light": "", "band": "", "alt": ""}
    colors = paper_colors(laid.theme)
    light, band = (
        svg(mark.picture, on_paper("#ffffff", colors[ground], soft="#b4b4b4"), edge="#ffffff")
        for ground in ("accent", "ink")
    )
    return {"picture": on_white(mark.picture), "alt": mark.picture.alt, "light": light, "band": band}


def slide_numbers(laid: LaidOut) -> dict[str, str]:
    """Return the printed number of each slide: "14", or "14–15" for a slide that was split."""
    return {name: str(n[0]) if len(n) == 1 else f"{n[0]}–{n[-1]}" for name, n in part_numbers(laid).items()}


def part_numbers(laid: LaidOut) -> dict[str, list[int]]:
    """Return the number of each slide; of one that was split, those of its parts."""
    ids = {slide.id for slide in laid.kit.slides}
    found: dict[str, list[int]] = {}
    for slide in laid.slides:
        found.setdefault(own_id(slide, ids), []).append(slide.number)
    return found


def own_id(slide: LaidSlide, ids: set[str]) -> str:
    """Return a slide's id in the kit: the second part of a split slide has "<id>-2"."""
    return slide.slide.id if slide.slide.id in ids else slide.id.rpartition("-")[0]
