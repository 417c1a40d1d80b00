"""The text of a PDF, read by pypdf in a separate process."""

from __future__ import annotations

import io
import logging
import re
from functools import lru_cache

from workshop import limits
from workshop.inputs.apart import ApartError, apart

KEPT = 512  # texts: a folder is read more than once in a build
ANEW = "open it, and save or print it as PDF again"
PARTS = "save its text, or use a part of it"


class PdfError(ValueError):
    """A PDF that can't be read.

    Attributes:
        hint: what to do.
        slow: whether it took too long or too much memory.
    """

    def __init__(self, message: str, hint: str, *, slow: bool = False) -> None:
        super().__init__(message)
        self.hint, self.slow = hint, slow


def pdf_text(content: bytes) -> str:
    """Return the text of a PDF, page after page.

    Raises:
        PdfError: for one that is locked, damaged, without text, or takes too long.
    """
    text, error = _read(content)
    if error is not None:
        if not str(error):
            raise PdfError("this PDF takes too long, or too much memory, to read", PARTS, slow=True)
        message, _, hint = str(error).partition("\t")
        raise PdfError(message, hint)
    return text


@lru_cache(maxsize=KEPT)
def _read(content: bytes) -> tuple[str, ApartError | None]:
    """Return the text, or what it came to."""
    seconds, memory = limits.PDF_SECONDS, limits.PDF_MEMORY
    try:
        return apart("workshop.inputs.pdf:extract", content, seconds=seconds, memory=memory).decode(), None
    except ApartError as error:
        return "", error


def extract(content: bytes) -> bytes:
    """Return the text of a PDF in UTF-8; an error is a message and a hint, separated by a tab."""
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
        said = " ".join(str(error).split())[:200]
        raise ApartError(f"this PDF cannot be read: {said or type(error).__name__}\t{ANEW}") from None
    text = "\n\n".join(re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", page) for page in pages)
    if not text.strip():
        hint = "it holds pictures of pages: run text recognition (OCR) on it, or save the text itself"
        raise ApartError(f"this PDF has no text\t{hint}")
    return text.encode("utf-8", "replace")


def _pages(content: bytes) -> list[str]:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise ApartError("this PDF asks for a password\tsave a copy without one")
    if len(reader.pages) > limits.PDF_PAGES:
        raise ApartError(f"this PDF has {len(reader.pages):,} pages; the limit is {limits.PDF_PAGES}\t{PARTS}")
    return [page.extract_text() for page in reader.pages]
