"""Questions to a library, and which of its documents answers each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workshop.errors import At, did_you_mean
from workshop.inputs.csv_text import read_named
from workshop.inputs.files import read_text, wrong
from workshop.inputs.library import Documents
from workshop.inputs.text import words

FEWEST = 4


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
        items = []
        for at, row in read_named(text, name, ("question", "document")):
            if not words(row["question"]):
                raise wrong("this line has no question", at, "write one, or remove the line")
            items.append(Question(row["question"], row["document"], row.get("kind", ""), at))
        if len(items) < FEWEST:
            raise wrong(f"there are {len(items)} questions", At(name), "4 are the least, 20 make a fair test")
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
                raise wrong(f"the library has no document {question.document!r}", question.at, hint)
