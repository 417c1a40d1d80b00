"""Certificates: one per name, or one with a line to write on."""

from __future__ import annotations

import math
from typing import Any

from workshop.layout.laid import LaidOut
from workshop.render.print.blocks import Galley
from workshop.render.print.document import front, pictures
from workshop.render.print.figures import galley_for
from workshop.render.print.typesetting import typeset
from workshop.render.writer import Writer
from workshop.wording import formats

HOUR = 60


def render_certificate(laid: LaidOut) -> bytes:
    """Return the certificates as one PDF.

    Raises:
        Problems: for a name that can't be printed.
    """
    galley = galley_for(laid)
    data = certificate_data(laid, galley)
    galley.report.raise_if_errors()
    return typeset("certificate", data, galley.files, (), laid.kept).pdf


def certificate_data(laid: LaidOut, galley: Galley) -> dict[str, Any]:
    """Return the data for ``templates/certificate.typ``."""
    kit = laid.kit
    did = kit.certificate or galley.word("print-certificate-did", title=kit.title)
    here = {stage.id for stage in kit.stages}
    people = [
        {"name": galley.text(name), "code": galley.word("print-certificate-number", number=number)}
        for number, name in enumerate(kit.names, start=1)
    ]
    return front(laid, galley, galley.word("print-certificate-title")) | {
        "title": galley.word("print-certificate-title"),
        "did": galley.text(did),
        "length": length(kit.minutes, galley),
        "labels": [str(mark.number) for mark in kit.marks if mark.id in here],
        "pictures": [pictures(laid, mark)["picture"] for mark in kit.marks if mark.id in here],
        "people": people or [{"name": "", "code": ""}],
    }


def length(minutes: float, galley: Galley) -> str:
    """Return the length in words; two hours or more are given in whole hours."""
    if not minutes:
        return ""
    if minutes >= 2 * HOUR:
        return galley.word("print-hours", hours=formats.number(math.floor(minutes / HOUR + 0.5), 0))
    return galley.word("print-whole-minutes", minutes=formats.number(minutes, 0))


WRITER = Writer(
    filename="certificate.pdf",
    render=render_certificate,
    meaning="certificates, one per name with --names (PDF)",
    default=False,
    needs_slides=False,
)
