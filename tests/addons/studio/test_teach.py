"""Tests of the live room in the app, with the real engine: opening, closing, going on, drawing again, and what is made afterwards."""

import json
import os
import shutil
import time
from contextlib import closing
from http.client import HTTPConnection

import pytest

from tests.addons.studio.test_make import App, cache_of_the_app  # noqa: F401 - a fixture
from tests.addons.web.served import ask, serving
from workshop.addons.live.network import THIS, Place, networks

pytestmark = pytest.mark.long
TALK = """---
title: Dough
---

# Which dough rises first? {#dough layout=predict minutes=1}

- Rye
- Oat {right=yes}

# Oat does {#oat answers=dough}

- indeed
"""


class Taught(App):
    """The app with a room."""

    def do(self, event, **what):
        return self.post("room/do", {"event": event, **what})

    def open_room(self):
        assert self.post("room/open", {"host": THIS, "wifi": "Garten"}) == (200, {})
        return self.get("state")["room"]["address"]

    def phone(self, address, path="", method="GET", body=None, cookie=""):
        """Ask as a phone does, on the port of the room; return status, cookie and answer."""
        host, _, code = address.partition("/")
        connection = HTTPConnection(host)
        headers = {"Content-Type": "application/json", "Cookie": cookie}
        connection.request(method, f"/{code}/{path}", json.dumps(body) if body is not None else None, headers)
        answer = connection.getresponse()
        given = answer.getheader("Set-Cookie", "").partition(";")[0]
        content = answer.read()
        connection.close()
        return answer.status, given, content


@pytest.fixture(scope="module")
def app(tmp_path_factory, cache_of_the_app):  # noqa: F811
    home = tmp_path_factory.mktemp("home")
    (home / "talk.md").write_text(TALK)
    made = Taught(home / "Workshops")
    with serving(made.studio.serving):
        made.folder = made.open(home / "talk.md")
        yield made


@pytest.fixture
def room(app):
    """Open a room, and leave nothing of it."""
    address = app.open_room()
    yield address
    assert app.post("after/delete") == (200, {})
    assert app.get("state")["room"] is None


def test_without_a_room_there_is_neither_wall_nor_remote(app):
    assert app.get("state")["room"] is None
    assert [ask(app.studio.own, path)[0] for path in ("wall/news", "room/news", "wall/code.svg")] == [404, 404, 404]
    assert app.do("next")[0] == 404


def test_the_networks_of_this_computer_can_be_chosen_and_no_other_address(app):
    offered = [one["host"] for one in app.get("room/networks")["networks"]]
    assert offered == [*(host for _, host in networks()), THIS]
    status, told = app.post("room/open", {"host": "203.0.113.1"})
    assert (status, "nothing can be served at 203.0.113.1" in told["problems"][0]["message"]) == (422, True)
    assert app.get("state")["room"] is None


def test_the_wall_shows_the_lobby_then_the_slides_with_their_words(app, room):
    wall = app.get("wall/news")
    assert (wall["phase"], wall["room"]["address"], wall["room"]["wifi"]) == ("lobby", room, "Garten")
    assert app.do("next") == (200, {})
    assert app.do("next") == (200, {})
    wall = app.get("wall/news")
    slide = app.get(f"wall/slide/{wall['slide']['id']}")
    assert (wall["slide"]["id"], slide["svg"].startswith("<svg"), "Rye" in slide["words"]) == ("dough", True, True)
    assert ask(app.studio.own, "wall/fonts.css")[0] == 200
    assert app.get("wall/slide/nowhere") == 404
    for path in ("wall/code.svg", "room/remote.svg"):
        assert ask(app.studio.own, path)[1]["content-type"] == "image/svg+xml"


