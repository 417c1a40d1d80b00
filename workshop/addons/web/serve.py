"""Serving a page to this computer alone: its port and its secret address, the browser, and the end.

A second server on the same event loop may serve something else to others for a while (``Beside``).
"""

from __future__ import annotations

import asyncio
import gzip
import secrets
import signal
import socket
import threading
import time
import webbrowser
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from importlib.resources import files
from math import ceil
from pathlib import Path
from typing import Any, Literal

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp

from workshop.addons.web.connections import HEAD_MOST, Crowd, Patient, of_crowd
from workshop.addons.web.guard import USUAL, Guard
from workshop.errors import ExitCode, Problem, WorkshopError
from workshop.files.own_files import write_own
from workshop.files.temporary import temporary_folder

HERE, HOST = "workshop.addons.web", "127.0.0.1"
USUAL_PORT, TRIES = 8450, 20
FILES = 4096  # connections and files that may be open at once, if the system allows so many
IDLE, ENDING = 75, 2  # seconds that a connection waits for its next request, and that answers may take at the end
LETTERS, CODE = "ABCDEFGHJKLMNPRSTUVWXYZ", 8
GUESSES, SOON, LATER = 5, 1.0, 10.0  # so many wrong codes at one a second; then one in ten
LEADS_TO = '<!DOCTYPE html><meta charset="utf-8"><title>Workshop</title><meta http-equiv="refresh" content="0;url={0}"><a href="{0}">Workshop</a>'
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
}


def static(package: str, name: str) -> Callable[[Request], Response]:
    """Return what answers with a file of a package's folder ``static``, packed for whoever can unpack it."""

    def answer(asked: Request) -> Response:
        content, headers = _content(package, name), {"Vary": "Accept-Encoding"}
        if "gzip" in asked.headers.get("accept-encoding", ""):
            content, headers = _packed(package, name), {**headers, "Content-Encoding": "gzip"}
        return Response(content, media_type=TYPES[Path(name).suffix], headers=headers)

    return answer


@cache
def _content(package: str, name: str) -> bytes:
    return (files(package) / "static" / name).read_bytes()


@cache
def _packed(package: str, name: str) -> bytes:
    return gzip.compress(_content(package, name), mtime=0)


def page(package: str, html: str, *names: str, below: str = "") -> list[Route]:
    """Return the routes of a page, of the scripts and styles of its package, and of what every page's script uses."""
    of_page = [Route(f"{below}/{name}", static(package, name)) for name in names]
    return [Route(f"{below}/", static(package, html)), Route(f"{below}/dom.js", static(HERE, "dom.js")), *of_page]


def listening(port: int = 0, host: str = HOST, usual: int = USUAL_PORT) -> socket.socket:
    """Return a socket, of this computer alone if no other address of it is given.

    Args:
        port: the port; 0 for the usual one, or the next that is free.

    Raises:
        WorkshopError: exit code 3 if the port is taken, or the address isn't one of this computer.
    """
    ports = [port] if port else [*range(usual, usual + TRIES), 0]
    for chosen in ports:
        made = socket.socket()
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # on Windows, two programs could otherwise share a port
            made.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:  # a room that was killed comes back at its port at once, though its last connections linger
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((host, chosen))
            made.listen()
        except OSError as error:
            made.close()
            if chosen == ports[-1]:
                told = Problem(
                    f"the port {port} can't be used: {error.strerror}", hint="leave out --port, or choose another"
                )
                if not port:
                    told = Problem(f"nothing can be served at {host}: {error.strerror}", hint="choose another network")
                raise WorkshopError(told, ExitCode.MACHINE) from error
        else:
            break
    return made


