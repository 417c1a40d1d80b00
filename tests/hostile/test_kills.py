"""Kills commands, the app and a room at random moments: files are the old ones or the new ones, and the next run works."""

import json
import os
import random
import signal
import threading
import time

import pytest

from tests.addons.back.test_adopt import KIT, put
from tests.addons.live.crowd import room_alone
from tests.hostile.disaster import (
    ADOPT,
    BATCH,
    BUILD,
    KILLS,
    Again,
    begun,
    commands,
    fine,
    is_one_of,
    linux,
    written,
)
from tests.hostile.live import App, Voter, pressed
from tests.tiers import few

pytestmark = [pytest.mark.long, linux]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    place = tmp_path_factory.mktemp("kills")
    for name in ("home", "tmp", "start"):
        (place / name).mkdir()
    with commands(place) as ask:
        begun(ask, place / "start", place / "said")
        yield ask, place


@pytest.mark.parametrize(
    "command",
    few([ADOPT, BUILD, BATCH], ci=[ADOPT, BUILD]),
    ids=lambda command: command[0],
)
def test_a_killed_command_leaves_each_file_old_or_new_and_the_next_run_makes_all_of_them(made, command):
    ask, place = made
    again = Again(place / "start", place / "run", command)
    old = again.restore()
    again.restore()
    took = fine(ask([*command], again.folder, said=place / "said"))["wall"]
    new = written(again.out)
    assert old
    assert old != new
    rng, killed = random.Random(7), 0
    for turn in range(KILLS):
        again.restore()
        ended = ask(command, again.folder, said=place / "said", seconds=took * rng.random())
        assert ended["code"] in (0, -signal.SIGKILL), ended
        killed += ended["code"] != 0
        assert is_one_of(written(again.out), old, new) == [], turn
        fine(ask(command, again.folder, said=place / "said"))
        assert written(again.out) == new, turn
    assert killed >= KILLS // 2


# ---------------------------------------------------------------- a room
def test_a_killed_room_has_every_answer_that_it_acknowledged_and_every_seat(tmp_path):
    rng, voters, votes = random.Random(5), [], 0
    for turn in range(KILLS + 1):
        with room_alone(24, tmp_path) as (port, secret, process):
            if turn == 0:
                for event in ("next", "next", "next", "next", "open"):
                    pressed(port, secret, event)
            new = [Voter(number, voters[number - 1] if voters else None) for number in range(1, 13)]
            for voter in new:
                voter.connect(port)
                if voter.sat:
                    status, content = voter.ask("GET", "news?after=-1")
                    state = json.loads(content)
                    assert (status, bool(state["seat"])) == (200, True), (turn, voter.number)
                    unsure = voters[voter.number - 1].said[voters[voter.number - 1].kept :][:1]
                    assert state["picks"].get("crawl") in [voter.last, *unsure], (turn, voter.number)
                    voter.last = state["picks"].get("crawl")
            for voter in new:
                voter.start()
            time.sleep(rng.random() * 0.6)
            os.kill(process, signal.SIGKILL)
            for voter in new:
                voter.join()
                voter.line.close()
                votes += voter.kept
            voters = new
    assert votes > 20 * KILLS


# ---------------------------------------------------------------- the app
@pytest.mark.broad
def test_a_killed_app_has_all_that_it_acknowledged_and_builds_the_next_time(tmp_path):
    for name in ("home", "tmp"):
        (tmp_path / name).mkdir()
    put(tmp_path / "bread", KIT)
    app, rng = App(tmp_path, tmp_path / "Workshops"), random.Random(3)
    for turn in range(KILLS):
        app.start()
        if app.folder is None:
            assert app.ask("open", {"kit": str(tmp_path / "bread")})[0] == 200
            (app.folder,) = (tmp_path / "Workshops").iterdir()
        else:
            assert app.ask("open", {"name": app.folder.name}) == (200, b"{}")
            assert "stranger" not in app.state()
            if turn % 4 == 0:
                assert app.built()["state"] == "done", turn
        killer = threading.Timer(rng.random() * 3, app.kill, kwargs={"alone": turn % 2 == 0})
        killer.start()
        app.work(rng)
        killer.join()
        app.compare()
    assert app.kept
