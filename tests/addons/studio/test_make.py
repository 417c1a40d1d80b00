"""Tests of the app's server with the real engine and real builds; the page itself is in test_app_in_a_browser.py."""

import hashlib
import io
import json
import os
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote
from zipfile import ZipFile

import pytest
from pptx import Presentation
from pypdf import PdfReader

from tests.addons.web.served import ask, refusals, routes_of, serving
from tests.tiers import few, few_rows
from workshop.addons.studio.make import Studio
from workshop.errors import Problem
from workshop.files.output import read_manifest
from workshop.plugins.addons import addons

pytestmark = pytest.mark.long
ROOT = Path(__file__).resolve().parents[3]
TALK = "---\ntitle: A talk\n---\n\n# One\n\n- a point\n\n# Two\n\n- another point\n"
ENTRY = (sys.executable, "-c", "from workshop.cli.entry import main; main()")


class App:
    """The app, as its page uses it."""

    def __init__(self, home, kit=""):
        self.said = []
        self.studio = Studio(home, kit, "workshop", 0, self.said.append)
        self.home = home

    def get(self, path):
        status, _, body = ask(self.studio.own, path)
        return json.loads(body) if status in (200, 422) else status

    def post(self, path, what=None, **headers):
        body = what if isinstance(what, bytes) else json.dumps(what or {}).encode()
        status, _, answer = ask(
            self.studio.own, path, method="POST", body=body, content_length=str(len(body)), **headers
        )
        return status, json.loads(answer) if status in (200, 409, 422) else answer

    def give(self, kind, name, content):
        return self.post(f"give/{kind}", content, X_Name=quote(name))

    def open(self, kit=""):
        assert self.post("open", {"kit": str(kit)}) == (200, {})
        return Path(self.get("state")["folder"])

    def news(self):
        """Return the state as soon as there is a new one."""
        return self.get(f"state?after={self.get('state')['number']}")

    def until(self, wanted):
        """Return the state of the build once it is as wanted."""
        state = self.get("state")
        while not wanted(state["job"]):
            state = self.get(f"state?after={state['number']}")
        return state["job"]

    def built(self):
        assert self.post("build") == (200, {})
        return self.until(lambda job: job["state"] != "running")


