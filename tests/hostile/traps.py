"""A folder with a trap for whatever Python, our dependencies, or a program that we start might look for in it.

Each trap is a file that writes down its own name when it runs. Names are collected, not typed: all modules of the standard
library and of the packages that we need, all modules that any of these tries to import, and all programs on the path.
"""

import os
import re
import sys
import sysconfig
import webbrowser
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

IMPORTED = re.compile(r"^\s*(?:from|import)\s+([A-Za-z_]\w*)", re.MULTILINE)
NEEDED = re.compile(r"^[\w.-]+")
PROGRAM = re.compile(r"""["']([a-z][\w.-]+)["']""")
EXTRA = "extra =="
OURS = "workshop-kit"
MODULE = 'with open({log!r}, "a") as file:\n    file.write(f"module {{__name__}}\\n")\nraise ImportError(__name__)\n'
SCRIPT = '#!/bin/sh\necho "program $0" >>{log}\nexit 1\n'
SETTINGS = "backend: module://{name}\ntext.usetex: True\n"


def lay(folder: Path, log: Path) -> int:
    """Write a trap for each name; return how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    modules, programs = module_names(), program_names()
    for name in modules:
        (folder / f"{name}.py").write_text(MODULE.format(log=str(log)))
    (folder / "trap").write_text(SCRIPT.format(log=log))
    (folder / "trap").chmod(0o755)
    for name in programs:
        (folder / name).symlink_to("trap")
    (folder / "matplotlibrc").write_text(SETTINGS.format(name="os"))
    return len(modules) + len(programs)


def fired(log: Path) -> list[str]:
    """Return what has run, each once."""
    return sorted(set(log.read_text().splitlines())) if log.exists() else []


@cache
def module_names() -> frozenset[str]:
    """Return every name that Python, we, or a package that we need may import."""
    sources = [path for path in Path(sysconfig.get_path("stdlib")).rglob("*.py") if _is_used(path)]
    found = {*sys.stdlib_module_names}
    for package in _packages():
        try:
            files = distribution(package).files or ()
        except PackageNotFoundError:  # for another system, or optional
            continue
        ours = [file for file in files if file.suffix in {".py", ".so", ".pyd"} and ".." not in file.parts]
        found |= {file.parts[0].partition(".")[0] for file in ours}
        sources += [Path(str(file.locate())) for file in ours if file.suffix == ".py" and "tests" not in file.parts]
    sources += (Path(__file__).parents[2] / "workshop").rglob("*.py")
    for source in sources:
        found |= set(IMPORTED.findall(source.read_text("utf-8", "replace")))
    return frozenset(name for name in found if name.isidentifier() and not name.startswith("__"))


@cache
def program_names() -> frozenset[str]:
    """Return every program on the path, and those that Python looks for to open a page."""
    folders = [Path(folder) for folder in os.environ["PATH"].split(os.pathsep) if Path(folder).is_dir()]
    found = {file.name for folder in folders for file in folder.iterdir()}
    found |= set(PROGRAM.findall(Path(webbrowser.__file__).read_text("utf-8")))
    return frozenset(name for name in found - {"trap"} if not name.endswith(".py"))


@cache
def _packages() -> frozenset[str]:
    """Return the packages that we need, those that they need, and so on; the cluster's, too."""
    found, left = set(), [OURS, "distributed"]
    while left:
        name = left.pop().lower().replace("_", "-")
        if name in found:
            continue
        found.add(name)
        try:
            needed = distribution(name).requires or ()
        except PackageNotFoundError:
            continue
        left += [NEEDED.match(line)[0] for line in needed if EXTRA not in line]
    return frozenset(found - {OURS})


def _is_used(path: Path) -> bool:
    return not {"test", "tests", "site-packages", "idlelib", "lib2to3"} & set(path.parts)
