"""The limits that the manual's pages keep: words, lengths of lines and paragraphs, and how easily they are read.

python docs/pages.py          prints the words of each page, its grade, and whatever breaks a limit
"""

from __future__ import annotations

import re
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))
from workshop.check.reading_ease import reading  # noqa: E402 - found through the line above

FRONT = ("README.md", "CONTRIBUTING.md", "SECURITY.md")
WORDS, ALL_WORDS, README_WORDS = 1_200, 28_000, 500  # as wc counts them
WIDTH = 120  # characters
LONGEST = 90  # words of a paragraph
GRADE = 9.0
MADE = ("gallery.md", "points.md", "benchmarks.md")  # by programs, as all of reference/
TABLE = re.compile(r"^<!-- the table is made by .*?^<!-- end of the table -->$", re.DOTALL | re.MULTILINE)
_FENCE = re.compile(r"^( *)(`{3,}).*?^\1\2$", re.DOTALL | re.MULTILINE)
_ITEM = re.compile(r"^\s*(?:[-*]|\d+\.)\s+")


def is_reference(page: Path) -> bool:
    """Return whether a program writes the page from the code."""
    return page.parent.name == "reference" or page.name in MADE


def pages() -> list[Path]:
    """Return every page of the manual, without the list of changes."""
    return [*(ROOT / name for name in FRONT), *sorted(HERE.rglob("*.md"))]


def by_hand(page: Path) -> str:
    """Return what somebody wrote of a page: all of it but tables that a program makes; the lines keep their numbers."""
    return TABLE.sub(lambda found: "\n" * found[0].count("\n"), page.read_text("utf-8"))


def words(page: Path) -> int:
    """Return how many words a page has, as ``wc -w`` counts them, without what a program wrote."""
    return 0 if is_reference(page) else len(by_hand(page).split())


def paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield each paragraph and each item of a list with the number of its first line; no code, tables, or comments."""
    hidden = re.sub(r"<!--.*?-->", lambda found: "\n" * found[0].count("\n"), text, flags=re.DOTALL)
    hidden = _FENCE.sub(lambda found: "\n" * found[0].count("\n"), hidden)
    begun, lines = 0, list[str]()
    for number, line in enumerate([*hidden.splitlines(), ""], 1):
        ends = not line.strip() or line.startswith(("|", "#")) or _ITEM.match(line)
        if ends and lines:
            yield begun, " ".join(lines)
            lines = []
        if line.strip() and not line.startswith(("|", "#", "![")):
            begun = begun if lines else number
            lines.append(_ITEM.sub("", line).strip())


def wrapped(text: str) -> str:
    """Return a page with its paragraphs and lists in lines of at most ``WIDTH`` characters; tables and code stay."""
    lines, fence = list[str](), ""
    for line in text.splitlines():
        opened = re.match(r" *(`{3,})", line)
        if opened and (not fence or line.strip() == fence):
            fence = "" if fence else opened[1]
        if fence or len(line) <= WIDTH or line.lstrip().startswith(("|", "#", "![", "<!--", "```")):
            lines.append(line)
            continue
        item = _ITEM.match(line)
        hang = " " * (len(item[0]) if item else len(line) - len(line.lstrip()))
        whole = re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", lambda code: code[0].replace(" ", "\0"), line)
        whole = re.sub(r" (?=(?:[-+*|#>]|\d+\.)+(?: |$))", "\0", whole[len(hang) :])  # it would begin a list or a table
        begin = line[: len(hang)]
        made = textwrap.wrap(
            whole, WIDTH, initial_indent=begin, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False
        )
        lines += [part.replace("\0", " ") for part in made]
    return "\n".join(lines) + "\n" * text.endswith("\n")


def said(paragraph: str) -> str:
    """Return a paragraph as it is read aloud: links by their words, and code as one word without syllables."""
    plain = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", paragraph)
    return re.sub(r"`+[^`]+`+", "0", plain).replace("*", "")


def grade(page: Path) -> float:
    """Return the school year in which a page's prose is easily read."""
    return reading(said(paragraph) for _, paragraph in paragraphs(by_hand(page))).grade


def faults() -> Iterator[str]:
    """Yield what breaks a limit, with its place."""
    for page in pages():
        name = page.relative_to(ROOT)
        made = is_reference(page)
        most = README_WORDS if page.name == "README.md" else WORDS
        if (count := words(page)) > most:
            yield f"{name}: {count} words; at most {most}"
        for number, line in enumerate(by_hand(page).splitlines(), 1):
            if len(line) > WIDTH and not (made and line.startswith("|")):  # a row of a table can't be broken
                yield f"{name}:{number}: {len(line)} characters; at most {WIDTH}"
        for number, paragraph in paragraphs(by_hand(page)):
            if len(paragraph.split()) > LONGEST:
                yield f"{name}:{number}: a paragraph of {len(paragraph.split())} words; at most {LONGEST}"
        if not made and (found := grade(page)) > GRADE:
            yield f"{name}: reads at grade {found:.1f}; at most {GRADE:g}"
    if (total := sum(map(words, pages()))) > ALL_WORDS:
        yield f"docs: {total} words by hand; at most {ALL_WORDS}"


if __name__ == "__main__":
    for page in pages():
        if not is_reference(page):
            print(f"{words(page):6} words, grade {grade(page):4.1f}  {page.relative_to(ROOT)}")
    print(f"{sum(map(words, pages())):6} words in all")
    found = list(faults())
    print(*found, sep="\n")
    sys.exit(bool(found))
