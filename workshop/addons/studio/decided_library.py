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
from workshop.cli.new import EXAMPLE, world_files
from workshop.errors import WorkshopError
from workshop.inputs.door import read_text
from workshop.inputs.drafted_cards import drafted
from workshop.inputs.inside import Inside
from workshop.inputs.library import Documents
from workshop.inputs.library_questions import lines_of
from workshop.inputs.question_lines import NO_CARD, Line, written
from workshop.inputs.worlds import FILE
from workshop.plugins.registry import Registry

LIBRARY = "library"  # the world's folder
CARDS, QUESTIONS = f"{LIBRARY}/library.md", f"{LIBRARY}/questions.yaml"
CARD = re.compile(r"^## .*\{#([\w-]+)\}", re.MULTILINE)  # none that is commented out
LIKE = re.compile(r"^like: .*$", re.MULTILINE)


class Decided(Struct, frozen=True):
    """A question, and the id of the card that answers it; "none" if none does, "" if the line is to wait again."""

    question: str
    card: str = ""


# ------------------------------------------------------------ what is read
def drafts(documents: Path, worlds: Path, like: str, registry: Registry) -> dict[str, str]:
    """Return name -> text of the files of a world made of documents.

    Args:
        worlds: the folder of the ready worlds.
        like: the ready world that it is like.

    Raises:
        WorkshopError: for documents that can't be read, or too few.
    """
    found = drafted(documents)
    if not found.kept:
        raise refused("no heading with sentences below it was found in these documents", "see docs/worlds.md")
    return world_files(LIBRARY, worlds, like or EXAMPLE, found, registry)


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
        "shows": list(check(folder).lines),
    }


# ------------------------------------------------------------ what is kept
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
        """Write the files of a world; what was decided about cards that are still there stays decided."""
        fresh = lines_of(files["questions.yaml"], QUESTIONS)
        try:
            old = self._lines() if self.exists else []
        except (OSError, WorkshopError):
            old = []
        known = {NO_CARD, *CARD.findall(files["library.md"])}
        decided = [line for line in old if not line.waits and line.question and line.card in known]
        asked = [line.question for line in decided]
        files |= {"questions.yaml": written([*decided, *(line for line in fresh if line.question not in asked)])}
        for name, text in files.items():
            self._inside.write(f"{LIBRARY}/{name}", text.encode())

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
        text = self._inside.read(name, int(limits.SOURCE_BYTES)).decode()
        self._inside.write(name, LIKE.sub(f"like: {world or EXAMPLE}", text).encode())

    def forget(self) -> None:
        """Delete the library."""
        for name in self._inside.names(LIBRARY):
            self._inside.delete(f"{LIBRARY}/{name}")

    def _lines(self) -> Sequence[Line]:
        return lines_of(self._inside.read(QUESTIONS, int(limits.SOURCE_BYTES)).decode(), QUESTIONS)


def _decided(line: Line, what: Decided) -> Line:
    return replace(line, card=what.card, waits=False) if what.card else replace(line, waits=True)
