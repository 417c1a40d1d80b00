"""What the phones, the wall and the remote of a room may ask for, and the app that listens on the network while it is open."""

from __future__ import annotations

import asyncio
import re
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
from starlette.types import ASGIApp, Receive, Scope, Send

from workshop import limits
from workshop.addons.live import known
from workshop.addons.live.course import PHONE, SHOWN, SHUT, TOLD, Course, Event, Refused
from workshop.addons.live.entrance import Entrance, Knock
from workshop.addons.live.network import Place
from workshop.addons.live.plain_form import page_title, poll_form
from workshop.addons.live.room import Room
from workshop.addons.live.seats import guests, new_device, seat_code
from workshop.addons.live.slides import Slides
from workshop.addons.web.connections import EACH
from workshop.addons.web.guard import POLICY, USUAL, Guard
from workshop.addons.web.news import News, newest
from workshop.addons.web.pace import Pace
from workshop.addons.web.serve import page
from workshop.errors import ExitCode, WorkshopError

HERE = "workshop.addons.live"
MOST = 2048  # bytes that a phone may bring
RATES = {  # requests in a second, and at once
    "seat": (10, 30),
    "files": (20, 60),  # of a seat, for what its page consists of
    "remote": (30, 60),
    "connection": (3, 30),  # without a seat
    "address": (50, 200),  # without a seat
}
PARTS = (".css", ".js")
HOLD = 0.5  # seconds after which whoever asks too often is told so
REMOTE, OF_REMOTE = "remote", 12  # the seat of the remote, and its connections
HOST = frozenset(
    {
        *("yes", "no", "next", "back", "go", "skip", "open", "own", "close", "show", "again", "hands", "word"),
        *("pause", "resume", "blank", "code", "large", "end"),
        *("let in", "keep out", "take back"),
    }
)
NOWHERE = "There is no room at this address. Look at the wall and type the address again."
TWICE = "This page is open twice on this phone. Go on in the other one, or tap here."
TOO_MANY = "Many phones wait for a seat already: tell your trainer"
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
        self._shown = known.phone(room.course, "", room.right)
        self.phones, self.hosts = News(), News()
        self.phones.tell(int(time.time()))  # a phone from before a crash has an older number
        self.hosts.tell(int(time.time()))
        self.host = secrets.token_urlsafe(18)
        self.reached = False
        self._pace = Pace()
        self.entrance = Entrance(room.course)
        self._seats: tuple[Mapping[str, str], Mapping[str, str]] = ({}, {})
        self._page = (files(HERE) / "static" / "phone.html").read_text("utf-8")
        self._cookie = f"room-{place.port}"
        self._named = re.compile(rf"{self._cookie}=([\w-]+)".encode())
        self.routes: list[BaseRoute] = [
            Route("/", self.phone),
            *page(HERE, "phone.html", "room.css", "phone.js")[1:],
            Route("/news", self.news),
            Route("/seat", self.seat, methods=["POST"]),
            Route("/answer", self.answer, methods=["POST"]),
            Route("/ping", self.ping),
            *(
                Route(route.path, self.of_host(route.endpoint))
                for route in page(
                    HERE, "remote.html", "room.css", "remote.css", "counted.js", "remote.js", below="/host/{secret}"
                )
            ),
            Route("/host/{secret}/news", self.of_host(self.remote)),
            Route("/host/{secret}/do", self.of_host(self.do), methods=["POST"]),
        ]
        self.app = self._paced(self._guarded())

    def _paced(self, app: ASGIApp) -> ASGIApp:
        """Return the app for those who don't ask too often: a seat and the remote by themselves, all others by their address."""

        async def paced(scope: Scope, receive: Receive, send: Send) -> None:
            seat, connection = self._whose(scope), scope.get("connection")
            address = scope["client"][0] if scope["client"] else ""
            if connection is not None:
                connection.sits(seat, OF_REMOTE if seat == REMOTE else EACH)
            if seat and seat != REMOTE and scope["path"].endswith(PARTS):
                # whoever reloads a page again and again still gets its script
                allowed = self._pace.allows((seat, "files"), *RATES["files"])
            elif seat:
                allowed = self._pace.allows(seat, *RATES["remote" if seat == REMOTE else "seat"])
            else:
                one = connection is None or self._pace.allows(connection.number, *RATES["connection"])
                allowed = one and self._pace.allows(address, *RATES["address"])
            if allowed:
                await app(scope, receive, send)
                return
            await asyncio.sleep(HOLD)
            await _slower()(scope, receive, send)

        return paced

    def _whose(self, scope: Scope) -> str:
        """Return the seat from which something is asked, ``REMOTE``, or "" for neither."""
        parts = scope["path"].split("/", 4)
        if len(parts) > 3 and parts[2] == "host" and secrets.compare_digest(parts[3].encode(), self.host.encode()):
            return REMOTE
        device = Asked(scope).cookies.get(self._cookie, "")
        seat = self._seat_of(device)
        if seat and scope["client"]:
            self.entrance.seen(device, scope["client"][0])
        return seat

    def knows(self, request: bytes) -> bool:
        """Whether the bytes of a request name a seat, or the remote."""
        found = self._named.search(request)
        return self.host.encode() in request or (found is not None and bool(self._seat_of(found[1].decode())))

    def _seat_of(self, device: str) -> str:
        """Return the seat of a device; "" for none."""
        seats = self.room.course.seats
        if self._seats[0] is not seats:
            self._seats = seats, {holder: code for code, holder in seats.items()}
        return self._seats[1].get(device, "") if device else ""

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
        page = self._page
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
        number = await self.phones.after(newest(asked), device)
        if number is None:
            return JSONResponse({"told": TWICE}, 409)
        return JSONResponse(self._now(device))

    async def ping(self, asked: Asked) -> Response:
        """Answer that the room is here."""
        self._reached(asked)
        return PlainTextResponse("Here is the room.")

    @answering
    async def seat(self, asked: Asked) -> Response:
        """Let a phone in."""
        device = self._device(asked) or new_device()
        course, address = self.room.course, asked.client.host if asked.client else ""
        typed = msgspec.convert((await _brought(asked)).get("code", ""), Text)
        code = seat_code(typed, course, first=not self.entrance.holds(address, course))
        await self._comes(device, address, code)
        if (connection := asked.scope.get("connection")) is not None:
            connection.sits(self._seat_of(device), EACH)
        self.tell()
        answer = self._done(asked, device)
        answer.set_cookie(
            self._cookie, device, path=f"/{self.place.code}/", httponly=True, samesite="strict", max_age=86_400
        )
        return answer

    async def _comes(self, device: str, address: str, code: str) -> None:
        """Give a phone a seat, or let it wait: at the entrance, or for the seat of another phone."""
        course, entrance = self.room.course, self.entrance
        if mine := self._seat_of(device):
            if code not in ("", mine):
                await self.room.ask(code, device)
        elif why := entrance.why(device, address, code, course):
            if not entrance.knock(Knock(device=device, address=address, code=code, why=why)):
                raise Refused(TOO_MANY, course)
        else:
            entrance.comes(device, address, code)
            try:
                await self.room.sit(code, device)
            finally:
                entrance.came(device)

    @answering
    async def answer(self, asked: Asked) -> Response:
        """Take an answer, and say so once it is kept."""
        device = self._device(asked)
        what = msgspec.convert(await _brought(asked), Answer, strict=False)
        try:
            await self.room.take(
                Event(
                    what="answer",
                    device=device,
                    seat=self._seat_of(device),
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
            more = {"late": True, "present": error.present, "state": self._now(device)}
            return JSONResponse({"told": told, **more}, 409)
        self.tell()
        return self._done(asked, device)

    def _done(self, asked: Asked, device: str) -> Response:
        """Answer with what the phone may see next, so that it needn't ask again; a form leads back to the page."""
        return RedirectResponse("./", 303) if _is_form(asked) else JSONResponse({"state": self._now(device)})

    def _now(self, device: str) -> dict[str, Any]:
        """Return what a phone shows, and the number of these news."""
        return {**self._phone(device), "number": self.phones.number}

    def _phone(self, device: str) -> dict[str, Any]:
        """Return what a phone shows."""
        course, seat = self.room.course, self._seat_of(device)
        door = "" if seat else self.entrance.waits(device)
        return {**known.phone(course, seat, self.room.right), "waits": course.waits(device), "door": door}

    def _device(self, asked: Asked) -> str:
        """Return the number of a phone that has a seat, or waits for one; "" for any other."""
        device = asked.cookies.get(self._cookie, "")
        course = self.room.course
        return device if self._seat_of(device) or course.waits(device) or self.entrance.waits(device) else ""

    def _reached(self, asked: Asked) -> None:
        if not self.reached and asked.client is not None and asked.client.host != self.place.host:
            self.reached = True
            self.hosts.tell()

    def tell(self, *, phones: bool = False) -> None:
        """Let those who look go on: wall and remote always, phones if they show something else now."""
        shown = known.phone(self.room.course, "", self.room.right)
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
        course = self.room.course
        state = {**known.remote(course, self.room.right, time.time()), "door": self.entrance.questions(course)}
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
        course = self.room.course
        about = (
            (course.asking.get(done.seat, ""), course.seats.get(done.seat, "")) if done.event in ("yes", "no") else ()
        )
        told = await self._do(done)
        for device in about:
            self.phones.wake(device)
        self.tell(phones=done.event == "take back")
        return JSONResponse(told)

    async def _do(self, done: Done) -> dict[str, Any]:
        room, event = self.room, done.event
        if event == "paper":
            return {"lines": await room.paper(done.text)}
        if event == "late":
            return {"offer": await self._late(*_ahead(room.course), done.minutes)}
        if event not in HOST:
            raise msgspec.ValidationError(event)
        if event in ("let in", "keep out", "take back"):
            await self._decided(event, done.text)
            return {}
        asks = room.course.asking.get(done.seat, "") if event == "no" else ""
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
        self.entrance.turned_away(asks)
        if event in ("close", "show"):
            self._redrawing = asyncio.create_task(self._follow())
        return {}

    async def _decided(self, event: str, about: str) -> None:
        """Let in those who wait, ask no more, or take the seats of all guests back."""
        room, entrance = self.room, self.entrance
        if event == "keep out":
            entrance.no(about)
        elif event == "take back":
            await room.take_back(guests(room.course))
            entrance.begin_guests(room.course)
        else:
            for knock in entrance.yes(about):
                try:
                    await self._comes(knock.device, knock.address, knock.code)
                except Refused:  # another phone asks for its tag already
                    entrance.leaves(knock.device)
                self.phones.wake(knock.device)

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
