"""The handout: every slide that is shown, in small, with lines to write on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from workshop.layout.laid import LaidOut
from workshop.model.kit import Kit, Slide
from workshop.render.print.blocks import Data, Galley
from workshop.render.print.document import front, slide_numbers, stage_place
from workshop.render.print.figures import drawer
from workshop.render.print.guide_stage import thumbnails
from workshop.render.print.typesetting import typeset
from workshop.render.writer import Writer

ROWS = 4  # slides a page
BARE = ("cover", "section", "closing", "map")  # nobody takes notes on these


def render_handout(laid: LaidOut) -> bytes:
    """Return the handout as one PDF.

    Raises:
        Problems: text that cannot be printed.
    """
    galley = Galley(laid.kit.language, drawer(laid.theme), seed=laid.kit.seed)
    data = handout_data(laid, galley)
    galley.report.raise_if_errors()
    return typeset("handout", data, galley.files, (), laid.kept).pdf


def handout_data(laid: LaidOut, galley: Galley) -> dict[str, Any]:
    """Return what ``templates/handout.typ`` is given: the slides in order, the first of a stage with its title."""
    numbers, small = slide_numbers(laid), thumbnails(laid, galley)
    slides = []
    for stage in laid.kit.stages:
        place = stage_place(laid, stage.id)
        for number, slide in enumerate(filter(noted, stage.slides)):
            slides.append(
                {
                    "number": numbers.get(slide.id, ""),
                    "title": galley.text(slide.title_text, slide.at),
                    "thumb": small.get(slide.id, []),
                    "stage": place,
                    "begins": "" if number else galley.text(stage.title),
                }
            )
    data = front(laid, galley, galley.word("print-handout-title"))
    return data | {"rows": ROWS, "ratio": laid.theme.height / laid.theme.width, "pages": paged(slides)}


def paged(slides: Sequence[Data]) -> list[list[Data]]:
    """Return the slides by page; the last page never has one alone.

    >>> [len(page) for page in paged([{}] * 9)]
    [4, 3, 2]
    """
    pages = [list(slides[start : start + ROWS]) for start in range(0, len(slides), ROWS)]
    if len(pages) > 1 and len(pages[-1]) == 1:
        pages[-1].insert(0, pages[-2].pop())
    return pages


def noted(slide: Slide) -> bool:
    """Whether a slide stands in the handout."""
    return not slide.hidden and slide.layout not in BARE


def handout_pages(kit: Kit) -> int:
    """Return how many pages the handout of a kit has."""
    return math.ceil(sum(noted(slide) for stage in kit.stages for slide in stage.slides) / ROWS)


WRITER = Writer(
    "handout.pdf",
    render_handout,
    "the slides in small, with lines to write on (PDF)",
    default=False,
    has_any=lambda kit: handout_pages(kit) > 0,
    needs="slides",
)
