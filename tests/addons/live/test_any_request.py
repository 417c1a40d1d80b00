"""Thousands of requests that nobody foresaw, on the port of the app and on that of a room: none makes an error of ours."""

import asyncio
import json
import random
import socket
from contextlib import asynccontextmanager

import pytest

from tests.addons.live.hall import CODE, opened
from tests.addons.web.served import routes_of, serving
from tests.tiers import few
from workshop.addons.live import routes
from workshop.addons.studio.make import Studio
from workshop.addons.web import connections, news
from workshop.addons.web.serve import Beside, listening

HOST = "127.0.0.1"
EVENTS = (
    "next",
    "open",
    "close",
    "show",
    "again",
    "yes",
    "no",
    "take back",
    "let in",
    "hands",
    "word",
    "late",
    "paper",
    "go",
    "skip",
    "blank",
    "pause",
    "resume",
    "x",
)
NAMES = (
    "event", "question", "pick", "count", "seat", "text", "minutes", "round", "sure", "code", "name", "kit", "slide", "line", "texts", "host", "wifi",
    "password", "new", "people", "audience", "names", "date", "theme",
)  # fmt: skip
NEVER = {
    "quit",
    "again",
    "build",
    "after/freeze",
    "after/quiz",
    "after/record",
    "print.pdf",
    "room/open",
}  # they end it, or start a process


def value(rng, depth=0):
    """Return any value in JSON, as text."""
    kind = rng.randrange(14)
    if kind == 0:
        return "9" * rng.choice((1, 17, 18, 19, 400, 5000))
    if kind == 1:
        return "[" * (deep := rng.choice((1, 19, 20, 21, 1000))) + "]" * deep
    if kind == 2:
        return rng.choice(
            ("1e999", "-1e-999", "NaN", "-0", "0.1e5", "1.7976931348623157e308", "0.000000123456789012345678")
        )
    if kind == 3 and depth < 4:
        return "{{{}}}".format(
            ", ".join(f'"{rng.choice(NAMES)}": {value(rng, depth + 1)}' for _ in range(rng.randrange(4)))
        )
    if kind == 4 and depth < 4:
        return "[{}]".format(", ".join(value(rng, depth + 1) for _ in range(rng.randrange(4))))
    if kind < 8:
        return rng.choice(("true", "false", "null", "0", "1", "-1", "2", "10"))
    words = (
        "",
        "07",
        "7",
        "A",
        "crawl",
        "start",
        "number:start",
        "word:crawl",
        "..",
        "../../etc/passwd",
        "\ud800",
        "\0",
        "a" * 3000,
        "-x",
        "é",
        "💡",
    )
    return json.dumps(rng.choice((*words, *EVENTS)))


def body(rng):
    """Return any body."""
    kind = rng.randrange(10)
    if kind == 0:
        return rng.randbytes(rng.randrange(200))
    if kind == 1:
        return rng.choice(
            (
                b"",
                b"{",
                b'"',
                b'"\\',
                b"[]",
                b"null",
                b"pick=A&question=crawl&round=1",
                b"code=" + b"9" * 900,
                b'{"event": "\\ud800"}',
            )
        )
    fields = {rng.choice(NAMES): value(rng) for _ in range(rng.randrange(5))}
    if rng.random() < 0.6:
        fields["event"] = json.dumps(rng.choice(EVENTS))
    if rng.random() < 0.3:
        fields |= {
            "question": '"crawl"',
            "round": rng.choice(("1", "2", value(rng))),
            "pick": rng.choice(('"A"', value(rng))),
        }
    return ("{{{}}}".format(", ".join(f'"{name}": {one}' for name, one in fields.items()))).encode(
        "utf-8", "surrogatepass"
    )


