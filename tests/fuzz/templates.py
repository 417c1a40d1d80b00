"""Damages templates as a stranger or another program might: numbers, parts, relationships, ids, elements and attributes."""

import copy
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from random import Random

from lxml import etree

from tests.fuzz.case import Case
from tests.templates.maker import MADE, OFFICE, png, unzipped, zipped
from tests.templates.odd import ODD

SAVED = Path(__file__).parents[1] / "fixtures" / "templates" / "libreoffice.pptx"
BASES = (*MADE, *ODD, "python-pptx", "libreoffice", "drawn", "drawn", "drawn")
NUMBERS = (
    "", "0", "1", "-1", "2", "9", "10", "32768", "65536", "2147483647", "2147483648", "-2147483649", "4294967295", "4294967296", "27273042316901",
    "9223372036854775808", "9" * 30, "9" * 400, "nan", "inf", "1e308", "1e5", "0.5", "-0.5", "50%", "1in", "0x10", "1_0", "１２", " 7 ", "true", "x",
)  # fmt: skip
NUMBER = re.compile(r"-?\d+%?")
KINDS = ("image", "slideLayout", "slideMaster", "theme", "notesMaster", "hyperlink", "font", "unheardOf")
MEASURES = frozenset({"x", "y", "cx", "cy", "w", "h", "id", "idx", "sz", "val", "pos", "rot", "marL", "lIns"})
NAMED = '<p:nv{0}Pr><p:cNvPr id="{1}" name="Drawn {1}"/><p:cNv{0}Pr/><p:nvPr/></p:nv{0}Pr>'
GROUP = (
    '<p:grpSp><p:nvGrpSpPr><p:cNvPr id="{0}" name="Group {0}"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="9000000" y="100000"/>'
    '<a:ext cx="2000000" cy="900000"/><a:chOff x="0" y="0"/><a:chExt cx="4000000" cy="1800000"/></a:xfrm>'
    '<a:solidFill><a:schemeClr val="accent2"><a:lumMod val="60000"/><a:alpha val="50000"/></a:schemeClr></a:solidFill></p:grpSpPr>{1}</p:grpSp>'
)
XFRM = '<a:xfrm rot="600000" flipH="1"><a:off x="100000" y="200000"/><a:ext cx="900000" cy="700000"/></a:xfrm>'
PATH = '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path w="100" h="100"><a:moveTo><a:pt x="0" y="0"/></a:moveTo><a:cubicBezTo><a:pt x="9" y="9"/><a:pt x="50" y="90"/><a:pt x="100" y="100"/></a:cubicBezTo><a:lnTo><a:pt x="0" y="100"/></a:lnTo><a:close/></a:path></a:pathLst></a:custGeom>'
FADE = '<a:gradFill rotWithShape="1"><a:gsLst><a:gs pos="0"><a:schemeClr val="accent1"><a:tint val="50000"/></a:schemeClr></a:gs><a:gs pos="100000"><a:srgbClr val="FF0000"><a:shade val="30000"/></a:srgbClr></a:gs></a:gsLst><a:lin ang="5400000" scaled="0"/></a:gradFill>'
STYLE = '<p:style><a:lnRef idx="2"><a:schemeClr val="accent1"/></a:lnRef><a:fillRef idx="1"><a:schemeClr val="accent1"/></a:fillRef><a:effectRef idx="0"><a:schemeClr val="accent1"/></a:effectRef><a:fontRef idx="minor"><a:schemeClr val="lt1"/></a:fontRef></p:style>'
WORDS = '<p:txBody><a:bodyPr wrap="square" lIns="91440" anchor="ctr"/><a:lstStyle/><a:p><a:pPr marL="342900" indent="-342900" lvl="1"><a:buFont typeface="Arial"/><a:buChar char="x"/></a:pPr><a:r><a:rPr lang="en-GB" sz="1400" b="1"/><a:t>Drawn</a:t></a:r></a:p></p:txBody>'
FRAME = '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="60" name="Table"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x="0" y="0"/><a:ext cx="400000" cy="200000"/></p:xfrm><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl><a:tblPr firstRow="1"/><a:tblGrid><a:gridCol w="400000"/></a:tblGrid><a:tr h="200000"><a:tc><a:txBody><a:bodyPr/><a:p/></a:txBody><a:tcPr marL="9"/></a:tc></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>'
# A layout's drawing in which everything occurs that templates draw with
DRAWING = (
    GROUP.format(
        50,
        GROUP.format(
            51, f"<p:sp>{NAMED.format('Sp', 52)}<p:spPr>{XFRM}{PATH}<a:grpFill/></p:spPr>{STYLE}{WORDS}</p:sp>"
        )
        + f'<p:sp>{NAMED.format("Sp", 53)}<p:spPr>{XFRM}<a:prstGeom prst="roundRect"><a:avLst><a:gd name="adj" fmla="val 9"/></a:avLst></a:prstGeom>{FADE}<a:ln w="12700"><a:solidFill><a:schemeClr val="tx2"/></a:solidFill><a:prstDash val="dash"/></a:ln></p:spPr></p:sp>'
        + f'<p:cxnSp>{NAMED.format("CxnSp", 54)}<p:spPr>{XFRM}<a:prstGeom prst="line"><a:avLst/></a:prstGeom></p:spPr>{STYLE}</p:cxnSp>',
    )
    + f'<p:pic>{NAMED.format("Pic", 55)}<p:blipFill><a:blip r:embed="rIdDrawn"/><a:srcRect l="10000" b="20000"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>{XFRM}<a:prstGeom prst="ellipse"><a:avLst/></a:prstGeom></p:spPr></p:pic>{FRAME}'
)
TALK = """---
title: A talk
author: Somebody
---

# A part

## Words

- one
- two
    - three

A paragraph with **strong** words.[^1]

[^1]: A note.

## Two columns

:::: columns
::: column
left
:::
::: column
right
:::
::::

## A picture

![A picture](p.png)

## A table

| a | b |
|---|--:|
| x | 1 |
| y | 2 |

## A chart

![Numbers](chart:t.csv)

## A quote

> Somebody said this.

## Code

```python
print(1)
```
"""
BESIDE = {"talk.md": TALK.encode(), "p.png": png(), "t.csv": b"name,count\na,1\nb,3\nc,2\n"}
Parts = dict[str, bytes]
Node = etree._Element


