"""The map of competences: which points address which of them, what this plan leaves out, and what the kit leaves out."""

from __future__ import annotations

from msgspec import Struct

from workshop.model.kit import Kit
from workshop.model.meta import Framework, Point
from workshop.plan.invariants.plan_texts import unsaid
from workshop.render.print.block_data import Data, Galley


class Told(Struct, frozen=True):
    """A point with the statements of it that a plan shows, and those that it leaves out."""

    point: Point
    said: tuple[str, ...]
    left: tuple[str, ...]


def told(kit: Kit) -> tuple[Told, ...]:
    """Return each point with what a plan shows of it; a point without statements is shown if a slide teaches it."""
    slides = [slide for slide in kit.slides if not slide.hidden]
    taught = {point for slide in slides for point in slide.teaches}
    found = []
    for point in kit.points:
        lines = {line.says: unsaid(line, slides) is None for line in point.shown} or {point.text: point.id in taught}
        said, left = (tuple(says for says, here in lines.items() if here is wanted) for wanted in (True, False))
        found.append(Told(point, said, left))
    return tuple(found)


def points_shown(kit: Kit) -> list[str]:
    """Return the ids of the points of which a plan shows every statement, in the order of the kit."""
    return [each.point.id for each in told(kit) if not each.left]


def map_data(kit: Kit, galley: Galley) -> Data | None:
    """Return one row per point with its codes, and below it each framework with its gaps; ``None`` without a framework."""
    if not kit.frameworks:
        return None
    shown = set(points_shown(kit))
    rows = [
        {
            "id": point.id,
            "text": galley.text(point.text, point.at),
            "shown": point.id in shown,
            "codes": [galley.text(", ".join(one.points.get(point.id, ())), one.at) for one in kit.frameworks],
        }
        for point in kit.points
    ]
    return {
        "heads": [galley.text(one.label, one.at) for one in kit.frameworks],
        "rows": rows,
        "frameworks": [framework_data(one, shown, galley) for one in kit.frameworks],
    }


def framework_data(framework: Framework, shown: set[str], galley: Galley) -> Data:
    """Return what is printed of a framework: where it is from, what the plan addresses, and two kinds of gap."""
    ever = {code for codes in framework.points.values() for code in codes}
    now = {code for point, codes in framework.points.items() if point in shown for code in codes}

    def named(code: str, title: str) -> str:
        """Return a code with its title, or else with the points that stand for it, those of this plan if there are any."""
        behind = [point for point, codes in framework.points.items() if code in codes]
        points = ", ".join([point for point in behind if point in shown] or behind)
        return " ".join(filter(None, (code, title or (points and f"({points})"))))

    def listed(codes: set[str]) -> str:
        found = [named(code, title) for code, title in framework.competences.items() if code in codes]
        return galley.text(("; " if any(" " in name for name in found) else ", ").join(found), framework.at)

    origin = f"{framework.source}, {framework.year}. {framework.licence}. {framework.note}"
    return {
        "name": galley.text(framework.name, framework.at),
        "label": galley.text(framework.label, framework.at),
        "origin": galley.text(origin.strip(), framework.at),
        "now": listed(now),
        "later": listed(ever - now),
        "never": listed(set(framework.competences) - ever),
    }
