"""Data in, tagged PDF out: one Typst compile in a folder and a process of its own."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from workshop.errors import ExitCode, Problem, WorkshopError
from workshop.fonts import ATKINSON, FIRA_SANS
from workshop.render import press
from workshop.render.print.fonts import fallback_font_files
from workshop.render.print.kept import digest, keep, recall
from workshop.render.typst_process import run_typst

MACHINE = ExitCode.MACHINE


@dataclass(frozen=True, slots=True)
class Typeset:
    """A document as set.

    Attributes:
        pdf: its bytes.
        marks: label -> values of the metadata that the templates left under it; under ``press.SETTLED`` whether the
            layout came to rest.
    """

    pdf: bytes
    marks: Mapping[str, tuple[Any, ...]]


def typeset(
    template: str,
    data: Mapping[str, Any],
    beside: Mapping[str, bytes],
    labels: tuple[str, ...] = (),
    kept: Path | None = None,
) -> Typeset:
    """Set ``templates/<template>.typ`` with ``data`` as PDF/UA-1.

    Text reaches Typst only as JSON and is never read as markup. The same input gives the same bytes.

    Args:
        template: name of the template.
        data: plain data for ``data.json``.
        beside: name -> bytes of pictures that the data names.
        labels: metadata labels to read back.
        kept: folder in which documents are kept under a digest of everything they are made from, or ``None``.

    Raises:
        WorkshopError: if Typst refuses, which a checked document should never see.
    """
    name = digest(template, data, beside, labels) if kept is not None else ""
    if kept is not None and (found := recall(kept, name)) is not None:
        return Typeset(*found)
    done = _compile(template, data, beside, labels)
    if kept is not None:
        keep(kept, name, done.pdf, done.marks)
    return done


def typeset_to_fit(
    template: str,
    data: Mapping[str, Any],
    parts: Sequence[dict[str, Any]],
    beside: Mapping[str, bytes],
    labels: tuple[str, ...],
    kept: Path | None,
) -> Typeset:
    """Set a document whose template tightens its parts until they fit; arguments and errors as of ``typeset``.

    Typst repeats a layout up to five times, and with each try a part may take one step. Where that was too little, the
    document is set again from where each part had come to.

    Args:
        template: leaves the step of each part under the label "steps", as a list.
        data: holds ``parts``.
        parts: each has a whole number under "step", which is moved on.
        beside: as of ``typeset``.
        labels: as of ``typeset``.
        kept: as of ``typeset``.
    """
    while True:
        done = typeset(template, data, beside, (*labels, "steps"), kept)
        reached = list(done.marks["steps"][0])
        if done.marks[press.SETTLED][0] or reached == [part["step"] for part in parts]:
            return done
        for part, step in zip(parts, reached, strict=True):
            part["step"] = step


def _compile(template: str, data: Mapping[str, Any], beside: Mapping[str, bytes], labels: tuple[str, ...]) -> Typeset:
    with tempfile.TemporaryDirectory(prefix="workshop-print-") as name:
        root = Path(name)
        _furnish(root, data, beside)
        fonts = [str(FIRA_SANS), str(ATKINSON), str(root / "fonts")]
        run_typst(root, template, fonts, labels)
        if (root / press.REFUSED).exists():
            raise WorkshopError(_refused(template, json.loads((root / press.REFUSED).read_text("utf-8"))), MACHINE)
        try:
            marks = json.loads((root / press.MARKS).read_text("utf-8"))
            return Typeset((root / press.PDF).read_bytes(), {label: tuple(values) for label, values in marks.items()})
        except FileNotFoundError:
            raise WorkshopError(Problem(f"Typst made no file from {template}"), MACHINE) from None


def _furnish(root: Path, data: Mapping[str, Any], beside: Mapping[str, bytes]) -> None:
    """Lay templates, fonts, data and pictures side by side: Typst sees this folder and nothing else."""
    with as_file(files("workshop.render.print") / "templates") as templates:
        for source in sorted(templates.glob("*.typ")):
            shutil.copyfile(source, root / source.name)
    (root / "fonts").mkdir()
    for font in fallback_font_files():
        shutil.copyfile(font, root / "fonts" / font.name)
    (root / "data.json").write_text(json.dumps(data, ensure_ascii=False, sort_keys=True), "utf-8")
    for filename, content in beside.items():
        (root / filename).write_bytes(content)


def _refused(template: str, refusal: Mapping[str, Any]) -> Problem:
    return Problem(
        f"Typst could not set {template}: {refusal['message']}",
        hint="; ".join(refusal["hints"]) or "usually a picture's format isn't what its name says",
        code="typeset",
    )
