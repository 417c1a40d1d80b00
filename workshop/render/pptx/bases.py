"""The file that a deck is written into: our own base, or a user's template."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from pptx import Presentation
from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.package import Part, PartFactory
from pptx.opc.packuri import PackURI
from pptx.package import Package
from pptx.parts.presentation import PresentationPart

from workshop.model.records import dataclass
from workshop.model.theme import Template, Theme
from workshop.render.pptx.base import paints_of
from workshop.render.pptx.kept_base import kept_base
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

    def open(self, stages: int) -> PresentationPart:
        """Return the main part of a package that holds nothing but the base; ``stages`` is the number of marks on a rail."""

    def layouts(self, main: PresentationPart) -> Mapping[str, Part]:
        """Return the layouts' parts by ``LayoutSpec.part``, or by name if that is empty."""

    def pictures(self, package: Package) -> int:
        """Return the highest number in the name of a picture."""

    def finish(self, package: Package) -> None:
        """Finish the package after all slides are filled."""


@dataclass(frozen=True, slots=True)
class OwnBase:
    """Masters and layouts made from one of our own themes; ``kept`` is the cache folder, or ``None``."""

    theme: Theme
    kept: Path | None = None

    def open(self, stages: int) -> PresentationPart:
        """Return a presentation without slides; layouts stay bytes, since nobody changes them, and there are a hundred."""
        base, package = kept_base(self.theme, stages, self.kept), Package("")
        made: dict[str, Part] = {}
        for name, blob in base.blobs.items():
            kind = Part if base.kinds[name] == CONTENT_TYPE.PML_SLIDE_LAYOUT else PartFactory
            made[name] = kind(PackURI(name), base.kinds[name], package, blob)
        for owner, targets in base.relationships.items():
            relations = package._rels if owner == "/" else made[owner].rels  # noqa: SLF001 - no public way
            for kind_of, target in targets:
                relations._add_relationship(kind_of, made[target])  # noqa: SLF001 - relate_to searches all
        return package.main_document_part

    def layouts(self, main: PresentationPart) -> Mapping[str, Part]:
        """Return the layouts by name; the master has them in the theme's order."""
        relations = main.part_related_by(RELATIONSHIP_TYPE.SLIDE_MASTER).rels.values()
        made = [relation.target_part for relation in relations if relation.reltype == RELATIONSHIP_TYPE.SLIDE_LAYOUT]
        return {spec.name: part for spec, part in zip(self.theme.layouts.values(), made, strict=True)}

    def pictures(self, package: Package) -> int:
        """Return 0: a logo has a name without a number."""
        del package
        return 0

    def finish(self, package: Package) -> None:
        """Keep the colours, which are slots of our own theme part, except for the few that aren't."""
        if paints := paints_of(self.theme):
            repaint(walk(package), paints)


@dataclass(frozen=True, slots=True)
class TemplateBase:
    """A user's .pptx: its masters and layouts stay as they are, its example slides are removed."""

    template: Template

    def open(self, stages: int) -> PresentationPart:
        """Return the template without its example slides, with missing parts and the logo added."""
        del stages
        main = Presentation(io.BytesIO(self.template.package)).part
        empty(main)
        complete(main)
        put_logos(layout_parts(main), self.template.logos)
        return main

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


def base_of(theme: Theme, kept: Path | None = None) -> Base:
    """Return the base for a deck in a theme; ``kept`` is the cache folder, or ``None``."""
    return OwnBase(theme, kept) if theme.template is None else TemplateBase(theme.template)
