"""Shapes of a template in its own colours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workshop.model.theme import TINT, Paint
from workshop.render.office_xml import Parsed, name
from workshop.render.pptx.color import AREA, CHART, MARKED, SLOT

_ROLES = {(slot, 0): role for role, slot in SLOT.items() if role not in MARKED}
_ROLES |= {(SLOT[role], 100_000): role for role in MARKED}
_ROLES |= {(SLOT[of], percent * 1000): role for role, (of, percent) in TINT.items()}
_TEXT = frozenset({name("a:rPr"), name("a:defRPr"), name("a:endParaRPr")})


def recolor(root: Parsed, paints: Mapping[str, Paint], *, chart: bool = False) -> None:
    """Replace our roles' slots by a template's colours, everywhere below ``root``.

    Args:
        root: root of a part that is entirely ours; must be called only once.
        paints: colour role -> colour of the template.
        chart: whether areas may have the colour that a role has in charts.
    """
    found: list[Any] = list(root.iter(name("a:schemeClr")))
    for node in found:
        alpha = node.find(name("a:alpha"))
        opacity = int(alpha.get("val", "0")) if alpha is not None else 0
        slot = node.get("val", "")
        role = _ROLES.get((slot, opacity)) or _ROLES.get((slot, 0), "")
        kept = opacity if opacity and (slot, opacity) not in _ROLES else 0
        if node.getparent().tag == name("a:highlight"):
            role, kept = "open" if _is_blank(node, paints) else "mark", 0
        area = node.getparent().getparent().tag not in _TEXT
        suffixes = (AREA, *((CHART,) if chart else ())) if area else ()
        paint = next((paints[role + suffix] for suffix in (*suffixes, "") if role + suffix in paints), None)
        if paint is not None:
            _paint(node, paint, kept)


def _is_blank(node: Parsed, paints: Mapping[str, Paint]) -> bool:
    """Whether a highlight is behind the sign of a blank, whose letters, painted before it, aren't in ink."""
    letters = next(node.iterancestors(*_TEXT)).find(f"{name('a:solidFill')}/*")
    ours, ink = paints.get("on_open"), paints.get("ink")
    if letters is None or ours is None or ink is None:
        return False
    return ours.slot == letters.get("val") != ink.slot


def _paint(node: Parsed, paint: Paint, opacity: int) -> None:
    from lxml import etree

    literal = len(paint.slot) == 6 and not paint.slot[:1].islower()
    node.tag, node[:] = name("a:srgbClr" if literal else "a:schemeClr"), []
    node.set("val", paint.slot)
    for step, value in (*paint.steps, *([("alpha", opacity)] if opacity else [])):
        etree.SubElement(node, name(f"a:{step}"), val=str(value))
