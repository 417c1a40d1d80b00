"""The only way to files: what a name refers to inside a kit, and the bytes of a regular file of limited size.

Nothing here opens a pipe, a device or a folder as a file, follows a link out of a kit, or reads beyond a limit.
"""

from __future__ import annotations

import io
import logging
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from workshop import limits
from workshop.errors import At, Problem, Problems, Severity, WorkshopError, did_you_mean
from workshop.inputs.apart import ApartError, apart
from workshop.limits import megabytes

# ---------------------------------------------------------------- door
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_KINDS = (
    (stat.S_ISDIR, "it is a folder"),
    (stat.S_ISFIFO, "it is a pipe"),
    (stat.S_ISSOCK, "it is a socket"),
    (stat.S_ISCHR, "it is a device"),
    (stat.S_ISBLK, "it is a device"),
)


class RefusedError(OSError):
    """A file that isn't read; ``strerror`` says why, in a clause, and ``hint`` what to do."""

    def __init__(self, reason: str, hint: str = "") -> None:
        super().__init__(0, reason)
        self.hint = hint


class TooLargeError(RefusedError):
    """A file over its limit."""


def open_regular(path: Path, most: int) -> BinaryIO:
    """Return a regular file opened for reading.

    Args:
        most: largest size in bytes.

    Raises:
        RefusedError: if it is anything but a regular file; TooLargeError, a subclass, if it is larger.
        OSError: if it can't be opened.
    """
    try:
        # Open without blocking: a pipe that nobody writes to would otherwise block forever
        handle = os.open(path, _FLAGS)
    except ValueError as error:  # a NUL in the name
        raise RefusedError("no file can have this name") from error
    except OSError as error:
        if odd := _odd(path):
            raise RefusedError(odd) from error
        raise
    found = os.fstat(handle)
    odd = _kind(found.st_mode)
    if odd or found.st_size > most:
        os.close(handle)
        raise RefusedError(odd, "name a regular file") if odd else _too_large(found.st_size, most)
    return os.fdopen(handle, "rb")


def read_bytes(path: Path, most: int) -> bytes:
    """Return the bytes of a regular file; arguments and errors as for ``open_regular``."""
    with open_regular(path, most) as stream:
        content = stream.read(most + 1)
    if len(content) > most:  # it grew, or didn't report its size
        raise _too_large(len(content), most)
    return content


def _too_large(size: int, most: int) -> TooLargeError:
    return TooLargeError(f"it has {megabytes(size)}; the limit is {megabytes(most)}")


def read_text(path: Path, most: int) -> str:
    """Return the text of a regular file in UTF-8, without a byte order mark.

    Raises:
        RefusedError: as for ``open_regular``, or if it isn't UTF-8.
        OSError: if it can't be read.
    """
    try:
        return read_bytes(path, most).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedError(f"it isn't text in UTF-8 (byte {error.start})", "save it as UTF-8") from error


def _odd(path: Path) -> str:
    """Say what a path is if it can't be opened as a file, or return "" if that isn't the reason."""
    try:
        return _kind(path.stat().st_mode)
    except (OSError, ValueError):
        return ""


def _kind(mode: int) -> str:
    return next((what for is_kind, what in _KINDS if is_kind(mode)), "")


def find_inside(
    name: str, folders: Sequence[Path], root: Path | None, whose: str = "the kit"
) -> Path | tuple[str, str]:
    """Look for a file or folder ``name`` in ``folders``.

    Args:
        root: folder that it must be in, after following links; ``None`` if it may be anywhere.
        whose: what ``root`` is called in a message.

    Returns:
        Its path, or a message and a hint that say why not.
    """
    leaves = False
    for folder in folders:
        path = Path(os.path.normpath(folder / name))
        try:
            if not path.exists():
                leaves = leaves or (root is not None and not _whole(path).is_relative_to(_whole(root)))
                continue
            if not (path.is_file() or path.is_dir()):
                return f"{shortened(name)} isn't a regular file", "put a copy of the file itself there"
            if root is None or path.resolve().is_relative_to(root.resolve()):
                return path
        except (OSError, ValueError, RuntimeError):  # a name too long, a NUL, a link to itself
            continue
        leaves = True
    if leaves:
        return f"{shortened(name)} is outside of {whose}", f"copy it into {whose}"
    return f"there is no file {shortened(name)}", nearest(Path(os.path.normpath(folders[0] / name)))


def _whole(root: Path) -> Path:
    return Path(os.path.normpath(root.absolute()))


