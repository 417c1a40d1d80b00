"""Coverage of the subject: the slides, demos, exercises and check questions for each point."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from workshop.constructs.table import DIVS
from workshop.errors import Problem, Report, did_you_mean
from workshop.layouts import traits
from workshop.model.markup import Div
from workshop.model.source import Content, ExerciseSource, SlideSource
from workshop.model.walk import exhibit_runs, seen_sheets, seen_slides, seen_stages, taught, visible

ASKING = frozenset({"hands", "thumbs", "bet"})  # ways in which a room answers


class Row(Struct, frozen=True, kw_only=True):
    """One point with the ids of everything that teaches, practises and checks it."""

    id: str
    text: str
    slides: tuple[str, ...]
    demos: tuple[str, ...]
    exercises: tuple[str, ...]
    questions: tuple[str, ...]


def rows(content: Content, audience: str = "") -> tuple[Row, ...]:
    """Return one row per point, in the order of ``points.yaml``.

    Args:
        content: the kit.
        audience: id of the audience whose slides and exercises count; "" for all.
    """
    if audience:
        stages = seen_stages(content, audience)
        slides = [slide for stage in stages for slide in seen_slides(stage, audience)]
        sheets = seen_sheets(content, stages)
        exercises = [e for sheet in sheets for e in sheet.exercises if visible(e.attrs, audience)]
    else:
        slides = [slide for stage in content.stages for slide in stage.slides]
        exercises = [exercise for sheet in content.sheets for exercise in sheet.exercises]
    named = {run.name: run.demo for stage in content.stages for run in stage.runs}
    found = []
    for point in content.points:
        mine = [s for s in slides if point.id in taught(s.attrs)]
        demos = dict.fromkeys(named.get(name, name) for s in mine for name in _runs(s))
        found.append(
            Row(
                id=point.id,
                text=point.text,
                slides=tuple(dict.fromkeys(s.id for s in mine)),
                demos=tuple(demos),
                exercises=tuple(dict.fromkeys(e.id for e in exercises if point.id in taught(e.attrs))),
                questions=tuple(dict.fromkeys(s.id for s in mine if _asks(s))),
            )
        )
    return tuple(found)


def check_points(content: Content) -> tuple[Problem, ...]:
    """Return problems: points that no slide teaches, and unknown points."""
    report = Report()
    if not content.points:
        return ()
    ids = {point.id for point in content.points}
    parts: list[SlideSource | ExerciseSource] = [slide for stage in content.stages for slide in stage.slides]
    parts += [exercise for sheet in content.sheets for exercise in sheet.exercises]
    for part in parts:
        for name in taught(part.attrs):
            if name not in ids:
                report.error(f"there is no point '{name}'", part.at, did_you_mean(name, ids), "unknown-point")
    for point, row in zip(content.points, rows(content), strict=True):
        if not row.slides:
            # if an overlay drops slides, that may be on purpose
            note = report.advise if content.overlays else report.warn
            note(f"no slide teaches point {point.id}", point.at, f"write teaches={point.id} on one", "point")
    return tuple(report.found)


def as_markdown(content: Content) -> str:
    """Return the table of ``list points``."""
    lines = ["| point | taught by | demo | exercise | asked on |", "|---|---|---|---|---|"]
    for row in rows(content):
        cells = [
            f"**{row.id}** {row.text}",
            *(", ".join(names) or "–" for names in (row.slides, row.demos, row.exercises, row.questions)),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _runs(slide: SlideSource) -> Iterator[str]:
    for name, _ in exhibit_runs(slide.blocks, ""):
        yield name


def _asks(slide: SlideSource) -> bool:
    divs = (DIVS[block.name] for block in slide.blocks if isinstance(block, Div) and block.name in DIVS)
    asks = "quiz" in slide.attrs or slide.attrs.get("does") in ASKING
    return asks or any("checks" in traits(name) for name in (slide.attrs.get("layout"), *(div.layout for div in divs)))
