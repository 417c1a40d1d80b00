"""What somebody did to a slide, written as lines that people read, and read again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree
from msgspec.structs import replace

from workshop.files.canonical import TO
from workshop.files.carried import CARRIED
from workshop.files.operations import Operation
from workshop.model.closed import written
from workshop.model.slide_edit import EditLine

# Names that elements in a shape have; whatever else comes after the tree of shapes is the name of a shape
INSIDE = frozenset(
    [
        "nvSpPr",
        "nvPicPr",
        "nvGraphicFramePr",
        "nvGrpSpPr",
        "nvCxnSpPr",
        "nvContentPartPr",
        "spPr",
        "grpSpPr",
        "style",
        "txBody",
        "blipFill",
        "graphic",
        "xfrm",
        "extLst",
        "AlternateContent",
    ]
)
TREE = ("cSld", "spTree")
BODY = "txBody"
LOOKS = ("rPr", "pPr", "endParaRPr")
TEXTS = ("words", "lines", "format", "paragraph")
PLAIN = {"@b": "bold", "@i": "italic", "@u": "underline", "@sz": "size", "@lang": "language", "solidFill": "colour", "latin": "font", "hlinkClick": "link"}  # fmt: skip
BOOLEAN = ("bold", "italic")
NONE = "none"
POINT = 100  # hundredths of a point
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
COLOUR = re.compile(rf'<a:solidFill xmlns:a="{A}"><a:(srgbClr|schemeClr) val="(\w+)"></a:\1></a:solidFill>')
FONT = re.compile(rf'<a:latin xmlns:a="{A}" typeface="([^"<>&]+)"></a:latin>')
LINK = re.compile(rf'<a:hlinkClick xmlns:a="{A}" xmlns:r="[^"]+" r:id="{TO}hyperlink ([^"<>&]+)"></a:hlinkClick>')
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PLACE = re.compile(
    rf'<a:xfrm xmlns:a="{A}"><a:off x="(-?\d+)" y="(-?\d+)"></a:off><a:ext cx="(\d+)" cy="(\d+)"></a:ext></a:xfrm>'
)
EMU = 914_400  # in an inch
DIGITS = 6  # of inches, so that no EMU is lost
RGB = re.compile(r"[0-9A-Fa-f]{6}")


def _step(text: str) -> str:
    return text.replace("%", "%25").replace("/", "%2F")


def _steps(text: str) -> tuple[str, ...]:
    return tuple(one.replace("%2F", "/").replace("%25", "%") for one in text.split("/")) if text else ()


# ---------------------------------------------------------------- written
def lines_of(found: Iterable[Operation], audience: str) -> list[tuple[EditLine, tuple[Operation, ...]]]:
    """Return the lines of a slide's operations, each with those that it stands for; what is done to the same words is one line.

    Args:
        found: operations that ``why_not`` has nothing against.
        audience: whom they are for.
    """
    lines: list[tuple[EditLine, tuple[Operation, ...]]] = []
    for one in found:
        line = _line(one).but(for_=audience)
        last, whose = lines[-1] if lines else (EditLine(), ())
        key = PLAIN.get(one.key, "") if one.kind == "format" else ""
        same = key and not line.spot and last.but(**dict.fromkeys(PLAIN.values(), "")) == line.but(**{key: ""})
        if same and not getattr(last, key):
            lines[-1] = last.but(**{key: getattr(line, key)}), (*whose, one)
        else:
            lines.append((line, (one,)))
    return lines


def _line(one: Operation) -> EditLine:
    inner = one.part.partition("]")[2].strip("/").removesuffix("chart").rstrip("/")
    notes = one.part.endswith("]/notesSlide")
    path, shape = one.path, []
    if path[:2] == TREE:
        path = path[2:]
        while path and path[0].partition("#")[0] not in INSIDE:
            shape.append(path[0])
            path = path[1:]
    line = EditLine(shape=shape[0] if len(shape) == 1 else tuple(shape), notes=notes, chart="" if notes else inner)
    if not shape and one.path[:2] == TREE:
        path = one.path
    spot = "/".join(map(_step, path))
    return _of_text(one, line, spot) if one.kind in TEXTS else _of_element(one, line, spot)


def _of_element(one: Operation, line: EditLine, spot: str) -> EditLine:
    if one.kind == "attribute":
        line = line.but(spot=f"{spot}/@{_step(one.key.replace(f'{{{R}}}', 'r:'))}".lstrip("/"), was=one.was)
        return line.but(removed=True) if one.now is None else line.but(now=one.now)
    if one.kind == "text":
        return line.but(spot=spot, was=one.was or "", now=one.now or "")
    if one.kind == "order":
        return line.but(spot=spot, order=tuple((one.now or "").split("\n")))
    if one.kind == "removed":
        return line.but(spot=spot, removed=True)
    place = PLACE.fullmatch(one.now or "") if one.kind == "added" and spot == "spPr/xfrm" else None
    if place:
        return line.but(box=tuple(round(int(side) / EMU, DIGITS) for side in place.groups()))
    return line.but(spot=spot, xml=one.now or "", after=one.after, was=NONE if one.kind == "added" else None)


def _of_text(one: Operation, line: EditLine, spot: str) -> EditLine:
    where = "" if spot == BODY else spot
    if one.kind == "words":
        line = line.but(spot=where, text=one.was, paragraph=one.at + 1)
        return line.but(words=one.now) if one.now else line.but(removed=True)
    if one.kind == "lines":
        return line.but(spot=where, text=one.was, before=one.before, paragraph=one.at + 1, xml=one.xml, words=one.now, removed=not one.xml)  # fmt: skip
    line = line.but(text=one.quote, before=one.before, after=one.after, paragraph=one.at + 1)
    plain = PLAIN.get(one.key, "") if one.kind == "format" else ""
    said = _plain(plain, one.now) if plain else None
    if said is not None:
        return line.but(spot=where, **{plain: said})
    key = one.key if one.kind == "paragraph" else f"rPr/{one.key}"
    line = line.but(spot=f"{where}/{key}".lstrip("/"))
    if one.now is None:
        return line.but(removed=True)
    return line.but(xml=one.now) if one.now.startswith("<") else line.but(now=one.now)


def _plain(name: str, value: str | None) -> str | None:
    """Return the value of a property as people write it; ``None`` if it has none such."""
    if value is None:
        return NONE
    if name in BOOLEAN:
        return "true" if value in ("1", "true") else "false"
    if name == "size":
        return f"{int(value) / POINT:g}" if value.isdecimal() else None
    found = {"colour": COLOUR, "font": FONT, "link": LINK}.get(name)
    match = found.fullmatch(value) if found else None
    return (match[2] if name == "colour" else match[1]) if match else None if found else value


def in_yaml(line: EditLine) -> str:
    """Return a line of a file of edits."""
    pairs = []
    for field, value in line:
        if value in (None, "", (), False, 0) and not (field in ("was", "now") and value == ""):
            continue
        given: Any = list(value) if isinstance(value, tuple) else value
        pairs.append(f"{written(field)}: {json.dumps(given, ensure_ascii=False)}")
    return f"- {{{', '.join(pairs)}}}"


# ---------------------------------------------------------------- read
def operations_of(line: EditLine, slide: str) -> list[Operation]:
    """Return the operations that a line stands for; what ``lines_of`` makes of them is the same line."""
    part = f"slide[{slide}]" + ("/notesSlide" if line.notes else f"/{line.chart}/chart" if line.chart else "")
    shapes = (line.shape,) if isinstance(line.shape, str) else line.shape
    front = (*TREE, *shapes) if line.shape else ()
    steps = _steps(line.spot)
    base = Operation(part=part, path=(*front, *steps), kind="")
    if line.paragraph:
        return list(_text_operations(line, replace(base, at=line.paragraph - 1), front, steps))
    if line.box:
        x, y, wide, high = (round(side * EMU) for side in (*line.box, 0, 0, 0, 0)[:4])
        now = f'<a:xfrm xmlns:a="{A}"><a:off x="{x}" y="{y}"></a:off><a:ext cx="{wide}" cy="{high}"></a:ext></a:xfrm>'
        return [replace(base, kind="added", path=(*front, "spPr", "xfrm"), now=now)]
    if line.order:
        return [replace(base, kind="order", now="\n".join(line.order))]
    if line.xml:
        kind = "added" if line.was == NONE else "replaced"
        return [replace(base, kind=kind, now=line.xml, after=line.after)]
    if steps and steps[-1].startswith("@"):
        value = None if line.removed else line.now or ""
        return [
            replace(
                base,
                kind="attribute",
                path=base.path[:-1],
                key=steps[-1][1:].replace("r:", f"{{{R}}}", 1),
                was=line.was,
                now=value,
            )
        ]
    if line.removed:
        return [replace(base, kind="removed")]
    return [replace(base, kind="text", was=line.was or "", now=line.now or "")]


def _text_operations(
    line: EditLine, base: Operation, front: tuple[str, ...], steps: tuple[str, ...]
) -> Iterator[Operation]:
    at = next((k for k in range(len(steps)) if steps[k] in LOOKS), None)
    key = "/".join(steps[at:]) if at is not None else ""
    body = steps[:at] or ((BODY,) if front else ())
    base = replace(base, path=(*front, *body))
    quoted = replace(base, quote=line.text or "", before=line.before, after=line.after)
    if key:
        kind, own = ("format", key[len("rPr/") :]) if key.startswith("rPr/") else ("paragraph", key)
        yield replace(quoted, kind=kind, key=own, now=None if line.removed else line.xml or line.now or "")
        return
    named = [(key, name, getattr(line, name)) for key, name in PLAIN.items() if getattr(line, name)]
    for own, name, value in named:
        yield replace(quoted, kind="format", key=own, now=_meant(name, value))
    if named:
        return
    if line.xml or (line.removed and line.words is None and line.before):
        yield replace(base, kind="lines", was=line.text, now=line.words, before=line.before, xml=line.xml)
    else:
        yield replace(base, kind="words", was=line.text or "", now=line.words or "")


def _meant(name: str, value: str) -> str | None:
    """Return the value of a property in XML."""
    if value == NONE:
        return None
    if name in BOOLEAN:
        return "1" if value.casefold() in ("true", "yes", "1") else "0"
    if name == "size":
        return str(round(float(value) * POINT))
    if name == "colour":
        kind = "srgbClr" if RGB.fullmatch(value) else "schemeClr"
        return f'<a:solidFill xmlns:a="{A}"><a:{kind} val="{value}"></a:{kind}></a:solidFill>'
    if name == "font":
        return f'<a:latin xmlns:a="{A}" typeface="{_escaped(value)}"></a:latin>'
    if name == "link":
        return f'<a:hlinkClick xmlns:a="{A}" xmlns:r="{R}" r:id="{TO}hyperlink {_escaped(value)}"></a:hlinkClick>'
    return value


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


# ---------------------------------------------------------------- what can be replayed
SAID = {
    "oleObject": "an embedded object",
    "control": "a control",
    "vmlDrawing": "a control",
    "tags": "tags of an add-in",
}
REFERENCE = re.compile(rf'\w+:\w+="{TO}(\w+) ([^"]*)"')
LED = ("image", "hyperlink", "slide")  # kinds of reference that need no part but a picture


def references(one: Operation) -> Iterator[tuple[str, str]]:
    """Yield kind and target of what an operation's XML names by a relation."""
    if one.kind == "attribute" and one.key.startswith(f"{{{R}}}"):
        kind, _, target = (one.now or "").removeprefix(TO).partition(" ")
        yield kind, target
        return
    for text in (one.now or "", one.xml):
        yield from REFERENCE.findall(text)


