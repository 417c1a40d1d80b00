"""The slides of a deck, each with its parts, whichever program wrote them."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from workshop.files.deck_shapes import P, R
from workshop.files.package_file import NAMESPACES, Node, PackageFile, whole
from workshop.files.schema import views


class SlideFile(Struct, frozen=True, kw_only=True):
    """A slide: its part, the number that it shows, its XML.

    Attributes:
        listed: its number in the list of slides, which a copy doesn't share; "" if it has none.
        written: the XML as it is written.
        root: what programs see of it that know everything in it.
        others: what other programs see, if that isn't the same.
    """

    part: str
    number: int
    written: Node
    root: Node
    others: tuple[Node, ...] = ()
    listed: str = ""

    @property
    def place(self) -> str:
        """Its name in messages."""
        return f"slide {self.number}"

    def find(self, path: str) -> Iterator[Node]:
        """Yield the nodes of an XPath such as ``.//p:pic``."""
        yield from self.root.iterfind(path, NAMESPACES)


def slide_files(package: PackageFile) -> list[SlideFile]:
    """Return the slides of a presentation in order, except those that can't be read."""
    main, slides = package.related("", "officeDocument"), []
    for number, node in enumerate(package.tree(main).iterfind("p:sldIdLst/p:sldId", NAMESPACES), 1):
        if part := package.numbered(main, node.get(f"{R}id")):
            root = package.tree(part)
            if root.tag != f"{P}sld" or not package.is_read(part):
                continue  # it was reported as a part of another kind, or one that can't be read
            seen, *others = views(root)
            listed = str(node.get("id", ""))
            slides.append(
                SlideFile(part=part, number=number, written=root, root=seen, others=tuple(others), listed=listed)
            )
    return slides


def slide_size(package: PackageFile) -> tuple[int, int]:
    """Return width and height of a presentation's slides in EMU."""
    size = package.tree(package.related("", "officeDocument")).find("p:sldSz", NAMESPACES)
    return whole(size, "cx", 12_192_000), whole(size, "cy", 6_858_000)
