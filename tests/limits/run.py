"""Runs one case as a process of its own, with a home and a cache of its own."""

import os
import sys

from tests.measured import measured
from tests.server import ROOT

DOOR = (sys.executable, "-c", "from workshop.cli.door import main; main()")


def run(case, folder):
    """Write the case into a folder, run its command, and return its exit code, what it said, seconds and megabytes."""
    work, home = folder / "work", folder / "home"
    work.mkdir()
    home.mkdir()
    arguments = case.given(work)
    own = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "WORKSHOP_"))}
    own |= {"HOME": str(home), "WORKSHOP_CACHE": str(home / "cache"), "PYTHONPATH": str(ROOT)}
    return measured([*DOOR, *arguments], work, own)
