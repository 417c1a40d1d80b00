"""Coverage: which points a kit teaches and practises, and which words its worlds leave out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from workshop.constructs.table import DIVS
from workshop.errors import At, Problem, Report, did_you_mean
from workshop.inputs.worlds import FILE, FOLDER, read_world
from workshop.layouts import traits
from workshop.model.markup import Div
from workshop.model.source import Content, ExerciseSource, SlideSource
from workshop.model.walk import exhibit_runs, seen_sheets, seen_slides, seen_stages, taught, visible

# Coverage of the subject: the slides, demos, exercises and check questions for each point.
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


_WORD = re.compile(r"[a-z]{2,14}")
_SAID = re.compile(r"(?<![\w-])[A-Za-z]+(?![\w-])")
_SKIPPED = re.compile(
    r"\{\{.*?\}\}|\{[#.:\w][^{}\n]*\}|\(#[^)\n]*\)|(?<=/)[\w.-]+", re.DOTALL
)  # values, attributes, links
NAMED = ("name", "a")  # keys with more than a word, of which each counts
WHOLE = ("sentences", "like", "ask", "our")  # keys whose words are everybody's
ENDINGS = ("", "s", "es")
SMALL = frozenset({"a", "an", "the", "of"})
OTHERS = ("kit.yaml", "style.yaml", "sources.yaml", "frameworks.yaml")  # files that nobody reads out


def check_worlds(content: Content) -> Iterator[Problem]:
    """Yield an error for each word of a ready world in a text of the kit that isn't in an overlay or in a world itself."""
    home = content.root / FOLDER
    words = {word for path in sorted(home.glob(f"*/{FILE}")) for word in words_of(path.parent)}
    if not words:
        return
    allowed = set(content.style.allowed) if content.style is not None else set()
    said = {word + ending for word in words for ending in ENDINGS}
    others = [top.resolve() for top in (home, *content.worlds, *content.overlays)]
    for name in content.files:
        path = Path(name)
        outside = any(path.resolve().is_relative_to(top) for top in others)
        if outside or path.name in OTHERS or not path.is_file():
            continue
        text = path.read_text("utf-8")
        if said.isdisjoint(map(str.lower, _SAID.findall(text))):  # as in nearly all of them
            continue
        text = _SKIPPED.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
        for number, line in enumerate(text.split("\n"), 1):
            for found in _SAID.finditer("" if path.suffix == ".yaml" and line.lstrip().startswith("#") else line):
                if (word := found[0]).lower() in said and word not in allowed and word.lower() not in allowed:
                    hint = "write {{ world.… }}, say it in other words, or add it to allowed: in style.yaml"
                    yield Problem(
                        f"{word!r} is a word of one world", At(name, number, found.start() + 1), hint, "world-word"
                    )


def words_of(folder: Path) -> set[str]:
    """Return the words of a world that belong to it alone: its roles, and those of its name."""
    value = read_world(folder).value
    parts = [word for key in NAMED for word in str(value.get(key, "")).split() if word not in SMALL]
    roles = _leaves({key: part for key, part in value.items() if key not in (*NAMED, *WHOLE)})
    return {word for word in (*parts, *roles) if _WORD.fullmatch(word)}


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    else:
        for part in value.values() if isinstance(value, dict) else value:
            yield from _leaves(part)
