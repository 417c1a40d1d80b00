"""Moments: slides that are in a plan together or not at all, and what an audience's file says about time."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from workshop.errors import At
from workshop.model.slot import TimeBlock


@dataclass(frozen=True, slots=True)
class MomentSlide:
    """A slide of a moment; it belongs to it from a slot of ``least`` minutes on."""

    id: str
    least: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A bet with its result, a task with its answer: slides that are chosen together.

    Attributes:
        stage: id of the section whose slides they are.
        slides: in the order in which they are shown.
        least, most: the slots, in minutes, that have it by right; a plan with time left may take it earlier.
        spine: whether its stage is built on it.
        remember: whether it is what people should remember from its stage.
        rest: whether a break may come before it, in the middle of its stage.
    """

    id: str
    stage: str
    slides: tuple[MomentSlide, ...]
    least: float = 0
    most: float = math.inf
    spine: bool = False
    remember: bool = False
    rest: bool = False
    at: At = field(default=At(""), compare=False)

    def names(self, slot: float) -> tuple[str, ...]:
        """Return the ids of the slides that it has in a slot."""
        return tuple(slide.id for slide in self.slides if slide.least <= slot)

    def due(self, slot: float) -> bool:
        """Whether a slot has it by right."""
        return self.least <= slot <= self.most


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """What an audience's file says about time.

    Attributes:
        moments: section -> the moments that this audience has there in place of the section's own.
        lengths: slide -> minutes, in place of those on its heading.
        longer: slot -> slides that take one minute more from that slot on.
        blocks: time that no slide fills, beside that of the kit.
        asks: slot -> ids of the quiz questions asked in it; a slot that is not named asks whatever its slides answer.
    """

    moments: Mapping[str, tuple[Moment, ...]] = field(default_factory=dict)
    lengths: Mapping[str, float] = field(default_factory=dict)
    longer: Mapping[float, tuple[str, ...]] = field(default_factory=dict)
    blocks: tuple[TimeBlock, ...] = ()
    asks: Mapping[float, tuple[str, ...]] = field(default_factory=dict)

    def minutes(self, slide: str, written: float, slot: float) -> float:
        """Return the minutes of a slide in a slot; ``written`` are those on its heading."""
        more = sum(slide in names for least, names in self.longer.items() if slot and least <= slot)
        return self.lengths.get(slide, written) + more
