import json
import threading

import pytest

from tests.addons.preview.test_session import TALK
from tests.addons.web.served import ask, refusals, routes_of, serving
from workshop.addons.preview.preview_page import Preview
from workshop.ai_models.register import kit_folder
from workshop.cli.app import main
from workshop.fonts import ARIMO
from workshop.model.request import Request

pytestmark = pytest.mark.long


def preview_of(talk, port=0):
    return Preview(talk, Request(cache=None), port, print)


@pytest.fixture(scope="module")
def talk(tmp_path_factory):
    path = tmp_path_factory.mktemp("served") / "talk.md"
    path.write_text(TALK.replace("![A grey square](grey.png)", "- no picture"))
    return path


@pytest.fixture(scope="module")
def preview(talk):
    made = preview_of(talk)
    with serving(made.serving):
        ask(made.own, "state")  # waits until there is one
        yield made


@pytest.fixture
def own(preview):
    return preview.own


@pytest.mark.parametrize("path", ["", "page.js", "page.css", "fonts.css", "state"])
def test_the_page_and_all_that_belongs_to_it_may_only_use_this_server(own, path):
    status, headers, body = ask(own, path)
    assert status == 200
    assert body
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"


def test_whoever_does_not_come_from_the_page_gets_nothing_from_any_route(preview):
    routes = routes_of(preview.routes)
    assert len(routes) == len(preview.routes)
    for method, path in routes:
        for refused in refusals(path):
            status, _, body = ask(preview.own, path, method=method, **refused)
            assert (status, b"A talk" in body, preview.own.secret.encode() in body) == (403, False, False), refused


@pytest.mark.parametrize(
    "path", ["../page.py", "media/../../etc/passwd", "media/0", "fonts/99", "fonts/x", "document/deck", "x", "%2e%2e/x"]
)
def test_no_other_file_can_be_asked_for(own, path):
    assert ask(own, path)[0] == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_can_be_sent_to_it(own, method):
    assert ask(own, "state", method=method, content_length="0")[0] == 405


def test_the_typefaces_of_the_deck_are_served(own):
    _, _, rules = ask(own, "fonts.css")
    assert b'font-family:"Arimo"' in rules
    _, headers, body = ask(own, "fonts/0")
    assert (headers["content-type"], body) == ("font/ttf", ARIMO.read_bytes())


def test_news_arrive_as_soon_as_the_file_is_saved(own, talk, monkeypatch):
    monkeypatch.setattr("workshop.addons.web.news.WAIT", None)  # however long the build takes
    first = json.loads(ask(own, "state")[2])
    got = []
    waiting = threading.Thread(target=lambda: got.append(json.loads(ask(own, f"state?after={first['number']}")[2])))
    waiting.start()
    assert not got
    talk.write_text(talk.read_text().replace("another point", "news"))
    waiting.join()
    (news,) = got
    assert news["number"] == first["number"] + 1
    assert list(news["pictures"]) == [news["changed"]]
    assert not news["again"]


def test_a_process_that_dies_is_started_again_and_the_page_gets_every_picture_and_is_told(talk):
    preview = preview_of(talk)
    with serving(preview.serving):
        first = json.loads(ask(preview.own, "state")[2])
        preview.engine.kill()
        then = json.loads(ask(preview.own, f"state?after={first['number']}")[2])
    assert (first["again"], then["again"]) == (False, True)
    assert then["number"] > first["number"]
    assert then["pictures"].keys() == first["pictures"].keys()


@pytest.mark.broad
def test_a_preview_of_a_kit_serves_its_documents_in_a_frame_without_access(tmp_path):
    preview = Preview(kit_folder(), Request(cache=tmp_path, stages=("1",)), 0, print)
    with serving(preview.serving):
        names = [document["name"] for document in json.loads(ask(preview.own, "state")[2])["documents"]]
        status, headers, body = ask(preview.own, "document/explore")
        assert (status, body[:15].lower()) == (200, b"<!doctype html>")
        assert headers["content-security-policy"].startswith("sandbox allow-scripts")
        assert ask(preview.own, f"document/{next(n for n in names if n != 'explore')}")[2][:5] == b"%PDF-"


def test_a_second_preview_takes_another_port(preview, talk):
    other = preview_of(talk)
    try:
        assert other.own.port != preview.own.port
        assert other.own.secret != preview.own.secret
    finally:
        other.own.socket.close()


def test_the_command_says_that_its_port_is_taken(own, talk, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["preview", str(talk), "--no-open", "--port", str(own.port)])
    assert ended.value.code == 3
    assert f"the port {own.port} can't be used" in capsys.readouterr().err
