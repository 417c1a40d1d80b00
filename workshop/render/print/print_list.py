"""The print list: what to print how often, how many sheets of paper a person gets, and what to bring."""

from __future__ import annotations

import math
import re

from workshop import formats
from workshop.layout.laid import LaidOut
from workshop.model.kit import Kit
from workshop.render.print.blocks import Data, Galley
from workshop.render.print.cards import sheets_of_paper
from workshop.render.print.document import stage_place
from workshop.render.print.handout import handout_pages

TABLE, BALLOTS_A_PAGE = 3, 8  # people at a table, ballots on a sheet of paper
_SHEET = re.compile(r"\bS\d+\b")


def has_prints(kit: Kit) -> bool:
    """Whether anything is printed for participants."""
    return kit.is_kit and bool(kit.sheets or kit.ballots or kit.decks or kit.quiz)


def print_list_data(laid: LaidOut, galley: Galley) -> Data:
    """Return the rows of the list, the sums, and the material with the stages that need it."""
    kit = laid.kit
    always, asked = _always(kit, galley), _asked(kit, galley)
    return {
        "people": kit.people,
        "always": always,
        "asked": asked,
        "person": formats.number(sum(row["person"] for row in always), 0),
        "total": formats.count(sum(row["total"] for row in always)),
        "total_all": formats.count(sum(row["total"] for row in (*always, *asked))),
        "bring": _bring(laid, galley),
    }


def _row(galley: Galley, name: str, copies: int, leaves: int, *, each: bool = False) -> Data:
    """Return a line: ``leaves`` sheets of paper a copy, ``each`` if every person gets one."""
    total = copies * leaves
    return {
        "file": f"{name}.pdf",
        "what": galley.word(f"print-list-{name}"),
        "how": galley.word(f"print-how-{name}"),
        "copies": formats.count(copies),
        "leaves": formats.count(leaves) if leaves else "",
        "shown": formats.count(total) if leaves else "",
        "person": leaves if each else 0,
        "total": total,
    }


def _always(kit: Kit, galley: Galley) -> list[Data]:
    rows = []
    if kit.sheets:
        rows.append(_row(galley, "sheets", kit.people, len(kit.sheets), each=True))
        rows.append(_row(galley, "answers", 1, 0))
    if kit.ballots is not None:
        papers = math.ceil(kit.people / TABLE) + math.ceil(kit.people / BALLOTS_A_PAGE) + 1
        rows.append(_row(galley, "ballots", 1, papers))
    rows.append(_row(galley, "facilitator", 1, 0))
    return rows


def _asked(kit: Kit, galley: Galley) -> list[Data]:
    rows = []
    if kit.decks:
        rows.append(_row(galley, "cards", 1, sum(deck.sets * sheets_of_paper(deck) for deck in kit.decks)))
    if kit.quiz:
        rows.append(_row(galley, "quiz", kit.people, 2, each=True))
        rows.append(_row(galley, "quiz-key", 1, 0))
    if pages := handout_pages(kit):
        rows.append(_row(galley, "handout", kit.people, math.ceil(pages / 2), each=True))
    rows.append(_row(galley, "feedback", kit.people, 1, each=True))
    rows.append(_row(galley, "certificate", kit.people, 1, each=True))
    return rows


def _bring(laid: LaidOut, galley: Galley) -> list[Data]:
    """Return what is not printed by us, each thing once with its stages; scissors where something is cut."""
    kit = laid.kit
    stages: dict[str, list[str]] = {}
    for stage in kit.stages:
        place = stage_place(laid, stage.id)
        for item in stage.material:
            if not _SHEET.search(item) and ".pdf" not in item:
                stages.setdefault(item, []).append(place["label"] or stage.title)
    rows = [{"what": galley.text(what), "where": galley.text(formats.listed(where))} for what, where in stages.items()]
    if kit.decks or kit.ballots is not None:
        count = formats.count(math.ceil(kit.people / TABLE))
        rows.insert(0, {"what": galley.word("print-scissors", count=count), "where": galley.word("print-before-it")})
    return rows
