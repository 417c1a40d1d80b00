"""What is printed next to a solved page: wrong answers with what to say, and the working."""

from __future__ import annotations

from collections.abc import Iterable

from workshop.constructs.answers import Wrong, wrong_data
from workshop.model.kit import Exercise
from workshop.render.print.blocks import Data, Galley


def beside(tasks: Iterable[tuple[int, Exercise]], galley: Galley) -> Data:
    """Return the wrong answers and the working of some numbered tasks, under "wrong" and "tasks"; "many" if there are several."""
    shown = tuple(tasks)
    return {
        "many": len(shown) > 1,
        "wrong": [
            wrong_data(panel, galley) | {"number": number}
            for number, exercise in shown
            for panel in exercise.solution
            if isinstance(panel, Wrong)
        ],
        "tasks": [solution(exercise, number, galley) for number, exercise in shown],
    }


def solution(exercise: Exercise, number: int, galley: Galley) -> Data:
    """Return the working of a task, without its wrong answers."""
    kept = tuple(block for block in exercise.solution if not isinstance(block, Wrong))
    return {
        "number": number,
        "title": galley.text(exercise.title, exercise.at),
        "blocks": galley.blocks(kept, exercise.at),
    }
