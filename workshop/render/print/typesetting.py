"""Data in, tagged PDF out: one Typst compile in a folder of its own."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from workshop.errors import ExitCode, Problem, WorkshopError
from workshop.fonts import ATKINSON, FIRA_SANS
from workshop.render.print.fonts import fallback_font_files
from workshop.render.print.kept import digest, keep, recall


@dataclass(frozen=True, slots=True)
class Typeset:
    """A document as set.

    Attributes:
        pdf: its bytes.
        marks: label -> values of the metadata that the templates left under it.
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


def _compile(template: str, data: Mapping[str, Any], beside: Mapping[str, bytes], labels: tuple[str, ...]) -> Typeset:
    import typst

    with tempfile.TemporaryDirectory(prefix="workshop-print-") as name:
        root = Path(name)
        _furnish(root, data, beside)
        compiler = typst.Compiler(
            str(root / f"{template}.typ"),
            root=str(root),
            font_paths=[str(FIRA_SANS), str(ATKINSON), str(root / "fonts")],
            ignore_system_fonts=True,
        )
        try:
            pdf = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=0)
            marks = {label: tuple(json.loads(compiler.query(f"<{label}>", field="value"))) for label in labels}
        except typst.TypstError as error:
            raise WorkshopError(_refused(template, error), ExitCode.MACHINE) from error
    if not isinstance(pdf, bytes):
        raise WorkshopError(Problem(f"Typst made no single file of {template}"), ExitCode.MACHINE)
    return Typeset(pdf, marks)


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


def _refused(template: str, error: Exception) -> Problem:
    hints = "; ".join(getattr(error, "hints", None) or ())
    return Problem(
        f"Typst could not set {template}: {getattr(error, 'message', error)}",
        hint=hints or "a picture that is not what its name says is the usual cause",
        code="typeset",
    )
