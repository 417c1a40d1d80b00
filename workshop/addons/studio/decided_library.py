"""The library that a workshop's documents become: drafted, then decided on line by line.

It is a world in the workshop's folder, so a build takes it with ``--world``, and everything can be changed in an editor, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from workshop import limits
from workshop.addons.studio.form import refused
from workshop.cli.new import EXAMPLE, questions_for, world_files
from workshop.errors import Problem, WorkshopError
from workshop.inputs.door import read_text
from workshop.inputs.drafted_cards import FEWEST, Card, drafted
from workshop.inputs.inside import Inside
from workshop.inputs.library import Documents
from workshop.inputs.library_questions import lines_of
from workshop.inputs.question_lines import NO_CARD, Line, written
from workshop.inputs.worlds import FILE
from workshop.plugins.registry import Registry

LIBRARY = "library"  # the world's folder
CARDS, QUESTIONS = f"{LIBRARY}/library.md", f"{LIBRARY}/questions.yaml"
CARD = re.compile(r"^## .*\{#([\w-]+)\}", re.MULTILINE)  # none that is commented out
STRUCK = "// Struck: "
STRUCK_CARD = re.compile(rf"^{STRUCK}## .*\{{#([\w-]+)\}}", re.MULTILINE)
SECTION = re.compile(rf"^(?=(?:// |{STRUCK})?## )", re.MULTILINE)
LIKE = re.compile(r"^like: .*$", re.MULTILINE)


class Decided(Struct, frozen=True):
    """A question, and the id of the card that answers it; "none" if none does, "" if the line is to wait again."""

    question: str
    card: str = ""


# ------------------------------------------------------------ what is read
def drafts(documents: Path, worlds: Path, like: str, registry: Registry) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Return name -> text of the files of a world made of documents, and warnings about documents that couldn't be read.

    Args:
        worlds: the folder of the ready worlds.
        like: the ready world that it is like.

    Raises:
        WorkshopError: if none can be read, or they give too few cards.
    """
    found = drafted(documents)
    return world_files(LIBRARY, worlds, like or EXAMPLE, found, registry), found.unread


def told_library(folder: Path, registry: Registry) -> dict[str, Any]:
    """Return the cards, the lines to decide on, and what the slides about search will show.

    Raises:
        WorkshopError: for everything that is wrong with the world.
    """
    cards = Documents.load(folder / "library.md").items
    text = read_text(folder / "questions.yaml", limits.SOURCE_BYTES)
    check: Callable[[Path], Any] = registry.get("world_check", registry.names("world_check")[0])
    return {
        "cards": [{"id": card.id, "title": card.title, "text": card.text} for card in cards],
        "lines": [msgspec.structs.asdict(line) for line in lines_of(text, QUESTIONS) if line.question],
        "shows": list(check(folder).moments),
    }


def asked_anew(folder: Path, registry: Registry) -> str:
    """Return the text of a questions.yaml for the cards that the library has now."""
    cards = Documents.load(folder / "library.md").items
    return questions_for([(card.id, Card(card.title, card.text)) for card in cards], registry)


# ------------------------------------------------------------ what is kept
def without_card(text: str, card: str) -> str:
    r"""Return a library.md in which a card is struck, and the first one behind two slashes is in its place.

    >>> print(without_card("## Lunch {#lunch}\n\nAt noon.\n\n// ## Keys {#keys}\n//\n// Ask Tom.", "lunch"))
    // Struck: ## Lunch {#lunch}
    //
    // At noon.
    <BLANKLINE>
    ## Keys {#keys}
    <BLANKLINE>
    Ask Tom.
    """
    parts = SECTION.split(text)
    mine = next((k for k, part in enumerate(parts) if part.startswith("## ") and f"{{#{card}}}" in part), None)
    if mine is None:
        return text
    head, *rows = parts[mine].rstrip().splitlines()
    parts[mine] = "\n".join([STRUCK + head, *(f"// {row}".rstrip() for row in rows)]) + "\n\n"
    spare = next((k for k, part in enumerate(parts) if part.startswith("// ## ")), None)
    if spare is not None:
        parts[spare] = re.sub(r"^// ?", "", parts[spare], flags=re.MULTILINE)
    return "".join(parts)


