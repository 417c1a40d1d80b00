"""A room with three slides, asked as its phones, its wall and its remote ask it, without a network."""

import asyncio
import json
import re
from contextlib import asynccontextmanager, suppress
from itertools import count
from urllib.parse import urlencode, urljoin, urlsplit

from workshop.addons.live.deck import Deck, Item, Poll, Spot
from workshop.addons.live.network import Place
from workshop.addons.live.room import Room
from workshop.addons.live.routes import Hall
from workshop.addons.live.slides import Slides

HOST, CODE = "192.0.2.7:8080", "k7qd2m"
STEPS = '<svg viewBox="0 0 960 540"><g data-step="1"></g><g data-step="2"></g></svg>'
CRAWL = Item(id="crawl", text="How much of it is rubbish?", options=("Two thirds", "Half", "Hardly <any>"))
ASKED = tuple(
    Item(id=f"before-{number}", text=text, options=("Yes", "No"))
    for number, text in enumerate(("Does it look up?", "Does it copy?"), 1)
)
DECK = Deck(
    slides=(
        Spot(id="start", label="1", source="start", minutes=1, clicks=2),
        Spot(id="crawl", label="2", source="crawl", minutes=2, begins=1),
        Spot(id="end", label="3", source="end", minutes=1, begins=3),
    ),
    polls=(
        Poll(id="crawl", kind="bet", slide="crawl", name="The crawl", items=(CRAWL,), again=True),
        Poll(id="before", kind="quiz", slide="end", name="Quiz", items=ASKED, sure=True),
    ),
    people=24,
)
RIGHT = {"crawl": "B", "before-1": "A", "before-2": "B"}


def slide(name, number, svg='<svg viewBox="0 0 960 540"></svg>'):
    return {
        "id": name,
        "number": number,
        "title": f"The slide {name}",
        "stage": "",
        "minutes": 1,
        "notes": [{"label": "Say", "lines": [{"text": "Good morning.", "listed": False}]}],
        "svg": svg,
        "words": f"<p>{name}</p>",
    }


SLIDES = (slide("start", 1, STEPS), slide("crawl", 2), slide("end", 3))


class Answer:
    """The answer to one request."""

    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def text(self):
        return self.body.decode()

    def json(self):
        return json.loads(self.body)


class Visit:
    """Whoever asks: a phone, or the remote. It keeps its cookie, and follows where it is led, as a browser does."""

    numbers = count()

    def __init__(self, app, base=f"/{CODE}/", address=""):
        self.app, self.base, self.cookie = app, base, ""
        self.address = address or "198.51.{}.{}".format(*divmod(next(self.numbers), 250))

    async def request(self, method, path, content=None, *, whole="", chunked=False, **headers):
        """Ask for a path below the base, or for a whole one."""
        path, _, query = (whole or self.base + path).partition("?")
        named = {"host": HOST, "cookie": self.cookie}
        if chunked:
            named["transfer-encoding"] = "chunked"
        elif content is not None:
            named["content-length"] = str(len(content))
        named |= {name.replace("_", "-").lower(): value for name, value in headers.items()}
        scope = {"type": "http", "method": method, "path": path, "query_string": query.encode(), "root_path": ""}
        scope |= {"headers": [(name.encode(), value.encode()) for name, value in named.items()]}
        scope |= {"client": (self.address, 1234), "scheme": "http", "server": ("192.0.2.7", 8080)}
        sent = []

        async def receive():
            return {"type": "http.request", "body": content or b"", "more_body": False}

        async def send(message):
            sent.append(message)

        await self.app(scope, receive, send)
        given = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
        self.cookie = given.get("set-cookie", self.cookie).partition(";")[0]
        if sent[0]["status"] == 303:
            to = urlsplit(given["location"])
            return await self.request("GET", "", whole=urljoin(path, to.path) + (f"?{to.query}" if to.query else ""))
        return Answer(sent[0]["status"], given, b"".join(message.get("body", b"") for message in sent[1:]))

    async def get(self, path):
        return await self.request("GET", path)

    async def post(self, path, what=None):
        return await self.request("POST", path, json.dumps(what or {}).encode(), content_type="application/json")

    async def send(self, path, **form):
        """Send a plain form."""
        return await self.request(
            "POST", path, urlencode(form).encode(), content_type="application/x-www-form-urlencoded"
        )

    async def news(self):
        return (await self.get("news")).json()

    async def sit(self, code=""):
        return await self.post("seat", {"code": code})

    async def bet(self, pick, question="crawl", turn=1):
        return await self.post("answer", {"question": question, "round": turn, "pick": pick})


class Tried:
    """A hall, the visitors of which are made on demand."""

    def __init__(self, hall):
        self.hall = hall
        self.host = Visit(hall.app, f"/{CODE}/host/{hall.host}/")

    def phone(self, address=""):
        """Return a phone at an address of its own, or at a given one."""
        return Visit(self.hall.app, address=address)

    async def do(self, *events):
        """Press keys of the remote."""
        for event in events:
            answer = await self.host.post("do", {"event": event})
            assert answer.status == 200, answer.text
        return answer.json()


@asynccontextmanager
async def opened(folder, late=None, follow=None):
    """Open the hall, with its writer."""

    async def nothing(*_):
        return {"slides": [], "told": "Nothing that is still to come can be left out."}

    room = Room(folder / "room.db", DECK, RIGHT)
    writing = asyncio.create_task(room.run())
    place = Place(host=HOST.partition(":")[0], port=8080, code=CODE, wifi="Garten")
    hall = Hall(room, place, Slides("A workshop", SLIDES), late or nothing, follow or nothing)
    try:
        yield Tried(hall)
    finally:
        hall.end()
        writing.cancel()
        with suppress(asyncio.CancelledError):
            await writing
        room.close()


def trying(folder, test, **given):
    """Run a test in a hall."""

    async def run():
        async with opened(folder, **given) as tried:
            await test(tried)

    asyncio.run(run())


def fields(page):
    """Return name -> value of the hidden fields of a form."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
