"""The preview's server: on this computer alone, behind an address that nobody can guess."""

from __future__ import annotations

import json
import secrets
import socket
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

from workshop.addons.preview.session import Session, as_data
from workshop.errors import WorkshopError
from workshop.render.svg.slide import font_files

HOST = "127.0.0.1"
USUAL_PORT, TRIES = 8450, 20
WAIT = 20.0  # seconds that a request for news waits
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
# A document is shown in a frame of our page. The companion page has its own policy, and no access to ours.
FRAMED: Mapping[str, str] = {
    "application/pdf": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
    "text/html; charset=utf-8": "sandbox allow-scripts; frame-ancestors 'self'",
}
STATIC = {
    "": ("page.html", "text/html; charset=utf-8"),
    "page.css": ("page.css", "text/css; charset=utf-8"),
    "page.js": ("page.js", "text/javascript; charset=utf-8"),
}


class Server(ThreadingHTTPServer):
    """Serves one session.

    Args:
        session: what is shown.
        port: the port; 0 for the usual one, or the next that is free.

    Raises:
        OSError: if the port is taken.
    """

    daemon_threads = True
    allow_reuse_address = False

    def __init__(self, session: Session, port: int = 0) -> None:
        self.session = session
        self.token = secrets.token_urlsafe(24)
        ports = [port] if port else [*range(USUAL_PORT, USUAL_PORT + TRIES), 0]
        for chosen in ports:
            try:
                super().__init__((HOST, chosen), Page)
            except OSError:
                if chosen == ports[-1]:
                    raise
            else:
                break

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self.server_address[1])

    @property
    def address(self) -> str:
        """The address of the page."""
        return f"http://{HOST}:{self.port}/{self.token}/"

    def server_bind(self) -> None:
        """Bind without looking up this computer's name, which can take seconds."""
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # on Windows, two programs could otherwise share a port
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = HOST, self.server_address[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing about a browser that went away."""


class Page(BaseHTTPRequestHandler):
    """Answers one request."""

    protocol_version = "HTTP/1.1"
    server: Server
    server_version, sys_version = "workshop", ""
    timeout: ClassVar[float] = 60.0

    def do_GET(self) -> None:
        """Answer a request for the page or something on it."""
        if not self._is_ours():
            self._send(HTTPStatus.FORBIDDEN, b"This preview is for the page that the command opened.", "text/plain")
            return
        parts = urlsplit(self.path)
        _, _, path = parts.path.removeprefix("/").partition("/")
        asked = parse_qs(parts.query)
        head, _, rest = path.partition("/")
        if path in STATIC:
            name, kind = STATIC[path]
            self._send(HTTPStatus.OK, (files("workshop.addons.preview") / "static" / name).read_bytes(), kind)
        elif path == "state":
            self._send_state(int(number) if (number := asked.get("after", ["0"])[0]).isdecimal() else 0)
        elif path == "fonts.css":
            self._send(HTTPStatus.OK, self._faces().encode(), "text/css; charset=utf-8")
        elif head == "fonts" and rest.isdecimal():
            self._send_font(int(rest))
        elif head == "media" and rest in self.server.session.pictures:
            self._send(HTTPStatus.OK, *self.server.session.pictures[rest])
        elif head == "document":
            self._send_document(rest)
        else:
            self._send(HTTPStatus.NOT_FOUND, b"There is nothing here.", "text/plain")

    def _is_ours(self) -> bool:
        """Whether a request knows the token, names this computer, and comes from our page or from the address bar.

        The name is checked since another site's name may be made to lead to this computer.
        """
        port = self.server.port
        ours = {f"{HOST}:{port}", f"localhost:{port}"}
        token, _, path = urlsplit(self.path).path.removeprefix("/").partition("/")
        origin, site = self.headers.get("Origin"), self.headers.get("Sec-Fetch-Site", "none")
        sites = ("none", "same-origin", *(("cross-site",) if path == "" and self._is_a_tab() else ()))
        return (
            secrets.compare_digest(token.encode(), self.server.token.encode())
            and self.headers.get("Host", "") in ours
            and (origin is None or origin.removeprefix("http://") in ours)
            and site in sites
        )

    def _is_a_tab(self) -> bool:
        """Whether a browser asks for what it shows in a tab of its own, as it does when the command's file leads there."""
        asked = (self.headers.get(f"Sec-Fetch-{name}") for name in ("Mode", "Dest"))
        return tuple(asked) == ("navigate", "document")

    def _send_state(self, after: int) -> None:
        """Send the state once it differs from the one that the page has, or after a while."""
        session = self.server.session
        with session.news:
            session.news.wait_for(lambda: session.shown.number != after, WAIT)
            shown = session.shown
        known = after if after <= shown.number else 0
        data = json.dumps(as_data(shown, known), ensure_ascii=False)
        self._send(HTTPStatus.OK, data.encode(), "application/json; charset=utf-8")

    def _fonts(self) -> list[tuple[str, bool, Any]]:
        laid = self.server.session.shown.laid
        found = font_files(laid.theme) if laid is not None else {}
        return [(family, bold, path) for (family, bold), path in sorted(found.items())]

    def _faces(self) -> str:
        """Return a rule for each font file; Arimo's one file has both weights."""
        rules = []
        for number, (family, bold, _) in enumerate(self._fonts()):
            name = "".join(c for c in family if c.isalnum() or c in " -_")
            weight = "400 700" if name == "Arimo" else "700" if bold else "400"
            rules.append(f'@font-face{{font-family:"{name}";src:url("fonts/{number}");font-weight:{weight}}}')
        return "\n".join(rules)

    def _send_font(self, number: int) -> None:
        fonts = self._fonts()
        if number < len(fonts):
            self._send(HTTPStatus.OK, fonts[number][2].read_bytes(), "font/ttf")
        else:
            self._send(HTTPStatus.NOT_FOUND, b"There is no such typeface.", "text/plain")

    def _send_document(self, name: str) -> None:
        try:
            made, filename = self.server.session.document(name)
        except KeyError:
            self._send(HTTPStatus.NOT_FOUND, b"This deck has no such document.", "text/plain")
        except WorkshopError as error:
            self._send(HTTPStatus.CONFLICT, "\n".join(map(str, error.problems)).encode(), "text/plain; charset=utf-8")
        else:
            kind = "text/html; charset=utf-8" if filename.endswith(".html") else "application/pdf"
            self._send(HTTPStatus.OK, made, kind, FRAMED[kind], filename)

    def _send(self, status: HTTPStatus, body: bytes, kind: str, policy: str = POLICY, filename: str = "") -> None:
        self.send_response(status)
        for name, value in {
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            "Content-Security-Policy": policy,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cache-Control": "no-store",
        }.items():
            self.send_header(name, value)
        if filename:
            self.send_header("Content-Disposition", f'inline; filename="{filename}"')
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the library's
        """Print nothing."""
