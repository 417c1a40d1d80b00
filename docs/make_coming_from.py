"""Write the tables of ``docs/coming-from/``: what of each tool works, changes or is missing, from the files of ``tests/dialects/``.

A table is what happens when those files are built now: a cell says "works" if the slides are as the
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

PAGES = HERE / "coming-from"
TOOLS = ("pandoc", "quarto", "marp", "slidev", "remark", "deckset", "reveal", "rmarkdown")
BEGIN, END = "<!-- the table is made by make_coming_from.py -->\n", "<!-- end of the table -->\n"
Entries = Sequence[Mapping[str, Any]]


def table(tool: str, entries: Entries, decks: Mapping[str, Deck]) -> str:
    """Return what becomes of each construct of a tool as a table in Markdown."""
    rows = ["| what | written | here |", "|---|---|---|"]
    mine = [entry for entry in entries if tool in entry["tools"]]
    for name in dict.fromkeys(entry["construct"] for entry in mine):
        own = [entry for entry in mine if entry["construct"] == name]
        written = "; ".join(dict.fromkeys(entry["written"] for entry in own)).replace("|", r"\|").replace(r"\\|", r"\|")
        rows.append(f"| {name} | {written} | {_cell(own, decks)} |")
    return "\n".join(rows) + "\n"


def _cell(entries: Entries, decks: Mapping[str, Deck]) -> str:
    """Return "works", or what the build says about it."""
    said: list[str] = []
    for entry in entries:
        deck = decks[entry["file"]]
        if faults(deck, entry):
            return "doesn't work"
        for word in entry.get("named", ()):
            said += [problem.message for problem in deck.said if word in problem.message][:1]
    changed = "; ".join(dict.fromkeys(entry["changed"] for entry in entries if "changed" in entry))
    if said:
        return "named: " + "; ".join(dict.fromkeys(said)).replace("|", r"\|").replace("<", "&lt;")
    becomes = "; ".join(dict.fromkeys(entry["becomes"] for entry in entries if "becomes" in entry))
    return f"changes: {changed}" if changed else f"works: {becomes}" if becomes else "works"


def page(tool: str, entries: Entries, decks: Mapping[str, Deck]) -> str:
    """Return the page of a tool with its table made anew."""
    text = (PAGES / f"{tool}.md").read_text("utf-8")
    before, after = text.partition(BEGIN)[0], text.partition(END)[2]
    return f"{before}{BEGIN}\n{table(tool, entries, decks)}\n{END}{after}"


if __name__ == "__main__":
    found = constructs()
    folder = HERE.parent / "tests" / "dialects" / "constructs"
    made = {path.name: deck for path, deck in built([folder / entry["file"] for entry in found]).items()}
    for name in TOOLS:
        (PAGES / f"{name}.md").write_text(page(name, found, made), "utf-8")
