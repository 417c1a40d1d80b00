"""What the phones, the wall and the remote of a room may ask for, and the app that listens on the network while it is open."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from functools import wraps
from html import escape
from http import HTTPStatus
from importlib.resources import files
from typing import Annotated, Any
from urllib.parse import parse_qs

import msgspec
from msgspec import Meta, Struct
from starlette.applications import Starlette
from starlette.requests import Request as Asked
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp

from workshop import limits
from workshop.addons.live import known
from workshop.addons.live.course import PHONE, SHOWN, SHUT, TOLD, Course, Event, Refused
from workshop.addons.live.network import Place
from workshop.addons.live.plain_form import page_title, poll_form
from workshop.addons.live.room import Room
from workshop.addons.live.seats import new_device
from workshop.addons.live.slides import Slides
from workshop.addons.web.guard import POLICY, USUAL, Guard
from workshop.addons.web.news import News, newest
from workshop.addons.web.serve import page
from workshop.errors import ExitCode, WorkshopError

HERE = "workshop.addons.live"
MOST = 2048  # bytes that a phone may bring
RATE, RATE_OF_NEW = 10, 200  # requests in a second: of a seat, and of all phones that have none yet
HOST = frozenset(
    {
        *("yes", "no", "next", "back", "go", "skip", "open", "close", "show", "again", "hands", "word"),
        *("pause", "resume", "blank", "end"),
    }
)
NOWHERE = "There is no room at this address. Look at the wall and type the address again."
TOO_LATE = "Too late: it’s closed. Look at the wall."
FORMS = {
    "Content-Security-Policy": POLICY.replace("form-action 'none'", "form-action 'self'"),
    "Referrer-Policy": "same-origin",
}
Text = Annotated[str, Meta(max_length=60)]
Follow = Callable[[], Coroutine[Any, Any, None]]
Late = Callable[[str, Sequence[tuple[str, str]], int], Awaitable[dict[str, Any]]]
Answers = Callable[["Hall", Asked], Coroutine[Any, Any, Response]]


class Answer(Struct, frozen=True):
    """What a phone answers to a question."""

    question: Text
    round: int = 1
    pick: Text = ""
    sure: bool = False


class Done(Struct, frozen=True):
    """What the trainer does; see ``Event``."""

    event: Text
    question: Text = ""
    pick: Annotated[str, Meta(max_length=2000)] = ""
    count: Annotated[int, Meta(ge=0, le=int(limits.PEOPLE))] = 0
    seat: Text = ""
    text: str = ""
    minutes: Annotated[int, Meta(ge=1, le=600)] = 10


class Pace:
    """Lets everybody ask so often a second, and a second's worth at once."""

    def __init__(self) -> None:
        self._left: dict[str, tuple[float, float]] = {}

    def allows(self, who: str, rate: int) -> bool:
        """Whether one more is allowed."""
        now = time.monotonic()
        left, at = self._left.get(who, (rate, now))
        left = min(rate, left + (now - at) * rate)
        self._left[who] = (left - 1 if left >= 1 else left, now)
        return left >= 1


def _words(error: WorkshopError) -> str:
    return " ".join(f"{problem.message[:1].upper()}{problem.message[1:]}." for problem in error.problems)


def answering(method: Answers) -> Answers:
    """Answer with what is wrong if anything is, in words for whoever holds the phone."""

    @wraps(method)
    async def answer(self: Hall, asked: Asked) -> Response:
        try:
            return await method(self, asked)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return JSONResponse({"told": "This can’t be read."}, 422)
        except Refused as error:
            return JSONResponse({"told": _words(error), "present": error.present}, 409)
        except WorkshopError as error:
            return JSONResponse({"told": _words(error)}, 503 if error.exit_code is ExitCode.MACHINE else 422)

    return answer


