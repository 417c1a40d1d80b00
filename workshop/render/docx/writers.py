"""The editable twins as writers. What writes them is imported only when one is asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from workshop.layout.laid import LaidOut
from workshop.render.writer import Writer


def _twin(module: str, function: str) -> Callable[[LaidOut], bytes]:
    def render(laid: LaidOut) -> bytes:
        written: bytes = getattr(import_module(f"workshop.render.docx.{module}"), function)(laid)
        return written

    return render


SHEETS = Writer(
    filename="sheets.docx",
    render=_twin("sheets", "render_sheets"),
    meaning="the exercise sheets, to edit (DOCX)",
    needs_sheets=True,
    default=False,
    twin_of="sheets",
    profiled=True,
)

ANSWERS = Writer(
    filename="answers.docx",
    render=_twin("answers", "render_answers"),
    meaning="the keys, to edit (DOCX)",
    needs_sheets=True,
    default=False,
    twin_of="answers",
)

QUIZ = Writer(
    filename="quiz.docx",
    render=_twin("quiz", "render_quiz"),
    meaning="the quiz before and after, to edit (DOCX)",
    default=False,
    twin_of="quiz",
    has_any=lambda kit: bool(kit.quiz),
    needs="quiz",
)

QUIZ_KEY = Writer(
    filename="quiz-key.docx",
    render=_twin("quiz", "render_quiz_key"),
    meaning="the key of the quiz, to edit (DOCX)",
    default=False,
    twin_of="quiz-key",
    has_any=lambda kit: bool(kit.quiz),
    needs="quiz",
    along_with="quiz-docx",
)

GUIDE = Writer(
    filename="facilitator.docx",
    render=_twin("guide", "render_guide"),
    meaning="the facilitator's guide, to edit (DOCX)",
    default=False,
    twin_of="facilitator",
)
