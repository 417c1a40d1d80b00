"""The order of the tests, and what each of several workers gets: no build is made twice, and none waits for the last minute."""

import re
from functools import cache
from pathlib import Path

from xdist.scheduler import LoadFileScheduling

ROOT = Path(__file__).resolve().parents[1]
KITS = re.compile(r"^from tests\.contract import .*\bkits$", re.MULTILINE)
KIT = "the built-in kit"
OTHERS = 3  # rank of files without a long test


@cache
def scope(file: str) -> str:
    """Return what goes to one worker: all tests of a file, and of all files that share the builds of ``kits.py``."""
    return KIT if file.endswith(".py") and KITS.search((ROOT / file).read_text("utf-8")) else file


def longest_first(items):
    """Sort tests, those of one file together: first the builds of the whole kit, then files in which any test takes seconds, then other contract tests."""
    ranks: dict[str, int] = {}
    for item in items:
        file = item.nodeid.partition("::")[0]
        ranks[file] = min(_rank(item, file), ranks.get(file, OTHERS))
    items.sort(key=lambda item: ranks[item.nodeid.partition("::")[0]])


def _rank(item, file):
    if scope(file) == KIT:
        return 0
    if item.get_closest_marker("long"):
        return 1
    return 2 if file.startswith("tests/contract/") else OTHERS  # by now, all demos have run


class Together(LoadFileScheduling):
    """Hands out scopes in the order of the tests."""

    def __init__(self, config, log):
        super().__init__(config, log)
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid):
        return scope(super()._split_scope(nodeid))
