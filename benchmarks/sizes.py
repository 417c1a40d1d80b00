"""Counts lines of code and files in each room of ``workshop/``: no blank lines, comments or docstrings.

python benchmarks/sizes.py [CHECKOUT]

A second table says how many lines the tests have, how many files have at most 120 lines, and how many names belong to several.
"""

import ast
import io
import sys
import tokenize
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UNCOUNTED = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
SHORT = 120


def code_lines(source: str) -> int:
    """Return the number of lines that have code on them.

    >>> code_lines('"A docstring."' + chr(10) + "x = 1  # one" + chr(10) * 2 + "# a comment" + chr(10) + "y = (" + chr(10) + ")")
    3
    """
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in UNCOUNTED:
            lines.update(range(token.start[0], token.end[0] + 1))
    return len(lines.difference(*_docstrings(ast.parse(source))))


def _docstrings(tree: ast.Module) -> Iterator[range]:
    """Yield the lines of each docstring."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            first = node.body[0]
            yield range(first.lineno, (first.end_lineno or 0) + 1)


def kinds(rooms: Iterable[str]) -> dict[str, list[str]]:
    """Return the rooms of the core, of the add-ons and of the built-in kit.

    >>> kinds(["cli", "addons/docx", "ai_models", "plan"])
    {'core': ['cli', 'plan'], 'add-ons': ['addons/docx'], 'built-in kit': ['ai_models']}
    """
    found: dict[str, list[str]] = {"core": [], "add-ons": [], "built-in kit": []}
    for room in rooms:
        kind = "add-ons" if room.startswith("addons") else "built-in kit" if room == "ai_models" else "core"
        found[kind].append(room)
    return found


def main(checkout: Path) -> None:
    """Print both tables."""
    package = checkout / "workshop"
    texts = {path: path.read_text("utf-8") for path in sorted(package.rglob("*.py"))}
    lines, files = Counter[str](), Counter[str]()
    for path, text in texts.items():
        room, *below = path.relative_to(package).parts
        name = "/".join((room, *below[:1])) if room == "addons" else room if below else "(alone)"
        lines[name] += code_lines(text)
        files[name] += 1
    for room, count in lines.most_common():
        print(f"{room:<20} {count:>7,} {files[room]:>5}")
    for kind, rooms in kinds(lines).items():
        print(f"{kind:<20} {sum(lines[room] for room in rooms):>7,} {sum(files[room] for room in rooms):>5}")
    print(f"{'sum':<20} {lines.total():>7,} {files.total():>5}\n")
    names = Counter(path.name for path in texts if path.name != "__init__.py")
    tests = sum(len(path.read_text("utf-8").splitlines()) for path in (checkout / "tests").rglob("*.py"))
    for what, count in (
        ("lines with docstrings", sum(len(text.splitlines()) for text in texts.values())),
        ("lines of tests", tests),
        ("names of several files", sum(many > 1 for many in names.values())),
        (f"files of at most {SHORT}", sum(len(text.splitlines()) <= SHORT for text in texts.values())),
    ):
        print(f"{what:<22} {count:>7,}")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT)
