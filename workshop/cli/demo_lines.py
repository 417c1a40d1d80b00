"""The demos with their knobs, as lines for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from workshop.model.exhibits import Demo, Knob
from workshop.model.source import Content
from workshop.plugins.registry import Registry
from workshop.runs.requests import used_by
from workshop.runs.runner import RunRequest, kept_findings, parameters
from workshop.wording.formats import number

if TYPE_CHECKING:
    pass


# The list of demos: what each shows, which stages use it, its knobs, and how long its last run took.
def demo_lines(content: Content, registry: Registry, cache: Path | None) -> Iterator[tuple[str, str]]:
    """Yield name and description of every demo, in the order of the stages that use them first.

    Args:
        content: the kit whose stages and data count.
        cache: where findings are kept; the time shown is that of the run that produced them.
    """
    used = used_by(content)
    place = {str(stage.number or stage.id): k for k, stage in enumerate(content.stages)}
    first = {name: place[stages[0]] for name, stages in used.items() if stages}
    for name in sorted(registry.names("demo"), key=lambda name: (first.get(name, len(place)), name)):
        demo: Demo = registry.get("demo", name)
        stages = used.get(name, ())
        where = f"stage {', '.join(stages)}" if stages else "in no stage"
        request = RunRequest(name=name, demo=name, knobs={}, data=content.data.get(name, {}), at=None)
        kept = kept_findings(request, registry, seed=0, cache=cache) if cache else None
        took = f"{number(kept.about.seconds, 2)} s" if kept and kept.about else "not run yet"
        yield name, "; ".join((demo.title, where, *_turned(demo), *_handed(demo), took))


def _turned(demo: Demo) -> Iterator[str]:
    knobs = [
        f"{p.name}={p.default} ({_range(knob)}{knob.meaning})"
        for p in parameters(demo)
        if (knob := demo.knobs.get(p.name)) is not None
    ]
    if knobs:
        yield f"knobs: {', '.join(knobs)}"


def _range(knob: Knob) -> str:
    return f"{knob.low:g} to {knob.high:g}: " if knob.low < knob.high else ""


def _handed(demo: Demo) -> Iterator[str]:
    slots = [p.name for p in parameters(demo) if p.kind == "data"]
    if slots:
        yield f"data: {', '.join(slots)}"
