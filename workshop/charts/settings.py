"""Settings with which matplotlib is loaded, wherever that happens: its own.

It would read ``matplotlibrc`` in the current folder, which may be a stranger's: one line there starts LaTeX for every word.
It also keeps a list of the computer's typefaces, in the folder that ``MPLCONFIGDIR`` names.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import chdir, contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

FOLDER = "MPLCONFIGDIR"
VARIABLES = (FOLDER, "MATPLOTLIBRC", "MPLBACKEND")
SETTINGS = "matplotlibrc"


@contextmanager
def own_settings() -> Iterator[None]:
    """Let matplotlib be imported; its list of typefaces is made anew if there is no folder in which it can be kept.

    The current folder is left meanwhile only if there are settings in it, since other threads need it, too.
    """
    before = {name: os.environ.pop(name) for name in VARIABLES if name in os.environ}
    elsewhere = chdir(Path(__file__).parent) if os.path.lexists(SETTINGS) else nullcontext()
    with TemporaryDirectory(prefix="matplotlib-") as unkept, elsewhere:
        os.environ[FOLDER] = before[FOLDER] if _can_keep(before.get(FOLDER)) else unkept
        try:
            yield
        finally:
            del os.environ[FOLDER]
            os.environ.update(before)


def _can_keep(folder: str | None) -> bool:
    """Whether files can be written into a folder, which is made if it is missing."""
    if folder is None:
        return False
    try:
        for place in (Path(folder).parent, Path(folder)):
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)
