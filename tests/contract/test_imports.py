"""Checks every import against the table of which package in ``workshop/`` may import which."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from importlib import import_module
from pathlib import Path

import pytest
import yaml

from workshop.plugins.addons import addons

ROOT = Path(__file__).resolve().parents[2]

ROOMS = yaml.safe_load((ROOT / "docs" / "rooms.yaml").read_text("utf-8"))
# package -> what it may import; a package may always import itself
ALLOWED: Mapping[str, frozenset[str]] = {name: frozenset(room["imports"].split()) for name, room in ROOMS.items()}
# package -> the packages of which it names something as "package.module:attribute"
NAMED: Mapping[str, frozenset[str]] = {name: frozenset(room.get("names", "").split()) for name, room in ROOMS.items()}
NESTED = tuple(name for name in ROOMS if "." in name)
ADDONS = {name for name in ROOMS if name.startswith("addons.")}


def package_of(module: str) -> str:
    """Return the package of a dotted name that begins with ``workshop``; the root itself belongs to no package."""
    _, _, rest = module.partition(".")
    return next((name for name in NESTED if f"{rest}.".startswith(f"{name}.")), rest.split(".")[0])


@cache
def statements(source: str) -> tuple[ast.Import | ast.ImportFrom, ...]:
    """Return every import of a module, including late imports and imports for types."""
    return tuple(node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Import | ast.ImportFrom))


def imported_by(source: str, modules: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Yield the line and dotted name of every import of our modules."""
    for node in statements(source):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names if name.name.startswith("workshop."))
        elif node.module and node.module.split(".")[0] == "workshop":
            for name in node.names:
                inside = f"{node.module}.{name.name}"
                yield node.lineno, inside if inside in modules else node.module


def forbidden(sources: Mapping[str, str]) -> list[str]:
    """Return every import that the table doesn't allow, as ``module:line imports module``."""
    modules = frozenset(sources)
    return [
        f"{module}:{line} imports {target}"
        for module, source in sources.items()
        for line, target in imported_by(source, modules)
        if package_of(target) not in {"", package_of(module)} | ALLOWED.get(package_of(module), frozenset())
    ]


@pytest.fixture(scope="module")
def sources() -> dict[str, str]:
    """Return dotted name -> source for every module of ours."""
    found = {}
    for path in sorted((ROOT / "workshop").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path.read_text("utf-8")
    return found


def test_no_package_imports_one_that_the_table_does_not_allow(sources):
    assert forbidden(sources) == []


def test_the_table_has_no_cycle():
    try:
        order = tuple(TopologicalSorter(ALLOWED).static_order())
    except CycleError as error:
        pytest.fail(f"a cycle: {error.args[1]}")
    assert set(order) == set(ALLOWED)


def test_the_table_allows_only_imports_that_are_used(sources):
    modules = frozenset(sources)
    used = {
        (package_of(module), package_of(target))
        for module, source in sources.items()
        for _, target in imported_by(source, modules)
    }
    unused = [f"{a} -> {b}" for a, others in ALLOWED.items() for b in sorted(others) if (a, b) not in used]
    assert unused == []


def test_every_package_has_its_line(sources):
    assert {package_of(module) for module in sources} - {""} == set(ALLOWED)


def test_a_name_of_something_to_import_counts_as_an_import(sources):
    named = {name: set() for name in NAMED}
    for module, source in sources.items():
        for target in re.findall(r'"(workshop(?:\.\w+)+):\w+"', source):
            named[package_of(module)].add(package_of(target))
    assert {room: found - {room} for room, found in named.items()} == NAMED


def test_whatever_is_named_to_be_imported_later_is_there(sources):
    named = {text for source in sources.values() for text in re.findall(r'"(workshop(?:\.\w+)+:\w+)"', source)}
    assert {"workshop.addons.preview.preview_process:follow", "workshop.addons.studio.engine:work"} <= named
    for module, attribute in (name.split(":") for name in named):
        assert hasattr(import_module(module), attribute), f"{module}:{attribute}"


def test_no_name_of_something_to_import_is_put_together(sources):
    """One that is can't be found by whoever renames a module."""
    for module, source in sources.items():
        assert re.findall(r'f"[^"]*\.\w+:\w+"', source) == [], module


def test_the_core_never_imports_or_names_an_add_on():
    """It finds them by their folders, so that each can be deleted; the table holds both for imports and for names."""
    core = set(ROOMS) - ADDONS
    assert {name: found for name in core if (found := (ALLOWED[name] | NAMED[name]) & {"addons", *ADDONS})} == {}


def test_an_add_on_imports_those_that_it_says_it_needs_and_no_others():
    used = {name: (ALLOWED[f"addons.{name}"] | NAMED[f"addons.{name}"]) & ADDONS for name in addons()}
    assert used == {name: {f"addons.{other}" for other in addon.needs} for name, addon in addons().items()}


def test_only_the_registry_and_kinds_of_chart_know_the_writer_of_decks(sources):
    modules = frozenset(sources)
    outside = {name for name in sources if package_of(name) != "render.pptx"}
    importers = {m for m in outside for _, to in imported_by(sources[m], modules) if package_of(to) == "render.pptx"}
    assert importers == set()
    assert {room for room, others in NAMED.items() if "render.pptx" in others} == {"charts", "plugins"}


def test_only_figures_of_charts_import_matplotlib(sources):
    found = {
        module
        for module, source in sources.items()
        for node in statements(source)
        for name in ([alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""])
        if name.split(".")[0] == "matplotlib"
    }
    assert found == {"workshop.charts.figure"}


@pytest.mark.parametrize(
    "line",
    ["from workshop.cli.app import main", "def late():\n    from workshop.ai_models.demos import trigram"],
    ids=["up", "late"],
)
def test_a_forbidden_import_is_found_wherever_it_hides(sources, line):
    changed = sources | {"workshop.plan.plan_kit": f"{sources['workshop.plan.plan_kit']}\n{line}\n"}
    assert len(forbidden(changed)) == len(forbidden(sources)) + 1


def test_nothing_outside_imports_the_built_in_kit(sources):
    modules = frozenset(sources)
    importers = {
        module
        for module, source in sources.items()
        if package_of(module) != "ai_models"
        for _, target in imported_by(source, modules)
        if package_of(target) == "ai_models"
    }
    assert importers == set()
