"""Measures how strong tests are: changes a module in small, seeded ways and counts the changes that its tests notice.

    python benchmarks/mutants.py workshop/charts/axis.py --count 16 --seed 0

Without ``--tests`` a module's own test file is run: ``tests/charts/test_axis.py``. No file is changed: each mutant is
loaded in place of the module by an import hook, in a process of its own. Docstrings, annotations, decorators, raised
messages and other prose are left alone. Some mutants mean the same as the original, so 100% is not the aim.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VARIABLE = "MUTANT"  # module, original file and mutated file, for the process that runs the tests
LEAST = 0.8
NICE = 10
COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
CALCULATED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
}
LEFT_ALONE = {"annotation", "returns", "decorator_list", "type_params"}
SAID = {"error", "warn", "advise", "refuse", "Problem"}  # calls with messages

Change = Callable[[], ast.AST]


# ---------------------------------------------------------------- mutants
@dataclass(frozen=True, slots=True)
class Mutant:
    """One changed module."""

    line: int
    what: str
    source: str


def mutants(source: str, count: int, seed: int) -> list[Mutant]:
    """Return ``count`` mutants of a module, each at a different place, chosen by ``seed``."""
    places = [index for index, node in enumerate(_nodes(ast.parse(source))) if list(_changes(node))]
    chosen = random.Random(seed)
    found = []
    for index in sorted(chosen.sample(places, min(count, len(places)))):
        tree = ast.parse(source)
        node = list(_nodes(tree))[index]
        change = chosen.choice(list(_changes(node)))
        before, new = ast.unparse(node), change()
        changed = ast.fix_missing_locations(_Replace(node, new).visit(tree))
        what = f"{_short(before)}  ->  {_short(ast.unparse(ast.fix_missing_locations(new)))}"
        found.append(Mutant(node.lineno, what, ast.unparse(changed)))
    return found


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57] + "..."


class _Replace(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self.new if node is self.old else super().visit(node)


def _nodes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes that may be changed, from the top down."""
    yield node
    for name, value in ast.iter_fields(node):
        if name in LEFT_ALONE:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_prose(child):
                yield from _nodes(child)


def _is_prose(node: ast.AST) -> bool:
    if isinstance(node, ast.Raise | ast.JoinedStr | ast.Import | ast.ImportFrom):
        return True
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return " " in node.value.strip()
    name = getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
    return name in SAID


def _changes(node: ast.AST) -> Iterator[Change]:
    """Yield each way to change a node."""
    match node:
        case ast.Compare(left, [operator], right):
            yield from (lambda op=op: ast.Compare(left, [op()], right) for op in COMPARED[type(operator)])
        case ast.BoolOp(operator, values):
            yield lambda: ast.BoolOp(ast.Or() if isinstance(operator, ast.And) else ast.And(), values)
        case ast.UnaryOp(ast.Not() | ast.USub(), operand):
            yield lambda: operand
        case ast.BinOp(left, operator, right) if type(operator) in CALCULATED:
            yield lambda: ast.BinOp(left, CALCULATED[type(operator)](), right)
        case ast.AugAssign(target, operator, value):
            yield ast.Pass
            if type(operator) in CALCULATED:
                yield lambda: ast.AugAssign(target, CALCULATED[type(operator)](), value)
        case ast.Expr(ast.Call()):
            yield ast.Pass
        case ast.IfExp(test, body, orelse):
            yield lambda: ast.IfExp(test, orelse, body)
        case ast.If(test, body, orelse):
            yield lambda: ast.If(ast.UnaryOp(ast.Not(), test), body, orelse)
        case ast.Break():
            yield ast.Continue
        case ast.Continue():
            yield ast.Break
        case ast.Call(function, arguments, keywords) if keywords and isinstance(function, ast.Name | ast.Attribute):
            yield from (
                lambda k=k: ast.Call(function, arguments, [*keywords[:k], *keywords[k + 1 :]])
                for k in range(len(keywords))
                if keywords[k].arg
            )
        case ast.Constant(value):
            yield from _constants(value)