@cache
def base(name: str) -> Mapping[str, bytes]:
    """Return the parts of a template."""
    if name == "libreoffice":
        return unzipped(SAVED.read_bytes())
    if name == "drawn":
        layout, rels = "ppt/slideLayouts/slideLayout2.xml", "ppt/slideLayouts/_rels/slideLayout2.xml.rels"
        parts = unzipped(MADE["corporate"]())
        parts[layout] = parts[layout].replace(b"</p:spTree>", DRAWING.encode() + b"</p:spTree>")
        image = f'<Relationship Id="rIdDrawn" Type="{OFFICE}image" Target="../media/drawn.png"/></Relationships>'
        parts[rels] = parts[rels].replace(b"</Relationships>", image.encode())
        return parts | {"ppt/media/drawn.png": png()}
    if name == "python-pptx":
        return unzipped((files("pptx") / "templates" / "default.pptx").read_bytes())
    return unzipped((MADE | ODD)[name]())


def template_case(seed: int) -> Case:
    """Return a talk in a damaged template; the same seed always gives the same case."""
    rng = Random(f"template {seed}")
    parts = dict(base(rng.choice(BASES)))
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        rng.choice(DAMAGES)(parts, rng)
    arguments = ("build", "talk.md", "--template", "corp.pptx", "--only", "deck")
    return Case(files={**BESIDE, "corp.pptx": zipped(parts)}, arguments=arguments)


# ---------------------------------------------------------------- what is damaged
def _chosen(parts: Parts, rng: Random, ending: str = ".xml") -> str:
    """Return a part; a master, a layout, a theme or the presentation more often than others."""
    names = sorted(name for name in parts if name.endswith(ending))
    likely = [n for n in names if re.search(r"slideMasters|slideLayouts|theme|presentation", n) and "docProps" not in n]
    return rng.choice(likely if likely and rng.random() < 0.9 else names)


def _edited(change: Callable[[Node, Random], None]) -> Callable[[Parts, Random], None]:
    """Return a damage that changes the tree of a part."""

    def edit(parts: Parts, rng: Random) -> None:
        name = _chosen(parts, rng)
        try:
            root = etree.fromstring(parts[name])
        except etree.XMLSyntaxError:  # it has been damaged before
            return
        change(root, rng)
        parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    return edit


def _attributes(root: Node) -> list[tuple[Node, str]]:
    return [(node, str(key)) for node in root.iter("*") for key in node.attrib]


def _number(root: Node, rng: Random) -> None:
    found = [(n, k) for n, k in _attributes(root) if NUMBER.fullmatch(str(n.get(k)))]
    found = [pair for pair in found if pair[1] in MEASURES] if rng.random() < 0.5 else found
    if found:
        node, key = rng.choice(found)
        node.set(key, rng.choice((*NUMBERS, f"-{node.get(key)}", f"{node.get(key)}000", f"{node.get(key)}.5")))


