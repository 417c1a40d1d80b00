"""A placeholder as a shape of its own, for slides on another layout."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from workshop.files.deck_shapes import A, P, kind_of, placeholder_of
from workshop.files.package_file import NAMESPACES, Node, PackageFile


def freed(shape: Node, package: PackageFile, layout: str) -> None:
    """Give a placeholder the box and the look that its layout gives it, and make it a shape of its own.

    Args:
        package: the deck that it comes from.
        layout: part of its layout there; "" for none.
    """
    place = placeholder_of(shape)
    if place is None:
        return
    for part in filter(None, (layout, package.related(layout, "slideMaster") if layout else "")):
        like = next((one for one in package.tree(part).iter(f"{P}sp") if _is_like(one, place)), None)
        if like is not None:
            _dressed(shape, like)
    holder = place.getparent()
    if holder is not None:
        holder.remove(place)


def _is_like(shape: Node, place: Node) -> bool:
    own = placeholder_of(shape)
    return own is not None and (own.get("idx", "0") == place.get("idx", "0") or kind_of(own) == kind_of(place))


def _dressed(shape: Node, like: Node) -> None:
    """Give a shape the box and the styles of lists of another one where it has none of its own."""
    look, theirs = shape.find("p:spPr", NAMESPACES), like.find("p:spPr/a:xfrm", NAMESPACES)
    if look is not None and theirs is not None and look.find("a:xfrm", NAMESPACES) is None:
        look.insert(0, deepcopy(theirs))
        if look.find("a:prstGeom", NAMESPACES) is None and look.find("a:custGeom", NAMESPACES) is None:
            geometry = etree.Element(f"{A}prstGeom", prst="rect")
            etree.SubElement(geometry, f"{A}avLst")
            look.insert(1, geometry)
    styles, usual = (one.find("p:txBody/a:lstStyle", NAMESPACES) for one in (shape, like))
    if styles is not None and usual is not None and not len(styles) and (holder := styles.getparent()) is not None:
        holder.replace(styles, deepcopy(usual))
