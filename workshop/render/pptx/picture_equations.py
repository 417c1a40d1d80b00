"""Formulas of a slide as pictures for programs that don't know equations."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part

from workshop.inputs.pictures import MEDIA, PNG
from workshop.layout.laid import LaidTable, LaidText
from workshop.model.blocks import Line, Runs
from workshop.render.formulas import Drawing, natural_box
from workshop.render.office_xml import Element, el
from workshop.render.pptx.picture_shapes import Media
from workshop.render.pptx.shapes import geometry, named, transform
from workshop.render.pptx.text import Look


# Shapes with formulas: with Office's equation, and beside it for programs that don't know equations.
#
# Equations on slides are newer than the standard. So PowerPoint writes such a shape twice, with the same id and name: once for
# programs that know the namespace ``a14``, once for the others.
def in_lines(lines: Sequence[Line]) -> bool:
    """Whether a formula is in some lines."""
    return any(_in_runs(line.runs) for line in lines)


def in_table(laid: LaidTable) -> bool:
    """Whether a formula is in a cell of a table."""
    return any(_in_runs(runs) for row in (laid.table.header, *laid.table.rows) for runs in row)


def _in_runs(runs: Runs) -> bool:
    return any(run.formula is not None for run in runs)


def twice(make: Callable[[Look], Element], look: Look) -> Element:
    """Return a shape twice: its formulas as equations, and as text."""
    return known_or(make(replace(look, equations=True)), make(look))


def known_or(known: Element, other: Element) -> Element:
    """Return a shape with equations, and what programs show that don't know them."""
    return el("mc:AlternateContent", el("mc:Choice", known, Requires="a14"), el("mc:Fallback", other))


def picture_of(item: LaidText, shape_id: int, drawing: Drawing, owner: Part, media: Media) -> Element:
    """Return a formula as a picture in the middle of its place, in its own size or as large as there is room."""
    box = natural_box(item, drawing)
    relation = owner.relate_to(media.part(drawing.png, *MEDIA[PNG]), RT.IMAGE)
    return el(
        "p:pic",
        el(
            "p:nvPicPr",
            named(shape_id, f"{item.placeholder.name} {shape_id}", item.lines[0].text),
            el("p:cNvPicPr", el("a:picLocks", noChangeAspect=True)),
            el("p:nvPr"),
        ),
        el("p:blipFill", el("a:blip", r_embed=relation), el("a:stretch", el("a:fillRect"))),
        el("p:spPr", transform(box), geometry("rect")),
    )