def shortened(name: str) -> str:
    """Return a name in quotation marks, cut if it is long."""
    return repr(name if len(name) < 80 else name[:77] + "…")


def beside(path: Path) -> list[str]:
    """Return the names in the folder of a path, for a hint, without hidden ones; none if they can't be listed."""
    try:
        return sorted(entry.name for entry in path.parent.iterdir() if entry.name[0] != ".")
    except (OSError, ValueError):
        return []


def nearest(path: Path) -> str:
    """Return a hint for a path where nothing is: what has its ending or its name beside it, or where to put it."""
    folder = "this folder" if path.parent == Path() else path.parent.as_posix()
    if not path.parent.is_dir():
        return f"the folder {folder} is missing, too: make it and put {path.name} there, or write where the file is"
    alike = [
        name
        for name in beside(path)
        if path.suffix.lower() == Path(name).suffix.lower() or path.stem == Path(name).stem
    ]
    return did_you_mean(path.name, alike) or f"put it into {folder}, or write where it is"


# ---------------------------------------------------------------- documents
# The text of PDFs and Word documents, read by pypdf and python-docx in a separate process.
KEPT = 512  # texts: a folder is read more than once in a build
SLOW = "slow-data"  # code of a file that took so long that it isn't tried again
ANEW = "open it, and save or print it as PDF again"
PARTS = "save its text, or use a part of it"
WORD = ".docx"


def _document_text(content: bytes, name: str) -> str:
    """Return the text of a PDF, page after page, or of a Word document.

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
        return apart(f"workshop.inputs.door:{reader}", content, seconds=seconds, memory=memory).decode(), None
    except ApartError as error:
        return "", error


def pdf_text(content: bytes) -> bytes:
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
        raise ApartError(f"this PDF cannot be read: {_said(error)}\t{ANEW}") from None
    text = "\n\n".join(re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", page) for page in pages)
    if not text.strip():
        hint = "it holds pictures of pages: run text recognition (OCR) on it, or save the text itself"
        raise ApartError(f"this PDF has no text\t{hint}")
    return text.encode("utf-8", "replace")


def word_text(content: bytes) -> bytes:
    """Return the text of a Word document as Markdown in UTF-8: headings, lists and paragraphs, without tables; errors as above."""
    from docx import Document

    try:
        texts = [_word_paragraph(paragraph) for paragraph in Document(io.BytesIO(content)).paragraphs]
    except MemoryError:
        raise ApartError from None
    except Exception as error:  # noqa: BLE001 - zipfile, lxml and python-docx say in many ways that it is damaged
        raise ApartError(f"this Word document cannot be read: {_said(error)}\topen it, and save it again") from None
    if not (text := "\n\n".join(filter(None, texts))):
        raise ApartError("this Word document has no text outside of tables\tsave the text itself")
    return text.encode("utf-8", "replace")


def _word_paragraph(paragraph: Any) -> str:
    style, text = paragraph.style.name or "", " ".join(paragraph.text.split())
    listed = style.startswith("List") or paragraph.paragraph_format.element.xpath("./w:pPr/w:numPr")
    mark = "# " if style == "Title" or style.startswith("Heading") else "- " if listed else ""
    return f"{mark}{text}" if text else ""


def _said(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


def _pages(content: bytes) -> list[str]:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise ApartError("this PDF asks for a password\tsave a copy without one")
    if len(reader.pages) > limits.PDF_PAGES:
        raise ApartError(f"this PDF has {len(reader.pages):,} pages; the limit is {limits.PDF_PAGES}\t{PARTS}")
    return [page.extract_text() for page in reader.pages]


# ---------------------------------------------------------------- files
# Read users' text, Markdown, PDF and Word files, and report clearly what is wrong with them.


def shown(path: Path) -> str:
    """Return a path as a person would write it: relative to the working folder if it is in there, with forward slashes."""
    here = Path.cwd()
    whole = path.absolute()
    return (whole.relative_to(here) if whole.is_relative_to(here) else path).as_posix()


def wrong(message: str, at: At, hint: str) -> WorkshopError:
    """Return the error for data that can't be used."""
    return WorkshopError(Problem(message, at, hint=hint, code="bad-data"))


