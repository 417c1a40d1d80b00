"""The file that a deck is written into: our own base, or a user's template."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Protocol

from msgspec import Struct

from workshop.model.theme import Template, Theme
from workshop.render.office_xml import Element
from workshop.render.pptx.base import base_parts, needed, own_parts, paints_of
from workshop.render.pptx.package import LAYOUT, MASTER, NOTES_MASTER, Package, Part
from workshop.render.pptx.paint import repaint


class Base(Protocol):
    """A package with masters and layouts that slides are put into."""

    def open(self, stages: int) -> Package:
        """Return a package that holds nothing but the base; ``stages`` is the number of marks on a rail."""

    def layouts(self, package: Package) -> Mapping[str, Part]:
        """Return the layouts' parts by ``LayoutSpec.part``, or by name if that is empty."""

    def notes_master(self, package: Package) -> Part:
        """Return the master of speaker notes."""

    def pictures(self, package: Package) -> int:
        """Return the highest number in the name of a picture."""

    def finish(self, package: Package) -> None:
        """Finish the package after all slides are filled."""


class OwnBase(Struct, frozen=True):
    """Masters and layouts made from one of our own themes.

    Attributes:
        used: names of the layouts that slides have.
    """

    theme: Theme
    used: frozenset[str]

    def open(self, stages: int) -> Package:
        """Return a presentation without slides."""
        base, package = base_parts(self.theme, stages, self.used), Package()
        contents: dict[str, bytes | Element] = {**base.contents, **own_parts(self.theme)}
        made = {name: Part(name, base.kinds[name], content) for name, content in contents.items()}
        for name, targets in base.relationships.items():
            owner = package if name == "/" else made[name]
            for kind, target in targets:
                owner.add(kind, made[target])
        return package

    def layouts(self, package: Package) -> Mapping[str, Part]:
        """Return the layouts by name; the master has them in the theme's order."""
        (master,) = package.main.related(MASTER)
        made = master.related(LAYOUT)
        return {spec.name: part for spec, part in zip(needed(self.theme, self.used).values(), made, strict=True)}

    def notes_master(self, package: Package) -> Part:
        """Return the theme's master of speaker notes."""
        (master,) = package.main.related(NOTES_MASTER)
        return master

    def pictures(self, package: Package) -> int:
        """Return 0: a logo has a name without a number."""
        del package
        return 0

    def finish(self, package: Package) -> None:
        """Keep the colours, which are slots of our own theme part, except for the few that aren't."""
        if paints := paints_of(self.theme):
            repaint(package, paints)


class TemplateBase(Struct, frozen=True):
    """A user's .pptx: its masters and layouts stay as they are; it was read without its example slides."""

    template: Template

    def open(self, stages: int) -> Package:
        """Return the template with missing parts and the logo added."""
        from workshop.render.pptx import template_base

        del stages
        package = template_base.opened(self.template.package)
        template_base.complete(package)
        template_base.put_logos(package, self.template.logos)
        return package

    def layouts(self, package: Package) -> Mapping[str, Part]:
        """Return the layouts of all masters by part name."""
        from workshop.render.pptx.template_base import layout_parts

        return layout_parts(package)

    def notes_master(self, package: Package) -> Part:
        """Return the template's master of speaker notes; a plain one is added if it has none."""
        from workshop.render.pptx.template_base import notes_master

        return notes_master(package)

    def pictures(self, package: Package) -> int:
        """Return the highest number, since the template's logo may be image1.png."""
        numbers = (re.fullmatch(r"/ppt/media/image(\d+)\.\w+", part.name) for part in package.parts())
        return max((int(match[1]) for match in numbers if match), default=0)

    def finish(self, package: Package) -> None:
        """Replace our colours and typeface by the template's, and list its notes master where it belongs."""
        from workshop.render.pptx.template_base import list_notes_master, reface

        list_notes_master(package.main)
        repaint(package, self.template.paints)
        if self.template.face:
            reface(package, self.template.face)


def base_of(theme: Theme, used: frozenset[str]) -> Base:
    """Return the base for a deck in a theme, whose slides have the layouts with ``used`` names."""
    return OwnBase(theme, used) if theme.template is None else TemplateBase(theme.template)
