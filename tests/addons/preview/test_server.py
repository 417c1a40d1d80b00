import http.client
import json
import threading

import pytest

from tests.addons.preview.test_session import TALK, session_of
from workshop.addons.preview.server import Server
from workshop.cli.app import main
from workshop.fonts import ARIMO


@pytest.fixture(scope="module")
def talk(tmp_path_factory):
    path = tmp_path_factory.mktemp("served") / "talk.md"
    path.write_text(TALK.replace("![A grey square](grey.png)", "- no picture"))
    return path


@pytest.fixture(scope="module")
def server(talk):
    session = session_of(talk)
    session.refresh()
    made = Server(session)
    threading.Thread(target=made.serve_forever, args=(0.02,), daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


def ask(server, path="", *, token=None, method="GET", **headers):
    """Return status, headers and body of the answer to one request."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    whole = f"/{server.token if token is None else token}/{path}"
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.putrequest(method, whole, skip_host="Host" in named)
    for name, value in named.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, dict(answer.getheaders()), body


def test_it_listens_on_this_computer_alone(server):
    assert server.server_address[0] == "127.0.0.1"
    assert server.address == f"http://127.0.0.1:{server.port}/{server.token}/"
    assert len(server.token) >= 32


@pytest.mark.parametrize("path", ["", "page.js", "page.css", "fonts.css", "state"])
def test_the_page_and_all_that_belongs_to_it_may_only_use_this_server(server, path):
    status, headers, body = ask(server, path)
    assert status == 200
    assert body
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ["", "page.js", "state"])
@pytest.mark.parametrize(
    "asked",
    [
        {"token": ""},
        {"token": "x" * 32},
        {"Host": "evil.example"},
        {"Host": "127.0.0.1"},
        {"Host": "127.0.0.1:1"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
)
def test_whoever_does_not_come_from_the_page_gets_nothing(server, path, asked):
    status, _, body = ask(server, path, **asked)
    assert status == 403
    assert b"A talk" not in body
    assert server.token.encode() not in body


TAB = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}


def test_the_file_that_the_command_opens_may_lead_to_the_page(server):
    assert ask(server, **TAB)[0] == 200


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("", {"token": "x" * 32}),
        ("", {"Host": "evil.example"}),
        ("", {"Origin": "null"}),
        ("", {"Sec_Fetch_Site": "same-site"}),
        ("", {"Sec_Fetch_Mode": "no-cors"}),
        ("", {"Sec_Fetch_Dest": "iframe"}),
        ("", {"Sec_Fetch_Dest": "script"}),
        ("?after=1", {"Sec_Fetch_Dest": "embed"}),
        *((path, {}) for path in ("state", "page.js", "page.css", "fonts.css", "fonts/0", "document/explore", "x")),
    ],
)
def test_another_site_gets_nothing_by_going_there_in_any_other_way(server, path, asked):
    status, _, body = ask(server, path, **{**TAB, **asked})
    assert (status, server.token.encode() in body) == (403, False)


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1"])
def test_the_page_itself_is_answered_under_both_names_of_this_computer(server, name):
    own = f"{name}:{server.port}"
    assert ask(server, "state", Host=own, Origin=f"http://{own}", Sec_Fetch_Site="same-origin")[0] == 200


@pytest.mark.parametrize(
    "path", ["../page.py", "media/../../etc/passwd", "media/0", "fonts/99", "fonts/x", "document/deck", "x", "%2e%2e/x"]
)
def test_no_other_file_can_be_asked_for(server, path):
    assert ask(server, path)[0] == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_can_be_sent_to_it(server, method):
    assert ask(server, "state", method=method)[0] == 501


def test_the_typefaces_of_the_deck_are_served(server):
    _, _, rules = ask(server, "fonts.css")
    assert b'font-family:"Arimo"' in rules
    _, headers, body = ask(server, "fonts/0")
    assert (headers["Content-Type"], body) == ("font/ttf", ARIMO.read_bytes())


def test_news_arrive_as_soon_as_the_file_is_saved(server, talk, monkeypatch):
    monkeypatch.setattr("workshop.addons.preview.server.WAIT", None)  # however long the build takes
    first = json.loads(ask(server, "state")[2])
    got = []
    waiting = threading.Thread(target=lambda: got.append(json.loads(ask(server, f"state?after={first['number']}")[2])))
    waiting.start()
    assert not got
    talk.write_text(talk.read_text().replace("another point", "news"))
    server.session.refresh_if_changed()
    waiting.join()
    (news,) = got
    assert news["number"] == first["number"] + 1
    assert list(news["pictures"]) == [news["changed"]]


def test_a_second_preview_takes_another_port(server):
    other = Server(server.session)
    try:
        assert other.port != server.port
        assert other.token != server.token
    finally:
        other.server_close()


def test_a_port_that_is_taken_is_refused(server):
    with pytest.raises(OSError, match="in use"):
        Server(server.session, server.port)


def test_the_command_says_that_its_port_is_taken(server, talk, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["preview", str(talk), "--no-open", "--port", str(server.port)])
    assert ended.value.code == 3
    assert f"the port {server.port} can't be used" in capsys.readouterr().err