def _same_number(root: Node, rng: Random) -> None:
    node, key = rng.choice([*_attributes(root), (root, "none")])
    others = [other for other, name in _attributes(root) if name == key]
    if others:
        node.set(key, str(rng.choice(others).get(key)))


def _value(root: Node, rng: Random) -> None:
    found = _attributes(root)
    if found:
        (node, key), (other, name) = rng.choice(found), rng.choice(found)
        node.set(key, str(other.get(name)))


def _lost_attribute(root: Node, rng: Random) -> None:
    if found := _attributes(root):
        node, key = rng.choice(found)
        del node.attrib[key]


def _inner(root: Node) -> list[Node]:
    return [node for node in root.iter("*") if node is not root]


def _removed(root: Node, rng: Random) -> None:
    if found := _inner(root):
        node = rng.choice(found)
        node.getparent().remove(node)


def _doubled(root: Node, rng: Random) -> None:
    if found := _inner(root):
        node = rng.choice(found)
        node.addnext(copy.deepcopy(node))


def _swapped(root: Node, rng: Random) -> None:
    if found := [node for node in _inner(root) if node.getnext() is not None]:
        node = rng.choice(found)
        node.getnext().addnext(node)


def _moved(root: Node, rng: Random) -> None:
    if found := _inner(root):
        rng.choice([root, *found]).append(copy.deepcopy(rng.choice(found)))


def _renamed(root: Node, rng: Random) -> None:
    if found := _inner(root):
        rng.choice(found).tag = rng.choice([*(node.tag for node in found), "unknown", f"{{{OFFICE}}}x"])


def _words(root: Node, rng: Random) -> None:
    if found := _inner(root):
        rng.choice(found).text = rng.choice(("stray words", "\u202e", "&<", "9" * 40))


# ---------------------------------------------------------------- the package
def _lost_part(parts: Parts, rng: Random) -> None:
    del parts[rng.choice(sorted(parts))]


def _other_part(parts: Parts, rng: Random) -> None:
    one, other = _chosen(parts, rng), _chosen(parts, rng)
    parts[one], parts[other] = parts[other], parts[one]


def _cut_part(parts: Parts, rng: Random) -> None:
    name = rng.choice(sorted(parts))
    parts[name] = parts[name][: rng.randint(0, len(parts[name]))]


def _relations(parts: Parts) -> Iterator[tuple[str, Node, Node]]:
    for name in sorted(parts):
        if name.endswith(".rels"):
            try:
                root = etree.fromstring(parts[name])
            except etree.XMLSyntaxError:
                continue
            yield from ((name, root, node) for node in root)


def _relation(parts: Parts, rng: Random) -> None:
    found = list(_relations(parts))
    if not found:
        return
    name, root, node = rng.choice(found)
    other = rng.choice(found)[2]
    owner = "/" + name.replace("_rels/", "").removesuffix(".rels")
    changes: tuple[Callable[[], object], ...] = (
        lambda: node.set("Target", str(other.get("Target"))),
        lambda: node.set("Target", "/" + rng.choice(sorted(parts))),
        lambda: node.set("Target", owner),
        lambda: node.set(
            "Target", rng.choice(("", "../nothing.xml", "https://example.org/x", "../../../etc/passwd", "#x"))
        ),
        lambda: node.set("Type", OFFICE + rng.choice(KINDS)),
        lambda: node.set("Type", str(other.get("Type"))),
        lambda: node.set("Id", rng.choice(("", "rId1", "rId999", "ä ö", str(other.get("Id"))))),
        lambda: node.set("TargetMode", rng.choice(("External", "Internal", "x"))),
        lambda: root.remove(node),
        lambda: root.append(copy.deepcopy(node)),
    )
    rng.choice(changes)()
    parts[name] = etree.tostring(root)


def _types(parts: Parts, rng: Random) -> None:
    name = "[Content_Types].xml"
    if name in parts:
        root = etree.fromstring(parts[name])
        node, other = rng.choice(list(root)), rng.choice(list(root))
        kind = other.get("ContentType", "")
        rng.choice(
            (lambda: root.remove(node), lambda: node.set("ContentType", kind), lambda: root.append(copy.deepcopy(node)))
        )()
        parts[name] = etree.tostring(root)


IN_XML = (_number, _number, _number, _same_number, _value, _lost_attribute, _removed, _removed, _doubled, _swapped, _moved, _renamed, _words)  # fmt: skip
DAMAGES = (*map(_edited, IN_XML), _lost_part, _other_part, _cut_part, _relation, _relation, _types)
