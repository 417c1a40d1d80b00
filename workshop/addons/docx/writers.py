"""The editable twins as writers. What writes them is imported only when one is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from workshop.layout.laid import LaidOut
from workshop.model.kit import Kit
from workshop.model.request import Request
from workshop.render.writing import Whom, Writer


def _twin(of: str, made_by: str, meaning: str, whom: Whom, **settings: Any) -> Writer:
    """Return the writer of the twin of ``of``, which a function makes, named as ``module:function``; ``settings`` are a writer's own."""

    def render(laid: LaidOut) -> bytes:
        module, _, function = made_by.partition(":")
        written: bytes = getattr(import_module(module), function)(laid)
        return written

    def asked_by(request: Request) -> bool:
        return bool(request.of("docx").get("editable")) and (not request.only or of in request.only)

    return Writer(
        filename=f"{of}.docx",
        render=render,
        meaning=f"{meaning}, to edit (DOCX)",
        whom=whom,
        default=False,
        in_all=False,
        asked_by=asked_by,
        **settings,
    )


def _has_quiz(kit: Kit) -> bool:
    return bool(kit.quiz)


SHEETS = _twin(
    "sheets",
    "workshop.addons.docx.sheet_twins:render_sheets",
    "the exercise sheets",
    "each person",
    needs_sheets=True,
    profiled=True,
)
ANSWERS = _twin("answers", "workshop.addons.docx.answer_twins:render_answers", "the keys", "you", needs_sheets=True)
QUIZ = _twin(
    "quiz",
    "workshop.addons.docx.quiz_twin:render_quiz",
    "the quiz before and after",
    "each person",
    has_any=_has_quiz,
    needs="quiz",
)
QUIZ_KEY = _twin(
    "quiz-key",
    "workshop.addons.docx.quiz_twin:render_quiz_key",
    "the key of the quiz",
    "you",
    has_any=_has_quiz,
    needs="quiz",
    along_with="quiz-docx",
)
GUIDE = _twin("facilitator", "workshop.addons.docx.guide_twin:render_guide", "the facilitator's guide", "you")