@pytest.fixture(scope="module")
def cache_of_the_app(cache, tmp_path_factory):
    """Let engine and builds keep their results where the other tests do, and settings in a folder of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKSHOP_CACHE", str(cache))
        patch.setenv("WORKSHOP_CONFIG", str(tmp_path_factory.mktemp("settings")))
        yield


@pytest.fixture(scope="module")
def app(tmp_path_factory, cache_of_the_app):
    made = App(tmp_path_factory.mktemp("home") / "Workshops")
    with serving(made.studio.serving):
        yield made


@pytest.fixture
def talk(tmp_path):
    path = tmp_path / "talk.md"
    path.write_text(TALK)
    return path


def test_whoever_does_not_come_from_the_page_gets_nothing_from_any_route_and_changes_nothing(app, talk):
    folder = app.open(talk)
    before = sorted(folder.rglob("*"))
    routes = routes_of(app.studio.routes)
    assert len(routes) == len(app.studio.routes) > 15
    for method, path in routes:
        for refused in refusals(path):
            body = b'{"kit": ""}' if method == "POST" else b""
            status, _, answer = ask(app.studio.own, path, method=method, body=body, **refused)
            assert (status, app.studio.own.secret.encode() in answer) == (403, False), (path, refused)
    assert sorted(folder.rglob("*")) == before
    assert app.get("state")["open"] == folder.name


def test_every_route_that_takes_something_limits_how_much(app):
    for method, path in routes_of(app.studio.routes):
        if method == "POST" and not path.startswith(("give/", "bring/")):
            assert ask(app.studio.own, path, method="POST", body=b"x" * 16_385)[0] == 413
            assert ask(app.studio.own, path, method="POST", transfer_encoding="chunked")[0] == 411
    assert ask(app.studio.own, "give/logo", method="POST", content_length="5000001")[0] == 413


def test_the_page_and_its_scripts_are_served(app):
    for path, kind in (
        ("", "text/html"),
        ("app.css", "text/css"),
        ("dom.js", "text/javascript"),
        ("app.js", "text/javascript"),
        ("make.js", "text/javascript"),
    ):
        status, headers, body = ask(app.studio.own, path)
        assert (status, headers["content-type"].partition(";")[0]) == (200, kind)
        assert body


def test_a_talk_is_planned_drawn_and_made_and_its_files_are_those_of_the_command(app, talk, tmp_path):
    folder = app.open(talk)
    status, plan = app.post("form", {"minutes": 20})
    assert (status, plan["slides"]) == (200, 2)
    drawn = app.get("draw")
    assert [slide["title"] for slide in drawn["slides"]] == ["A talk", "One", "Two"]
    assert len(drawn["pictures"]) == 3
    assert app.get(f"draw?after={drawn['number']}")["pictures"] == {}
    assert ask(app.studio.own, "fonts.css")[0] == 200
    job = app.built()
    assert job["state"] == "done", job
    assert [file["name"] for file in app.get("files")] == ["deck.pptx"]
    assert compare(app, folder, tmp_path / "elsewhere") == {"deck.pptx"}


def compare(app, folder, other):
    """Run the command that is shown in a copy of what was given, and return the names of the files, which have the same bytes."""
    state = app.get("state")
    other.mkdir()
    if (folder / "given").exists():
        shutil.copytree(folder / "given", other / "given")
    words = shlex.split(state["command"])
    assert words[0] == "workshop"
    done = subprocess.run(
        [*ENTRY, *words[1:]],
        cwd=other,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    with ZipFile(io.BytesIO(ask(app.studio.own, "all.zip")[2])) as archive:
        packed = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    made = {
        path.name: path.read_bytes() for path in (other / "out").iterdir() if path.name in read_manifest(other / "out")
    }
    assert packed == made
    for name, content in made.items():
        assert ask(app.studio.own, f"file/{quote(name)}")[2] == content
    return set(made)


def test_the_minutes_of_a_rehearsal_are_kept_and_the_plan_may_use_them(app, talk):
    folder = app.open(talk)
    assert app.get("state")["timed"] == []
    assert app.post("rehearsed", {"one": 150.0, "two": 45.5, "../three": 1}) == (200, {})
    assert (folder / "room" / "rehearsal.csv").read_text() == "slide,minutes\none,2.50\ntwo,0.76\n"
    assert app.get("state")["timed"] == ["rehearsal"]
    status, plan = app.post("form", {"timed": "rehearsal"})
    assert (status, "--actual=room/rehearsal.csv" in plan["command"]) == (200, True)
    minutes = {slide["source"]: slide["minutes"] for slide in app.get("draw")["slides"]}
    assert (minutes["one"], minutes["two"]) == (2.5, 1.0)
    assert app.post("form", {"timed": "guessed"})[0] == 422


@pytest.mark.broad
def test_a_kit_for_executives_in_a_clients_template_has_the_files_of_the_command(app, tmp_path):
    folder = app.open()
    template = io.BytesIO()
    Presentation().save(template)
    assert app.give("template", "Client 2026.pptx", template.getvalue()) == (200, {})
    status, plan = app.post("form", {"audience": "executives", "minutes": 45})
    assert (status, plan["total"]) == (200, 45)
    assert "--audience=executives --minutes=45 --template=given/template.pptx" in plan["command"]
    assert {"title", "minutes", "why"} == set(plan["out"][0])
    assert "comes in from 180 minutes" in {out["why"] for out in plan["out"]}
    job = app.built()
    assert job["state"] == "done", job
    names = compare(app, folder, tmp_path / "elsewhere")
    assert {"deck.pptx", "facilitator.pdf", "leaf.pdf"} <= names
    files = {file["name"]: file for file in app.get("files")}
    assert set(files) == names
    assert files["facilitator.pdf"]["copies"] == files["leaf.pdf"]["copies"] == 1
    pages = {name: len(PdfReader(folder / "out" / name).pages) for name in ("leaf.pdf", "facilitator.pdf")}
    assert files["leaf.pdf"]["pages"] == f"{pages['leaf.pdf']} pages"
    whole = PdfReader(io.BytesIO(ask(app.studio.own, "print.pdf")[2]))
    assert len(whole.pages) == sum(pages.values())


AUDIENCES, SLOTS = ("general", "students", "engineers", "executives"), (25, 45, 60, 90, 120, 180, 360)
PLANS = [(audience, minutes) for audience in AUDIENCES for minutes in SLOTS]


@pytest.mark.broad
@pytest.mark.parametrize(
    ("audience", "minutes"), few_rows(PLANS, ("executives", 45), ci=(("general", 90), ("students", 180)))
)
def test_the_plan_on_the_page_is_that_of_the_command(app, audience, minutes):
    app.open()
    _, told = app.post("form", {"audience": audience, "minutes": minutes, "start": "10:30"})
    command = [*ENTRY, "plan", "--audience", audience, "--minutes", str(minutes), "--start", "10:30", "--json"]
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True
    )
    plan = json.loads(done.stdout)
    assert told["rows"] == plan["run_sheet"]
    assert (told["total"], told["buffer"]) == (plan["total"], plan["buffer"])
    assert [out["title"] for out in told["out"]] == [line["title"] for line in plan["lines"] if not line["shown"]]
    assert [out["why"] for out in told["out"]] == [line["told"] for line in plan["lines"] if not line["shown"]]


def group_of(app):
    return app.studio.turn.job._process.pid


def left_of(group):
    """Return the processes of a group that are still there."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group and fields[0] != "Z":
            found.append(path.parent.name)
    return found


