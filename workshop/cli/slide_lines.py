"""The slides of a plan, as lines for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from workshop import steps
from workshop.model.request import Request
from workshop.plan.plan_kit import shown_in
from workshop.plan.slot.check_slots import SLOTS
from workshop.plugins.registry import Registry

if TYPE_CHECKING:
    pass


# The list of slides: id, minutes, stage and title of each, and in which slots it is shown.
IN, OUT = "+", "."


def slide_lines(path: Path, request: Request, registry: Registry, base: Path | None) -> Iterator[str]:
    """Yield a table of an audience's slides in the order of the kit, with a mark for each slot that shows them.

    Without a slot in the request, the usual ones are tried.

    Raises:
        WorkshopError: if the kit can't be planned.
    """
    loaded = steps.load(path, replace(request, minutes=0), registry, base)
    ready, _ = steps.get_ready(loaded, steps.run(loaded), loaded.audiences[0])
    slots = SLOTS if request.minutes is None else (request.minutes,)
    rows = list(shown_in(ready.day, slots))
    names = [f"{slot:g}" if slot else "all" for slot in slots]
    wide = max((len(slide.id) for _, slide, _ in rows), default=5)
    deep = max((len(stage) for stage, _, _ in rows), default=5)
    yield f"{'slide':{wide}}  {'min':>4}  {'  '.join(names)}  {'stage':{deep}}  title"
    for stage, slide, inside in rows:
        marks = "  ".join(f"{IN if here else OUT:>{len(name)}}" for here, name in zip(inside, names, strict=True))
        yield f"{slide.id:{wide}}  {slide.minutes:>4g}  {marks}  {stage:{deep}}  {slide.title_text}".rstrip()
    yield f"{len(rows)} slides for {loaded.audiences[0].id}; {IN} is shown in a slot of so many minutes, {OUT} is not; the words are in {path.as_posix()}"
