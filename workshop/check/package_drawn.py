"""Checks of a package's charts: are neighbouring series distinct when printed in grey, and is all text readable?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from msgspec import Struct

from workshop.errors import Report
from workshop.files.package_file import NAMESPACES, TYPES_PART, Node, PackageFile, Relation, content_types, whole
from workshop.files.presentation import Scheme, contrast, hexed, paint_of, rgb, scheme_of
from workshop.files.schema import CHOICE, EITHER, FALLBACK, selected
from workshop.model.theme import Paint

# ---------------------------------------------------------------- package charts
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


# ---------------------------------------------------------------- neighbours
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


# ---------------------------------------------------------------- names
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


# ---------------------------------------------------------------- package equations
# Checks of what a slide has twice, for newer and for older programs, and of the equations in it.
#
# Markup compatibility is ISO/IEC 29500-3; equations are ECMA-376, part 1, section 22.1.
_M, _A14 = (f"{{{NAMESPACES[prefix]}}}" for prefix in ("m", "a14"))
# The children of an element, in order; those in brackets may be missing, one with a plus may come again
ORDER = {
    "f": "[fPr] num den",
    "rad": "[radPr] [deg] e",
    "sSub": "[sSubPr] e sub",
    "sSup": "[sSupPr] e sup",
    "sSubSup": "[sSubSupPr] e sub sup",
    "sPre": "[sPrePr] sub sup e",
    "nary": "[naryPr] [sub] [sup] e",
    "func": "[funcPr] fName e",
    "limLow": "[limLowPr] e lim",
    "limUpp": "[limUppPr] e lim",
    "acc": "[accPr] e",
    "bar": "[barPr] e",
    "box": "[boxPr] e",
    "borderBox": "[borderBoxPr] e",
    "groupChr": "[groupChrPr] e",
    "phant": "[phantPr] e",
    "d": "[dPr] e+",
    "eqArr": "[eqArrPr] e+",
    "m": "[mPr] mr+",
    "mr": "e+",
    "mcs": "mc+",
    "mc": "mcPr",
    "oMathPara": "[oMathParaPr] oMath+",
    "oMathParaPr": "[jc]",
    "rPr": "[lit] [nor] [scr] [sty] [brk] [aln]",
    "fPr": "[type] [ctrlPr]",
    "radPr": "[degHide] [ctrlPr]",
    "naryPr": "[chr] [limLoc] [grow] [subHide] [supHide] [ctrlPr]",
    "accPr": "[chr] [ctrlPr]",
    "barPr": "[pos] [ctrlPr]",
    "groupChrPr": "[chr] [pos] [vertJc] [ctrlPr]",
    "dPr": "[begChr] [sepChr] [endChr] [grow] [shp] [ctrlPr]",
    "eqArrPr": "[baseJc] [maxDist] [objDist] [rSpRule] [rSp] [ctrlPr]",
    "mPr": "[baseJc] [plcHide] [rSpRule] [cGpRule] [rSp] [cSp] [cGp] [mcs] [ctrlPr]",
    "mcPr": "[count] [mcJc]",
}
ORDER |= dict.fromkeys(("sSubPr", "sSupPr", "sPrePr", "funcPr", "limLowPr", "limUppPr"), "[ctrlPr]")
ORDER |= {"sSubSupPr": "[alnScr] [ctrlPr]"}
ARGUMENTS = frozenset({"e", "num", "den", "sub", "sup", "deg", "lim", "fName"})
# what hides an empty argument: the element of the properties of what the argument belongs to
HIDES = {"deg": "degHide", "sub": "subHide", "sup": "supHide"}
ON = (None, "1", "on", "true")


def check_markup(root: Node, place: str, package: PackageFile, report: Report) -> None:
    """Report what older programs don't show at all, since it has no form for them."""
    if any(either.find(FALLBACK) is None for either in root.iter(EITHER)):
        report.warn(
            f"{place} has mc:AlternateContent without mc:Fallback", package.at, "add what older programs may show", "fallback"
        )  # fmt: skip


