"""What is known of a workshop after it took place."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from workshop.addons.room.item_analysis import HeldQuestion
from workshop.model.kit import Kit, Slide


class Held(Struct, frozen=True, kw_only=True):
    """What is known of a workshop after it took place.

    Attributes:
        date: when it was, as it is printed.
        people: how many were there.
        led_by: who led it; "" for a line to write on.
        quiz: what the quiz showed; empty without one.
        basis: how many people the shares are of.
    """

    date: str
    people: int
    led_by: str = ""
    quiz: tuple[HeldQuestion, ...] = ()
    basis: str = ""


def held_of(kit: Kit) -> Held | None:
    """Return what is known of a kit's workshop; ``None`` before it took place."""
    found: Held | None = kit.extra.get("record")
    return found


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
