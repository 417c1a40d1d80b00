"""A finished plan in the form that the rules need: its slides in order, each with the minute at which it begins."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from msgspec import Struct

from workshop.errors import At
from workshop.layouts import traits
from workshop.model.blocks import (
    NOWHERE,
)
from workshop.model.kit import Kit, Slide, Stage
from workshop.model.meta import AudienceMeta, Moment
from workshop.plan.slot.breaks import Unit
from workshop.plan.slot.clock import the_day
from workshop.plan.slot.moments import Day, active


class Breach(Struct, frozen=True):
    """A breach of a rule: what is wrong, in words, and on which slide."""

    rule: str
    message: str
    slide: str = ""
    at: At = NOWHERE


class Spot(Struct, frozen=True, kw_only=True):
    """A piece of the day and the minute at which it begins: a slide, a block, a break or the buffer."""

    begins: float
    minutes: float
    unit: Unit
    slide: Slide | None = None

    @property
    def ends(self) -> float:
        """The minute at which it ends."""
        return self.begins + self.minutes

    @property
    def active(self) -> bool:
        """Whether the room does something: on a slide, or in a block that isn't a rest."""
        return active(self.slide) if self.slide else self.unit.kind == "block" and not self.unit.rest

    @property
    def does(self) -> bool:
        """Whether it counts as doing: an active slide, or a block with ``does=``."""
        return active(self.slide) if self.slide else bool(self.unit.block and self.unit.block.does)


class Finished(Struct, frozen=True, kw_only=True):
    """One audience's plan for one slot.

    Attributes:
        kit: the decided kit.
        day: what the slot was filled from; its texts still have their conditions.
        spots: the pieces of the day, in order.
        slides: the slides that are shown, in order, without cover and dividers.
        files: names of the files that a build makes of the kit; ``None`` if nobody asked for them.
    """

    kit: Kit
    day: Day
    spots: tuple[Spot, ...]
    slides: tuple[Slide, ...]
    files: Collection[str] | None = None

    @property
    def slot(self) -> float:
        """The slot in minutes."""
        return self.kit.plan.slot

    @property
    def said(self) -> AudienceMeta:
        """The metadata of the audience."""
        return self.day.said

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The numbered stages that are in."""
        return tuple(stage for stage in self.kit.stages if stage.number is not None)

    @property
    def shown(self) -> frozenset[str]:
        """Ids of the slides that are shown."""
        return frozenset(slide.id for slide in self.slides)

    def moments(self, stage: Stage) -> Iterator[Moment]:
        """Yield the moments of a stage that are in."""
        names = {slide.moment for slide in stage.slides}
        yield from (moment for moment in self.day.moments.get(stage.id, ()) if moment.id in names)

    def after(self, slide: Slide, many: int) -> tuple[Slide, ...]:
        """Return the slides that follow a slide; a continuation counts as part of the slide that it continues."""
        heads = [other for other in self.slides if not other.continued or other.id == slide.id]
        place = next(k for k, other in enumerate(heads) if other.id == slide.id)
        return tuple(heads[place + 1 : place + 1 + many])

    def begins(self, name: str) -> float:
        """Return the minute at which a slide begins."""
        return next(spot.begins for spot in self.spots if spot.slide is not None and spot.slide.id == name)

    def breach(self, rule: str, what: str, slide: Slide | None = None) -> Breach:
        """Return a breach whose message begins with the audience and the slot."""
        where = f"{self.kit.audience}, {self.slot:g} minutes: "
        name = f"slide '{slide.id}' " if slide else ""
        return Breach(rule, f"{where}{name}{what}", slide.id if slide else "", slide.at if slide else NOWHERE)


def finished(day: Day, kit: Kit, files: Collection[str] | None = None) -> Finished:
    """Return a plan in the form that the rules need; ``day`` is what its slot was filled from, ``files`` what a build makes."""
    slides = tuple(s for stage in kit.stages for s in stage.slides if "frames" not in traits(s.layout) and not s.hidden)
    return Finished(kit=kit, day=day, spots=tuple(_spots(kit)), slides=slides, files=files)


def _spots(kit: Kit) -> Iterator[Spot]:
    now = 0.0
    for unit in the_day(kit.stages, kit.plan):
        begins = now
        for slide in (slide for slide in unit.slides if "frames" not in traits(slide.layout) and not slide.hidden):
            yield Spot(begins=begins, minutes=slide.minutes, unit=unit, slide=slide)
            begins += slide.minutes
        if not unit.slides:
            yield Spot(begins=now, minutes=unit.minutes, unit=unit)
        now += unit.minutes
