"""Pictures with only what belongs to them: pixels, palette, colour profile, size and animation; of an SVG picture, what can be seen.

Camera, artist, place, comments and bytes after the end are left out; the pixels stay as they were packed. From SVG pictures, scripts,
links, animation, filters, and everything that would be fetched from elsewhere are taken out, so that neither a presentation program
nor Typst has anything to run, to fetch or to compute endlessly.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from lxml import etree
from msgspec import Struct

from workshop import limits
from workshop.model.numbers import INCHES, measure

ABOUT = "data about camera, place, author or program"
AFTER = "bytes behind the end"
_PNG = frozenset(b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP pHYs bKGD acTL fcTL fdAT".split())
_MARKER = re.compile(rb"\xff++([\x01-\xcf\xd8-\xfe])")  # not one inside packed data
_FRAME = frozenset([*range(0xC0, 0xD0), *range(0xDA, 0xE0)]) - {0xD8}  # what a JPEG's decoder reads
_MARKS = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}  # segments that say how its pixels look
_SCAN, _END, _ALONE = 0xDA, 0xD9, (0x01, 0xD8)
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")
Piece = tuple[bytes, str]  # bytes, and what they are if they are left out


def bare(blob: bytes, kind: str) -> tuple[bytes, tuple[str, ...]]:
    """Return a picture without anything else, and what was left out.

    Args:
        kind: "PNG", "JPEG", "GIF", "WMF" or "EMF".

    Raises:
        ValueError: if its parts can't be told apart.
    """
    kept, left_out = bytearray(), set()
    for piece, what in pieces_of(blob, kind):  # there can be millions
        if not what:
            kept += piece
        elif piece:
            left_out.add(what)
    return bytes(kept), tuple(sorted(left_out))


def pieces_of(blob: bytes, kind: str) -> Iterator[Piece]:
    """Yield the pieces of a picture in their order; arguments and errors as for ``bare``."""
    try:
        yield from _READERS[kind](blob)
    except IndexError as error:
        raise ValueError("its parts don't add up") from error


def _of_png(blob: bytes) -> Iterator[Piece]:
    yield blob[:8], ""
    at, name = 8, b""
    while name != b"IEND":
        name, end = blob[at + 4 : at + 8], at + 12 + int.from_bytes(blob[at : at + 4])
        if end > len(blob):
            raise IndexError
        yield blob[at:end], "" if name in _PNG else ABOUT
        at = end
    yield blob[at:], AFTER


def _of_jpeg(blob: bytes) -> Iterator[Piece]:
    yield blob[:2], ""
    at, packed = 2, False
    while found := _MARKER.search(blob, at):
        mark, start = found[1][0], found.end()
        yield blob[at : found.start()], "" if packed else AFTER
        at = start if mark in (*_ALONE, _END) else start + int.from_bytes(blob[start : start + 2])
        segment, packed = b"\xff" + blob[start - 1 : at], mark == _SCAN
        if mark == _END:
            break
        if mark == 0xE0 and segment[4:9] == _MARKS[mark]:
            segment = b"\xff\xe0\0\x10" + segment[4:16] + b"\0\0"  # without its small picture
        yield segment, "" if mark in _FRAME or segment[4:].startswith(_MARKS.get(mark, b"?")) else ABOUT
    else:
        yield blob[at:], "" if packed else AFTER
        at = len(blob)
    yield b"\xff\xd9", ""
    yield blob[at:], AFTER


def _of_gif(blob: bytes) -> Iterator[Piece]:
    at = 13 + _table(blob[10])
    yield blob[:at], ""
    while (mark := blob[at]) != 0x3B:
        end = at + 2 if mark == 0x21 else at + 11 + _table(blob[at + 9]) if mark == 0x2C else at + 1
        kept = mark == 0x2C or (mark == 0x21 and (blob[at + 1] == 0xF9 or blob[at + 3 : at + 14] in _LOOPS))
        if mark in (0x21, 0x2C):
            while blob[end]:
                end += 1 + blob[end]
            end += 1
        yield blob[at:end], "" if kept else ABOUT
        at = end
    yield b";", ""
    yield blob[at + 1 :], AFTER


def _of_emf(blob: bytes) -> Iterator[Piece]:
    end, letters, start = (int.from_bytes(blob[k : k + 4], "little") for k in (48, 60, 64))
    if blob[40:44] != b" EMF" or start > end:
        raise IndexError
    told = slice(start, start + 2 * letters)
    yield blob[: told.start], ""
    yield blob[told], ABOUT
    yield bytes(len(blob[told])), ""
    yield blob[told.stop : end], ""
    yield blob[end:], AFTER


def _of_wmf(blob: bytes) -> Iterator[Piece]:
    head = 22 if blob.startswith(b"\xd7\xcd\xc6\x9a") else 0
    end = head + 2 * int.from_bytes(blob[head + 6 : head + 10], "little")
    if end < head + 18:
        raise IndexError
    yield blob[:end], ""
    yield blob[end:], AFTER


def _table(flags: int) -> int:
    """Return the number of bytes in a table of colours."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


