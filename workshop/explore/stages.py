"""The map of a kit's stages, as the first section of its page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from workshop.explore.others import tabs
from workshop.explore.part import Part
from workshop.explore.places import tag
from workshop.explore.section import section
from workshop.model.exhibits import Code, Honesty
from workshop.model.explored import Section
from workshop.model.kit import Kit
from workshop.model.source import Content, StageSource

ID = "map"
TELLS = ("What goes in", "What happens", "What comes out")


def stages_section(content: Content, kit: Kit, made: Sequence[Section]) -> tuple[Section, ...]:
    """Return the map, if the kit has numbered stages: each with its question, what it does, and the demos that show it."""
    sources = {stage.number: stage for stage in content.stages if stage.number is not None}
    marks = [mark for mark in kit.marks if mark.number in sources]
    if len(marks) < 2:
        return ()
    tiles, boxes = [], []
    for mark in marks:
        stage = sources[mark.number]
        gloss = stage.meta.map or mark.question
        tiles.append(
            tag("span", str(mark.number), class_="n") + tag("span", escape(mark.short or mark.title), class_="name") + tag("span", escape(gloss), class_="q")
        )  # fmt: skip
        boxes.append(_box(stage, mark.question, [one for one in made if one.stage == mark.number]))
    names = [f"{mark.number} {mark.title}" for mark in marks]
    part = Part(
        kind="map",
        left=tabs("map", "Stages", names, tiles, boxes),
        data={"kind": "map", "count": len(marks)},
        start={"place": "1"},
    )
    told = Code(
        "",
        "",
        "",
        honesty=Honesty.ILLUSTRATIVE,
        basis="the stages as this workshop tells them; real projects loop back",
    )
    return (
        section(
            name=ID,
            title=f"{_number(len(marks))} stages, from the first to the last",
            lead="Choose a stage: what it is about, and which demos of it you can poke.",
            stage=0,
            stage_title="",
            parts=[part],
            basis=[told],
            seed=kit.seed,
        ),
    )


def _number(count: int) -> str:
    words = ("Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
    return words[count - 2] if 2 <= count <= 10 else str(count)


def _box(stage: StageSource, question: str, demos: Sequence[Section]) -> str:
    flow = "".join(
        tag("div", tag("dt", name) + tag("dd", escape(text)), class_="mid" if name == TELLS[1] else "")
        for name, text in zip(TELLS, stage.meta.flow, strict=False)
    )
    asked = tag("p", escape(question), class_="ask") if question else ""
    links = "".join(tag("li", tag("a", escape(demo.title), href=f"#{demo.id}")) for demo in demos)
    tried = tag("p", "Try it", class_="measure") + tag("ul", links, class_="links") if links else ""
    return asked + (tag("dl", flow, class_="flow") if flow else "") + (tag("div", tried) if tried else "")
