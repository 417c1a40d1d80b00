"""What an operation brings along: pictures, and parts that a shape needs, as files of their own."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from msgspec.structs import replace

from workshop.files.canonical import TO, Part
from workshop.files.carried import packed
from workshop.files.edit_lines import LED, references
from workshop.files.operations import Operation
from workshop.files.package_file import PackageFile

PICTURES = ("png", "jpg", "jpeg", "gif", "svg")
SUFFIX = "parts"  # of a file with the parts that a shape needs


def with_files(
    one: Operation, package: PackageFile, parts: Mapping[str, Part], files: dict[str, tuple[str, bytes]]
) -> Operation:
    """Return an operation that names the files that it brings, and add them.

    Args:
        package: the deck that it comes from.
        parts: the parts of that deck, as ``canonical`` names them.
        files: name of each picture, or "parts:" and a digest -> suffix and content.

    Raises:
        LookupError: with the name of what isn't taken along.
    """
    for kind, target in dict.fromkeys(references(one)):
        part = parts[target].name if target in parts else ""
        suffix = part.rpartition(".")[2].lower()
        if kind == "image" and suffix in PICTURES:
            files[target] = suffix, package.blobs[part]
        elif kind and target and (kind not in LED or kind == "image"):
            content = _packed(package, parts[one.part].name, kind, part)
            name = f"parts:{hashlib.sha256(content).hexdigest()[:16]}"
            files[name] = SUFFIX, content
            old, new = (f"{TO}{kind} {text}" for text in (target, name))
            one = replace(one, now=one.now and one.now.replace(old, new), xml=one.xml.replace(old, new))
    return one


def _packed(package: PackageFile, owner: str, kind: str, part: str) -> bytes:
    one = next((one for one in package.relations(owner) if one.kind == kind and one.target == part), None)
    if one is None:
        raise LookupError(kind)
    return packed(package, one)