class Library:
    """The files of a workshop's library.

    Args:
        inside: the workshop's folder.
    """

    def __init__(self, inside: Inside) -> None:
        self._inside = inside

    @property
    def exists(self) -> bool:
        """Whether documents have become a library."""
        return self._inside.is_file(f"{LIBRARY}/{FILE}")

    @property
    def struck(self) -> Sequence[str]:
        """The ids of the cards that made no sense."""
        return STRUCK_CARD.findall(self._read(CARDS)) if self.exists else ()

    def told(self) -> dict[str, int] | None:
        """Return how many lines there are, and how many wait; ``None`` without a library."""
        if not self.exists:
            return None
        try:
            lines = self._lines()
        except (OSError, WorkshopError):
            lines = []
        return {"lines": len(lines), "wait": sum(line.waits for line in lines)}

    def keep(self, files: dict[str, str]) -> None:
        """Write the files of a world; struck cards stay struck, and what was decided about the others stays decided."""
        for card in self.struck:
            files["library.md"] = without_card(files["library.md"], card)
        self._ask(files["questions.yaml"], files["library.md"])
        for name in set(files) - {"questions.yaml"}:
            self._inside.write(f"{LIBRARY}/{name}", files[name].encode())

    def strike(self, card: str) -> None:
        """Strike a card, which no slide shows any more, and the lines that name it.

        Raises:
            WorkshopError: for a card that isn't there, or if too few would be left.
        """
        old = self._read(CARDS)
        if (text := without_card(old, card)) == old:
            raise refused("this card has changed meanwhile", "open your documents again")
        if len(CARD.findall(text)) < FEWEST:
            raise refused(f"a search needs at least {FEWEST} cards, so this one stays", "add a document with others")
        self._inside.write(CARDS, text.encode())

    def ask(self, questions: str) -> None:
        """Write other lines that wait, below those that were decided on."""
        self._ask(questions, self._read(CARDS))

    def _ask(self, questions: str, cards: str) -> None:
        known = {NO_CARD, *CARD.findall(cards)}
        fresh = [line for line in lines_of(questions, QUESTIONS) if line.card in known]
        try:
            old = self._lines() if self.exists else []
        except (OSError, WorkshopError):
            old = []
        decided = [line for line in old if not line.waits and line.question and line.card in known]
        asked = [line.question for line in decided]
        self._inside.write(
            QUESTIONS, written([*decided, *(line for line in fresh if line.question not in asked)]).encode()
        )

    def decide(self, what: Decided) -> None:
        """Keep which card answers a question.

        Raises:
            WorkshopError: for a question that isn't there.
        """
        lines = self._lines()
        if what.question not in [line.question for line in lines]:
            raise refused("this line has changed meanwhile", "open your documents again")
        changed = [_decided(line, what) if line.question == what.question else line for line in lines]
        self._inside.write(QUESTIONS, written(changed).encode())

    def be_like(self, world: str) -> None:
        """Take the words that aren't the client's from another ready world."""
        name = f"{LIBRARY}/{FILE}"
        self._inside.write(name, LIKE.sub(f"like: {world or EXAMPLE}", self._read(name)).encode())

    def forget(self) -> None:
        """Delete the library."""
        for name in self._inside.names(LIBRARY):
            self._inside.delete(f"{LIBRARY}/{name}")

    def _lines(self) -> Sequence[Line]:
        return lines_of(self._read(QUESTIONS), QUESTIONS)

    def _read(self, name: str) -> str:
        return self._inside.read(name, int(limits.SOURCE_BYTES)).decode()


def _decided(line: Line, what: Decided) -> Line:
    return replace(line, card=what.card, waits=False) if what.card else replace(line, waits=True)
