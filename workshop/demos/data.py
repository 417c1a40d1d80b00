"""Data that a kit hands to demos: each type reads one file or folder and says what is wrong with it, and where.

A parameter of a demo with one of these types is a data slot. Blank lines and lines that begin with ``//`` are
left out of text files.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workshop.demos.text import words
from workshop.errors import At, Problem, WorkshopError, did_you_mean

MOST_BYTES = 50_000_000
TEXT_SUFFIXES = (".txt", ".md", ".markdown")


def read_text(path: Path) -> tuple[str, str]:
    """Return a text file's content and its name as a person would write it.

    Raises:
        WorkshopError: if it is a folder, over 50 MB, binary, not UTF-8, or empty.
    """
    name = _name(path)
    if path.is_dir():
        raise _wrong("this is a folder, not a text file", At(name), "name a file in it")
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise _wrong(f"the file has {size / 1e6:,.0f} MB", At(name), "50 MB is the most; use a part of it")
    content = path.read_bytes()
    if b"\0" in content:
        raise _wrong("this is not a text file", At(name), "save it as plain text (UTF-8)")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _wrong("a character here is not UTF-8", At(name, line), "save the file as UTF-8") from None
    if not text.strip():
        raise _wrong("the file is empty", At(name), "put some text into it")
    return text.replace("\r\n", "\n").replace("\r", "\n"), name


def _name(path: Path) -> str:
    here = Path.cwd()
    whole = path.absolute()
    return (whole.relative_to(here) if whole.is_relative_to(here) else path).as_posix()


def _wrong(message: str, at: At, hint: str) -> WorkshopError:
    return WorkshopError(Problem(message, at, hint, "bad-data"))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield number and text of every line but comments."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.lstrip().startswith("//"):
            yield number, line.strip()


@dataclass(frozen=True, slots=True)
class Sentences:
    """A text file with one sentence a line.

    Attributes:
        items: the sentences as written.
        at: the file, for problems that only a demo can see.
    """

    items: tuple[str, ...]
    at: At

    @classmethod
    def load(cls, path: Path) -> Sentences:
        """Read the file; three sentences are the least."""
        text, name = read_text(path)
        items = tuple(line for _, line in _lines(text) if words(line))
        if len(items) < 3:
            raise _wrong(f"only {len(items)} sentences", At(name), "write at least 3, one a line")
        return cls(items, At(name))

    def at_least(self, least: int, why: str) -> None:
        """Refuse a text that is too small for a demo's effect to show.

        Raises:
            WorkshopError: with the number that would be enough.
        """
        if len(self.items) < least:
            message = f"{len(self.items)} sentences are too few {why}"
            raise _wrong(message, self.at, f"{least} would be enough")


@dataclass(frozen=True, slots=True)
class Rounds:
    """A text file with rounds of sentences, parted by ``# headings`` or by blank lines.

    Attributes:
        items: one tuple of sentences a round.
        at: the file.
    """

    items: tuple[tuple[str, ...], ...]
    at: At

    @classmethod
    def load(cls, path: Path) -> Rounds:
        """Read the file; two rounds are the least, eight sentences in all."""
        text, name = read_text(path)
        headed = any(line.startswith("#") for _, line in _lines(text))
        rounds: list[list[str]] = [[]]
        for _, line in _lines(text):
            if line.startswith("#") or (not line and not headed):
                rounds.append([])
            elif words(line):
                rounds[-1].append(line)
        items = tuple(tuple(sentences) for sentences in rounds if sentences)
        if len(items) < 2:
            hint = "write '# Round 1', '# Round 2' … above the sentences, or leave a blank line between rounds"
            raise _wrong("there is only one round, so nothing can be compared", At(name), hint)
        if (count := sum(map(len, items))) < 8:
            hint = "8 in all show the effect if their words repeat"
            raise _wrong(f"{count} sentences are too few to learn from", At(name), hint)
        return cls(items, At(name))


@dataclass(frozen=True, slots=True)
class Document:
    """A card of a library; ``at`` is where it begins."""

    id: str
    title: str
    text: str
    at: At


@dataclass(frozen=True, slots=True)
class Documents:
    """A library: a folder of .txt and .md files, one Markdown file with a ``##`` heading a document, or a YAML list.

    Attributes:
        items: at least four documents with ids of their own.
        at: the file or folder.
    """

    items: tuple[Document, ...]
    at: At

    @classmethod
    def load(cls, path: Path) -> Documents:
        """Read the library; four documents are the least, or every search finds everything."""
        at = At(_name(path))
        if path.is_dir():
            items = tuple(_file_document(file) for file in _text_files(path))
        elif path.suffix in (".yaml", ".yml"):
            items = tuple(_yaml_documents(path))
        else:
            items = tuple(_markdown_documents(path))
        if len(items) < 4:
            hint = "4 are the least: a folder of .txt or .md files, or one Markdown file with '## Title' above each"
            raise _wrong(f"the library has {len(items)} documents", at, hint)
        for name, times in Counter(document.id for document in items).items():
            if times > 1:
                second = [document for document in items if document.id == name][1]
                raise _wrong(f"two documents have the id {name!r}", second.at, "give one another title or {#id}")
        return cls(items, at)


def _text_files(folder: Path) -> list[Path]:
    files = sorted(file for file in folder.iterdir() if file.suffix in TEXT_SUFFIXES and file.is_file())
    if sum(file.stat().st_size for file in files) > MOST_BYTES:
        raise _wrong("the folder has more than 50 MB of text", At(_name(folder)), "use a part of it")
    return files


def _file_document(file: Path) -> Document:
    text, name = read_text(file)
    first, _, rest = text.strip().partition("\n")
    if first.startswith("#"):
        return Document(file.stem, first.lstrip("# ").strip(), " ".join(rest.split()), At(name, 1))
    return Document(
        file.stem, file.stem.replace("-", " ").replace("_", " ").capitalize(), " ".join(text.split()), At(name, 1)
    )


def _markdown_documents(path: Path) -> Iterator[Document]:
    text, name = read_text(path)
    head = re.compile(r"^##\s+(?P<title>.+?)\s*(?:\{#(?P<id>[\w-]+)\})?\s*$", re.MULTILINE)
    heads = list(head.finditer(text))
    for number, match in enumerate(heads):
        end = heads[number + 1].start() if number + 1 < len(heads) else len(text)
        at = At(name, text[: match.start()].count("\n") + 1)
        body = " ".join(text[match.end() : end].split())
        if not body:
            raise _wrong(f"the document {match['title']!r} has no text", at, "write at least a sentence under it")
        yield Document(match["id"] or "-".join(words(match["title"])), match["title"], body, at)


def _yaml_documents(path: Path) -> Iterator[Document]:
    import yaml

    text, name = read_text(path)
    try:
        entries: Any = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - makes texts and lists only
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise _wrong(
            f"this is not YAML: {error.problem}", At(name, line), "write a list of {id, title, text}"
        ) from None
    if not isinstance(entries, list):
        raise _wrong("the library is not a list", At(name), "write '- {id: a1, title: …, text: …}', one a document")
    for number, entry in enumerate(entries, 1):
        missing = [
            key for key in ("title", "text") if not isinstance(entry, dict) or not str(entry.get(key, "")).strip()
        ]
        if missing:
            raise _wrong(f"document {number} has no {missing[0]}", At(name), "each needs a title and a text")
        title = entry["title"]
        yield Document(entry.get("id") or "-".join(words(title)), title, " ".join(entry["text"].split()), At(name))


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the id of the document that answers it ("" if none does), and what kind of question it is."""

    text: str
    document: str
    kind: str
    at: At


