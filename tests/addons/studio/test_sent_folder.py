"""A folder that somebody sent, full of traps: whatever is asked for, nothing of it runs, and nothing leads out of it.

The routes are those that the app answers, with the wall and the remote of its room; the names are those that a workshop's folder has.
"""

import importlib.util
import json
import shutil
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.addons.studio.sent import FILES, FOLDERS, OPTIONS
from tests.addons.studio.test_make import App, cache_of_the_app  # noqa: F401 - a fixture
from tests.addons.web.served import ask, routes_of, serving
from workshop.addons.studio import form
from workshop.addons.studio.form import Form
from workshop.addons.studio.project import Project
from workshop.errors import WorkshopError
from workshop.inputs import inside

pytestmark = [pytest.mark.long, pytest.mark.skipif(sys.platform == "win32", reason="making links takes a right there")]

MARK = "Zwetschgendatschi"  # in every private file, and nowhere else
PRIVATE = {
    "diary.md": f"---\ntitle: {MARK}\n---\n\n# {MARK}\n\n- {MARK}\n",
    "notes.txt": f"{MARK}. A sentence that nobody else may read. Another one.\n",
    "table.csv": f"slide,minutes,planned,title\none,2,1,{MARK}\n",
    "rest.json": json.dumps({"files": {MARK: "1"}, "slides": {f"{MARK}@": MARK}}),
    "light.yaml": f"base: light\ntitle: {MARK}\n",
    "deck.pptx": f"PK\x03\x04{MARK}",
}
PYTHON = 'open({log!r}, "a").write(__file__)\n'
BODIES = {
    "form": {"minutes": 20, "timed": "rehearsal"},
    "drop/{kind}": {"name": "a.txt"},
    "words": {"slide": "one", "line": 0, "texts": ["x"]},
    "put-back": {"slide": "one"},
    "rehearsed": {"one": 60.0},
    "after/record": {"names": "Ann"},
    "room/open": {"host": "127.0.0.1"},
    "trust": ["0" * 64],
}
LAST = ("quit", "leave", "open", "again", "accept")  # they would end it


class Sent:
    """A workshop that was made elsewhere, private files beside the workshops, and what must stay as it is."""

    def __init__(self, home, bread):
        self.home, self.private, self.log = home / "Workshops", home / "private", home / "ran"
        self.folder = self.home / "From a friend"
        shutil.copytree(bread, self.folder / "kit")
        self.private.mkdir()
        for name, text in PRIVATE.items():
            (self.private / name).write_text(text)
        code = PYTHON.format(log=str(self.log))
        for path in (*(self.folder / "kit").rglob("*.py"), *(self.folder / f for f in ("sitecustomize.py", "conftest.py", "yaml.py", "json.py", "kit/register.py", "words/demos.py"))):  # fmt: skip
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text((path.read_text() if path.exists() else "") + "\n" + code)
        self.form(kit="kit")
        for name in FOLDERS:
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        for name in ("a", "b", "c"):
            (self.folder / "given" / "documents" / f"own-{name}.txt").write_text(
                f"The oven {name} is warm. It bakes bread.\n"
            )
        (self.folder / "last.json").write_text(
            json.dumps({"steps": 3, "seconds": 1, "began": 1, "arguments": ["kit", "--trust"]})
        )

    def form(self, **chosen):
        (self.folder / "workshop.json").write_text(json.dumps(chosen))

    def link(self, name, to):
        path = self.folder / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
        if not any(parent.is_symlink() for parent in path.parents):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.symlink_to(to)

    def outside(self):
        return {path: path.read_bytes() for path in self.private.rglob("*") if path.is_file()}

    def written(self):
        """Return what the folder's own files hold, without what links lead to."""
        real = self.folder.resolve()
        paths = (
            p for p in self.folder.rglob("*") if not p.is_symlink() and p.is_file() and p.resolve().is_relative_to(real)
        )
        return b"".join(path.read_bytes() for path in paths)


@pytest.fixture
def sent(tmp_path, bread, cache_of_the_app):  # noqa: F811
    return Sent(tmp_path, bread)