def check_equations(root: Node, place: str, package: PackageFile, report: Report) -> None:
    """Report equations that programs would repair, show as an empty box, or not show at all."""
    for holder in root.iter(f"{_A14}m"):
        if not _is_chosen(holder):
            report.error(
                f"{place} has an equation that older programs can't skip", package.at,
                "put it into mc:AlternateContent", "equation",
            )  # fmt: skip
            break
    for what in dict.fromkeys(faults_of(root)):
        report.error(f"{place} has an equation {what}", package.at, "write the equation again", "equation")


def _is_chosen(node: Node) -> bool:
    return any(
        above.nsmap.get(prefix) == NAMESPACES["a14"]
        for above in node.iterancestors(CHOICE)
        for prefix in str(above.get("Requires", "")).split()
    )


def faults_of(root: Node) -> Iterator[str]:
    """Yield in words what is wrong with the equations below a node."""
    for math in root.iter(f"{_M}oMath", f"{_M}oMathPara"):
        for node in math.iter():
            name = str(node.tag).removeprefix(_M)
            children = [str(child.tag).removeprefix(_M) for child in node]
            if name in ORDER and not _in_order(ORDER[name].split(), children):
                yield f"whose {name} holds {' '.join(children) or 'nothing'}"
            if name in ARGUMENTS and not _has_content(children) and not _is_hidden(node, name):
                yield f"with an empty {name}"


def _in_order(wanted: list[str], children: list[str]) -> bool:
    rest = list(children)
    for one in wanted:
        name = one.strip("[]+")
        if rest and rest[0] == name:
            rest.pop(0)
            while one.endswith("+") and rest and rest[0] == name:
                rest.pop(0)
        elif not one.startswith("["):
            return False
    return not rest


def _has_content(children: list[str]) -> bool:
    return any(name not in ("argPr", "ctrlPr") for name in children)


def _is_hidden(node: Node, name: str) -> bool:
    owner, tag = node.getparent(), HIDES.get(name, "")
    if owner is not None and owner.tag == f"{_M}mr":
        owner, tag = owner.getparent(), "plcHide"
    sign = owner.find(f"*/m:{tag}", NAMESPACES) if owner is not None and tag else None
    return sign is not None and sign.get(f"{_M}val") in ON


# ---------------------------------------------------------------- package content
# Checks of other content of a package: active content, anything fetched from elsewhere, names of people.
MOST_NAMED = 3  # of one kind
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # first bytes of objects of other programs and of macros
WEB = re.compile(r"(https?://|mailto:)[^\s\\]+", re.IGNORECASE)
# kinds of relationship, or last words of a content type, in lower case -> the active content that they mean
RUNS: Mapping[str, str] = {
    "vbaproject": "macros",
    "vbadata": "macros",
    "oleobject": "an object of another program",
    "activex": "a control that runs code",
    "activexcontrolbinary": "a control that runs code",
    "control": "a control that runs code",
    "extensibility": "buttons that start something",
    "webextension": "an add-in",
    "taskpane": "an add-in",
}
MACROS = re.compile(r"macroenabled|vbaproject", re.IGNORECASE)
ACTIONS: Mapping[str, str] = {
    "program": "a click that starts a program",
    "macro": "a click that starts a macro",
    "ole": "a click that opens an object of another program",
    "hlinkfile": "a click that opens another file",
    "hlinkpres": "a click that opens another presentation",
}
_EMBEDS = (
    "drawingml.chart+xml",
    "ms-office.chartex+xml",
    "drawingml.diagramData+xml",
)  # their embedded file has the data that they show
_PROPERTIES = {"lastModifiedBy": "the person who saved it last", "Manager": "a manager", "Company": "a company"}


