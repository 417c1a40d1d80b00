"""Runs every command in a folder full of traps: nothing that lies there may run, however processes start."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest
from pptx import Presentation

from tests.hostile import traps
from tests.tiers import few, few_rows
from workshop.cli.app import commands

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux has all three ways to start a process"),
]

ROOT = Path(__file__).resolve().parents[2]
DOOR, SCRIPT = Path(sys.executable).with_name("workshop"), ROOT / "build_deck.py"
METHODS = ("fork", "spawn", "forkserver")
# This file makes the program start processes in the way that its first argument names; --bare takes the isolation away
FORCED = """
import sys
from workshop import child, side_by_side
from workshop.cli.entry import main
from workshop.runs import runner

if __name__ == "__main__":
    child.FRESH = sys.argv.pop(1)
    if "--bare" in sys.argv:
        sys.argv.remove("--bare")
        child.SAFE = {}
    if child.FRESH != "fork":
        runner.can_copy = side_by_side.can_copy = lambda: False
    main()
"""
TALK = """# A formula

- $x^2$

![A drawing](drawing.svg)

# A chart

![Numbers](table:numbers.csv){chart=line}
"""
FILES = {
    "talk.md": TALK,
    "numbers.csv": "month,people\n1,2\n2,3\n3,5\n",
    "drawing.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>',
    "rows.csv": "kit,out\ntalk.md,one\ntalk.md,two\n",
    "answers.csv": "participant,when,1,2\na,before,A,B\na,after,A,C\n",
    "ballots.txt": "07M ABBABA\n",
}
# command -> what is typed after it; each command is here; preview is tried by itself, and app has the same server
TYPED = {
    "build": [("--stage", "1,2", "--all", "--pdf"), ("talk.md", "--all", "--pdf")],
    "check": [("--stage", "1,2", "--print"), ("talk.md",)],
    "demo": [("retrieval", "--out", "charts")],
    "list": [("slides",), ("themes",)],
    "batch": [("rows.csv", "--workers", "2"), ("rows.csv", "--zip", "--all")],
    "cache": [(), ("clear",)],
    "new": [("kit", "own"), ("audience", "nurses", "--like", "general")],
    "explore": [("--stage", "1,2", "--out", "page.html")],
    "plan": [()],
    "quiz": [("answers.csv", "--out", "charts", "--report", "report")],
    "tally": [("ballots.txt",)],
    "export": [("gift", "--stage", "1,2", "--out", "q.gift")],
    "schema": [("talk",)],
    "site": [("site", "--audience", "general", "--minutes", "45")],
    "compare": [("deck.pptx", "edited.pptx")],
    "adopt": [("edited.pptx",)],
    "record": [("--stage", "1,2", "--out", "filed")],
}
CASES = [(method, command, given) for command, ways in TYPED.items() for given in ways for method in METHODS]
USUAL = [("spawn", "batch", TYPED["batch"][0])]  # the method that we use
CI = [
    ("forkserver", "build", TYPED["build"][0]),
    ("fork", "check", TYPED["check"][1]),
    ("spawn", "record", TYPED["record"][0]),
]


class Trapped:
    """A folder with traps, and the means to run commands in it."""

    def __init__(self, tmp_path):
        self.folder, self.log = tmp_path / "work", tmp_path / "fired"
        assert traps.lay(self.folder, self.log) > 500
        for name, text in FILES.items():
            (self.folder / name).write_text(text)
        (tmp_path / "forced.py").write_text(FORCED)
        self.forced = str(tmp_path / "forced.py")
        here = os.pathsep.join(("", ".", os.environ["PATH"], ""))
        own = {"PATH": here, "HOME": str(tmp_path), "WORKSHOP_CACHE": str(tmp_path / "cache"), "BROWSER": ""}
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")} | own

    def start(self, *command):
        return subprocess.Popen(
            list(map(str, command)),
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *command):
        """Return exit code and output, after making sure that nothing in the folder ran."""
        done = self.start(*command)
        said = "".join(done.communicate())
        assert traps.fired(self.log) == [], said
        assert "internal error" not in said, said
        assert "Traceback" not in said, said
        return done.returncode, said


@pytest.fixture
def trapped(tmp_path):
    return Trapped(tmp_path)


def test_every_command_is_tried():
    assert {*TYPED, "app", "preview"} == set(commands.list_commands(None))


@pytest.mark.broad
def test_the_traps_have_a_name_for_every_module_that_may_be_imported():
    names = traps.module_names()
    assert names >= {*sys.stdlib_module_names} - {"__future__"}
    assert names >= {"numpy", "lxml", "PIL", "uharfbuzz", "yaml", "workshop", "sitecustomize"}


@pytest.mark.broad
@pytest.mark.parametrize(("method", "command", "given"), few_rows(CASES, *USUAL, ci=CI))
def test_nothing_in_the_current_folder_runs(trapped, method, command, given):
    if "edited.pptx" in given:
        trapped.run(DOOR, "build", "talk.md", "--only", "deck", "--out", ".")
        deck = Presentation(trapped.folder / "deck.pptx")
        deck.slides[0].shapes.title.text_frame.paragraphs[0].runs[0].text = "Another title"
        deck.save(trapped.folder / "edited.pptx")
    code, said = trapped.run(sys.executable, trapped.forced, method, command, *given)
    assert code == 0, said


@pytest.mark.parametrize("method", few(["spawn", "forkserver"], "forkserver"))
def test_without_the_isolation_a_trap_fires(trapped, method):
    trapped.start(sys.executable, trapped.forced, method, "--bare", "batch", "rows.csv").communicate()
    assert traps.fired(trapped.log)


@pytest.mark.broad
@pytest.mark.parametrize("door", [(DOOR,), (sys.executable, SCRIPT)], ids=["command", "script"])
def test_neither_door_imports_anything_from_the_current_folder(trapped, door):
    code, said = trapped.run(*door, "batch", "rows.csv")
    assert (code, "2 built" in said) == (0, True), said


@pytest.mark.parametrize("method", few(METHODS, ci=("spawn",)))
def test_a_preview_runs_nothing_in_the_current_folder(trapped, method):
    trapped.environment["PATH"] = os.pathsep.join(("", "."))  # whatever opens the page would be a trap
    command = (sys.executable, trapped.forced, method, "preview", "--stage", "1,2")
    shown = trapped.start(*command)
    try:
        said = [shown.stdout.readline() for _ in range(3)]  # the address, how to end it, how many slides there are
        assert "slides, in" in said[2], said
        with urlopen(f"{said[0].partition('preview: ')[2].strip()}document/explore", timeout=500) as page:
            assert b"<html" in page.read()
    finally:
        shown.terminate()
        shown.communicate()
    assert traps.fired(trapped.log) == []
