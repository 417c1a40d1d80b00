"""Text of PDF and Word files, read in a process of its own with limits on time and memory."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from workshop import limits
from workshop.errors import At, Problem, WorkshopError
from workshop.inputs.apart import ApartError, apart
from workshop.inputs.pdf_pages import LONGEST, Row, joined, rows_of
from workshop.inputs.running_text import is_closed

KEPT = 512  # texts: a folder is read more than once in a build
SLOW = "slow-data"  # code of a file that took so long that it isn't tried again
ANEW = "open it, and save or print it as PDF again"
PARTS = "save its text alone as .txt, or some of its pages as a PDF of their own"
WORD = ".docx"


def document_text(content: bytes, name: str) -> str:
    """Return the text of a PDF or of a Word document, with its headings as in Markdown.

    Raises:
        WorkshopError: for one that is locked, damaged, without text, or takes too long.
    """
    text, error = _read(content)
    if error is None:
        return text
    message, _, hint = str(error).partition("\t")
    slow = "this document takes too long, or too much memory, to read"
    raise WorkshopError(Problem(message or slow, At(name), hint=hint or PARTS, code="bad-data" if message else SLOW))


@lru_cache(maxsize=KEPT)
def _read(content: bytes) -> tuple[str, ApartError | None]:
    """Return the text, or what it came to."""
    seconds, memory = limits.DOCUMENT_SECONDS, limits.DOCUMENT_MEMORY
    reader = "pdf_text" if content.startswith(b"%PDF-") else "word_text"
    try:
        return apart(f"workshop.inputs.documents:{reader}", content, seconds=seconds, memory=memory).decode(), None
    except ApartError as error:
        return "", error


def pdf_text(content: bytes) -> bytes:
    """Return the text of a PDF in UTF-8, with its headings as in Markdown; an error is a message and a hint, separated by a tab."""
    from pypdf.errors import DependencyError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its log is about bytes; anything important is raised
    try:
        pages = _pages(content)
    except ApartError:
        raise
    except DependencyError:  # it is locked with a cipher for which pypdf needs another library
        hint = "save a copy without restrictions: print it as PDF, or save the text itself"
        raise ApartError(f"this PDF is encrypted\t{hint}") from None
    except MemoryError:
        raise ApartError from None
    except Exception as error:  # noqa: BLE001 - pypdf says what it stumbled over in many ways; all mean a damaged file
        raise ApartError(f"this PDF cannot be read: {_said(error)}\t{ANEW}") from None
    text = joined(pages)
    if not text.strip():
        hint = "it holds pictures of pages: run text recognition (OCR) on it, or save the text itself"
        raise ApartError(f"this PDF has no text\t{hint}")
    return text.encode("utf-8", "replace")


def word_text(content: bytes) -> bytes:
    """Return the text of a Word document as Markdown in UTF-8: headings, lists and paragraphs, without tables; errors as above.

    If no paragraph has the style of a heading, short ones in bold are headings.
    """
    from docx import Document

    try:
        paragraphs = Document(io.BytesIO(content)).paragraphs
        headed = any(map(_is_heading, paragraphs))
        texts = [_word_paragraph(paragraph, _is_heading if headed else _is_bold) for paragraph in paragraphs]
    except MemoryError:
        raise ApartError from None
    except Exception as error:  # noqa: BLE001 - zipfile, lxml and python-docx say in many ways that it is damaged
        raise ApartError(f"this Word document cannot be read: {_said(error)}\topen it, and save it again") from None
    if not (text := "\n\n".join(filter(None, texts))):
        raise ApartError("this Word document has no text outside of tables\tsave the text itself")
    return text.encode("utf-8", "replace")


def _is_heading(paragraph: Any) -> bool:
    return str(paragraph.style.name or "").startswith("Heading")


def _is_bold(paragraph: Any) -> bool:
    runs, said = [run for run in paragraph.runs if run.text.strip()], paragraph.text.split()
    return bool(runs) and all(run.bold for run in runs) and len(said) <= LONGEST and not is_closed(paragraph.text)


def _word_paragraph(paragraph: Any, is_heading: Callable[[Any], bool]) -> str:
    style, text = paragraph.style.name or "", " ".join(paragraph.text.split())
    listed = style.startswith("List") or paragraph.paragraph_format.element.xpath("./w:pPr/w:numPr")
    mark = "# " if style == "Title" or is_heading(paragraph) else "- " if listed else ""
    return f"{mark}{text}" if text else ""


def _said(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


def _pages(content: bytes) -> list[list[Row]]:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise ApartError("this PDF asks for a password\tsave a copy without one")
    if len(reader.pages) > limits.PDF_PAGES:
        raise ApartError(f"this PDF has {len(reader.pages):,} pages; the limit is {limits.PDF_PAGES}\t{PARTS}")
    return [rows_of(page) for page in reader.pages]
