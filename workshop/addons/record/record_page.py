"""The record of a training: when it was, for whom, which points were shown, what the quiz showed, and the digest of the kit."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from workshop.addons.record.competences import framework_data, points_shown, told
from workshop.addons.record.held import held_of
from workshop.addons.room.item_analysis import HeldQuestion
from workshop.layout.laid import LaidOut
from workshop.model.kit import Kit, Sheet
from workshop.model.request import PAPER
from workshop.render.print.added import with_template
from workshop.render.print.block_data import Data, Galley
from workshop.render.print.document import front, run_mark, stage_place, words_of
from workshop.render.print.on_paper import galley_for
from workshop.render.print.sheets import class_pages, home_sheets
from workshop.render.print.typesetting import overflows, typeset
from workshop.render.writing import Writer
from workshop.wording import formats

# ---------------------------------------------------------------- record page
TEMPLATE = Path(__file__).with_name("record.typ")


def render_record(laid: LaidOut) -> bytes:
    """Return the record as a PDF; what isn't known yet is a line to write on.

    Raises:
        Problems: for text that can't be printed.
    """
    galley = galley_for(laid)
    data = record_data(laid, galley)
    galley.report.raise_if_errors()
    done = typeset("record", data, with_template(galley.files, TEMPLATE), ("overflow",), laid.kept)
    galley.report.extend(overflows(done))
    galley.report.raise_if_errors()
    return done.pdf


def record_data(laid: LaidOut, galley: Galley) -> dict[str, Any]:
    """Return the data for ``record.typ``."""
    kit, held = laid.kit, held_of(laid.kit)
    title = kit.record or galley.word("print-record-title")
    fields = (
        ("date", held.date if held else ""),
        ("people", formats.count(held.people) if held and held.people else ""),
        ("led-by", held.led_by if held else ""),
        ("audience", kit.audience_title),
        ("minutes", formats.number(kit.duration) if kit.duration else ""),
    )
    return front(laid, galley, title) | {
        "title": galley.text(title),
        "fields": [
            {"name": galley.word(f"print-record-{name}"), "value": galley.text(value)} for name, value in fields
        ],
        "points": _points(laid, galley, left=False),
        "left": _points(laid, galley, left=True),
        "papers": papers_data(laid, galley),
        "quiz": _quiz(kit, galley),
        "basis": galley.text(held.basis) if held else "",
        "frameworks": [framework_data(one, set(points_shown(kit)), galley) for one in kit.frameworks],
        "digest": digest(kit),
        "seed": str(kit.seed),
    }


def papers_data(laid: LaidOut, galley: Galley) -> list[Data]:
    """Return the pages that the class wrote on and the sheets to take home, with the marks of their run."""
    kit = laid.kit
    if kit.room != PAPER:
        return []
    pages = [
        _marked(galley.word("print-booklet-tag", number=stage_place(laid, page.stage.id)["label"]), page.sheet, galley)
        for page in class_pages(kit)
    ]
    sheets = [_marked(sheet.id, sheet, galley) for sheet in home_sheets(kit)]
    parts = ("leaf" if kit.leaf else "booklet", pages), ("home" if pages else "sheets", sheets)
    return [{"name": galley.word(f"print-record-{name}"), "marks": ", ".join(marks)} for name, marks in parts if marks]


def _marked(name: str, sheet: Sheet | None, galley: Galley) -> str:
    return f"{name} ({galley.word('print-run', mark=run_mark(sheet))})" if sheet else name


def digest(kit: Kit) -> str:
    """Return the SHA-256 of every word and number on the shown slides, the sheets, their keys, and the quiz.

    Two decks with the same digest said the same.
    """
    shown = tuple(slide for slide in kit.slides if not slide.hidden)
    return hashlib.sha256("\n".join(words_of((kit.title, shown, kit.sheets, kit.quiz, kit.later))).encode()).hexdigest()


def _points(laid: LaidOut, galley: Galley, *, left: bool) -> list[Data]:
    """Return what this plan shows of each point, or what it leaves out, by stage: the point itself, or else its statements."""
    stages: dict[str, list[Data]] = {}
    for each in told(laid.kit):
        wanted, others = (each.left, each.said) if left else (each.said, each.left)
        if wanted:
            text = "; ".join(wanted) if others else each.point.text
            entry = {"id": each.point.id, "text": galley.text(text, each.point.at)}
            stages.setdefault(each.point.stage, []).append(entry)
    return [
        {"title": galley.text(stage_place(laid, stage)["title"]), "points": found} for stage, found in stages.items()
    ]


def _quiz(kit: Kit, galley: Galley) -> list[Data]:
    """Return one row per question, with the shares of right answers before and after if they are known."""
    known = {question.name: question for question in held.quiz} if (held := held_of(kit)) else {}
    return [
        {
            "number": question.number,
            "text": galley.runs(question.text, question.at),
            "shares": _shares(known.get(str(question.number))),
        }
        for question in kit.quiz
    ]


def _shares(question: HeldQuestion | None) -> list[str]:
    return [formats.percent(question.before), formats.percent(question.after)] if question else ["", ""]


RECORD = Writer(
    filename="record.pdf",
    render=render_record,
    meaning="the record of a training: points shown, competences addressed, quiz, digest of the kit (PDF)",
    default=False,
    has_any=lambda kit: kit.is_kit,
    needs="kit",
)
