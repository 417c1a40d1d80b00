"""The handout: small pictures of all shown slides, with lines to write on, and the works that they cite."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from workshop.layout.laid import LaidOut
from workshop.layouts import traits
from workshop.model.kit import Kit, Reference, Slide
from workshop.render.print.block_data import Data, Galley
from workshop.render.print.document import front, slide_numbers, stage_place
from workshop.render.print.figures import galley_for
from workshop.render.print.leaves import set_whole
from workshop.render.print.on_paper import Thumbnails
from workshop.render.writing import Writer

ROWS = 4  # slides per page
WORKS = 28  # most works per page, in two columns
LONGEST_PROMPT = 110  # characters: two lines
WORKS_A_ROW = 6  # works that fit in the place of one slide


def render_handout(laid: LaidOut) -> bytes:
    """Return the handout as one PDF.

    Raises:
        Problems: for text that can't be printed.
    """
    galley = galley_for(laid)
    return set_whole("handout", handout_data(laid, galley), galley, laid.kept)


def handout_data(laid: LaidOut, galley: Galley) -> dict[str, Any]:
    """Return the data for ``templates/handout.typ``: the slides in order; the first one of a stage has its title."""
    numbers, small = slide_numbers(laid), Thumbnails(laid, galley)
    slides = []
    for stage in laid.kit.stages:
        place = stage_place(laid, stage.id)
        for number, slide in enumerate(filter(noted, stage.slides)):
            slides.append(
                {
                    "number": numbers.get(slide.id, ""),
                    "title": galley.text(slide.title_text, slide.at),
                    "thumb": small.of(slide.id),
                    "prompt": _prompt(slide, galley),
                    "stage": place,
                    "begins": "" if number else galley.text(stage.title),
                }
            )
    data = front(laid, galley, galley.word("print-handout-title"))
    pages = paged(slides)
    works = [_work(work, galley) for work in laid.kit.works]
    beside = fits_beside(len(works), len(slides))
    return data | {
        "rows": ROWS,
        "works-a-row": WORKS_A_ROW,
        "ratio": laid.theme.height / laid.theme.width,
        "pages": pages,
        "beside": works if beside else [],
        "sources": [] if beside else [works[start : start + WORKS] for start in range(0, len(works), WORKS)],
    }


def _prompt(slide: Slide, galley: Galley) -> str:
    """Return what to write next to a slide: a bet's letter, or the question that is asked about it; "" for nothing."""
    if slide.quiz:
        return ""
    if "asks" in traits(slide.layout):
        return galley.word("print-handout-bet")
    asked = next((note for note in slide.notes if note.kind == "ask"), None)
    if asked is None or not asked.prose.lines:
        return ""
    question = asked.prose.lines[0].text.strip()
    return galley.text(question, slide.at) if len(question) <= LONGEST_PROMPT else ""


def _work(work: Reference, galley: Galley) -> Data:
    """Return one entry of the list; a number stays with the archive's name."""
    version = work.version.replace("arXiv ", "arXiv\u00a0")
    return {"who": galley.text(work.who), "work": galley.text(work.title), "version": galley.text(version)}


def fits_beside(works: int, slides: int) -> bool:
    """Return whether the list of works fits below the last slides, on the free rows of their page.

    >>> fits_beside(4, 7), fits_beside(7, 7), fits_beside(7, 6), fits_beside(1, 8)
    (True, False, True, False)
    """
    spare = ROWS - len(paged([{}] * slides)[-1]) if slides else 0
    return 0 < works <= spare * WORKS_A_ROW


def paged(slides: Sequence[Data]) -> list[list[Data]]:
    """Return the slides by page; the last page never has just one slide.

    >>> [len(page) for page in paged([{}] * 9)]
    [4, 3, 2]
    """
    pages = [list(slides[start : start + ROWS]) for start in range(0, len(slides), ROWS)]
    if len(pages) > 1 and len(pages[-1]) == 1:
        pages[-1].insert(0, pages[-2].pop())
    return pages


def noted(slide: Slide) -> bool:
    """Whether a slide is in the handout."""
    return not slide.hidden and "bare" not in traits(slide.layout)


def handout_pages(kit: Kit) -> int:
    """Return the number of pages of a kit's handout: slides, then the works that they cite."""
    slides = sum(noted(slide) for stage in kit.stages for slide in stage.slides)
    works = len(kit.works)
    return math.ceil(slides / ROWS) + (0 if fits_beside(works, slides) else math.ceil(works / WORKS))


WRITER = Writer(
    filename="handout.pdf",
    render=render_handout,
    meaning="small pictures of the slides, with lines to write on (PDF)",
    whom="each person",
    default=False,
    has_any=lambda kit: handout_pages(kit) > 0,
    needs="slides",
)