class Hall:
    """A room that is open, for everybody who looks at it.

    Args:
        room: what happens in it.
        place: where phones find it.
        slides: what its wall shows.
        late: the slide that is shown, those to come, and minutes -> what to leave out; see ``leave_out``.
        follow: has the slides drawn again with what the room has said.

    Attributes:
        host: the last part of the remote's address; another one with each new remote.
        reached: whether a phone has been here.
        following: whether the slides are being drawn again.
        problem: why they couldn't be; "" if they could.
        app: what listens on the network.
    """

    def __init__(self, room: Room, place: Place, slides: Slides, late: Late, follow: Follow) -> None:
        self.room, self.place, self.slides, self._late, self._follow = room, place, slides, late, follow
        self.following, self.problem = False, ""
        self._shown = known.phone(room.course, "")
        self.phones, self.hosts = News(), News()
        self.phones.tell(int(time.time()))  # a phone from before a crash has an older number
        self.hosts.tell(int(time.time()))
        self.host = secrets.token_urlsafe(18)
        self.reached = False
        self._pace = Pace()
        self._cookie = f"room-{place.port}"
        self.routes: list[BaseRoute] = [
            Route("/", self.phone),
            *page(HERE, "phone.html", "room.css", "phone.js")[1:],
            Route("/news", self.news),
            Route("/seat", self.seat, methods=["POST"]),
            Route("/answer", self.answer, methods=["POST"]),
            Route("/ping", self.ping),
            *(
                Route(route.path, self.of_host(route.endpoint))
                for route in page(HERE, "remote.html", "room.css", "remote.css", "remote.js", below="/host/{secret}")
            ),
            Route("/host/{secret}/news", self.of_host(self.remote)),
            Route("/host/{secret}/do", self.of_host(self.do), methods=["POST"]),
        ]
        self.app = self._guarded()

    def _guarded(self) -> ASGIApp:
        code = self.place.code
        inside = Starlette(routes=[Route(f"/{code}", self._on), Mount(f"/{code}", routes=self.routes)])
        inside.router.redirect_slashes = False
        return Guard(
            inside,
            hosts=frozenset((f"{self.place.host}:{self.place.port}",)),
            secret=code,
            folds=True,
            refused=NOWHERE,
            most=lambda path: USUAL if path.startswith("host/") else MOST,
        )

    async def _on(self, _: Asked) -> Response:
        return RedirectResponse(f"/{self.place.code}/", 303)

    @property
    def remote_address(self) -> str:
        """The address of the remote."""
        return f"{self.place.address}host/{self.host}/"

    def new_remote(self) -> None:
        """End the present remote, and have another one."""
        self.host = secrets.token_urlsafe(18)
        self.hosts.tell()

    def end(self) -> None:
        """Let nobody wait any more."""
        self.phones.end()
        self.hosts.end()

    # ------------------------------------------------------------ phones
    async def phone(self, asked: Asked) -> Response:
        """Answer with the page; for a browser without scripts, with what it shows now, as a form."""
        state = self._phone(self._device(asked))
        page = (files(HERE) / "static" / "phone.html").read_text("utf-8")
        parts = {
            "title": page_title(state),
            "form": poll_form(state),
            "said": TOO_LATE if "late" in asked.query_params else "",
        }
        for name, value in parts.items():
            page = page.replace(f"{{{name}}}", value if name == "form" else escape(value))
        self._reached(asked)
        return Response(page, media_type="text/html; charset=utf-8", headers=FORMS)

    async def news(self, asked: Asked) -> Response:
        """Answer with what a phone shows, once it differs from what it has, or after a while."""
        device = self._device(asked)
        if not self._allows(device):
            return _slower()
        number = await self.phones.after(newest(asked))
        return JSONResponse({**self._phone(device), "number": number})

    async def ping(self, asked: Asked) -> Response:
        """Answer that the room is here."""
        self._reached(asked)
        return PlainTextResponse("Here is the room.")

    @answering
    async def seat(self, asked: Asked) -> Response:
        """Let a phone in."""
        if not self._allows(""):
            return _slower()
        device = self._device(asked) or new_device()
        what = await _brought(asked)
        await self.room.sit(msgspec.convert(what.get("code", ""), Text).strip(), device)
        self.tell(phones=True)
        answer = _done(asked)
        answer.set_cookie(
            self._cookie, device, path=f"/{self.place.code}/", httponly=True, samesite="strict", max_age=86_400
        )
        return answer

    @answering
    async def answer(self, asked: Asked) -> Response:
        """Take an answer, and say so once it is kept."""
        device = self._device(asked)
        if not self._allows(device):
            return _slower()
        what = msgspec.convert(await _brought(asked), Answer, strict=False)
        try:
            await self.room.take(
                Event(
                    what="answer",
                    device=device,
                    seat=self.room.course.seat_of(device),
                    question=what.question,
                    round=what.round,
                    pick=what.pick,
                    sure=what.sure,
                    by=PHONE,
                )
            )
        except Refused as error:
            if _is_form(asked):
                return RedirectResponse("./?late", 303)
            told = TOO_LATE if error.present["phase"] in (SHOWN, SHUT, TOLD) else _words(error)
            return JSONResponse({"told": told, "late": True, "present": error.present}, 409)
        self.tell()
        return _done(asked)

    def _phone(self, device: str) -> dict[str, Any]:
        """Return what a phone shows."""
        course = self.room.course
        return {**known.phone(course, course.seat_of(device)), "waits": course.waits(device)}

    def _device(self, asked: Asked) -> str:
        """Return the number of a phone that has a seat, or waits for one; "" for any other."""
        device = asked.cookies.get(self._cookie, "")
        course = self.room.course
        return device if course.seat_of(device) or course.waits(device) else ""

    def _allows(self, device: str) -> bool:
        return self._pace.allows(device, RATE if device else RATE_OF_NEW)

    def _reached(self, asked: Asked) -> None:
        if not self.reached and asked.client is not None and asked.client.host != self.place.host:
            self.reached = True
            self.hosts.tell()

    def tell(self, *, phones: bool = False) -> None:
        """Let those who look go on: wall and remote always, phones if they show something else now."""
        shown = known.phone(self.room.course, "")
        if phones or shown != self._shown:
            self._shown = shown
            self.phones.tell()
        self.hosts.tell()

    # ------------------------------------------------------------ the remote
    def of_host(self, answer: Callable[[Asked], Any]) -> Callable[[Asked], Any]:
        """Answer only to whoever knows the address of the present remote."""

        async def checked(asked: Asked) -> Response:
            if not secrets.compare_digest(asked.path_params["secret"].encode(), self.host.encode()):
                return PlainTextResponse("There is nothing here.", 404)
            given = answer(asked)
            return given if isinstance(given, Response) else await given

        return checked

    async def remote(self, asked: Asked) -> Response:
        """Answer with what the remote shows, once it differs from what it has, or after a while."""
        number = await self.hosts.after(newest(asked))
        state = known.remote(self.room.course, self.room.right, time.time())
        course = self.room.course
        ahead, slide = course.ahead(), self.slides.at(course.slide)
        shown = {name: slide[name] for name in ("id", "title", "stage", "minutes", "notes")} if slide else None
        if shown is not None:
            shown["number"] = course.spot.label
        after = self.slides.at(ahead[0]) if ahead else None
        more = {"slide": shown, "after": after["title"] if after else "", "last": not ahead, "problem": self.problem}
        return JSONResponse({**state, **more, "number": number})

    @answering
    async def do(self, asked: Asked) -> Response:
        """Do what the trainer wants."""
        done = msgspec.json.decode(await asked.body(), type=Done)
        told = await self._do(done)
        self.tell(phones=done.event in ("yes", "no"))
        return JSONResponse(told)

    async def _do(self, done: Done) -> dict[str, Any]:
        room, event = self.room, done.event
        if event == "paper":
            return {"lines": await room.paper(done.text)}
        if event == "late":
            return {"offer": await self._late(*_ahead(room.course), done.minutes)}
        if event not in HOST:
            raise msgspec.ValidationError(event)
        await room.take(
            Event(
                what=event,
                question=done.question,
                round=max(1, room.course.round),
                pick=done.pick,
                count=done.count,
                seat=done.seat,
            )
        )
        if event in ("close", "show"):
            self._redrawing = asyncio.create_task(self._follow())
        return {}

    # ------------------------------------------------------------ the wall
    async def wall(self, asked: Asked) -> Response:
        """Answer with what the wall shows, once it differs from what it has, or after a while."""
        number = await self.hosts.after(newest(asked))
        course, place = self.room.course, self.place
        ahead, slide = course.ahead(), self.slides.at(course.slide)
        shown = {name: slide[name] for name in ("id", "title", "version")} if slide else None
        asks = course.deck.on(course.slide)
        silent = asks is not None and asks.id not in course.told  # the next slide may show the answer
        if shown and ahead and not silent and (after := self.slides.at(ahead[0])):
            shown["next"] = {"id": after["id"], "version": after["version"]}
        room = {"title": self.slides.title, "address": place.shown, "wifi": place.wifi, "joins": bool(place.joins)}
        more = {"slide": shown, "room": room, "number": number, "following": self.following}
        return JSONResponse({**known.wall(course, self.room.right), **more})

    async def slide(self, asked: Asked) -> Response:
        """Answer with a slide's picture and its words."""
        slide = self.slides.at(asked.path_params["id"])
        if slide is None:
            return PlainTextResponse("There is nothing here.", 404)
        return JSONResponse({"svg": slide["svg"], "words": slide["words"]})


def _ahead(course: Course) -> tuple[str, list[tuple[str, str]]]:
    """Return the slide that is shown as it was written, and those to come, each as it is shown and as it was written."""
    sources = {spot.id: spot.source for spot in course.deck.slides}
    return sources.get(course.slide, ""), [(name, sources[name]) for name in course.ahead()]


def _slower() -> Response:
    return JSONResponse({"told": "One moment, please."}, HTTPStatus.TOO_MANY_REQUESTS)


def _is_form(asked: Asked) -> bool:
    return asked.headers.get("content-type", "").partition(";")[0] == "application/x-www-form-urlencoded"


async def _brought(asked: Asked) -> Mapping[str, Any]:
    """Return what a phone brings: an object, or the fields of the form without scripts."""
    body = await asked.body()
    if _is_form(asked):
        return {name: values[-1] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}
    return msgspec.json.decode(body, type=dict[str, Any])


def _done(asked: Asked) -> Response:
    """Answer that it is done; a form leads back to the page."""
    return RedirectResponse("./", 303) if _is_form(asked) else JSONResponse({})