@dataclass(frozen=True, slots=True)
class Questions:
    """A CSV file with the columns question, document and, if wanted, kind.

    Attributes:
        items: at least four questions.
        at: the file.
    """

    items: tuple[Question, ...]
    at: At

    @classmethod
    def load(cls, path: Path) -> Questions:
        """Read the file; the first line names the columns, in any order."""
        text, name = read_text(path)
        reader = csv.DictReader(io.StringIO(text), skipinitialspace=True, restval="")
        columns = [column.strip().lower() for column in reader.fieldnames or ()]
        reader.fieldnames = columns
        for column in ("question", "document"):
            if column not in columns:
                hint = did_you_mean(column, columns) or "the first line must read question,document,kind"
                raise _wrong(f"there is no column named {column!r}", At(name, 1), hint)
        items = []
        for row in reader:
            at = At(name, reader.line_num)
            if None in row:
                raise _wrong("this line has too many commas", at, 'put a question with a comma into "quotes"')
            if not words(row["question"]):
                raise _wrong("this line has no question", at, "write one, or remove the line")
            items.append(Question(row["question"].strip(), row["document"].strip(), row.get("kind", "").strip(), at))
        if len(items) < 4:
            raise _wrong(f"there are {len(items)} questions", At(name), "4 are the least, 20 make a fair test")
        return cls(tuple(items), At(name))

    def check(self, documents: Documents) -> None:
        """Refuse an answer that is not in the library.

        Raises:
            WorkshopError: at the question's line.
        """
        ids = {document.id for document in documents.items}
        for question in self.items:
            if question.document and question.document not in ids:
                hint = did_you_mean(question.document, ids)
                raise _wrong(f"the library has no document {question.document!r}", question.at, hint)