def _constants(value: object) -> Iterator[Change]:
    if isinstance(value, bool):
        yield lambda: ast.Constant(not value)
    elif isinstance(value, int):
        yield from (lambda other=other: ast.Constant(other) for other in (value + 1, value - 1))
    elif isinstance(value, float):
        yield lambda: ast.Constant(value * 1.5 or 1.0)
    elif isinstance(value, str) and value:
        yield lambda: ast.Constant(value + "X")
        yield lambda: ast.Constant("")


# ---------------------------------------------------------------- the process that runs the tests
class _Loader(SourceFileLoader):
    """Loads the mutated source under the original file's name."""

    def __init__(self, name: str, path: str, mutated: str) -> None:
        super().__init__(name, path)
        self.mutated = mutated

    def get_code(self, fullname: str) -> object:
        return self.source_to_code(Path(self.mutated).read_bytes(), self.get_filename(fullname))


class _Finder(MetaPathFinder):
    def __init__(self, module: str, original: str, mutated: str) -> None:
        self.module, self.original, self.mutated = module, original, mutated

    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:
        del path, target
        if fullname != self.module:
            return None
        return spec_from_file_location(fullname, loader=_Loader(fullname, self.original, self.mutated))


if VARIABLE in os.environ:  # pytest loads this file as a plugin
    sys.meta_path.insert(0, _Finder(*os.environ[VARIABLE].split(os.pathsep)))


# ---------------------------------------------------------------- the process that counts
def notices(module: str, original: Path, source: str, tests: list[Path], seconds: float) -> bool:
    """Return whether the tests fail, or take too long, with a changed source."""
    with tempfile.TemporaryDirectory() as folder:
        mutated = Path(folder) / "mutant.py"
        mutated.write_text(source, "utf-8")
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            VARIABLE: os.pathsep.join((module, str(original), str(mutated))),
        }
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "benchmarks.mutants", "-p", "no:cacheprovider"]
        try:
            done = subprocess.run(
                [*command, *map(str, tests)],
                check=False,
                env=environment,
                cwd=ROOT,
                capture_output=True,
                timeout=seconds,
            )
        except subprocess.TimeoutExpired:
            return True
    return done.returncode != 0


def mirror(module: Path) -> Path:
    """Return the test file of a module.

    >>> mirror(Path("workshop/charts/axis.py")).as_posix()
    'tests/charts/test_axis.py'
    """
    return Path("tests", *module.parts[1:-1], f"test_{module.name}")


def main() -> int:
    """Print each mutant with its result, and the share that was noticed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("module", type=Path, help="a file below workshop/")
    parser.add_argument("--tests", type=Path, nargs="+", help="test files to run; the module's own by default")
    parser.add_argument("--count", type=int, default=16)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=300, help="a run that takes longer counts as noticed")
    given = parser.parse_args()
    os.nice(NICE)
    original = (ROOT / given.module).resolve()
    relative = original.relative_to(ROOT)
    name = ".".join(relative.with_suffix("").parts)
    tests = given.tests or [mirror(relative)]
    source = original.read_text("utf-8")
    if notices(name, original, source, tests, given.seconds):
        print(f"the tests fail without any change: {' '.join(map(str, tests))}")
        return 2
    killed = 0
    made = mutants(source, given.count, given.seed)
    for mutant in made:
        noticed = notices(name, original, mutant.source, tests, given.seconds)
        killed += noticed
        print(f"{'killed  ' if noticed else 'SURVIVED'} {relative}:{mutant.line}  {mutant.what}", flush=True)
    print(f"{relative}: {killed} of {len(made)} mutants killed (seed {given.seed})")
    return 0 if killed >= LEAST * len(made) else 1


if __name__ == "__main__":
    raise SystemExit(main())
