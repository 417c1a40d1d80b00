"""The quiz, with the same questions before and after, and its separate key with the misconception behind each wrong answer."""

from __future__ import annotations

import hashlib
import math
from typing import Any

from workshop.errors import At, Problem, Problems
from workshop.layout.laid import LaidOut
from workshop.model.kit import Kit
from workshop.model.meta import Framework
from workshop.model.prints import LETTERS, HeldQuestion, Option, Question
from workshop.render.print.block_data import Data, Galley
from workshop.render.print.document import front, pictures, run_mark, stage_place, words_of
from workshop.render.print.on_paper import galley_for
from workshop.render.print.typesetting import overflows, typeset
from workshop.render.writing import Writer
from workshop.wording import formats

# ---------------------------------------------------------------- quiz
WHEN = ("before", "after")


def render_quiz(laid: LaidOut) -> bytes:
    """Return the sheet before and the sheet after as one PDF, each beginning on an odd page.

    Raises:
        Problems: for text that can't be printed.
    """
    return _set("quiz", laid)


def render_quiz_key(laid: LaidOut) -> bytes:
    """Return the key as a separate PDF, so that nobody prints it with the sheets.

    Raises:
        Problems: for text that can't be printed.
    """
    return _set("quiz-key", laid)


def _set(template: str, laid: LaidOut) -> bytes:
    galley = galley_for(laid)
    data = quiz_data(laid, galley, key=template == "quiz-key")
    galley.report.raise_if_errors()
    done = typeset(template, data, galley.files, ("overflow",), laid.kept)
    galley.report.extend(overflows(done))
    galley.report.raise_if_errors()
    return done.pdf


def quiz_data(laid: LaidOut, galley: Galley, *, key: bool = False) -> dict[str, Any]:
    """Return the data for ``templates/quiz.typ``, or with ``key`` for ``templates/quiz-key.typ``."""
    asked = laid.kit.quiz
    numbers = [str(question.number) for question in asked]
    sheets = [
        {
            "when": when,
            "title": galley.word(f"print-quiz-{when}"),
            "questions": [] if key else [_question(laid, q, galley, after=when == "after") for q in asked],
        }
        for when in WHEN
    ]
    return front(laid, galley, galley.word("print-quiz-key" if key else "print-quiz-title")) | {
        "questions": [_key(laid, question, galley) for question in asked] if key else [],
        "sheets": sheets,
        "columns": ",".join(("participant", "when", *numbers)),
        "example": ",".join(("07", "before", *(LETTERS[0] for _ in asked))),
    }


def misconception(name: str) -> str:
    """Return the name of a misconception in readable form.

    >>> misconception("looks-it-up"), misconception("It knows our prices")
    ('looks it up', 'It knows our prices')
    """
    return name if " " in name else name.replace("-", " ")


def _head(laid: LaidOut, question: Question, galley: Galley) -> Data:
    return {
        "number": question.number,
        "stage": stage_place(laid, question.stage),
        "text": galley.runs(question.text, question.at),
    }


def _question(laid: LaidOut, question: Question, galley: Galley, *, after: bool) -> Data:
    """Return a question for one of the sheets; afterwards the options are in another order."""
    order = question.again if after else range(len(question.options))
    return _head(laid, question, galley) | {
        "options": [
            {"letter": LETTERS[place], "runs": galley.runs(question.options[index].text, question.at)}
            for place, index in enumerate(order)
        ],
    }


def _key(laid: LaidOut, question: Question, galley: Galley) -> Data:
    """Return a question with the misconception behind each option, and its letter on either sheet."""
    later = {index: LETTERS[place] for place, index in enumerate(question.again)}
    return _head(laid, question, galley) | {
        "options": [
            {"letter": LETTERS[index], "later": later[index], "runs": galley.runs(option.text, question.at)}
            | _meaning(option, galley, question.at)
            for index, option in enumerate(question.options)
        ],
    }


def _meaning(option: Option, galley: Galley, at: At) -> Data:
    return {"right": option.right, "stands": galley.text(misconception(option.misconception), at)}


QUIZ = Writer(
    filename="quiz.pdf",
    render=render_quiz,
    meaning="the quiz before and after (PDF)",
    default=False,
    has_any=lambda kit: bool(kit.quiz),
    needs="quiz",
    needs_slides=False,
)

QUIZ_KEY = Writer(
    filename="quiz-key.pdf",
    render=render_quiz_key,
    meaning="the key of the quiz, with the misconception behind each wrong answer (PDF)",
    default=False,
    has_any=lambda kit: bool(kit.quiz),
    needs="quiz",
    along_with="quiz",
    needs_slides=False,
)


# ---------------------------------------------------------------- feedback
# The feedback form: one page, with a row for every stage that was in.
def render_feedback(laid: LaidOut) -> bytes:
    """Return the form as a PDF of one page.

    Raises:
        Problems: for text that can't be printed, or too many stages for a page.
    """
    galley = galley_for(laid)
    data = feedback_data(laid, galley)
    galley.report.raise_if_errors()
    done = typeset("feedback", data, galley.files, ("leaf",), laid.kept)
    if done.marks["leaf"][0]["pages"] > 1:
        hint = "shorten the titles of the sections"
        raise Problems([Problem("the feedback form does not fit its page", hint=hint, code="print-overfull")])
    return done.pdf


def feedback_data(laid: LaidOut, galley: Galley) -> dict[str, Any]:
    """Return the data for ``templates/feedback.typ``: the numbered stages, or all stages if none has a number."""
    numbered = [stage for stage in laid.kit.stages if stage.number is not None]
    rows = [
        {"stage": stage_place(laid, stage.id), "title": galley.text(stage.title)}
        for stage in numbered or laid.kit.stages
    ]
    return front(laid, galley, galley.word("print-feedback-title")) | {"rows": rows}


