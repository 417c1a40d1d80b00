"""The record of a training: when it was, for whom, which points were shown, what the quiz showed, and the digest of the kit."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from msgspec import Struct

from workshop.addons.record.certificate import minutes_of
from workshop.addons.record.competences import framework_data, points_shown, told
from workshop.addons.room.item_analysis import HeldQuestion
from workshop.layout.laid import LaidOut
from workshop.model.kit import Kit
from workshop.render.print.added import with_template
from workshop.render.print.block_data import Data, Galley
from workshop.render.print.document import front, run_mark, stage_place, words_of
from workshop.render.print.on_paper import galley_for
from workshop.render.print.typesetting import overflows, typeset
from workshop.render.writing import Writer
from workshop.wording import formats


# ---------------------------------------------------------------- held
# What is known of a workshop after it took place.
class Held(Struct, frozen=True, kw_only=True):
    """What is known of a workshop after it took place.

    Attributes:
        date: when it was, as it is printed.
        people: how many were there.
        led_by: who led it; "" for a line to write on.
        quiz: what the quiz showed; empty without one.
        basis: how many people the shares are of.
    """

    date: str
    people: int
    led_by: str = ""
    quiz: tuple[HeldQuestion, ...] = ()
    basis: str = ""


def held_of(kit: Kit) -> Held | None:
    """Return what is known of a kit's workshop; ``None`` before it took place."""
    found: Held | None = kit.extra.get("record")
    return found


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
    minutes = minutes_of(kit)
    fields = (
        ("date", held.date if held else ""),
        ("people", formats.count(held.people) if held and held.people else ""),
        ("led-by", held.led_by if held else ""),
        ("audience", kit.audience_title),
        ("minutes", formats.count(minutes) if minutes else ""),
    )
    return front(laid, galley, title) | {
        "title": galley.text(title),
        "fields": [
            {"name": galley.word(f"print-record-{name}"), "value": galley.text(value)} for name, value in fields
        ],
        "points": _points(laid, galley, left=False),
        "left": _points(laid, galley, left=True),
        "sheets": [f"{sheet.id} ({galley.word('print-run', mark=run_mark(sheet))})" for sheet in kit.sheets],
        "quiz": _quiz(kit, galley),
        "basis": galley.text(held.basis) if held else "",
        "frameworks": [framework_data(one, set(points_shown(kit)), galley) for one in kit.frameworks],
        "digest": digest(kit),
        "seed": str(kit.seed),
    }


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
