"""The check of a world, and its proof on paper."""

from __future__ import annotations

from pathlib import Path

from workshop.cli.asked import builtin_kit
from workshop.errors import Problem, WorkshopError
from workshop.files.output import change
from workshop.inputs.worlds import FILE, FOLDER
from workshop.plugins.registry import Registry


def world_named(name: str, registry: Registry) -> Path | None:
    """Return the folder of a world: any folder with a world.yaml, or a ready one by its name; ``None`` for other things."""
    folders = (Path(name), builtin_kit(registry) / FOLDER / name)
    return next((folder for folder in folders if (folder / FILE).is_file()), None)


def check_world(folder: Path, registry: Registry, proof: Path | None) -> tuple[tuple[Problem, ...], tuple[str, ...]]:
    """Write the proof, if there is to be one, and return the problems, and lines that say what each moment shows."""
    from workshop.render.print.proof import proof_sheet

    try:
        found = registry.get("world_check", registry.names("world_check")[0])(folder)
    except WorkshopError as error:
        return error.problems, ()
    if proof is None:
        return found.problems, found.lines
    change(proof.parent, {proof.name: proof_sheet(f"Proof of {folder.name}", found.words, found.others)})
    return found.problems, (*found.lines, proof.as_posix())
