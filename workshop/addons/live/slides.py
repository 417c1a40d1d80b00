"""The slides of a room, as the wall shows them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from xml.etree import ElementTree as ET

Slide = dict[str, Any]  # id, number, title, stage, minutes, notes, svg, words


class Slides:
    """Slides in their order; what was shown keeps its picture and its number.

    Args:
        title: of the deck.
    """

    def __init__(self, title: str, slides: Sequence[Slide]) -> None:
        self.title = title
        self._slides = [{**slide, "version": 1} for slide in slides]

    def at(self, name: str) -> Slide | None:
        """Return a slide."""
        return next((slide for slide in self._slides if slide["id"] == name), None)

    def redraw(self, slides: Sequence[Slide], order: Sequence[str], shown: Collection[str]) -> None:
        """Take over slides that were drawn again, in a new order; those that were shown when that began stay."""
        before = {slide["id"]: slide for slide in self._slides}
        after = {slide["id"]: slide for slide in slides}
        found = []
        for name in order:
            old, new = before.get(name), after.get(name)
            if old is not None and (name in shown or new is None or new["svg"] == old["svg"]):
                found.append(old)
            elif new is not None:
                version = 1 if old is None else old["version"] + 1
                found.append({**new, "version": version})
        self._slides = found


def clicks(svg: str) -> int:
    """Return how many clicks a slide waits for: the numbered parts, then those of drawings, which count by themselves.

    >>> clicks('<svg><g data-step="1"/><g data-step="1"/><g data-own="d"><g data-step="1"/><g data-step="2"/></g></svg>')
    3
    """
    if "data-step" not in svg:
        return 0
    found = set()

    def walk(element: ET.Element, own: ET.Element | None) -> None:
        inside = element if "data-own" in element.attrib else own
        if step := element.get("data-step"):
            found.add((id(inside), step))
        for child in element:
            walk(child, inside)

    walk(ET.fromstring(svg), None)  # noqa: S314 - we drew it
    return len(found)
