"""Checks of links on slides: the colour of each can be read on what is behind it."""

from __future__ import annotations

from collections.abc import Iterator

from workshop.check.package_drawn import scheme_at
from workshop.check.placed_shapes import A, P, Placed
from workshop.errors import Report
from workshop.files.color_arithmetic import contrast
from workshop.files.package_file import NAMESPACES, Node, PackageFile, whole
from workshop.files.presentation_colors import Scheme, paint_of
from workshop.model.theme import Box, Paint

READABLE = 4.5  # contrast of a link, as WCAG 2 requires for text


def check_link_colors(part: str, place: str, placed: list[Placed], package: PackageFile, report: Report) -> None:
    """Report links whose colour can't be read on what is drawn behind them; a picture behind a link isn't judged."""
    if not any(shape.node.find(".//a:hlinkClick", NAMESPACES) is not None for shape in placed):
        return
    scheme = scheme_at(part, package)
    behind = _background(part, package, scheme)
    for number, shape in enumerate(placed):
        for run in shape.node.iter(f"{A}r"):
            color = _color_of_link(run, scheme)
            ground = _ground(shape, placed[:number], behind, scheme) if color else ""
            if color and ground and (ratio := contrast(color, ground)) < READABLE:
                text = "".join(node.text or "" for node in run.iter(f"{A}t")).strip()
                report.warn(
                    f"{place}: the link {text!r} has a contrast of {ratio:.1f}:1 with its ground", package.at,
                    f"give it a colour with {READABLE:g}:1", "link-contrast",
                )  # fmt: skip
                return


def _color_of_link(run: Node, scheme: Scheme) -> str:
    """Return the colour of a run of text that is a link: that of links, or its own if it says so; "" if it isn't a link or inherits its own."""
    link = run.find("a:rPr/a:hlinkClick", NAMESPACES)
    if link is None:
        return ""
    if all(node.get("val") != "tx" for node in link.iter() if str(node.tag).endswith("}hlinkClr")):
        return scheme.hex(Paint("hlink"))
    own = paint_of(run.find("a:rPr/a:solidFill", NAMESPACES))
    return scheme.hex(own) if own is not None else ""


def _ground(shape: Placed, below: list[Placed], background: str, scheme: Scheme) -> str:
    """Return the colour behind a shape's text: its own fill, that of the last shape below it that covers it, or the slide's; "" if it isn't known."""
    fill = _fill(shape.node, scheme)
    if fill is not None:
        return fill
    if shape.box is None:
        return ""
    for other in reversed(below):
        if other.box is not None and _covers(other.box, shape.box):
            if str(other.node.tag) == f"{P}pic":
                return ""
            if (fill := _fill(other.node, scheme)) is not None:
                return fill
    return background


def _covers(outer: Box, inner: Box) -> bool:
    x, y = inner.x + inner.w // 2, inner.y + inner.h // 2
    return outer.x <= x <= outer.right and outer.y <= y <= outer.bottom


def _fill(node: Node, scheme: Scheme) -> str | None:
    """Return the colour of a shape; "" for one that isn't a single colour, and ``None`` if it has none."""
    properties = node.find("p:spPr", NAMESPACES)
    if properties is None:
        return None
    solid = properties.find("a:solidFill", NAMESPACES)
    if solid is not None:
        see_through = any(whole(alpha, "val", 100_000) < 100_000 for alpha in solid.iter(f"{A}alpha"))
        paint = paint_of(solid)
        return "" if see_through or paint is None else scheme.hex(paint)
    mixed = any(properties.find(f"a:{kind}", NAMESPACES) is not None for kind in ("gradFill", "blipFill", "pattFill"))
    return "" if mixed else None


def _background(part: str, package: PackageFile, scheme: Scheme) -> str:
    """Return the colour of a slide's background, its layout's or its master's; "" if it isn't one colour."""
    for one in _layers(part, package):
        background = package.tree(one).find("p:cSld/p:bg", NAMESPACES)
        if background is None:
            continue
        solid = background.find("p:bgPr/a:solidFill", NAMESPACES)
        paint = paint_of(solid if solid is not None else background.find("p:bgRef", NAMESPACES))
        return scheme.hex(paint) if paint is not None else ""
    return scheme.hex(Paint("bg1"))


def _layers(part: str, package: PackageFile) -> Iterator[str]:
    """Yield a slide, its layout and its master."""
    layout = package.related(part, "slideLayout")
    master = package.related(layout, "slideMaster") if layout else ""
    yield from filter(None, (part, layout, master))
