"""The look of text in a template's placeholder; each property comes from the nearest of layout, master and text style."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from workshop.errors import At, Problem, Severity
from workshop.files.package_file import NAMESPACES, Node, whole
from workshop.files.presentation_colors import Scheme, paint_of
from workshop.fonts import ARIMO
from workshop.model.numbers import decimal
from workshop.model.theme import Paint
from workshop.templates.stripped import FARTHEST

# ---------------------------------------------------------------- look
LEVELS = 3
USUAL_SIZE = 18.0
INSET, INSET_Y = 91_440, 45_720  # of a text frame that has none


class TextLook(Struct, frozen=True, kw_only=True):
    """The properties that text in a placeholder inherits.

    Attributes:
        sizes: point size of each level.
        paint, color: colour of level one; ``color`` in six hex digits.
        bullet: whether level one is a list.
        indents: left margin of each level in EMU.
        line: pitch in percent; ``before`` is the space in points above a paragraph.
        inset, inset_y: space in EMU beside and above the text.
    """

    sizes: tuple[float, ...]
    bold: bool
    family: str
    paint: Paint
    color: str
    align: str
    anchor: str
    bullet: bool
    indents: tuple[int, ...]
    line: int
    before: float
    inset: int
    inset_y: int
    capitals: bool = False
    rtl: bool = False


class Fonts(Struct, frozen=True):
    """The typefaces of a theme, for headings and for text."""

    major: str
    minor: str


def fonts_of(theme: Node | None) -> Fonts:
    """Return the theme's Latin typefaces; Arial if it names none."""
    names = []
    for which in ("majorFont", "minorFont"):
        path = f"a:themeElements/a:fontScheme/a:{which}/a:latin"
        node = theme.find(path, NAMESPACES) if theme is not None else None
        names.append(str(node.get("typeface", "")) if node is not None else "")
    return Fonts(names[0] or "Arial", names[1] or "Arial")


def text_look(
    chain: Sequence[Node], styles: Node | None, style: str, scheme: Scheme, fonts: Fonts, *, wide: bool = True
) -> TextLook:
    """Return the look of a placeholder's text.

    Args:
        chain: the layout's placeholder, then the master's.
        styles: the master's ``p:txStyles``; ``style`` is the name of the style that applies.
        wide: whether text is horizontal; if not, insets are rotated.
    """
    levels = [list(_levels(chain, styles, style, level)) for level in range(LEVELS)]
    first = levels[0]
    paint = next((p for node in first if (p := paint_of(_of(node, "a:defRPr/a:solidFill"))) is not None), Paint("tx1"))
    faces = (str(n.get("typeface")) for node in first if (n := _of(node, "a:defRPr/a:latin")) is not None)
    face = next(faces, "+mj-lt" if style == "titleStyle" else "+mn-lt")
    family = {"+mj-lt": fonts.major, "+mn-lt": fonts.minor}.get(face, face)
    inset = max(_body(chain, "lIns", INSET), _body(chain, "rIns", INSET))
    inset_y = max(_body(chain, "tIns", INSET_Y), _body(chain, "bIns", INSET_Y))
    sizes = tuple(_number(level, "a:defRPr", "sz", USUAL_SIZE * 100) / 100 for level in levels)
    return TextLook(
        sizes=sizes,
        bold=_text(first, "a:defRPr", "b") in ("1", "true"),
        family=family,
        paint=paint,
        color=scheme.hex(paint),
        align=_text(first, ".", "algn") or "l",
        anchor=next((a for s in chain if (a := _frame(s, "anchor"))), "t"),
        bullet=_is_list(first),
        indents=tuple(round(_number(level, ".", "marL", 0)) for level in levels),
        line=_pitch(first, sizes[0]),
        before=_before(first, sizes[0]),
        inset=inset if wide else inset_y,
        inset_y=inset_y if wide else inset,
        capitals=_text(first, "a:defRPr", "cap") == "all",
        rtl=_text(first, ".", "rtl") in ("1", "true"),
    )


def _levels(chain: Sequence[Node], styles: Node | None, style: str, level: int) -> Iterator[Node]:
    """Yield the properties of a level, the nearest first."""
    for shape in chain:
        node = shape.find(f"p:txBody/a:lstStyle/a:lvl{level + 1}pPr", NAMESPACES)
        if node is not None:
            yield node
    node = styles.find(f"p:{style}/a:lvl{level + 1}pPr", NAMESPACES) if styles is not None else None
    if node is not None:
        yield node


def _of(node: Node, path: str) -> Node | None:
    return node if path == "." else node.find(path, NAMESPACES)


def _text(levels: Sequence[Node], path: str, key: str) -> str:
    return next((str(n.get(key)) for node in levels if (n := _of(node, path)) is not None and n.get(key)), "")