def why_not(one: Operation) -> str:
    """Return in words why an operation can't be a line by itself; "" if it can."""
    if one.kind not in (*TEXTS, "attribute", "text", "order", "added", "removed", "replaced"):
        return "a part of the file that is new or gone" if one.kind == "part" else "a change without a name"
    known = one.part.partition("]")[2]
    if not one.slide or not (known in ("", "/notesSlide") or re.fullmatch(r"/[^/]+/chart", known)):
        return f"a change in {known.rpartition('/')[2] or one.part}"
    if not one.path and one.key in ("relations", "type"):
        return "another layout" if "slideLayout" in f"{one.was}{one.now}" else "another part beside the slide"
    for kind, _ in references(one):
        if kind and kind not in (*LED, *CARRIED):
            return f"{SAID.get(kind, 'something of the kind ' + kind)}, which isn't taken along"
    return ""


def named_pictures(found: Iterable[Operation]) -> set[str]:
    """Return the pictures that operations bring, by their names."""
    return {target for one in found for kind, target in references(one) if kind == "image"}


def well_formed(line: EditLine) -> str:
    """Return what is wrong with the XML of a line; "" if nothing is."""
    if not line.xml:
        return ""
    try:
        etree.fromstring(f"<x>{line.xml}</x>", etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError as error:
        return str(error)
    return ""
