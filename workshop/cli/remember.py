"""Records what a build read, wrote and printed, so that the next one can say that nothing has changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from workshop.files.unchanged import Answer, Reads, keep_answer

if TYPE_CHECKING:
    from workshop.build import Built


class Remember(Struct, frozen=True):
    """One typed command, and what the process has read since."""

    cache: Path
    arguments: Sequence[str]
    reads: Reads

    def __call__(self, built: Built, problems: str, *, quiet: bool) -> None:
        """Record a finished build."""
        paths = [written.path for written in built.written]
        lines = [
            *(path.as_posix() for path in paths),
            "nothing has changed since they were built (--force builds them again)",
        ]
        answer = Answer(problems=f"{problems}\n" if problems else "", text="" if quiet else "\n".join((*lines, "")))
        keep_answer(self.cache, self.arguments, self.reads, paths, answer)
