"""What people hand in for the demos: read from their files, and refused at the line if it can't be used."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from workshop.errors import Problem, WorkshopError
from workshop.inputs.door import read_text_file
from workshop.inputs.structured import read_named


class Dirt(Struct, frozen=True):
    """Useless lines by kind: spam, boilerplate, filler, personal."""

    lines: tuple[tuple[str, str], ...]

    @classmethod
    def load(cls, path: Path) -> Dirt:
        """Read a CSV file with the columns ``kind`` and ``text``.

        Raises:
            WorkshopError: if a column is missing or a row has no text.
        """
        text, name = read_text_file(path)
        lines = []
        for at, row in read_named(text, name, ("kind", "text")):
            if not row["text"]:
                raise WorkshopError(
                    Problem("this line has no text", at, hint="write one, or remove the line", code="bad-data")
                )
            lines.append((row["kind"], row["text"]))
        return cls(tuple(lines))
