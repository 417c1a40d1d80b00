"""The options of a question: each in its own place, or in one lettered list."""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec.structs import replace

from workshop.constructs.table import text_of
from workshop.layout.context import Desk
from workshop.layout.fit import common_size, fit_text
from workshop.layout.laid import LaidItem
from workshop.model.blocks import Line, Run
from workshop.model.kit import Slide
from workshop.model.theme import LayoutSpec

SLOT = "options"
LETTERS = "abcd"


def lay_options(desk: Desk, spec: LayoutSpec, slide: Slide) -> dict[str, LaidItem | None]:
    """Return the options by the role of their place: a letter and a text for each, or all in a list."""
    lines = text_of(slide.slot(SLOT))
    found: dict[str, LaidItem | None] = {}
    together = spec.find(SLOT)
    if together is not None and lines:
        found[SLOT] = fit_text(desk, together, lettered(lines), slide.at)
    elif spec.find(f"option-{LETTERS[-1]}") is not None and len(lines) > len(LETTERS):
        message = f"{len(lines)} options; a slide shows at most {len(LETTERS)}"
        desk.report.error(message, slide.at, "leave some out", "fit")
    places = [spec.find(f"option-{letter}") for letter in LETTERS[: len(lines)]]
    pairs = [(place, line) for place, line in zip(places, lines, strict=True) if place is not None]
    cap = min(
        (common_size(desk.ruler, place, [(replace(line, marker="none", level=0),)]) for place, line in pairs),
        default=0.0,
    )
    for letter, line in zip(LETTERS, lines, strict=False):
        shown = {
            f"letter-{letter}": Line((Run(letter.upper()),)),
            f"option-{letter}": replace(line, marker="none", level=0),
        }
        for role, text in shown.items():
            if (place := spec.find(role)) is not None:
                found[role] = fit_text(desk, place, (text,), slide.at, cap if role.startswith("option") else math.inf)
    return found


def lettered(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return options as a list with letters."""
    return tuple(replace(line, marker="letter", number=k, level=0) for k, line in enumerate(lines, 1))
