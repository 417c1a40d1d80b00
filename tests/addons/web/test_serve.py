import asyncio
import http.client
import json
import re
import socket
import threading
from contextlib import ExitStack, asynccontextmanager, closing, contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from tests.addons.web.served import ask, refusals, serving
from workshop.addons.web import connections
from workshop.addons.web.news import News
from workshop.addons.web.serve import Beside, Own, Serving, listening
from workshop.errors import WorkshopError


@asynccontextmanager
async def nothing(_):
    yield


class Page:
    """A page that says hello, waits for news, and fails."""

    def __init__(self):
        self.said, self.news = [], None
        self.own = Own(0, self.said.append)
        routes = [Route("/", self.hello), Route("/news", self.wait), Route("/fail", self.fail)]
        self.serving = Serving(self.own, self.own.app(routes, self.life), self.end)

    def end(self):
        if self.news is not None:
            self.news.end()

    @asynccontextmanager
    async def life(self, _):
        self.news = News()
        yield

    async def hello(self, _):
        return PlainTextResponse("hello")

    async def wait(self, _):
        return PlainTextResponse(str(await self.news.after(0)))

    async def fail(self, _):
        raise RuntimeError("secret words")


@pytest.fixture
def page():
    made = Page()
    with serving(made.serving):
        yield made


def test_it_listens_on_this_computer_alone(page):
    assert page.own.socket.getsockname()[0] == "127.0.0.1"
    assert page.own.address == f"http://127.0.0.1:{page.own.port}/{page.own.secret}/"
    assert len(page.own.secret) >= 32


def test_the_answers_are_for_whoever_knows_the_address(page):
    assert ask(page.own)[2] == b"hello"
    assert ask(page.own, whole=f"/{page.own.secret}")[0] == 404
    for refused in refusals("news"):
        assert ask(page.own, "news", **refused)[0] == 403


def test_a_mistake_of_ours_is_told_without_its_details_and_with_all_headers(page):
    status, headers, body = ask(page.own, "fail")
    assert (status, b"secret words" in body) == (500, False)
    assert headers["content-security-policy"].startswith("default-src 'none'")


def test_at_the_end_nobody_waits_for_news(page):
    got = []
    waiting = threading.Thread(target=lambda: got.append(ask(page.own, "news")[2]))
    waiting.start()
    while page.news is None or not page.serving._server.server_state.tasks:
        pass
    page.serving.end()
    waiting.join()
    assert got == [b"0"]


# ---------------------------------------------------------------- the code
def typed(page, code, **headers):
    status, _, body = ask(page.own, whole="/", method="POST", body=code.encode(), **headers)
    return status, json.loads(body) if status != 413 else {}


def test_the_code_in_the_terminal_leads_to_the_page_once(page):
    status, headers, body = ask(page.own, whole="/")
    assert (status, b"eight letters" in body) == (200, True)
    assert headers["content-security-policy"].startswith("default-src 'none'")
    code = page.own.code
    assert re.fullmatch("[A-Z]{8}", code)
    assert typed(page, f" {code[:4].lower()} {code[4:]} ") == (200, {"to": f"/{page.own.secret}/"})
    assert typed(page, code)[0] == 403


def test_wrong_codes_only_make_everybody_wait_and_the_code_stays(page, monkeypatch):
    now = [1000.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    code = page.own.code
    for _ in range(4):
        assert typed(page, "AAAA")[0] == 403
        assert typed(page, code) == (429, {"problem": "One moment: try again in 1 s."})
        now[0] += 1.01
    assert page.said == []
    assert typed(page, "AAAA")[0] == 403
    assert page.said == ["Somebody typed 5 wrong codes; from now on, one can be tried every 10 seconds."]
    now[0] += 1.01
    assert typed(page, code) == (429, {"problem": "One moment: try again in 9 s."})
    now[0] += 9
    assert page.own.code == code
    assert typed(page, code)[0] == 200


@pytest.mark.parametrize("path", ["/", "/door.js", "/door.css"])
def test_the_page_that_asks_for_the_code_is_for_this_computers_browser_too(page, path):
    for refused in refusals("door"):
        if "secret" not in refused:
            assert ask(page.own, whole=path, **refused)[0] == 403
            assert ask(page.own, whole=path, method="POST", body=page.own.code.encode(), **refused)[0] == 403


def test_a_code_has_no_room_for_anything_else(page):
    assert typed(page, "A" * 20_000)[0] == 413


# ---------------------------------------------------------------- the file, the port, the clock
def test_the_file_that_leads_to_the_page_is_private_and_deleted_by_the_first_request(page, monkeypatch):
    opened = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    page.own.show()
    with closing(page.own):
        file = Path(unquote(urlsplit(opened[0]).path))
        assert page.own.secret not in opened[0]
        assert page.own.address in file.read_text()
        assert [path.stat().st_mode & 0o777 for path in (file, file.parent)] == [0o600, 0o700]
        ask(page.own, whole="/")
        assert file.exists()
        ask(page.own)
        assert not file.exists()
    assert not file.parent.exists()


def test_a_port_that_is_taken_is_refused_and_without_one_the_next_is_used(page):
    with pytest.raises(WorkshopError, match=f"the port {page.own.port} can't be used"):
        listening(page.own.port)
    other = listening()
    assert other.getsockname()[1] != page.own.port
    other.close()


def closed(page, sent):
    """Return what comes until a connection is closed on which something was sent."""
    with socket.create_connection(("127.0.0.1", page.own.port)) as connection:
        connection.sendall(sent)
        got = b""
        while part := connection.recv(65536):
            got += part
        return got


@pytest.mark.parametrize("half", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\n"])
def test_a_connection_that_never_says_what_it_wants_is_closed(monkeypatch, page, half):
    monkeypatch.setattr(connections, "HEAD_TIME", 0.05)
    assert closed(page, half) == b""


def test_one_that_stops_in_the_middle_of_its_second_request_is_closed_too(monkeypatch, page):
    monkeypatch.setattr(connections, "HEAD_TIME", 0.05)
    whole = f"GET /{page.own.secret}/ HTTP/1.1\r\nHost: 127.0.0.1:{page.own.port}\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", page.own.port)) as connection:
        connection.sendall(whole)
        got = b""
        while not got.endswith(b"hello"):
            got += connection.recv(65536)
        connection.sendall(b"GET / HT")
        assert connection.recv(65536) == b""


