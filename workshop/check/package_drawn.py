"""Checks of a package's charts: are neighbouring series distinct when printed in grey, and is all text readable?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from workshop.errors import Report
from workshop.files.color_arithmetic import contrast, hexed, rgb
from workshop.files.package_file import NAMESPACES, Node, PackageFile, whole
from workshop.files.presentation_colors import Scheme, paint_of, scheme_of
from workshop.model.theme import Paint

LEAST = 3.0  # contrast of neighbours, as WCAG 2 requires for graphics
HAIRLINE = 12_700  # EMU: thinner lines are only reading aids
FLOOR = 16.0  # point size of ticks and category names, the smallest text of a chart
_AREAS = frozenset({"barChart", "bar3DChart", "areaChart", "area3DChart"})
_LINES = frozenset({"lineChart", "line3DChart", "scatterChart"})
_A, _C = (f"{{{NAMESPACES[prefix]}}}" for prefix in "ac")
_AXES = frozenset(f"{_C}{kind}Ax" for kind in ("cat", "val", "date", "ser"))
_FILLS = tuple(f"a:{kind}" for kind in ("noFill", "solidFill", "pattFill", "gradFill", "blipFill"))


class Look(Struct, frozen=True):
    """The look of a series, or of points that differ from their series.

    Attributes:
        color: six hex digits, mixed with the background if it is transparent.
        form: pattern of an area, or "outline" if the outline contrasts with the fill; dash and marker of a line.
        named: whether its name is beside it.
    """

    name: str
    color: str
    form: tuple[str, ...]
    named: bool = False


class Neighbours(Struct, frozen=True):
    """Two looks side by side."""

    one: Look
    other: Look

    @property
    def ratio(self) -> float:
        """Contrast of both in grey, 1 to 21."""
        return contrast(self.one.color, self.other.color)

    @property
    def told_apart(self) -> bool:
        """Whether greys, patterns, dashes or markers differ, or both are named."""
        return self.ratio >= LEAST or self.one.form != self.other.form or (self.one.named and self.other.named)


def check_charts(slide: str, place: str, package: PackageFile, report: Report) -> None:
    """Report neighbours that aren't distinct when printed in grey, and text that is too small.

    Args:
        slide: part name of the slide.
        place: its name in messages.
        package: the package with the slide.
        report: where problems go.
    """
    for part in charts_of(slide, package):
        chart = package.tree(part)
        for pair in neighbours(chart, scheme_at(slide, package)):
            if not pair.told_apart:
                report.warn(
                    f"{place}: {pair.one.name!r} and {pair.other.name!r} look alike in grey ({pair.ratio:.1f}:1)",
                    package.at,
                    f"make one lighter ({LEAST:g}:1), dashed or patterned, or write its name beside it",
                    "grey-series",
                )
        for name in empty_series(chart):
            report.warn(
                f"{place}: the series {name!r} has no points", package.at, "delete it from the chart", "no-points"
            )
        small = min(sizes(chart), default=FLOOR)
        if small < FLOOR - 0.05:
            report.warn(
                f"{place}: a chart has text of {small:g} pt",
                package.at,
                f"text under {FLOOR:g} pt can't be read from the back; name fewer things in it",
                "small-text",
            )


def empty_series(chart: Node) -> Iterator[str]:
    """Yield the names of series that state a number of values but have none of them."""
    for series in chart.iterfind("c:chart/c:plotArea/*/c:ser", NAMESPACES):
        values = [node for path in ("c:val", "c:yVal") for node in series.iterfind(f"{path}//c:numCache", NAMESPACES)]
        if not any(node.find("c:pt", NAMESPACES) is not None for node in values):
            yield _name(series)


def charts_of(slide: str, package: PackageFile) -> Iterator[str]:
    """Yield the part names of a slide's charts."""
    for relation in package.relations(slide):
        if relation.kind == "chart" and relation.target in package.blobs:
            yield relation.target


def scheme_at(slide: str, package: PackageFile) -> Scheme:
    """Return the colours of a slide, from its own or its master's colour map."""
    layout = package.related(slide, "slideLayout")
    master = package.related(layout, "slideMaster") if layout else ""
    theme = package.related(master, "theme") if master else ""
    mapping = package.tree(slide).find("p:clrMapOvr/a:overrideClrMapping", NAMESPACES)
    if mapping is None and master:
        mapping = package.tree(master).find("p:clrMap", NAMESPACES)
    return scheme_of(package.tree(theme) if theme else None, mapping)


def sizes(chart: Node) -> Iterator[float]:
    """Yield the point sizes of a chart's texts, except on hidden axes."""
    for node in chart.iter(f"{_A}defRPr", f"{_A}rPr"):
        axis = next((above for above in node.iterancestors() if above.tag in _AXES), None)
        deleted = axis.find("c:delete", NAMESPACES) if axis is not None else None
        if node.get("sz") and (deleted is None or deleted.get("val", "1") in ("0", "false")):
            yield whole(node, "sz") / 100


