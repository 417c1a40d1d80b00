"""The companion page before it is written: a section per demo, and what its script needs."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from msgspec import Struct, field

BUDGET = 750 * 1024  # bytes of a page


class Section(Struct, frozen=True, kw_only=True):
    """One demo on the page.

    Attributes:
        id: name of the demo; "map" for the stages themselves.
        stage: number of the stage it belongs to, 0 for all of them.
        title: its heading.
        html: the whole section.
        data: its part of the data block, as JSON.
        texts: how many of the kit's own texts travel in it.
        kinds: what people do there, in order, such as "guess" and "write".
    """

    id: str
    stage: int
    title: str
    html: str
    data: str
    texts: int = 0
    kinds: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Bytes that it adds to the page."""
        return len(self.html.encode()) + len(self.data.encode())


class Explored(Struct, frozen=True, kw_only=True):
    """Everything on the page that comes from runs.

    Attributes:
        colors: name of a set of colours -> role -> six hex digits.
        starred: the demos that slides open.
    """

    sections: tuple[Section, ...]
    seed: int
    colors: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    starred: frozenset[str] = frozenset()

    @property
    def digest(self) -> str:
        """A digest of all sections, 16 hex digits: it is the same wherever runs have the same results."""
        texts = [text for section in self.sections for text in (section.html, section.data)]
        return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]