def test_a_connection_that_waits_for_news_is_left_open(monkeypatch, page):
    monkeypatch.setattr(connections, "HEAD_TIME", 0.05)
    head = f"GET /{page.own.secret}/news HTTP/1.1\r\nHost: 127.0.0.1:{page.own.port}\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", page.own.port)) as connection:
        connection.sendall(head)
        asyncio.run(asyncio.sleep(0.3))
        page.serving._loop.call_soon_threadsafe(page.news.tell)
        assert connection.recv(65536).startswith(b"HTTP/1.1 200")


# ---------------------------------------------------------------- a second server
async def seated(scope, receive, send):
    """Answer, and let whoever asks for "/seat" have one."""
    scope["connection"].sits(scope["path"].removeprefix("/"))
    await PlainTextResponse("beside")(scope, receive, send)


class Both(Page):
    """A page beside which something else is served."""

    @asynccontextmanager
    async def life(self, _):
        self.loop = asyncio.get_running_loop()
        at = listening()
        self.port = at.getsockname()[1]
        self.ended = []
        async with super().life(_):
            self.beside = Beside(seated, at, 3, lambda: self.ended.append(True))
            yield
            await self.beside.end()


@pytest.fixture
def both():
    made = Both()
    with serving(made.serving):
        while not hasattr(made, "beside"):
            pass
        yield made


@contextmanager
def beside(both, path="/"):
    """Ask what is served beside the page."""
    with closing(http.client.HTTPConnection("127.0.0.1", both.port)) as connection:
        connection.request("GET", path)
        yield connection, connection.getresponse().read()


def test_a_second_server_answers_on_a_port_of_its_own_until_it_is_ended(both):
    with beside(both) as (_, answer):
        assert (answer, ask(both.own)[2]) == (b"beside", b"hello")
    asyncio.run_coroutine_threadsafe(both.beside.end(), both.loop).result()
    with pytest.raises(ConnectionRefusedError), beside(both):
        pass
    assert ask(both.own)[2] == b"hello"
    assert both.ended[:1] == [True]


def test_connections_that_say_nothing_make_room_for_those_that_ask(both):
    with ExitStack() as opened:
        kept, _ = opened.enter_context(beside(both, "/seat"))
        silent = [opened.enter_context(socket.create_connection(("127.0.0.1", both.port))) for _ in range(8)]
        assert opened.enter_context(beside(both))[1] == b"beside"
        assert silent[0].recv(1) == b""  # the oldest was closed, long before its time was over
        kept.request("GET", "/seat")
        assert kept.getresponse().read() == b"beside"


def test_an_address_that_is_not_one_of_this_computer_is_refused_with_a_way_out():
    with pytest.raises(WorkshopError, match=r"nothing can be served at 203\.0\.113\.1: .*choose another network"):
        listening(0, "203.0.113.1")


def test_a_port_can_be_used_again_at_once_though_connections_of_a_killed_program_linger_and_a_taken_one_cannot():
    first = listening()
    port = first.getsockname()[1]
    with socket.create_connection(("127.0.0.1", port)) as visitor:
        accepted, _ = first.accept()
        accepted.close()  # as the system does for a program that is killed
        first.close()
        assert visitor.recv(1) == b""
    with closing(listening(port)), pytest.raises(WorkshopError):
        listening(port)
