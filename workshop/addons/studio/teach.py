"""Teach: opening a room on a network, and what the wall and the remote on this computer ask for."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from socket import socket
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace
from starlette.requests import Request as Asked
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from workshop.addons.live.course import ENDED, Event
from workshop.addons.live.deck import Deck
from workshop.addons.live.follow import merged
from workshop.addons.live.freeze import freeze
from workshop.addons.live.network import THIS, Place, networks, new_code
from workshop.addons.live.room import Room
from workshop.addons.live.routes import Hall
from workshop.addons.live.slides import Slides
from workshop.addons.preview.preview_page import drawn_with
from workshop.addons.studio.answers import answering
from workshop.addons.studio.form import refused
from workshop.addons.studio.project import ROOM, SAID, Project, new_room
from workshop.addons.studio.shelf import Shelf
from workshop.addons.web.process import Process
from workshop.addons.web.serve import Beside, listening, page
from workshop.errors import WorkshopError
from workshop.layout.qr_code import code_svg

PORT = 8080  # of the room, or the next that is free
FREE = 50_000_000  # bytes that have to be free when a room opens
LIVE = "workshop.addons.live"
Name = Annotated[str, Meta(max_length=64)]


class Opened(Struct, frozen=True):
    """What was chosen for a room.

    Attributes:
        host: the address of this computer in a network.
        wifi: the name of the Wi-Fi, for the wall.
        password: of the Wi-Fi, if the wall should show a code that joins it.
        new: whether a room that hasn't ended is left alone, instead of going on with it.
    """

    host: str
    wifi: Name = ""
    password: Name = ""
    new: bool = False


def connections(people: int) -> int:
    """Return how many connections a room of so many people may have."""
    return 3 * people + 100


class Teach:
    """The room of the workshop that is open.

    Args:
        engine: draws its slides.
        project: returns the workshop, in whose folder the engine then is.
        changed: is called when the page should look again.
        shelf: remembers where a room was.
        listen: the address that is offered first; "" for the one of the last room.
    """

    def __init__(
        self,
        engine: Process,
        project: Callable[[], Awaitable[Project]],
        changed: Callable[[], None],
        shelf: Shelf,
        listen: str = "",
    ) -> None:
        self._shelf = shelf
        self._engine, self._project, self._changed, self._listen = engine, project, changed, listen
        self.hall: Hall | None = None
        self._beside: Beside | None = None
        self._drawn: dict[str, bytes] = {}  # what the room said when its slides were drawn
        there = self._there
        self.routes = [
            *page(LIVE, "remote.html", "room.css", "remote.css", "counted.js", "remote.js", below="/room"),
            Route("/room/news", there(lambda hall, asked: hall.remote(asked))),
            Route("/room/do", there(lambda hall, asked: hall.do(asked)), methods=["POST"]),
            *page(LIVE, "wall.html", "wall.css", "counted.js", "results.js", "wall.js", below="/wall"),
            Route("/wall/news", there(lambda hall, asked: hall.wall(asked))),
            Route("/wall/slide/{id}", there(lambda hall, asked: hall.slide(asked))),
            Route("/wall/code.svg", there(lambda hall, _: _code(hall.place.address))),
            Route("/wall/wifi.svg", there(lambda hall, _: _code(hall.place.joins))),
            Route("/room/remote.svg", there(lambda hall, _: _code(hall.remote_address))),
            *drawn_with(engine, "/wall", "room-"),
            Route("/room/networks", self._networks),
            Route("/room/open", self._open, methods=["POST"]),
            Route("/room/new-remote", self._new_remote, methods=["POST"]),
            Route("/room/close", self._close, methods=["POST"]),
        ]

    def _there(self, answer: Callable[[Hall, Asked], Any]) -> Callable[[Asked], Coroutine[Any, Any, Response]]:
        """Answer if a room is open."""

        async def answered(asked: Asked) -> Response:
            if self.hall is None:
                return PlainTextResponse("No room is open.", 404)
            found = answer(self.hall, asked)
            return found if isinstance(found, Response) else await found

        return answered

    def state(self) -> dict[str, Any] | None:
        """Return what the page shows of the room; nothing if none is open."""
        if (hall := self.hall) is None:
            return None
        return {"address": hall.place.shown, "remote": hall.remote_address, "reached": hall.reached}

    @answering
    async def _open(self, asked: Asked) -> Response:
        """Open the room, or go on with the last one that wasn't ended."""
        chosen = msgspec.json.decode(await asked.body(), type=Opened)
        await self.close()
        project = await self._project()
        project.inside.make(ROOM)
        if not project.has_room(FREE):
            raise refused("the disk is nearly full, and the room's answers are kept there", "free some space")
        self._drawn = {}
        room = None if chosen.new else await asyncio.to_thread(last, project)
        drawn = await self._engine.ask("room", project.asked(said=ROOM if room else "", phones=True))
        before = project.kept.place if room else None
        at = _listening(chosen.host, before.port if before else 0)
        place = Place(
            host=chosen.host,
            port=at.getsockname()[1],
            code=before.code if before else new_code(),
            wifi=chosen.wifi,
            password=chosen.password,
        )
        if room is None:
            name = new_room()
            room = await asyncio.to_thread(Room, project.room(name), msgspec.convert(drawn["deck"], Deck))
        else:
            name = project.kept.room
        kept = replace(project.kept, room=name, place=replace(place, password=""), used=time.time())
        project.kept = self._shelf.keep(project.folder, project.identity, kept)
        room.right = drawn["right"]
        self._writing = asyncio.create_task(room.run())
        self.hall = Hall(room, place, Slides(drawn["title"], drawn["slides"]), self._late, self._follow)
        self._beside = Beside(self.hall.app, at, connections(drawn["people"]), self.hall.end, self.hall.knows)
        self._changed()
        return JSONResponse({})

    @answering
    async def _close(self, _: Asked) -> Response:
        """Close the room; what was said stays in the workshop's folder."""
        await self.close()
        self._changed()
        return JSONResponse({})

    async def _follow(self) -> None:
        """Have the slides that are still to come drawn again with what the room has said."""
        if (hall := self.hall) is None:
            return
        self._wanted = True
        if hall.following:
            return
        hall.following = True
        try:
            while self._wanted:
                self._wanted = False
                hall.tell()
                await self._redraw(hall)
                hall.problem = ""
        except (WorkshopError, OSError):
            hall.problem = "The slides couldn’t be redrawn with these votes, so the earlier ones stay."
        finally:
            hall.following = False
            hall.tell()

    async def _redraw(self, hall: Hall) -> None:
        project = await self._project()
        before = hall.room.course
        past = {spot.id for spot in before.deck.slides[: before.deck.places.get(before.slide, -1) + 1]}
        frozen = freeze(before)
        tables = {name: frozen.get(name, b"") for name in SAID}
        if tables == self._drawn:
            return
        project.keep_tables(ROOM, tables)
        drawn = await self._engine.ask("room", project.asked(said=ROOM, phones=True))
        self._drawn = tables
        course = hall.room.course
        deck = merged(course.deck, msgspec.convert(drawn["deck"], Deck), course.slide)
        await hall.room.take(Event(what="deck", deck=deck))
        hall.room.right = {**hall.room.right, **drawn["right"]}
        hall.slides.redraw(drawn["slides"], [spot.id for spot in deck.slides], past)

    async def _late(self, present: str, ahead: Sequence[tuple[str, str]], minutes: int) -> dict[str, Any]:
        try:
            found: dict[str, Any] = await self._engine.ask("late", present, ahead, minutes)
        except KeyError:  # it had to start again
            await self._engine.ask("room", (await self._project()).asked(said=ROOM, phones=True))
            found = await self._engine.ask("late", present, ahead, minutes)
        return found

    async def close(self) -> None:
        """Close the room if one is open."""
        if self.hall is not None and self._beside is not None:
            await self._beside.end()
            self._writing.cancel()
            with suppress(asyncio.CancelledError):
                await self._writing
            self.hall.room.close()
        self.hall = self._beside = None

    @answering
    async def _new_remote(self, _: Asked) -> Response:
        if self.hall is not None:
            self.hall.new_remote()
            self._changed()
        return JSONResponse({})

    @answering
    async def _networks(self, _: Asked) -> Response:
        """Answer with the networks of this computer, the one to choose first, and the name of the Wi-Fi of the last room."""
        before = self._shelf.lately()
        found = [*networks(), ("this computer alone, to try it out", THIS)]
        if self._listen and self._listen not in (host for _, host in found):
            found.append(("chosen with --listen", self._listen))
        first = self._listen or (before.host if before else "")
        found.sort(key=lambda one: one[1] != first)
        told = [{"name": name, "host": host} for name, host in found]
        return JSONResponse({"networks": told, "wifi": before.wifi if before else ""})


def last(project: Project) -> Room | None:
    """Return the last room that was opened here if it hasn't ended: after a crash, or after it was closed, it goes on."""
    if name := project.unfinished():
        room = Room(project.room(name))
        if room.course.phase != ENDED:
            return room
        room.close()
    return None


def _listening(host: str, port: int) -> socket:
    """Return a socket at the port of before, or at the next that is free."""
    if port:
        with suppress(WorkshopError):
            return listening(port, host)
    return listening(0, host, PORT)


def _code(text: str) -> Response:
    return (
        Response(code_svg(text), media_type="image/svg+xml")
        if text
        else PlainTextResponse("There is nothing here.", 404)
    )
