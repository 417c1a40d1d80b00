"""Tests that the statements of pyproject.toml about the package are true of its files."""

import ast
import re
import runpy
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

import workshop

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
IMPORT_NAMES = {
    "linkify-it-py": "linkify_it",
    "markdown-it-py": "markdown_it",
    "pillow": "PIL",
    "python-docx": "docx",
    "python-pptx": "pptx",
    "pyyaml": "yaml",
}


def test_everything_that_the_package_imports_is_a_dependency_and_the_other_way_round():
    imported = set()
    for path in (ROOT / "workshop").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {name.name.partition(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                imported.add(node.module.partition(".")[0])
    names = [re.split(r"[<>=]", line)[0].lower() for line in PROJECT["project"]["dependencies"]]
    declared = {IMPORT_NAMES.get(name, name.replace("-", "_")) for name in names}
    assert imported - sys.stdlib_module_names - {"workshop"} == declared


def test_every_dependency_has_a_lowest_version_which_is_what_ci_tries():
    printed = subprocess.run(
        [sys.executable, ROOT / ".ci" / "lowest.py"], capture_output=True, text=True, check=True
    ).stdout.split()
    bounds = [line.partition(",")[0] for line in PROJECT["project"]["dependencies"]]
    assert printed == [bound.replace(">=", "==") for bound in bounds]


def test_a_dependency_without_a_lowest_version_is_refused():
    pins = runpy.run_path(str(ROOT / ".ci" / "lowest.py"))["pins"]
    with pytest.raises(ValueError, match="'click' has no lower bound"):
        pins(["click"])


def test_the_wheel_gets_the_kit_where_the_installed_package_looks_for_it():
    sources = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["sources"]
    register = (ROOT / "workshop" / "ai_models" / "register.py").read_text("utf-8")
    assert set(sources) == {"slides_src", "exercises"}
    assert sources["slides_src"] == "workshop/_kit/slides_src"
    assert '"_kit" / "slides_src"' in register
    assert sources["exercises"] == "workshop/_kit/exercises"  # kit.yaml says ../exercises


def test_the_newest_heading_of_the_changelog_is_the_version():
    heading = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert heading[1].rstrip(",") == workshop.__version__


def test_whoever_cites_it_cites_this_version():
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert (cited["title"], cited["version"]) == (PROJECT["project"]["name"], workshop.__version__)
    assert PROJECT["project"]["license"].startswith(cited["license"])


def test_the_oldest_python_that_is_listed_is_the_oldest_that_is_taken():
    listed = [c.rpartition(" ")[2] for c in PROJECT["project"]["classifiers"] if re.search(r":: 3\.\d+$", c)]
    assert PROJECT["project"]["requires-python"] == f">={listed[0]}"