_READERS: Mapping[str, Callable[[bytes], Iterator[Piece]]] = {
    "PNG": _of_png,
    "JPEG": _of_jpeg,
    "GIF": _of_gif,
    "WMF": _of_wmf,
    "EMF": _of_emf,
}


SVG_NAMESPACE = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_DRAWN = frozenset(
    {"svg", "g", "defs", "symbol", "use", "switch", "style", "path", "rect", "circle", "ellipse"}
    | {"line", "polyline", "polygon", "text", "tspan", "textPath", "linearGradient", "radialGradient", "stop"}
    | {"clipPath", "mask", "pattern", "marker", "image"}
)
_SILENT = frozenset({"metadata", "title", "desc"})  # they draw nothing, so they aren't missed
_EXTERNAL = re.compile(r"@import|\\|url\(\s*['\"]?(?!#)", re.IGNORECASE)
_REFERENCE = re.compile(r"url\(\s*['\"]?#([^'\")\s]+)")
_DATA = re.compile(r"data:image/(?:png|jpe?g);base64,(.*)", re.DOTALL | re.IGNORECASE)
# What may need a layer as large as the picture, or many pieces
_LAYERED = re.compile(r"(?<!fill-)(?<!stop-)(?<!stroke-)opacity|url\(|clip-path|mask|dasharray|blend")
# Steps of work: about a microsecond each, if a layer is as large as the picture
START, SHAPE, LETTER, LAYER = 100_000, 100, 8, 15_000
LONGEST = 1000  # length of the longer side in units

Node = etree._Element  # noqa: SLF001 - lxml gives its element type no public name


class VectorError(ValueError):
    """An SVG that can't be shown."""


class Drawing(Struct, frozen=True):
    """An SVG with only what can be seen; its longer side has 1,000 units.

    Attributes:
        dropped: what was taken out.
        steps: the work of drawing it, in about a microsecond each, if all that is clear or shaded is as large as the picture.
    """

    blob: bytes
    width: int
    height: int
    dropped: tuple[str, ...]
    steps: int


