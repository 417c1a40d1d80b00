"""Repairing templates that LibreOffice saved, before anything else reads them.

LibreOffice puts the look of a placeholder into its prompt, where no slide inherits it; it is moved into the placeholder's
list style, where PowerPoint looks for it. Several placeholders of a layout have the same idx, or none; each gets its own.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable

from lxml import etree
from msgspec.structs import replace

from workshop.files.package_file import NAMESPACES, Node, PackageFile, whole
from workshop.templates.user_layouts import LOST, TITLES, placeholders_of

_A = f"{{{NAMESPACES['a']}}}"
KEPT = ("sz", "b", "i", "cap", "spc")
LOOKS = ("solidFill", "latin", "ea", "cs")
FIRST_OWN = 30


def completed(package: PackageFile, masters: Iterable[tuple[str, tuple[str, ...]]]) -> PackageFile:
    """Return the package with an idx for each placeholder, and a list style for each that neither has nor inherits one.

    Args:
        masters: name of each master's part, with the names of its layouts' parts.
    """
    blobs = dict(package.blobs)
    for master, layouts in masters:
        styles = package.tree(master).find("p:txStyles", NAMESPACES)
        styled = styles is not None and styles.find("p:bodyStyle/a:lvl1pPr/a:defRPr[@sz]", NAMESPACES) is not None
        for name in (master, *layouts):
            root = copy.deepcopy(package.tree(name))
            done = [] if styled else [_complete(shape) for _, shape in placeholders_of(root)]
            if name != master:
                done.append(_number(root))
            if any(done):
                blobs[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return replace(package, blobs=blobs, _trees={}, _relations={})


def _number(root: Node) -> bool:
    """Give each placeholder with a shared idx, or the title's, its own one; return whether that was needed."""
    marks = [ph for ph, _ in placeholders_of(root) if ph.get("type") not in TITLES]
    free = max([FIRST_OWN, *(whole(ph, "idx") + 1 for ph in marks if whole(ph, "idx") < LOST // 2)])
    seen = {0}
    changed = False
    for ph in marks:
        if whole(ph, "idx") in seen:
            ph.set("idx", str(free))
            free, changed = free + 1, True
        seen.add(whole(ph, "idx"))
    return changed


def _complete(shape: Node) -> bool:
    """Give a placeholder the style of its prompt's paragraphs, level by level; return whether that was needed."""
    body = shape.find("p:txBody", NAMESPACES)
    frame = body.find("a:bodyPr", NAMESPACES) if body is not None else None
    if body is None or frame is None or body.find("a:lstStyle/a:lvl1pPr/a:defRPr[@sz]", NAMESPACES) is not None:
        return False
    levels: dict[int, Node] = {}
    for paragraph in body.iterfind("a:p", NAMESPACES):
        look = paragraph.find("a:r/a:rPr", NAMESPACES)
        own = paragraph.find("a:pPr", NAMESPACES)
        level = whole(own, "lvl")
        if look is not None:
            levels.setdefault(level, _style(own, look, level))
    if not levels:
        return False
    old = body.find("a:lstStyle", NAMESPACES)
    if old is not None:
        body.remove(old)
    made = etree.Element(f"{_A}lstStyle")
    made.extend(levels[level] for level in sorted(levels))
    frame.addnext(made)
    return True


def _style(own: Node | None, look: Node, level: int) -> Node:
    made = etree.Element(f"{_A}lvl{level + 1}pPr")
    if own is not None:
        for key, value in own.attrib.items():
            if key != "lvl":
                made.set(key, value)
        made.extend(copy.deepcopy(child) for child in own)
    run = etree.SubElement(made, f"{_A}defRPr")
    for key in KEPT:
        if look.get(key):
            run.set(key, str(look.get(key)))
    for name in LOOKS:
        child = look.find(f"a:{name}", NAMESPACES)
        if child is not None:
            run.append(copy.deepcopy(child))
    return made