def request(rng, found, base, host):
    """Return a request to one of the routes, a little or very wrong."""
    method, path = rng.choice(found)
    for name in ("{name:path}", "{name}", "{id}", "{slide}", "{kind}"):
        path = path.replace(
            name,
            rng.choice(
                (
                    "start",
                    "template",
                    "documents",
                    "quiz",
                    "x",
                    "..%2f..",
                    "%00",
                    "9" * 30,
                    "a" * 2000,
                    "%ff%fe",
                    "deck.pptx",
                )
            ),
        )
    path = path.replace("0", rng.choice(("0", "1", "9" * 18, "9" * 19, "9" * 5000)), 1) if rng.random() < 0.3 else path
    if rng.random() < 0.1:
        method = rng.choice(("GET", "POST", "HEAD", "PUT", "OPTIONS", "DELETE"))
    query = rng.choice(
        (
            "",
            "",
            "?after=-1",
            "?after=0",
            "?after=" + "9" * rng.choice((18, 19, 5000)),
            "?after=%D9%A3",
            "?late",
            "?after=x&after=1",
        )
    )
    content = body(rng) if method not in ("GET", "HEAD") or rng.random() < 0.05 else b""
    kind = rng.choice(("application/json", "application/json", "application/x-www-form-urlencoded", "text/csv", "\xff"))
    cookie = rng.choice(
        ("", "", "room-1=x", f"room-{rng.randrange(9)}=\xe9", "a=" + "b" * 2000, ";;=;", f'"{"=" * 50}')
    )
    lines = [
        f"{method} {base}{path}{query} HTTP/1.1",
        f"Host: {host}",
        f"Content-Length: {len(content)}",
        f"Content-Type: {kind}",
        "Connection: close",
    ]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    if rng.random() < 0.1:
        lines.append(
            rng.choice(
                (
                    "X-Name: %2e%2e%2f",
                    "X-Name: " + "%41" * 500,
                    "X-Name: %ff",
                    "Accept-Encoding: gzip",
                    "Expect: 100-continue",
                    "Range: bytes=0-0,9-",
                )
            )
        )
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + content


def status_of(port, sent):
    """Return the status of an answer; 0 if the connection was closed without one."""
    with socket.create_connection((HOST, port), timeout=30) as connection:
        try:
            connection.sendall(sent)
            got = b""
            while part := connection.recv(65536):
                got += part
        except ConnectionError:
            pass
    lines = [line for line in got.split(b"\r\n") if line.startswith(b"HTTP/1.1 ") and b" 100 " not in line]
    return int(lines[0].split()[1]) if lines else 0


def all_of_them(port, found, base, count, seed):
    """Ask so many times, and return how often each status came."""
    rng, counted = random.Random(seed), {}
    for turn in range(count):
        sent = request(rng, found, base, f"{HOST}:{port}")
        status = status_of(port, sent)
        assert status < 500 or status == 503, (turn, status, sent[:400])
        counted[status] = counted.get(status, 0) + 1
    return counted


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Let one address ask as often as it likes, so that each request reaches what answers it."""
    monkeypatch.setattr(connections, "FLOOD_AT_ONCE", 10**6)
    monkeypatch.setattr(routes, "RATES", dict.fromkeys(routes.RATES, (10**6, 10**6)))
    monkeypatch.setattr(news, "WAIT", 0.001)


@asynccontextmanager
async def on_a_port(folder):
    """Open a room on a port of its own."""
    async with opened(folder) as tried:
        at = listening(0, HOST, 18500)
        port = at.getsockname()[1]
        hall = tried.hall
        hall.place = type(hall.place)(host=HOST, port=port, code=CODE)
        hall.app = hall._paced(hall._guarded())
        beside = Beside(hall.app, at, 50, hall.end)
        try:
            yield port, hall
        finally:
            await beside.end()


def test_no_request_makes_an_error_on_the_port_of_a_room(tmp_path):
    async def run():
        async with on_a_port(tmp_path) as (port, hall):
            found = [(method, path.replace("{secret}", hall.host)) for method, path in routes_of(hall.routes)]
            return await asyncio.to_thread(all_of_them, port, found, f"/{CODE}/", 1500, 5)

    counted = asyncio.run(run())
    assert counted.get(200, 0) > 100, counted
    assert counted.get(422, 0) > 100, counted


@pytest.mark.parametrize("count", few((200, 1500), 200, ci=()))
def test_no_request_makes_an_error_on_the_port_of_the_app(tmp_path, count):
    studio = Studio(tmp_path / "Workshops", "", "workshop", 0, lambda _: None)
    found = [(method, path) for method, path in routes_of(studio.routes) if path not in NEVER]
    with serving(studio.serving):
        counted = all_of_them(studio.own.port, found, f"/{studio.own.secret}/", count, 6)
    assert counted.get(200, 0) > 10
    assert counted.get(422, 0) > 10
