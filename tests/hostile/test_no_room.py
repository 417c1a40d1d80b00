"""Runs each command that writes on a full disk, and in a folder without rights: one sentence, and the files are as before.

WORKSHOP_KILLS is how many disks are tried, each as full as chance has it; the first has no room at all.
"""

import errno
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.addons.back.test_adopt import KIT, put
from tests.addons.live.crowd import room_alone
from tests.files.others import SOMEBODY
from tests.hostile.disaster import ADOPT, BATCH, BUILD, KILLS, begun, commands, fine, linux, written
from tests.hostile.live import HOST, App, Voter, pressed

pytestmark = [pytest.mark.long, linux]
ROOM = 96 << 20  # bytes of the disk
RECORD = ("record", "--kit", "bread", "--out", "training")
NEW = {
    "new talk": ("new", "talk", "fresh.md"),
    "new kit": ("new", "kit", "fresh"),
    "new demo": ("new", "demo", "long_tail", "--kit", "bread"),
    "new audience": ("new", "audience", "managers", "--kit", "bread"),
}
EACH = {
    "build": BUILD,
    "adopt": ADOPT,
    "batch": BATCH,
    "record": RECORD,
    **NEW,
    "site": ("site", "web", "--kit", "bread", "--audience", "bakers"),
    "export": ("export", "gift"),
    "explore": ("explore",),
}
READS = {
    "check": ("check", "talk.md"),
    "plan": ("plan", "talk.md"),
    "list": ("list", "slides", "bread"),
    "demo": ("demo", "votes"),
    "tally": ("tally", "votes.txt"),
    "compare": ("compare", "dist/deck.pptx", "edited.pptx"),
}
FEW = ("new talk",)
IN_CI = ("build", "adopt", "check", "list", "compare")  # most others write as a build does, and take longer


def says_so(answer):
    """Whether a command failed as one should: with a sentence, and neither a traceback nor a strange exit code."""
    said = answer["err"] + answer["out"]
    assert answer["code"] in (1, 2, 3), (answer["code"], said)
    assert "Traceback" not in said, said
    assert "internal error" not in said, said
    return said