def everything(app, folder):
    """Ask each route for everything, and return all that was answered; the builds that this begins end."""
    answers = []
    for method, path in routes_of(app.studio.routes):
        if path in LAST or "news" in path:
            continue
        filled = [path]
        if "{" in path:
            names = [*FILES, "deck.pptx", "template", "documents", "one", *(f"{n}/notes.txt" for n in FOLDERS)]
            filled = [
                path.partition("{")[0] + quote(name.removeprefix("after/").removeprefix("out/")) for name in names
            ]
        for one in filled:
            if method == "GET":
                answers.append(ask(app.studio.own, one)[2])
            else:
                body = json.dumps(BODIES.get(path, {})).encode()
                answers.append(ask(app.studio.own, one, method="POST", body=body)[2])
                for turn in (app.studio.turn, app.studio.after.turn):
                    while turn.is_running:
                        app.get("state")
                    answers.append(json.dumps(turn.told()).encode())
    answers.append(ask(app.studio.own, "state")[2])
    assert folder.exists()
    return b"".join(answers)


def tried(sent):
    """Open the folder in the app and ask for everything, before and after it is accepted; return what leaked, ran or changed."""
    before = sent.outside()
    app = App(sent.home)
    with serving(app.studio.serving):
        app.post("open", {"name": sent.folder.name})
        unasked = everything(app, sent.folder)
        app.post("open", {"name": sent.folder.name})
        accepted = app.post("accept")
        answered = everything(app, sent.folder)
    found = {
        "unasked": MARK.encode() in unasked,
        "answered": MARK.encode() in answered,
        "written": MARK.encode() in sent.written(),
        "ran": sent.log.exists(),
        "changed": sent.outside() != before,
    }
    return accepted[0], {name for name, is_so in found.items() if is_so}


def test_with_every_file_a_link_out_of_it_nothing_runs_leaks_or_changes(sent):
    for name, private in FILES.items():
        sent.link(name, sent.private / private)
    assert tried(sent) == (200, set())


@pytest.mark.slow
@pytest.mark.parametrize("name", FOLDERS)
def test_with_a_folder_as_a_link_out_of_it_nothing_runs_leaks_or_changes(sent, name):
    for folder in FOLDERS:
        (sent.private / Path(folder).name).mkdir(exist_ok=True)
    for file, private in FILES.items():
        if Path(file).name != private:
            shutil.copy(sent.private / private, sent.private / Path(file).name)
    sent.link(name, sent.private)
    assert tried(sent) == (200, set())


@pytest.mark.broad
@pytest.mark.parametrize(
    "kit", ["PRIVATE/diary.md", "../../private/diary.md", "linked.md", "linked/diary.md", "--trust"]
)
def test_a_kit_anywhere_else_is_not_read(sent, kit):
    sent.link("linked.md", sent.private / "diary.md")
    sent.link("linked", sent.private)
    sent.form(kit=kit.replace("PRIVATE", str(sent.private)))
    assert tried(sent)[1] == set()


@pytest.mark.parametrize("field", Form.__struct_fields__)
@pytest.mark.parametrize("option", OPTIONS)
def test_no_text_of_the_form_is_an_option(sent, field, option):
    text = option.replace("PRIVATE", str(sent.private))
    sent.form(**{"kit": "kit", field: text})
    try:
        words = Project(sent.folder).asked().command("build", "--out=out")
    except WorkshopError:
        return
    end = words.index("--")
    assert text not in words[:end]
    assert words[end + 1 :] == [
        text if field == "kit" else "kit"
    ]  # what is behind it is a path, whatever it looks like


@pytest.mark.broad
def test_without_the_form_what_it_brought_runs(sent, monkeypatch):
    """The arguments of ``last.json``, as they were believed once: this is what the first test would find."""
    real = form.Asked.command
    monkeypatch.setattr(
        form.Asked, "command", lambda self, name, *more, **named: [*real(self, name, "--trust", *more, **named)]
    )
    assert "ran" in tried(sent)[1]


@pytest.mark.broad
def test_without_the_door_private_files_are_answered(sent, monkeypatch):
    """With links followed: this is what the first test would find."""
    for name, private in FILES.items():
        sent.link(name, sent.private / private)
    sent.link("after/deck", sent.private)
    nofollow = inside._ALWAYS & ~getattr(inside.os, "O_NONBLOCK", 0) & ~getattr(inside.os, "O_CLOEXEC", 0)
    for flags in ("_READ", "_FOLDER"):
        monkeypatch.setattr(inside, flags, getattr(inside, flags) & ~nofollow)
    monkeypatch.setattr(inside, "_is_link", lambda found: False)
    assert "answered" in tried(sent)[1]


def test_the_page_that_lists_them_is_the_one_that_is_made_now():
    docs = Path(__file__).resolve().parents[3] / "docs"
    spec = importlib.util.spec_from_file_location("make_doors", docs / "make_doors.py")
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    assert made.page() == (docs / "reference" / "doors.md").read_text("utf-8")