def test_the_wall_is_small_over_the_wire(app):
    own, size = app.studio.own, 0
    for name in ("", "wall.css", "dom.js", "results.js", "wall.js"):
        with closing(HTTPConnection("127.0.0.1", own.port)) as connection:
            connection.request("GET", f"/{own.secret}/wall/{name}", headers={"Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            assert (answer.status, answer.getheader("Content-Encoding")) == (200, "gzip")
            size += len(answer.read())
    assert size <= 10 * 1024


def test_a_phone_bets_and_after_the_app_was_gone_its_seat_and_its_bet_are_still_there(app, room):
    status, cookie, _ = app.phone(room, "seat", "POST", {"code": ""})
    assert status == 200
    for event in ("next", "next", "open"):
        assert app.do(event) == (200, {})
    answer = {"question": "dough", "round": 1, "pick": "B"}
    assert app.phone(room, "answer", "POST", answer, cookie)[0] == 200
    assert app.post("room/close") == (200, {})
    with pytest.raises(ConnectionRefusedError):
        app.phone(room)
    assert app.open_room() == room
    state = json.loads(app.phone(room, "news", cookie=cookie)[2])
    assert (state["phase"], state["picks"]) == ("open", {"dough": "B"})


def test_a_room_may_be_begun_anew(app, room):
    app.do("next")
    assert app.post("room/open", {"host": THIS, "new": True}) == (200, {})
    assert (app.get("wall/news")["phase"], app.get("state")["after"]["rooms"]) == ("lobby", 2)
    assert app.get("state")["room"]["address"] != room


def test_after_show_the_slides_to_come_are_drawn_again_with_the_rooms_bets(app, room):
    for event in ("next", "next", "open"):
        app.do(event)
    for letter, count in (("A", 4), ("B", 15)):
        assert app.do("hands", question="dough", pick=letter, count=count) == (200, {})
    app.do("close")
    app.do("show")
    wall = app.get("wall/news")
    assert (wall["counts"]["dough"], wall["right"]) == ({"A": 4, "B": 15}, {"dough": "B"})
    while wall["following"]:
        wall = app.get(f"wall/news?after={wall['number']}")
    assert app.get("room/news")["problem"] == ""
    assert b"Dough,1,4,15" in (app.folder / "room" / "bets.csv").read_bytes()
    assert (wall["slide"]["id"], wall["slide"]["next"]["id"]) == ("dough", "oat")


def test_if_the_engine_dies_the_room_goes_on_and_its_slides_are_drawn_by_another_one(app, room):
    for event in ("next", "next", "open"):
        app.do(event)
    app.do("hands", question="dough", pick="A", count=3)
    starts = app.get("state")["starts"]
    app.studio.engine.kill()
    while app.get("state")["starts"] == starts:
        time.sleep(0.05)
    app.do("close")
    wall = app.get("wall/news")
    while wall["following"]:
        wall = app.get(f"wall/news?after={wall['number']}")
    assert (wall["phase"], app.get("room/news")["problem"]) == ("shut", "")
    assert app.do("late", minutes=5)[0] == 200


def test_a_new_remote_has_another_address_and_the_old_one_is_nowhere(app, room):
    before = app.get("state")["room"]["remote"]
    assert app.post("room/new-remote") == (200, {})
    after = app.get("state")["room"]["remote"]
    assert before != after
    path = "/".join(before.split("/")[4:])
    assert [app.phone(room, one)[0] for one in (path, "/".join(after.split("/")[4:]))] == [404, 200]


def test_what_the_room_said_is_frozen_into_tables_and_a_deck(app):
    app.open_room()
    for event in ("next", "next", "open"):
        app.do(event)
    app.do("hands", question="dough", pick="B", count=9)
    for event in ("close", "show", "end"):
        app.do(event)
    assert app.post("after/freeze") == (200, {})
    while (state := app.get("state"))["after"]["job"]["state"] == "running":
        time.sleep(0.05)
    assert state["after"]["job"]["state"] == "done", state["after"]["job"]
    assert state["room"] is None
    assert {"bets.csv", "actual.csv", "deck/deck.pptx"} <= set(state["after"]["files"])
    assert b"9" in ask(app.studio.own, "after/file/bets.csv")[2]
    assert ask(app.studio.own, "after/file/../workshop.json")[0] == 404
    status, told = app.post("after/quiz")
    assert (status, "nobody has answered the quiz" in told["problems"][0]["message"]) == (422, True)
    assert app.post("after/delete") == (200, {})
    assert app.get("state")["after"]["rooms"] == state["after"]["rooms"] - 1
    assert (app.folder / "after" / "bets.csv").is_file()


def test_what_each_seat_answered_is_named_and_goes_and_nothing_of_an_earlier_room(app):
    while app.get("state")["after"]["rooms"]:
        assert app.post("after/delete") == (200, {})
    app.open_room()
    assert app.post("room/open", {"host": THIS, "new": True}) == (200, {})
    earlier, last = sorted(path.name for path in (app.folder / "room").glob("*.db"))
    assert app.post("room/close") == (200, {})
    before = (app.folder / "room" / earlier).read_bytes()
    sheets = app.folder / "after" / "quiz.csv"
    sheets.parent.mkdir(exist_ok=True)
    sheets.write_text("participant,when,1\n07M,before,A\n")
    goes = app.get("state")["after"]["goes"]
    assert {f"room/{last}", "after/quiz.csv"} <= set(goes)
    assert not any(earlier in path for path in goes)
    assert app.post("after/delete") == (200, {})
    assert not any((app.folder / path).exists() for path in goes)
    assert [path.name for path in (app.folder / "room").glob("*.db*")] == [earlier]
    assert (app.folder / "room" / earlier).read_bytes() == before
    sheets.write_text("participant,when,1\n01E,before,B\n")
    os.utime(sheets, (1, 1))  # it is from before any room here
    assert app.post("after/delete") == (200, {})
    assert sheets.is_file()
    sheets.unlink()
    assert app.get("state")["after"]["goes"] == []


def test_the_network_and_the_wifi_of_the_last_room_are_offered_first_in_the_next_workshop_too(app):
    app.open_room()
    assert app.post("after/delete") == (200, {})
    before = app.folder
    app.open(app.home.parent / "talk.md")
    try:
        told = app.get("room/networks")
        assert (told["networks"][0]["host"], told["wifi"]) == (THIS, "Garten")
    finally:
        assert app.post("open", {"name": before.name}) == (200, {})


def test_a_full_disk_or_a_folder_that_cannot_be_written_is_told_before_the_room_opens(app, monkeypatch):
    usage = shutil.disk_usage(app.folder)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1_000_000))
        status, told = app.post("room/open", {"host": THIS})
        assert (status, "the disk is nearly full" in told["problems"][0]["message"]) == (422, True)
    folder = app.folder / "room"
    shutil.rmtree(folder)
    folder.write_text("in the way")
    status, told = app.post("room/open", {"host": THIS})
    assert (status, "can't be written" in told["problems"][0]["message"]) == (422, True)
    folder.unlink()
    folder.mkdir()
    assert app.get("state")["room"] is None


