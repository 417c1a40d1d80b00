"""What is known of a workshop after it took place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from workshop.addons.record.law import Law
from workshop.addons.record.training import Training
from workshop.addons.room.results import Results
from workshop.model.kit import Kit, Slide

NOTHING = Training()


class Held(Struct, frozen=True, kw_only=True):
    """What is known of a workshop: of the law when it is planned, of everything else after it took place.

    Attributes:
        laws: what the law asks for.
        check_again: the first day after which something that was shown, or the law, is to be checked again.
        planned: minutes of the plan, if it was held.
        training: what the trainer wrote down.
        results: what the quiz showed; ``None`` without sheets.
    """

    laws: tuple[Law, ...] = ()
    check_again: date | None = None
    planned: float = 0
    training: Training = NOTHING
    results: Results | None = None


def held_of(kit: Kit) -> Held:
    """Return what is known of a kit's workshop."""
    found: Held | None = kit.extra.get("record")
    return found or Held()


def printed(day: date | None) -> str:
    """Return a day as it is printed: "27 July 2026"; "" for none."""
    return f"{day.day} {day:%B %Y}" if day else ""


def as_it_was(kit: Kit, actual: Mapping[str, float]) -> Kit:
    """Return a kit with the minutes that its slides really took: those with 0 weren't shown, hidden ones with minutes were."""

    def was(slide: Slide) -> Slide:
        minutes = actual.get(slide.id, slide.minutes)
        return replace(slide, minutes=minutes, hidden=not minutes if slide.id in actual else slide.hidden)

    planned = {slide.id: 0.0 if slide.hidden else slide.minutes for slide in kit.slides}
    more = {name: minutes - planned[name] for name, minutes in actual.items() if name in planned}
    rows = [
        replace(row, minutes=row.minutes + sum(more.pop(name, 0.0) for name in row.slides)) for row in kit.run_sheet
    ]
    if rows:  # slides of the appendix have no row
        rows[-1] = replace(rows[-1], minutes=rows[-1].minutes + sum(more.values()))
    stages = tuple(replace(stage, slides=tuple(map(was, stage.slides))) for stage in kit.stages)
    return replace(kit, stages=stages, appendix=tuple(map(was, kit.appendix)), run_sheet=tuple(rows))
