"""Write ``docs/safety.md`` from the limits in ``workshop/limits.py`` and of add-ons, and the table of strangers' files in ``tests/hostile/``."""

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

INTRO = f"""# How files from strangers are handled

A trainer builds with a client's template, a colleague's kit, a PDF from the web and a room's ballots. A file from someone else is either refused, with one sentence that says what to
fix, or used without the parts that don't belong in a deck, which the build then names. Nothing in such a file runs, fetches anything, or reaches a file outside its kit. [SECURITY.md](../SECURITY.md) says what we promise and what we don't.

`python docs/make_safety.py` writes this page from the limits in the code and from the table in `tests/hostile/`. Each row of that table is a test. It runs in a separate process, may take {SECONDS} seconds of processor time and
{MEGABYTES} MB of memory, may write only into the output folder, and must not end in a traceback. The decks that it builds are searched for what was planted.

The preview and the app show such files in a browser. Their server listens on 127.0.0.1 only; it answers whoever knows the random token in its address, names this computer in the Host header and doesn't come from another site. Only the page itself may be opened from elsewhere, in a tab of its own, as the
private file does that the command opens. Texts of a kit reach the page as
text, pictures as pictures, and SVG pictures only after everything active was taken out of them. `tests/addons/web/`, `tests/addons/preview/test_preview_page.py`, `tests/addons/studio/test_make.py`, `tests/addons/live/test_routes.py`, `tests/addons/live/test_entrance.py`, `tests/addons/live/test_crowd.py` and `tests/addons/live/test_any_request.py` try to get past each of these, on every address that is answered.

A deck of ours says which build it comes from: its one custom property, `workshop`, has twelve digits of a digest of the deck itself, and each slide has its id as its name. Neither says who built it, when or where. Beside it, the output folder keeps each
deck as it was built, `.deck-….pptx`, and the text and options that it was built from, `.deck-….json.gz`: delete them if you hand the folder on.

## Limits

They are so high that no workshop should reach them. Anything beyond a limit is refused. `tests/limits/` tries each of them at its most, wide, long, deep and many, and the worst of them together: a command takes at most {SECONDS} seconds of an idle processor
and each of its processes at most {MEGABYTES} MB, or it ends with one sentence before that. Runs of demos are our own code or what somebody trusts, so only their number is limited, and not the time that each takes.

"""


def page() -> str:
    """Return the whole page."""
    return INTRO + "\n".join([*_table("Limit", "Applies to", _limits()), *_groups()]) + "\n"


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
    (HERE / "safety.md").write_text(page(), "utf-8")
