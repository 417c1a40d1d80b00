"""Read what people hand in: text, Markdown and PDF, alone or in a folder, and say plainly what is wrong with it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path

from workshop.errors import At, Problem, Problems, WorkshopError

MOST_BYTES = 20_000_000
UNREAD_SUFFIXES = (
    ".doc",
    ".docx",
    ".odt",
    ".rtf",
    ".pages",
    ".html",
    ".htm",
    ".epub",
    ".ppt",
    ".pptx",
    ".xls",
    ".xlsx",
)
TEXT_SUFFIXES = (".txt", ".md", ".markdown", ".pdf")


def shown(path: Path) -> str:
    """Return a path as a person would write it: from the working folder if it lies in it, with forward slashes."""
    here = Path.cwd()
    whole = path.absolute()
    return (whole.relative_to(here) if whole.is_relative_to(here) else path).as_posix()


def wrong(message: str, at: At, hint: str) -> WorkshopError:
    """Return the error for data that cannot serve."""
    return WorkshopError(Problem(message, at, hint, "bad-data"))


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
            f"this PDF cannot be read: {error}", At(name), "open it, and save or print it anew as PDF"
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


def text_files(folder: Path) -> list[Path]:
    """Return the text, Markdown and PDF files of a folder and of those in it, by name; no hidden ones, and no links out.

    A folder may be that of somebody's kit: a link in it must not bring files of this machine onto slides.

    Raises:
        WorkshopError: if together they are over 20 MB.
    """
    inside = folder.resolve()
    files = sorted(
        file
        for file in folder.rglob("*")
        if file.suffix.lower() in TEXT_SUFFIXES
        and file.is_file()
        and file.resolve().is_relative_to(inside)
        and not any(part.startswith(".") for part in file.relative_to(folder).parts)
    )
    if (total := sum(file.stat().st_size for file in files)) > MOST_BYTES:
        most = f"{MOST_BYTES / 1e6:,.0f} MB is the most; use a part of them"
        raise wrong(f"the texts in this folder have {total / 1e6:,.0f} MB", At(shown(folder)), most)
    return files


def unread_files(folder: Path) -> list[Path]:
    """Return the files of a folder that are not read: those of word processors and the like, and links out of it."""
    inside = folder.resolve()
    return sorted(
        file
        for file in folder.rglob("*")
        if file.is_file()
        and not file.name.startswith((".", "~"))
        and (
            file.suffix.lower() in UNREAD_SUFFIXES
            or (file.suffix.lower() in TEXT_SUFFIXES and not file.resolve().is_relative_to(inside))
        )
    )


def read_all(folder: Path) -> list[tuple[Path, str, str]]:
    """Return path, text and name of every text in a folder.

    Raises:
        Problems: everything that is wrong with any of them.
    """
    read: list[tuple[Path, str, str]] = []
    found: list[Problem] = []
    for file in text_files(folder):
        try:
            read.append((file, *read_text(file)))
        except WorkshopError as error:
            found.extend(error.problems)
    if found:
        raise Problems(found)
    return read
