"""A library to search: documents from a folder, from one Markdown file, or from a list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from workshop.errors import At, Report
from workshop.inputs.card_names import names_of
from workshop.inputs.running_text import is_closed, paragraphs_of
from workshop.inputs.spelling import words
from workshop.inputs.text_folders import read_all, shown, wrong
from workshop.inputs.text_folders import read_text_file as read_text
from workshop.inputs.yaml_text import parse_yaml

FEWEST = 3
_HEADING = re.compile(r"^#{1,6}[^\S\n]+(\S.*)$", re.MULTILINE)
_SECOND = re.compile(r"^##[^\S\n]+(\S.*)$", re.MULTILINE)
_COMMENT = re.compile(r"^[^\S\n]*//.*", re.MULTILINE)
_ATTRIBUTES = re.compile(r"\{(?:#(?P<id>[\w-]+))?[^{}]*\}\Z")
# A short line without punctuation at its end, then a blank one or the beginning of a sentence
_TOP = re.compile(r"\s*(?![#\s])((?:\S+[^\S\n]+){0,7}\S*[^\s.!?…:;,])[^\S\n]*\n(?=[^\S\n]*\n|[A-Z\d“])")


class Document(Struct, frozen=True):
    """A card of a library; ``at`` is where it begins."""

    id: str
    title: str
    text: str
    at: At


class Documents(Struct, frozen=True):
    """A library: a folder of text, Markdown, PDF and Word files, one Markdown file with a ``##`` heading per document, or a YAML list.

    Attributes:
        items: at least three documents with different ids and titles; long titles are shortened.
        at: the file or folder.
    """

    items: tuple[Document, ...]
    at: At

    @classmethod
    def load(cls, path: Path) -> Documents:
        """Read the library; with fewer than three documents there would be nothing to choose from."""
        at = At(shown(path))
        if path.is_dir():
            items = _with_own_ids(_file_document(path, *read) for read in read_all(path))
        elif path.suffix in (".yaml", ".yml"):
            items = tuple(_yaml_documents(path))
        else:
            items = tuple(_markdown_documents(path))
        if len(items) < FEWEST:
            hint = "put them into a folder as .txt, .md, .pdf or .docx, or name one Markdown file with '## Title' above each"
            found = f"{len(items) or 'no'} document{'s' * (len(items) != 1)}"
            raise wrong(f"the library has {found}, and at least {FEWEST} are needed", at, hint)
        for name, times in Counter(document.id for document in items).items():
            if times > 1:
                second = [document for document in items if document.id == name][1]
                raise wrong(f"two documents have the id {name!r}", second.at, "give one another title or {#id}")
        names = names_of([document.title for document in items], [document.id for document in items])
        return cls(tuple(replace(d, title=name) for d, name in zip(items, names, strict=True)), at)


def _with_own_ids(documents: Iterable[Document]) -> tuple[Document, ...]:
    """Return documents with a number appended to each id that several files share: ``a.txt`` beside ``a.md``."""
    taken: set[str] = set()
    found = []
    for document in documents:
        own = next(n for k in count(1) if (n := document.id if k == 1 else f"{document.id}-{k}") not in taken)
        taken.add(own)
        found.append(replace(document, id=own))
    return tuple(found)


def _file_document(folder: Path, file: Path, text: str, name: str) -> Document:
    """Return one file as a document; its title is its first heading, else a short line above the text, else its name."""
    inside = file.relative_to(folder)
    head = _HEADING.search(text)
    if head is None and (head := _TOP.match(text)) is not None:
        text = text[head.end() :]
    title = _ATTRIBUTES.sub("", head[1].strip()).strip() if head else ""
    stem = inside.stem.replace("-", " ").replace("_", " ").strip()
    title = title or stem[:1].upper() + stem[1:]
    *parts, last = [" ".join(part.split()) for part in paragraphs_of(text)] or [""]
    body = " ".join([*(part if is_closed(part) else f"{part}." for part in parts), last])
    if not body:
        raise wrong(
            "the document has a heading and no text", At(name), "write at least a sentence under it, or take it out"
        )
    return Document("-".join(inside.with_suffix("").parts), title, body, At(name, 1))


def _markdown_documents(path: Path) -> Iterator[Document]:
    """Yield the document under each ``##`` heading; lines that begin with ``//`` are left out."""
    text, name = read_text(path)
    text = _COMMENT.sub("", text)
    heads = list(_SECOND.finditer(text))
    line, counted = 1, 0
    for number, match in enumerate(heads):
        end = heads[number + 1].start() if number + 1 < len(heads) else len(text)
        line, counted = line + text.count("\n", counted, match.start()), match.start()
        head = match[1].strip()
        attributes = _ATTRIBUTES.search(head)
        title = head[: attributes.start()].strip() if attributes else head
        body = " ".join(text[match.end() : end].split())
        if not body:
            raise wrong(f"the document {title!r} has no text", At(name, line), "write at least a sentence under it")
        own = attributes["id"] if attributes else None
        yield Document(own or "-".join(words(title)), title, body, At(name, line))


def _yaml_documents(path: Path) -> Iterator[Document]:
    text, name = read_text(path)
    report = Report()
    tree = parse_yaml(text, name, report)
    report.raise_if_errors()
    entries = tree.value if tree is not None else ""
    if not isinstance(entries, list):
        raise wrong("the library is not a list", At(name), "write '- {id: a1, title: …, text: …}', one per document")
    for number, entry in enumerate(entries, 1):
        given = {key: entry.get(key, "") if isinstance(entry, dict) else "" for key in ("id", "title", "text")}
        for key, value in given.items():
            if not isinstance(value, str):
                raise wrong(
                    f"the {key} of document {number} isn't text", At(name), "write words, not a list or mapping"
                )
            if key != "id" and not value.strip():
                raise wrong(f"document {number} has no {key}", At(name), "each needs a title and a text")
        title = given["title"].strip()
        yield Document(given["id"] or "-".join(words(title)), title, " ".join(given["text"].split()), At(name))
