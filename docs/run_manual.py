"""Type each command of the manual, page by page, and compare what it writes and says with what the page says.

    python docs/run_manual.py               all pages
    python docs/run_manual.py docs/votes.md ...

In the Markdown, a block of ``sh`` is typed in a folder that holds what a reader would have (given.py) and the files that the
page shows below a line with their name. A block of ``text`` after it has lines that the command says. A path below ``dist/`` in
the prose of its section is there once the page is done, and so is each name in a comment ``<!-- makes: a b -->``.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))
from docs.given import edit, give  # noqa: E402 - found through the line above

_EXAMPLE = re.compile(r"^`([\w./-]+)`\n\n```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_TYPED = re.compile(r"^```sh\n(?P<typed>.*?)^```$(?:\n\n```text\n(?P<says>.*?)^```$)?", re.MULTILINE | re.DOTALL)
_FENCED = re.compile(r"^(`{3,}).*?^\1$", re.MULTILINE | re.DOTALL)
_MADE = re.compile(r"`(dist/[\w./-]+)`|<!-- makes: ([^>]+) -->")
SHOWS = ("app", "preview")  # these go on until they are stopped
FOLLOWED = ("first-talk.md", "first-kit.md")  # make_tutorials.py does what they say
Run = Callable[[Sequence[str], Path], tuple[int, str]]


def pages() -> list[Path]:
    """Return the pages that have commands."""
    written = [ROOT / "README.md", *sorted(HERE.rglob("*.md"))]
    return [page for page in written if page.name not in FOLLOWED and _TYPED.search(page.read_text("utf-8"))]


def faults(page: Path, folder: Path, run: Run) -> Iterator[str]:
    """Do what a page says in an empty folder, and yield what isn't so, with its place.

    Args:
        run: types the words after ``workshop`` in a folder; returns the exit code and all that was said.
    """
    give(folder)
    text = page.read_text("utf-8")
    if "workshop new talk.md" in text:
        (folder / "talk.md").unlink()
    for name, body in _EXAMPLE.findall(text):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(body, "utf-8")
    for block in _TYPED.finditer(text):
        place = f"{page.relative_to(ROOT)}:{text.count(chr(10), 0, block.start()) + 2}"
        said = ""
        for line in block["typed"].splitlines():
            code, answer = typed(shlex.split(line, comments=True), folder, run)
            said += answer
            if code:
                yield f"{place}: `{line}` ended with {code}: {answer.strip()[-400:]}"
        for line in (block["says"] or "").splitlines():
            if line not in said:
                yield f"{place}: doesn't say “{line}”, but: {said.strip()[-400:]}"
    for number, name in promised(text):
        if not (folder / name).exists():
            yield f"{page.relative_to(ROOT)}:{number}: no command of this page makes {name}"


def promised(text: str) -> Iterator[tuple[int, str]]:
    """Yield the files that the prose of a page promises in sections with commands, each with its line."""
    typed_here = [block.start() for block in _TYPED.finditer(text)]
    prose = _FENCED.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    sections = [0, *(found.start() for found in re.finditer(r"^## ", prose, re.MULTILINE)), len(text)]
    for start, end in pairwise(sections):
        if any(start <= place < end for place in typed_here):
            for found in _MADE.finditer(prose, start, end):
                for name in (found[1] or found[2]).split():
                    yield text.count("\n", 0, found.start()) + 1, name


def typed(words: Sequence[str], folder: Path, run: Run) -> tuple[int, str]:
    """Type one line; before edits are adopted, somebody makes one. Of ``make``, only the target has to be there."""
    program, *rest = words
    if program == "make":
        known = re.search(rf"^{rest[0]}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
        return (0, "") if known else (2, f"Makefile has no {rest[0]}")
    if rest[0] in SHOWS:
        return shown(rest, folder)
    if rest[0] == "adopt" and rest[1].endswith(".pptx"):
        edit(folder / rest[1])
    return run(rest, folder)


def shown(words: Sequence[str], folder: Path) -> tuple[int, str]:
    """Start what goes on until it is stopped, read its address, and stop it."""
    line = [sys.executable, str(ROOT / "build_deck.py"), *words, "--no-open"]
    settings = {**os.environ, "PYTHONUNBUFFERED": "1", "WORKSHOP_CONFIG": str(folder / "settings"), "HOME": str(folder)}
    with subprocess.Popen(
        line, cwd=folder, env=settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        process.terminate()
    return (0 if "http" in said else 1), said


def command(words: Sequence[str], folder: Path) -> tuple[int, str]:
    """Type a command in a process of its own."""
    line = [sys.executable, str(ROOT / "build_deck.py"), *words]
    settings = {**os.environ, "WORKSHOP_CONFIG": str(folder / "settings")}
    done = subprocess.run(line, cwd=folder, env=settings, capture_output=True, text=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout + done.stderr


def main() -> None:
    """Do what the pages say, and end with 1 if something isn't so."""
    wrong = list[str]()
    for page in [Path(name).resolve() for name in sys.argv[1:]] or pages():
        with tempfile.TemporaryDirectory() as folder:
            found = list(faults(page, Path(folder), command))
        print(f"{page.relative_to(ROOT)}: {len(found) or 'no'} faults", *found, sep="\n", flush=True)
        wrong += found
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
