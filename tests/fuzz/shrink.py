"""Makes a failing case smaller, as long as it fails in the same way."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tests.fuzz.case import Case
from tests.fuzz.trial import tried

TRIES = 400


def shrunk(case: Case, kind: str, folder: Path, cache: Path) -> Case:
    """Return a case with fewer files, options and lines that fails as ``kind`` says.

    Args:
        case: one that fails.
        kind: ``Outcome.kind`` of its failure.
        folder: where it may be built; it is removed.
        cache: for the findings of demos.
    """
    left = TRIES
    smaller = True
    while smaller and left > 0:
        smaller = False
        for candidate in _smaller(case):
            left -= 1
            folder.mkdir()
            fails = tried(candidate, folder, cache).kind == kind
            shutil.rmtree(folder)
            if fails:
                case, smaller = candidate, True
                break
            if left <= 0:
                break
    return case


def _smaller(case: Case) -> Iterator[Case]:
    """Yield cases with something left out, large pieces first."""
    for name in case.files:
        yield replace(case, files={other: data for other, data in case.files.items() if other != name})
    for k in range(2, len(case.arguments)):
        if case.arguments[k].startswith("--") and case.arguments[k] != "--only":
            for length in (2, 1):
                yield replace(case, arguments=case.arguments[:k] + case.arguments[k + length :])
    longest = max((data.count(b"\n") for data in case.files.values()), default=0)
    size = 1 << max(longest.bit_length() - 1, 0)
    while size:
        for name, data in case.files.items():
            lines = data.split(b"\n")
            if b"\0" in data or len(lines) <= size:
                continue
            for at in range(0, len(lines), size):
                yield replace(case, files={**case.files, name: b"\n".join(lines[:at] + lines[at + size :])})
        size //= 2
