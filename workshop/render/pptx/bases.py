"""The file that a deck is written into: a base of our own, or a user's template."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from pptx.opc.package import Part
from pptx.package import Package
from pptx.parts.presentation import PresentationPart

from workshop.model.theme import FIELD_ON_DARK, Template, Theme
from workshop.render.pptx.base import base_package
from workshop.render.pptx.package import walk
from workshop.render.pptx.template_base import complete, empty, layout_parts, list_notes_master, put_logos, repaint


class Base(Protocol):
    """A package with masters and layouts that slides are put into."""

    def package(self, stages: int) -> bytes:
        """Return the package; ``stages`` is how many marks a rail would have."""

    def clear(self, main: PresentationPart) -> None:
        """Take out what isn't a part of the new deck, once it is opened."""

    def layouts(self, main: PresentationPart) -> Mapping[str, Part]:
        """Return the layouts' parts by ``LayoutSpec.part``, or by name where that is empty."""

    def pictures(self, package: Package) -> int:
        """Return the highest number of a picture's name in it."""

    def finish(self, package: Package) -> None:
        """Do what remains when all slides are filled."""


@dataclass(frozen=True, slots=True)
class OwnBase:
    """Masters and layouts made from a theme of our own."""

    theme: Theme

    def package(self, stages: int) -> bytes:
        """Return a presentation without slides."""
        return base_package(self.theme, stages)

    def clear(self, main: PresentationPart) -> None:
        """Leave everything: there is nothing else in it."""

    def layouts(self, main: PresentationPart) -> Mapping[str, Part]:
        """Return the layouts by name; the package has them in the theme's order."""
        made = main.presentation.slide_master.slide_layouts
        return {spec.name: layout.part for spec, layout in zip(self.theme.layouts.values(), made, strict=True)}

    def pictures(self, package: Package) -> int:
        """Return 0: a logo has a name of its own."""
        del package
        return 0

    def finish(self, package: Package) -> None:
        """Leave the colours, which are slots of our own theme part; only a dark theme's fields are not its accent."""
        if self.theme.dark:
            repaint(walk(package), FIELD_ON_DARK, layouts=True)


@dataclass(frozen=True, slots=True)
class TemplateBase:
    """Somebody's .pptx: its masters and layouts stay as they are, its example slides go."""

    template: Template

    def package(self, stages: int) -> bytes:
        """Return the template as it is."""
        del stages
        return self.template.package

    def clear(self, main: PresentationPart) -> None:
        """Take out the example slides; add what the file lacks, and the logo."""
        empty(main)
        complete(main)
        put_logos(layout_parts(main), self.template.logos)

    def layouts(self, main: PresentationPart) -> Mapping[str, Part]:
        """Return the layouts of all masters by part name."""
        return layout_parts(main)

    def pictures(self, package: Package) -> int:
        """Return the highest number: the template's logo may be image1.png."""
        numbers = (re.fullmatch(r"/ppt/media/image(\d+)\.\w+", str(part.partname)) for part in walk(package))
        return max((int(match[1]) for match in numbers if match), default=0)

    def finish(self, package: Package) -> None:
        """Put the template's colours in place of ours, and list a notes master that came with the first notes."""
        list_notes_master(package.main_document_part)
        repaint(walk(package), self.template.paints)


def base_of(theme: Theme) -> Base:
    """Return what a deck in a theme is written into."""
    return OwnBase(theme) if theme.template is None else TemplateBase(theme.template)