def neighbours(chart: Node, scheme: Scheme) -> Iterator[Neighbours]:
    """Yield neighbours in each plot: series in their order, and a series and its own points.

    Dashed lines and hairlines without a marker are references and axes, so they have no neighbours. Rows of a forest plot look alike
    on purpose: each is named on its row.
    """
    rows = _named_rows(chart)
    for plot in chart.iterfind("c:chart/c:plotArea/*", NAMESPACES):
        kind = str(plot.tag).rpartition("}")[2]
        if kind not in _AREAS | _LINES:
            continue
        series = [
            (node, _look(node, scheme, rows, areas=kind in _AREAS)) for node in plot.iterfind("c:ser", NAMESPACES)
        ]
        drawn = [(node, look) for node, look in series if look is not None]
        yield from (Neighbours(one, other) for (_, one), (_, other) in pairwise(drawn))
        for node, look in drawn:
            points = (
                _look(point, scheme, frozenset(), areas=kind in _AREAS, usual=look)
                for point in node.iterfind("c:dPt", NAMESPACES)
            )
            others = {own.color: own for own in points if own is not None and own.color != look.color}
            yield from (Neighbours(look, others[color]) for color in sorted(others))


def _look(node: Node, scheme: Scheme, rows: frozenset[str], *, areas: bool, usual: Look | None = None) -> Look | None:
    """Return the look of a series, or of a point whose series has the ``usual`` one; ``None`` if it isn't drawn."""
    name = usual.name if usual else _name(node)
    named = usual is None and _is_named(node, name, rows)
    shape = node.find("c:spPr", NAMESPACES)
    automatic = (
        usual.color if usual else scheme.hex(Paint(f"accent{whole(node.find('c:idx', NAMESPACES), 'val') % 6 + 1}"))
    )
    line = shape.find("a:ln", NAMESPACES) if shape is not None else None
    if areas:
        color, pattern = _fill(shape, scheme, automatic)
        edge, _ = _fill(line, scheme, "")
        outlined = "outline" if color and edge and contrast(edge, color) >= LEAST else ""
        return Look(name, color, (pattern or outlined,), named) if color else None
    color, _ = _fill(line, scheme, automatic)
    dash = _value(line, "a:prstDash", "solid") if color else ""
    marker = _value(node, "c:marker/c:symbol", "" if usual is None else usual.form[-1])
    if marker == "none" and (dash == "dash" or (line is not None and whole(line, "w", HAIRLINE) < HAIRLINE)):
        return None
    if marker != "none" and (not color or usual):
        color, _ = _fill(node.find("c:marker/c:spPr", NAMESPACES), scheme, automatic)
    return Look(name, color, (dash, marker), named) if color else None


def _value(node: Node | None, path: str, default: str) -> str:
    found = node.find(path, NAMESPACES) if node is not None else None
    return str(found.get("val")) if found is not None else default


def _fill(shape: Node | None, scheme: Scheme, automatic: str) -> tuple[str, str]:
    """Return the colour and pattern of a fill or a line; no colour if there is none."""
    found = next((f for path in _FILLS if shape is not None and (f := shape.find(path, NAMESPACES)) is not None), None)
    if found is None:
        return automatic, ""
    holder = found.find("a:fgClr", NAMESPACES) if found.get("prst") else found
    paint = paint_of(holder)
    if paint is None:
        return ("" if found.tag == f"{_A}noFill" else automatic), str(found.tag).rpartition("}")[2]
    alpha = holder.find("*/a:alpha", NAMESPACES) if holder is not None else None
    share = whole(alpha, "val", 100_000) / 100_000
    over, under = rgb(scheme.hex(paint)), rgb(scheme.hex(Paint("bg1")))
    r, g, b = (share * one + (1 - share) * other for one, other in zip(over, under, strict=True))
    return hexed((r, g, b)), str(found.get("prst", ""))


def _name(series: Node) -> str:
    return " ".join(v.text or "" for v in series.iterfind("c:tx//c:v", NAMESPACES)).strip()


def _words(node: Node) -> str:
    return "".join("".join(t.text or "" for t in node.iter(f"{_A}t")).split())


def _is_named(series: Node, name: str, rows: frozenset[str]) -> bool:
    """Whether the labels of a series show its name, or all its points are on a named row."""
    labels = series.find("c:dLbls", NAMESPACES)
    if labels is not None and name:
        if _value(labels, "c:showSerName", "0") in ("1", "true"):
            return True
        if any("".join(name.split()) in _words(label) for label in labels.iterfind("c:dLbl", NAMESPACES)):
            return True
    heights = _cached(series)
    return bool(heights) and len({*heights}) == 1 and heights[0] in rows


def _cached(series: Node) -> list[str]:
    """Return the y values of a scatter plot's points."""
    return [v.text or "" for v in series.iterfind("c:yVal//c:pt/c:v", NAMESPACES)]


def _named_rows(chart: Node) -> frozenset[str]:
    """Return the y values at which a scatter plot has labelled points."""
    rows = set()
    for series in chart.iterfind("c:chart/c:plotArea/c:scatterChart/c:ser", NAMESPACES):
        points = {
            whole(p, "idx"): p.findtext("c:v", "", NAMESPACES) for p in series.iterfind("c:yVal//c:pt", NAMESPACES)
        }
        for label in series.iterfind("c:dLbls/c:dLbl", NAMESPACES):
            if _words(label):
                rows.add(points.get(whole(label.find("c:idx", NAMESPACES), "val"), ""))
    return frozenset(rows - {""})
