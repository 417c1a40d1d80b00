"""What a command was asked for: its kit, its request, and the folder to write into."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from workshop.cli import options as opt
from workshop.cli.cache_command import kept_in
from workshop.cli.command_line import program
from workshop.cli.grouped import Option
from workshop.errors import ExitCode, Problem, WorkshopError
from workshop.inputs.door import nearest
from workshop.model.request import Request
from workshop.plugins.registry import Registry

BUILT_IN = "ai-models"
DEFAULT_OUT = Path("dist")
KIT_FILE = "kit.yaml"


def builtin_kit(registry: Registry) -> Path:
    """Return the folder of the built-in kit.

    Raises:
        WorkshopError: if there is none in this installation.
    """
    if not registry.has("kit", BUILT_IN):
        hint = "name a kit's folder or a Markdown file"
        raise WorkshopError(Problem("no kit comes with this installation", hint=hint), ExitCode.USAGE)
    path: Path = registry.get("kit", BUILT_IN)()
    return path


def base_kit(registry: Registry) -> Path | None:
    """Return the folder of the kit whose words a single file may use: the built-in one, if this installation has it."""
    return builtin_kit(registry) if registry.has("kit", BUILT_IN) else None


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
        start = "" if path.suffix else f"; to start a kit of that name: {program()} new {kit}"
        raise click.UsageError(f"There is no file or folder '{kit}'; {nearest(path)}{start}")
    return path


def request_of(*, no_cache: bool = False, **options: Any) -> Request:
    """Return the values of options as a request."""
    from workshop.files.paths import trusted_file

    extra = {name: _given(declared, options) for name, declared in opt.ADDED.items()}
    given = {name: values for name, values in extra.items() if values}
    return Request(cache=kept_in(no_cache=no_cache), trusted=trusted_file(), extra=given, **options)


def _given(declared: tuple[Option, ...], options: dict[str, Any]) -> dict[str, Any]:
    """Take the options of an add-on out of ``options``, and return those that were given."""
    names = [str(option.made().name) for option in declared]
    return {name: value for name in names if (value := options.pop(name, None))}


def default_folder(path: Path, kit: str | None, request: Request, audience: str) -> Path:
    """Return the folder that a build writes into if none is named."""
    return DEFAULT_OUT / _folder(path, kit, request, audience)


def _folder(path: Path, kit: str | None, request: Request, audience: str) -> str:
    if path.is_file():
        return path.stem
    names = [
        *([path.resolve().name] if kit else ()),
        *filter(None, [Path(request.world).name]),
        *(folder.resolve().name for folder in request.overlays),
        audience,
    ]
    names += [f"stages-{'-'.join(request.stages)}"] if request.stages else []
    names += [f"{request.minutes:g}-min"] if request.minutes else ["all"] if request.minutes == 0 else []
    return "-".join(dict.fromkeys(names))
