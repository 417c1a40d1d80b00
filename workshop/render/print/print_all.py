"""Everything for the people in the room as one file to print once, in the order of handing out, with all copies."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from workshop.layout.laid import LaidOut
from workshop.model.kit import Kit
from workshop.render.print import ballot_sheets, booklet, cards, feedback, forms, handout, name_tags, sheets
from workshop.render.print.added import Job, papers
from workshop.render.print.booklet import class_pages
from workshop.render.print.document import front
from workshop.render.print.feedback import LEAF
from workshop.render.print.figures import galley_for
from workshop.render.print.joined import joined, pages_of
from workshop.render.print.print_list import has_prints, tables, votes_in_booklet
from workshop.render.print.typesetting import typeset
from workshop.render.writing import Writer, names_file

if TYPE_CHECKING:
    from pypdf import PageObject


def jobs(kit: Kit) -> tuple[Job, ...]:
    """Return what is printed for the people, in the order in which it is handed out: the print list without what is only for you."""
    made = [*_at_the_door(kit), *_at_the_tables(kit), *_at_the_end(kit)]
    return tuple(job for job in made if job.copies)


def _at_the_door(kit: Kit) -> Iterator[Job]:
    if _made(kit, name_tags.NAME_TAG):
        yield Job(
            writer=name_tags.NAME_TAG, copies=1, stock=kit.printing.cutting, cut=kit.printing.cutting, duplex=False
        )
    if kit.leaf:
        yield Job(writer=LEAF, copies=1)
    elif class_pages(kit):
        yield Job(writer=booklet.BOOKLET, copies=kit.people)
    elif kit.sheets:
        yield Job(writer=sheets.SHEETS, copies=kit.people)
    for paper in papers():
        yield from paper.jobs(kit)
    if _made(kit, forms.QUIZ):
        yield Job(writer=forms.QUIZ, copies=kit.people)


def _at_the_tables(kit: Kit) -> Iterator[Job]:
    if kit.ballots is not None:
        answers = ballot_sheets.answer_pages(kit)
        yield Job(writer=ballot_sheets.BALLOTS, copies=tables(kit), last=answers, duplex=False)
        if not votes_in_booklet(kit):
            for page in range(
                answers + 1, answers + ballot_sheets.ballot_pages(kit) + 1
            ):  # one-sided: each page is a sheet of paper of its own
                yield Job(writer=ballot_sheets.BALLOTS, copies=1, first=page, last=page, cut=True, duplex=False)
    if _made(kit, cards.CARDS):
        ends = accumulate(2 * cards.sheets_of_paper(deck, kit.profile) for deck in kit.decks)
        for deck, end in zip(kit.decks, ends, strict=True):
            first = end - 2 * cards.sheets_of_paper(deck, kit.profile) + 1
            yield Job(writer=cards.CARDS, copies=deck.sets, first=first, last=end, stock=True, cut=True)


def _at_the_end(kit: Kit) -> Iterator[Job]:
    for writer, copies in ((handout.WRITER, 1), (feedback.FEEDBACK, kit.people)):
        if _made(kit, writer):
            yield Job(writer=writer, copies=copies, duplex=writer is handout.WRITER)
    for paper in papers():
        yield from paper.last_jobs(kit)


def _made(kit: Kit, writer: Writer) -> bool:
    return names_file(kit, writer.filename) and not writer.missing(kit)


def render_print_all(laid: LaidOut) -> bytes:
    """Return all pages in one file, every copy with an even number of pages, so that the whole is printed on both sides.

    The pages aren't tagged: it is for the printer; screen readers read the single files.
    """
    return joined(page for job, made in _made_for(laid) for page in _pages(job, made))


def _made_for(laid: LaidOut) -> Iterator[tuple[Job, Sequence[PageObject]]]:
    files: dict[str, Sequence[PageObject]] = {}
    for job in jobs(laid.kit):
        if job.file not in files:
            made = job.writer.render(laid)
            parts = {job.file: made} if isinstance(made, bytes) else made
            files |= {name: pages_of(content) for name, content in parts.items()}
        yield job, files[job.file]


def _pages(job: Job, made: Sequence[PageObject]) -> Iterator[PageObject | None]:
    """Yield the copies of a job; those of a one-sided page get empty backs."""
    last = job.last or len(made)
    for _ in range(job.copies):
        for number in range(job.first - 1, last):
            yield made[number]
            if not job.duplex:
                yield None
        if job.duplex and (last - job.first + 1) % 2:
            yield None


def render_printer(laid: LaidOut) -> bytes:
    """Return a page for whoever prints ``print-all.pdf``: which pages on which paper, and what is cut."""
    galley = galley_for(laid)
    rows, begin = [], 1
    for job, made in _made_for(laid):
        pages = (job.last or len(made)) - job.first + 1
        sheets_each = math.ceil(pages / 2) if job.duplex else pages
        end = begin + 2 * sheets_each * job.copies - 1
        paper = galley.word("print-printer-thick" if job.stock else "print-printer-plain")
        after = galley.word("print-printer-cut") if job.cut else ""
        if job.writer is booklet.BOOKLET and sheets_each > 1:
            after = galley.word("print-printer-staple", leaves=sheets_each)
        rows.append(
            {
                "pages": f"{begin}\u2013{end}",
                "file": job.file,
                "copies": str(job.copies),
                "sheets": str(sheets_each * job.copies),
                "paper": paper,
                "after": after,
            }
        )
        begin = end + 1
    data = front(laid, galley, galley.word("print-printer-title"))
    data |= {"rows": rows, "pages": begin - 1, "flip": laid.kit.printing.flip, "people": laid.kit.people}
    return typeset("printer", data, {}, (), laid.kept).pdf


WRITER = Writer(
    filename="print-all.pdf",
    render=render_print_all,
    meaning="everything for the room in one file, with all copies, in the order of handing out (PDF)",
    whom="whoever prints",
    default=False,
    has_any=has_prints,
    needs="sheets, ballots, cards or a quiz",
)
PRINTER = Writer(
    filename="printer.pdf",
    render=render_printer,
    meaning="a page for whoever prints print-all.pdf (PDF)",
    whom="whoever prints",
    due=lambda kit: kit.printing.notes,
    has_any=has_prints,
    needs="sheets, ballots, cards or a quiz",
)