@pytest.mark.broad
@pytest.mark.skipif(sys.platform != "linux", reason="it reads the processes as Linux shows them")
@pytest.mark.parametrize("step", few(["read", "run demos", "lay out", "deck.pptx", "write"], "lay out", ci=("write",)))
def test_a_build_that_is_stopped_leaves_no_process_and_the_files_from_before(app, step):
    folder = app.open()
    app.post("form", {"minutes": 25, "audience": "executives"})
    (folder / "out").mkdir()
    (folder / "out" / "deck.pptx").write_bytes(b"mine")
    assert app.post("build")[0] == 200
    while step not in app.studio.turn.job.steps and app.studio.turn.job.state == "running":
        time.sleep(0.001)
    group = group_of(app)
    assert app.post("cancel") == (200, {})
    job = app.until(lambda job: job["state"] != "running")
    while left_of(group):  # at the latest when what was asked to stop is ended by force
        time.sleep(0.01)
    if step != "write":
        assert job["state"] == "cancelled"
        assert {path.name: path.read_bytes() for path in (folder / "out").iterdir()} == {"deck.pptx": b"mine"}
    made = {file["name"]: file["pages"] for file in app.get("files")}
    assert bool(made) == (job["state"] == "done")  # it may be too late to stop what is being moved
    assert (folder / "out" / "deck.pptx").read_bytes() == b"mine"
    assert made.get("deck.pptx", "") == ""


def test_a_file_that_was_edited_by_hand_is_kept_and_the_page_says_so(app, talk):
    folder = app.open(talk)
    assert app.built()["state"] == "done"
    (folder / "out" / "deck.pptx").write_bytes(b"mine")
    job = app.built()
    assert job["state"] == "done"
    assert [line for line in job["said"] if "deck.pptx was edited by hand and is kept" in line]
    assert (folder / "out" / "deck.pptx").read_bytes() == b"mine"


