"""Personal sheets on the print list."""

from __future__ import annotations

from collections.abc import Iterator

from workshop.addons.personal.asked_for import sets_of
from workshop.addons.personal.personal_papers import WRITER, copies_of, handed_out, parts_of, render_personal
from workshop.layout.laid import LaidOut
from workshop.model.kit import Kit
from workshop.render.print.added import Job, Paper
from workshop.render.print.block_data import Data, Galley
from workshop.render.print.print_list import leaves_in, list_row


def print_rows(laid: LaidOut, galley: Galley) -> Iterator[Data]:
    """Yield the personal sheets of all stages in one row, and what the facilitator looks answers up in."""
    kit = laid.kit
    parts = tuple(parts_of(kit))
    if parts:
        copies, leaves = copies_of(kit), sum(len(part.rows) for part in parts)
        if kit.profile != "standard":  # then a sheet has as many pages as it needs
            leaves = sum(map(leaves_in, render_personal(laid).values()))
        line = list_row(galley, "personal", copies, leaves)
        if len(parts) > 1:
            line["file"] = galley.word("print-files", first=parts[0].name, last=parts[-1].name)
        people = len(sets_of(kit))
        yield line | {"person": leaves // people if copies * people >= kit.people else 0}
        yield list_row(galley, "lookup", 1, 0)
        yield list_row(galley, "personal-key", 1, 0)


def jobs(kit: Kit) -> Iterator[Job]:
    """Yield the personal sheets of each stage."""
    for part in parts_of(kit):
        yield Job(writer=WRITER, part=part.name, copies=copies_of(kit))


PAPER = Paper(handed_out=handed_out, always=print_rows, jobs=jobs)
