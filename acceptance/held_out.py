"""Builds talks of other people, and counts what must not be on their slides: words that are directives, and lines of private notes.

python acceptance/held_out.py FOLDER [TOOL]

FOLDER has talks for pandoc, Quarto, Marp, Slidev, remark or Deckset, with their pictures; the talks aren't part of this project.
TOOL is what they should be recognised as. Each line says how a talk fared; the last one has the sums.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from workshop.build import prepare  # noqa: E402
from workshop.constructs.table import text_of  # noqa: E402
from workshop.errors import WorkshopError, errors_in  # noqa: E402
from workshop.model import blocks, kit  # noqa: E402
from workshop.model.request import Request  # noqa: E402
from workshop.plugins.registry import standard_registry  # noqa: E402

SUFFIXES = (".md", ".qmd", ".rmd", ".markdown")
DIRECTIVE = re.compile(
    r"^(?:layout|class|name|template|transition|src|clicks|hide|exclude|count|background(?:-\w+)?|backgroundColor|_class|marp):(?:\s|$)"
    r"|^\?\?\?|^::[\w-]+::|^:{3,}|^\[\.[\w-]+|^\^ |\[fit\]|^--$|</?v-\w+|\{\{<|(?:^|\s)(?:\.[a-z][\w-]*)+\[[^\]]*$|^<!--|-->$"
)
FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,}).*?^[ \t]*\1", re.MULTILINE | re.DOTALL)
NOTES = {
    "slidev": re.compile(r"<!--(.*?)-->(?=\s*(?:^---|\Z))", re.MULTILINE | re.DOTALL),
    "marp": re.compile(r"<!--(?!\s*_?\w+:)(.*?)-->", re.DOTALL),
    "remark": re.compile(r"^\?\?\?[ \t]*\n(.*?)(?=^---?[ \t]*$|\Z)", re.MULTILINE | re.DOTALL),
    "deckset": re.compile(r"^\^(?!\[)(.*?)(?=\n[ \t]*\n|\Z)", re.MULTILINE | re.DOTALL),
    "pandoc": re.compile(r"^:{3,}[ \t]*(?:\{\.notes\}|notes)[ \t]*\n(.*?)^:{3,}", re.MULTILINE | re.DOTALL),
}
NOTES["quarto"] = NOTES["pandoc"]
SHORTEST = 20  # letters of a line of notes that says enough to be found


def plain(text: str) -> str:
    """Return only letters and digits, so that marks don't matter."""
    return "".join(sign for sign in text.lower() if sign.isalnum())


def lines_on(slide: kit.Slide) -> Iterator[str]:
    """Yield the lines of text on a slide, without code."""
    shown = [block for _, parts in slide.slots for block in parts]
    lines = [slide.title, *(line.runs for line in text_of(shown))]
    for table in tables_in(shown):
        lines += [cell for row in (table.header, *table.rows) for cell in row]
    for runs in lines:
        yield from "".join("" if run.code else run.text for run in runs).split("\v")


def tables_in(shown: Iterable[blocks.Block]) -> Iterator[blocks.ShownTable]:
    """Yield the tables among blocks, at any depth."""
    for block in shown:
        if isinstance(block, blocks.ShownTable):
            yield block
        elif isinstance(block, blocks.Panel):
            yield from tables_in(block.blocks)


def judge(path: Path, tool: str) -> tuple[str, Counter[str]]:
    """Build a talk; return how it fared, and the counts."""
    text = FENCE.sub("", path.read_text("utf-8-sig", errors="replace").replace("\r\n", "\n"))
    try:
        laid, problems = prepare(path, Request(), standard_registry(), base=None)
    except WorkshopError as error:
        stops = [str(problem) for problem in errors_in(error.problems)]
        return f"stopped: {stops[0] if stops else error}", Counter(talks=1, stopped=1)
    if stops := errors_in(problems):
        return f"stopped: {stops[0]}", Counter(talks=1, stopped=1)
    slides = list(laid.kit.slides)
    left = [
        (k, line) for k, slide in enumerate(slides, 1) for line in lines_on(slide) if DIRECTIVE.search(line.strip())
    ]
    private = [
        line for found in NOTES[tool].findall(text) for line in found.split("\n") if len(plain(line)) >= SHORTEST
    ]
    public = plain(NOTES[tool].sub("", text))
    shown = plain(" ".join(line for slide in slides for line in lines_on(slide)))
    leaked = [line for line in private if plain(line) in shown and plain(line) not in public]
    counts = Counter(
        talks=1,
        slides=len(slides),
        noted=sum(bool(slide.notes) for slide in slides),
        directives=len({k for k, _ in left}),
        private=len(private),
        leaked=len(leaked),
        missing=sum(problem.code == "missing-file" for problem in problems),
    )
    told = [f"slide {k}: {line[:60]!r}" for k, line in left[:4]] + [f"note: {line[:60]!r}" for line in leaked[:3]]
    return f"{len(slides)} slides" + "".join(f"\n    {one}" for one in told), counts


def main(folder: Path, tool: str = "pandoc") -> None:
    """Judge every talk in a folder."""
    total: Counter[str] = Counter()
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in SUFFIXES and path.is_file():
            told, counts = judge(path, tool)
            total += counts
            print(f"{path.relative_to(folder)}: {told}")
    print(", ".join(f"{name} {count}" for name, count in total.items()))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:3])
