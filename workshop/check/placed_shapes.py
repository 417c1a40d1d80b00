"""Shapes of a package's slide, each with its place."""

from __future__ import annotations

from msgspec import Struct

from workshop.files.package_file import NAMESPACES, Node
from workshop.model.theme import Box

P, A, _C, M, R = (f"{{{NAMESPACES[prefix]}}}" for prefix in "pacmr")


class Placed(Struct, frozen=True, kw_only=True):
    """A shape with its box on the slide, in the order in which shapes are drawn."""

    node: Node
    box: Box | None