def test_one_build_at_a_time(app, talk):
    app.open(talk)
    app.post("build")
    status, answer = app.post("build")
    assert (status, answer["problems"][0]["message"]) == (422, "the files are being made already")
    app.until(lambda job: job["state"] != "running")


def test_a_build_that_fails_says_why_in_its_own_words(app, talk):
    talk.write_text(TALK + "\n<!-- open\n")
    app.open(talk)
    status, told = app.post("form", {})
    assert (status, told["problems"][0]["severity"]) == (422, "error")
    job = app.built()
    assert job["state"] == "failed"
    assert any("talk.md:13: error" in line and "-->" in line for line in job["said"])


@pytest.mark.parametrize("chosen", [{"audience": "nobody"}, {"minutes": 1}, {"theme": "sepia"}, {"room": "space"}])
def test_a_choice_that_cannot_be_is_told_as_a_problem(app, chosen):
    app.open()
    status, told = app.post("form", chosen)
    assert status == 422
    assert told["problems"][0]["message"]
    assert app.post("form", {})[0] == 200


def test_a_workshop_is_found_again_with_what_was_chosen_and_given(app):
    folder = app.open()
    app.post("form", {"minutes": 60})
    app.give("documents", "rules.txt", b"The van is back by six.")
    assert app.post("leave") == (200, {})
    start = app.get("state")
    assert "open" not in start
    assert folder.name in start["workshops"]
    assert app.post("open", {"name": folder.name}) == (200, {})
    again = app.get("state")
    assert (again["form"]["minutes"], again["given"]["documents"]) == (60, ["rules.txt"])
    assert app.post("drop/documents", {"name": "rules.txt"}) == (200, {})
    assert app.get("state")["given"]["documents"] == []


@pytest.mark.parametrize(
    "what", [{"name": "../.."}, {"name": "nothing"}, {"kit": "relative.md"}, {"kit": "/nowhere/kit"}]
)
def test_only_a_workshop_or_a_path_that_exists_is_opened(app, what):
    assert app.post("open", what)[0] == 422


def test_a_file_of_the_wrong_kind_is_refused_and_leaves_nothing(app):
    folder = app.open()
    status, told = app.give("template", "a.pptx", b"MZ not a deck")
    assert (status, told["problems"][0]["message"]) == (422, "this file isn't what its name says")
    assert app.give("logo", "a.svg", b"<svg/>")[0] == 422
    assert app.give("secret", "a.txt", b"x")[0] == 404
    assert [path for path in folder.rglob("*") if path.is_file()] == [folder / "workshop.json"]


def test_a_template_that_cannot_be_read_never_takes_the_place_of_one_that_can_and_another_is_noticed(app):
    folder, good, other = app.open(), io.BytesIO(), io.BytesIO()
    Presentation().save(good)
    wide = Presentation()
    wide.slide_width = wide.slide_width * 4 // 3
    wide.save(other)
    assert app.give("template", "Client.pptx", good.getvalue()) == (200, {})
    signs = app.get("state")["signs"]
    assert set(signs) == {"given/template.pptx"}
    status, told = app.give("template", "Client.pptx", good.getvalue()[:9000])
    assert status == 422
    assert "is not a presentation that can be read" in told["problems"][0]["message"]
    assert told["problems"][0]["hint"].endswith("the earlier one stays in use, given/template.pptx")
    assert (folder / "given" / "template.pptx").read_bytes() == good.getvalue()
    assert app.get("state")["signs"] == signs
    assert app.give("template", "Client.pptx", other.getvalue()) == (200, {})
    assert app.get("state")["signs"] != signs
    assert [path.name for path in (folder / "given").iterdir()] == ["template.pptx"]


def test_a_full_disk_is_told_before_anything_is_kept(app, monkeypatch):
    app.open()
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 1_000})())
    status, told = app.give("documents", "a.txt", b"words")
    assert (status, told["problems"][0]["message"]) == (422, "the disk is nearly full")


