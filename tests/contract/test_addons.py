"""Tests that each add-on can be deleted: then the kit has the same files, but for its own and its lines in others."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree
from pypdf import PdfReader

from tests.contract import kits
from workshop.constructs.table import text_of
from workshop.files.bases import BASE
from workshop.plugins.addons import addons, load

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("workshop", "slides_src", "exercises")
NOT_COPIED = shutil.ignore_patterns(".git", ".venv*", "__pycache__", ".*_cache", "dist")
QUICK = ("-m", "not slow and not broad and not long", "--ignore", "tests/contract", "-p", "no:cacheprovider")
SHARED = ("facilitator.pdf", "manifest.json")  # in which add-ons have lines
DIGEST = re.compile(r"\b(?=\w*\d)[0-9a-f]{32,}\b")  # of a kit, in its record
SLIDES = re.compile(r"ppt/(slides|notesSlides)/[^/]*\.xml")
pytestmark = pytest.mark.long


def without(names):
    """Return some add-ons and those that need them."""
    gone = set(names)
    while more := {name for name, addon in addons().items() if gone & {*addon.needs}} - gone:
        gone |= more
    return gone


def built(tree, out, cache, *options):
    """Build the kit with the program in a folder, and return name -> bytes of its files; the base of a deck, which bears its digest, isn't compared."""
    program = "from workshop.cli.entry import main; main()"
    surroundings = {**os.environ, "PYTHONPATH": str(tree), "WORKSHOP_CACHE": str(cache)}
    command = [sys.executable, "-c", program, "build", *options, "--out", str(out)]
    done = subprocess.run(command, cwd=tree, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {
        path.name: path.read_bytes()
        for path in sorted(out.iterdir())
        if path.is_file() and not BASE.fullmatch(path.name)
    }


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


def words(text):
    """Return how often each word is in a text, wherever its lines are broken.

    Numbers depend on how many pages there are, and where a page has room left, there are lines to write on.
    """
    text = DIGEST.sub("", text.replace("What happened in this room", ""))
    return Counter(re.findall(r"[^\W\d_]+", text))


def read(name, content):
    """Return the text of a printed file, or of a deck with its notes."""
    if name.endswith(".pdf"):
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    with ZipFile(BytesIO(content)) as package:
        parts = [package.read(part) for part in package.namelist() if SLIDES.fullmatch(part)]
    return "\n".join("".join(line.itertext()) for part in parts for line in etree.fromstring(part).iter("{*}p"))


def named(cache):
    """Return the words with which each file names the companion page: in cues of the script, and at the foot of slides."""
    kit = kits.laid_out("general", None, cache)[0].kit
    slides = (*kit.slides, *kit.appendix)
    cues = [text_of((note.prose,)) for slide in slides for note in slide.notes if note.kind == "show"]
    said = [f"Show {line.text}" for cue in cues for line in cue]
    feet = [slide.source.text.rpartition(" · ")[2] for slide in slides if slide.source]
    feet = [foot for foot in feet if foot.startswith("explore.html")]
    return {
        "deck.pptx": words("\n".join((*said, *feet))),
        "handout.pdf": words("\n".join(feet)),
        "record.pdf": Counter(),
    }


def compare(whole, left, gone, cache):
    """Check that only the files of the add-ons that are gone are missing, and only their lines in others."""
    lines = named(cache) if "explore" in gone else {}
    own = {load(target).filename for name in gone for target in addons()[name].writers.values()}
    assert set(left) == set(whole) - own
    assert [name for name in left if name not in {*SHARED, *lines} and left[name] != whole[name]] == []
    for name in left.keys() & lines.keys():
        now, then = (words(read(name, files[name])) for files in (left, whole))
        assert (name, then - now, now - then) == (name, lines[name], Counter())
    listed, before = (json.loads(files["manifest.json"])["files"] for files in (left, whole))
    changed = {name for name in before if listed.get(name) != before[name]}
    assert set(listed) <= set(before)
    assert changed <= {"facilitator.pdf", *lines, *own}
    now, then = (words(read("facilitator.pdf", files["facilitator.pdf"])) for files in (left, whole))
    assert not now - then
    if not any(addons()[name].paper for name in gone):
        assert left["facilitator.pdf"] == whole["facilitator.pdf"]


@pytest.fixture(scope="module")
def whole(tmp_path_factory, cache):
    return built(ROOT, tmp_path_factory.mktemp("whole"), cache)


@pytest.fixture(scope="module")
def everything(tmp_path_factory, cache):
    return built(ROOT, tmp_path_factory.mktemp("everything"), cache, "--all")


@pytest.mark.broad
def test_without_any_add_on_the_kit_is_the_same_but_for_their_files_and_lines(whole, tmp_path, cache):
    shutil.rmtree(deleted(tmp_path / "tree", addons()) / "workshop" / "addons")
    left = built(tmp_path / "tree", tmp_path / "out", cache)
    compare(whole, left, set(addons()), cache)


@pytest.mark.slow
@pytest.mark.parametrize("name", addons())
def test_without_one_add_on_the_kit_is_the_same_but_for_its_files_and_lines(name, everything, tmp_path, cache):
    left = built(deleted(tmp_path / "tree", [name]), tmp_path / "out", cache, "--all")
    compare(everything, left, without([name]), cache)


@pytest.mark.slow
@pytest.mark.parametrize("name", addons())
def test_without_one_add_on_the_tests_of_everything_else_pass(name, tmp_path):
    tree = without_tests(tmp_path / "tree", [name])
    subprocess.run([sys.executable, "docs/make_limits.py"], cwd=tree, check=True)  # it has the limits of all add-ons
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadfile", *QUICK]
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-5000:]
