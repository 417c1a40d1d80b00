"""Problems from the templates' reports about what doesn't fit."""

from __future__ import annotations

from workshop.errors import Problem
from workshop.render.print.typesetting import Typeset


def overflows(done: Typeset) -> list[Problem]:
    """Return a problem for everything that the templates found too wide for its page."""
    return [
        Problem(
            f"on paper this is wider than the page: {mark['what']}" + (f" ({mark['where']})" if mark["where"] else ""),
            hint="use fewer columns or shorter words",
            code="print-overflow",
        )
        for mark in done.marks["overflow"]
    ]


def overfull(done: Typeset) -> list[Problem]:
    """Return a problem for every card, ballot or page of fixed size whose text does not fit."""
    return [
        Problem(
            f"on paper '{mark['what']}' is {mark['over']} mm too tall"
            + (f" ({mark['where']})" if mark["where"] else ""),
            hint="shorten its text",
            code="print-overfull",
        )
        for mark in done.marks["overfull"]
    ]
