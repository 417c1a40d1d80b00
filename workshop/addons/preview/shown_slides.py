"""The slides that a preview shows, as its page gets them."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from workshop.errors import At, Problem, Severity
from workshop.layout.laid import LaidOut, LaidSlide
from workshop.model.kit import NOTE_KINDS, Kit, Note
from workshop.wording.messages import messages


# What the page shows at one moment, as plain data for its script.
class Drawn(Struct, frozen=True, kw_only=True):
    """A slide and its picture.

    Attributes:
        laid: the slide.
        svg: its picture.
        since: number of the state in which the picture changed last.
    """

    laid: LaidSlide
    svg: str
    since: int


class Shown(Struct, frozen=True, kw_only=True):
    """One state of the page.

    Attributes:
        number: 1 for the first state, then one more for each change.
        laid: the deck; ``None`` before the first that could be made.
        slides: its slides.
        problems: the worst first.
        broken: whether the sources can't be built, so that the slides are those from before.
        changed: id of the slide to jump to; "" for none.
        documents: name of a file that can be made -> its meaning.
        seconds: how long it took.
    """

    number: int = 0
    laid: LaidOut | None = None
    slides: tuple[Drawn, ...] = ()
    problems: tuple[Problem, ...] = ()
    broken: bool = False
    changed: str = ""
    documents: tuple[tuple[str, str], ...] = ()
    seconds: float = 0.0


def as_data(shown: Shown, after: int) -> dict[str, Any]:
    """Return a state for the page, with the pictures that changed after a state that it has."""
    kit = shown.laid.kit if shown.laid is not None else None
    ratio = shown.laid.theme.width / shown.laid.theme.height if shown.laid is not None else 16 / 9
    titles = {stage.id: stage.title for stage in kit.stages} if kit is not None else {}
    return {
        "number": shown.number,
        "title": kit.title if kit is not None else "",
        "audience": kit.audience_title if kit is not None and kit.is_kit else "",
        "ratio": round(ratio, 4),
        "broken": shown.broken,
        "changed": shown.changed,
        "seconds": round(shown.seconds, 2),
        "problems": [_problem(problem) for problem in shown.problems],
        "slides": [_slide(drawn.laid, titles, kit) for drawn in shown.slides],
        "pictures": {drawn.laid.id: drawn.svg for drawn in shown.slides if drawn.since > after},
        "documents": [{"name": name, "meaning": meaning} for name, meaning in shown.documents],
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "severity": problem.severity.name.lower(),
        "message": problem.message,
        "hint": problem.hint,
        "place": str(problem.at) if problem.at else "",
    }


def _slide(laid: LaidSlide, titles: dict[str, str], kit: Kit | None) -> dict[str, Any]:
    slide, language = laid.slide, kit.language if kit is not None else "en"
    waits = kit is not None and slide.id in {one.id for one in kit.appendix}
    return {
        "id": laid.id,
        "source": slide.id,
        "number": laid.number,
        "title": slide.title_text.replace("\v", " "),
        "stage": str(messages(language)["appendix"]) if waits else titles.get(slide.stage, ""),
        "hidden": slide.hidden,
        "minutes": slide.minutes,
        "layout": laid.layout.role,
        "place": str(slide.at) if slide.at != At("") else "",
        "notes": [_note(note, language) for note in slide.notes],
    }


def _note(note: Note, language: str) -> dict[str, Any]:
    labels = dict(zip(NOTE_KINDS, messages(language)["note-labels"], strict=True))
    lines = [{"text": line.text.replace("\v", " "), "listed": line.marker != "none"} for line in note.prose.lines]
    return {"label": str(labels.get(note.kind, "")), "lines": lines}


def ordered(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Return problems, each once: errors, then warnings, then advice, each in the order of their places."""
    return tuple(sorted(set(problems), key=lambda p: (-p.severity, p.sort_key)))


def worst(problems: tuple[Problem, ...]) -> Severity | None:
    """Return the worst severity, or ``None`` without problems."""
    return max((problem.severity for problem in problems), default=None)
