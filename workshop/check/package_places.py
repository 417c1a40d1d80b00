"""Checks of where the shapes of a slide are: on it, large enough to read, and not on each other."""

from __future__ import annotations

from itertools import combinations, islice

from workshop.check.placed_shapes import A, M, P
from workshop.errors import Report
from workshop.files.deck_shapes import (
    FOOT,
    Inherited,
    kind_of,
    own_properties,
    paragraphs_of,
    placed_in,
    placeholder_of,
    text_of,
)
from workshop.files.package_file import NAMESPACES, Node, PackageFile, whole
from workshop.model.theme import EMU_PER_POINT, Box, inches

# Checks of the places of shapes and the sizes of their text, including what they inherit from layout and master.
SOURCE_IDX = "14"  # our layouts' source line
LOW = 0.8  # share of the slide's height: a text box that begins below it counts as a source line
FLOOR, SMALL_FLOOR = 18.0, 12.0  # smallest point sizes: of the body; of source line, footer and slide number
SLACK = inches(0.03)
MOST_PAIRS = 10  # most overlaps that are reported: nobody reads more, and there can be millions


def check_places(
    slide: Node, place: str, inherited: Inherited, size: tuple[int, int], package: PackageFile, report: Report
) -> None:
    """Report text below the smallest sizes, text outside the slide, and text boxes that overlap.

    Args:
        slide: its XML.
        place: its name in messages.
        inherited: its layout and master.
        size: width and height of the deck's slides in EMU.
        package: the package, for the name of the file.
        report: where problems go.
    """
    tree = slide.find("p:cSld/p:spTree", NAMESPACES)
    boxes: list[tuple[str, Box]] = []
    for shape, box in placed_in(tree, inherited) if tree is not None else ():
        words = text_of(shape)
        small = slide.get("show") == "0" or _is_small(shape, inherited, size[1])  # a hidden slide is looked up
        _check_sizes(shape, place, inherited, package, report, small=small)
        if box is None or not (words or shape.tag == f"{P}graphicFrame"):
            continue
        name = short(words) or str(own_properties(shape).get("name", ""))  # type: ignore[union-attr]
        if box.x < -EMU_PER_POINT or box.y < -EMU_PER_POINT or _beyond(box, size):
            report.warn(f"{place}: {name!r} reaches outside the slide", package.at, "move or shrink it", "outside")
        boxes.append((name, box))
    over = ((first, second) for (first, a), (second, b) in combinations(boxes, 2) if a.overlaps(b, SLACK))
    for first, second in islice(over, MOST_PAIRS):
        report.warn(f"{place}: {first!r} and {second!r} overlap", package.at, "move one", "overlap")
    if next(over, None):
        report.warn(f"{place}: more shapes overlap", package.at, "move those first, then check again", "overlap")


def _beyond(box: Box, size: tuple[int, int]) -> bool:
    return box.right > size[0] + EMU_PER_POINT or box.bottom > size[1] + EMU_PER_POINT


def short(words: str) -> str:
    """Return words that fit into a message."""
    return words if len(words) <= 32 else words[:31] + "…"


def _is_small(shape: Node, inherited: Inherited, height: int) -> bool:
    """Whether a text is a footer, a slide number or a source line at the foot, which may be smaller."""
    placeholder = placeholder_of(shape)
    if placeholder is not None:
        return kind_of(placeholder) in FOOT or placeholder.get("idx") == SOURCE_IDX
    box = inherited.box(shape)
    return box is not None and shape.tag == f"{P}sp" and box.y >= LOW * height


def _check_sizes(
    shape: Node, place: str, inherited: Inherited, package: PackageFile, report: Report, *, small: bool
) -> None:
    floor = SMALL_FLOOR if small else FLOOR
    fit = shape.find("p:txBody/a:bodyPr/a:normAutofit", NAMESPACES)
    scale = whole(fit, "fontScale", 100_000) / 100_000
    under: list[tuple[float, str]] = []
    for paragraph in paragraphs_of(shape):
        look = paragraph.find("a:pPr", NAMESPACES)
        level = whole(look, "lvl")
        for run in paragraph.iter(f"{A}r", f"{M}r"):
            own = run.find("a:rPr", NAMESPACES)
            text = "".join(node.text or "" for node in run.iter(f"{A}t", f"{M}t")).strip()
            points = (whole(own, "sz") / 100 or inherited.size(shape, level)) * scale
            if text and points < floor - 0.05:
                under.append((points, text))
    if under:
        points, text = min(under)
        report.warn(
            f"{place}: {short(text)!r} is {points:g} pt",
            package.at,
            f"text under {floor:g} pt can't be read from the back; cut words or split the slide",
            "small-text",
        )
