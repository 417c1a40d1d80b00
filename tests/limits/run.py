"""Runs one case as a process of its own, with a home and a cache of its own, and checks what it takes."""

import os
import sys

import pytest

from tests.hostile.case import MEGABYTES, SECONDS
from tests.limits.cases import cases_of
from tests.measured import measured
from tests.server import ROOT

# Seconds are those of an idle processor. On a busy machine two processes share a core and its memory, and each takes more of them.
BUSY = 2
BROAD_EVERY = 9  # cases
DOOR = (sys.executable, "-c", "from workshop.cli.entry import main; main()")


def run(case, folder):
    """Write the case into a folder, run its command, and return its exit code, what it said, seconds and megabytes."""
    work, home = folder / "work", folder / "home"
    work.mkdir()
    home.mkdir()
    arguments = case.given(work)
    own = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "WORKSHOP_"))}
    own |= {"HOME": str(home), "WORKSHOP_CACHE": str(home / "cache"), "PYTHONPATH": str(ROOT)}
    return measured([*DOOR, *arguments], work, own)


def tried(rows):
    """Return what makes a test of each row; a file for each group, so that workers share them. One in nine runs with ``make broad``, the others with ``make slow``."""
    cases = pytest.mark.parametrize("case", [_marked(case, place) for place, case in enumerate(cases_of(rows))])
    linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux says what a process and its children take")
    return lambda test: linux(cases(test))


def _marked(case, place):
    mark = pytest.mark.slow if place % BROAD_EVERY else pytest.mark.broad
    return pytest.param(case, id=f"{' '.join(case.of)}: {case.what}"[:90], marks=mark)


def check(case, folder):
    """Check that a case takes little, or is refused with one sentence before that."""
    done = run(case, folder)
    said = done["said"]
    assert "Traceback" not in said
    assert "internal error" not in said
    assert done["code"] in ((1, 2) if case.says else (0,)), said
    assert case.says in said
    assert done["megabytes"] <= MEGABYTES
    assert done["seconds"] <= SECONDS * BUSY
