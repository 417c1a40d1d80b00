"""Tests of connections: clocks for whoever is slow, and who goes first if there are too many."""

import asyncio
import itertools
import socket
import time

import pytest
from starlette.responses import JSONResponse, PlainTextResponse

from workshop.addons.web import connections
from workshop.addons.web.connections import EACH, Crowd
from workshop.addons.web.guard import Guard
from workshop.addons.web.serve import Beside, listening

BODY = b"POST /s/ HTTP/1.1\r\nHost: x\r\nContent-Length: 90\r\n\r\n"
LARGE = b"x" * 400_000


class One:
    """A connection as a crowd sees it."""

    clock = itertools.count()

    def __init__(self, address):
        self.address, self.seat, self.heard, self.ended = address, "", next(self.clock), False

    def end(self):
        self.ended = True


def come(crowd, *addresses):
    """Let connections come one after the other, and return them."""
    made = [One(address) for address in addresses]
    for one in made:
        crowd.came(one)
    return made


def test_the_address_with_the_most_connections_loses_the_one_that_was_silent_the_longest():
    crowd = Crowd(9)  # six without a seat
    ones = come(crowd, "a", "b", "b", "b", "c", "a")
    crowd.heard(ones[1])
    come(crowd, "d")
    assert [one.ended for one in ones] == [False, False, True, False, False, False]
    assert len(crowd) == 6


def test_a_third_of_the_connections_is_for_seats_and_those_without_one_go_first():
    crowd = Crowd(9)
    seated = come(crowd, *"abc")
    for one in seated:
        crowd.sits(one, one.address)
    strangers = come(crowd, *["x"] * 20)
    assert sum(not one.ended for one in strangers) == 6
    newcomer = come(crowd, "n")[0]
    assert not newcomer.ended
    assert not any(one.ended for one in seated)


def test_if_all_have_seats_the_seat_with_the_most_connections_gives_one():
    crowd = Crowd(6)
    for name in "aabbbc":
        crowd.sits(come(crowd, name)[0], name)
    newcomer = come(crowd, "n")[0]
    assert not newcomer.ended
    assert len(crowd) == 6


def test_a_seat_has_at_most_six_connections():
    crowd = Crowd(100)
    ones = come(crowd, *["a"] * 8)
    for one in ones:
        crowd.sits(one, "07M")
    assert [one.ended for one in ones] == [True, True] + [False] * EACH
    crowd.sits(ones[-1], "")
    assert len(crowd) == EACH


def test_whatever_comes_and_goes_there_are_never_too_many():
    import random

    rng, crowd, alive = random.Random(3), Crowd(30), []
    for _ in range(4000):
        act = rng.random()
        alive = [one for one in alive if not one.ended]
        if act < 0.5 or not alive:
            alive += come(crowd, f"a{rng.randrange(12)}")
        elif act < 0.7:
            crowd.sits(rng.choice(alive), rng.choice(("", "s1", "s2", "s3", "s4", "s5")))
        elif act < 0.9:
            one = rng.choice(alive)
            one.heard = next(One.clock)
            crowd.heard(one)
        else:
            one = alive.pop(rng.randrange(len(alive)))
            crowd.left(one)
        alive = [one for one in alive if not one.ended]
        assert len(crowd) == len(alive) <= 30
        assert sum(not one.seat for one in alive) <= 20
        assert all(sum(one.seat == f"s{k}" for one in alive) <= EACH for k in range(1, 6))


# ---------------------------------------------------------------- on a network
async def app(scope, receive, send):
    if scope["path"] == "/s/large":
        await PlainTextResponse(LARGE)(scope, receive, send)
    elif scope["path"] == "/s/missing":
        await PlainTextResponse("", 404)(scope, receive, send)
    elif scope["path"] == "/s/slower":
        await JSONResponse({}, 429)(scope, receive, send)
    else:
        await PlainTextResponse("in")(scope, receive, send)


def served(test, most=50):
    """Run a test, in a thread, against a gate with an app behind it; it gets the port."""

    async def run():
        at = listening(0, "127.0.0.1", 18300)
        port = at.getsockname()[1]
        gate = Guard(app, hosts=frozenset(("x",)), secret="s")
        beside = Beside(gate, at, most, lambda: None)
        try:
            await asyncio.to_thread(test, port)
        finally:
            await beside.end()

    asyncio.run(run())


