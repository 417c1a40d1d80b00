"""Tests that a build is not repeated if nothing has changed, and is repeated if anything has."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from msgspec.structs import replace
from PIL import Image

from tests.server import serving
from workshop.files.unchanged import RECORDS

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(sys.platform == "win32", reason="each build is a forked process"),
]
SAID = "nothing has changed since they were built"
KIT = "title: Buses\nlanguage: en-GB\nsections: [01-buses]\ndemos: [demos/waiting.py]\nvars: {town: Ulm}\n"
LOOK = "base: light\ncolors: {accent: '#005b8f'}\n"
SECTION = """---
stage: buses
number: 1
title: Buses
---

## The bus to {{ var.town }} is late {#late}

- One waits {{ waiting.mean }} minutes

![A bus](bus.png)

## Every second bus is full {#full}

![People on a bus](table:counts.csv)
"""
DEMO = '''"""Waiting times."""

import json
from pathlib import Path

from workshop.model.exhibits import Findings, Frozen, demo

LATER = Path("later.json")


@demo("waiting", title="Waiting times")
def waiting() -> Findings:
    """Wait half of the time between two buses."""
    return Findings(Frozen({"mean": 7 / 2}), {})


def register(registry):
    """Bring the demo; as if somebody saved files once they have been read, write those of ``LATER``."""
    if LATER.exists():
        files = json.loads(LATER.read_text())
        LATER.unlink()
        for name, text in files.items():
            Path(name).write_text(text)
    registry.add("demo", "waiting", waiting)
'''


class Desk:
    """A folder with a kit and everything that is needed to build it."""

    def __init__(self, folder, ask):
        self.folder, self.ask = folder, ask
        kit = folder / "kit"
        (kit / "demos").mkdir(parents=True)
        (kit / "demos" / "waiting.py").write_text(DEMO)
        (kit / "kit.yaml").write_text(KIT)
        (kit / "01-buses.md").write_text(SECTION)
        (kit / "counts.csv").write_text("bus,people\n1,20\n2,60\n")
        Image.new("RGB", (40, 30), "teal").save(kit / "bus.png")
        Image.new("RGB", (40, 30), "navy").save(folder / "logo.png")
        (folder / "look.yaml").write_text(LOOK)
        (folder / "over").mkdir()
        (folder / "over" / "overlay.yaml").write_text("{}\n")
        for path in folder.rglob("*"):
            os.utime(path, ns=(10**18, 10**18))

    def build(self, *more):
        return self.ran(*more)["out"]

    def saving(self, name, text):
        """Build while a file is written that has been read; return what is said about the next build."""
        (self.folder / "later.json").write_text(json.dumps({name: text}))
        made = self.ran("--verbose")
        assert SAID not in made["out"]
        return next((line for line in made["err"].split("\n") if "runs again" in line), "")

    def ran(self, *more):
        arguments = ["build", "kit", "--logo", "logo.png", "--theme", "look.yaml", "--trust", *more]
        room = {"WORKSHOP_CACHE": str(self.folder / "cache"), "WORKSHOP_CONFIG": str(self.folder / "config")}
        made = self.ask(["env", *(f"{name}={value}" for name, value in room.items()), *arguments], self.folder)
        assert made["code"] == 0, made["err"]
        return made


@pytest.fixture(scope="module")
def ask():
    with serving({**os.environ}) as run:
        yield run


@pytest.fixture
def desk(tmp_path, ask):
    """Return a desk at which the same build was made twice: the first time, its demos become trusted, which is a change."""
    desk = Desk(tmp_path, ask)
    desk.build()
    desk.build()
    return desk


def test_nothing_that_builds_is_imported_to_see_that_nothing_has_changed():
    code = "import sys, workshop.cli.entry; print(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "workshop.files.unchanged" in found
    assert not {"click", "yaml", "jinja2", "lxml", "PIL", "pydantic", "workshop.cli.app", "workshop.build"} & {*found}


def test_the_same_build_again_only_says_so(desk):
    (deck,) = (desk.folder / "dist").rglob("deck.pptx")
    before = deck.stat().st_mtime_ns
    said = desk.build()
    assert SAID in said
    assert deck.relative_to(desk.folder).as_posix() in said
    assert deck.stat().st_mtime_ns == before
    assert SAID not in desk.build("--seed", "3")
    assert SAID not in desk.build("--no-cache")


def test_what_others_can_have_written_is_not_said(desk):
    assert SAID in desk.build()
    for path in (desk.folder / "cache").glob(f"*{RECORDS.ending}"):
        told = RECORDS.recall(path.parent, path.stem)
        RECORDS.keep(path.parent, path.stem, replace(told, answer=replace(told.answer, text="forged")))
    assert "forged" in desk.build()
    (desk.folder / "cache").chmod(0o777)
    assert "forged" not in desk.build()


def _write(text):
    return lambda path: path.write_text(text)


def _paint(color):
    return lambda path: Image.new("RGB", (40, 30), color).save(path)


def _write_with_the_old_time(text):
    """Return a function that writes a file as unpacking an archive would: with the earlier file's modification time."""

    def write(path):
        before = path.stat()
        path.write_text(text)
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    return write


