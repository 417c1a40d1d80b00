"""The preview's page: what it may ask for, and the process that answers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.requests import Request as Asked
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from workshop.addons.web.news import News, newest
from workshop.addons.web.process import Process
from workshop.addons.web.serve import Own, Serving, static
from workshop.errors import WorkshopError
from workshop.model.request import Request

# A document is shown in a frame of our page. The companion page has its own policy, and no access to ours.
FRAMED = {
    "application/pdf": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
    "text/html; charset=utf-8": "sandbox allow-scripts; frame-ancestors 'self'",
}
HERE = "workshop.addons.preview"


class Preview:
    """One preview.

    Args:
        path: a kit's folder or a Markdown file.
        port: 0 for the usual one, or the next that is free.
        say: prints a line for the person at the terminal.

    Raises:
        WorkshopError: exit code 3 if the port is taken.
    """

    def __init__(self, path: Path, request: Request, port: int, say: Callable[[str], None]) -> None:
        self.own = Own(port, say)
        self.news = News()
        self.engine = Process(
            "workshop.addons.preview.preview_process:follow",
            lambda: (path, request, self.news.number),
            self._told,
            self._died,
        )
        self.routes = [
            Route("/", static(HERE, "page.html")),
            Route("/page.css", static(HERE, "page.css")),
            Route("/page.js", static(HERE, "page.js")),
            Route("/deck.js", static("workshop.render.html", "deck.js")),
            Route("/state", self._state),
            *drawn_with(self.engine),
            Route("/document/{name}", self._document),
        ]
        self.app = self.own.app(self.routes, self._life)
        self.serving = Serving(self.own, self.app, self.news.end)
        self._say = say

    @asynccontextmanager
    async def _life(self, _: Any) -> AsyncIterator[None]:
        self.engine.start()
        try:
            yield
        finally:
            self.engine.end()

    def _told(self, what: dict[str, Any]) -> None:
        self.news.tell(what["number"])
        self._say(what["said"])

    def _died(self, again: bool) -> None:
        if again:
            self._say("The preview had to start again.")
        else:
            self._say("The process that builds the slides ended before it had built any; the preview ends, too.")
            self.serving.end()

    # ------------------------------------------------------------ answers
    async def _state(self, asked: Asked) -> Response:
        """Answer once the state differs from the one that the page has, or after a while."""
        after = max(0, newest(asked))
        await self.news.after(after)
        try:
            return JSONResponse(await self.engine.ask("state", after))
        except WorkshopError as error:
            return _problems(error, 503)

    async def _document(self, asked: Asked) -> Response:
        try:
            made, filename = await self.engine.ask("document", asked.path_params["name"])
        except KeyError:
            return PlainTextResponse("This deck has no such document.", 404)
        except WorkshopError as error:
            return _problems(error, 409)
        kind = "text/html; charset=utf-8" if filename.endswith(".html") else "application/pdf"
        headers = {
            "Content-Security-Policy": FRAMED[kind],
            "Content-Disposition": f'inline; filename="{filename}"',
        }
        return Response(made, media_type=kind, headers=headers)


def drawn_with(engine: Process, below: str = "", of: str = "") -> list[Route]:
    """Return the routes of what slides are drawn with: their fonts and their pictures.

    Args:
        below: the path of the page.
        of: what the names of the engine's answers begin with.
    """

    async def answer(name: str, *arguments: Any) -> Response:
        try:
            content, kind = await engine.ask(f"{of}{name}", *arguments)
        except KeyError:
            return PlainTextResponse("There is nothing here.", 404)
        except WorkshopError as error:
            return _problems(error, 503)
        return Response(content, media_type=kind)

    async def faces(_: Asked) -> Response:
        return await answer("faces")

    async def font(asked: Asked) -> Response:
        return await answer("font", asked.path_params["number"])

    async def picture(asked: Asked) -> Response:
        return await answer("picture", asked.path_params["name"])

    return [
        Route(f"{below}/fonts.css", faces),
        Route(f"{below}/fonts/{{number:int}}", font),
        Route(f"{below}/media/{{name}}", picture),
    ]


def _problems(error: WorkshopError, status: int) -> Response:
    return PlainTextResponse("\n".join(map(str, error.problems)), status)
