"""“I’m late”: which of the slides ahead to leave out, by the rules of the guide's late table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workshop.model.kit import Kit, Slide
from workshop.plan.slot.explain import left_out

STEP = 1.0  # minutes by which less is asked for if all that can go isn't enough


def leave_out(kit: Kit, present: str, ahead: Sequence[tuple[str, str]], late: float) -> dict[str, Any]:
    """Return what to leave out: the slides, their minutes, and a sentence; the buffer that is still to come counts first.

    If nothing saves enough, it is what saves most. Breaks, and answers to what was bet on, are never left out.

    Args:
        present: the slide that is shown, as it was written; "" before the first.
        ahead: those that follow, each as it is shown and as it was written.
        late: minutes.
    """
    sources = [name for name in dict.fromkeys(source for _, source in ahead) if name != present]
    buffer = _buffer_ahead(kit, present)
    least = max(0.0, late - buffer)
    wanted = least
    names, saves = left_out(sources, kit.pieces, wanted) if wanted else ((), 0.0)
    while not names and wanted > STEP:
        wanted -= STEP
        names, saves = left_out(sources, kit.pieces, wanted)
    known = {slide.id: slide for slide in kit.slides}
    slides = [known[name] for name in names]
    return {
        "late": late,
        "buffer": buffer,
        "saves": saves,
        "enough": saves >= least,
        "slides": [shown for shown, source in ahead if source in names],
        "told": _told(slides, saves, least, buffer),
    }


def _buffer_ahead(kit: Kit, present: str) -> float:
    """Return the minutes of the buffer, 0 once it is over."""
    here = next((place for place, row in enumerate(kit.run_sheet) if present in row.slides), -1)
    return sum(row.minutes for row in kit.run_sheet[here + 1 :] if row.kind == "buffer")


def _told(slides: Sequence[Slide], saves: float, least: float, buffer: float) -> str:
    if not least:
        return f"Leave nothing out: the {buffer:g} minutes in reserve are enough."
    if not slides:
        return "Nothing that is still to come can be left out."
    names = {slide.id for slide in slides}
    titles = [
        _title(slide) + (" and its answer" if any(slide.id in other.answers for other in slides) else "")
        for slide in slides
        if names.isdisjoint(slide.answers)
    ]
    what = f"Leave out {_many(len(slides), 'slide')}, {_many(saves, 'minute')}: {' · '.join(titles)}"
    return what if saves >= least else f"{what}. That is all that can be saved."


def _many(number: float, what: str) -> str:
    return f"{number:g} {what}{'s' * (number != 1)}"


def _title(slide: Slide) -> str:
    return " ".join(slide.title_text.replace("\v", " ").split())
