"""Text files, lines and folders from strangers: what can be read is read, the rest is named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from workshop import limits
from workshop.errors import At, Problem, Problems, Severity, WorkshopError
from workshop.inputs.documents import SLOW, WORD, document_text
from workshop.inputs.door import read_bytes
from workshop.inputs.inside import OUT_OF_IT, RefusedError, is_refused


# Read users' text, Markdown, PDF and Word files, and report clearly what is wrong with them.
def shown(path: Path) -> str:
    """Return a path as a person would write it: relative to the working folder if it is in there, with forward slashes."""
    here = Path.cwd()
    whole = path.absolute()
    return (whole.relative_to(here) if whole.is_relative_to(here) else path).as_posix()


def wrong(message: str, at: At, hint: str) -> WorkshopError:
    """Return the error for data that can't be used."""
    return WorkshopError(Problem(message, at, hint=hint, code="bad-data"))


def read_text_file(path: Path, most: limits.Limit | None = None) -> tuple[str, str]:
    """Return the text of a file (of a PDF, page after page; of a Word document as Markdown) and its name as a person would write it.

    Raises:
        WorkshopError: if it is a folder, larger than ``most`` bytes (by default, what any data may have), binary, not UTF-8, or has no text.
    """
    name = shown(path)
    if path.is_dir():
        raise wrong("this is a folder, not a text file", At(name), "name a file in it")
    try:
        content = read_bytes(path, limits.DATA_BYTES if most is None else most)
    except RefusedError as error:
        raise wrong(f"this file can't be read: {error.strerror}", At(name), error.hint or "use a part of it") from None
    return text_in(content, name, path.suffix.lower()), name


def text_in(content: bytes, name: str, suffix: str) -> str:
    """Return the text of a file's bytes.

    Args:
        name: of the file, for messages.
        suffix: of its name, in small letters: ".docx" is read as a Word document.

    Raises:
        WorkshopError: if it is binary, not UTF-8, or has no text.
    """
    if content.startswith(b"%PDF-") or suffix == WORD:
        return document_text(content, name)
    if b"\0" in content:
        raise wrong("this is not a text file", At(name), "save it as plain text (UTF-8), or as PDF")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise wrong("a character here is not UTF-8", At(name, line), "save the file as UTF-8") from None
    if not text.strip():
        raise wrong("the file is empty", At(name), "put some text into it")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """Yield number and text of every line except comments, which begin with ``//``."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.lstrip().startswith("//"):
            yield number, line.strip()


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
    if is_refused(folder):
        told = f"this {OUT_OF_IT.removeprefix('it ')}, so it isn't read"
        raise wrong(told, At(shown(folder)), "put the documents themselves there")
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
        and not is_refused(file)
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
            or (
                file.suffix.lower() in TEXT_SUFFIXES and (is_refused(file) or not file.resolve().is_relative_to(inside))
            )
        )
    )


def unread(paths: Iterable[Path]) -> Iterator[Problem]:
    """Yield a warning for each of the user's folders that contains documents which can't be read here."""
    for folder in (path for path in paths if path.is_dir()):
        if left := [file.relative_to(folder).as_posix() for file in unread_files(folder)]:
            yield left_unread(left, folder)


def left_unread(names: Sequence[str], folder: Path) -> Problem:
    """Return a warning that some files of a folder aren't read."""
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    what, them = ("is", "it") if len(names) == 1 else ("are", "them")
    return Problem(
        f"{', '.join(names[:MOST_NAMED])}{more} {what} not read",
        At(shown(folder)),
        hint=f"save {them} as PDF or as text",
        code="unread",
        severity=Severity.WARNING,
    )


def read_all(folder: Path) -> list[tuple[Path, str, str]]:
    """Return path, text and name of every text in a folder.

    Raises:
        Problems: for everything that is wrong with any of them.
    """
    read, found = read_each(folder)
    if found:
        raise Problems(found)
    return read


def read_each(folder: Path) -> tuple[list[tuple[Path, str, str]], list[Problem]]:
    """Return path, text and name of every text of a folder that can be read, and what is wrong with the others."""
    read: list[tuple[Path, str, str]] = []
    found: list[Problem] = []
    for file in text_files(folder):
        try:
            read.append((file, *read_text_file(file)))
        except WorkshopError as error:
            found.extend(error.problems)
            if error.problem.code == SLOW:
                break  # nobody waits for ten such files
    return read, found
