"""Slides that a process that builds again and again, such as the preview, laid out before."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from workshop.kept import kept
from workshop.layout.laid import LaidSlide
from workshop.model.kit import Slide


class Memory(Struct):
    """The slides of the last deck that are laid out in the same way for as long as nothing around them changes.

    Attributes:
        around: everything besides a slide that its layout depends on.
        made: id -> the slide, laid out.
    """

    around: Any = None
    made: dict[str, LaidSlide] = field(default_factory=dict)

    def find(self, slide: Slide) -> LaidSlide | None:
        """Return a slide's layout, if exactly this slide was laid out before."""
        found = self.made.get(slide.id)
        return found if found is not None and found.slide == slide else None

    def keep(self, laid: LaidSlide) -> None:
        """Remember a slide, unless it shows files, which may change although the slide doesn't."""
        if not laid.has_files:
            self.made[laid.id] = laid


def memory(around: Any) -> Memory:
    """Return what is remembered from the build before, if everything around its slides is the same; else nothing."""
    found = kept(("laid slides",), Memory)
    if found.around != around:
        found.around, found.made = around, {}
    return found
