"""The quiz: the same questions before and after, others weeks later, and a key with the misconception behind each wrong answer.

In short slots a leaf takes the place of booklet, quiz and name tag: the quiz on both sides, boxes for the bets, slips to tear off.
"""

from __future__ import annotations

from typing import Any

from workshop.errors import At
from workshop.layout.laid import LaidOut
from workshop.model.blocks import plain
from workshop.model.prints import LETTERS, Option, Question
from workshop.render.print.block_data import Data, Galley
from workshop.render.print.document import front, stage_place
from workshop.render.print.figures import galley_for
from workshop.render.print.leaves import set_whole
from workshop.render.writing import Writer

WHEN = ("before", "after")
LATER = "later"


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


def render_quiz_later(laid: LaidOut) -> dict[str, bytes]:
    """Return the sheet for weeks after as a PDF, and the same questions as a text to mail.

    Raises:
        Problems: for text that can't be printed.
    """
    galley = galley_for(laid)
    profile = "" if laid.kit.profile == "standard" else f"-{laid.kit.profile}"
    return {f"quiz-later{profile}.pdf": _set("quiz", laid, (LATER,)), "quiz-later.txt": mailed(laid, galley).encode()}


def mailed(laid: LaidOut, galley: Galley) -> str:
    """Return the questions for weeks after as a text to mail."""
    asked = [
        "\n".join(
            (
                f"{q.number}. {plain(q.text)}",
                *(f"   {x}. {plain(o.text)}" for x, o in zip(LETTERS, q.options, strict=False)),
            )
        )
        for q in laid.kit.later
    ]
    return "\n\n".join((laid.kit.title, galley.word("print-quiz-mail"), *asked)) + "\n"


def _set(template: str, laid: LaidOut, times: tuple[str, ...] = WHEN) -> bytes:
    galley = galley_for(laid, profile=laid.kit.profile)
    data = quiz_data(laid, galley, key=template == "quiz-key", times=times, profile=laid.kit.profile)
    return set_whole(template, data, galley, laid.kept, ("overflow",))


def quiz_data(
    laid: LaidOut, galley: Galley, *, key: bool = False, times: tuple[str, ...] = WHEN, profile: str = "standard"
) -> dict[str, Any]:
    """Return the data for ``templates/quiz.typ``, or with ``key`` for ``templates/quiz-key.typ``; ``times`` are the sheets."""
    asked, later = laid.kit.quiz, laid.kit.later
    numbers = [str(question.number) for question in asked]
    sheets = [
        {
            "when": when,
            "title": galley.word(f"print-quiz-{when}"),
            "questions": []
            if key
            else [_question(laid, q, galley, after=when == "after") for q in (later if when == LATER else asked)],
        }
        for when in times
    ]
    title = galley.word("print-quiz-key" if key else "print-quiz-title")
    return front(laid, galley, title, profile) | {
        "questions": [_key(laid, question, galley) for question in asked] if key else [],
        "later": [_key(laid, question, galley) for question in later] if key else [],
        "sheets": sheets,
        "columns": ",".join(("participant", "when", *numbers, *([LATER] if later else []))),
        "example": ",".join(
            ("07", "before", *(LETTERS[0] for _ in asked), *([LETTERS[0] * len(later)] if later else []))
        ),
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
    return _head(laid, question, galley) | {
        "options": [
            {"letter": letter, "runs": galley.runs(option.text, question.at)}
            for letter, option in zip(LETTERS, question.printed(after=after), strict=False)
        ],
    }


def _key(laid: LaidOut, question: Question, galley: Galley) -> Data:
    """Return a question with the misconception behind each option, and its letter on either sheet."""
    later = {index: LETTERS[place] for place, index in enumerate(question.again)}
    return _head(laid, question, galley) | {
        "asked-later": question in laid.kit.later,
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
    whom="each person",
    default=False,
    has_any=lambda kit: bool(kit.quiz),
    needs="quiz",
    profiled=True,
    needs_slides=False,
)
QUIZ_LATER = Writer(
    filename="quiz-later.pdf",
    render=render_quiz_later,
    meaning="the questions for weeks after (PDF, and a text to mail)",
    whom="each person",
    due=lambda kit: kit.leaf,  # which has the quiz, so that no material names it
    has_any=lambda kit: bool(kit.later),
    needs="questions for later",
    along_with="quiz",
    needs_slides=False,
)
QUIZ_KEY = Writer(
    filename="quiz-key.pdf",
    render=render_quiz_key,
    meaning="the key of the quiz, with the misconception behind each wrong answer (PDF)",
    whom="you",
    due=lambda kit: kit.leaf,
    has_any=lambda kit: bool(kit.quiz),
    needs="quiz",
    along_with="quiz",
    profiled=True,
    needs_slides=False,
)
