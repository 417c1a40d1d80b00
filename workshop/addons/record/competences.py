"""The map of competences: which points address which of them, what this plan leaves out, and what the kit leaves out; and certificates."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from workshop.addons.record.held import held_of, printed
from workshop.layout.laid import LaidOut
from workshop.model.kit import Kit
from workshop.model.meta import Framework, Point
from workshop.model.theme import MARK, OPEN, Theme
from workshop.plan.invariants.plan_texts import unsaid
from workshop.render.formulas import on_paper, svg
from workshop.render.print.added import Job, Paper
from workshop.render.print.block_data import Data, Galley
from workshop.render.print.document import front, paper_colors
from workshop.render.print.on_paper import galley_for
from workshop.render.print.print_list import list_row
from workshop.render.print.typesetting import set_whole
from workshop.render.writing import Writer, names_file
from workshop.wording import formats


class Told(Struct, frozen=True):
    """A point with the statements of it that a plan shows, and those that it leaves out."""

    point: Point
    said: tuple[str, ...]
    left: tuple[str, ...]


def told(kit: Kit) -> tuple[Told, ...]:
    """Return each point with what a plan shows of it; a point without statements is shown if a slide teaches it."""
    slides = [slide for slide in kit.slides if not slide.hidden]
    taught = {point for slide in slides for point in slide.teaches}
    found = []
    for point in kit.points:
        lines = {line.says: unsaid(line, slides) is None for line in point.shown} or {point.text: point.id in taught}
        said, left = (tuple(says for says, here in lines.items() if here is wanted) for wanted in (True, False))
        found.append(Told(point, said, left))
    return tuple(found)


def points_shown(kit: Kit) -> list[str]:
    """Return the ids of the points of which a plan shows every statement, in the order of the kit."""
    return [each.point.id for each in told(kit) if not each.left]


def map_data(kit: Kit, galley: Galley) -> Data | None:
    """Return one row per point with its codes, and below it each framework with its gaps; ``None`` without a framework."""
    if not kit.frameworks:
        return None
    shown = set(points_shown(kit))
    rows = [
        {
            "id": point.id,
            "text": galley.text(point.text, point.at),
            "shown": point.id in shown,
            "codes": [galley.text(", ".join(one.points.get(point.id, ())), one.at) for one in kit.frameworks],
        }
        for point in kit.points
    ]
    return {
        "heads": [galley.text(one.label, one.at) for one in kit.frameworks],
        "rows": rows,
        "frameworks": [framework_data(one, shown, galley) for one in kit.frameworks],
    }


def framework_data(framework: Framework, shown: set[str], galley: Galley) -> Data:
    """Return what is printed of a framework: where it is from, what the plan addresses, and two kinds of gap."""
    ever = {code for codes in framework.points.values() for code in codes}
    now = {code for point, codes in framework.points.items() if point in shown for code in codes}

    def named(code: str, title: str) -> str:
        """Return a code with its title, or else with the points that stand for it, those of this plan if there are any."""
        behind = [point for point, codes in framework.points.items() if code in codes]
        points = ", ".join([point for point in behind if point in shown] or behind)
        return " ".join(filter(None, (code, title or (points and f"({points})"))))

    def listed(codes: set[str]) -> str:
        found = [named(code, title) for code, title in framework.competences.items() if code in codes]
        return galley.text(("; " if any(" " in name for name in found) else ", ").join(found), framework.at)

    origin = f"{framework.source}, {framework.year}. {framework.licence}. {framework.note}"
    return {
        "name": galley.text(framework.name, framework.at),
        "label": galley.text(framework.label, framework.at),
        "origin": galley.text(origin.strip(), framework.at),
        "now": listed(now),
        "later": listed(ever - now),
        "never": listed(set(framework.competences) - ever),
    }


# ---------------------------------------------------------------- certificate
TEMPLATE = Path(__file__).with_name("certificate.typ")


def render_certificate(laid: LaidOut) -> bytes:
    """Return the certificates as one PDF.

    Raises:
        Problems: for a name that can't be printed.
    """
    galley = galley_for(laid)
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


# ---------------------------------------------------------------- papers
# What guide, print list and print-all.pdf say of the record and of certificates.
def pages(laid: LaidOut, galley: Galley) -> dict[str, Data | None]:
    """Return the map of competences, a page of the guide."""
    return {"map": map_data(laid.kit, galley)}


PAPER = Paper(pages=pages, asked=print_rows, last_jobs=jobs)
