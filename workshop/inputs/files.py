"""Read users' text, Markdown and PDF files, and report clearly what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from workshop import limits
from workshop.errors import At, Problem, WorkshopError
from workshop.inputs.door import RefusedError, read_bytes
from workshop.inputs.pdf import PdfError, pdf_text

SLOW = "slow-data"  # code of a file that took so long that it isn't tried again


def shown(path: Path) -> str:
    """Return a path as a person would write it: relative to the working folder if it is in there, with forward slashes."""
    here = Path.cwd()
    whole = path.absolute()
    return (whole.relative_to(here) if whole.is_relative_to(here) else path).as_posix()


def wrong(message: str, at: At, hint: str) -> WorkshopError:
    """Return the error for data that can't be used."""
    return WorkshopError(Problem(message, at, hint=hint, code="bad-data"))


def read_text(path: Path) -> tuple[str, str]:
    """Return the text of a file (of a PDF, page after page) and its name as a person would write it.

    Raises:
        WorkshopError: if it is a folder, over 20 MB, binary, not UTF-8, or has no text.
    """
    name = shown(path)
    if path.is_dir():
        raise wrong("this is a folder, not a text file", At(name), "name a file in it")
    try:
        content = read_bytes(path, limits.DATA_BYTES)
    except RefusedError as error:
        raise wrong(f"this file can't be read: {error.strerror}", At(name), error.hint or "use a part of it") from None
    if content.startswith(b"%PDF-"):
        return _pdf_text(content, name), name
    if b"\0" in content:
        raise wrong("this is not a text file", At(name), "save it as plain text (UTF-8), or as PDF")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise wrong("a character here is not UTF-8", At(name, line), "save the file as UTF-8") from None
    if not text.strip():
        raise wrong("the file is empty", At(name), "put some text into it")
    return text.replace("\r\n", "\n").replace("\r", "\n"), name


def _pdf_text(content: bytes, name: str) -> str:
    try:
        return pdf_text(content)
    except PdfError as error:
        code = SLOW if error.slow else "bad-data"
        raise WorkshopError(Problem(str(error), At(name), hint=error.hint, code=code)) from None


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """Yield number and text of every line except comments, which begin with ``//``."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.lstrip().startswith("//"):
            yield number, line.strip()