@pytest.mark.parametrize(
    "path", ["file/workshop.json", "file/..%2Fworkshop.json", "file/manifest.json", "media/0", "fonts/99", "x"]
)
def test_no_other_file_can_be_asked_for(app, talk, path):
    app.open(talk)
    assert ask(app.studio.own, path)[0] == 404


def test_without_an_open_workshop_there_is_nothing_to_make(app):
    app.post("leave")
    for path in ("form", "build"):
        status, told = app.post(path)
        assert (status, told["problems"][0]["message"]) == (422, Problem("no workshop is open").message)


def test_what_draws_the_slides_may_die_and_the_app_goes_on(app, talk):
    app.open(talk)
    app.post("form", {})
    number = app.get("state")["number"]
    app.studio.engine.kill()
    state = app.get(f"state?after={number}")
    assert state["starts"] == 1
    assert app.post("form", {})[1]["slides"] == 2
    assert app.said[-1] == "The process that draws the slides had to start again."


def test_quitting_ends_the_app_and_the_build_that_runs(tmp_path, cache_of_the_app):
    app = App(tmp_path / "Workshops")
    with serving(app.studio.serving):
        app.open()
        app.post("build")
        group = group_of(app)
        assert app.post("quit") == (200, {})
    assert left_of(group) == []


def test_the_add_on_names_what_it_needs():
    assert addons()["studio"].needs == ("live", "preview", "web")


# ---------------------------------------------------------------- a kit's own Python
@pytest.fixture
def kit(tmp_path, bread):
    """Return a copy of a kit whose Python file also says when it runs; it isn't trusted yet."""
    code = shutil.copytree(bread, tmp_path / "kit") / "demos" / "oven.py"
    code.write_text(f"{code.read_text()}\nopen({str(tmp_path / 'ran')!r}, 'w').close()\n")
    return tmp_path / "kit"


def test_python_that_a_kit_brings_runs_only_after_its_files_were_shown_and_trusted(app, kit, tmp_path):
    app.open(kit)
    problems = app.get("state")["choice"]["problems"]
    assert [problem["code"] for problem in problems] == ["untrusted"]
    (file,) = app.get("trust")
    code = kit / "demos" / "oven.py"
    content = code.read_bytes()
    assert (Path(file["name"]).name, file["bytes"]) == ("oven.py", len(content))
    assert file["digest"] == hashlib.sha256(content).hexdigest()
    code.write_bytes(content + b"# other bytes\n")
    status, told = app.post("trust", [file["digest"]])
    assert (status, told["problems"][0]["message"]) == (422, "these files have changed meanwhile")
    assert not (tmp_path / "ran").exists()
    code.write_bytes(content)
    assert app.post("trust", [file["digest"]]) == (200, {})
    assert app.get("state")["choice"]["isKit"]
    assert (tmp_path / "ran").exists()
    assert app.get("trust") == []


# ---------------------------------------------------------------- what was made before
@pytest.mark.broad
def test_after_a_change_the_page_says_that_the_files_are_older_and_keeps_their_copies(app, talk):
    app.open(talk)
    assert app.built()["state"] == "done"
    before = app.get("state")
    assert (before["made"], before["old"]) == (True, False)
    files = app.get("files")
    assert app.post("form", {})[0] == 200
    assert not app.get("state")["old"]  # nothing else was chosen
    app.post("form", {"paper": "letter"})
    state = app.get(f"state?after={before['number']}")
    assert (state["made"], state["old"]) == (True, True)
    assert app.get("files") == files
    assert app.built()["state"] == "done"
    assert not app.get("state")["old"]
    app.give("logo", "a.png", b"\x89PNG")
    assert app.get("state")["old"]


