"""A crowd at the port of a room, from loopback addresses alone: phones that vote and join, and whoever wants to shut the room.

Everything here ends by itself: each run has its seconds.
"""

import asyncio
import json
import multiprocessing
import os
import re
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.addons.live.hall import CODE

HOST = "127.0.0.1"
NEWS, POST = f"/{CODE}/news?after={{}}", f"/{CODE}/answer"
KINDS = ("refused", "polls", "bodies", "silent", "halves", "takes nothing")


class GoneError(Exception):
    """A connection was closed before an answer came."""


async def connect(port, address):
    return await asyncio.open_connection(HOST, port, local_addr=(address, 0))


def head(port, method, path, body=None, cookie=""):
    length = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n" if body is not None else ""
    cookie = f"Cookie: {cookie}\r\n" if cookie else ""
    return f"{method} {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\n{cookie}{length}\r\n".encode() + (body or b"")


async def answer(reader):
    """Return status, head and content of an answer."""
    try:
        given = await reader.readuntil(b"\r\n\r\n")
        content = await reader.readexactly(int(re.search(rb"content-length: (\d+)", given, re.IGNORECASE)[1]))
    except (asyncio.IncompleteReadError, ConnectionError, OSError) as error:
        raise GoneError from error
    return int(given.split()[1]), given.decode(), content


class Phone:
    """A phone with an address of its own, which sends until the room has it, as the page does."""

    def __init__(self, port, address, number):
        self.port, self.address, self.number, self.cookie = port, address, number, ""
        self.line, self.news, self.votes, self.tries, self.state = None, None, [], 0, {}

    async def ask(self, method, path, what=None):
        body = None if what is None else json.dumps(what).encode()
        for pause in (0.7, 1.4, 3, 6, 6, 6):
            self.tries += 1
            try:
                if self.line is None or self.line[1].is_closing() or self.line[0].at_eof():
                    if self.line is not None:
                        self.line[1].transport.abort()
                    self.line = await connect(self.port, self.address)
                reader, writer = self.line
                writer.write(head(self.port, method, f"/{CODE}/{path}", body, self.cookie))
                status, given, content = await asyncio.wait_for(answer(reader), 5)
            except (GoneError, OSError, TimeoutError):
                if self.line is not None:
                    self.line[1].transport.abort()
                self.line = None
            else:
                if cookie := re.search(r"set-cookie: ([^;]+)", given, re.IGNORECASE):
                    self.cookie = cookie[1]
                if status < 500 and status != 429:
                    return status, content
            await asyncio.sleep(pause)
        raise GoneError

    def close(self):
        """Close its connections."""
        for line in (self.line, self.news):
            if line is not None:
                line[1].transport.abort()
        self.line = self.news = None

    async def page(self):
        """Load the page with all that it needs."""
        for path in ("", "room.css", "dom.js", "phone.js"):
            status, _ = await self.ask("GET", path)
            assert status == 200, status

    async def join(self):
        """Sit down with the number of a tag."""
        status, content = await self.ask("POST", "seat", {"code": f"{self.number:02d}"})
        assert status == 200, content
        self.state = json.loads(content)["state"]
        return bool(self.state["seat"])

    async def follow(self):
        """Wait for news, for ever."""
        number = self.state["number"]
        while True:
            try:
                self.news = self.news or await connect(self.port, self.address)
                self.news[1].write(head(self.port, "GET", NEWS.format(number), cookie=self.cookie))
                status, _, content = await answer(self.news[0])
                number = json.loads(content)["number"] if status == 200 else -1
            except (GoneError, OSError):
                if self.news is not None:
                    self.news[1].transport.abort()
                self.news = None
                await asyncio.sleep(0.7)

    async def vote(self, pick):
        began = time.perf_counter()
        status, content = await self.ask("POST", "answer", {"question": "crawl", "round": 1, "pick": pick})
        assert status == 200, content
        self.votes.append(time.perf_counter() - began)


# ---------------------------------------------------------------- whoever wants to shut the room
async def hold(port, address, kind, until, number):
    """Hold a connection of a kind, and another one whenever it is closed."""
    said = {
        "refused": head(port, "GET", "/x"),
        "polls": head(port, "GET", NEWS.format(number)),
        "bodies": head(port, "POST", POST, b"")[:-4].replace(b"Length: 0", b"Length: 90") + b"\r\n\r\n",
        "silent": b"",
        "halves": b"GET / HTTP/1.1\r\nHost: x",
        "takes nothing": head(port, "GET", f"/{CODE}/phone.js"),
    }[kind]
    while time.monotonic() < until:
        with suppress(OSError, TimeoutError):
            made = socket.socket()
            if kind == "takes nothing":
                made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
            made.bind((address, 0))
            made.setblocking(False)
            loop = asyncio.get_running_loop()
            await asyncio.wait_for(loop.sock_connect(made, (HOST, port)), 5)
            with made:
                if kind == "takes nothing":
                    while time.monotonic() < until:
                        await asyncio.wait_for(loop.sock_sendall(made, said), 1)
                        await asyncio.sleep(0.2)
                await loop.sock_sendall(made, said)
                while time.monotonic() < until and await asyncio.wait_for(
                    loop.sock_recv(made, 65536), max(0.1, until - time.monotonic())
                ):
                    if kind == "polls":
                        await loop.sock_sendall(made, said)
        await asyncio.sleep(0.1)