def check_content(package: PackageFile, report: Report) -> None:
    """Report active content, content that is fetched from elsewhere, and the names of people."""
    for what, places in sorted(_grouped(_active(package)).items()):
        report.warn(
            f"it has {what}: {_listed(places)}", package.at, "delete it, or pass the file on as PDF", "active-content"
        )
    for what, places in sorted(_grouped(_external(package)).items()):
        report.warn(
            f"{what}: {_listed(places)}", package.at, "put it into the file, or take it out", "external-content"
        )
    if names := tuple(dict.fromkeys(_people(package))):
        report.warn(
            f"it names people who commented on it: {_listed(names)}",
            package.at,
            "File > Info > Inspect Document takes the names out",
            "people",
        )
    for what, name in _properties(package):
        report.advise(
            f"its properties name {what}: {name}", package.at, "File > Info > Inspect Document takes it out", "people"
        )


def _grouped(found: Iterator[tuple[str, str]]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for what, place in found:
        if place not in groups.setdefault(what, []):
            groups[what].append(place)
    return groups


def _listed(names: list[str] | tuple[str, ...]) -> str:
    """Return a comma-separated list of names; if there are many, the first ones and the number of the others."""
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more


def _active(package: PackageFile) -> Iterator[tuple[str, str]]:
    """Yield what could run, and the part that contains it."""
    for node in package.tree(TYPES_PART):
        kind, part = str(node.get("ContentType", "")), str(node.get("PartName", node.get("Extension", ""))).lstrip("/")
        last = re.split(r"[.+/-]", kind.removesuffix("+xml"))[-1].lower()
        if MACROS.search(kind):
            yield "macros", part
        elif last in RUNS:
            yield RUNS[last], part
    types = content_types(package)
    for owner in ("", *package.parts()):
        for relation in package.relations(owner):
            if relation.kind.lower() in RUNS and not relation.external:
                yield RUNS[relation.kind.lower()], relation.target
            elif relation.kind == "package" and owner and not types[owner].endswith(_EMBEDS):
                yield "an embedded file", relation.target
            elif not relation.external and _is_compound(package, relation):
                yield "an object of another program", relation.target
        if owner.endswith(".xml"):
            yield from ((what, owner) for what in _actions(package.tree(owner)))


def _is_compound(package: PackageFile, relation: Relation) -> bool:
    """Whether a part is a file of an old office program, whatever its name."""
    name = relation.target
    return name in package.blobs and not name.endswith(".xml") and package.blobs[name].startswith(COMPOUND)


def _actions(root: Node) -> Iterator[str]:
    for action in selected(root, "//@action"):
        scheme, _, verb = str(action).partition("://")
        if scheme.lower() == "ppaction" and (word := verb.partition("?")[0].lower()) in ACTIONS:
            yield ACTIONS[word]


def _external(package: PackageFile) -> Iterator[tuple[str, str]]:
    """Yield external content and its address: anything that programs fetch automatically, and links to files."""
    for owner in ("", *package.parts()):
        for relation in package.relations(owner):
            if not relation.external:
                continue
            if relation.kind != "hyperlink":
                yield f"it fetches its {relation.kind} from elsewhere when it is opened", relation.target
            elif relation.target.strip() and not relation.target.startswith("#") and not WEB.fullmatch(relation.target):
                yield "a link opens a file, not a web page", relation.target


def _people(package: PackageFile) -> Iterator[str]:
    """Yield the names of people who commented on a deck."""
    for owner in package.parts():
        for relation in package.relations(owner):
            if relation.kind in ("commentAuthors", "authors", "person") and relation.target in package.blobs:
                for node in package.tree(relation.target).iter():
                    if name := str(node.get("name") or node.get("displayName") or "").strip():
                        yield name


def _properties(package: PackageFile) -> Iterator[tuple[str, str]]:
    """Yield the people named in the properties, except the author, who is named on purpose."""
    texts: dict[str, str] = {}
    for relation in package.relations(""):
        if relation.kind in ("core-properties", "extended-properties") and relation.target in package.blobs:
            for node in package.tree(relation.target):
                texts[str(node.tag).rpartition("}")[2]] = (node.text or "").strip()
    for key, what in _PROPERTIES.items():
        if texts.get(key) and texts[key] != texts.get("creator"):
            yield what, texts[key]