@pytest.mark.broad
def test_with_libreoffice_the_deck_is_a_pdf_too(app, talk):
    folder = app.open(talk)
    assert app.get("state")["choice"]["office"]
    _, plan = app.post("form", {"pdf": True})
    assert "--pdf" in plan["command"]
    assert app.built()["state"] == "done"
    assert len(PdfReader(folder / "out" / "deck.pdf").pages) == 3
    assert {file["name"]: file["pages"] for file in app.get("files")}["deck.pdf"] == "3 pages"


# ---------------------------------------------------------------- words
def texts_of(told, label):
    return next((line["line"], list(line["texts"])) for line in told["lines"] if line["label"] == label)


@pytest.mark.broad
def test_a_changed_sentence_stays_in_the_slide_which_keeps_everything_else_and_put_back_gives_the_first_bytes(app):
    folder = app.open()
    app.post("form", {"minutes": 25, "audience": "executives"})
    before = app.get("draw")
    app.get(f"draw?after={before['number']}")
    slide = next(s["id"] for s in before["slides"] if s["layout"] == "predict")
    told = app.get(f"words/{slide}")
    line, texts = texts_of(told, "Point")
    texts[0] = texts[0].rstrip() + " indeed"
    assert app.post("words", {"slide": slide, "line": line, "texts": texts}) == (200, {})
    assert "--overlay=words" in app.get("state")["command"]
    after = app.get(f"draw?after={before['number'] + 1}")
    assert not after["broken"], after["problems"]
    assert slide in after["pictures"]
    assert len(after["pictures"]) <= 2  # the right answer is said again where it is shown
    assert [(s["id"], s["minutes"], s["layout"]) for s in after["slides"]] == [
        (s["id"], s["minutes"], s["layout"]) for s in before["slides"]
    ]
    again = app.get(f"words/{slide}")
    assert (again["mine"], again["newer"], again["kit"]) == (True, False, told["kit"])
    assert json.loads((folder / "words" / "adopted.json").read_text()) == {"slides": {f"{slide}@": told["kit"]}}
    (folder / "words" / "adopted.json").write_text(
        json.dumps({"slides": {f"{slide}@": "the kit's words of last year"}})
    )
    assert app.get(f"words/{slide}")["newer"]
    assert app.post("words", {"slide": slide}) == (200, {})
    assert not app.get(f"words/{slide}")["newer"]
    assert app.post("put-back", {"slide": slide}) == (200, {})
    back = app.get("draw?after=0")
    assert back["pictures"] == before["pictures"]
    assert "--overlay" not in app.get("state")["command"]


@pytest.mark.broad
def test_a_sentence_that_does_not_fit_is_told_at_its_file(app):
    app.open()
    app.post("form", {"minutes": 25, "audience": "executives"})
    before = app.get("draw")
    slide = next(s["id"] for s in before["slides"] if s["layout"] == "predict")
    line, texts = texts_of(app.get(f"words/{slide}"), "Point")
    texts[0] = "word " * 300
    app.post("words", {"slide": slide, "line": line, "texts": texts})
    after = app.get(f"draw?after={before['number']}")
    assert any(f"words/{slide}.md" in problem["place"] or slide in problem["message"] for problem in after["problems"])
    app.post("put-back", {"slide": slide})


@pytest.mark.broad
def test_slides_without_a_source_of_their_own_have_no_words_to_change(app):
    app.open()
    app.post("form", {"minutes": 25})
    app.get("draw")
    told = app.get("words/cover")
    assert (told["lines"], "title of this slide" in told["why"]) == ([], True)


