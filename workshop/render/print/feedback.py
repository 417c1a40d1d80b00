"""The feedback form, and the leaf to take home."""

from __future__ import annotations

from typing import Any

from workshop.constructs.table import text_of
from workshop.errors import Problem, Problems
from workshop.layout.laid import LaidOut
from workshop.model.blocks import Diagram, ShownTable
from workshop.model.kit import Slide
from workshop.render.print.block_data import Galley
from workshop.render.print.booklet import class_pages, page_data
from workshop.render.print.document import front, stage_place
from workshop.render.print.figures import galley_for
from workshop.render.print.forms import quiz_data
from workshop.render.print.joined import joined_with_tags
from workshop.render.print.leaves import overflows, overfull
from workshop.render.print.sheets import with_logo
from workshop.render.print.typesetting import typeset
from workshop.render.writing import Writer


# The feedback form: one page, with a row for every stage that was in.
def render_feedback(laid: LaidOut) -> bytes:
    """Return the form as a PDF of one page.

    Raises:
        Problems: for text that can't be printed, or too many stages for a page.
    """
    galley = galley_for(laid)
    data = feedback_data(laid, galley)
    galley.report.raise_if_errors()
    done = typeset("feedback", data, galley.files, ("leaf",), laid.kept)
    if done.marks["leaf"][0]["pages"] > 1:
        hint = "shorten the titles of the sections"
        raise Problems([Problem("the feedback form does not fit its page", hint=hint, code="print-overfull")])
    return done.pdf


def feedback_data(laid: LaidOut, galley: Galley) -> dict[str, Any]:
    """Return the data for ``templates/feedback.typ``: the numbered stages, or all stages if none has a number."""
    numbered = [stage for stage in laid.kit.stages if stage.number is not None]
    rows = [
        {"stage": stage_place(laid, stage.id), "title": galley.text(stage.title)}
        for stage in numbered or laid.kit.stages
    ]
    return front(laid, galley, galley.word("print-feedback-title")) | {"rows": rows}


FEEDBACK = Writer(
    filename="feedback.pdf",
    render=render_feedback,
    meaning="a feedback form of one page (PDF)",
    whom="each person",
    default=False,
    needs_slides=False,
)
AT_ONCE = 4  # leaves that are set together: twenty at once take 340 MB


def render_leaf(laid: LaidOut) -> bytes:
    """Return a leaf of two pages for each person, with the person's number, as one PDF.

    Raises:
        Problems: for a side that holds too much, or text that can't be printed.
    """
    galley = galley_for(laid)
    data = leaf_data(laid, galley)
    galley.report.raise_if_errors()
    numbers = data["numbers"]
    parts = [
        typeset("leaf", data | {"numbers": some}, galley.files, ("overflow", "overfull"), laid.kept)
        for some in (numbers[k : k + AT_ONCE] for k in range(0, len(numbers), AT_ONCE))
    ]
    galley.report.extend((*overflows(parts[0]), *overfull(parts[0])))
    galley.report.raise_if_errors()
    return joined_with_tags([part.pdf for part in parts])


def leaf_data(laid: LaidOut, galley: Galley) -> dict[str, Any]:
    """Return the data for ``templates/leaf.typ``."""
    kit = laid.kit
    shown = [slide for slide in kit.slides if slide.does == "slip" and not slide.hidden]
    slips = [slide for slide in shown if any(run.blank for line in text_of(slide.slot("main")) for run in line.runs)]
    return (
        quiz_data(laid, galley)
        | with_logo(laid, galley)
        | {
            "asks": bool(kit.quiz),
            "numbers": [f"{place + 1:02d}" for place in range(kit.people)],
            "bets": [box for page in class_pages(kit) for box in page_data(laid, page, galley)["bets"]],
            "written": [_written(slide, galley) for slide in kit.slides if slide.does == "write" and not slide.hidden],
            "slips": [
                {
                    "title": galley.text(slide.title_text, slide.at),
                    "lines": [galley.runs(line.runs, slide.at) for line in text_of(slide.slot("main"))],
                }
                for slide in slips
            ],
        }
    )


def _written(slide: Slide, galley: Galley) -> dict[str, Any]:
    """Return what is written down on a leaf for a slide: items to tick, or a table with its cells to fill in; else a line."""
    main = slide.slot("main")
    steps = [step for block in main if isinstance(block, Diagram) for step in block.steps]
    return {
        "title": galley.text(slide.title_text, slide.at),
        "ticks": [galley.text(f"{step.name}: {step.gloss}", slide.at) for step in steps],
        "blocks": galley.blocks(tuple(block for block in main if isinstance(block, ShownTable)), slide.at),
    }


LEAF = Writer(
    filename="leaf.pdf",
    render=render_leaf,
    meaning="for short slots, instead of the booklet: a leaf for each person with quiz, bets and slips to tear off (PDF)",
    whom="each person",
    due=lambda kit: kit.leaf,
    handed_out=True,
    has_any=lambda kit: kit.leaf,
    needs="a slot for which the audience has a leaf",
)