def get(path, more=""):
    return f"GET /s/{path} HTTP/1.1\r\nHost: x\r\n{more}\r\n".encode()


def heard(port, sent, patience=3):
    """Return what comes back, and whether the connection was closed."""
    with socket.create_connection(("127.0.0.1", port), timeout=patience) as connection:
        connection.sendall(sent)
        got = b""
        try:
            while part := connection.recv(65536):
                got += part
        except TimeoutError:
            return got, False
        except ConnectionError:
            pass
        return got, True


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET /x HTTP/1.1\r\nHost: x\r\n\r\n", b"403"),
        (b"GET /s/ HTTP/1.1\r\nHost: y\r\n\r\n", b"403"),
        (get("missing"), b"404"),
        (b"POST /s/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", b"411"),
        (b"POST /s/ HTTP/1.1\r\nHost: x\r\nContent-Length: 99999\r\n\r\n", b"413"),
        (b"POST /s/ HTTP/1.1\r\nHost: x\r\nContent-Length: " + b"9" * 19 + b"\r\n\r\n", b"413"),
    ],
)
def test_whoever_is_refused_does_not_keep_a_connection(sent, status):
    def test(port):
        got, closed = heard(port, sent)
        assert (got.split()[1], closed) == (status, True)

    served(test)


@pytest.mark.parametrize("path", ["", "slower"])
def test_an_answer_and_one_moment_leave_it_open(path):
    def test(port):
        got, closed = heard(port, get(path), 0.3)
        assert (got.split()[1], closed) == (b"429" if path else b"200", False)

    served(test)


def test_a_body_has_its_time_however_it_comes(monkeypatch):
    monkeypatch.setattr(connections, "BODY_TIME", 0.3)

    def test(port):
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(BODY)
            began = time.monotonic()
            while time.monotonic() - began < 4 and goes_on(connection, b"x", 0.1):
                pass
            assert time.monotonic() - began < 4

    served(test)


def goes_on(connection, sent, seconds):
    """Send something; whether the connection is still open after a while in which nothing comes."""
    connection.settimeout(seconds)
    try:
        connection.sendall(sent)
        return bool(connection.recv(1))
    except TimeoutError:
        return True
    except ConnectionError:
        return False


def asked_once_more(connection):
    """Ask, and take nothing; whether the connection is still open."""
    time.sleep(0.02)
    try:
        connection.sendall(get("large"))
    except OSError:
        return False
    return True


def test_whoever_takes_no_answer_is_closed_in_time(monkeypatch):
    monkeypatch.setattr(connections, "TAKE_TIME", 0.3)

    def test(port):
        made = socket.socket()
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        with made:
            made.settimeout(5)
            made.connect(("127.0.0.1", port))
            sent = 0
            while sent < 400 and asked_once_more(made):
                sent += 1
            assert sent < 400

    served(test)


@pytest.mark.parametrize(
    "sent",
    [
        get("", "".join(f"a: {k}\r\n" for k in range(200))),
        get("", f"Cookie: {'a=b; ' * 4000}\r\n"),
        get("", f"Cookie: {'a=b; ' * 4000}\r\n")[:-2],
        get("") + get(""),
    ],
    ids=["many lines", "a large cookie", "half of one", "two at once"],
)
def test_what_no_browser_sends_ends_a_connection_before_it_is_read(sent):
    def test(port):
        got, closed = heard(port, sent)
        assert closed
        assert b" 200 " not in got

    served(test)


def test_a_flood_from_one_address_is_not_even_read_but_whoever_has_a_seat_is():
    crowd = Crowd(9, lambda data: b"seat" in data)
    one, other = come(crowd, "a", "b")
    read = [not crowd.is_flood(one, b"GET / HTTP/1.1") for _ in range(1000)]
    assert connections.FLOOD_AT_ONCE <= sum(read) < 500
    assert not crowd.is_flood(one, b"Cookie: seat")
    assert not crowd.is_flood(other, b"GET / HTTP/1.1")
    crowd.sits(one, "07M")
    assert not crowd.is_flood(one, b"GET / HTTP/1.1")