class Own:
    """What this computer alone is served, below an address that nobody can guess.

    Whoever has no browser that opens the private file types a code of eight letters, which the terminal shows.

    Args:
        port: as for ``listening``.
        say: prints a line for the person at the terminal.

    Attributes:
        code: the letters; new ones once they have led somebody in.
    """

    def __init__(self, port: int, say: Callable[[str], None]) -> None:
        self.socket = listening(port)
        self.port = int(self.socket.getsockname()[1])
        self.secret = secrets.token_urlsafe(24)
        self._say = say
        self._file: Path | None = None
        self._folders = ExitStack()
        self._next_try = 0.0
        self._new_code()

    @property
    def address(self) -> str:
        """The address of the page."""
        return f"http://{HOST}:{self.port}/{self.secret}/"

    @property
    def door(self) -> str:
        """The address of the page that asks for the code."""
        return f"http://{HOST}:{self.port}/"

    @property
    def otherwise(self) -> str:
        """What to do if no browser opens, for the person at the terminal."""
        return f"If no page opens, open this address yourself, or {self.door} with the code {self.code}."

    def app(
        self,
        routes: Sequence[BaseRoute],
        lifespan: Callable[[Any], Any],
        most: Callable[[str], int] = lambda _: USUAL,
    ) -> ASGIApp:
        """Return everything that is answered; see ``Guard`` for ``most``."""
        doors = [
            Route("/", static(HERE, "door.html")),
            Route("/", self._let_in, methods=["POST"]),
            Route("/door.js", static(HERE, "door.js")),
            Route("/door.css", static(HERE, "door.css")),
        ]
        inside = Starlette(routes=[*doors, Mount(f"/{self.secret}", routes=routes)], lifespan=lifespan)
        inside.router.redirect_slashes = False
        return Guard(
            inside,
            hosts=frozenset((f"{HOST}:{self.port}", f"localhost:{self.port}")),
            secret=self.secret,
            without=frozenset(("/", "/door.js", "/door.css")),
            most=most,
            reached=self._reached,
        )

    async def _let_in(self, request: Request) -> Response:
        """Answer a typed code with the address of the page. Whoever guesses waits; the code stays, so nobody can take it from the terminal."""
        typed = "".join((await request.body()).decode("utf-8", "replace").split()).upper()
        if (left := self._next_try - time.monotonic()) > 0:
            return JSONResponse({"problem": f"One moment: try again in {ceil(left)} s."}, 429)
        if secrets.compare_digest(typed.encode(), self.code.encode()):
            self._new_code()
            return JSONResponse({"to": f"/{self.secret}/"})
        self._wrong += 1
        self._next_try = time.monotonic() + (SOON if self._wrong < GUESSES else LATER)
        if self._wrong == GUESSES:
            self._say(f"Somebody typed {GUESSES} wrong codes; from now on, one can be tried every {LATER:.0f} seconds.")
        return JSONResponse({"problem": "This isn't the code that the program shows."}, 403)

    def _new_code(self) -> None:
        self.code, self._wrong, self._next_try = "".join(secrets.choice(LETTERS) for _ in range(CODE)), 0, 0.0

    def _reached(self) -> None:
        """Delete the file that led here."""
        if self._file is not None:
            self._file.unlink(missing_ok=True)
            self._file = None

    def show(self) -> None:
        """Open the browser on a private file that leads to the page; every user of a computer can read what it is started with."""
        self._reached()
        file = self._folders.enter_context(temporary_folder("open")) / "open.html"
        write_own(file, LEADS_TO.format(self.address).encode())
        self._file = file
        webbrowser.open(file.as_uri())

    def close(self) -> None:
        """Remove what led here."""
        self._folders.close()


class Server(uvicorn.Server):
    """Serves until it is told to end; signals are ours."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals alone."""
        yield


def _server(app: ASGIApp, connection: type[Patient], lifespan: Literal["on", "off"]) -> Server:
    return Server(
        uvicorn.Config(
            app,
            http=connection,
            ws="none",
            lifespan=lifespan,
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            date_header=False,
            timeout_keep_alive=IDLE,
            timeout_graceful_shutdown=ENDING,
            h11_max_incomplete_event_size=HEAD_MOST,
        )
    )


class Beside:
    """A second server on the event loop that is running.

    Args:
        app: what it serves.
        at: the socket, which it closes at the end.
        most: connections that may be open at once.
        ending: as for ``Serving``.
        knows: as for ``Crowd``.
    """

    def __init__(
        self,
        app: ASGIApp,
        at: socket.socket,
        most: int,
        ending: Callable[[], None],
        knows: Callable[[bytes], bool] = lambda _: False,
    ) -> None:
        _more_files()
        self._ending = ending
        self._server = _server(app, of_crowd(Crowd(most, knows)), "off")
        self._task = asyncio.create_task(self._server.serve(sockets=[at]))

    async def end(self) -> None:
        """End it."""
        self._server.should_exit = True
        self._ending()
        await self._task


def _more_files() -> None:
    """Allow this process as many connections as the system lets us; some systems begin with 256."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))


class Serving:
    """Serves one page until Ctrl-C, or until it is ended.

    Args:
        own: where.
        app: what.
        ending: is called when it begins to end: nobody should wait for news any more.
    """

    def __init__(self, own: Own, app: ASGIApp, ending: Callable[[], None]) -> None:
        self._own, self._ending = own, ending
        self._loop: asyncio.AbstractEventLoop | None = None
        self._server = _server(app, Patient, "on")

    def run(self, *, browser: bool) -> None:
        """Serve; return when it has ended."""
        try:
            if browser:
                self._own.show()
            asyncio.run(self._serve())
        finally:
            self._own.close()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        with self._signals():
            await self._server.serve(sockets=[self._own.socket])

    def end(self) -> None:
        """End it, from whatever thread."""
        self._server.should_exit = True
        if self._loop is not None:
            with suppress(RuntimeError):  # it has ended
                self._loop.call_soon_threadsafe(self._ending)

    @contextmanager
    def _signals(self) -> Iterator[None]:
        """End at Ctrl-C, when the system asks us to, and when the terminal is closed."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        ends = (signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM))
        before = {name: signal.signal(name, lambda *_: self.end()) for name in dict.fromkeys(ends)}
        try:
            yield
        finally:
            for name, handler in before.items():
                signal.signal(name, handler)
