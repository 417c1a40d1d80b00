"""Typesetting: from data to tagged PDF or to pictures, with one Typst compile in a separate folder and process."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from importlib.resources import as_file, files
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from workshop import __version__
from workshop.errors import ExitCode, Problem, WorkshopError
from workshop.files.memo import Memo, digest
from workshop.files.temporary import temporary_folder
from workshop.fonts import ARIMO, ATKINSON, FIRA_SANS, fingerprint
from workshop.render import press
from workshop.render.print.print_fonts import fallback_font_files
from workshop.render.typst_process import PRESSES, run_typst

if TYPE_CHECKING:
    pass
from workshop.render.print.in_grey import in_grey

MACHINE = ExitCode.MACHINE
LONG = ("answers", "cards", "facilitator", "pictures")  # templates whose documents are set one at a time


class Typeset(Struct, frozen=True):
    """A typeset document.

    Attributes:
        pdf: its bytes; those of all its pages, one after the other, if they are pictures.
        marks: label -> values of the metadata that the templates put under it; under
            ``press.LENGTHS``, the bytes that each picture takes.
    """

    pdf: bytes
    marks: Mapping[str, tuple[Any, ...]]


def _read(stored: bytes) -> Typeset:
    head, _, pdf = stored.partition(b"\n")
    return Typeset(pdf, {label: tuple(values) for label, values in json.loads(head).items()})


def _write(done: Typeset) -> bytes:
    return json.dumps({label: list(values) for label, values in done.marks.items()}).encode() + b"\n" + done.pdf


TYPESET = Memo(".typeset", _read, _write)
PACKAGES = ("typst", "matplotlib")  # packages that also determine the bytes


def name_of(template: str, data: str, beside: Mapping[str, bytes], labels: tuple[str, ...], parts: str = "") -> str:
    """Return the name under which a document is kept: a digest of template, what is asked for, data, pictures, fonts and versions."""
    pictures = [part for name in sorted(beside) for part in (name, beside[name])]
    return digest(_surroundings(), [template, labels, parts], data, *pictures)


@cache
def _surroundings() -> str:
    """Return a digest of what is the same for all documents: templates, fonts and versions."""
    folder = files("workshop.render.print") / "templates"
    sources = sorted((entry.name, entry.read_bytes()) for entry in folder.iterdir() if entry.name.endswith(".typ"))
    return digest(__version__, *map(version, PACKAGES), fingerprint(), *(part for source in sources for part in source))


def typeset(
    template: str,
    data: Mapping[str, Any],
    beside: Mapping[str, bytes],
    labels: tuple[str, ...] = (),
    kept: Path | None = None,
    *,
    parts: str = "",
) -> Typeset:
    """Set ``templates/<template>.typ`` with ``data`` as PDF/UA-1.

    Text reaches Typst only as JSON and is never interpreted as markup. The same input gives the same bytes.

    Args:
        template: name of the template.
        data: plain data for ``data.json``.
        beside: name -> bytes of pictures that the data names.
        labels: metadata labels to read back.
        kept: folder for cached documents, or ``None``. Of two threads that ask for the same document, one sets it.
        parts: key of a list in the data whose entries have an integer under "step": the template sets them closer until they
            fit, and the marks under ``press.STEPS`` have a list of the last steps; "" if nothing is set closer.

    Raises:
        WorkshopError: if Typst refuses the document, which shouldn't happen after our checks.
    """
    if data.get("grey"):
        data, beside = in_grey(data, beside)
    labels = (*labels, press.STEPS) if parts else labels
    text = _json(data)
    if kept is None:
        return _compile(template, text, beside, labels, parts=parts)
    name = name_of(template, text, beside, labels, parts)
    with PRESSES.alone(name):
        return TYPESET.once(kept, name, lambda: _compile(template, text, beside, labels, parts=parts))


def drawn(
    template: str, data: Mapping[str, Any], beside: Mapping[str, bytes], ppi: int, kept: Path | None = None
) -> tuple[bytes, ...]:
    """Return each page of a template as a PNG, transparent where the page has no fill; arguments and errors as for ``typeset``.

    Args:
        template: as for ``typeset``.
        data: as for ``typeset``.
        beside: as for ``typeset``.
        ppi: pixels per inch.
        kept: as for ``typeset``.
    """
    text = _json(data)
    name = name_of(template, text, beside, (f"{ppi} ppi",)) if kept is not None else ""
    done = TYPESET.once(kept, name, lambda: _compile(template, text, beside, (), ppi=ppi))
    ends = list(accumulate(done.marks[press.LENGTHS], initial=0))
    return tuple(done.pdf[first:last] for first, last in pairwise(ends))


def _json(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


def _compile(
    template: str,
    data: str,
    beside: Mapping[str, bytes],
    labels: tuple[str, ...],
    *,
    ppi: int = 0,
    parts: str = "",
) -> Typeset:
    with temporary_folder("print") as root:
        _furnish(root, data, beside)
        fonts = [str(FIRA_SANS), str(ATKINSON), str(ARIMO.parent), str(root / "fonts")]
        with PRESSES.room(short=template not in LONG):
            run_typst(root, template, fonts, labels, ppi=ppi, parts=parts)
        if (root / press.REFUSED).exists():
            raise WorkshopError(_refused(template, json.loads((root / press.REFUSED).read_text("utf-8"))), MACHINE)
        try:
            marks = json.loads((root / press.MARKS).read_text("utf-8"))
            return Typeset((root / press.SET).read_bytes(), {label: tuple(values) for label, values in marks.items()})
        except FileNotFoundError:
            raise WorkshopError(Problem(f"Typst made no file from {template}"), MACHINE) from None


def _furnish(root: Path, data: str, beside: Mapping[str, bytes]) -> None:
    """Put templates, data and pictures into one folder, the only one that Typst can see."""
    with as_file(files("workshop.render.print") / "templates") as templates:
        for source in sorted(templates.glob("*.typ")):
            shutil.copyfile(source, root / source.name)
    (root / "fonts").mkdir()
    for font in fallback_font_files():
        shutil.copyfile(font, root / "fonts" / font.name)
    (root / press.DATA).write_text(data, "utf-8")
    for filename, content in beside.items():
        (root / filename).write_bytes(content)


def _refused(template: str, refusal: Mapping[str, Any]) -> Problem:
    return Problem(
        f"Typst could not set {template}: {refusal['message']}",
        hint="; ".join(refusal["hints"]) or "usually a picture's format isn't what its name says",
        code="typeset",
    )
