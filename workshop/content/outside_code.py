"""The parts of a text that aren't code."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FENCE = re.compile(r"[ \t]*(?:>[ \t]?)*(`{3,}|~{3,})")


def outside_code(lines: list[str]) -> Iterator[bool]:
    """Yield for each line whether it is outside of fenced code."""
    fence = ""
    for line in lines:
        mark = _FENCE.match(line)
        if not fence:
            fence = mark[1] if mark else ""
            yield not fence
            continue
        yield False
        if mark and mark[1].startswith(fence) and not line[mark.end() :].strip():
            fence = ""