def test_a_table_of_ones_own_is_compared_if_no_phone_answered_the_quiz(app):
    assert app.post("after/quiz")[0] == 422
    assert app.give("quiz", "our quiz.csv", b"participant,when,1\n01,before,A\n") == (200, {})
    assert app.post("after/quiz") == (200, {})
    while (job := app.get("state")["after"]["job"])["state"] == "running":
        time.sleep(0.05)
    assert (job["state"], "this kit has no quiz" in job["said"][0]) == ("failed", True)  # a talk has none
    assert app.post("drop/quiz") == (200, {})


def test_the_minutes_that_the_room_took_are_shown_and_may_be_planned_with(app):
    app.open_room()
    for event in ("next", "next", "end"):
        app.do(event)
    assert app.post("after/freeze") == (200, {})
    while (state := app.get("state"))["after"]["job"]["state"] == "running":
        time.sleep(0.05)
    minutes = state["after"]["minutes"]
    assert {"Which dough rises first?"} <= {one["title"] for one in minutes["slides"]}
    assert state["timed"] == ["workshop"]
    plan = app.post("form", {"timed": "workshop"})[1]
    assert "--actual=after/actual.csv" in plan["command"]
    assert app.post("form", {})[0] == 200
    assert app.post("after/delete") == (200, {})


def test_a_code_that_joins_the_wifi_is_shown_if_its_password_is_known():
    place = Place(host=THIS, port=8080, code="k7qd2m", wifi='Gar;ten"', password="a:b")
    assert place.joins == 'WIFI:T:WPA;S:Gar\\;ten\\";P:a\\:b;;'
    assert Place(host=THIS, port=8080, code="k7qd2m", wifi="Garten").joins == ""
