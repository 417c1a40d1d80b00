"""The file of a training as a PDF, as a Word file and as JSON for other programs, and a page for a manager."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from operator import attrgetter
from pathlib import Path
from typing import Any

from workshop.addons.record.competences import told
from workshop.addons.record.file_parts import Part, heading, parts_of
from workshop.addons.record.held import held_of
from workshop.layout.laid import LaidOut
from workshop.model.blocks import plain
from workshop.model.kit import Kit
from workshop.render.print.block_data import Galley
from workshop.render.print.computer_fonts import borrow
from workshop.render.print.document import front
from workshop.render.print.figures import galley_for
from workshop.render.print.leaves import set_whole
from workshop.render.writing import Writer
from workshop.wording.formats import percent

TEMPLATE = Path(__file__).with_name("record.typ")
SCHEMA = 1  # of the JSON: it grows with a change that readers would notice


def render_record(laid: LaidOut) -> bytes:
    """Return the record as a PDF; what isn't known yet is a line to write on.

    Raises:
        Problems: for text that can't be printed.
    """
    return set_parts(laid, "record", parts_of)


def set_parts(laid: LaidOut, name: str, made: Callable[[LaidOut, Galley], tuple[Part, ...]]) -> bytes:
    """Return parts as a PDF; the name is that of its title and lead in the fixed words.

    Raises:
        Problems: for text that can't be printed.
    """
    galley = galley_for(laid, profile=laid.kit.profile)
    borrow(galley, laid.kit.names)
    data = _data(laid, galley, name, made(laid, galley))
    return set_whole("record", data, galley, laid.kept, ("overflow",), own=TEMPLATE)


def _data(laid: LaidOut, galley: Galley, name: str, parts: tuple[Part, ...]) -> dict[str, Any]:
    """Return the data for ``record.typ``."""
    title = title_of(laid.kit, galley) if name == "record" else galley.word(f"print-{name}-title")
    return front(laid, galley, title, laid.kit.profile) | {
        "name": name,
        "title": galley.text(title),
        "lead": galley.word(f"print-{name}-lead"),
        "parts": [_part(laid.kit, part, galley) for part in parts],
    }


def title_of(kit: Kit, galley: Galley) -> str:
    """Return the title of the record."""
    return kit.record or galley.word("print-record-title")


def _part(kit: Kit, part: Part, galley: Galley) -> dict[str, Any]:
    return {
        "key": part.key,
        "title": heading(kit, part.key),
        "fields": [{"name": heading(kit, name), "value": galley.text(value)} for name, value in part.fields.items()],
        "texts": [{"head": galley.text(head), "text": galley.text(text)} for head, text in part.texts],
        "heads": [heading(kit, column) for column in part.columns],
        "shares": part.shares,
        "rows": [
            {"band": number in part.bands, "cells": [galley.text(cell) for cell in row]}
            for number, row in enumerate(part.rows)
        ],
    }


def render_json(laid: LaidOut) -> bytes:
    """Return the record as JSON: the same parts, by their keys; what isn't known is an empty text."""
    galley = galley_for(laid)
    found: dict[str, Any] = {"schema": SCHEMA, "title": title_of(laid.kit, galley)}
    for part in parts_of(laid, galley):
        rows = [dict(zip(part.columns, row, strict=True)) for n, row in enumerate(part.rows) if n not in part.bands]
        texts = [f"{head} {text}".strip() for head, text in part.texts]
        found[part.key] = dict(part.fields) | ({"rows": rows} if rows else {}) | ({"texts": texts} if texts else {})
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()


def render_docx(laid: LaidOut) -> bytes:
    """Return the record as a Word file, to be filled in and signed.

    Raises:
        Problems: for text that can't be printed.
    """
    from workshop.addons.record.record_docx import written

    galley = galley_for(laid)
    borrow(galley, laid.kit.names)
    data = _data(laid, galley, "record", parts_of(laid, galley))
    galley.report.raise_if_errors()
    return written(laid, galley, data)


def _writer(kind: str, render: Callable[[LaidOut], bytes], meaning: str, **settings: Any) -> Writer:
    is_kit = attrgetter("is_kit")
    filename, what = f"record.{kind}", f"the file of a training{meaning} ({kind.upper()})"
    return Writer(
        filename=filename,
        render=render,
        meaning=what,
        whom="you",
        default=False,
        has_any=is_kit,
        needs="kit",
        **settings,
    )


WITH = {"along_with": "record", "in_all": False}
LISTED = ": what was held, for whom, points shown, competences, quiz, attendance list"
RECORD = _writer("pdf", render_record, LISTED, profiled=True)
DOCX = _writer("docx", render_docx, ", to be filled in", **WITH)
JSON = _writer("json", render_json, ", for other programs", **WITH)


MOST = 8  # lines of each part, so that it stays a page
HALF = 0.5  # a question that fewer answer right is one that people still can't answer


def render_manager(laid: LaidOut) -> bytes:
    """Return the page as a PDF.

    Raises:
        Problems: for text that can't be printed.
    """
    return set_parts(laid, "manager", manager_parts)


def manager_parts(laid: LaidOut, galley: Galley) -> tuple[Part, ...]:
    """Return the three parts."""
    kit = laid.kit
    stages = [stage for stage in kit.stages if stage.number is not None]
    can = [(f"{stage.title}.", stage.learnt or stage.aim) for stage in stages if stage.learnt or stage.aim]
    *cannot, last = _cannot(kit, galley)
    rows = [(plain(q.text), "; ".join(plain(o.text) for o in q.options if o.right)) for q in kit.later or kit.quiz]
    return (
        Part(key="can", texts=tuple(can[:MOST])),
        Part(key="cannot", texts=(*cannot[:MOST], last)),
        Part(key="ask", columns=("question", "good-answer"), shares=(0.6, 0.4), rows=tuple(rows[:MOST])),
    )


def _cannot(kit: Kit, galley: Galley) -> Iterator[tuple[str, str]]:
    """Yield what most people got wrong at the end, then what was left out, then what no workshop like this gives."""
    results = held_of(kit).results
    texts = {str(question.number): plain(question.text) for question in kit.quiz}
    for item in results.items if results else ():
        if item.after[0] < HALF:
            yield (
                texts[item.name],
                galley.word("print-record-still-wrong", share=percent(item.after[0]), idea=item.drawn[0]),
            )
    left = [f"{each.point.id} {each.point.text}" for each in told(kit) if each.left and not each.said]
    if left:
        yield galley.word("print-record-not-taught"), "; ".join(left[:4]) + "."
    yield "", galley.word("print-record-no-level")


MANAGER = Writer(
    filename="manager.pdf",
    render=render_manager,
    meaning="a page for a manager: what people can do now, what they can't, what to ask them (PDF)",
    whom="a manager",
    default=False,
    in_all=False,
    has_any=lambda kit: kit.is_kit,
    needs="kit",
)
