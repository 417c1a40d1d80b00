"""The map of a kit's stages, as the first section of its page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from workshop.explore.others import tabs
from workshop.explore.part import Part
from workshop.explore.places import tag
from workshop.explore.said import Words
from workshop.explore.section import section
from workshop.model.exhibits import Code, Honesty
from workshop.model.explored import Section
from workshop.model.kit import Kit
from workshop.model.source import Content, StageSource

ID = "map"


def stages_section(content: Content, kit: Kit, made: Sequence[Section], words: Words) -> tuple[Section, ...]:
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
        shown = [one for one in made if one.stage == mark.number]
        boxes.append(_box(stage, mark.question, shown, words))
    names = [f"{mark.number} {mark.title}" for mark in marks]
    part = Part(
        kind="map",
        left=tabs("map", words("explore-stages"), names, tiles, boxes),
        data={"kind": "map", "count": len(marks)},
        start={"place": "1"},
    )
    told = Code(
        "",
        "",
        "",
        honesty=Honesty.ILLUSTRATIVE,
        basis=words("explore-map-basis"),
    )
    return (
        section(
            name=ID,
            title=words("explore-map", count=_number(len(marks), words)),
            lead=words("explore-map-lead"),
            stage=0,
            stage_title="",
            parts=[part],
            basis=[told],
            seed=kit.seed,
            words=words,
        ),
    )


def _number(count: int, words: Words) -> str:
    names = words.listed("number-words")
    return names[count].capitalize() if count < len(names) else str(count)


def _box(stage: StageSource, question: str, demos: Sequence[Section], words: Words) -> str:
    tells = words.listed("explore-map-flow")
    flow = "".join(
        tag("div", tag("dt", tell) + tag("dd", escape(text)), class_="mid" if tell == tells[1] else "")
        for tell, text in zip(tells, stage.meta.flow, strict=False)
    )
    asked = tag("p", escape(question), class_="ask") if question else ""
    links = "".join(tag("li", tag("a", escape(demo.title), href=f"#{demo.id}")) for demo in demos)
    tried = tag("p", words("explore-try"), class_="measure") + tag("ul", links, class_="links") if links else ""
    return asked + (tag("dl", flow, class_="flow") if flow else "") + (tag("div", tried) if tried else "")
