"""Tests that each add-on can be deleted: then the kit has the same files, but for its own and its lines in others."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from pypdf import PdfReader

from workshop.plugins.addons import addons, load

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("workshop", "slides_src", "exercises")
NOT_COPIED = shutil.ignore_patterns(".git", ".venv*", "__pycache__", ".*_cache", "dist")
QUICK = ("-m", "not slow and not broad and not long", "--ignore", "tests/contract", "-p", "no:cacheprovider")
SHARED = ("facilitator.pdf", "manifest.json")  # in which add-ons have lines
pytestmark = pytest.mark.long


def without(names):
    """Return some add-ons and those that need them."""
    gone = set(names)
    while more := {name for name, addon in addons().items() if gone & {*addon.needs}} - gone:
        gone |= more
    return gone


def built(tree, out, cache, *options):
    """Build the kit with the program in a folder, and return name -> bytes of its files."""
    program = "from workshop.cli.entry import main; main()"
    surroundings = {**os.environ, "PYTHONPATH": str(tree), "WORKSHOP_CACHE": str(cache)}
    command = [sys.executable, "-c", program, "build", *options, "--out", str(out)]
    done = subprocess.run(command, cwd=tree, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {path.name: path.read_bytes() for path in sorted(out.iterdir()) if path.is_file()}


def deleted(folder, names):
    """Copy the program without some add-ons and what needs them, and return the copy."""
    for part in PARTS:
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    for name in without(names):
        shutil.rmtree(folder / "workshop" / "addons" / name)
    return folder


def without_tests(folder, names):
    """Copy the whole project without some add-ons, what needs them, and their tests, and return the copy."""
    shutil.copytree(ROOT, folder, ignore=NOT_COPIED)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    for name in without(names):
        shutil.rmtree(folder / "workshop" / "addons" / name)
        shutil.rmtree(folder / "tests" / "addons" / name, ignore_errors=True)
    return folder


def words(pdf):
    """Return how often each word is in a PDF, wherever its lines are broken.

    Numbers depend on how many pages there are, and where a page has room left, there are lines to write on.
    """
    text = "\n".join(page.extract_text() for page in PdfReader(pdf).pages).replace("What happened in this room", "")
    return Counter(re.findall(r"[^\W\d_]+", text))


def compare(whole, left, gone, tmp_path):
    """Check that only the files of the add-ons that are gone are missing, and only their lines in others."""
    own = {load(target).filename for name in gone for target in addons()[name].writers.values()}
    assert set(left) == set(whole) - own
    assert [name for name in left if name not in SHARED and left[name] != whole[name]] == []
    listed, before = (json.loads(files["manifest.json"])["files"] for files in (left, whole))
    changed = {name for name in before if listed.get(name) != before[name]}
    assert set(listed) <= set(before)
    assert changed <= {"facilitator.pdf", *own}
    for name, files in (("left", left), ("whole", whole)):
        (tmp_path / f"{name}.pdf").write_bytes(files["facilitator.pdf"])
    now, then = words(tmp_path / "left.pdf"), words(tmp_path / "whole.pdf")
    assert not now - then
    if not any(addons()[name].paper for name in gone):
        assert left["facilitator.pdf"] == whole["facilitator.pdf"]


@pytest.fixture(scope="module")
def whole(tmp_path_factory, cache):
    return built(ROOT, tmp_path_factory.mktemp("whole"), cache)


@pytest.fixture(scope="module")
def everything(tmp_path_factory, cache):
    return built(ROOT, tmp_path_factory.mktemp("everything"), cache, "--all")


def test_without_any_add_on_the_kit_is_the_same_but_for_their_files_and_lines(whole, tmp_path, cache):
    shutil.rmtree(deleted(tmp_path / "tree", addons()) / "workshop" / "addons")
    left = built(tmp_path / "tree", tmp_path / "out", cache)
    compare(whole, left, set(addons()), tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("name", addons())
def test_without_one_add_on_the_kit_is_the_same_but_for_its_files_and_lines(name, everything, tmp_path, cache):
    left = built(deleted(tmp_path / "tree", [name]), tmp_path / "out", cache, "--all")
    compare(everything, left, without([name]), tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("name", addons())
def test_without_one_add_on_the_tests_of_everything_else_pass(name, tmp_path):
    tree = without_tests(tmp_path / "tree", [name])
    subprocess.run([sys.executable, "docs/make_safety.py"], cwd=tree, check=True)  # it has the limits of all add-ons
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadfile", *QUICK]
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-5000:]