def clean_vector(blob: bytes, inner: Callable[[bytes], str]) -> Drawing:
    """Return an SVG with only what can be seen.

    Args:
        inner: bytes of a bitmap inside it -> its new address, or "" if it can't stay.

    Raises:
        VectorError: if it isn't SVG, is too large, declares entities, or repeats itself endlessly.
    """
    if len(blob) > limits.VECTOR_BYTES:
        raise VectorError(f"this SVG has {limits.megabytes(len(blob))}; the limit is {limits.VECTOR_BYTES}")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(blob, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise VectorError("this SVG is damaged") from None
    internal: Any = root.getroottree().docinfo.internalDTD
    if internal is not None and next(internal.iterentities(), None) is not None:
        raise VectorError("this SVG declares entities")
    if root.tag != f"{{{SVG_NAMESPACE}}}svg":
        raise VectorError("this SVG has no drawing in it")
    dropped: list[str] = []
    if any(len(node.attrib) > limits.ATTRIBUTES for node in root.iter()):  # reading them takes quadratic time
        raise VectorError(f"this SVG has an element of more than {limits.ATTRIBUTES}")
    for node in list(root.iter()):
        _clean(node, inner, dropped)
    steps = _steps(root)
    width, height = _size(root)
    out: bytes = etree.tostring(root, encoding="utf-8")
    return Drawing(out, width, height, tuple(dict.fromkeys(dropped)), steps)


def _clean(node: Node, inner: Callable[[bytes], str], dropped: list[str]) -> None:
    tag = etree.QName(node).localname if isinstance(node.tag, str) else "entity"
    namespace = etree.QName(node).namespace if isinstance(node.tag, str) else SVG_NAMESPACE
    if namespace == SVG_NAMESPACE and tag == "a":
        node.tag = f"{{{SVG_NAMESPACE}}}g"  # the linked content is drawn all the same
        for link in {"href", _XLINK} & set(node.attrib):
            del node.attrib[link]
    elif namespace != SVG_NAMESPACE or tag not in _DRAWN:
        if namespace == SVG_NAMESPACE and tag not in _SILENT:
            dropped.append(f"<{tag}>")
        _remove(node)
        return
    if tag == "style" and _EXTERNAL.search("".join(map(str, node.itertext()))):
        dropped.append("a style sheet that fetches files")
        _remove(node)
        return
    for key, value in list(node.attrib.items()):
        if tag == "image" and key in ("href", _XLINK) and (address := inner(_decoded(str(value)))):
            node.set(key, address)
            continue
        fault = _fault(str(key), str(value))
        if fault is not None:
            del node.attrib[key]
            if fault:
                dropped.append(fault)


def _fault(key: str, value: str) -> str | None:
    """Return what is wrong with an attribute, "" if it won't be missed, or ``None`` if it stays."""
    if key in ("href", _XLINK):
        return None if value.startswith("#") else "a link"
    if key.startswith("data-"):
        return ""
    if key.startswith("{"):
        return None if key.startswith(_XML) and key != f"{_XML}base" else ""
    if key.lower().startswith("on"):
        return f"{key}="
    if key == "filter" or "filter:" in value:
        return "a filter"
    return "a link" if _EXTERNAL.search(value) else None


def _decoded(value: str) -> bytes:
    match = _DATA.fullmatch(value.strip())
    try:
        return base64.b64decode(re.sub(r"\s", "", match[1]), validate=True) if match else b""
    except (binascii.Error, ValueError):
        return b""


def _remove(node: Node) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def _references(node: Node) -> Iterator[str]:
    for value in node.attrib.values():
        yield from _REFERENCE.findall(str(value))
    for key in ("href", _XLINK):
        target = str(node.get(key, ""))
        if target.startswith("#"):
            yield target[1:]


def _steps(root: Node) -> int:
    """Return how much work drawing takes, each part as often as it is drawn; refuse what would take forever."""
    named = {str(node.get("id")): node for node in root.iter() if node.get("id")}
    weights: dict[Node, tuple[int, int]] = {}
    under_way: set[Node] = set()
    styled = any(_LAYERED.search(node.text or "") for node in root.iter(f"{{{SVG_NAMESPACE}}}style"))

    def weigh(node: Node, depth: int = 0) -> tuple[int, int]:
        if node in weights:
            return weights[node]
        if node in under_way or depth > limits.VECTOR_DEPTH:
            raise VectorError("this SVG repeats itself endlessly")
        under_way.add(node)
        told = (f"{key!s}:{str(value)[:999]}" for key, value in node.items())
        layers = 1 if styled else sum(len(_LAYERED.findall(text)) for text in told)
        letters = sum(len(text or "") for text in (node.get("d"), node.get("points"), node.text))
        parts = [*node, *(named[name] for name in _references(node) if name in named)]
        inner = [weigh(part, depth + 1) for part in parts]
        shapes = 1 + sum(shapes for shapes, _ in inner)
        steps = SHAPE + LETTER * letters + LAYER * layers + sum(steps for _, steps in inner)
        under_way.discard(node)
        weights[node] = shapes, steps
        if shapes > limits.VECTOR_SHAPES:
            raise VectorError(f"this SVG draws more than {limits.VECTOR_SHAPES}")
        return shapes, steps

    return START + weigh(root)[1]


def _size(root: Node) -> tuple[int, int]:
    """Scale width and height so that the longer one has 1,000 units, write them into the file, and return them."""
    box = [float(part) for part in re.findall(r"-?\d{1,9}(?:\.\d+)?", str(root.get("viewBox", "")))]
    width, height = _length(root.get("width")), _length(root.get("height"))
    if len(box) == 4 and not (width and height):
        width, height = box[2], box[3]
    if not (width > 0 and height > 0) or max(width, height) > limits.VECTOR_ASPECT * min(width, height):
        raise VectorError("this SVG has no sensible width and height")
    if len(box) != 4:
        root.set("viewBox", f"0 0 {width:g} {height:g}")
    scale = LONGEST / max(width, height)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    root.set("width", str(size[0]))
    root.set("height", str(size[1]))
    return size


def _length(text: str | None) -> float:
    number, unit = measure(text or "") or (0.0, "")
    return 96 * number * INCHES.get(unit or "px", 0)
