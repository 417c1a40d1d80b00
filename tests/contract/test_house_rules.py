"""Checks every module against the house rules in CONTRIBUTING.md."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "workshop"
LONGEST_FUNCTION, MOST_NEEDED, MOST_POSITIONAL = 50, 5, 6


@pytest.fixture(scope="module")
def trees() -> dict[str, ast.Module]:
    """Return path -> parsed module for every module of ours."""
    return {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_text("utf-8")) for path in sorted(ROOT.rglob("*.py"))
    }


def long_functions(tree: ast.Module) -> Iterator[str]:
    """Yield the functions that are too long, not counting their docstrings, which may be as long as readers need."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            lines = (node.end_lineno or 0) - node.lineno + 1
            first = node.body[0]
            if ast.get_docstring(node) is not None:
                lines -= (first.end_lineno or 0) - first.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield f"{node.name} has {lines} lines"


def positional_records(tree: ast.Module) -> Iterator[str]:
    """Yield the records with many fields that must be passed and needn't be named."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.ClassDef):
            continue
        needed = [part for part in node.body if isinstance(part, ast.AnnAssign) and part.value is None]
        marks = [option for mark in node.decorator_list if isinstance(mark, ast.Call) for option in mark.keywords]
        named = any(option.arg == "kw_only" for option in (*node.keywords, *marks))
        if len(needed) > MOST_NEEDED and not named and "NamedTuple" not in map(ast.unparse, node.bases):
            yield node.name


def crowded_calls(tree: ast.Module) -> Iterator[str]:
    """Yield constructor calls with many positional arguments."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and len(node.args) > MOST_POSITIONAL:
            name = ast.unparse(node.func).split(".")[-1]
            if name[:1].isupper():
                yield f"line {node.lineno}: {name}"


@pytest.mark.parametrize("rule", [long_functions, positional_records, crowded_calls])
def test_every_module_keeps_the_rule(trees, rule):
    assert {path: found for path, tree in trees.items() if (found := list(rule(tree)))} == {}


def test_a_long_function_is_found():
    source = "def long():\n" + "    x = 1\n" * LONGEST_FUNCTION
    assert list(long_functions(ast.parse(source))) == [f"long has {LONGEST_FUNCTION + 1} lines"]


def test_a_record_of_six_needed_fields_without_names_is_found():
    fields = "".join(f"    f{n}: int\n" for n in range(MOST_NEEDED + 1))
    assert list(positional_records(ast.parse(f"class Wide(Struct, frozen=True):\n{fields}"))) == ["Wide"]
    assert not list(positional_records(ast.parse(f"class Wide(Struct, kw_only=True):\n{fields}")))
