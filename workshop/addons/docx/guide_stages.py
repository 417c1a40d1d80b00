"""A stage of the guide to edit: its slides, what to say, votes and misconceptions."""

from __future__ import annotations

from typing import Any

from workshop.addons.docx.docx_runs import run
from workshop.addons.docx.docx_tables import Cell, table, words
from workshop.addons.docx.guide_front import Data, filled, guide_head, new_column, stage_mark
from workshop.addons.docx.story import Place, Story

# A stage of the guide to edit: what it is for, the script with small slides, questions and answers.
SLIDE, THUMB = 34.0, 30.0  # mm: column of the small slides, and a small slide


def stage_head(story: Story, data: Data, stage: Data) -> None:
    """Add the title of a stage, its time, and its aim."""
    fixed, mark = data["words"], stage["stage"]
    above = filled(fixed["guide-stage"], number=mark["label"]) if mark["place"] else fixed["guide-kicker"]
    minutes = filled(fixed["minutes"], minutes=stage["minutes"])
    aside = f"{stage['clock']} – {stage['end']}\u2002{minutes}" if stage["clock"] else ""
    guide_head(story, above, stage["title"], mark, aside)
    if stage["aim"]:
        story.para("Aim", run(stage["aim"]))


def stage_lists(story: Story, data: Data, stage: Data) -> int:
    """Add material, objectives, and what to drop, side by side; return the number of columns."""
    fixed = data["words"]
    columns: list[Story] = []

    def column(*parts: tuple[str, list[str]]) -> Story | None:
        inside = story.inner()
        for name, items in parts:
            if items:
                inside.para("Heading3", run(fixed[name]))
                inside.bullets(items)
        return inside if inside.out else None

    short = story.inner()
    if stage["short"]:
        short.para("Heading3", run(fixed["short"]))
        for entry in stage["short"]:
            short.blocks(entry["blocks"], _small(story))
    found = (
        column(("material", stage["material"]), ("room", [stage["room"]] if stage["room"] else [])),
        column(("after", stage["objectives"])),
        short if short.out else None,
    )
    columns = [inside for inside in found if inside is not None]
    for number, inside in enumerate(columns):
        if number:
            new_column(inside.out[0])
        story.out.extend(inside.out)
    return len(columns)


def stage_script(story: Story, data: Data, stage: Data) -> None:
    """Add the script of a stage, the votes, and where its toy stops."""
    fixed = data["words"]
    if stage["script"]:
        _script(story, fixed, stage["script"])
    if stage["vote"]:
        _votes(story, fixed, stage["vote"])
    if stage["toy"]["texts"]:
        toys = [{"type": "para", "runs": [{"t": text, "is": []}]} for text in stage["toy"]["texts"]]
        story.panel("WhereItStops", "fence", fixed["toy"], toys)
    for blocks in stage["toy"]["tables"]:
        story.blocks(blocks, _small(story))


def _small(story: Story) -> Place:
    return Place(style="TableSmall", left=0.0, width=story.measures.text)


def _script(story: Story, fixed: Data, rows: list[Data]) -> None:
    story.para("Heading2", run(fixed["script"]))
    width = story.measures.text - SLIDE
    place = Place(style="TableSmall", left=0.0, width=width - 4)
    found = []
    for row in rows:
        tint = story.colors["tint2"] if row["rest"] else ""
        found.append((Cell(fill=_slide(row, fixed), color=tint), Cell(fill=_said(row, fixed, place), color=tint)))
    heads = [words(head, "TableHead") for head in fixed["script-head"]]
    table(story, heads, found, [SLIDE, width], alt=fixed["script"], whole_rows=False)


def _slide(row: Data, fixed: Data) -> Any:
    """Return what writes the first cell: when, how long, a small picture of the slide."""

    def fill(story: Story) -> None:
        minutes = filled(fixed["minutes"], minutes=row["minutes"]) if row["minutes"] else ""
        story.para(
            "TableSmall", run(row["clock"], bold=True), run(f"\u2002{minutes}", style="Muted") if minutes else None
        )
        if row["thumb"]:
            order = {"kind": "thumb", "file": row["thumb"], "width": THUMB}
            story.para("TableSmall", story.picture(order, f"{row['number']} {row['title']}"))
        if row["optional"]:
            story.para("TableNote", run(fixed["optional"]))

    return fill


def _said(row: Data, fixed: Data, place: Place) -> Any:
    """Return what writes the second cell: the title, then what is said, done and asked."""

    def fill(story: Story) -> None:
        number = run(f"{row['number']} ", style="SlideNumber") if row["number"] else None
        story.para("TableSmall", number, run(row["title"], bold=True), keep=True)
        for note in row["say"]:
            if note["kind"] != "next":
                story.blocks(note["blocks"], place)
        if row["task"]:
            story.para("TableSmall", run(row["task"], bold=True))
        asked = Place(style="TableAsk", left=2.0, width=place.width - 2)
        for question in row["asks"]:
            for kind in ("ask", "expect", "wrong", "reply"):
                story.blocks(question[kind], asked)
        for note in row["say"]:
            if note["kind"] == "next":
                story.blocks(note["blocks"], Place(style="TableNote", left=0.0, width=place.width))
        if row["shows"]:
            story.para("TableNote", run(f"{fixed['on-slide']} ", bold=True), run(row["shows"]))

    return fill


def _votes(story: Story, fixed: Data, vote: Data) -> None:
    """Add how the room's own votes get onto the slides."""
    story.para("Heading2", run(fixed["vote"]))
    for told in vote["before"]:
        story.para("TableSmall", run(f"{told['head']} ", bold=True), run(told["text"]))
    story.para("TableSmall", run(vote["command"], style="Code"))
    for told in vote["after"]:
        story.para("TableSmall", run(f"{told['head']} ", bold=True), run(told["text"]))


def misconceptions(story: Story, data: Data) -> None:
    """Add the misconceptions of every stage with their replies."""
    place = Place(style="TableSmall", left=0.0, width=story.measures.text / 2)
    claimed = Place(style="Quoted", left=4.0, width=story.measures.text / 2)
    for stage in data["misconceptions"]:
        story.para("Heading3", *stage_mark(stage["stage"]), run(stage["title"]))
        for entry in stage["entries"]:
            story.blocks(entry["claim"], claimed)
            story.blocks(entry["reply"], place)
            if entry["hidden"]:
                story.para("TableNote", run(filled(data["words"]["hidden-slide"], number=entry["number"])))
