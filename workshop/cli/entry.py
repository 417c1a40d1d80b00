"""The start of the command line: if nothing has changed since the same build, it says so at once."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from workshop import child
from workshop.cli.system import SCRIPT, end, prepare
from workshop.errors import ExitCode, WorkshopError
from workshop.files import unchanged
from workshop.files.paths import default_cache
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
        late = keep_answer(self.cache, self.arguments, self.reads, paths, answer)
        if late and "--verbose" in self.arguments:
            names = ", ".join(_shown(path) for path in late[:SHOWN]) + (", …" if len(late) > SHOWN else "")
            sys.stderr.write(f"the next build runs again, since this changed during the build: {names}\n")


def _shown(path: str) -> str:
    """Return a path as the user would name it."""
    return Path(path.removeprefix(str(Path.cwd()) + os.sep)).as_posix()


SHOWN = 5  # names of files
BUILT_ANYWAY = {"--force", "--no-cache", "--dry-run", "--timing", "--help", "-h"}


def main() -> None:
    """Run the command that was typed, and exit."""
    child.leave_folder()
    arguments = sys.argv[1:] or (["build"] if sys.argv[0].endswith(SCRIPT) else [])
    remember = None
    try:
        prepare()
        cache = None if BUILT_ANYWAY & set(arguments) else _cache()
        if cache is not None and (answer := unchanged.last_answer(cache, arguments)):
            sys.stderr.write(answer.problems)
            sys.stdout.write(answer.text)
            sys.stdout.flush()
            return
        from workshop.files.output import tidy

        tidy()  # before anything is noted: it looks at folders that no build reads
        if cache is not None:
            remember = Remember(cache, arguments, unchanged.Reads())
        gc.disable()  # what is imported stays until the end, so there is nothing to collect
        from workshop.cli.app import main as run
    except BrokenPipeError:
        sys.exit(ExitCode.DONE)
    except Exception as error:
        end(error, verbose="--verbose" in arguments)
    gc.enable()
    try:
        run(arguments, remember)
    finally:
        gc.freeze()  # else Python looks through every object for cycles once more before it ends


def _cache() -> Path | None:
    try:
        return default_cache()
    except WorkshopError:  # the command itself will report it
        return None
