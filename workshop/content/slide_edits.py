"""``edits/SLIDE.yaml``: edits made in PowerPoint, one line each, which every build repeats."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from workshop import limits
from workshop.content.kit_files import is_inside, read_yaml
from workshop.content.metadata import read_meta
from workshop.errors import Report
from workshop.files.edit_lines import well_formed
from workshop.model.slide_edit import EditLine, SlideEdit

EDITS, MEDIA, LOG = "edits", "media", "log.yaml"


def edits_folder(talk: Path) -> Path:
    """Return the folder with the edits of a talk in one file; a folder may have several talks."""
    return talk.with_suffix(f".{EDITS}")


def read_edits(folder: Path, report: Report, *, own: str = EDITS) -> tuple[SlideEdit, ...]:
    """Return the edits in a folder of an overlay, slide by slide; whatever is wrong with them is reported.

    Args:
        own: name of the folder with the edits.
    """
    place = folder / own
    if not place.is_dir() or not is_inside(place, folder, report):
        return ()
    found: list[SlideEdit] = []
    for path in sorted(place.glob("*.yaml")):
        if path.name != LOG and is_inside(path, folder, report):
            found += _of_file(path, report)
    if len(found) > limits.SLIDE_EDITS:
        report.error(
            f"{place.name} has more than {limits.SLIDE_EDITS} edits", found[-1].at, "take some out", "too-large"
        )
    return tuple(found[: limits.SLIDE_EDITS])


def _of_file(path: Path, report: Report) -> Iterator[SlideEdit]:
    tree = read_yaml(path, report, [])
    if tree is None or not tree.value:
        return
    if not isinstance(tree.value, list):
        report.error("this file must be a list of edits", tree.at(()), "write - {shape: …, …}", "schema")
        return
    for k in range(len(tree.value)):
        line, at = read_meta(EditLine, tree, report, (k,)), tree.at((k,))
        if wrong := well_formed(line):
            report.error(f"the XML of this edit can't be read: {wrong}", at, "take the edit out", "edit")
        elif line != EditLine():
            yield SlideEdit(slide=path.stem, line=line, audience=line.for_, media=path.parent / MEDIA, at=at)