CHANGES = {
    "a line": ("kit/01-buses.md", _write(SECTION + "\nA last word\n")),
    "a word for one as long": ("kit/01-buses.md", _write(SECTION.replace("late", "soon"))),
    "a line with the time of the one before": ("kit/01-buses.md", _write_with_the_old_time(SECTION + "\nA word\n")),
    "a table": ("kit/counts.csv", _write("bus,people\n1,20\n2,61\n")),
    "a picture": ("kit/bus.png", _paint("olive")),
    "the kit": ("kit/kit.yaml", _write(KIT.replace("Ulm", "Kiel"))),
    "a demo": ("kit/demos/waiting.py", _write(DEMO.replace("7 / 2", "9 / 2"))),
    "a new file": ("kit/glossary.yaml", _write("- {id: bus, term: bus, definition: a long car}\n")),
    "a logo": ("logo.png", _paint("white")),
    "a theme": ("look.yaml", _write(LOOK.replace("005b8f", "8f005b"))),
    "the output": ("dist", shutil.rmtree),
}


@pytest.mark.broad
def test_whatever_changes_it_is_built_again(desk):
    assert SAID in desk.build()
    made_again = []
    for what, (name, change) in CHANGES.items():
        change(desk.folder / name)
        made_again += [what] * (SAID not in desk.build())
        assert SAID in desk.build() or SAID in desk.build(), what  # a demo that is trusted anew is another change
    assert made_again == list(CHANGES)


SECTION_FILE, TABLE_FILE, TABLE = "kit/01-buses.md", "kit/counts.csv", "bus,people\n1,20\n2,60\n"
AGAIN = "the next build runs again, since this changed during the build: "


@pytest.fixture
def saved(desk):
    """Return a desk at which the last build is known, and the section has been edited since."""
    desk.build("--verbose")
    assert SAID in desk.build("--verbose")
    (desk.folder / SECTION_FILE).write_text(SECTION + "\nA last word\n")
    return desk


def test_a_file_that_is_saved_again_as_it_was_during_a_build_is_no_change(saved):
    assert saved.saving(TABLE_FILE, TABLE) == ""
    assert SAID in saved.build("--verbose")


def test_a_file_that_changes_during_a_build_is_named_and_built_once_more(saved):
    assert saved.saving(TABLE_FILE, TABLE.replace("60", "61")) == AGAIN + TABLE_FILE
    assert SAID not in saved.build("--verbose")
    assert SAID in saved.build("--verbose")


def test_a_file_that_is_changed_back_once_it_was_read_is_named_and_built_once_more(saved):
    (saved.folder / TABLE_FILE).write_text(TABLE.replace("60", "61"))
    assert saved.saving(TABLE_FILE, TABLE) == AGAIN + TABLE_FILE
    assert SAID not in saved.build("--verbose")
    assert SAID in saved.build("--verbose")
