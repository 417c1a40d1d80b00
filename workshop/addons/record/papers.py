"""What guide, print list and print-all.pdf say of the record and of certificates."""

from __future__ import annotations

from workshop.addons.record.certificate import jobs, print_rows
from workshop.addons.record.competences import map_data
from workshop.layout.laid import LaidOut
from workshop.render.print.added import Paper
from workshop.render.print.block_data import Data, Galley


def pages(laid: LaidOut, galley: Galley) -> dict[str, Data | None]:
    """Return the map of competences, a page of the guide."""
    return {"map": map_data(laid.kit, galley)}


PAPER = Paper(pages=pages, asked=print_rows, last_jobs=jobs)
