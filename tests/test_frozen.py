"""Tries the program in a folder of its own, which ``make frozen`` builds, where there is no Python and no variable is set."""

import json
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest

from tests.addons.web.served import ask

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = ROOT / "build" / "frozen" / "workshop" / "workshop"
CHOSEN = ("--audience", "executives", "--minutes", "45")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not PROGRAM.is_file(), reason="make frozen builds it"),
]


@pytest.fixture
def home(tmp_path):
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


def test_it_builds_the_kit_with_the_bytes_of_an_installed_program(home, tmp_path):
    environment = {"HOME": str(home)}
    command = [str(PROGRAM), "build", *CHOSEN, "--out", "frozen"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    installed = [str(Path(sys.executable).with_name("workshop")), "build", *CHOSEN, "--out", "installed"]
    subprocess.run(installed, cwd=tmp_path, env=environment, capture_output=True, check=True)
    made = {path.name: path.read_bytes() for path in (tmp_path / "frozen").iterdir()}
    assert "facilitator.pdf" in made
    assert made == {path.name: path.read_bytes() for path in (tmp_path / "installed").iterdir()}


@contextmanager
def started(home, tmp_path):
    command = [str(PROGRAM), "app", "--no-open"]
    with subprocess.Popen(command, cwd=tmp_path, env={"HOME": str(home)}, stdout=subprocess.PIPE, text=True) as process:
        try:
            address = urlsplit(process.stdout.readline().split()[-1])
            yield process, SimpleNamespace(port=address.port, secret=address.path.strip("/"))
        finally:
            process.kill()


def test_the_app_plans_draws_and_makes_the_files(home, tmp_path):
    with started(home, tmp_path) as (process, own):

        def post(path, what):
            body = json.dumps(what).encode()
            status, _, answer = ask(own, path, method="POST", body=body)
            assert status == 200, answer
            return json.loads(answer)

        def get(path):
            return json.loads(ask(own, path)[2])

        assert b"What would you like to teach?" in ask(own)[2]
        post("open", {"kit": ""})
        plan = post("form", {"audience": "executives", "minutes": 45})
        assert plan["total"] == 45
        assert plan["command"].startswith(str(PROGRAM))
        assert len(get("draw")["pictures"]) > 10
        post("build", {})
        state = get("state")
        while state["job"]["state"] == "running":
            state = get(f"state?after={state['number']}")
        assert state["job"]["state"] == "done", state["job"]["said"]
        assert {"deck.pptx", "leaf.pdf", "facilitator.pdf"} <= {file["name"] for file in get("files")}
        post("quit", {})
        process.communicate()
        assert process.returncode == 0
