"""Tests that upper layers can be deleted: a deck is made without workshops, and a kit of one's own without the built-in one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
UNUSED = (
    "babel",
    "docx",
    "emoji",
    "highspy",
    "pypdf",
    "rich",
    "segno",
    "starlette",
    "uvicorn",
)  # not needed for a talk
TALK = "# Rye\n\n- It rises.\n- It bakes.\n\n# Flour\n\n| kind | grams |\n|---|---:|\n| rye | 500 |\n"
PRINTED = {"answers.pdf", "facilitator.pdf", "feedback.pdf", "handout.pdf", "home.pdf", "print-all.pdf", "sheets.pdf"}
COMMAND = "from workshop.cli.entry import main; main()"
DECK = """
from workshop.deck import Deck
deck = Deck.read("rye.md")
print([slide.title for slide in deck.slides], [path.name for end in ("pptx", "html", "svg") for path in deck.save(f"rye.{end}")])
"""
pytestmark = pytest.mark.long


def without(folder, *names):
    """Copy the package without some of its folders, and return where it lies."""
    shutil.copytree(ROOT / "workshop", folder / "workshop", ignore=shutil.ignore_patterns("__pycache__"))
    for name in names:
        shutil.rmtree(folder / "workshop" / name)
    return folder


def ran(tree, program, *arguments, unused=()):
    """Run a program with the package of a folder, as if some packages weren't installed, and return what it did."""
    start = f"import sys; sys.modules.update(dict.fromkeys({unused!r}))\n"
    surroundings = {**os.environ, "PYTHONPATH": str(tree), "WORKSHOP_CACHE": str(tree / "cache")}
    command = [sys.executable, "-c", start + program, *map(str, arguments)]
    return subprocess.run(command, cwd=tree, env=surroundings, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    """The deck engine alone, beside a talk."""
    tree = without(tmp_path_factory.mktemp("engine"), "training", "ai_models", "addons")
    (tree / "rye.md").write_text(TALK)
    return tree


def test_python_makes_a_deck_when_workshops_kits_and_add_ons_are_deleted(engine):
    done = ran(engine, DECK, unused=UNUSED)
    assert (done.returncode, done.stdout.strip()) == (
        0,
        "['Rye', 'Flour'] ['rye.pptx', 'rye.html', 'rye-1.svg', 'rye-2.svg']",
    ), done.stderr


def test_the_command_makes_a_talk_when_workshops_kits_and_add_ons_are_deleted(engine):
    done = ran(engine, COMMAND, "build", "rye.md", "--out", "out", unused=UNUSED)
    assert done.returncode == 0, done.stderr
    assert (engine / "out/deck.pptx").exists()


def test_a_command_that_means_the_deleted_kit_says_what_to_name_instead(engine):
    done = ran(engine, COMMAND, "build")
    assert done.returncode == 2
    assert done.stderr.startswith("error: no kit comes with this installation — name a kit's folder or a Markdown file")


def test_a_kit_of_ones_own_builds_with_all_paper_when_the_built_in_kit_is_deleted(tmp_path, bread):
    tree = without(tmp_path, "ai_models")
    done = ran(tree, COMMAND, "build", bread, "--all", "--trust", "--out", "out")
    assert done.returncode == 0, done.stderr
    assert {path.name for path in (tree / "out").iterdir()} >= {"deck.pptx", *PRINTED}
