"""Scaling a template for small or large slides to a height of 7.5 inches, so that point sizes look as in other decks."""

from __future__ import annotations

import copy
from collections.abc import Iterable

from lxml import etree
from msgspec.structs import replace

from workshop.files.package_file import NAMESPACES, Node, PackageFile
from workshop.model.numbers import decimal
from workshop.model.theme import inches
from workshop.templates.sound import FARTHEST, refuse_unsound

HEIGHT = inches(7.5)
AS_IT_IS = inches(6.9), inches(8.6)  # slides with heights between these are left unchanged
_A, _P = (f"{{{NAMESPACES[prefix]}}}" for prefix in "ap")
# element -> attributes that are lengths
LENGTHS = {
    f"{_A}off": ("x", "y"),
    f"{_A}ext": ("cx", "cy"),
    f"{_A}chOff": ("x", "y"),
    f"{_A}chExt": ("cx", "cy"),
    f"{_P}sldSz": ("cx", "cy"),
    f"{_A}bodyPr": ("lIns", "tIns", "rIns", "bIns"),
    f"{_A}ln": ("w",),
    f"{_A}tab": ("pos",),
    f"{_A}spcPts": ("val",),
    f"{_A}gridCol": ("w",),
    f"{_A}tr": ("h",),
}
LEVELS = tuple(f"{_A}lvl{k}pPr" for k in range(1, 10))
LENGTHS |= dict.fromkeys((*LEVELS, f"{_A}pPr", f"{_A}defPPr"), ("marL", "marR", "indent", "defTabSz"))
LENGTHS |= dict.fromkeys((f"{_A}rPr", f"{_A}defRPr", f"{_A}endParaRPr"), ("sz",))
USUAL_INSETS = {"lIns": 91_440, "tIns": 45_720, "rIns": 91_440, "bIns": 45_720}


def factor(height: int) -> float:
    """Return the scale factor for a template's lengths; 1 for slides of usual height."""
    return 1.0 if AS_IT_IS[0] <= height <= AS_IT_IS[1] else HEIGHT / height


def scaled(package: PackageFile, parts: Iterable[str], by: float) -> PackageFile:
    """Return the package with all lengths and text sizes in some parts multiplied by a factor."""
    blobs = dict(package.blobs)
    for name in parts:
        root = copy.deepcopy(package.tree(name))
        _scale(root, by)
        refuse_unsound(root, name, package.at)
        blobs[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return replace(package, blobs=blobs, _trees={}, _relations={})


def _scale(root: Node, by: float) -> None:
    for node in root.iter():
        for key in LENGTHS.get(str(node.tag), ()):
            text = str(node.get(key) or USUAL_INSETS.get(key, ""))
            number = decimal(text, -FARTHEST, FARTHEST)
            if number is not None:
                step = 100 if key == "sz" else 1  # sizes stay whole points
                node.set(key, str(round(number * by / step) * step))
        if node.tag == f"{_P}sldSz" and node.get("type"):
            del node.attrib["type"]
