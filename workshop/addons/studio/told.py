"""A plan, a kit and its files as plain data for the page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from workshop import limits
from workshop.addons.live.questions import told_deck
from workshop.addons.live.slides import clicks
from workshop.addons.preview.shown_slides import Shown, as_data
from workshop.addons.studio.form import CLIENT
from workshop.addons.studio.project import told_problems
from workshop.errors import Problem, Report, Severity
from workshop.inputs.door import read_text
from workshop.inputs.worlds import FILE, FOLDER
from workshop.inputs.yaml_text import parse_yaml
from workshop.layout.laid import LaidOut
from workshop.model.kit import Kit
from workshop.model.source import AudienceSource, Content
from workshop.plugins.registry import Registry
from workshop.render.html.browser_deck import words_of

MARKED = re.compile(r"\[([^\]]*)\]\{[^}]*\}")
LEFT_OUT = "left-out"  # code of problems about slides that the user's own data leave out
SWATCH = ("bg", "ink", "accent", "open")


def told_plan(kit: Kit, problems: tuple[Problem, ...]) -> dict[str, Any]:
    """Return a plan by the clock, and each slide that isn't in it with the reason."""
    plan = kit.plan
    out = [line for line in plan.lines if not line.shown]
    return {
        "title": kit.title,
        "audience": kit.audience,
        "slot": plan.slot,
        "total": plan.total,
        "slides": sum(line.shown for line in plan.lines),
        "buffer": plan.buffer,
        "people": kit.people,
        "rows": [
            {"clock": row.clock, "minutes": row.minutes, "kind": row.kind, "what": row.what} for row in kit.run_sheet
        ],
        "out": [{"title": line.title, "minutes": line.minutes, "why": line.told} for line in out],
        "outMinutes": sum(line.minutes for line in out),
        "dropped": [problem.message for problem in problems if problem.code == LEFT_OUT],
        "problems": told_problems(problem for problem in problems if problem.severity > Severity.ADVICE),
    }


def told_room(laid: LaidOut, shown: Shown) -> dict[str, Any]:
    """Return the slides that a room is shown, each with its picture and its words, and what it can be asked."""
    slides = [
        {**slide, "svg": drawn.svg, "words": words_of(drawn.laid)}
        for slide, drawn in zip(as_data(shown, 0)["slides"], shown.slides, strict=True)
        if not slide["hidden"]
    ]
    told = told_deck(laid)
    pictures = {slide["id"]: slide["svg"] for slide in slides}
    for spot in told["deck"]["slides"]:
        spot["clicks"] = clicks(pictures[spot["id"]])  # it may show an answer without the click that a deck needs
    return {**told, "title": laid.kit.title, "people": laid.kit.people, "slides": slides}


def told_kit(content: Content, audiences: tuple[AudienceSource, ...], registry: Registry) -> dict[str, Any]:
    """Return what can be chosen for a kit, with the names that people know."""
    meta = content.meta
    return {
        "title": meta.title,
        "client": CLIENT in content.variables,
        "isKit": content.is_kit,
        "audiences": [
            {"name": one.id, "title": one.title, "line": MARKED.sub(r"\1", one.meta.subtitle or "")}
            for one in (audiences if content.is_kit else ())
        ],
        "worlds": [{"name": name, "title": title} for name, title in _worlds(content.root)] if content.is_kit else [],
        "world": meta.world,
        "themes": [
            {"name": name, "colors": [f"#{registry.get('theme', name)().colors[role]}" for role in SWATCH]}
            for name in registry.names("theme")
        ],
        "minutes": meta.minutes,
        "people": meta.people,
        "start": meta.start,
    }


def told_files(names: Iterable[str], registry: Registry) -> list[dict[str, Any]]:
    """Return what each file is for, and for whom, in the order of the listings; a second form of a file is for the same."""
    writers = {
        writer.filename: writer for writer in (registry.get("writer", name) for name in registry.names("writer"))
    }
    first = {Path(name).stem: name for name in reversed(writers)}
    known = {name: name if name in writers else first.get(Path(name).stem, "") for name in names}
    places = [*writers, ""]
    ordered = sorted(known, key=lambda name: (places.index(known[name]), name))
    found = [(name, writers.get(known[name])) for name in ordered]
    return [
        {"name": name, "meaning": writer.meaning if writer else "", "whom": writer.whom if writer else ""}
        for name, writer in found
    ]


def _worlds(root: Path) -> list[tuple[str, str]]:
    """Return the ready worlds of a kit, with what each is called in a sentence."""
    found = []
    for file in sorted((root / FOLDER).glob(f"*/{FILE}")):
        try:
            tree = parse_yaml(read_text(file, limits.SOURCE_BYTES), file.name, Report())
        except OSError:  # a link that leads out of a workshop's folder, or isn't a file at all
            continue
        said = tree.value.get("a", "") if tree is not None and isinstance(tree.value, dict) else ""
        found.append((file.parent.name, str(said) or file.parent.name))
    return found
