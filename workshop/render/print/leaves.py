"""Leaves that must hold their text: those that are overfull are named."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workshop.errors import Problem
from workshop.render.print.block_data import Galley

if TYPE_CHECKING:
    pass
from workshop.render.print.typesetting import Typeset, typeset


# Problems from the templates' reports about what doesn't fit.
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


def set_whole(
    template: str,
    data: Mapping[str, Any],
    galley: Galley,
    kept: Path | None,
    labels: tuple[str, ...] = (),
    *,
    own: Path | None = None,
    parts: str = "",
) -> bytes:
    """Return a document as a PDF; arguments and errors as for ``typeset``.

    Args:
        template: as for ``typeset``.
        data: as for ``typeset``.
        galley: what the document needs beside it, and its problems so far.
        kept: as for ``typeset``.
        labels: as for ``typeset``.
        own: the template of an add-on, which is beside its code.
        parts: as for ``typeset``.

    Raises:
        Problems: for text that can't be printed, and for what the template found too wide ("overflow") or too tall ("overfull").
    """
    galley.report.raise_if_errors()
    beside = {**galley.files, own.name: own.read_bytes()} if own else galley.files
    done = typeset(template, data, beside, labels, kept, parts=parts)
    for label, problems in (("overflow", overflows), ("overfull", overfull)):
        galley.report.extend(problems(done) if label in labels else ())
    galley.report.raise_if_errors()
    return done.pdf
