"""The print list: what to print, how many copies, how many sheets of paper, what to hand out when, and what to bring."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator, Mapping

from workshop.layout.laid import LaidOut
from workshop.model.kit import Kit, Stage
from workshop.model.rooms import has_paper
from workshop.render.print.added import papers
from workshop.render.print.ballot_sheets import answer_pages, ballot_pages
from workshop.render.print.block_data import Data, Galley
from workshop.render.print.booklet import class_pages, has_cover, set_booklet
from workshop.render.print.cards import sheets_of_paper
from workshop.render.print.document import stage_place
from workshop.render.print.forms import render_quiz
from workshop.render.print.handout import handout_pages
from workshop.render.print.name_tags import has_tags, per_page
from workshop.render.print.run_sheet_data import also_out, ranges, stage_clock
from workshop.render.print.sheets import home_sheets, set_sheets
from workshop.render.writing import names_file
from workshop.wording import formats
from workshop.wording.messages import say

TABLE = 4  # people at a table
_SHEET = re.compile(r"\bS\d+\b")


def has_prints(kit: Kit) -> bool:
    """Whether anything is printed for participants."""
    return kit.is_kit and has_paper(kit.room) and bool(kit.sheets or kit.ballots or kit.decks or kit.quiz)


def tables(kit: Kit) -> int:
    """Return the number of tables in the room."""
    return math.ceil(kit.people / TABLE)


def print_list_data(laid: LaidOut, galley: Galley) -> Data:
    """Return the rows of the list, the sums, what to hand out in which order, and what to bring."""
    kit = laid.kit
    always, asked = print_rows(laid, galley)
    return {
        "people": kit.people,
        "tables": tables(kit),
        "seats": TABLE,
        "always": always,
        "asked": asked,
        "person": formats.number(sum(row["person"] for row in always), 0),
        "total": formats.count(sum(row["total"] for row in always)),
        "total_all": formats.count(sum(row["total"] for row in (*always, *asked))),
        "order": _order(laid, galley),
        "bring": _bring(laid, galley),
    }


def print_rows(laid: LaidOut, galley: Galley) -> tuple[list[Data], list[Data]]:
    """Return the rows of files that this build makes, and of files that are made only on request."""
    kit, counted = laid.kit, counted_leaves(laid)
    always = [
        *_sheets(kit, counted, galley),
        *(line for paper in papers() for line in paper.always(laid, galley)),
        *_ballots(kit, galley),
    ]
    asked: list[Data] = []
    for name, rows in (
        ("sheets", _full_sheets(kit, counted, galley)),
        ("ballot slips", _slips(kit, galley)),
        ("name-tag", _name_tags(kit, galley)),
        ("cards", _cards(kit, galley)),
        ("leaf" if kit.leaf else "quiz", _quiz(kit, counted, galley)),
        ("handout", _handout(kit, galley)),
        ("feedback", [list_row(galley, "feedback", kit.people, 1, each=True)]),
        *(asked_for for paper in papers() for asked_for in paper.asked(laid, galley).items()),
    ):
        (always if names_file(kit, f"{name}.pdf") else asked).extend(rows)
    return [*always, list_row(galley, "facilitator", 1, 0)], asked


def counted_leaves(laid: LaidOut) -> dict[str, int]:
    """Return name of a writer -> sheets of paper per copy, for files that have as many pages as they need in a reading profile."""
    kit = laid.kit
    if kit.profile == "standard":
        return {}
    made: dict[str, list[bytes]] = {}
    if class_pages(kit):
        made["booklet"] = [set_booklet(laid, profile=kit.profile)[0].pdf]
        made["home"] = [set_sheets(laid, home=True, profile=kit.profile)[0].pdf] if home_sheets(kit) else []
    if kit.sheets:
        made["sheets"] = [set_sheets(laid, home=False, profile=kit.profile)[0].pdf]
    if kit.quiz and not kit.leaf:
        made["quiz"] = [render_quiz(laid)]
    return {name: sum(leaves_in(pdf) for pdf in pdfs) for name, pdfs in made.items()}


def leaves_in(pdf: bytes) -> int:
    """Return the sheets of paper that a document takes, printed on both sides."""
    from pypdf import PdfReader

    return math.ceil(len(PdfReader(io.BytesIO(pdf)).pages) / 2)


def list_row(
    galley: Galley,
    name: str,
    copies: int,
    leaves: int,
    *,
    part: str = "",
    pages: str = "",
    each: bool = False,
    **values: object,
) -> Data:
    """Return a line.

    Args:
        leaves: sheets of paper per copy; 0 for what is only for the facilitator.
        part: the part of a file; "" for all of it.
        pages: number of pages of that part.
        each: whether every person gets one.
        values: for the text on how to print it.
    """
    total = copies * leaves
    key = f"{name}-{part}" if part else name
    return {
        "file": f"{name}.pdf",
        "pages": pages or galley.word("print-every-page"),
        "what": galley.word(f"print-list-{key}"),
        "how": galley.word(f"print-how-{key}", **values),
        "cut": key in ("ballots-votes", "cards", "name-tag"),
        "copies": formats.count(copies),
        "leaves": formats.count(leaves) if leaves else "",
        "shown": formats.count(total) if leaves else "",
        "person": leaves if each else 0,
        "total": total,
    }


def _sheets(kit: Kit, counted: Mapping[str, int], galley: Galley) -> Iterator[Data]:
    if kit.leaf:
        yield list_row(galley, "leaf", 1, kit.people) | {"person": 1}
        yield list_row(galley, "home", 1, 0, sheets=len(home_sheets(kit)))
        yield list_row(galley, "answers", 1, 0)
    elif pages := class_pages(kit):
        leaves = counted.get("booklet", math.ceil((len(pages) + has_cover(kit)) / 2))
        yield list_row(galley, "booklet", kit.people, leaves, each=True)
        yield list_row(galley, "home", 1, 0, sheets=counted.get("home", len(home_sheets(kit))))
        yield list_row(galley, "answers", 1, 0)
    elif kit.sheets:
        row = list_row(galley, "sheets", kit.people, counted.get("sheets", len(kit.sheets)), each=True)
        here = [sheet.id.partition("-")[0] for sheet in kit.sheets if sheet.in_class]
        if not here and is_planned(kit):
            row["how"] = f"{row['how']}; {galley.word('print-how-sheets-all-home')}"
        elif here and len(here) < len(kit.sheets):
            row["how"] = f"{row['how']}; {galley.word('print-how-sheets-home', here=formats.listed(here))}"
        yield row
        yield list_row(galley, "answers", 1, 0)


def _full_sheets(kit: Kit, counted: Mapping[str, int], galley: Galley) -> Iterator[Data]:
    """Yield the sheets with every task, if a booklet makes them unnecessary."""
    if class_pages(kit):
        row = list_row(galley, "sheets", kit.people, counted.get("sheets", len(kit.sheets)), each=True)
        yield row | {"how": galley.word("print-how-sheets-asked")}


def _ballots(kit: Kit, galley: Galley) -> Iterator[Data]:
    """Yield the answers for the tables, the ballots if people have no booklet, and the tally after them."""
    if kit.ballots is not None:
        answers, papers = answer_pages(kit), ballot_pages(kit)
        circled = votes_in_booklet(kit)
        row = list_row(galley, "ballots", tables(kit), answers, part="answers", pages=_pages(1, answers))
        said = {"how": galley.word("print-how-ballots-tables", ballots=galley.word("room-ballots"))}
        yield row | said if circled else row
        if not circled:
            yield list_row(galley, "ballots", 1, papers, part="votes", pages=_pages(answers + 1, answers + papers))
        begins = galley.word("print-pages-from", page=answers + papers + 1)
        yield list_row(galley, "ballots", 1, 0, part="tally", pages=begins)


def _slips(kit: Kit, galley: Galley) -> Iterator[Data]:
    """Yield the ballots to be collected, which a room with booklets only needs if it wants the votes on paper."""
    if votes_in_booklet(kit):
        answers, papers = answer_pages(kit), ballot_pages(kit)
        pages = _pages(answers + 1, answers + papers)
        row = list_row(galley, "ballots", 1, papers, part="votes", pages=pages)
        yield row | {
            "how": galley.word("print-how-ballots-votes-asked", pages=pages, ballots=galley.word("room-ballots"))
        }


def votes_in_booklet(kit: Kit) -> bool:
    """Whether people write their votes into the booklet."""
    return any(page.vote is not None for page in class_pages(kit))


def _pages(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def _name_tags(kit: Kit, galley: Galley) -> Iterator[Data]:
    if has_tags(kit):
        row = list_row(galley, "name-tag", 1, math.ceil(max(kit.people, len(kit.names)) / per_page(kit)))
        yield row | ({"how": galley.word("print-how-name-tag-flat")} if kit.printing.flat else {})


def _cards(kit: Kit, galley: Galley) -> Iterator[Data]:
    if kit.decks:
        yield list_row(galley, "cards", 1, sum(deck.sets * sheets_of_paper(deck, kit.profile) for deck in kit.decks))


def _quiz(kit: Kit, counted: Mapping[str, int], galley: Galley) -> Iterator[Data]:
    if kit.quiz and kit.leaf:
        yield list_row(galley, "quiz-key", 1, 0)
    elif kit.quiz:
        yield list_row(galley, "quiz", kit.people, counted.get("quiz", 1), each=True)
        yield list_row(galley, "quiz-key", 1, 0)


def _handout(kit: Kit, galley: Galley) -> Iterator[Data]:
    """Yield the handout: one copy, and more if people want it on paper."""
    if pages := handout_pages(kit):
        yield list_row(galley, "handout", 1, math.ceil(pages / 2))


def is_printed(item: str) -> bool:
    """Whether material is one of our own files.

    >>> is_printed("sheet S2"), is_printed("quiz.pdf, the sheet BEFORE"), is_printed("pencils")
    (True, True, False)
    """
    return ".pdf" in item or bool(_SHEET.search(item))


def _order(laid: LaidOut, galley: Galley) -> list[Data]:
    """Return what to hand out, stage by stage, with the clock time at which each stage begins."""
    return [
        {
            "clock": stage_clock(laid, stage),
            "stage": stage_place(laid, stage.id),
            "title": galley.text(stage.title),
            "what": galley.text("; ".join(items)),
        }
        for stage in laid.kit.stages
        if (items := [*handed_out(laid.kit, stage), *also_out(laid.kit, stage, galley)])
    ]


def is_planned(kit: Kit) -> bool:
    """Whether a kit has moments; without them, nothing says which sheets are worked on in class."""
    return any(slide.moment for slide in kit.slides)


def handed_out(kit: Kit, stage: Stage) -> list[str]:
    """Return a stage's material from our own files, including its sheet even if the material doesn't name it."""
    items = [item for item in stage.material if is_printed(item)]
    if class_pages(kit):
        return items
    planned = is_planned(kit)
    own = [
        say(kit.language, "print-take-home", sheet=sheet.id) if planned and not sheet.in_class else sheet.id
        for sheet in kit.sheets
        if sheet.stage == stage.id
    ]
    return [*items, *(own if not any(_SHEET.search(item) for item in items) else ())]


def _bring(laid: LaidOut, galley: Galley) -> list[Data]:
    """Return the material that we don't print, each item once with its stages; scissors if something must be cut."""
    kit = laid.kit
    stages: dict[str, list[str]] = {}
    for stage in kit.stages:
        place = stage_place(laid, stage.id)
        for item in stage.material:
            if not is_printed(item):
                stages.setdefault(item, []).append(place["label"] or stage.title)
    rows = [{"what": galley.text(what), "where": galley.text(_where(where))} for what, where in stages.items()]
    if kit.decks or kit.ballots is not None:
        rows.insert(0, {"what": galley.word("print-scissors"), "where": galley.word("print-before-it")})
    return rows


def _where(labels: list[str]) -> str:
    """Return stages in words, with consecutive numbers as ranges.

    >>> _where(["1", "2", "3", "8"]), _where(["Welcome"])
    ('1–3 and 8', 'Welcome')
    """
    numbers = [int(label) for label in labels if label.isdigit()]
    return formats.listed([*ranges(numbers), *(label for label in labels if not label.isdigit())])
