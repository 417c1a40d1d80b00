"""Tests what must be true of every toy: it is explained, and runs with numpy alone."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from workshop.ai_models.register import DEMOS
from workshop.ai_models.toys import words as toy_words
from workshop.inputs import texts

ROOT = Path(__file__).resolve().parents[2]
TOYS = sorted(path for path in (ROOT / "workshop" / "ai_models" / "toys").glob("*.py") if path.stem != "__init__")
OURS = "workshop.ai_models.toys"


def test_every_demo_has_its_toy():
    assert set(DEMOS) <= {path.stem for path in TOYS}


per_toy = pytest.mark.parametrize("path", TOYS, ids=lambda path: path.stem)


@per_toy
def test_a_toy_imports_the_standard_library_numpy_and_other_toys(path):
    tree = ast.parse(path.read_text("utf-8"))
    imported = {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    imported |= {name.name for n in ast.walk(tree) if isinstance(n, ast.Import) for name in n.names}
    others = {name for name in imported if name.split(".")[0] not in sys.stdlib_module_names | {"numpy"}}
    assert [name for name in others if not name.startswith(f"{OURS}.")] == []


@per_toy
def test_a_toy_says_what_it_shows_and_what_it_leaves_out_and_names_its_source(path):
    text = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    said = " ".join(text.partition(">>>")[0].split())
    assert "leaves out" in said or "left out" in said
    assert "Source" in said
    assert ">>>" in text


def test_all_toys_run_where_only_numpy_is_installed():
    names = [f"{OURS}.{path.stem}" for path in TOYS]
    code = f"""
import importlib, sys, sysconfig
for name in {names}: importlib.import_module(name)
installed = sysconfig.get_paths()["purelib"]
files = {{n: getattr(m, "__file__", None) or "" for n, m in sys.modules.items()}}
print(sorted({{n.split(".")[0] for n, f in files.items() if f.startswith(installed) and not n.startswith("_")}} - {{"numpy"}}))
print([n for n in files if n.startswith("workshop") and not n.startswith({OURS!r}) and n not in ("workshop", "workshop.ai_models")])
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n[]\n"


def test_their_examples_hold_with_pythons_own_doctest():
    command = [sys.executable, "-m", "doctest", *map(str, TOYS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("text", ["The rake's handle – 2 of them!", "Don’t", "", "naïve_word", "3.5 plots"])
def test_toys_split_sentences_as_everything_else_does(text):
    assert toy_words.words(text) == texts.words(text)
