"""The editable twins as writers. What writes them is imported only when one is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from workshop.layout.laid import LaidOut
from workshop.model.kit import Kit
from workshop.model.request import Request
from workshop.render.writing import Writer


def _twin(of: str, module: str, function: str, meaning: str, **settings: Any) -> Writer:
    """Return the writer of the twin of ``of``, which is made by a function of one of our modules; ``settings`` are a writer's own."""

    def render(laid: LaidOut) -> bytes:
        written: bytes = getattr(import_module(f"workshop.addons.docx.{module}"), function)(laid)
        return written

    def asked_by(request: Request) -> bool:
        return bool(request.of("docx").get("editable")) and (not request.only or of in request.only)

    return Writer(
        filename=f"{of}.docx",
        render=render,
        meaning=f"{meaning}, to edit (DOCX)",
        default=False,
        in_all=False,
        asked_by=asked_by,
        **settings,
    )


def _has_quiz(kit: Kit) -> bool:
    return bool(kit.quiz)


SHEETS = _twin("sheets", "sheet_twins", "render_sheets", "the exercise sheets", needs_sheets=True, profiled=True)
ANSWERS = _twin("answers", "sheet_twins", "render_answers", "the keys", needs_sheets=True)
QUIZ = _twin("quiz", "guide_twin", "render_quiz", "the quiz before and after", has_any=_has_quiz, needs="quiz")
QUIZ_KEY = _twin(
    "quiz-key",
    "guide_twin",
    "render_quiz_key",
    "the key of the quiz",
    has_any=_has_quiz,
    needs="quiz",
    along_with="quiz-docx",
)
GUIDE = _twin("facilitator", "guide_twin", "render_guide", "the facilitator's guide")
