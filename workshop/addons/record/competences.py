"""The map of competences: which points address which of them, what this plan leaves out, and what the kit leaves out."""

from __future__ import annotations

from workshop.model.kit import Kit
from workshop.model.meta import Framework
from workshop.render.print.block_data import Data, Galley


def points_shown(kit: Kit) -> list[str]:
    """Return the ids of the points that a slide of this plan teaches, in the order of the kit."""
    taught = {point for slide in kit.slides if not slide.hidden for point in slide.teaches}
    return [point.id for point in kit.points if point.id in taught]


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

    def listed(codes: set[str]) -> str:
        found = [f"{code} {title}".strip() for code, title in framework.competences.items() if code in codes]
        titled = any(framework.competences.values())
        return galley.text(("; " if titled else ", ").join(found), framework.at)

    origin = f"{framework.source}, {framework.year}. {framework.licence}. {framework.note}"
    return {
        "name": galley.text(framework.name, framework.at),
        "label": galley.text(framework.label, framework.at),
        "origin": galley.text(origin.strip(), framework.at),
        "now": listed(now),
        "later": listed(ever - now),
        "never": listed(set(framework.competences) - ever),
    }
