"""Every path of a workshop's folder goes through the doors: nothing else in the app and its rooms opens, lists or changes one."""

import ast
from pathlib import Path

import pytest

ADDONS = Path(__file__).resolve().parents[2] / "workshop" / "addons"
ROOMS = ("studio", "live", "room", "record")

# functions that open, list or change a path, by module; of os, shutil and tempfile others only ask or compute
BARE = frozenset({"open", "io.open", "sqlite3.connect", "zipfile.ZipFile", "ZipFile", "fileinput.input"})
OF_OS = frozenset(
    [
        "open",
        "unlink",
        "remove",
        "removedirs",
        "rename",
        "renames",
        "replace",
        "chmod",
        "chown",
        "lchmod",
        "mkdir",
        "makedirs",
        "rmdir",
        "link",
        "symlink",
        "truncate",
        "utime",
        "mkfifo",
        "mknod",
        "scandir",
        "listdir",
        "walk",
        "fwalk",
    ]
)
OF_PATHS = frozenset(
    [
        "open",
        "read_text",
        "read_bytes",
        "write_text",
        "write_bytes",
        "unlink",
        "rename",
        "touch",
        "mkdir",
        "rmdir",
        "chmod",
        "lchmod",
        "symlink_to",
        "hardlink_to",
        "iterdir",
        "glob",
        "rglob",
        "walk",
    ]
)
WHOLE = ("shutil", "tempfile")
A_DOOR = ("self.inside.", "project.inside.", "Inside.at(")  # what is done through it is checked there

# what may do so all the same: "file: call" -> why
ALLOWED = {
    "live/ledger.py: os.open": "the door of a ledger: without following links, before anything is read of it",
    "live/ledger.py: sqlite3.connect": "SQLite opens by name alone; the file is held by then, and known to be a regular one",
    "live/ledger.py: path.parent.mkdir": "the folder of a new ledger, which the app has opened through its door",
    "live/routes.py: (files(HERE) / 'static' / 'phone.html').read_text": "a page of the program",
    "record/follow_up.py: (files('workshop.addons.record') / FOLDER / name).read_text": "a letter of the program",
    "room/room_commands.py: out.write_text": "a command that somebody types follows the link that is named",
    "studio/engine.py: self._store.open": "the store of the app's pictures, in its cache",
    "studio/project.py: home.mkdir": "the folder in which all workshops are",
    "studio/project.py: folder.mkdir": "a new workshop, which has nothing in it yet",
    "studio/project.py: folder.rmdir": "the same folder, if nothing could be written into it; one that isn't empty stays",
    "studio/project.py: self.folder.rename": "the workshop's own folder, to a name beside it that nothing has",
    "studio/project.py: shutil.disk_usage": "asks for free space",
    "studio/running.py: self._file.unlink": "a file of the settings folder",
    "studio/shortcut.py: path.write_text": "the shortcut on the desktop, which a command makes",
    "studio/shortcut.py: path.chmod": "likewise",
    "studio/shortcut.py: config.read_text": "the name of the desktop's folder, from the user's own settings",
    "studio/places.py: folder.iterdir": "lists names in the user's own folder, which isn't left; nothing of them is opened",
    "studio/talk_words.py: half.write_bytes": "the user's own talk, at a path that they chose, whole or not at all",
    "studio/talk_words.py: half.chmod": "likewise",
    "studio/talk_words.py: half.replace": "likewise",
    "studio/talk_words.py: half.unlink": "likewise",
    "studio/told.py: (root / FOLDER).glob": "lists the worlds of a kit; each file of them is opened through the door",
}


def called(function):
    """Return a function as it is written, with its module: os.open, path.read_text."""
    return ast.unparse(function)


def opens(call):
    """Whether a call opens, lists or changes a path."""
    name, function = called(call.func), call.func
    first, _, rest = name.partition(".")
    if name.startswith(A_DOOR):
        return False
    if name in BARE or first in WHOLE or (first == "os" and rest in OF_OS):
        return True
    is_method = isinstance(function, ast.Attribute) and first not in ("os", "webbrowser")
    if is_method and function.attr == "replace":  # a text's takes two arguments, a path's one
        return len(call.args) == 1 and not call.keywords
    return is_method and function.attr in OF_PATHS


def openings(source):
    """Return each opening of a path in a program, and what is taken from modules by name, past which nothing could be seen."""
    tree = ast.parse(source)
    found = {called(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call) and opens(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in ("os", "io", "sqlite3", *WHOLE):
            found |= {f"from {node.module} import {one.name}" for one in node.names if one.name != "PathLike"}
    return found


def of_the_rooms():
    files = [file for room in ROOMS for file in sorted((ADDONS / room).glob("*.py"))]
    assert len(files) > 40
    return {f"{file.parent.name}/{file.name}: {name}" for file in files for name in openings(file.read_text("utf-8"))}


def test_no_other_opening_of_a_path_is_in_the_app_the_live_room_the_room_and_the_record():
    assert of_the_rooms() - set(ALLOWED) == set()


def test_each_exception_is_still_there():
    assert set(ALLOWED) - of_the_rooms() == set()


@pytest.mark.parametrize(
    "line",
    [
        "open('last.json')",
        "path.read_text('utf-8')",
        "(folder / 'words').iterdir()",
        "os.open(name, os.O_RDONLY)",
        "os.unlink(name)",
        "path.unlink()",
        "half.rename(place)",
        "half.replace(place)",
        "os.replace(half, place)",
        "sqlite3.connect(name)",
        "shutil.rmtree(folder)",
        "tempfile.mkdtemp()",
        "from os import unlink",
        "from shutil import rmtree as away",
    ],
)
def test_an_opening_is_found_however_it_is_written(line):
    assert openings(line)


@pytest.mark.parametrize(
    "line", ["self.inside.open(name, 9)", "text.replace('a', 'b')", "replace(form, kit='')", "os.getpid()"]
)
def test_what_goes_through_the_door_and_what_opens_nothing_is_no_opening(line):
    assert not openings(line)
