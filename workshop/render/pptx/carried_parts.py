"""Parts that an added shape brings along, put into a deck: each once, under free names, with nothing but what is taken along."""

from __future__ import annotations

import re
from copy import deepcopy
from pathlib import Path

from msgspec import Struct, field
from pptx.opc.constants import RELATIONSHIP_TARGET_MODE as RTM
from pptx.opc.package import Part, _Relationship

from workshop import limits
from workshop.errors import WorkshopError
from workshop.files.carried import main_relation, needed, without_the_rest
from workshop.files.package_file import PackageFile, content_types, read_package
from workshop.inputs.door import read_bytes
from workshop.render.office_xml import to_bytes
from workshop.render.pptx.carrier import OpenDeck

SUFFIX = re.compile(r"[a-z0-9]{1,5}")


class CarriedParts(Struct, kw_only=True):
    """The parts that the edits of one deck bring along.

    Attributes:
        deck: the deck that they go into.
        known: file -> kind of the relation to its part, and the part.
        media: content of each film or picture -> its part.
    """

    deck: OpenDeck
    known: dict[Path, tuple[str, Part]] = field(default_factory=dict)
    media: dict[bytes, Part] = field(default_factory=dict)

    def part(self, path: Path) -> tuple[str, Part]:
        """Return the kind of relation and the part of a file.

        Raises:
            ValueError: why it can't be taken, in words.
        """
        if path not in self.known:
            try:
                package = read_package(read_bytes(path, limits.PACKAGE_BYTES), path.name)
                one = main_relation(package)
                if one is None:
                    raise ValueError(f"{path.name} has nothing that a shape may bring")
                self.known[path] = one.type, self._copy(package, one.target, one.kind, {})
            except OSError as error:
                raise ValueError(f"{path.name} can't be read: {error.strerror}") from None
            except WorkshopError as error:
                raise ValueError(f"{path.name} can't be read: {error.problem.message}") from None
        return self.known[path]

    def _copy(self, package: PackageFile, name: str, kind: str, copies: dict[str, Part]) -> Part:
        own, blob = needed(package, name), package.blobs[name]
        if found := copies.get(name) or self.media.get(blob):
            return found
        suffix = name.rpartition(".")[2].lower()
        named = f"/ppt/media/carried%d.{suffix if SUFFIX.fullmatch(suffix) else 'bin'}"
        if suffix == "xml":
            root = deepcopy(package.tree(name))
            if lost := without_the_rest(root, {one.id: one for one in own}):
                raise ValueError(f"it needs a {lost:.40} that isn't taken along")
            named, blob = f"/ppt/carried/{kind}%d.xml", to_bytes(root)
        copy: Part = self.deck.add(named, content_types(package)[name], blob)
        copies[name] = copy
        if suffix not in ("xml", "xlsx"):
            self.media[blob] = copy
        for one in own:
            target = self._copy(package, one.target, one.kind, copies)
            copy.rels._rels[one.id] = _Relationship(copy.partname.baseURI, one.id, one.type, RTM.INTERNAL, target)  # noqa: SLF001 - python-pptx chooses the numbers itself
        return copy
