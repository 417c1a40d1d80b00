"""Parts that a shape needs, such as a chart with its workbook or a film: what of them is taken into another deck, as a small package.

Only what is listed is taken: nothing that runs, and nothing that is somewhere else.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from lxml import etree

from workshop.files.package_file import NAMESPACES, Node, PackageFile, Relation, content_types, rels_of

PICTURES = ("image/",)
FILMS = ("video/", "audio/")
DRAWN = (
    "application/vnd.openxmlformats-officedocument.",
    "application/vnd.ms-office.",
    "application/vnd.ms-powerpoint.diagram",
)
# kind of a relation -> what the content type of its part begins with
CARRIED: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("image", "hdphoto"), PICTURES),
    **dict.fromkeys(("video", "audio", "media"), FILMS),
    **dict.fromkeys(("chart", "chartEx", "chartStyle", "chartColorStyle", "chartUserShapes", "themeOverride"), DRAWN),
    **dict.fromkeys(("diagramData", "diagramLayout", "diagramQuickStyle", "diagramColors", "diagramDrawing"), DRAWN),
    "package": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",),
    "customXml": ("application/inkml+xml",),
}
SPARE = ("hlinkClick", "hlinkHover", "hlinkMouseOver", "externalData", "userShapes")  # what a part can do without
R = f"{{{NAMESPACES['r']}}}"
_TYPES, _RELATIONS = "http://schemas.openxmlformats.org/package/2006/content-types", NAMESPACES["pr"]
_DATE = (1980, 1, 1, 0, 0, 0)


def is_carried(one: Relation, types: Mapping[str, str]) -> bool:
    """Whether what a relation leads to is taken along: it is in the package, and what its kind says."""
    return not one.external and types.get(one.target, "").startswith(CARRIED.get(one.kind, ("-",)))


def needed(package: PackageFile, part: str) -> list[Relation]:
    """Return the relations of a part whose targets are taken along."""
    types = content_types(package)
    return [one for one in package.relations(part) if is_carried(one, types)]


def without_the_rest(root: Node, there: Mapping[str, Relation]) -> str:
    """Take out of the XML of a part what names something that isn't taken along; return what can't be taken out, "" if all is well.

    Args:
        there: number of a relation -> the relation, of those that are taken along.
    """
    for node in list(root.iter(etree.Element)):
        for key in [str(key) for key in node.attrib if str(key).startswith(R)]:
            if str(node.get(key)) in there:
                continue
            name, above = etree.QName(node).localname, node.getparent()
            if name not in SPARE or above is None:
                return name
            above.remove(node)
            break
    return ""


def packed(package: PackageFile, one: Relation) -> bytes:
    """Return what a relation leads to, with all that it needs, as a package of its own; the same parts give the same bytes.

    Raises:
        LookupError: with the name of what isn't taken along, if it isn't, or the part can't do without it.
    """
    types = content_types(package)
    if not is_carried(one, types):
        raise LookupError(one.kind)
    parts, relations = dict[str, bytes](), dict[str, list[Relation]]()
    waiting = [one.target]
    while waiting:
        part = waiting.pop()
        if part in parts:
            continue
        own = relations[part] = needed(package, part)
        parts[part] = package.blobs[part]
        if part.endswith(".xml") and (lost := without_the_rest(package.tree(part), {r.id: r for r in own})):
            raise LookupError(lost)
        waiting += [r.target for r in own]
    return _zipped(parts, types, {"": [one], **relations})


def _zipped(parts: Mapping[str, bytes], types: Mapping[str, str], relations: Mapping[str, list[Relation]]) -> bytes:
    listed = etree.Element(f"{{{_TYPES}}}Types", nsmap={"ct": _TYPES})
    etree.SubElement(
        listed,
        f"{{{_TYPES}}}Default",
        Extension="rels",
        ContentType="application/vnd.openxmlformats-package.relationships+xml",
    )
    for part in sorted(parts):
        etree.SubElement(listed, f"{{{_TYPES}}}Override", PartName=f"/{part}", ContentType=types[part])
    files = {"[Content_Types].xml": etree.tostring(listed)}
    files |= {rels_of(part): _relations(own) for part, own in sorted(relations.items()) if own}
    files |= dict(sorted(parts.items()))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return made.getvalue()


def _relations(own: list[Relation]) -> bytes:
    root = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={"pr": _RELATIONS})
    for one in own:
        etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", Id=one.id, Type=one.type, Target=f"/{one.target}")
    return etree.tostring(root)


def main_relation(package: PackageFile) -> Relation | None:
    """Return the relation that a small package was made for; ``None`` if it isn't one that is taken along."""
    return next(iter(needed(package, "")), None)
