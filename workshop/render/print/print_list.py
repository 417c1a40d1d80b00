"""The print list: what to print, how many copies, how many sheets of paper, what to hand out when, and what to bring."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator, Mapping

from workshop.layout.laid import LaidOut
from workshop.model.kit import Kit, Stage
from workshop.render.print.blocks import Data, Galley
from workshop.render.print.booklet import class_pages, set_booklet
from workshop.render.print.cards import sheets_of_paper
from workshop.render.print.document import stage_place
from workshop.render.print.handout import handout_pages
from workshop.render.print.name_card import has_cards, per_page
from workshop.render.print.personal import copies_of, parts_of, personal_out, render_personal
from workshop.render.print.run_sheet import ranges, stage_clock
from workshop.render.print.sheets import home_sheets, set_sheets
from workshop.render.writer import names_file
from workshop.wording import formats
from workshop.wording.messages import say

TABLE, BALLOTS_A_PAGE = 4, 8  # people at a table, ballots on a sheet of paper
_SHEET = re.compile(r"\bS\d+\b")


def has_prints(kit: Kit) -> bool:
    """Whether anything is printed for participants."""
    return kit.is_kit and bool(kit.sheets or kit.ballots or kit.decks or kit.quiz)


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
    always = [*_sheets(kit, counted, galley), *_personal(kit, counted, galley), *_ballots(kit, galley)]
    asked: list[Data] = []
    for name, rows in (
        ("sheets", _full_sheets(kit, counted, galley)),
        ("ballot slips", _slips(kit, galley)),
        ("name-card", _name_cards(kit, galley)),
        ("cards", _cards(kit, galley)),
        ("quiz", _quiz(kit, galley)),
        ("handout", _handout(kit, galley)),
        ("feedback", [_row(galley, "feedback", kit.people, 1, each=True)]),
        ("certificate", [_row(galley, "certificate", kit.people, 1, each=True)]),
    ):
        (always if names_file(kit, f"{name}.pdf") else asked).extend(rows)
    return [*always, _row(galley, "facilitator", 1, 0)], asked


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
    if kit.personal:
        made["personal"] = list(render_personal(laid).values())
    return {name: sum(_leaves(pdf) for pdf in pdfs) for name, pdfs in made.items()}


def _leaves(pdf: bytes) -> int:
    from pypdf import PdfReader

    return math.ceil(len(PdfReader(io.BytesIO(pdf)).pages) / 2)


def _row(
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
        "cut": key in ("ballots-votes", "cards", "name-card"),
        "copies": formats.count(copies),
        "leaves": formats.count(leaves) if leaves else "",
        "shown": formats.count(total) if leaves else "",
        "person": leaves if each else 0,
        "total": total,
    }


def _sheets(kit: Kit, counted: Mapping[str, int], galley: Galley) -> Iterator[Data]:
    if pages := class_pages(kit):
        yield _row(galley, "booklet", kit.people, counted.get("booklet", math.ceil(len(pages) / 2)), each=True)
        yield _row(galley, "home", 1, 0, sheets=counted.get("home", len(home_sheets(kit))))
        yield _row(galley, "answers", 1, 0)
    elif kit.sheets:
        row = _row(galley, "sheets", kit.people, counted.get("sheets", len(kit.sheets)), each=True)
        here = [sheet.id.partition("-")[0] for sheet in kit.sheets if sheet.in_class]
        if not here and is_planned(kit):
            row["how"] = f"{row['how']}; {galley.word('print-how-sheets-all-home')}"
        elif here and len(here) < len(kit.sheets):
            row["how"] = f"{row['how']}; {galley.word('print-how-sheets-home', here=formats.listed(here))}"
        yield row
        yield _row(galley, "answers", 1, 0)


def _full_sheets(kit: Kit, counted: Mapping[str, int], galley: Galley) -> Iterator[Data]:
    """Yield the sheets with every task, if a booklet makes them unnecessary."""
    if class_pages(kit):
        row = _row(galley, "sheets", kit.people, counted.get("sheets", len(kit.sheets)), each=True)
        yield row | {"how": galley.word("print-how-sheets-asked")}


def _personal(kit: Kit, counted: Mapping[str, int], galley: Galley) -> Iterator[Data]:
    """Yield the personal sheets of all stages in one row, and what the facilitator looks answers up in."""
    parts = tuple(parts_of(kit))
    if parts:
        copies, leaves = copies_of(kit), counted.get("personal", sum(len(part.rows) for part in parts))
        row = _row(galley, "personal", copies, leaves)
        if len(parts) > 1:
            row["file"] = galley.word("print-files", first=parts[0].name, last=parts[-1].name)
        enough = copies * len(kit.personal) >= kit.people
        yield row | {"person": leaves // len(kit.personal) if enough else 0}
        yield _row(galley, "lookup", 1, 0)
        yield _row(galley, "personal-key", 1, 0)


def _ballots(kit: Kit, galley: Galley) -> Iterator[Data]:
    """Yield the answers for the tables, the ballots if people have no booklet, and the tally after them."""
    if kit.ballots is not None:
        papers = math.ceil(kit.people / BALLOTS_A_PAGE)
        yield _row(galley, "ballots", tables(kit), 1, part="answers", pages="1")
        if not votes_in_booklet(kit):
            yield _row(galley, "ballots", 1, papers, part="votes", pages=_pages(2, papers + 1))
        yield _row(galley, "ballots", 1, 0, part="tally", pages=galley.word("print-pages-from", page=papers + 2))


def _slips(kit: Kit, galley: Galley) -> Iterator[Data]:
    """Yield the ballots to be collected, which a room with booklets only needs if it wants the votes on paper."""
    if votes_in_booklet(kit):
        papers = math.ceil(kit.people / BALLOTS_A_PAGE)
        pages = _pages(2, papers + 1)
        row = _row(galley, "ballots", 1, papers, part="votes", pages=pages)
        yield row | {"how": galley.word("print-how-ballots-votes-asked", pages=pages)}


def votes_in_booklet(kit: Kit) -> bool:
    """Whether people write their votes into the booklet."""
    return any(page.vote is not None for page in class_pages(kit))


def _pages(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def _name_cards(kit: Kit, galley: Galley) -> Iterator[Data]:
    if has_cards(kit):
        yield _row(galley, "name-card", 1, math.ceil(max(kit.people, len(kit.names)) / per_page(kit)))


def _cards(kit: Kit, galley: Galley) -> Iterator[Data]:
    if kit.decks:
        yield _row(galley, "cards", 1, sum(deck.sets * sheets_of_paper(deck) for deck in kit.decks))


def _quiz(kit: Kit, galley: Galley) -> Iterator[Data]:
    if kit.quiz:
        yield _row(galley, "quiz", kit.people, 1, each=True)
        yield _row(galley, "quiz-key", 1, 0)


def _handout(kit: Kit, galley: Galley) -> Iterator[Data]:
    """Yield the handout: one copy, and more if people want it on paper."""
    if pages := handout_pages(kit):
        yield _row(galley, "handout", 1, math.ceil(pages / 2))


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
        if (items := [*handed_out(laid.kit, stage), *filter(None, [personal_out(laid.kit, stage.id, galley)])])
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
