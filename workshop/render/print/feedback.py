"""The feedback form: one page, with a row for every stage that was in."""

from __future__ import annotations

from typing import Any

from workshop.errors import Problem, Problems
from workshop.layout.laid import LaidOut
from workshop.render.print.blocks import Galley
from workshop.render.print.document import front, stage_place
from workshop.render.print.figures import galley_for
from workshop.render.print.typesetting import typeset
from workshop.render.writer import Writer


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


WRITER = Writer(
    filename="feedback.pdf",
    render=render_feedback,
    meaning="a feedback form of one page (PDF)",
    default=False,
    needs_slides=False,
)
