"""The app and a room on a full disk: each says so, has all that it acknowledged, and goes on once there is room."""

import errno
import json
import os
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
from tests.hostile.disaster import linux, written
from tests.hostile.live import HOST, App, Voter, pressed

pytestmark = [pytest.mark.long, linux]
ROOM = 96 << 20  # bytes of the disk


class Disk:
    """A small disk that only the commands of one server see under its name.

    Args:
        process: one that sees it.
        name: of the disk in its sight.
    """

    def __init__(self, process, name):
        self.root = Path(f"/proc/{process}/root{name}")
        self.ballast = self.root / "ballast"

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
