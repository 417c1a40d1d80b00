"""Certificates on paper, and the page of the guide with the map of competences."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from workshop.addons.record.competences import map_data
from workshop.addons.record.held import held_of, printed
from workshop.layout.laid import LaidOut
from workshop.model.kit import Kit
from workshop.model.stage_picture import MARK, OPEN
from workshop.model.theme import Theme
from workshop.render.print.added import Job, Paper
from workshop.render.print.block_data import Data, Galley
from workshop.render.print.computer_fonts import borrow
from workshop.render.print.document import front
from workshop.render.print.figures import galley_for
from workshop.render.print.leaves import set_whole
from workshop.render.print.paper_colors import paper_colors
from workshop.render.print.print_list import list_row
from workshop.render.vector_paths import on_paper, svg
from workshop.render.writing import Writer, names_file
from workshop.wording import formats

TEMPLATE = Path(__file__).with_name("certificate.typ")


def render_certificate(laid: LaidOut) -> bytes:
    """Return the certificates as one PDF.

    Raises:
        Problems: for a name that can't be printed.
    """
    galley = galley_for(laid)
    borrow(galley, laid.kit.names)
    return set_whole("certificate", certificate_data(laid, galley), galley, laid.kept, own=TEMPLATE)


def certificate_data(laid: LaidOut, galley: Galley) -> dict[str, Any]:
    """Return the data for ``certificate.typ``."""
    kit = laid.kit
    did = kit.certificate or galley.word("print-certificate-did", title=kit.title)
    training = held_of(kit).training
    minutes = training.minutes or kit.duration
    here = {stage.id for stage in kit.stages}
    marks = [mark for mark in kit.marks if mark.id in here]
    inks = _inks(laid.theme)
    people = [
        {"name": galley.text(name), "code": galley.word("print-certificate-number", number=number)}
        for number, name in enumerate(kit.names, start=1)
    ]
    return front(laid, galley, galley.word("print-certificate-title")) | {
        "title": galley.word("print-certificate-title"),
        "did": galley.text(did),
        "occasion": galley.text(" · ".join(filter(None, (kit.title, kit.occasion)))),
        "length": galley.word("print-whole-minutes", minutes=formats.number(minutes)) if minutes else "",
        "when": galley.text(", ".join(filter(None, (printed(training.date), training.place)))),
        "by": galley.text(training.trainer),
        "labels": [str(mark.number) for mark in marks],
        "pictures": [svg(mark.picture, inks) if mark.picture else "" for mark in marks],
        "people": people or [{"name": "", "code": ""}],
    }


def _inks(theme: Theme) -> dict[str, str]:
    """Return the inks of the band's pictures: white on the accent, what is open in the colour that the theme has for it."""
    colors = paper_colors(theme)
    inks = {**on_paper("#ffffff", colors["accent"], soft="#b4b4b4")}
    return inks | {OPEN: f"#{theme.colors['open']}", MARK: colors["ink"]} if "open" in theme.colors else inks


CERTIFICATE = Writer(
    filename="certificate.pdf",
    render=render_certificate,
    meaning="certificates, one per name with --names (PDF)",
    whom="each person",
    default=False,
    needs_slides=False,
)


def print_rows(laid: LaidOut, galley: Galley) -> dict[str, list[Data]]:
    """Return the row of the print list."""
    return {"certificate": [list_row(galley, "certificate", laid.kit.people, 1, each=True)]}


def jobs(kit: Kit) -> Iterator[Job]:
    """Yield the certificates, if the material of a stage names them."""
    if names_file(kit, CERTIFICATE.filename):
        yield Job(writer=CERTIFICATE, copies=kit.people, stock=True, duplex=False)


# What guide, print list and print-all.pdf say of the record and of certificates.
def pages(laid: LaidOut, galley: Galley) -> dict[str, Data | None]:
    """Return the map of competences, a page of the guide."""
    return {"map": map_data(laid.kit, galley)}


PAPER = Paper(pages=pages, asked=print_rows, last_jobs=jobs)
