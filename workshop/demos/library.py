"""A library to search: documents from a folder, from one Markdown file, or from a list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from workshop.demos.files import read_all, read_text, shown, wrong
from workshop.demos.naming import names_of
from workshop.demos.prose import paragraphs_of
from workshop.demos.text import words
from workshop.errors import At

FEWEST = 3
_HEAD = re.compile(r"^##\s+(?P<title>.+?)\s*(?:\{#(?P<id>[\w-]+)\})?\s*$", re.MULTILINE)
# A line of a few words without an end, then a blank one
_TOP = re.compile(r"\s*((?:\S+[^\S\n]+){0,7}\S*[^\s.!?…:;,])[^\S\n]*\n[^\S\n]*\n")


@dataclass(frozen=True, slots=True)
class Document:
    """A card of a library; ``at`` is where it begins."""

    id: str
    title: str
    text: str
    at: At


@dataclass(frozen=True, slots=True)
class Documents:
    """A library: a folder of text, Markdown and PDF files, one Markdown file with a ``##`` heading a document, or a YAML list.

    Attributes:
        items: at least three documents with ids and titles of their own; long titles are cut short.
        at: the file or folder.
    """

    items: tuple[Document, ...]
    at: At

    @classmethod
    def load(cls, path: Path) -> Documents:
        """Read the library; of fewer than three documents there is nothing to choose."""
        at = At(shown(path))
        if path.is_dir():
            items = tuple(_file_document(path, *read) for read in read_all(path))
        elif path.suffix in (".yaml", ".yml"):
            items = tuple(_yaml_documents(path))
        else:
            items = tuple(_markdown_documents(path))
        if len(items) < FEWEST:
            hint = "put them into a folder as .txt, .md or .pdf, or into one Markdown file with '## Title' above each"
            found = f"{len(items) or 'no'} document{'s' * (len(items) != 1)}"
            raise wrong(f"the library has {found}, and {FEWEST} are the least", at, hint)
        for name, times in Counter(document.id for document in items).items():
            if times > 1:
                second = [document for document in items if document.id == name][1]
                raise wrong(f"two documents have the id {name!r}", second.at, "give one another title or {#id}")
        names = names_of([document.title for document in items], [document.id for document in items])
        return cls(tuple(replace(d, title=name) for d, name in zip(items, names, strict=True)), at)


def _file_document(folder: Path, file: Path, text: str, name: str) -> Document:
    """Return one file as a document; its first heading is its title, else a short line above the text or its name is."""
    inside = file.relative_to(folder)
    head = re.search(r"^#{1,6}\s+(.+?)\s*(?:\{.*\})?\s*$", text, re.MULTILINE)
    if head is None and (head := _TOP.match(text)) is not None:
        text = text[head.end() :]
    title = head[1] if head else inside.stem.replace("-", " ").replace("_", " ").strip().capitalize()
    body = " ".join(" ".join(part.split()) for part in paragraphs_of(text))
    if not body:
        raise wrong(
            "the document has a heading and no text", At(name), "write at least a sentence under it, or take it out"
        )
    return Document("-".join(inside.with_suffix("").parts), title, body, At(name, 1))


def _markdown_documents(path: Path) -> Iterator[Document]:
    text, name = read_text(path)
    heads = list(_HEAD.finditer(text))
    for number, match in enumerate(heads):
        end = heads[number + 1].start() if number + 1 < len(heads) else len(text)
        at = At(name, text[: match.start()].count("\n") + 1)
        body = " ".join(text[match.end() : end].split())
        if not body:
            raise wrong(f"the document {match['title']!r} has no text", at, "write at least a sentence under it")
        yield Document(match["id"] or "-".join(words(match["title"])), match["title"], body, at)


def _yaml_documents(path: Path) -> Iterator[Document]:
    import yaml

    text, name = read_text(path)
    try:
        entries: Any = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - makes texts and lists only
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise wrong(f"this is not YAML: {error.problem}", At(name, line), "write a list of {id, title, text}") from None
    if not isinstance(entries, list):
        raise wrong("the library is not a list", At(name), "write '- {id: a1, title: …, text: …}', one a document")
    for number, entry in enumerate(entries, 1):
        missing = [
            key for key in ("title", "text") if not isinstance(entry, dict) or not str(entry.get(key, "")).strip()
        ]
        if missing:
            raise wrong(f"document {number} has no {missing[0]}", At(name), "each needs a title and a text")
        title = entry["title"]
        yield Document(entry.get("id") or "-".join(words(title)), title, " ".join(entry["text"].split()), At(name))
