"""Add-ons: each folder of ``workshop/addons/`` with a ``register.py``. A folder that is deleted leaves no trace.

Its ``ADDON`` names what it adds as ``"package.module:attribute"``, which is imported when it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from workshop.errors import Problem, WorkshopError

FOLDER = Path(__file__).resolve().parents[1] / "addons"


class AddOn(Struct, frozen=True, kw_only=True):
    """What an add-on adds to the core.

    Attributes:
        needs: the add-ons that it can't do without.
        commands: name -> command of the command line.
        alone: the command that the program's name alone means, for a person at a terminal with a screen.
        options: a tuple of options for ``build``; each is a column of a batch, too. Their values are in ``Request.extra``.
        writers: name -> writer.
        step: a step of a build after the layout (``steps.Step``); what it makes is in ``Kit.extra``.
        paper: what it adds to guide, print list and ``print-all.pdf`` (``render.print.document.Paper``).
        limits: the module that declares its limits on files from strangers.
    """

    needs: tuple[str, ...] = ()
    commands: Mapping[str, str] = field(default_factory=dict)
    alone: str = ""
    options: str = ""
    writers: Mapping[str, str] = field(default_factory=dict)
    step: str = ""
    paper: str = ""
    limits: str = ""


@cache
def addons() -> Mapping[str, AddOn]:
    """Return every add-on, by name.

    Raises:
        WorkshopError: if one needs another that isn't there.
    """
    names = sorted(path.parent.name for path in FOLDER.glob("*/register.py"))
    found: dict[str, AddOn] = {name: import_module(f"workshop.addons.{name}.register").ADDON for name in names}
    for name, addon in found.items():
        for lacking in sorted(set(addon.needs) - set(found)):
            raise WorkshopError(
                Problem(
                    f"the add-on {name!r} needs {lacking!r}, which isn't there", hint=f"delete {FOLDER / name}, too"
                )
            )
    return found


@cache
def load(target: str) -> Any:
    """Return what ``"package.module:attribute"`` names."""
    module, _, attribute = target.partition(":")
    return attrgetter(attribute)(import_module(module))
