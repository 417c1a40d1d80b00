"""Write ``docs/safety.md``: the limits from ``workshop/limits.py``, the table of strangers' files from ``tests/hostile/``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))  # the tests' table isn't part of the package

from tests.hostile.case import MEGABYTES, SECONDS, Case, cases_of  # noqa: E402
from tests.hostile.cases import GROUPS  # noqa: E402
from workshop import limits  # noqa: E402

INTRO = f"""# What is done with files from strangers

A trainer builds with a client's template, a colleague's kit, a PDF from the web and a room's ballots. Whatever comes from others can only become what a deck should hold: it is refused with one sentence that says what to
mend, or built without what no deck should hold, and the build names that. Nothing in such a file runs, fetches anything, or reaches a file outside of its kit. [SECURITY.md](../SECURITY.md) says what is promised and what isn't.

`python docs/make_safety.py` writes this page from the limits in the code and from the table in `tests/hostile/`. Each row of that table is a test: it runs in a process of its own, may take {SECONDS} seconds of the processor and
{MEGABYTES} MB of memory, may write nothing but the files in the output folder, and may never end in a traceback. The decks that it builds are searched for what was planted.

## Limits

They are so high that no workshop should meet them. What is over one is refused.

"""


def page() -> str:
    """Return the whole page."""
    return INTRO + "\n".join([*_table("At most", "of what", _limits()), *_groups()]) + "\n"


def _limits() -> Iterator[tuple[str, str]]:
    return ((str(limit), limit.what) for limit in limits.table())


def _groups() -> Iterator[str]:
    for name, rows in GROUPS.items():
        yield f"\n## {name}\n"
        yield from _table("What comes in", "what becomes of it", ((c.what, _fate(c)) for c in cases_of({name: rows})))


def _fate(case: Case) -> str:
    said = " … ".join(case.says)
    return f"{case.fate}: “{said}”" if said else case.fate


def _table(left: str, right: str, rows: Iterator[tuple[str, str]]) -> Iterator[str]:
    yield f"| {left} | {right} |"
    yield "|---|---|"
    for row in rows:
        one, other = (
            text.replace("|", "\\|").replace("<", "&lt;") if "`" not in text else text.replace("|", "\\|")
            for text in row
        )
        yield f"| {one} | {other} |"


if __name__ == "__main__":
    (HERE / "safety.md").write_text(page(), "utf-8")
