"""Write ``docs/reference/limits.md`` from the limits in ``workshop/limits.py`` and of add-ons, and from ``tests/hostile/``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))  # the tests' table isn't part of the package

from tests.hostile.case import MEGABYTES, SECONDS, Case, cases_of  # noqa: E402
from tests.hostile.cases import GROUPS  # noqa: E402
from workshop import limits  # noqa: E402
from workshop.plugins.addons import addons  # noqa: E402

INTRO = f"""# Limits, and files that were tried

This page is made by `python docs/make_limits.py`, from the limits in the code and from the table in `tests/hostile/`.
[Files from somebody else](../safety.md) says what they are for.

## Limits

Anything beyond a limit is refused. `tests/limits/` tries each at its most, wide, long, deep and many, and the worst of
them together. A command takes at most {SECONDS} seconds of an idle processor, and each of its processes at most
{MEGABYTES} MB, or it ends with one sentence before that. Runs of demos are our own code or what somebody trusts, so
only their number is limited.

"""
ROWS = f"""
Each row below is a test. It runs in a process of its own, may take {SECONDS} seconds of processor time and {MEGABYTES}
MB of memory, may write only into the output folder, and must not end in a traceback. The decks that it builds are
searched for what was planted.
"""


def page() -> str:
    """Return the whole page."""
    return "\n".join([INTRO + "\n".join(_table("Limit", "Applies to", _limits())), ROWS.rstrip(), *_groups()]) + "\n"


def _limits() -> Iterator[tuple[str, str]]:
    modules = [limits, *(import_module(addon.limits) for addon in addons().values() if addon.limits)]
    return ((str(limit), limit.what) for module in modules for limit in limits.table(vars(module)))


def _groups() -> Iterator[str]:
    for name, rows in GROUPS.items():
        yield f"\n## {name}\n"
        yield from _table("File", "What happens", ((c.what, _fate(c)) for c in cases_of({name: rows})))


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
    (HERE / "reference" / "limits.md").write_text(page(), "utf-8")