FEEDBACK = Writer(
    filename="feedback.pdf",
    render=render_feedback,
    meaning="a feedback form of one page (PDF)",
    default=False,
    needs_slides=False,
)


# ---------------------------------------------------------------- certificate
# Certificates: one per name, or one with a line to write on.
HOUR = 60


def render_certificate(laid: LaidOut) -> bytes:
    """Return the certificates as one PDF.

    Raises:
        Problems: for a name that can't be printed.
    """
    galley = galley_for(laid)
    data = certificate_data(laid, galley)
    galley.report.raise_if_errors()
    return typeset("certificate", data, galley.files, (), laid.kept).pdf


def certificate_data(laid: LaidOut, galley: Galley) -> dict[str, Any]:
    """Return the data for ``templates/certificate.typ``."""
    kit = laid.kit
    did = kit.certificate or galley.word("print-certificate-did", title=kit.title)
    here = {stage.id for stage in kit.stages}
    people = [
        {"name": galley.text(name), "code": galley.word("print-certificate-number", number=number)}
        for number, name in enumerate(kit.names, start=1)
    ]
    return front(laid, galley, galley.word("print-certificate-title")) | {
        "title": galley.word("print-certificate-title"),
        "did": galley.text(did),
        "length": length(kit.minutes, galley),
        "labels": [str(mark.number) for mark in kit.marks if mark.id in here],
        "pictures": [pictures(laid, mark)["picture"] for mark in kit.marks if mark.id in here],
        "people": people or [{"name": "", "code": ""}],
    }


def length(minutes: float, galley: Galley) -> str:
    """Return the length in words; two hours or more are given in whole hours."""
    if not minutes:
        return ""
    if minutes >= 2 * HOUR:
        return galley.word("print-hours", hours=formats.number(math.floor(minutes / HOUR + 0.5), 0))
    return galley.word("print-whole-minutes", minutes=formats.number(minutes, 0))


CERTIFICATE = Writer(
    filename="certificate.pdf",
    render=render_certificate,
    meaning="certificates, one per name with --names (PDF)",
    default=False,
    needs_slides=False,
)


# ---------------------------------------------------------------- competences
# The map of competences: which points address which of them, what this plan leaves out, and what the kit leaves out.
def points_shown(kit: Kit) -> list[str]:
    """Return the ids of the points that a slide of this plan teaches, in the order of the kit."""
    taught = {point for slide in kit.slides if not slide.hidden for point in slide.teaches}
    return [point.id for point in kit.points if point.id in taught]


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

    def listed(codes: set[str]) -> str:
        found = [f"{code} {title}".strip() for code, title in framework.competences.items() if code in codes]
        titled = any(framework.competences.values())
        return galley.text(("; " if titled else ", ").join(found), framework.at)

    origin = f"{framework.source}, {framework.year}. {framework.licence}. {framework.note}"
    return {
        "name": galley.text(framework.name, framework.at),
        "label": galley.text(framework.label, framework.at),
        "origin": galley.text(origin.strip(), framework.at),
        "now": listed(now),
        "later": listed(ever - now),
        "never": listed(set(framework.competences) - ever),
    }


# ---------------------------------------------------------------- record
# The record of a training: when it was, for whom, which points were shown, what the quiz showed, and the digest of the kit.
def render_record(laid: LaidOut) -> bytes:
    """Return the record as a PDF; what isn't known yet is a line to write on.

    Raises:
        Problems: for text that can't be printed.
    """
    galley = galley_for(laid)
    data = record_data(laid, galley)
    galley.report.raise_if_errors()
    done = typeset("record", data, galley.files, ("overflow",), laid.kept)
    galley.report.extend(overflows(done))
    galley.report.raise_if_errors()
    return done.pdf


def record_data(laid: LaidOut, galley: Galley) -> dict[str, Any]:
    """Return the data for ``templates/record.typ``."""
    kit, held = laid.kit, laid.kit.held
    title = kit.record or galley.word("print-record-title")
    shown = points_shown(kit)
    minutes = round(sum(row.minutes for row in kit.run_sheet))
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
        "points": _points(laid, shown, galley),
        "sheets": [f"{sheet.id} ({galley.word('print-run', mark=run_mark(sheet))})" for sheet in kit.sheets],
        "quiz": _quiz(kit, galley),
        "basis": galley.text(held.basis) if held else "",
        "frameworks": [framework_data(one, set(shown), galley) for one in kit.frameworks],
        "digest": digest(kit),
        "seed": str(kit.seed),
    }


def digest(kit: Kit) -> str:
    """Return the SHA-256 of every word and number on the shown slides, the sheets, their keys, and the quiz.

    Two decks with the same digest said the same.
    """
    shown = tuple(slide for slide in kit.slides if not slide.hidden)
    return hashlib.sha256("\n".join(words_of((kit.title, shown, kit.sheets, kit.quiz))).encode()).hexdigest()


def _points(laid: LaidOut, shown: list[str], galley: Galley) -> list[Data]:
    """Return the points that this plan shows, by stage."""
    stages: dict[str, list[Data]] = {}
    for point in laid.kit.points:
        if point.id in shown:
            entry = {"id": point.id, "text": galley.text(point.text, point.at)}
            stages.setdefault(point.stage, []).append(entry)
    return [
        {"title": galley.text(stage_place(laid, stage)["title"]), "points": found} for stage, found in stages.items()
    ]


def _quiz(kit: Kit, galley: Galley) -> list[Data]:
    """Return one row per question, with the shares of right answers before and after if they are known."""
    known = {question.name: question for question in kit.held.quiz} if kit.held else {}
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
