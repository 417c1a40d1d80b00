"""The app in a process of its own, and phones that vote in a room, for tests of what an end without warning leaves."""

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing, suppress

from tests.addons.live.hall import CODE
from tests.hostile.disaster import ROOT, environment
from workshop.addons.studio.project import TIMED
from workshop.files.journal import digest
from workshop.files.output import read_manifest, recover

HOST = "127.0.0.1"


class Voter(threading.Thread):
    """A phone with an address of its own, which votes as fast as it is answered until nobody answers.

    Attributes:
        said: every letter that was sent for the question.
        kept: how many of them were acknowledged.
        cookie: of its seat, once it has one.
    """

    def __init__(self, number, before=None):
        super().__init__()
        self.number, self.cookie = number, before.cookie if before else ""
        self.said, self.kept, self.sat = [], 0, bool(before and before.sat)
        self.last = before.last if before else None
        self.port = 0

    def ask(self, method, path, what=None):
        body = None if what is None else json.dumps(what)
        named = {"Host": f"{HOST}:{self.port}", **({"Cookie": self.cookie} if self.cookie else {})}
        named |= {"Content-Type": "application/json"} if body else {}
        self.line.request(method, f"/{CODE}/{path}", body, named)
        answer = self.line.getresponse()
        content = answer.read()
        if cookie := answer.getheader("Set-Cookie"):
            self.cookie = cookie.partition(";")[0]
        return answer.status, content

    def connect(self, port):
        self.port = port
        self.line = http.client.HTTPConnection(HOST, port, source_address=(f"127.0.0.{self.number + 1}", 0), timeout=5)

    def run(self):
        with suppress(OSError, http.client.HTTPException):
            if not self.sat:
                status, _ = self.ask("POST", "seat", {"code": f"{self.number:02d}"})
                self.sat = status == 200
            turn = 0
            while True:
                pick = "ABC"[(turn := turn + 1) % 3]
                self.said.append(pick)
                status, _ = self.ask("POST", "answer", {"question": "crawl", "round": 1, "pick": pick})
                if status == 200:
                    self.kept, self.last = len(self.said), pick
                elif status == 429:
                    time.sleep(0.05)


def pressed(port, secret, event):
    line = http.client.HTTPConnection(HOST, port, timeout=5, source_address=("127.0.3.1", 0))
    named = {"Host": f"{HOST}:{port}", "Content-Type": "application/json"}
    line.request("POST", f"/{CODE}/host/{secret}/do", json.dumps({"event": event}), named)
    assert line.getresponse().status == 200
    line.close()


class App:
    """The app in a process of its own, and what it acknowledged.

    Args:
        place: its home, cache, settings and temporary folders are below it.
        home: the folder of all workshops.
        before: what starts it: it begins with another program that ends as this one.
    """

    def __init__(self, place, home, before=()):
        self.place, self.home, self.before = place, home, before
        self.folder, self.kept, self.asked = None, {}, {}

    def start(self):
        command = [*self.before, sys.executable, "build_deck.py", "app", "--no-open", "--folder", str(self.home)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment(self.place), stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        said = self.process.stdout.readline()
        assert said.startswith("app: http://127.0.0.1:"), said
        self.port, _, self.secret = said.removeprefix("app: http://127.0.0.1:").strip(" /\n").partition("/")

    def ask(self, path, what=None, **named):
        body = None if what is None else what if isinstance(what, bytes) else json.dumps(what).encode()
        with closing(http.client.HTTPConnection(HOST, int(self.port), timeout=60)) as line:
            line.request("GET" if body is None else "POST", f"/{self.secret}/{path}", body, named)
            with closing(line.getresponse()) as answer:
                return answer.status, answer.read()

    def state(self):
        return json.loads(self.ask("state")[1])

    def keep(self, what, path, content, **named):
        """Send something, and note that it was sent, and that it was acknowledged."""
        self.asked[what] = content
        status, said = self.ask(path, content, **named)
        assert status == 200, said
        self.kept[what] = self.asked.pop(what)

    def work(self, rng):
        """Do what a trainer does, in a random order, until nobody answers."""
        with suppress(OSError, http.client.HTTPException):
            while True:
                turn = rng.randrange(4)
                if turn == 0:
                    self.keep("form", "form", {"people": rng.randrange(5, 40), "paper": rng.choice(["a4", "letter"])})
                elif turn == 1:
                    content = f"{rng.random()},".encode() * 20_000
                    self.keep("quiz.csv", "give/quiz", content, **{"X-Name": "quiz.csv"})
                elif turn == 2:
                    self.keep("minutes", "rehearsed", {"rye": float(rng.randrange(30, 300))})
                elif (self.state()["job"] or {"state": ""})["state"] != "running":
                    self.ask("build", {})

    def kill(self, *, alone):
        """Kill the app alone, or with the processes that it started."""
        (os.kill if alone else os.killpg)(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()

    def compare(self):
        """Find all that was acknowledged in the folder; what was only asked for is there, or isn't."""
        form = json.loads((self.folder / "workshop.json").read_text())
        wanted = [self.kept.get("form"), self.asked.get("form")]
        assert any(
            one and (form.get("people"), form.get("paper")) == (one["people"], one["paper"]) for one in wanted
        ) or wanted == [None, None], (form, wanted)
        quiz = self.folder / "given" / "quiz.csv"
        found = quiz.read_bytes() if quiz.exists() else None
        assert found in (self.kept.get("quiz.csv"), self.asked.get("quiz.csv"))
        if found is not None:
            self.kept["quiz.csv"] = found
        if "form" in self.asked:
            self.kept["form"] = {"people": form["people"], "paper": form["paper"]}
        seconds = self.folder / TIMED["rehearsal"]
        if "minutes" in self.kept:
            wanted = [one["minutes"] for one in (self.kept, self.asked) if "minutes" in one]
            assert any(f"{one['rye'] / 60:.2f}" in seconds.read_text() for one in wanted), (seconds.read_text(), wanted)
        self.asked = {}
        out = self.folder / "out"
        if out.exists():
            recover(out)
            assert {name: digest((out / name).read_bytes()) for name in read_manifest(out)} == read_manifest(out)

    def built(self):
        assert self.ask("build", {})[0] == 200
        while (job := self.state()["job"])["state"] == "running":
            time.sleep(0.1)
        return job
