"""Questions to a library, each with the document that answers it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from workshop.errors import At, Problems, Report, did_you_mean
from workshop.inputs.csv_text import read_named
from workshop.inputs.library import Documents
from workshop.inputs.question_lines import NO_CARD, WAITS, Line
from workshop.inputs.spelling import words
from workshop.inputs.text_folders import read_text_file as read_text
from workshop.inputs.text_folders import wrong
from workshop.inputs.yaml_text import parse_yaml

_NEAR = re.compile(r"# (\d\.\d\d), next (\d\.\d\d)$")


class Question(Struct, frozen=True):
    """A question, the id of the document that answers it ("" if none does), and what kind of question it is."""

    text: str
    document: str
    kind: str
    at: At


class Questions(Struct, frozen=True):
    """A CSV file with the columns question, document and, optionally, kind; or a YAML list of {question, card}.

    Attributes:
        items: questions; a document is named by its id or by its title.
        at: the file.
        waiting: how many entries of a list have no question yet, or a ``?`` after their card.
    """

    items: tuple[Question, ...]
    at: At
    waiting: int = 0

    @classmethod
    def load(cls, path: Path) -> Questions:
        """Read the file; the first line of a CSV names the columns, in any order."""
        text, name = read_text(path)
        listed = path.suffix in (".yaml", ".yml")
        read = list(_listed(text, name) if listed else _rows(text, name))
        items = tuple(q for q in read if not listed or (q.text.strip() and not q.document.endswith(WAITS)))
        waiting = len(read) - len(items)
        for question in items:
            if not words(question.text):
                raise wrong("this line has no question", question.at, "write one, or remove the line")
        return cls(items, At(name), waiting)

    def matched(self, documents: Documents) -> tuple[Question, ...]:
        """Return the questions with the ids of their documents.

        Raises:
            WorkshopError: at the question's line, for an answer that is not in the library.
        """
        ids = {document.title.casefold(): document.id for document in documents.items}
        ids |= {document.id.casefold(): document.id for document in documents.items}
        for question in self.items:
            if question.document and question.document.casefold() not in ids:
                hint = did_you_mean(question.document, ids.values())
                raise wrong(f"the library has no document {question.document!r}", question.at, hint)
        return tuple(replace(q, document=ids.get(q.document.casefold(), "")) for q in self.items)


def lines_of(text: str, name: str) -> tuple[Line, ...]:
    """Return the lines of a questions.yaml, those that wait, too.

    Raises:
        WorkshopError: if it isn't a list of questions.
    """
    rows = text.splitlines()
    return tuple(
        _line(question, rows[question.at.line - 1] if question.at.line else "") for question in _listed(text, name)
    )


def _line(question: Question, row: str) -> Line:
    near = _NEAR.search(row)
    sure, then = (float(near[1]), float(near[2])) if near else (None, None)
    card = question.document.removesuffix(WAITS) or NO_CARD
    waits = question.document.endswith(WAITS)
    return Line(question=question.text, card=card, waits=waits, sure=sure, then=then)


def _rows(text: str, name: str) -> Iterator[Question]:
    for at, row in read_named(text, name, ("question", "document")):
        yield Question(row["question"], row["document"], row.get("kind", ""), at)


def _listed(text: str, name: str) -> Iterator[Question]:
    report = Report()
    tree = parse_yaml(text, name, report)
    if tree is None or report.errors:
        raise Problems(report.found)
    entries = tree.value if isinstance(tree.value, list) else []
    if not entries:
        raise wrong("this is not a list of questions", At(name), "write '- {question: …, card: …}', one per question")
    for place, entry in enumerate(entries):
        given = entry if isinstance(entry, dict) else {}
        asked, card = (str(given.get(key) or "") for key in ("question", "card"))
        yield Question(asked, "" if card == NO_CARD else card, "show" * (given.get("show") == "yes"), tree.at((place,)))