def _number(levels: Sequence[Node], path: str, key: str, default: float) -> float:
    number = decimal(_text(levels, path, key), -FARTHEST, FARTHEST)
    return default if number is None else number


def _frame(shape: Node, key: str) -> str:
    node = shape.find("p:txBody/a:bodyPr", NAMESPACES)
    return str(node.get(key) or "") if node is not None else ""


def _body(chain: Sequence[Node], key: str, default: int) -> int:
    for shape in chain:
        node = shape.find("p:txBody/a:bodyPr", NAMESPACES)
        if node is not None and node.get(key):
            return whole(node, key, default)
    return default


def _is_list(levels: Sequence[Node]) -> bool:
    for node in levels:
        for child in node:
            kind = str(child.tag).rpartition("}")[2]
            if kind in ("buChar", "buAutoNum", "buBlip"):
                return True
            if kind == "buNone":
                return False
    return False


def _pitch(levels: Sequence[Node], size: float) -> int:
    """Return the line pitch in percent of 1.2 x size."""
    for node in levels:
        spacing = node.find("a:lnSpc", NAMESPACES)
        if spacing is not None:
            share, points = spacing.find("a:spcPct", NAMESPACES), spacing.find("a:spcPts", NAMESPACES)
            if share is not None:
                return round(whole(share, "val", 100_000) / 1000)
            if points is not None:
                return round(whole(points, "val", 1200) / (1.2 * size))
    return 100


def _before(levels: Sequence[Node], size: float) -> float:
    """Return the points between two paragraphs."""
    total = 0.0
    for side in ("a:spcBef", "a:spcAft"):
        spacing = next((n for node in levels if (n := node.find(side, NAMESPACES)) is not None), None)
        if spacing is None:
            continue
        share, points = spacing.find("a:spcPct", NAMESPACES), spacing.find("a:spcPts", NAMESPACES)
        if share is not None:
            total += whole(share, "val", 100_000) / 100_000 * size
        elif points is not None:
            total += whole(points, "val") / 100
    return total


# ---------------------------------------------------------------- fonts
# Font files for measuring a template's typefaces: their own if they are given, else Arimo with a margin.
CAPITALS = " in capitals"
CAPITALS_WIDER = 1.22
USUAL_PITCH = 1.2
# Typeface -> (width of English text relative to Arial, at least 1; line height relative to its size), rounded up
KNOWN: Mapping[str, tuple[float, float]] = {
    "arial": (1.0, 1.2), "helvetica": (1.0, 1.2), "helvetica neue": (1.0, 1.2), "liberation sans": (1.0, 1.2),
    "calibri": (1.0, 1.22), "calibri light": (1.0, 1.22), "carlito": (1.0, 1.22), "cambria": (1.0, 1.2),
    "times new roman": (1.0, 1.2), "georgia": (1.0, 1.2), "garamond": (1.0, 1.2), "aptos": (1.02, 1.28),
    "aptos display": (1.0, 1.28), "segoe ui": (1.02, 1.33), "tahoma": (1.0, 1.21), "verdana": (1.18, 1.22),
    "trebuchet ms": (1.0, 1.2), "century gothic": (1.1, 1.2), "franklin gothic book": (1.0, 1.2),
    "gill sans mt": (1.0, 1.2), "corbel": (1.0, 1.22), "candara": (1.0, 1.22), "open sans": (1.06, 1.37),
    "roboto": (1.0, 1.2), "lato": (1.0, 1.2), "montserrat": (1.16, 1.22), "poppins": (1.13, 1.5),
    "noto sans": (1.16, 1.37), "inter": (1.06, 1.22), "raleway": (1.05, 1.2), "source sans pro": (1.0, 1.26),
    "dejavu sans": (1.16, 1.2), "ibm plex sans": (1.02, 1.3),
}  # fmt: skip
UNKNOWN = (1.08, 1.28)
# Typeface -> width of its bold text relative to bold Arial, where that is more than for regular text. Programs without Noto Sans
# or Montserrat take DejaVu Sans, so they count as that wide.
BOLDER: Mapping[str, float] = {
    "verdana": 1.22,
    "dejavu sans": 1.22,
    "noto sans": 1.22,
    "tahoma": 1.08,
    "montserrat": 1.22,
}
SAMPLE = (
    "The quick brown fox jumps over the lazy dog, and nobody who asks for figures gets fewer than 1,234,567 of them."
)
SAFE = 1.02  # how much wider single words may be than the sample


# Ends of the names of families that are one weight of another family, and so have no bold of their own
WEIGHTS = ("thin", "extralight", "light", "medium", "semibold", "demibold")


