"""Checks of the slides of a package: titles, alternative text, language, sizes, places, links; low charts, links that can't be read, tracking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from workshop.check.link_colors import check_link_colors
from workshop.check.package_drawn import check_charts
from workshop.check.package_equations import check_equations, check_markup
from workshop.check.package_parts import AGAIN
from workshop.check.package_places import check_places, short
from workshop.check.placed_shapes import A, P, Placed, R
from workshop.errors import Report
from workshop.files.deck_shapes import (
    TITLES,
    Inherited,
    own_properties,
    paragraphs_of,
    placed_in,
    placeholder_of,
    text_of,
)
from workshop.files.package_file import NAMESPACES, Node, PackageFile, whole
from workshop.files.schema import selected
from workshop.files.slide_files import SlideFile, slide_files, slide_size
from workshop.model.theme import inches

LEAST_CHART = inches(1.6)
MOST_TRACKING = 0.04  # of the size


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
    for shape in root.iter(f"{P}sp"):
        for paragraph in paragraphs_of(shape):
            level = whole(paragraph.find("a:pPr", NAMESPACES), "lvl")
            for run in paragraph.iter(f"{A}r"):
                own = run.find("a:rPr", NAMESPACES)
                points = whole(own, "sz") / 100 or inherited.size(shape, level)
                given = own is not None and own.get("spc") is not None
                tracking = whole(own, "spc") / 100 if given else inherited.spacing(shape, level)
                yield short("".join(node.text or "" for node in run.iter(f"{A}t")).strip()), points, tracking


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
        for number, times in Counter(str(node.get("id")) for node in root.iter(f"{P}cNvPr")).items()
        if times > 1
    }
    for number in sorted(double - {"0"}):  # PowerPoint's number for the pictures of objects
        report.error(f"{slide.place} has two shapes with the id {number}", package.at, AGAIN, "duplicate-shape")
    there = {str(node.get("id")) for node in slide.written.iter(f"{P}cNvPr")}
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
        number, action = str(link.get(f"{R}id") or ""), str(link.get("action") or "")
        relation = relations.get(number)
        jump = action.startswith("ppaction://hlinksldjump")
        nowhere = (jump and (relation is None or relation.kind != "slide")) or (not number and not action)
        nowhere |= jump and relation is not None and relation.target not in slides
        if nowhere or (relation is not None and relation.external and not relation.target.strip()):
            report.error(f"{slide.place} has a link that leads nowhere", package.at, "link it again", "link")