def read_text_file(path: Path) -> tuple[str, str]:
    """Return the text of a file (of a PDF, page after page; of a Word document as Markdown) and its name as a person would write it.

    Raises:
        WorkshopError: if it is a folder, over 15 MB, binary, not UTF-8, or has no text.
    """
    name = shown(path)
    if path.is_dir():
        raise wrong("this is a folder, not a text file", At(name), "name a file in it")
    try:
        content = read_bytes(path, limits.DATA_BYTES)
    except RefusedError as error:
        raise wrong(f"this file can't be read: {error.strerror}", At(name), error.hint or "use a part of it") from None
    if content.startswith(b"%PDF-") or path.suffix.lower() == WORD:
        return _document_text(content, name), name
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


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """Yield number and text of every line except comments, which begin with ``//``."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.lstrip().startswith("//"):
            yield number, line.strip()


# ---------------------------------------------------------------- folders
# A folder of documents: which of its files are read, which aren't, and all their texts.
UNREAD_SUFFIXES = (
    ".doc",
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
MOST_NAMED = 3  # files that one warning names
TEXT_SUFFIXES = (".txt", ".md", ".markdown", ".pdf", WORD)


def everything_in(folder: Path) -> list[Path]:
    """Return everything in a folder and its subfolders.

    Raises:
        WorkshopError: if that is more than any folder of documents would hold.
    """
    found = list(islice(folder.rglob("*"), limits.DATA_FILES + 1))
    if len(found) > limits.DATA_FILES:
        message = f"this folder holds more than {limits.DATA_FILES}"
        raise wrong(message, At(shown(folder)), "name a folder that holds only the documents")
    return found


def text_files(folder: Path) -> list[Path]:
    """Return the text, Markdown, PDF and Word files of a folder and its subfolders, by name; no hidden ones, and no links out of it.

    The folder may come with a stranger's kit: a link in it must not bring files of this machine onto slides.

    Raises:
        WorkshopError: if together they are over 15 MB.
    """
    inside = folder.resolve()
    files = sorted(
        file
        for file in everything_in(folder)
        if file.suffix.lower() in TEXT_SUFFIXES
        and file.is_file()
        and file.resolve().is_relative_to(inside)
        and not any(part.startswith(".") for part in file.relative_to(folder).parts)
    )
    if (total := sum(file.stat().st_size for file in files)) > limits.DATA_BYTES:
        message = f"the texts in this folder have {limits.megabytes(total)}; the limit is {limits.DATA_BYTES}"
        raise wrong(message, At(shown(folder)), "use a part of them")
    return files


def unread_files(folder: Path) -> list[Path]:
    """Return the files of a folder that aren't read: word-processor files and the like, and links out of it."""
    inside = folder.resolve()
    return sorted(
        file
        for file in everything_in(folder)
        if file.is_file()
        and not file.name.startswith((".", "~"))
        and (
            file.suffix.lower() in UNREAD_SUFFIXES
            or (file.suffix.lower() in TEXT_SUFFIXES and not file.resolve().is_relative_to(inside))
        )
    )


def unread(paths: Iterable[Path]) -> Iterator[Problem]:
    """Yield a warning for each of the user's folders that contains documents which can't be read here."""
    for folder in (path for path in paths if path.is_dir()):
        if left := [file.relative_to(folder).as_posix() for file in unread_files(folder)]:
            names = ", ".join(left[:MOST_NAMED]) + (
                f" and {len(left) - MOST_NAMED} more" if len(left) > MOST_NAMED else ""
            )
            hint = "save it as PDF or as text" if len(left) == 1 else "save them as PDF or as text"
            what = "is" if len(left) == 1 else "are"
            yield Problem(
                f"{names} {what} not read", At(shown(folder)), hint=hint, code="unread", severity=Severity.WARNING
            )


def read_all(folder: Path) -> list[tuple[Path, str, str]]:
    """Return path, text and name of every text in a folder.

    Raises:
        Problems: for everything that is wrong with any of them.
    """
    read: list[tuple[Path, str, str]] = []
    found: list[Problem] = []
    for file in text_files(folder):
        try:
            read.append((file, *read_text_file(file)))
        except WorkshopError as error:
            found.extend(error.problems)
            if error.problem.code == SLOW:
                break  # nobody waits for ten such files
    if found:
        raise Problems(found)
    return read


# ---------------------------------------------------------------- fonts
# Font files to measure text with: regular files of limited size that begin like a font.
_MAGIC = (b"\0\1\0\0", b"OTTO", b"true", b"ttcf")


def font_fault(path: Path) -> str:
    """Return why a file can't be used as a font for measuring, or "" if it can."""
    try:
        head = read_bytes(path, limits.FONT_BYTES)[:4]
    except OSError as error:
        return error.strerror or "it can't be opened"
    return "" if head in _MAGIC else "it isn't a TrueType or OpenType font"