def test_words_of_a_talk_change_in_its_own_file_and_are_put_back(app, talk):
    folder = app.open(talk)
    before = app.get("draw")
    told = app.get("words/one")
    assert ([line["label"] for line in told["lines"]], told["mine"], "talk.md" in told["why"]) == (
        ["Title", "Point"], False, True
    )  # fmt: skip
    signs = app.get("state")["signs"]
    assert app.post("words", {"slide": "one", "line": 2, "texts": ["a better point"]}) == (200, {})
    assert talk.read_text() == TALK.replace("- a point", "- a better point")
    assert app.get("state")["signs"] != signs  # so the page draws the slides again
    assert app.post("words", {"slide": "one", "line": 0, "texts": ["Uno"]}) == (200, {})
    after = app.get(f"draw?after={before['number']}")
    assert [slide["title"] for slide in after["slides"]] == ["A talk", "Uno", "Two"]
    assert app.get("words/uno")["mine"]
    assert "--overlay" not in app.get("state")["command"]
    assert app.post("put-back", {"slide": "one"}) == (200, {})  # its name before, which the page may still have
    assert talk.read_text() == TALK
    assert app.get("draw?after=0")["pictures"] == before["pictures"]
    told = app.get("words/cover")
    assert (told["lines"], "its first lines" in told["why"]) == ([], True)
    assert app.post("words", {"slide": "cover", "line": 0, "texts": ["x"]})[0] == 404
    assert [path.name for path in talk.parent.iterdir() if path.suffix == ".new"] == []
    assert (folder / "words" / "before.json").is_file()


@pytest.mark.broad
@pytest.mark.parametrize(
    "what", [{"slide": "../evil", "line": 0, "texts": ["x"]}, {"slide": "cover", "line": 0, "texts": ["x"]}]
)
def test_only_a_slide_that_is_shown_can_be_changed(app, what):
    folder = app.open()
    app.get("draw")
    assert app.post("words", what)[0] in (404, 422)
    assert app.post("put-back", {"slide": "../../evil"})[0] == 422
    assert not (folder / "words").exists()


@pytest.mark.slow
def test_a_title_can_be_changed_on_every_kind_of_layout(app):
    app.open()
    plan = app.post("form", {"minutes": 180})[1]
    before = app.get("draw")
    number, tried = before["number"], {}
    shown = [slide for slide in before["slides"] if not slide["hidden"]]
    firsts = {slide["layout"]: slide["id"] for slide in reversed(shown)}
    for slide in sorted(shown, key=lambda slide: slide["id"] not in firsts.values()):
        if len(tried) >= 18 and slide["id"] not in firsts.values():
            break
        told = app.get(f"words/{slide['id']}")
        titles = [line for line in told["lines"] if line["label"] == "Title" and line["texts"][0].strip()]
        if not titles:
            continue
        (line,) = titles
        texts = [
            line["texts"][0].replace("a", "o", 1) if "a" in line["texts"][0] else f"So {line['texts'][0]}",
            *line["texts"][1:],
        ]
        assert app.post("words", {"slide": slide["id"], "line": line["line"], "texts": texts}) == (200, {})
        after = app.get(f"draw?after={number}")
        assert not after["broken"], (slide, after["problems"])
        assert set(after["pictures"]) == {slide["id"]}, slide
        assert [(s["id"], s["minutes"], s["layout"], s["stage"]) for s in after["slides"]] == [
            (s["id"], s["minutes"], s["layout"], s["stage"]) for s in before["slides"]
        ]
        assert app.post("form", {"minutes": 180})[1]["rows"] == plan["rows"]
        tried[slide["id"]] = slide["layout"]
        assert app.post("put-back", {"slide": slide["id"]}) == (200, {})
        number = app.get(f"draw?after={after['number']}")["number"]
    assert app.get("draw?after=0")["pictures"] == before["pictures"]
    assert len(tried) >= 18, tried
    assert len(set(tried.values())) >= 15, tried


@pytest.mark.broad
def test_the_kits_own_words_of_a_slide_are_those_of_the_audience_that_is_shown(app):
    app.open()
    app.post("form", {"minutes": 45, "audience": "executives"})
    app.get("draw")
    told = app.get("words/agent")
    titles = [line for line in told["lines"] if line["label"] == "Title"]
    assert titles[0]["texts"][0].strip() in told["kit"].partition("\n")[0]
