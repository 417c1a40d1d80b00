"""Basic shapes: boxes, rules, alternative text and the mark for decoration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workshop.model.theme import TINT, Box, Paint
from workshop.render.office_xml import Element, Parsed, el, name

# ---------------------------------------------------------------- color
# Colour roles as slots of the Office theme, so that a different theme recolours everything.
SLOT = {
    "bg": "bg1",
    "ink": "tx1",
    "panel": "bg2",
    "muted": "tx2",
    "accent": "accent1",
    "c2": "accent2",
    "c3": "accent3",
    "stop": "accent4",
    "c5": "accent5",
    "open": "accent6",
    "on_open": "dk1",
    "on_accent": "bg1",
    "field": "accent1",
    "on_field": "lt1",
    "block": "tx1",
    "link": "hlink",
}
AREA, CHART = "/area", "/chart"  # suffixes of roles: areas need less contrast than text
MARKED = frozenset({"on_accent", "field", "block"})


def color(role: str) -> Element:
    """Return ``a:schemeClr`` for a colour role.

    Raises:
        KeyError: for a role that the design doesn't have.
    """
    if role in MARKED:  # shares its slot with another role: an opacity of 100% distinguishes them
        return el("a:schemeClr", el("a:alpha", val=100_000), val=SLOT[role])
    if role in TINT:
        of, percent = TINT[role]
        return el("a:schemeClr", el("a:alpha", val=percent * 1000), val=SLOT[of])
    return el("a:schemeClr", val=SLOT[role])


def fill(role: str) -> Element:
    """Return ``a:solidFill`` of a role, or ``a:noFill`` for ""."""
    return el("a:solidFill", color(role)) if role else el("a:noFill")


def line(role: str, points: float = 1, dash: str = "", arrow: bool = False) -> Element:
    """Return ``a:ln``; no line for the role ""."""
    if not role:
        return el("a:ln", el("a:noFill"))
    return el(
        "a:ln",
        fill(role),
        el("a:prstDash", val=dash) if dash else None,
        el("a:tailEnd", type="triangle", w="lg", len="med") if arrow else None,
        w=round(points * 12700),
    )


def highlight(dark: bool) -> Element:
    """Return ``a:highlight``: marigold behind ink, darker in a dark theme so that light ink can be read on it."""
    share = el("a:lumMod", val=50_000) if dark else None
    return el("a:highlight", el("a:schemeClr", share, val="accent6"))


# ---------------------------------------------------------------- a template's colours
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


# ---------------------------------------------------------------- shapes
DECORATIVE = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"


def transform(box: Box, tag: str = "a:xfrm", *, child: Box | None = None, **attributes: Any) -> Element:
    """Return position and size; ``child`` is a group's own system of coordinates."""
    inner = [] if child is None else [el("a:chOff", x=child.x, y=child.y), el("a:chExt", cx=child.w, cy=child.h)]
    return el(tag, el("a:off", x=box.x, y=box.y), el("a:ext", cx=box.w, cy=box.h), *inner, **attributes)


def geometry(preset: str, *adjust: Element) -> Element:
    """Return a preset outline."""
    return el("a:prstGeom", el("a:avLst", *adjust), prst=preset)


def decorative() -> Element:
    """Return the extension that tells a screen reader to skip a shape."""
    return el("a:extLst", el("a:ext", el("adec:decorative", val=True), uri=DECORATIVE))


def same_name(same: str) -> str:
    """Return the name by which PowerPoint's Morph finds the same thing on two slides; "" if there is none."""
    return f"!!{same}" if same else ""


def named(shape_id: int, name: str, alt: str | None = None, link: Element | None = None) -> Element:
    """Return ``p:cNvPr``: ``alt`` "" marks the shape as decorative; with ``None``, screen readers read its own text."""
    return el("p:cNvPr", link, decorative() if alt == "" else None, id=shape_id, name=name, descr=alt)


def block(
    shape_id: int,
    name: str,
    box: Box,
    role: str,
    *,
    alt: str = "",
    link: Element | None = None,
    user_drawn: bool = False,
) -> Element:
    """Return a filled rectangle without text; ``user_drawn`` is for rectangles of a layout."""
    return el(
        "p:sp",
        el(
            "p:nvSpPr",
            named(shape_id, name, alt, link),
            el("p:cNvSpPr"),
            el("p:nvPr", userDrawn=True if user_drawn else None),
        ),
        el("p:spPr", transform(box), geometry("rect"), fill(role), line("")),
    )


def rule(shape_id: int, name: str, box: Box, stroke: Element, *, user_drawn: bool = False) -> Element:
    """Return a decorative line along the diagonal of ``box`` from its top left corner."""
    return el(
        "p:cxnSp",
        el(
            "p:nvCxnSpPr",
            named(shape_id, name, ""),
            el("p:cNvCxnSpPr"),
            el("p:nvPr", userDrawn=True if user_drawn else None),
        ),
        el("p:spPr", transform(box), geometry("line"), stroke),
    )


def tree(*shapes: Element) -> Element:
    """Return ``p:spTree`` with its shapes."""
    return el(
        "p:spTree",
        el("p:nvGrpSpPr", el("p:cNvPr", id=1, name=""), el("p:cNvGrpSpPr"), el("p:nvPr")),
        el("p:grpSpPr", transform(Box(0, 0, 0, 0), child=Box(0, 0, 0, 0))),
        *shapes,
    )


def fixed_picture(shape_id: int, name: str, box: Box, alt: str, relation: str) -> Element:
    """Return a picture of a master or layout; without ``alt`` it is decoration."""
    return el(
        "p:pic",
        el(
            "p:nvPicPr",
            named(shape_id, name, alt),
            el("p:cNvPicPr", el("a:picLocks", noChangeAspect=True)),
            el("p:nvPr", userDrawn=True),
        ),
        el("p:blipFill", el("a:blip", r_embed=relation), el("a:stretch", el("a:fillRect"))),
        el("p:spPr", transform(box), geometry("rect")),
    )
