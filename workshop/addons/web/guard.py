"""The gate before everything that we serve: who may ask, how much and how deep a request may be, and the headers of each answer."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
ON_THIS_COMPUTER = ("127.0.0.1", "localhost")
# Browsers heed it only where nobody can listen; elsewhere they ignore it, and complain on each page
FOR_THIS_COMPUTER = "Cross-Origin-Opener-Policy"
USUAL = 16 * 1024  # bytes that a request may bring
DIGITS, LEVELS = 18, 20  # of a number, and of JSON: more isn't read by anything behind the gate
REFUSED = "This page is for the window that the program opened."
CLOSES = frozenset((403, 404, 405, 411, 413))  # whoever is refused doesn't keep a connection
FORM = "application/x-www-form-urlencoded"
A_TEXT = re.compile(rb'"(?:[^"\\]|\\.)*+\\?(?:"|\Z)', re.DOTALL)
LONG = re.compile(rb"(?<![\d.])\d{19}|\d{31}")  # a browser writes a fraction with more digits
A_BRACKET = re.compile(rb"[\[\]{}]")


def is_number(text: str) -> bool:
    """Whether a text is a whole number of at most 18 digits."""
    return text.isascii() and text.isdecimal() and len(text) <= DIGITS


def is_plain(body: bytes) -> bool:
    """Whether no number in JSON has more than 18 digits, and nothing is nested in more than 20 levels.

    >>> is_plain(b'{"a": [1, "[[["]}'), is_plain(b"[" * 21), is_plain(b"1" * 19)
    (True, False, False)
    """
    bare = A_TEXT.sub(b'""', body)
    level = 0
    for found in A_BRACKET.finditer(bare):
        level += 1 if found[0] in b"[{" else -1
        if level > LEVELS:
            return False
    return LONG.search(bare) is None


class Guard:
    """Answers whoever knows the secret, names this computer in the Host header, and doesn't come from another site.

    The name is checked since another site's name may be made to lead to this computer.

    Args:
        app: what is behind it.
        hosts: the names of this computer, with the port.
        secret: the first part of every path.
        folds: whether people type the secret, which then counts in capitals, too; the app gets it in small letters.
        refused: what is told to everybody else.
        without: paths that need no secret.
        most: how many bytes a request may bring to a path, given without the secret; ``USUAL`` by default.
        reached: is called when somebody who knows the secret has come in.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        hosts: frozenset[str],
        secret: str,
        folds: bool = False,
        refused: str = REFUSED,
        without: frozenset[str] = frozenset(),
        most: Callable[[str], int] = lambda _: USUAL,
        reached: Callable[[], None] = lambda: None,
    ) -> None:
        self._app, self._hosts, self._secret = app, hosts, secret
        self._folds, self._refused = folds, refused
        self._without, self._most, self._reached = without, most, reached
        here = all(host.rpartition(":")[0] in ON_THIS_COMPUTER for host in hosts)
        self._headers = {name: value for name, value in HEADERS.items() if here or name != FOR_THIS_COMPUTER}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or let it in."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        if self._folds:
            first, slash, path = scope["path"].removeprefix("/").partition("/")
            scope = {**scope, "path": f"/{first.lower()}{slash}{path}"}

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name.lower() for name, _ in message["headers"]}
                missing = [
                    (name.lower().encode(), value.encode())
                    for name, value in self._headers.items()
                    if name.lower().encode() not in given
                ]
                closes = [(b"connection", b"close")] if message["status"] in CLOSES else []
                message = {**message, "headers": [*message["headers"], *missing, *closes]}
            await send(message)

        status, why = self._refusal(scope)
        if status:
            await PlainTextResponse(why, status)(scope, receive, sent)
            return
        if (brought := await self._brought(scope, receive)) is None:
            return
        if not is_plain(brought):
            await PlainTextResponse("This can't be read.", 422)(scope, receive, sent)
            return
        await self._app(scope, _first(brought, receive) if brought else receive, sent)

    async def _brought(self, scope: Scope, receive: Receive) -> bytes | None:
        """Return the JSON that a request brings; nothing for files and forms, ``None`` if whoever asks has gone."""
        headers = dict(scope["headers"])
        length = int(headers.get(b"content-length", b"0"))
        is_form = headers.get(b"content-type", b"").partition(b";")[0].strip() == FORM.encode()
        if not length or is_form or self._most(self._path(scope)) > USUAL:
            return b""
        body, more = b"", True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            body, more = body + message.get("body", b""), message.get("more_body", False)
        return body

    def _path(self, scope: Scope) -> str:
        """Return the path without the secret."""
        path: str = scope["path"]
        first, _, rest = path.removeprefix("/").partition("/")
        return rest if secrets.compare_digest(first.encode(), self._secret.encode()) else path

    def _refusal(self, scope: Mapping[str, Any]) -> tuple[int, str]:
        """Return the status and the words with which a request is refused; 0 if it may come in."""
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        first, slash, path = scope["path"].removeprefix("/").partition("/")
        knows = secrets.compare_digest(first.encode(), self._secret.encode())
        is_page = knows and slash == "/" and path == "" and scope["method"] == "GET"
        if not ((knows or scope["path"] in self._without) and self._is_ours(headers, is_page=is_page)):
            return 403, self._refused
        if knows:
            self._reached()
        if any(part.isdecimal() and not is_number(part) for part in path.split("/")):
            return 404, "There is nothing here."
        length = headers.get("content-length", "" if scope["method"] not in ("GET", "HEAD") else "0")
        if "transfer-encoding" in headers or not length.isdecimal():
            return 411, "A request says how long it is."
        if not is_number(length):
            return 413, "This is too large."
        if int(length) > self._most(path if knows else scope["path"]):
            return 413, "This is too large."
        return 0, ""

    def _is_ours(self, headers: Mapping[str, str], *, is_page: bool) -> bool:
        """Whether a request comes from our page, from the address bar or, if it is for the page itself, from a tab of its own.

        The file that the browser is started with leads to the page, which a browser calls another site.
        """
        origin, site = headers.get("origin"), headers.get("sec-fetch-site", "none")
        tab = [headers.get(f"sec-fetch-{name}") for name in ("mode", "dest")] == ["navigate", "document"]
        sites = ("none", "same-origin", *(("cross-site",) if is_page and tab else ()))
        own = origin is None or (origin.startswith("http://") and origin.removeprefix("http://") in self._hosts)
        return headers.get("host", "") in self._hosts and own and site in sites


def _first(body: bytes, receive: Receive) -> Receive:
    """Return what gives a body that was read already, and then what follows."""
    given = [body]

    async def again() -> Message:
        return {"type": "http.request", "body": given.pop(), "more_body": False} if given else await receive()

    return again
