"""Checks of the slides of a package: titles, alternative text, language, sizes, places, links; low charts, links that can't be read, tracking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import combinations, islice

from msgspec import Struct

from workshop.check.package_drawn import check_charts, check_equations, check_markup, scheme_at
from workshop.check.package_parts import AGAIN
from workshop.errors import Report
from workshop.files.deck_file import (
    FOOT,
    TITLES,
    Inherited,
    SlideFile,
    kind_of,
    own_properties,
    paragraphs_of,
    placed_in,
    placeholder_of,
    slide_files,
    slide_size,
    text_of,
)
from workshop.files.package_file import NAMESPACES, Node, PackageFile, whole
from workshop.files.presentation import Scheme, contrast, paint_of
from workshop.files.schema import selected
from workshop.model.theme import EMU_PER_POINT, Box, Paint, inches

LEAST_CHART = inches(1.6)
READABLE = 4.5  # contrast of a link, as WCAG 2 requires for text
MOST_TRACKING = 0.04  # of the size
_P, _A, _C, _M, _R = (f"{{{NAMESPACES[prefix]}}}" for prefix in "pacmr")


class Placed(Struct, frozen=True, kw_only=True):
    """A shape with its box on the slide, in the order in which shapes are drawn."""

    node: Node
    box: Box | None


def check_charts_high(place: str, placed: Iterable[Placed], package: PackageFile, report: Report) -> None:
    """Report charts in frames that are too low to be read."""
    for shape in placed:
        if (
            shape.box is not None
            and shape.box.h < LEAST_CHART
            and shape.node.find(".//c:chart", NAMESPACES) is not None
        ):
            report.warn(
                f"{place}: a chart is {shape.box.h / inches(1):.2f} inches high", package.at,
                "give it at least 1.6 inches, or a slide of its own", "low-chart",
            )  # fmt: skip


def check_tracking(place: str, runs: Iterable[tuple[str, float, float]], package: PackageFile, report: Report) -> None:
    """Report letters that are set too close or too wide; ``runs`` are words, their size and their tracking, both in points."""
    far = [(abs(tracking) / size, words) for words, size, tracking in runs if abs(tracking) > MOST_TRACKING * size]
    if far:
        share, words = max(far)
        report.warn(
            f"{place}: the letters of {words!r} are {share:.1%} of their size closer or wider than usual", package.at,
            "set the spacing to normal, or to 4% at most", "tracking",
        )  # fmt: skip


# ---------------------------------------------------------------- links
def check_link_colors(part: str, place: str, placed: list[Placed], package: PackageFile, report: Report) -> None:
    """Report links whose colour can't be read on what is drawn behind them; a picture behind a link isn't judged."""
    if not any(shape.node.find(".//a:hlinkClick", NAMESPACES) is not None for shape in placed):
        return
    scheme = scheme_at(part, package)
    behind = _background(part, package, scheme)
    for number, shape in enumerate(placed):
        for run in shape.node.iter(f"{_A}r"):
            color = _color_of_link(run, scheme)
            ground = _ground(shape, placed[:number], behind, scheme) if color else ""
            if color and ground and (ratio := contrast(color, ground)) < READABLE:
                text = "".join(node.text or "" for node in run.iter(f"{_A}t")).strip()
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
            if str(other.node.tag) == f"{_P}pic":
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
        see_through = any(whole(alpha, "val", 100_000) < 100_000 for alpha in solid.iter(f"{_A}alpha"))
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


# ---------------------------------------------------------------- package shapes
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
        if box is None or not (words or shape.tag == f"{_P}graphicFrame"):
            continue
        name = _short(words) or str(own_properties(shape).get("name", ""))  # type: ignore[union-attr]
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


def _short(words: str) -> str:
    return words if len(words) <= 32 else words[:31] + "…"


def _is_small(shape: Node, inherited: Inherited, height: int) -> bool:
    """Whether a text is a footer, a slide number or a source line at the foot, which may be smaller."""
    placeholder = placeholder_of(shape)
    if placeholder is not None:
        return kind_of(placeholder) in FOOT or placeholder.get("idx") == SOURCE_IDX
    box = inherited.box(shape)
    return box is not None and shape.tag == f"{_P}sp" and box.y >= LOW * height


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
        for run in paragraph.iter(f"{_A}r", f"{_M}r"):
            own = run.find("a:rPr", NAMESPACES)
            text = "".join(node.text or "" for node in run.iter(f"{_A}t", f"{_M}t")).strip()
            points = (whole(own, "sz") / 100 or inherited.size(shape, level)) * scale
            if text and points < floor - 0.05:
                under.append((points, text))
    if under:
        points, text = min(under)
        report.warn(
            f"{place}: {_short(text)!r} is {points:g} pt",
            package.at,
            f"text under {floor:g} pt can't be read from the back; cut words or split the slide",
            "small-text",
        )


# ---------------------------------------------------------------- package slides


def check_slides(package: PackageFile, report: Report) -> None:
    """Report everything that is wrong with the slides."""
    width, height = slide_size(package)
    slides = slide_files(package)
    _check_titles(slides, package, report)
    _check_language(slides, package, report)
    for slide in slides:
        inherited = Inherited(package, slide.part)
        _check_ids(slide, package, report)
        check_markup(slide.written, slide.place, package, report)
        _check_alternatives(slide, package, report)
        _check_placeholders(slide, inherited, package, report)
        _check_tables(slide, package, report)
        _check_links(slide, {other.part for other in slides}, package, report)
        check_equations(slide.written, slide.place, package, report)
        check_charts(slide.part, slide.place, package, report)
        check_places(slide.root, slide.place, inherited, (width, height), package, report)
        placed = [*_drawn_behind(slide.part, inherited, package), *_shapes(slide.root, inherited)]
        check_charts_high(slide.place, placed, package, report)
        check_tracking(slide.place, _tracked(slide.root, inherited), package, report)
        check_link_colors(slide.part, slide.place, placed, package, report)


def _shapes(root: Node, inherited: Inherited) -> list[Placed]:
    tree = root.find("p:cSld/p:spTree", NAMESPACES)
    return [Placed(node=node, box=box) for node, box in placed_in(tree, inherited)] if tree is not None else []


def _drawn_behind(part: str, inherited: Inherited, package: PackageFile) -> Iterator[Placed]:
    """Yield what the master and the layout of a slide draw on it."""
    layout = package.related(part, "slideLayout")
    for owner in (package.related(layout, "slideMaster") if layout else "", layout):
        shapes = _shapes(package.tree(owner), inherited) if owner else []
        yield from (shape for shape in shapes if placeholder_of(shape.node) is None)


def _tracked(root: Node, inherited: Inherited) -> Iterator[tuple[str, float, float]]:
    """Yield the words of each run with its size and its tracking, in points."""
    for shape in root.iter(f"{_P}sp"):
        for paragraph in paragraphs_of(shape):
            level = whole(paragraph.find("a:pPr", NAMESPACES), "lvl")
            for run in paragraph.iter(f"{_A}r"):
                own = run.find("a:rPr", NAMESPACES)
                points = whole(own, "sz") / 100 or inherited.size(shape, level)
                given = own is not None and own.get("spc") is not None
                tracking = whole(own, "spc") / 100 if given else inherited.spacing(shape, level)
                yield _short("".join(node.text or "" for node in run.iter(f"{_A}t")).strip()), points, tracking


def _is_decorative(properties: Node) -> bool:
    return any(node.get("val") in {"1", "true"} for node in properties.iterfind(".//adec:decorative", NAMESPACES))


def _check_titles(slides: list[SlideFile], package: PackageFile, report: Report) -> None:
    seen: dict[str, SlideFile] = {}
    for slide in slides:
        titles = [
            s for s in slide.find(".//p:sp") if (ph := placeholder_of(s)) is not None and ph.get("type") in TITLES
        ]
        title = next(filter(None, map(text_of, titles)), "")
        if not title:
            report.warn(f"{slide.place} has no title", package.at, "screen readers find slides by title", "no-title")
        elif title in seen:
            report.warn(
                f"{slide.place} has the same title as {seen[title].place}: {title!r}",
                package.at,
                "say what is new on it",
                "duplicate-title",
            )
        seen.setdefault(title, slide)


def _check_ids(slide: SlideFile, package: PackageFile, report: Report) -> None:
    double = {
        number
        for root in (slide.root, *slide.others)
        for number, times in Counter(str(node.get("id")) for node in root.iter(f"{_P}cNvPr")).items()
        if times > 1
    }
    for number in sorted(double - {"0"}):  # PowerPoint's number for the pictures of objects
        report.error(f"{slide.place} has two shapes with the id {number}", package.at, AGAIN, "duplicate-shape")
    there = {str(node.get("id")) for node in slide.written.iter(f"{_P}cNvPr")}
    named = selected(slide.written, "//p:timing//*[not(self::p:subSp)]/@spid")
    for number in sorted({*map(str, named)} - there):
        report.error(
            f"{slide.place} has an animation of the shape {number}, which is missing", package.at, AGAIN, "timing"
        )


def _check_alternatives(slide: SlideFile, package: PackageFile, report: Report) -> None:
    kinds = {"pic": "picture", "graphicFrame": "chart or table", "grpSp": "group"}
    found: dict[str, None] = {}
    for root in (slide.root, *slide.others):
        for shape in root.iterfind("p:cSld/p:spTree/*", NAMESPACES):
            kind = kinds.get(shape.tag.rpartition("}")[2])
            properties = own_properties(shape) if kind else None
            if properties is None or properties.get("descr", "").strip() or _is_decorative(properties):
                continue
            found[f"{kind} {properties.get('name', '')!r}"] = None
    for what in found:
        report.warn(
            f"{slide.place}: the {what} has no alternative text",
            package.at,
            "say in one sentence what it shows, or mark it as decorative",
            "alt-text",
        )


def _check_placeholders(slide: SlideFile, inherited: Inherited, package: PackageFile, report: Report) -> None:
    for shape in slide.find(".//p:sp"):
        placeholder, properties = placeholder_of(shape), own_properties(shape)
        name = properties.get("name", "") if properties is not None else ""
        if placeholder is not None and not inherited.has_place_for(placeholder):
            report.warn(
                f"{slide.place}: the placeholder {name!r} has idx={placeholder.get('idx')}, which its layout lacks",
                package.at,
                "choose the layout again",
                "placeholder",
            )
        if placeholder is not None and not text_of(shape) and shape.find("p:txBody//a:fld", NAMESPACES) is None:
            report.warn(
                f"{slide.place}: the placeholder {name!r} is empty", package.at, "delete it", "empty-placeholder"
            )


def _check_language(slides: list[SlideFile], package: PackageFile, report: Report) -> None:
    places: Counter[str] = Counter()
    for slide in slides:
        for run in (*slide.find(".//a:r"), *slide.find(".//a:fld")):
            look = run.find("a:rPr", NAMESPACES)
            places[slide.place] += look is None or not look.get("lang")
    if missing := +places:
        report.advise(
            f"{missing.total()} pieces of text on {len(missing)} slides name no language, the first on {next(iter(missing))}",
            package.at,
            "mark all text and set the proofing language, so that it is read aloud correctly",
            "language",
        )


def _check_tables(slide: SlideFile, package: PackageFile, report: Report) -> None:
    for table in slide.find(".//a:tbl"):
        properties = table.find("a:tblPr", NAMESPACES)
        if properties is None or properties.get("firstRow") not in {"1", "true"}:
            report.warn(f"{slide.place}: a table has no header row", package.at, "tick Header Row", "table-header")
        if any(cell.get("gridSpan") or cell.get("rowSpan") for cell in table.iterfind("a:tr/a:tc", NAMESPACES)):
            report.warn(f"{slide.place}: a table has merged cells", package.at, "split them", "merged-cells")
        columns = len(table.findall("a:tblGrid/a:gridCol", NAMESPACES))
        for number, row in enumerate(table.iterfind("a:tr", NAMESPACES), 1):
            if (cells := len(row.findall("a:tc", NAMESPACES))) != columns:
                report.error(
                    f"{slide.place}: a table of {columns} columns has {cells} cells in row {number}",
                    package.at,
                    "give each row one cell per column, merged ones too",
                    "table-grid",
                )
                break


def _check_links(slide: SlideFile, slides: Collection[str], package: PackageFile, report: Report) -> None:
    relations = {relation.id: relation for relation in package.relations(slide.part)}
    for link in (*slide.find(".//a:hlinkClick"), *slide.find(".//a:hlinkHover")):
        number, action = str(link.get(f"{_R}id") or ""), str(link.get("action") or "")
        relation = relations.get(number)
        jump = action.startswith("ppaction://hlinksldjump")
        nowhere = (jump and (relation is None or relation.kind != "slide")) or (not number and not action)
        nowhere |= jump and relation is not None and relation.target not in slides
        if nowhere or (relation is not None and relation.external and not relation.target.strip()):
            report.error(f"{slide.place} has a link that leads nowhere", package.at, "link it again", "link")
