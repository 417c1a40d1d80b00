"""Checks of a package's slides: titles, alternative text, language, sizes, places, links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from msgspec import Struct

from workshop.check.package_charts import check_charts
from workshop.check.package_equations import check_equations, check_markup
from workshop.check.package_parts import AGAIN
from workshop.check.package_shapes import TITLES, Inherited, check_places, own_properties, placeholder_of, text_of
from workshop.errors import Report
from workshop.files.package_file import NAMESPACES, Node, PackageFile, whole
from workshop.files.schema import selected, views

_P, _R = (f"{{{NAMESPACES[prefix]}}}" for prefix in "pr")


class SlideFile(Struct, frozen=True, kw_only=True):
    """A slide: its part, the number that it shows, its XML.

    Attributes:
        written: the XML as it is written.
        root: what programs see of it that know everything in it.
        others: what other programs see, if that isn't the same.
    """

    part: str
    number: int
    written: Node
    root: Node
    others: tuple[Node, ...] = ()

    @property
    def place(self) -> str:
        """Its name in messages."""
        return f"slide {self.number}"

    def find(self, path: str) -> Iterator[Node]:
        """Yield the nodes of an XPath such as ``.//p:pic``."""
        yield from self.root.iterfind(path, NAMESPACES)


def check_slides(package: PackageFile, main: str, report: Report) -> None:
    """Report everything that is wrong with the slides."""
    size = package.tree(main).find("p:sldSz", NAMESPACES)
    width, height = whole(size, "cx", 12_192_000), whole(size, "cy", 6_858_000)
    slides = _slides(package, main)
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


def _slides(package: PackageFile, main: str) -> list[SlideFile]:
    targets = {relation.id: relation.target for relation in package.relations(main)}
    slides = []
    for number, node in enumerate(package.tree(main).iterfind("p:sldIdLst/p:sldId", NAMESPACES), 1):
        part = targets.get(str(node.get(f"{_R}id")), "")
        if part in package.blobs:
            root = package.tree(part)
            if root.tag != f"{_P}sld":
                continue  # it was reported as a part of another kind
            seen, *others = views(root)
            slides.append(SlideFile(part=part, number=number, written=root, root=seen, others=tuple(others)))
    return slides


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