async def flood(port, address, rate, until, lines=200):
    """Ask so many times a second without a cookie: for the page, for news, for a seat; return how many were answered."""
    asked = [
        head(port, "GET", f"/{CODE}/"),
        head(port, "GET", NEWS.format(-1)),
        head(port, "POST", f"/{CODE}/seat", b'{"code": ""}'),
    ]
    done = [0, 0]

    async def one(start):
        line, status, due, count = None, 0, time.monotonic() + start / rate, start
        while time.monotonic() < until:
            due = max(due + lines / rate, time.monotonic() - 1)
            await asyncio.sleep(max(0, due - time.monotonic()))
            count += 1
            done[0] += 1
            try:
                line = line or await connect(port, address)
                line[1].write(asked[count % 3])
                status, _, _ = await asyncio.wait_for(answer(line[0]), 5)
                done[1] += status != 429
            except (GoneError, OSError, TimeoutError):
                status = 0
            if line and status in (0, 429):  # it doesn't wait for a pause
                line[1].transport.abort()
                line = None

    await asyncio.gather(*(one(start) for start in range(lines)))
    return done


def used(pid):
    """Return the processor time of a process, in seconds."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def attack(port, places, kinds, count, rate, laptop, until, number, told):
    """Hold so many connections, and flood from one address, until a time; in a process of its own, which lets the others go first: it stands for other computers."""
    os.nice(10)

    async def all_of_it():
        holding = [
            asyncio.create_task(hold(port, places[k % len(places)], kinds[k % len(kinds)], until, number))
            for k in range(count)
        ]
        done = await flood(port, laptop, rate, until) if rate else [0, 0]
        await asyncio.gather(*holding)
        told.put(done)

    asyncio.run(all_of_it())


# ---------------------------------------------------------------- one run
@contextmanager
def room_alone(people, folder, before=()):
    """Open a room in a process of its own, and yield its port, the secret of its remote and the process; ``before`` starts it."""
    command = [*before, sys.executable, "-m", "tests.addons.live.lone_room", str(people), str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            port, secret = process.stdout.readline().split()
            yield int(port), secret, process.pid
        finally:
            process.stdin.close()
            process.wait(20)


async def remote(port, secret, event, **more):
    """Press a key of the remote, which is on the trainer's phone."""
    trainer = Phone(port, "127.0.3.1", 0)
    try:
        return await trainer.ask("POST", f"host/{secret}/do", {"event": event, **more})
    finally:
        trainer.close()


async def run(port, secret, pid, *, phones, joiners, kinds, places, count, rate, seconds):
    """Let phones vote and join beside an attack, and return what they saw.

    Args:
        places: "one", "ten" or "phones": the addresses of the attack.
        count: connections that are held; of each kind the same number.
        rate: requests a second of one laptop without a cookie.
    """
    crowd = [Phone(port, f"127.0.0.{k + 2}", k + 1) for k in range(phones)]
    for phone in crowd:
        assert await phone.join()
    following = [asyncio.create_task(phone.follow()) for phone in crowd]
    for event in ("next", "next", "next", "next", "open"):
        await remote(port, secret, event)
    at = {
        "one": ["127.0.2.1"],
        "ten": [f"127.0.2.{k}" for k in range(1, 11)],
        "phones": [one.address for one in crowd],
    }[places]
    until = time.monotonic() + seconds + 2
    context = multiprocessing.get_context("spawn")
    told = context.Queue()
    number = json.loads((await crowd[0].ask("GET", "news"))[1])["number"]
    against = context.Process(target=attack, args=(port, at, kinds, count, rate, "127.0.2.99", until, number, told))
    against.start()
    await asyncio.sleep(2)
    before, began_at, own = used(pid), time.perf_counter(), time.process_time()
    failed, pages, joins, given = [], [], [], {}

    async def votes(phone, k):
        for turn in range(3):
            await asyncio.sleep(seconds / 3 * ((k / phones + turn) % 1 if turn == 0 else 1))
            pick = "ABC"[(k + turn) % 3]
            try:
                await phone.vote(pick)
                given[phone.number] = pick
            except (GoneError, AssertionError) as error:
                failed.append(repr(error))

    async def joining(k):
        await asyncio.sleep(seconds * k / max(1, joiners))
        one = Phone(port, f"127.0.1.{k + 1}", phones + k + 1)
        began = time.perf_counter()
        try:
            await one.page()
            pages.append(time.perf_counter() - began)
            began = time.perf_counter()
            if not await one.join():
                failed.append(f"{one.number} has no seat")
            joins.append(time.perf_counter() - began)
        except (GoneError, AssertionError) as error:
            failed.append(repr(error))
        one.close()

    await asyncio.gather(*(votes(phone, k) for k, phone in enumerate(crowd)), *(joining(k) for k in range(joiners)))
    wall = time.perf_counter() - began_at
    share = {"server": (used(pid) - before) / wall, "phones": (time.process_time() - own) / wall}
    kept = {phone.number: json.loads((await phone.ask("GET", "news"))[1])["picks"].get("crawl") for phone in crowd}
    for task in following:
        task.cancel()
    await asyncio.gather(*following, return_exceptions=True)
    for phone in crowd:
        phone.close()
    laptop = await asyncio.to_thread(told.get, True, 30)
    against.join(10)
    lost = sum(kept[number] != pick for number, pick in given.items())
    return {
        "votes": sorted(seconds for phone in crowd for seconds in phone.votes),
        "pages": sorted(pages), "joins": sorted(joins), "failed": failed, "lost": lost, "laptop": laptop, "share": share,
    }  # fmt: skip
