"""Tests that the statements of pyproject.toml about the package are true of its files."""

import ast
import os
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
EXTRAS = PROJECT["project"]["optional-dependencies"]
PARTS = EXTRAS["all"][0].partition("[")[2].rstrip("]").split(",")
NEEDED = PROJECT["project"]["dependencies"]
EVERYTHING = [*NEEDED, *(line for part in PARTS for line in EXTRAS[part] if not line.startswith("workshop-kit["))]
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
    assert imported - sys.stdlib_module_names - {"workshop"} == set(map(module_of, EVERYTHING))


def module_of(line):
    name = re.split(r"[<>=]", line)[0].lower()
    return IMPORT_NAMES.get(name, name.replace("-", "_"))


LACKING = """
import sys

sys.modules.update(dict.fromkeys({modules}))
if __name__ == "__main__":
    from workshop.cli.entry import main

    main()
"""


@pytest.fixture
def with_extras(tmp_path):
    """Run the command line as if only these extras were installed; return its code and what it says."""

    def run(arguments, *extras):
        there = {module_of(line) for extra in extras for line in EXTRAS[extra]}
        modules = [name for name in map(module_of, EVERYTHING[len(NEEDED) :]) if name not in there | {"numpy"}]
        (tmp_path / "lacking.py").write_text(LACKING.format(modules=modules))
        command = [sys.executable, "lacking.py", *arguments]
        alone = {
            **os.environ,
            "WORKSHOP_CONFIG": str(tmp_path / "config"),
        }  # an app that runs here would be shown again
        done = subprocess.run(command, cwd=tmp_path, env=alone, capture_output=True, text=True, check=False)
        return done.returncode, done.stderr

    return run


TALK = """---
title: Bread
date: 2026-05-03
---
# Why bread rises

- Yeast makes gas
- Gluten holds it, as $p V = n R T$ says

# More

See https://example.org, and a table:

| Flour | Water |
|:------|------:|
| 500 g | 300 g |
"""


def test_a_talk_needs_no_extra_and_a_line_for_each_says_what_stays_as_typed(with_extras, tmp_path):
    from pptx import Presentation

    (tmp_path / "talk.md").write_text(TALK)
    (tmp_path / "smiling.md").write_text("---\nmarp: true\n---\n# Bread\n\n- rises :smile:\n")
    for name, kept in (("talk", "2026-05-03"), ("smiling", "rises :smile:")):
        code, said = with_extras(["build", f"{name}.md", "--only", "deck,html", "--out", name])
        assert code == 0, said
        lines = [line for line in said.splitlines() if "not installed" in line]
        assert len(lines) == 1
        assert 'python -m pip install "workshop-kit[talk]"' in lines[0]
        slides = Presentation(tmp_path / name / "deck.pptx").slides
        assert any(kept in shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame)


# What other processes need, as Typst and PDF, is tried where they are really missing, in .ci/wheel
@pytest.mark.parametrize(
    ("arguments", "extras", "fix"),
    [
        pytest.param(["build"], ("talk",), "training", marks=pytest.mark.broad),
        (["build", "german.md"], (), "talk"),
        (["app", "--no-open"], ("training", "paper"), "web"),
    ],
)
def test_what_an_extra_brings_is_named_in_one_line_if_it_is_missing(arguments, extras, fix, with_extras, tmp_path):
    (tmp_path / "german.md").write_text("---\nlanguage: de\n---\n# Brot\n\n- geht auf\n")
    code, said = with_extras(arguments, *extras)
    last = [line for line in said.splitlines() if "not installed" in line]
    assert code == 3
    assert len(last) == 1
    assert f'python -m pip install "workshop-kit[{fix}]"' in last[0]
    assert "Traceback" not in said


def test_every_dependency_has_a_lowest_version_which_is_what_ci_tries():
    printed = subprocess.run(
        [sys.executable, ROOT / ".ci" / "lowest.py"], capture_output=True, text=True, check=True
    ).stdout.split()
    bounds = [line.partition(",")[0] for line in EVERYTHING]
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
