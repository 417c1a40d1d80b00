"""A small kit and the commands that write something, for tests of what a kill, a full disk or missing rights leave.

WORKSHOP_KILLS is how often each command is killed: a few times, if it isn't set.
"""

import os
import shutil
import sys
from contextlib import contextmanager

import pytest

from tests.addons.back.talks import edited, say, titled
from tests.addons.back.test_adopt import KIT, all_edits, put
from tests.server import ROOT, serving
from workshop.files.bases import BASE
from workshop.files.journal import STAGING

linux = pytest.mark.skipif(sys.platform != "linux", reason="it needs Linux's processes, mounts and capabilities")
KILLS = int(os.environ.get("WORKSHOP_KILLS", "3"))
TALK = "---\ntitle: A talk\n---\n\n# One\n\n- a point\n\n# Two\n\n- {}\n"
ROWS = "kit,out\n" + "".join(f"talk.md,{name}\n" for name in "abc")
BUILD = ("build", "bread", "--out", "dist")
BATCH = ("batch", "rows.csv", "--out", "many", "--workers", "2")
ADOPT = ("adopt", "edited.pptx", "bread", "--overlay", "client")
OUT = {BUILD: "dist", BATCH: "many", ADOPT: "client"}


def environment(place):
    """Return the environment of a server all of whose folders are below a place."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "WORKSHOP_", "TMP"))}
    places = {"HOME": "home", "TMPDIR": "tmp", "WORKSHOP_CACHE": "cache", "WORKSHOP_CONFIG": "settings"}
    return {**kept, **{name: str(place / folder) for name, folder in places.items()}, "PYTHONPATH": str(ROOT)}


@contextmanager
def commands(place, before=()):
    """Yield a function that runs commands, whose home, cache, settings and temporary folders are below a place."""
    with serving(environment(place), before) as ask:
        yield ask


def written(folder):
    """Return name -> bytes of the files that count: without locks, what is staged, or decks as they were built."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not BASE.fullmatch(path.name)
        and not any(part.startswith(".") or part == STAGING for part in path.relative_to(folder).parts)
        and path.name != "report.csv"  # it says how long each row took
    }


def fine(answer):
    assert answer["code"] == 0, answer["out"] + answer["err"]
    return answer


def begun(ask, folder, said):
    """Write the kit, the talk and the table into a folder, and run each command once, with other words than later."""
    put(folder / "bread", KIT)
    (folder / "talk.md").write_text(TALK.format("another point"))
    (folder / "rows.csv").write_text(ROWS)
    fine(ask(BUILD, folder, said=said))
    deck = (folder / "dist" / "deck.pptx").read_bytes()
    for base in (folder / "dist").iterdir():
        if BASE.fullmatch(base.name):
            shutil.copy(base, folder)  # the edited deck is beside it
    first = edited(lambda p: say(titled(p, "Rye bakes a dark bread"), "dark", "black"), deck)
    (folder / "edited.pptx").write_bytes(first)
    fine(ask(ADOPT, folder, said=said))
    fine(ask(BATCH, folder, said=said))
    (folder / "edited.pptx").write_bytes(edited(all_edits, deck))
    words = folder / "bread" / "02-oven.md"
    words.write_text(words.read_text().replace("Saturday", "Sunday"))
    (folder / "talk.md").write_text(TALK.format("a point that is new"))


class Again:
    """A folder in which a command can be run from the same state as often as one likes.

    Args:
        start: the folder with the state.
        folder: where it runs.
        command: what runs.
    """

    def __init__(self, start, folder, command):
        self.start, self.folder, self.command = start, folder, command
        self.out = folder / OUT[command]

    def restore(self):
        """Have the state as it was."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.start, self.folder)
        return written(self.out)


def is_one_of(found, old, new):
    """Return the names of files that are neither the old ones nor the new ones."""
    return [name for name, content in found.items() if content not in (old.get(name), new.get(name))]
