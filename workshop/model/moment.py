"""Moments of a kit: when they come, and on which slides."""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field

from workshop.model.closed import Closed

# Moments: groups of slides that are in a plan together or not at all.
Minutes = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class MomentSlide(Closed):
    """A slide of a moment, as ``slide`` or ``{slide: slot}``.

    Attributes:
        id: the slide's id.
        least: the shortest slot, in minutes, in which it belongs to the moment.
    """

    model_config = ConfigDict(alias_generator=None)  # written as {slide: slot}

    id: str
    least: Minutes = 0.0


def _entry(value: Any) -> Any:
    """Accept ``slide`` and ``{slide: slot}``."""
    if isinstance(value, MomentSlide):
        return value
    if isinstance(value, str):
        return MomentSlide(id=value)
    if isinstance(value, dict) and len(value) == 1:
        ((name, least),) = value.items()
        return {"id": name, "least": least}
    raise ValueError("must be a slide or {slide: slot}")


class Moment(Closed):
    """A bet with its result, a task with its answer: slides that are chosen together, in the order of their list.

    Attributes:
        id: its name.
        slides: ids of its slides, in order; ``{slide: 360}`` belongs to it in slots of 360 minutes or more.
        least: the shortest slot, in minutes, that it is meant for; a plan with time left may use it in a shorter one. Written ``from``.
        most: the longest slot that it is meant for. Written ``to``.
        spine: whether its stage is built on it.
        remember: whether it is what people should remember from its stage.
        pause: "here" if a break may come before it, in the middle of its stage; written ``break``.
    """

    id: Annotated[str, Field(pattern=r"^\w[\w.-]*$")]
    slides: Annotated[
        tuple[Annotated[MomentSlide, BeforeValidator(_entry, json_schema_input_type=str | dict[str, float])], ...],
        Field(min_length=1),
    ]
    least: Minutes = 0.0
    most: Minutes = math.inf
    spine: bool = False
    remember: bool = False
    pause: Literal["", "here"] = ""

    def names(self, slot: float) -> tuple[str, ...]:
        """Return the ids of its slides in a slot."""
        return tuple(slide.id for slide in self.slides if slide.least <= slot)

    def due(self, slot: float) -> bool:
        """Whether it is meant for a slot."""
        return self.least <= slot <= self.most