class Disk:
    """A small disk that only the commands of one server see under its name.

    Args:
        process: one that sees it.
        name: of the disk in its sight.
        ask: runs a command there.
    """

    def __init__(self, process, name, ask=None):
        self.ask, self.name = ask, name
        self.root = Path(f"/proc/{process}/root{name}")
        self.ballast = self.root / "ballast"

    def used(self):
        disk = os.statvfs(self.root)
        return (disk.f_blocks - disk.f_bfree) * disk.f_frsize

    def fill(self, left):
        """Leave so many bytes of room."""
        disk = os.statvfs(self.root)
        with self.ballast.open("wb") as file:
            count = max(0, disk.f_bavail * disk.f_frsize - left)
            try:
                for _ in range(count // 65_536):
                    file.write(bytes(65_536))
                file.write(bytes(count % 65_536))
                file.flush()
            except OSError as error:
                assert error.errno == errno.ENOSPC  # noqa: PT017

    def free(self):
        self.ballast.unlink(missing_ok=True)


def mounting(place):
    """Return what mounts a small disk at a place before the server starts, in a view of the disks of its own."""
    script = f'mount -t tmpfs -o size={ROOM} tmpfs "$0" && mkdir "$0/tmp" "$0/home" "$0/run" && exec "$@"'
    return ("unshare", "-rm", "sh", "-c", script, str(place))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return a folder in which each command has run once, and its inputs have changed since."""
    place = tmp_path_factory.mktemp("made")
    for name in ("home", "tmp", "start"):
        (place / name).mkdir()
    with commands(place) as ask:
        begun(ask, place / "start", place / "said")
    (place / "start" / "votes.txt").write_text("1 14 9\n2 10 12\n")
    return place / "start"


def mountable(place):
    try:
        subprocess.run([*mounting(place), "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no disk can be mounted here")
    return place


@pytest.fixture
def mounted(tmp_path):
    """Return a place for a small disk."""
    (tmp_path / "disk").mkdir()
    return mountable(tmp_path / "disk")


@pytest.fixture(scope="module")
def disk(tmp_path_factory, made):
    place = mountable(tmp_path_factory.mktemp("disk"))
    with commands(place, mounting(place)) as ask:
        fine(ask(("--version",), "/", said=place.with_name("said")))  # the disk is there once a command has run
        yield Disk(ask.process, place, ask)


def again(disk, made):
    """Have the disk with the files of the start alone."""
    disk.free()
    for one in disk.root.iterdir():
        shutil.rmtree(one)
    for name in ("tmp", "home"):
        (disk.root / name).mkdir()
    shutil.copytree(made, disk.root / "run")


def part(name):
    """Leave the commands that take longer to CI or to ``make slow``."""
    return pytest.param(name, marks=() if name in FEW else pytest.mark.broad if name in IN_CI else pytest.mark.slow)


@pytest.mark.broad
@pytest.mark.parametrize("name", [part(name) for name in EACH])
def test_on_a_full_disk_a_command_says_so_and_leaves_the_files_as_they_were(disk, made, tmp_path, name):
    command, rng = EACH[name], random.Random(11)
    said = tmp_path / "said"
    again(disk, made)
    before, start = written(disk.root / "run"), disk.used()
    fine(disk.ask(command, disk.name / "run", said=said))
    after, took = written(disk.root / "run"), disk.used() - start
    assert before != after
    refused = 0
    for turn in range(KILLS):
        again(disk, made)
        disk.fill(0 if turn == 0 else int(took * rng.random() ** 2))
        ended = disk.ask(command, disk.name / "run", said=said)
        found = written(disk.root / "run")
        if ended["code"]:
            refused += 1
            text = says_so(ended)
            assert "full" in text or "No space left" in text or "not built" in text or name == "batch", text
            if name not in ("batch", "site"):  # rows that were finished stay
                assert found == before, (turn, sorted(set(found) ^ set(before)))
            assert [key for key in found if found[key] not in (before.get(key), after.get(key))] == []
        else:
            assert found == after, turn
        disk.free()
        fine(disk.ask(command, disk.name / "run", said=said))
        assert written(disk.root / "run") == after, turn
    assert refused


@pytest.mark.broad
def test_on_a_full_disk_the_app_says_so_keeps_what_it_had_and_goes_on_once_there_is_room(mounted, tmp_path):
    put(tmp_path / "bread", KIT)
    app = App(mounted, mounted / "Workshops", mounting(mounted))
    app.start()
    try:
        disk = Disk(app.process.pid, mounted)
        assert app.ask("open", {"kit": str(tmp_path / "bread")})[0] == 200
        (inside,) = (disk.root / "Workshops").iterdir()
        app.folder = inside
        app.keep("form", "form", {"people": 12, "paper": "a4"})
        app.keep("quiz.csv", "give/quiz", b"participant,when,1", **{"X-Name": "quiz.csv"})
        app.keep("minutes", "rehearsed", {"rye": 90.0})
        assert (job := app.built())["state"] == "done", json.dumps(job)
        app.keep("form", "form", {"people": 13, "paper": "letter"})
        made = written(inside)
        disk.fill(0)
        for path, what in (
            ("form", {"people": 30, "paper": "letter"}),
            ("give/quiz", bytes(10_000)),
            ("rehearsed", {"rye": 200.0}),
            ("room/open", {"host": HOST}),
        ):
            status, said = app.ask(path, what, **{"X-Name": "quiz.csv"})
            assert status == 422, (path, status, said)
            assert json.loads(said)["problems"], path
        job = app.built()
        assert job["state"] != "done", job
        assert "Traceback" not in json.dumps(job)
        assert written(inside) == made
        listed = sorted((disk.root / "Workshops").iterdir())
        assert app.ask("open", {"kit": str(tmp_path / "bread")})[0] == 422
        assert sorted((disk.root / "Workshops").iterdir()) == listed
        disk.free()
        assert app.ask("open", {"name": inside.name})[0] == 200
        app.compare()
        app.keep("form", "form", {"people": 30, "paper": "letter"})
        assert (job := app.built())["state"] == "done", json.dumps(job)
        assert written(inside) != made
    finally:
        app.kill(alone=False)


def test_on_a_full_disk_a_room_says_so_to_whoever_votes_and_has_every_answer_that_it_acknowledged(mounted):
    with room_alone(24, mounted / "run", mounting(mounted)) as (port, secret, process):
        disk, voter = Disk(process, mounted), Voter(1)
        for event in ("next", "next", "next", "next", "open"):
            pressed(port, secret, event)
        voter.connect(port)
        assert voter.ask("POST", "seat", {"code": "01"})[0] == 200
        disk.fill(0)
        kept, refused = [], b""
        for turn in range(3000):
            pick = "ABC"[turn % 3]
            status, content = voter.ask("POST", "answer", {"question": "crawl", "round": 1, "pick": pick})
            if status == 200:
                kept.append(pick)
            elif status == 503:
                refused = content
                break
            else:
                assert status == 429
                time.sleep(0.05)
        assert b"full" in refused, refused
        state = json.loads(voter.ask("GET", "news?after=-1")[1])
        assert state["picks"].get("crawl") == (kept[-1] if kept else None)
        disk.free()
        assert voter.ask("POST", "answer", {"question": "crawl", "round": 1, "pick": "B"})[0] == 200
        os.kill(process, signal.SIGSTOP)
        shutil.copytree(disk.root / "run", mounted / "after")
        os.kill(process, signal.SIGCONT)
        voter.line.close()
    with closing(sqlite3.connect(mounted / "after" / "room.db")) as file:
        found = [pick for (pick,) in file.execute("SELECT pick FROM events WHERE what = 'answer' ORDER BY n")]
    assert found == [*kept, "B"]


# ---------------------------------------------------------------- rights
ANYBODY = (
    "setpriv", f"--reuid={SOMEBODY}", f"--regid={SOMEBODY}", "--clear-groups",
    "--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search",
)  # fmt: skip


@pytest.fixture(scope="module")
def anybody(tmp_path_factory, made):
    """Return a place and a function that runs commands there as a user who isn't root, and may read all but write only his own."""
    place = tmp_path_factory.mktemp("anybody")
    before = () if os.getuid() else ANYBODY
    if before and (
        not shutil.which("setpriv") or subprocess.run([*before, "true"], check=False, capture_output=True).returncode
    ):
        pytest.skip("nobody else can be made here")
    for above in (place, *place.parents):
        if above.stat().st_uid == os.getuid() and "pytest" in above.name:
            above.chmod(0o755)
    for name in ("home", "tmp", "said"):
        (place / name).mkdir()
    own(place)
    with commands(place, before) as ask:
        yield ask, place
    opened(place)


def own(folder):
    """Give a folder with all that is in it to that user."""
    if not os.getuid():
        for path in (folder, *folder.rglob("*")):
            os.lchown(path, SOMEBODY, SOMEBODY)


def closed(*folders):
    for folder in folders:
        for path in [path for path in folder.rglob("*") if path.is_dir()]:
            path.chmod(0o555)
        folder.chmod(0o555)


def opened(folder):
    folder.chmod(0o755)
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            opened(path)


def there(place, made):
    run = place / "run"
    if run.exists():
        opened(run)
        shutil.rmtree(run)
    shutil.copytree(made, run)
    for name in ("home", "cache", "settings"):
        shutil.rmtree(place / name, ignore_errors=True)
        (place / name).mkdir(mode=0o700)
        own(place / name)
    own(run)
    return run


@pytest.mark.parametrize("name", [part(name) for name in EACH])
def test_in_a_folder_without_rights_a_command_says_so_and_leaves_the_files_as_they_were(anybody, made, name):
    ask, place = anybody
    run = there(place, made)
    before = written(run)
    closed(run)
    ended = ask(EACH[name], run, said=place / "said" / "x")
    opened(run)
    assert "ermission denied" in says_so(ended) or "can't be written" in says_so(ended)
    assert written(run) == before


@pytest.mark.parametrize("name", [part(name) for name in (*EACH, *READS)])
def test_without_a_home_a_cache_or_settings_that_can_be_written_each_command_works(anybody, made, name):
    ask, place = anybody
    run = there(place, made)
    closed(place / "home", place / "cache", place / "settings")
    ended = ask({**EACH, **READS}[name], run, said=place / "said" / "x")
    for folder in ("home", "cache", "settings"):
        (place / folder).chmod(0o755)
        assert list((place / folder).iterdir()) == []
    fine(ended)


@pytest.mark.parametrize("name", [part(name) for name in READS])
def test_a_command_that_only_prints_works_in_a_folder_without_rights(anybody, made, name):
    ask, place = anybody
    run = there(place, made)
    closed(run)
    ended = ask(READS[name], run, said=place / "said" / "x")
    opened(run)
    fine(ended)


def test_in_a_folder_without_rights_the_app_and_a_room_say_so(anybody, made):
    _, place = anybody
    run = there(place, made)
    closed(run)
    app = App(place, run / "Workshops", () if os.getuid() else ANYBODY)
    app.start()
    try:
        status, said = app.ask("open", {"kit": str(run / "bread")})
        assert status == 422
        assert "Permission denied" in json.loads(said)["problems"][0]["message"]
    finally:
        app.kill(alone=False)
        opened(run)


@pytest.mark.broad
def test_without_a_home_and_settings_that_can_be_written_the_app_works(anybody, made):
    _, place = anybody
    run = there(place, made)
    closed(place / "home", place / "cache", place / "settings")
    app = App(place, run / "Workshops", () if os.getuid() else ANYBODY)
    app.start()
    try:
        assert app.ask("open", {"kit": str(run / "bread")})[0] == 200
        (app.folder,) = (run / "Workshops").iterdir()
        app.keep("form", "form", {"people": 12, "paper": "a4"})
        assert (job := app.built())["state"] == "done", json.dumps(job)
        app.compare()
        assert app.ask("open", {"name": app.folder.name})[0] == 200
        assert "stranger" not in app.state()
    finally:
        app.kill(alone=False)
        for name in ("home", "cache", "settings"):
            (place / name).chmod(0o755)