def whole_family(family: str, given: Mapping[tuple[str, bool], Path]) -> str:
    """Return the family of which one is a weight, if its widths are known; a family with a file of its own is as it is.

    >>> whole_family("Calibri Light", {}), whole_family("Corporate Light", {})
    ('Calibri', 'Corporate Light')
    """
    base, _, weight = family.rpartition(" ")
    own = family.lower() in {name.lower() for name, _ in given}
    return base if not own and weight.lower() in WEIGHTS and width_of(base, given).known else family


class Faces(Struct, frozen=True):
    """Fonts and factors for measuring text.

    Attributes:
        files: (family, bold) -> file.
        scale: family -> how much wider its text is than with the file.
        pitch: family -> line height relative to its size.
    """

    files: Mapping[tuple[str, bool], Path]
    scale: Mapping[str, float]
    pitch: Mapping[str, float]

    def line(self, family: str, percent: int) -> int:
        """Return the actual line pitch of this typeface, in percent of 1.2 x size; it is never less than asked for."""
        return round(percent * max(1.0, self.pitch.get(family, UNKNOWN[1]) / USUAL_PITCH))


def faces(families: tuple[str, ...], given: Mapping[tuple[str, bool], Path]) -> Faces:
    """Return the fonts and factors for measuring some families.

    Args:
        families: their names in the template.
        given: (family, bold) -> file from the user.
    """
    files: dict[tuple[str, bool], Path] = {}
    scale: dict[str, float] = {}
    pitch: dict[str, float] = {}
    named = {(family.lower(), bold): path for (family, bold), path in given.items()}
    for family in families:
        own = named.get((family.lower(), False)) or named.get((family.lower(), True))
        wide, high = KNOWN.get(family.lower(), UNKNOWN)
        for bold in (False, True):
            files[family, bold] = named.get((family.lower(), bold)) or own or ARIMO
        scale[family] = 1.0 if own else wide
        pitch[family] = _font_pitch(own) if own else high
        for capitals in (False, True):
            files[family + CAPITALS, capitals] = files[family, capitals]
        scale[family + CAPITALS], pitch[family + CAPITALS] = scale[family] * CAPITALS_WIDER, pitch[family]
    return Faces(files, scale, pitch)


class Width(Struct, frozen=True, kw_only=True):
    """How wide a typeface is.

    Attributes:
        factor: how many times smaller text is set so that it is no wider than Arial's; 1 for a narrow typeface.
        measured: how much wider text is, at that smaller size, than with the file that measures it at the usual size.
        pitch: line height relative to the size.
        known: whether all this comes from a file or from the table.
    """

    factor: float
    measured: float
    pitch: float
    known: bool


def width_of(family: str, given: Mapping[tuple[str, bool], Path]) -> Width:
    """Return how wide a typeface is, from its file if there is one, else from the table.

    >>> width_of("Verdana", {}).factor, width_of("Arial", {}).factor
    (1.22, 1.0)
    """
    named = {(name.lower(), bold): path for (name, bold), path in given.items()}
    key = family.lower()
    regular = named.get((key, False)) or named.get((key, True))
    if regular is not None:
        own = {False: regular, True: named.get((key, True)) or regular}
        factor = max(1.0, SAFE * max(_advance(path, bold) / _advance(ARIMO, bold) for bold, path in own.items()))
        return Width(factor=factor, measured=1 / factor, pitch=_font_pitch(regular), known=True)
    wide, high = KNOWN.get(key, UNKNOWN)
    return Width(factor=max(wide, BOLDER.get(key, wide)), measured=1.0, pitch=high, known=key in KNOWN)


def _advance(path: Path, bold: bool) -> float:
    """Return the width of the sample in em."""
    import uharfbuzz as hb

    font = hb.Font(hb.Face(hb.Blob.from_file_path(str(path))))
    font.set_variations({"wght": 700.0 if bold else 400.0})
    buffer = hb.Buffer()
    buffer.add_str(SAMPLE)
    buffer.guess_segment_properties()
    hb.shape(font, buffer)
    return float(sum(p.x_advance for p in buffer.glyph_positions) / font.face.upem)


def _font_pitch(path: Path) -> float:
    import uharfbuzz as hb

    font = hb.Font(hb.Face(hb.Blob.from_file_path(str(path))))
    extents = font.get_font_extents("ltr")
    return float((extents.ascender - extents.descender + extents.line_gap) / font.face.upem)


def advice(families: tuple[str, ...], given: Mapping[tuple[str, bool], Path], at: At) -> tuple[Problem, ...]:
    """Return one piece of advice if any typeface is measured with another one's file."""
    known = {family.lower() for family, _ in given} | {"arial", "liberation sans", "helvetica"}
    missing = [family for family in families if family.lower() not in known]
    if not missing:
        return ()
    return (
        Problem(
            f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} measured with Arimo, with room to spare",
            at,
            hint=f'--font-file "{missing[0]}=FILE.ttf" measures it exactly',
            code="font",
            severity=Severity.ADVICE,
        ),
    )
