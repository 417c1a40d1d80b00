"""Write ``docs/coming-from.md``: what of pandoc, Quarto and Marp works, changes or is missing, from the files of ``tests/dialects/``.

The table is what happens when those files are built now: a cell says "works" if the slides are as the
tool's manual says, or what looks different ("changes"), or quotes the warning about what is lost ("named").
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from tests.dialects.judge import Deck, built, constructs, faults  # noqa: E402 - found through the line above

PAGE = HERE / "coming-from.md"
TOOLS = ("pandoc", "quarto", "marp")
BEGIN, END = "<!-- the table is made by make_coming_from.py -->\n", "<!-- end of the table -->\n"
Entries = Sequence[Mapping[str, Any]]


def table(entries: Entries, decks: Mapping[str, Deck]) -> str:
    """Return the table as Markdown: a row for each construct, a column for each tool."""
    rows = ["| | written | pandoc | Quarto | Marp |", "|---|---|---|---|---|"]
    for name in dict.fromkeys(entry["construct"] for entry in entries):
        own = [entry for entry in entries if entry["construct"] == name]
        written = "; ".join(dict.fromkeys(entry["written"] for entry in own)).replace("|", r"\|").replace(r"\\|", r"\|")
        cells = [_cell([entry for entry in own if tool in entry["tools"]], decks) for tool in TOOLS]
        rows.append(f"| {name} | {written} | {' | '.join(cells)} |")
    return "\n".join(rows) + "\n"


def _cell(entries: Entries, decks: Mapping[str, Deck]) -> str:
    """Return "works", or what the build says about it."""
    if not entries:
        return "–"
    said: list[str] = []
    for entry in entries:
        deck = decks[entry["file"]]
        if faults(deck, entry):
            return "doesn't work"
        for word in entry.get("named", ()):
            said += [problem.message for problem in deck.said if word in problem.message][:1]
    changed = "; ".join(dict.fromkeys(entry["changed"] for entry in entries if "changed" in entry))
    if said:
        return "named: " + "; ".join(dict.fromkeys(said)).replace("|", r"\|")
    return f"changes: {changed}" if changed else "works"


def page(text: str) -> str:
    """Return the page with its table made anew."""
    entries = constructs()
    folder = HERE.parent / "tests" / "dialects" / "constructs"
    decks = {path.name: deck for path, deck in built([folder / entry["file"] for entry in entries]).items()}
    before, after = text.partition(BEGIN)[0], text.partition(END)[2]
    return f"{before}{BEGIN}\n{table(entries, decks)}\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")
