"""Measures a live room: phones that vote while the slides are drawn again, and connections that say nothing.

python benchmarks/room.py            120 and 300 phones, then 900 silent connections beside 60 phones
python benchmarks/room.py 40 100     so many phones, and so many silent connections
"""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable
from contextlib import suppress
from pathlib import Path
from statistics import quantiles
from typing import Any

Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]
ROOT = Path(__file__).resolve().parents[1]
LOCAL = "127.0.0.1"


def found(pattern: str, text: str) -> tuple[str, ...]:
    """Return the groups of a pattern that is in a text."""
    match = re.search(pattern, text, re.IGNORECASE)
    assert match is not None, (pattern, text)
    return match.groups()


class Phone:
    """A phone with two connections, as a browser has: one waits for news, one votes."""

    def __init__(self, port: int, code: str) -> None:
        self.port, self.code, self.cookie = port, code, ""
        self.votes: list[float] = []
        self.state: dict[str, Any] = {}
        self.opened, self.shut = asyncio.Event(), asyncio.Event()
        self.closed = 0.0  # when it saw that the question was closed

    async def connect(self) -> None:
        """Take a seat."""
        self.waits = await asyncio.open_connection(LOCAL, self.port)
        self.sends = await asyncio.open_connection(LOCAL, self.port)
        headers, _ = await self.ask(self.sends, "POST", "seat", {"code": ""})
        self.cookie = found(r"set-cookie: ([^;]+)", headers.decode())[0]

    async def ask(self, connection: Connection, method: str, path: str, what: object = None) -> tuple[bytes, Any]:
        """Return headers and content of an answer."""
        reader, writer = connection
        body = json.dumps(what).encode() if what is not None else b""
        head = (
            f"{method} /{self.code}/{path} HTTP/1.1\r\nHost: {LOCAL}:{self.port}\r\nCookie: {self.cookie}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        writer.write(head.encode() + body)
        headers = await reader.readuntil(b"\r\n\r\n")
        (length,) = found(r"content-length: (\d+)", headers.decode())
        return headers, json.loads(await reader.readexactly(int(length)))

    async def follow(self) -> None:
        """Wait for news, for ever."""
        number = -1
        while True:
            _, state = await self.ask(self.waits, "GET", f"news?after={number}")
            number, self.state = state["number"], state
            if state["phase"] == "open":
                self.opened.set()
            if state["phase"] == "shut" and not self.shut.is_set():
                self.closed = time.perf_counter()
                self.shut.set()

    async def vote(self, letter: str) -> None:
        """Answer the question."""
        item = self.state["poll"]["items"][0]["id"]
        began = time.perf_counter()
        headers, _ = await self.ask(
            self.sends, "POST", "answer", {"question": item, "round": self.state["round"], "pick": letter}
        )
        assert b" 200 " in headers.split(b"\r\n")[0], headers
        self.votes.append(time.perf_counter() - began)


class App:
    """The app in a process of its own, with the built-in kit and a room on this computer."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-u", str(ROOT / "build_deck.py"), "app", "--no-open", "--folder", str(folder)]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONWARNINGS": "error"}
        )
        assert self.process.stdout is not None
        line = next(line for line in self.process.stdout if "http" in line)
        self.port, self.secret = found(r"http://127\.0\.0\.1:(\d+)/([^/]+)/", line)

    def ask(self, path: str, what: object = None) -> Any:
        """Return the content of an answer."""
        connection = http.client.HTTPConnection(LOCAL, int(self.port))
        body = None if what is None else json.dumps(what)
        connection.request("GET" if what is None else "POST", f"/{self.secret}/{path}", body)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        assert answer.status == 200, (path, answer.status, text[:300])
        return json.loads(text)

    def do(self, event: str) -> Any:
        """Do what the remote does."""
        return self.ask("room/do", {"event": event})

    @property
    def memory(self) -> float:
        """The most memory that the server had, in megabytes."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(found(r"VmHWM:\s+(\d+)", status)[0]) / 1024


def to_a_bet(app: App) -> None:
    """Go on until a slide has a question."""
    app.do("next")
    while not app.ask("room/news")["next_poll"]:
        app.do("next")


async def drawing(app: App, stop: asyncio.Event) -> int:
    """Have the slides drawn for other minutes, one time after the other."""
    rounds, number = 0, 0
    while not stop.is_set():
        await asyncio.to_thread(app.ask, "form", {"minutes": 180 - 5 * (rounds % 8)})
        number = (await asyncio.to_thread(app.ask, f"draw?after={number}"))["number"]
        rounds += 1
    return rounds


async def load(app: App, people: int, silent: int) -> None:
    """Let so many phones vote four times each, and print what they saw."""
    address = app.ask("state")["room"]["address"]
    port, code = found(r":(\d+)/(\w+)", address)
    phones = [Phone(int(port), code) for _ in range(people)]
    for phone in phones:
        await phone.connect()
    following = [asyncio.create_task(phone.follow()) for phone in phones]
    stop = asyncio.Event()
    drawn = asyncio.create_task(drawing(app, stop))
    dead = asyncio.create_task(stalled(int(port), silent)) if silent else None
    await asyncio.to_thread(to_a_bet, app)
    await asyncio.to_thread(app.do, "open")
    await asyncio.gather(*(phone.opened.wait() for phone in phones))
    for letter in "ABCA":
        await asyncio.gather(*(late(k / 40, phone.vote(letter)) for k, phone in enumerate(phones)))
    began = time.perf_counter()
    await asyncio.to_thread(app.do, "close")
    await asyncio.gather(*(phone.shut.wait() for phone in phones))
    seen = max(phone.closed for phone in phones) - began
    stop.set()
    rounds = await drawn
    votes = [1000 * seconds for phone in phones for seconds in phone.votes]
    print(
        f"{people} phones, {len(votes)} votes: median {quantiles(votes, n=100)[49]:.0f} ms, 99 of 100 within "
        f"{quantiles(votes, n=100)[98]:.0f} ms; closed seen by all within {1000 * seen:.0f} ms; slides drawn {rounds} times "
        f"meanwhile; server {app.memory:.0f} MB"
    )
    if dead is not None:
        print(f"{silent} silent connections: {await dead}")
    for task in following:
        task.cancel()
    for phone in phones:
        for _, writer in (phone.waits, phone.sends):
            writer.close()


async def late(seconds: float, what: Awaitable[None]) -> None:
    """Do something a little later: people don't tap at the same moment."""
    await asyncio.sleep(seconds % 2.5)
    await what


async def stalled(port: int, count: int) -> str:
    """Open connections that send half a head, and return when the last was closed."""
    began, made = time.perf_counter(), []
    for _ in range(count):
        with suppress(OSError):
            reader, writer = await asyncio.open_connection(LOCAL, port)
            writer.write(b"GET / HTTP/1.1\r\nHost: x")
            made.append((reader, writer))
    opened = time.perf_counter() - began

    async def ended(reader: asyncio.StreamReader) -> None:
        with suppress(OSError):
            await reader.read()

    await asyncio.gather(*(ended(reader) for reader, _ in made))
    for _, writer in made:
        writer.close()
    return f"{len(made)} opened in {opened:.1f} s, all closed {time.perf_counter() - began - opened:.1f} s later"


def main() -> None:
    """Print what was measured."""
    typed = [int(word) for word in sys.argv[1:]]
    runs = [(typed[0], typed[1] if typed[1:] else 0)] if typed else [(120, 0), (300, 0), (60, 900)]
    for people, silent in runs:
        with tempfile.TemporaryDirectory() as folder:
            app = App(Path(folder))
            try:
                app.ask("open", {"kit": ""})
                app.ask("form", {"people": people})
                app.ask("room/open", {"host": LOCAL})
                asyncio.run(load(app, people, silent))
            finally:
                app.process.terminate()
                app.process.communicate()


if __name__ == "__main__":
    main()
