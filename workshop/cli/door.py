"""The start of the command line: if nothing has changed since the same build, it says so at once."""

from __future__ import annotations

import gc
import sys

from workshop import child
from workshop.cli.remember import Remember
from workshop.errors import WorkshopError
from workshop.files import unchanged
from workshop.files.paths import default_cache

BUILT_ANYWAY = {"--force", "--no-cache", "--dry-run", "--timing", "--help", "-h"}


def main() -> None:
    """Run the command that was typed, and exit."""
    child.leave_folder()
    arguments = sys.argv[1:]
    remember = None
    try:
        cache = None if BUILT_ANYWAY & set(arguments) else default_cache()
    except WorkshopError:  # the command itself will report it
        cache = None
    if cache is not None:
        if answer := unchanged.last_answer(cache, arguments):
            sys.stderr.write(answer.problems)
            sys.stdout.write(answer.text)
            return
        remember = Remember(cache, arguments, unchanged.Reads())
    gc.disable()  # what is imported stays until the end, so there is nothing to collect
    from workshop.cli.app import main as run

    gc.enable()
    try:
        run(arguments, remember)
    finally:
        gc.freeze()  # else Python looks through every object for cycles once more before it ends
