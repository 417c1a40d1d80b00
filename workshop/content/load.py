"""The entry point: reads a kit folder, or a Markdown file as a kit, and returns its content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from workshop.content.kit_files import KIT_FILE
from workshop.content.single_file import load_single
from workshop.content.source_text import display
from workshop.content.words import NOWHERE
from workshop.errors import At, Problem, Problems, Report
from workshop.model.source import Content


# The entry point: reads a kit folder or a Markdown file and returns its content.
def read(
    path: Path,
    base: Path | None = None,
    overlays: Sequence[Path] = (),
    variables: Mapping[str, str] = {},
    world: str = "",
    tool: str = "",
    cache: Path | None = None,
    text: str | None = None,
) -> tuple[Content, tuple[Problem, ...]]:
    """Read a kit or a single Markdown file as far as possible.

    Args:
        path: a folder with kit.yaml, that kit.yaml, or a Markdown file.
        base: kit whose glossary, sources, audiences and data a single file inherits.
        overlays: folders laid over a kit, the strongest last.
        variables: texts of ``{{ var.name }}`` that take precedence over the kit's own.
        world: name or folder of the world that is laid under it; "" for the kit's own.
        tool: the tool that a single file was written for; "" to find out.
        cache: folder in which citations are kept; ``None`` for none.
        text: the Markdown of a single file, if it isn't read from there.

    Returns:
        The content, and every problem in order of place. If one of them is an error, the content is only good for
        finding more problems.

    Raises:
        Problems: if nothing could be read.
    """
    path = Path(path)
    report = Report()
    content: Content | None = None
    if path.name == KIT_FILE and path.is_file():
        path = path.parent
    if path.is_dir():
        from workshop.content.kit_folder import load_kit  # a talk needs none of what reads kits

        laid = tuple(folder for folder in map(Path, overlays) if _is_overlay(folder, report))
        content = load_kit(path, report, laid, variables, world, cache)
    elif text is not None or path.is_file():
        for folder in overlays:
            hint = "change the file itself, or name a folder with kit.yaml"
            report.error("an overlay changes a kit, not a single file", At(display(folder)), hint, "overlay")

        report.lenient = True
        content = load_single(path, base, report, variables, tool, cache, text)
    else:
        report.error("there is no such file or folder", At(display(path)), code="missing-file")
    if content is None:
        raise Problems(report.found or [Problem("nothing could be read", At(display(path)))])
    stopped = bool(report.errors)  # then words are missing because of what was told: an open comment, say
    found = dict.fromkeys(problem for problem in report.found if not (stopped and problem.code == NOWHERE))
    return content, tuple(sorted(found, key=lambda problem: problem.sort_key))


def load(
    path: Path,
    base: Path | None = None,
    overlays: Sequence[Path] = (),
    variables: Mapping[str, str] = {},
    tool: str = "",
) -> tuple[Content, tuple[Problem, ...]]:
    """Read a kit or a single Markdown file without errors; arguments as for ``read``.

    Returns:
        The content, and warnings and advice in order of place.

    Raises:
        Problems: every problem of every file, if any of them is an error.
    """
    content, found = read(path, base, overlays, variables, tool=tool)
    Report(list(found)).raise_if_errors()
    return content, found


def _is_overlay(folder: Path, report: Report) -> bool:
    if not folder.is_dir():
        report.error("there is no such folder", At(display(folder)), code="missing-file")
        return False
    return True
