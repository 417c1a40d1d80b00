"""All toys as a document for engineers: what each shows, its examples, and its code with line numbers, two columns on a page."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from inspect import cleandoc
from pathlib import Path
from textwrap import dedent
from typing import Any

from workshop.errors import At
from workshop.layout.laid import LaidOut
from workshop.model.blocks import ShownCode, pieces_of
from workshop.model.kit import Kit
from workshop.plan.highlight import classes_of
from workshop.plugins.registry import standard_registry
from workshop.render.print.block_data import HEAVY, KINDS, Galley
from workshop.render.print.document import front
from workshop.render.print.figures import galley_for
from workshop.render.print.leaves import set_whole
from workshop.render.writing import Writer

BESIDE = ".toys."  # the package of toys, beside that of their demos
TEMPLATE = Path(__file__).with_name("toys.typ")
EXAMPLE = ">>>"
HOW = (
    "The algorithm of every demo and nothing else: the standard library, numpy and other toys. Each file comes after "
    "those that it uses; its examples run with python3 -m doctest."
)


def render_toys(laid: LaidOut) -> bytes:
    """Return the toys as a PDF.

    Raises:
        Problems: for characters that can't be printed.
    """
    galley = galley_for(laid)
    data = front(laid, galley, "Toys") | {
        "how": HOW,
        "toys": [toy_data(name, text, galley) for name, text in in_order(sources(), demos())],
    }
    return set_whole("toys", data, galley, laid.kept, own=TEMPLATE)


@cache
def demos() -> dict[str, Path]:
    """Return name -> toy of every registered demo that has one."""
    found = {}
    for name, target in standard_registry().targets["demo"].items():
        spec = find_spec(target.partition(":")[0]) if isinstance(target, str) else None
        path = Path(spec.origin) if spec and spec.origin else Path()
        toy = path.parent.with_name(BESIDE.strip(".")) / path.name if path.name else path
        if toy.is_file():
            found[name] = toy
    return found


def sources() -> dict[str, str]:
    """Return name -> text of every toy, also of those that only other toys use."""
    folders = dict.fromkeys(toy.parent for toy in demos().values())
    paths = (path for folder in folders for path in sorted(folder.glob("*.py")) if path.stem != "__init__")
    return {path.stem: path.read_text("utf-8") for path in paths}


def in_order(texts: Mapping[str, str], demos: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield name and text of every toy in the order of the demos, each after those that it imports; first, those that none needs."""
    done: set[str] = set()
    needed = {name for text in texts.values() for name in imported(text)}

    def before(name: str) -> Iterator[tuple[str, str]]:
        if name in done or name not in texts:
            return
        done.add(name)
        for other in imported(texts[name]):
            yield from before(other)
        yield name, texts[name]

    for name in (*(name for name in texts if name not in needed and name not in demos), *demos, *texts):
        yield from before(name)


def imported(text: str) -> list[str]:
    """Return the names of the toys that a toy imports."""
    modules = [node.module or "" for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom)]
    return [module.rpartition(".")[2] for module in modules if BESIDE in module]


def toy_data(name: str, text: str, galley: Galley) -> dict[str, Any]:
    """Return a toy's docstring as sentences and examples, and its code in pieces that stay together, line by line."""
    at = At(f"toys/{name}.py")
    tree = ast.parse(text)
    said, mark, tried = (ast.get_docstring(tree, clean=False) or "").partition(EXAMPLE)
    title, _, about = cleandoc(said).partition("\n\n")
    examples = dedent(said.rpartition("\n")[2] + mark + tried).rstrip()
    ends = tree.body[0].end_lineno or 0
    code = ShownCode(text.rstrip("\n"), "python", name, at, classes_of(text.rstrip("\n"), "python", at))
    pieces: list[list[dict[str, Any]]] = [[]]
    for number, (line, classes) in list(enumerate(code.lines(), 1))[ends:]:
        if line.strip():
            runs = [
                {"t": galley.text(part, at), "is": ["code", *HEAVY.get(own, ())], "kind": KINDS.get(own, "")}
                for part, own in pieces_of(line.lstrip(" "), classes[len(line) - len(line.lstrip(" ")) :])
            ]
            pieces[-1].append({"n": number, "indent": len(line) - len(line.lstrip(" ")), "runs": runs})
        elif pieces[-1]:
            pieces.append([])
    return {
        "name": name,
        "file": at.path,
        "title": galley.text(title, at),
        "about": [galley.text(part, at) for part in " ".join(about.split()).split("``")],
        "examples": [galley.text(line, at) for line in examples.split("\n")],
        "pieces": [piece for piece in pieces if piece],
    }


def has_toys(kit: Kit) -> bool:
    """Whether a slide shows a run of a demo that has a toy."""
    return any(run in demos() for slide in kit.slides for run in slide.runs)


WRITER = Writer(
    filename="toys.pdf",
    render=render_toys,
    meaning="the algorithms of all demos, with line numbers (PDF)",
    whom="each person",
    default=False,
    in_all=False,
    has_any=has_toys,
    needs="demos that have toys",
    needs_slides=False,
)
