"""What is doubtful about a template's layouts, for whoever has to show the deck: cut places, pictures behind text, grounds that text needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from workshop.errors import At, Problem, Severity
from workshop.model.theme import Box, LayoutSpec
from workshop.templates.layouts import TemplateLayout
from workshop.templates.match import Pick

NAMED = 2  # doubts that a build spells out
GROUND = "bg"
LOST = 0.1  # share of a place that may be cut off without a word


def doubts(
    layouts: Iterable[TemplateLayout], picks: Mapping[str, Pick], variants: Mapping[str, tuple[LayoutSpec, ...]]
) -> tuple[str, ...]:
    """Return one sentence per doubt about a layout that slides can be on, in the order of the file."""
    found: list[str] = []
    if not {"content", "two"} & set(picks):
        name = picks["title-only"].layout.name
        found.append(f"no layout has a title and room for content, so slides are composed on '{name}'")
    specs: dict[str, list[LayoutSpec]] = {}
    for some in variants.values():
        specs.setdefault(some[0].part, []).append(some[0])
    for layout in layouts:
        if layout.part in specs:
            found += [f"layout {layout.number} '{layout.name}': {doubt}" for doubt in _of(layout, specs[layout.part])]
        elif any(layout.backdrop.is_picture(h.box) for h in layout.holders):
            found.append(f"layout {layout.number} '{layout.name}' isn't used: its text would be on a picture")
    return tuple(found)


def _of(layout: TemplateLayout, specs: Iterable[LayoutSpec]) -> Iterator[str]:
    moved = [h.name or h.type for h in layout.holders if h.given is not None and _lost(h.box, h.given) > LOST]
    if moved:
        yield f"{_listed(moved)} would be crossed by a shape, a picture or another place, so slides use only a part"
    grounded = [place.name for spec in specs for place in spec.placeholders if place.fill == GROUND]
    drawn = [spec.role for spec in specs if any(d.kind == "rect" and d.color == GROUND for d in spec.decor)]
    if grounded or drawn:
        named = dict.fromkeys((*grounded, *drawn))
        yield f"{_listed(named)} can't be read on what is behind, so slides put a ground there"


def _lost(box: Box, given: Box) -> float:
    """Return the share of a place that slides don't use."""
    return 1 - box.w * box.h / max(1, given.w * given.h)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in dict.fromkeys(names))


def told(found: tuple[str, ...], at: At) -> tuple[Problem, ...]:
    """Return one piece of advice about all doubts; none if there are none."""
    if not found:
        return ()
    more = f"; and {len(found) - NAMED} more" if len(found) > NAMED else ""
    hint = f"'list layouts {at}' names them all; look at these slides"
    return (Problem("; ".join(found[:NAMED]) + more, at, hint=hint, code="template-doubt", severity=Severity.ADVICE),)
