"""The bold words that a line begins with, such as the phrase of a statement or a figure, and the rest of the line."""

from __future__ import annotations

from msgspec.structs import replace

from workshop.model.blocks import Line, Run

LONGEST = 10  # letters of a figure that is shown large: "1.68 bits"


def statement(line: Line) -> tuple[str, Line]:
    """Return the bold words that a line begins with, and the rest of it; "" and the line if it begins with none."""
    runs = tuple(run for run in line.runs if run.text.strip() or run.blank)
    if not runs or not runs[0].strong:
        return "", line
    phrase = runs[0].text.strip().rstrip(":,").strip()
    rest = list(runs[1:])
    if rest:
        rest[0] = replace(rest[0], text=rest[0].text.lstrip(" :,"))
    return phrase, replace(line, runs=tuple(run for run in rest if run.text), marker="none", number=0)


def figure_and_rest(line: Line) -> tuple[Line, Line] | None:
    """Return the bold figure that a line begins with, and what it counts; ``None`` if it begins with none."""
    figure, rest = statement(line)
    if len(figure) > LONGEST or not any(letter.isdigit() for letter in figure) or not rest.runs:
        return None
    return replace(line, runs=(Run(figure),)), rest
