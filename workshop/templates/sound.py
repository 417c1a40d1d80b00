"""Whether a part of a template is as the standard has it, so that PowerPoint won't repair a deck that is made with it."""

from __future__ import annotations

from collections.abc import Iterator

from workshop.errors import At
from workshop.files.package_file import NAMESPACES, Node, plain_numbers, refused
from workshop.files.schema import faults_of
from workshop.model.numbers import whole

# EMU, ten times the largest slide: Office reads no more than 32 bits, and a template may be scaled
FARTHEST = 500_000_000
_PLACES = (
    *(f"{{{NAMESPACES['a']}}}{tag}" for tag in ("off", "ext", "chOff", "chExt")),
    f"{{{NAMESPACES['p']}}}notesSz",
)


def refuse_unsound(root: Node, name: str, at: At) -> None:
    """Raise the first fault of a part, after mending what other programs are known to write.

    Raises:
        WorkshopError: for what the standard doesn't allow.
    """
    plain_numbers(root)
    masters, notes = (root.find(f"p:{tag}", NAMESPACES) for tag in ("sldMasterIdLst", "notesMasterIdLst"))
    if masters is not None and notes is not None:
        masters.addnext(notes)
    for face in root.iterfind(".//a:fontScheme//a:latin", NAMESPACES):
        face.set("typeface", face.get("typeface") or "Arial")  # which programs show then
    for what in _faults(root):
        raise refused(f"in {name}, {what}", at)


def _faults(root: Node) -> Iterator[str]:
    for node in root.iter(*_PLACES):
        for key in ("x", "y", "cx", "cy"):
            if whole(node.get(key, "0"), -FARTHEST, FARTHEST) is None:
                yield f"a place or size has {key}={node.get(key):.40}, which is too far for any slide"
    if root.find(".//a:tblGrid", NAMESPACES) is not None and root.find(".//a:gridCol", NAMESPACES) is None:
        yield "a table has no columns"
    yield from (fault.what for fault in faults_of(root))
