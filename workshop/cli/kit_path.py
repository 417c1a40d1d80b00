"""The kit that a name on the command line refers to."""

from __future__ import annotations

from pathlib import Path

import click

from workshop.errors import did_you_mean
from workshop.inputs.door import beside
from workshop.plugins.registry import Registry

BUILT_IN = "ai-models"
KIT_FILE = "kit.yaml"


def builtin_kit(registry: Registry) -> Path:
    """Return the folder of the built-in kit."""
    path: Path = registry.get("kit", BUILT_IN)()
    return path


def kit_path(kit: str | None, registry: Registry, *, here: bool = False) -> Path:
    """Return the folder or file that a name refers to: a registered kit or a path; without a name, the built-in kit.

    Args:
        here: whether no name means the kit of the folder that one is in, if it has a kit.yaml.

    Raises:
        click.UsageError: with the nearest name, if nothing is found.
    """
    if not kit:
        return Path() if here and Path(KIT_FILE).is_file() else builtin_kit(registry)
    if registry.has("kit", kit):
        found: Path = registry.get("kit", kit)()
        return found
    path = Path(kit)
    if not path.exists():
        if kit.isdecimal():
            raise click.UsageError(f"There is no file or folder '{kit}'; for a slot write --minutes {kit}")
        near = did_you_mean(path.name, beside(path))
        raise click.UsageError(f"There is no file or folder '{kit}'; {near}".rstrip("; "))
    return path
