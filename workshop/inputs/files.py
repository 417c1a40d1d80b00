"""Read what people hand in: text, Markdown and PDF, and say plainly what is wrong with it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path

from workshop.errors import At, Problem, WorkshopError

MOST_BYTES = 20_000_000


def shown(path: Path) -> str:
    """Return a path as a person would write it: from the working folder if it lies in it, with forward slashes."""
    here = Path.cwd()
    whole = path.absolute()
    return (whole.relative_to(here) if whole.is_relative_to(here) else path).as_posix()


def wrong(message: str, at: At, hint: str) -> WorkshopError:
    """Return the error for data that cannot serve."""
    return WorkshopError(Problem(message, at, hint=hint, code="bad-data"))


def read_text(path: Path) -> tuple[str, str]:
    """Return the text of a file, its pages one after the other if it is a PDF, and its name as a person would write it.

    Raises:
        WorkshopError: if it is a folder, over 20 MB, binary, not UTF-8, or has no text.
    """
    name = shown(path)
    if path.is_dir():
        raise wrong("this is a folder, not a text file", At(name), "name a file in it")
    size = path.stat().st_size
    if size > MOST_BYTES:
        most = f"{MOST_BYTES / 1e6:,.0f} MB is the most; use a part of it"
        raise wrong(f"the file has {size / 1e6:,.0f} MB", At(name), most)
    content = path.read_bytes()
    if content.startswith(b"%PDF-"):
        return _pdf_text(path, name), name
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


def _pdf_text(path: Path, name: str) -> str:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it logs is about bytes; what counts is raised
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise wrong("this PDF asks for a password", At(name), "save a copy without one")
        pages = [page.extract_text() for page in reader.pages]
    except DependencyError:  # it is locked with a cipher that pypdf leaves to another library
        hint = "save a copy without restrictions: print it as PDF, or save the text itself"
        raise wrong("this PDF is encrypted", At(name), hint) from None
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        # pypdf says what it stumbled over in many ways; a damaged file is all that a person can mend
        raise wrong(
            f"this PDF cannot be read: {error}", At(name), "open it, and save or print it again as PDF"
        ) from None
    text = "\n\n".join(re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", page) for page in pages)
    if not text.strip():
        hint = "it holds pictures of pages: run text recognition (OCR) on it, or save the text itself"
        raise wrong("this PDF has no text", At(name), hint)
    return text


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """Yield number and text of every line but comments, which begin with ``//``."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.lstrip().startswith("//"):
            yield number, line.strip()
