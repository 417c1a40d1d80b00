"""What add-ons add to guide, print list and ``print-all.pdf``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from workshop.layout.laid import LaidOut
from workshop.model.kit import Stage
from workshop.plugins.addons import addons, load
from workshop.render.print.block_data import Galley


class Paper(Struct, frozen=True, kw_only=True):
    """What an add-on adds to the papers of the core.

    Attributes:
        material: lines after the material of a stage in the guide; it gets the numbers of slides by their ids.
    """

    material: Callable[[LaidOut, Stage, Mapping[str, str], Galley], Iterable[str]] = lambda *_: ()


def papers() -> tuple[Paper, ...]:
    """Return what each add-on adds, in the order of their names."""
    return tuple(load(addon.paper) for addon in addons().values() if addon.paper)
