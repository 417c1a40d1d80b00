"""What a layer above adds to slides beside what their slots hold, such as a panel, a tag or a band at the foot.

An extra that knows nothing of a slide isn't asked about it again, so a plain talk pays nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from typing import Any

from msgspec import Struct

from workshop.errors import At, Report, did_you_mean, failures_of
from workshop.layout.context import Desk
from workshop.layout.laid import LaidItem
from workshop.model.kit import Kit, Slide, SourceLine
from workshop.model.theme import LayoutSpec


class Put(Struct, frozen=True):
    """One thing on a slide.

    Attributes:
        item: the thing; ``None`` leaves the place of its role empty.
        role: the role whose place it takes.
        before: for what has no place in the layout, the role before which it is drawn and read; without both, it comes last.
    """

    item: LaidItem | None
    role: str = ""
    before: str = ""


def _same_looks(_desk: Desk, _slide: Slide, looks: tuple[str, ...]) -> tuple[str, ...]:
    return looks


def _same_room(spec: LayoutSpec, _slide: Slide) -> LayoutSpec:
    return spec


def _nothing(_desk: Desk, _spec: LayoutSpec, _slide: Slide) -> Iterable[Put]:
    return ()


def _same_source(_desk: Desk, _spec: LayoutSpec, _slide: Slide, source: SourceLine | None) -> SourceLine | None:
    return source


class Extra(Struct, frozen=True, kw_only=True):
    """One kind of thing that a layer adds. What it knows of a slide is ``desk.known(name, slide)``.

    Attributes:
        gather: what it knows of the slides of a deck, by id; it has nothing to do with a slide that isn't named.
        looks: the looks that the slide should be tried with, given those that it asks for itself, the best one first.
        band: whether it takes room at the foot of our own layouts: the slide is tried with that, then without.
        room: a layout with room for its band.
        place: what it puts on the slide.
        source: the source line, to which it may add what has no place on the slide.
        reveals: whether a slide that it knows shows what was asked before, so that it may grow out of that slide.
    """

    name: str
    gather: Callable[[Kit], Mapping[str, Any]]
    looks: Callable[[Desk, Slide, tuple[str, ...]], tuple[str, ...]] = _same_looks
    band: bool = False
    room: Callable[[LayoutSpec, Slide], LayoutSpec] = _same_room
    place: Callable[[Desk, LayoutSpec, Slide], Iterable[Put]] = _nothing
    source: Callable[[Desk, LayoutSpec, Slide, SourceLine | None], SourceLine | None] = _same_source
    reveals: bool = False


def gathered(kit: Kit, extras: Iterable[Extra], report: Report) -> dict[str, Mapping[str, Any]]:
    """Return what each extra knows of the slides of a deck, by its name; report one that fails."""
    found = {}
    for extra in extras:
        with told(extra, report):
            found[extra.name] = extra.gather(kit)
    return found


def told(extra: Extra, report: Report, at: At | None = None) -> AbstractContextManager[None]:
    """Report what an extra raises."""
    return failures_of(f"the extra {extra.name!r}", report, at)


def extras_on(desk: Desk, slide: Slide) -> tuple[Extra, ...]:
    """Return the extras that know something of a slide."""
    return tuple(extra for extra in desk.extras if desk.known(extra.name, slide) is not None)


def looks_with(desk: Desk, slide: Slide, looks: tuple[str, ...]) -> tuple[str, ...]:
    """Return the looks that a slide is tried with, given those that it asks for itself."""
    for extra in extras_on(desk, slide):
        with told(extra, desk.report, slide.at):
            looks = extra.looks(desk, slide, looks)
    return looks


def takes_band(desk: Desk, slide: Slide) -> bool:
    """Whether a slide should have a band at its foot; on a user's template none has."""
    return desk.theme.template is None and any(extra.band for extra in extras_on(desk, slide))


def has_band(desk: Desk, spec: LayoutSpec) -> bool:
    """Whether the slide that is laid out gets the bands of its extras on this layout."""
    return desk.band and spec.rail


def with_room(desk: Desk, spec: LayoutSpec, slide: Slide) -> LayoutSpec:
    """Return a layout with room for the bands of a slide, if it gets any."""
    for extra in extras_on(desk, slide) if has_band(desk, spec) else ():
        with told(extra, desk.report, slide.at):
            spec = extra.room(spec, slide)
    return spec


def source_of(desk: Desk, spec: LayoutSpec, slide: Slide) -> SourceLine | None:
    """Return the source line of a slide with what its extras add."""
    source = slide.source
    for extra in extras_on(desk, slide):
        with told(extra, desk.report, slide.at):
            source = extra.source(desk, spec, slide, source)
    return source


def items_of(desk: Desk, spec: LayoutSpec, slide: Slide) -> list[Put]:
    """Return what the extras put on a slide; report what is for a place that the layout doesn't have."""
    found, taken = list[Put](), dict[str, str]()
    for extra in extras_on(desk, slide):
        with told(extra, desk.report, slide.at):
            for put in extra.place(desk, spec, slide):
                if put.role and spec.find(put.role) is None:
                    message = (
                        f"the extra {extra.name!r} puts something at {put.role!r}, which '{spec.role}' doesn't have"
                    )
                    desk.report.error(message, slide.at, did_you_mean(put.role, (p.role for p in spec.placeholders)))
                elif put.role and put.item is not None and taken.setdefault(put.role, extra.name) != extra.name:
                    message = f"the extras {taken[put.role]!r} and {extra.name!r} both put something at {put.role!r}"
                    desk.report.error(message, slide.at, "uninstall one of their plugins")
                else:
                    found.append(put)
    return found


def reveals(desk: Desk, name: str) -> bool:
    """Whether a slide, by its id, shows what a slide before it asked."""
    return any(extra.reveals and name in desk.gathered.get(extra.name, ()) for extra in desk.extras)
