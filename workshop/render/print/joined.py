"""Several PDFs joined into one, with their tags."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from pypdf import PageObject


def pages_of(pdf: bytes) -> Sequence[PageObject]:
    """Return the pages of a PDF."""
    from pypdf import PdfReader

    return PdfReader(io.BytesIO(pdf)).pages


def joined(pages: Iterable[PageObject | None]) -> bytes:
    """Return pages of several documents as one, for the printer: it isn't tagged. ``None`` is an empty page."""
    from pypdf import PdfWriter

    out = PdfWriter()
    for page in pages:
        if page is None:
            out.add_blank_page()
            continue
        added = out.add_page(page)
        for key in ("/StructParents", "/Tabs"):  # the tree that they point into isn't copied
            added.pop(key, None)
    out.metadata = None
    written = io.BytesIO()
    out.write(written)
    return written.getvalue()


def joined_with_tags(parts: Sequence[bytes]) -> bytes:
    """Return parts of a document that were set one by one as one tagged PDF; in each, one element holds all others."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import NameObject, NumberObject

    out = PdfWriter(clone_from=io.BytesIO(parts[0]))
    out.root_object.pop("/Outlines", None)  # of the first part alone
    tree: Any = out.root_object["/StructTreeRoot"]
    whole = tree["/K"][0]
    for part in parts[1:]:
        reader = PdfReader(io.BytesIO(part))
        begin = int(tree["/ParentTreeNextKey"])
        for page in reader.pages:
            added = out.add_page(page)
            added[NameObject("/StructParents")] = NumberObject(begin + int(cast("Any", page["/StructParents"])))
            for mark in cast("Any", added.get("/Annots", ())):
                link = mark.get_object()
                link[NameObject("/StructParent")] = NumberObject(begin + int(link["/StructParent"]))
        more: Any = cast("Any", reader.root_object["/StructTreeRoot"]).clone(out)  # it points to the pages just added
        for child in more["/K"][0].get_object()["/K"]:
            child.get_object()[NameObject("/P")] = whole
            whole.get_object()["/K"].append(child)
        for place, value in enumerate(more["/ParentTree"]["/Nums"]):
            tree["/ParentTree"]["/Nums"].append(value if place % 2 else NumberObject(begin + int(value)))
        tree["/RoleMap"].update(more["/RoleMap"])
        tree[NameObject("/ParentTreeNextKey")] = NumberObject(begin + int(more["/ParentTreeNextKey"]))
    about: Any = cast("Any", out.root_object["/Metadata"]).get_object()
    about.set_data(re.sub(rb"(?<=NPages>)\d+", b"%d" % len(out.pages), about.get_data()))
    written = io.BytesIO()
    out.write(written)
    return written.getvalue()
