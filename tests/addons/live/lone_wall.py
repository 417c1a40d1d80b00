"""A wall and its remote's keys, of a room alone in a thread of this process, without the app around it."""

import asyncio
from contextlib import contextmanager
from threading import Thread

from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from tests.addons.live.hall import slide
from workshop.addons.live.network import Place
from workshop.addons.live.room import Room
from workshop.addons.live.routes import Hall
from workshop.addons.live.slides import Slides
from workshop.addons.web.serve import Beside, listening, page
from workshop.layout.qr_code import code_svg

HOST = "127.0.0.1"


async def _nothing(*_):
    return {"slides": [], "told": ""}


def _routes(hall):
    async def code(_):
        return Response(code_svg(hall.place.address), media_type="image/svg+xml")

    names = ("wall.html", "wall.css", "counted.js", "results.js", "wall.js")
    return [
        *page("workshop.addons.live", *names, below="/wall"),
        Route("/wall/news", hall.wall),
        Route("/wall/slide/{id}", hall.slide),
        Route("/wall/code.svg", code),
        Route("/wall/wifi.svg", code),
        Route("/wall/fonts.css", lambda _: Response("", media_type="text/css")),
        Route("/room/do", hall.do, methods=["POST"]),
    ]


async def _served(folder, deck, right, wifi, ready, ended):
    room = Room(folder / "room.db", deck, right)
    writing = asyncio.create_task(room.run())
    at = listening(0, HOST, 18080)
    place = Place(host="192.168.178.40", port=8080, code="k7qd2m", wifi=wifi, password=wifi and "geheim")
    slides = [slide(spot.id, number) for number, spot in enumerate(deck.slides, 1)]
    hall = Hall(room, place, Slides("How AI models are made", slides), _nothing, _nothing)
    beside = Beside(Starlette(routes=_routes(hall)), at, 100, hall.end)
    ready(f"http://{HOST}:{at.getsockname()[1]}/wall/", room)
    await ended.wait()
    await beside.end()
    writing.cancel()
    room.close()


@contextmanager
def wall_alone(folder, deck, right, wifi=""):
    """Yield the wall's address, and a function that lets something happen in the room."""
    folder.mkdir(exist_ok=True)
    loop, found = asyncio.new_event_loop(), []
    ended = asyncio.Event()
    thread = Thread(
        target=loop.run_until_complete, args=(_served(folder, deck, right, wifi, lambda *it: found.append(it), ended),)
    )
    thread.start()
    while not found and thread.is_alive():
        pass
    address, room = found[0]

    def happens(event):
        asyncio.run_coroutine_threadsafe(room.take(event), loop).result()

    try:
        yield address, happens
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join()
        loop.close()
