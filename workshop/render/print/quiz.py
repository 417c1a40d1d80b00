"""The quiz: the same questions before and after, and a key that says what each wrong answer stands for."""

from __future__ import annotations

from typing import Any

from workshop.layout.laid import LaidOut
from workshop.model.kit import plain
from workshop.model.prints import Question
from workshop.render.print.blocks import Data, Galley
from workshop.render.print.document import front, stage_place
from workshop.render.print.figures import drawer
from workshop.render.print.leaves import overflows
from workshop.render.print.typesetting import typeset
from workshop.render.writer import Writer

LETTERS = "ABCDEFGH"
WHEN = ("before", "after")


def render_quiz(laid: LaidOut) -> bytes:
    """Return the sheet before, the sheet after and the key as one PDF, each beginning on an odd page.

    Raises:
        Problems: text that cannot be printed.
    """
    galley = Galley(laid.kit.language, drawer(laid.theme), seed=laid.kit.seed)
    data = quiz_data(laid, galley)
    galley.report.raise_if_errors()
    done = typeset("quiz", data, galley.files, ("overflow",), laid.kept)
    galley.report.extend(overflows(done))
    galley.report.raise_if_errors()
    return done.pdf


def quiz_data(laid: LaidOut, galley: Galley) -> dict[str, Any]:
    """Return what ``templates/quiz.typ`` is given."""
    questions = [_question(laid, q, galley) for q in laid.kit.quiz]
    numbers = [str(question["number"]) for question in questions]
    example = [question["options"][0]["letter"] for question in questions]
    return front(laid, galley, galley.word("print-quiz-title")) | {
        "questions": questions,
        "sheets": [{"when": when, "title": galley.word(f"print-quiz-{when}")} for when in WHEN],
        "columns": ",".join(("participant", "when", *numbers)),
        "example": ",".join(("07", "before", *example)),
    }


def misconception(name: str) -> str:
    """Return the name of a misconception as it is read.

    >>> misconception("looks-it-up"), misconception("It knows our prices")
    ('looks it up', 'It knows our prices')
    """
    return name if " " in name else name.replace("-", " ")


def _question(laid: LaidOut, question: Question, galley: Galley) -> Data:
    return {
        "number": question.number,
        "stage": stage_place(laid, question.stage),
        "name": galley.text(plain(question.text), question.at),
        "text": galley.runs(question.text, question.at),
        "options": [
            {
                "letter": letter,
                "runs": galley.runs(option.text, question.at),
                "right": option.right,
                "stands": galley.text(misconception(option.misconception), question.at),
            }
            for letter, option in zip(LETTERS, question.options, strict=False)
        ],
    }


WRITER = Writer(
    "quiz.pdf",
    render_quiz,
    "the quiz before and after, with a key of misconceptions (PDF)",
    default=False,
    has_any=lambda kit: bool(kit.quiz),
    needs="quiz",
)
