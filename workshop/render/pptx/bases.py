"""The file that a deck is written into: our own base, or a user's template."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from pptx.opc.package import Part
from pptx.package import Package
from pptx.parts.presentation import PresentationPart

from workshop.model.theme import FIELDS_ON_DARK, Template, Theme
from workshop.render.pptx.base import base_package
from workshop.render.pptx.package import walk
from workshop.render.pptx.template_base import (
    complete,
    empty,
    layout_parts,
    list_notes_master,
    put_logos,
    reface,
    repaint,
)


class Base(Protocol):
    """A package with masters and layouts that slides are put into."""

    def package(self, stages: int) -> bytes:
        """Return the package; ``stages`` is the number of marks on a rail."""

    def clear(self, main: PresentationPart) -> None:
        """After opening it, remove everything that isn't part of the new deck."""

    def layouts(self, main: PresentationPart) -> Mapping[str, Part]:
        """Return the layouts' parts by ``LayoutSpec.part``, or by name if that is empty."""

    def pictures(self, package: Package) -> int:
        """Return the highest number in the name of a picture."""

    def finish(self, package: Package) -> None:
        """Finish the package after all slides are filled."""


@dataclass(frozen=True, slots=True)
class OwnBase:
    """Masters and layouts made from one of our own themes."""

    theme: Theme

    def package(self, stages: int) -> bytes:
        """Return a presentation without slides."""
        return base_package(self.theme, stages)

    def clear(self, main: PresentationPart) -> None:
        """Do nothing: there is nothing else in it."""

    def layouts(self, main: PresentationPart) -> Mapping[str, Part]:
        """Return the layouts by name; the package has them in the theme's order."""
        made = main.presentation.slide_master.slide_layouts
        return {spec.name: layout.part for spec, layout in zip(self.theme.layouts.values(), made, strict=True)}

    def pictures(self, package: Package) -> int:
        """Return 0: a logo has a name without a number."""
        del package
        return 0

    def finish(self, package: Package) -> None:
        """Keep the colours, which are slots of our own theme part, except for large areas of a dark theme and text in a bright accent."""
        paints = {**(FIELDS_ON_DARK if self.theme.dark else {}), **self.theme.paints}
        if paints:
            repaint(walk(package), paints, layouts=True)


@dataclass(frozen=True, slots=True)
class TemplateBase:
    """A user's .pptx: its masters and layouts stay as they are, its example slides are removed."""

    template: Template

    def package(self, stages: int) -> bytes:
        """Return the template unchanged."""
        del stages
        return self.template.package

    def clear(self, main: PresentationPart) -> None:
        """Remove the example slides; add missing parts, and the logo."""
        empty(main)
        complete(main)
        put_logos(layout_parts(main), self.template.logos)

    def layouts(self, main: PresentationPart) -> Mapping[str, Part]:
        """Return the layouts of all masters by part name."""
        return layout_parts(main)

    def pictures(self, package: Package) -> int:
        """Return the highest number, since the template's logo may be image1.png."""
        numbers = (re.fullmatch(r"/ppt/media/image(\d+)\.\w+", str(part.partname)) for part in walk(package))
        return max((int(match[1]) for match in numbers if match), default=0)

    def finish(self, package: Package) -> None:
        """Replace our colours by the template's, and list a notes master that was added with the first notes."""
        list_notes_master(package.main_document_part)
        repaint(walk(package), self.template.paints)
        if self.template.face:
            reface(walk(package), self.template.face)


def base_of(theme: Theme) -> Base:
    """Return the base for a deck in a theme."""
    return OwnBase(theme) if theme.template is None else TemplateBase(theme.template)
