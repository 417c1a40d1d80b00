"""Checks that no two modules need each other, that records are of one kind, and that a name leads to one file."""

import ast
from collections import defaultdict
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.contract.test_imports import package_of

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "workshop"
MODULES = {
    ".".join(p for p in path.relative_to(ROOT).with_suffix("").parts if p != "__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
# Everything else is a msgspec.Struct, or a pydantic model if it is read from a file of a kit; toys need nothing but numpy
DATACLASSES = {
    "workshop.runs.trust.FromFile": "derives from an abstract class",
}
# Families of files with one name in each: what each add-on may have, a toy and its demo, a kind of chart and its native plot
FAMILIES = (
    {"register", "options", "build_step"},
    {"ai_models.toys", "ai_models.demos"},
    {"charts.kinds", "render.pptx.plots"},
)
# Other names that two files have, each of which is the right one in both of its rooms
SHARED_NAMES = {"deck", "dots", "draft", "exhibits", "kept", "overlay", "slides", "steps", "words"}


@pytest.fixture(scope="module")
def trees():
    """Return dotted name -> parsed module."""
    return {name: ast.parse(path.read_text("utf-8")) for name, path in MODULES.items()}


def needs(tree):
    """Return the modules that one imports when it is imported itself, or for its types."""
    found = set()
    for node in tree.body:
        for part in node.body if isinstance(node, ast.If) else [node]:
            if isinstance(part, ast.ImportFrom) and part.module in MODULES:
                inside = {f"{part.module}.{name.name}" for name in part.names}
                found |= inside & MODULES.keys()
                if not inside <= MODULES.keys():
                    found.add(part.module)
    return found


def test_no_modules_import_each_other(trees):
    try:
        tuple(TopologicalSorter({name: needs(tree) - {name} for name, tree in trees.items()}).static_order())
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_a_record_is_a_struct_unless_its_reason_is_listed(trees):
    decorated = {
        f"{name}.{node.name}"
        for name, tree in trees.items()
        if package_of(name) != "ai_models.toys"
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and any("dataclass" in ast.unparse(mark) for mark in node.decorator_list)
    }
    assert decorated == DATACLASSES.keys()
    assert len(DATACLASSES) <= 10


def test_no_frozen_record_holds_something_that_can_be_changed(trees):
    changeable = [
        f"{name}.{node.name}.{field.target.id}"
        for name, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and any(k.arg == "frozen" for k in node.keywords)
        for field in node.body
        if isinstance(field, ast.AnnAssign) and ast.unparse(field.annotation).startswith(("dict[", "list[", "set["))
    ]
    assert changeable == []


def shared(modules):
    """Return the names that modules outside of a family share."""
    places = defaultdict(set)
    for name in modules:
        folder, _, tail = name.removeprefix("workshop.").rpartition(".")
        places[tail].add(folder)
    return {
        tail
        for tail, folders in places.items()
        if len(folders) > 1 and tail not in FAMILIES[0] and folders not in FAMILIES[1:]
    }


def test_no_two_modules_share_a_name_unless_they_are_of_a_family_or_it_is_listed():
    """A reader who is told a name should find one file."""
    assert shared(name for name, path in MODULES.items() if path.name != "__init__.py") <= SHARED_NAMES


def test_a_shared_name_is_found():
    assert shared(["workshop.plan.fit", "workshop.layout.fit", "workshop.plan.cut"]) == {"fit"}
    assert not shared(["workshop.ai_models.toys.votes", "workshop.ai_models.demos.votes"])
