"""The app's page: what it may ask for, and what happens then."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import msgspec
from msgspec import Struct
from starlette.requests import Request as Asked
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from workshop import limits
from workshop.addons.preview.preview_page import drawn_with
from workshop.addons.studio.after import After
from workshop.addons.studio.answers import answering, as_file, sent
from workshop.addons.studio.decided_library import LIBRARY, Decided
from workshop.addons.studio.form import Form, refused
from workshop.addons.studio.job import DONE, Turn
from workshop.addons.studio.places import told_place
from workshop.addons.studio.project import COVER, FORM, GIFTS, OUT, Project, projects, told_problems
from workshop.addons.studio.shelf import Kept, Shelf
from workshop.addons.studio.talk_words import Passage
from workshop.addons.studio.teach import Teach
from workshop.addons.web.guard import USUAL
from workshop.addons.web.news import News, newest
from workshop.addons.web.process import Process
from workshop.addons.web.serve import Own, Serving, page
from workshop.errors import Problem, WorkshopError
from workshop.files.temporary import packed
from workshop.inputs.inside import UNFINISHED

HERE = "workshop.addons.studio"
SCRIPTS = ("app.js", "make.js", "library.js", "words.js", "rehearse.js", "teach.js", "after.js")
ROOM = 50_000_000  # bytes that have to be free beside what is given
TITLE = "How AI models are made"  # of the built-in kit
ENDED = Problem("no workshop is open", hint="choose one")


class Reworded(Struct, frozen=True):
    """Other words for a line of a slide; see ``words.reworded``."""

    slide: str
    line: int | None = None
    texts: tuple[str, ...] = ()


class Again(Struct, frozen=True):
    """How a second start shows the page."""

    kit: str = ""
    browser: bool = False


def most(path: str) -> int:
    """Return how many bytes may be brought to a path."""
    head, _, kind = path.partition("/")
    if path == "bring/file":
        return int(limits.PACKAGE_BYTES)
    return GIFTS[kind].most if head == "give" and kind in GIFTS else USUAL


class Studio:
    """The app.

    Args:
        home: the folder of all workshops.
        kit: the path of a kit or talk to begin with; "" for the start page.
        program: how the program is started, for the command that is shown.
        port: 0 for the usual one, or the next that is free.
        say: prints a line for the person at the terminal.
        listen: as for ``Teach``.

    Raises:
        WorkshopError: exit code 3 if the port is taken.
    """

    def __init__(
        self, home: Path, kit: str, program: str, port: int, say: Callable[[str], None], listen: str = ""
    ) -> None:
        self.own, self.news = Own(port, say), News()
        self.engine = Process("workshop.addons.studio.engine:work", tuple, self._hears, self._died)
        self.shelf = Shelf()
        self.teach = Teach(self.engine, self._here, self.news.tell, self.shelf, listen)
        self.after = After(lambda: self.project, self.teach.close, self.news.tell)
        self.routes = self._routes()
        self.app = self.own.app(self.routes, self._life, most)
        self.serving = Serving(self.own, self.app, self.news.end)
        self._home, self._kit, self._program, self._say = home, kit, program, say
        self._project: Project | None = None
        self._stranger: Project | None = None  # one that was made elsewhere, until a person accepts it
        self._bringing: Project | None = None  # one whose kit or talk is coming from the browser
        self._choice: dict[str, Any] = {}
        self._doing = ""
        self.turn = Turn(self.news.tell)
        self._starts = 0

    def _routes(self) -> list[BaseRoute]:
        """Return what may be asked for."""
        return [
            *page(HERE, "app.html", "app.css", *SCRIPTS),
            Route("/state", self._state),
            Route("/again", self._again, methods=["POST"]),
            Route("/open", self._open, methods=["POST"]),
            Route("/accept", self._accept, methods=["POST"]),
            Route("/rename", self._rename, methods=["POST"]),
            Route("/bring", self._bring, methods=["POST"]),
            Route("/bring/file", self._bring_file, methods=["POST"]),
            Route("/places", self._places),
            Route("/cover.svg", self._cover),
            Route("/cover/{name}", self._cover_of),
            Route("/leave", self._leave, methods=["POST"]),
            Route("/trust", self._own_code),
            Route("/trust", self._trust, methods=["POST"]),
            Route("/form", self._form, methods=["POST"]),
            Route("/draw", self._draw),
            Route("/give/{kind}", self._give, methods=["POST"]),
            Route("/drop/{kind}", self._drop, methods=["POST"]),
            Route("/library", self._library),
            Route("/library", self._decide, methods=["POST"]),
            Route("/library/draft", self._draft, methods=["POST"]),
            Route("/library/strike", self._strike, methods=["POST"]),
            Route("/words/{slide}", self._words),
            Route("/words", self._reword, methods=["POST"]),
            Route("/put-back", self._put_back, methods=["POST"]),
            Route("/rehearsed", self._rehearsed, methods=["POST"]),
            Route("/build", self._build, methods=["POST"]),
            Route("/cancel", self._cancel, methods=["POST"]),
            Route("/files", self._files),
            Route("/expected", self._expected),
            Route("/file/{name}", self._file),
            Route("/all.zip", self._zip),
            Route("/print.pdf", self._print),
            *drawn_with(self.engine),
            Route("/quit", self._quit, methods=["POST"]),
            *self.teach.routes,
            *self.after.routes,
        ]

    @asynccontextmanager
    async def _life(self, _: Any) -> AsyncIterator[None]:
        self.engine.start()
        try:
            yield
        finally:
            await self._stop()
            self.engine.end()

    async def _stop(self) -> None:
        """End what is being made, and close the room."""
        await self.turn.end()
        await self.after.turn.end()
        await self.teach.close()

    def _hears(self, doing: str) -> None:
        """Tell the page what the plan is at."""
        self._doing = doing
        self.news.tell()

    def _died(self, again: bool) -> None:
        self._starts += 1
        self._choice = {}
        self._say("The process that draws the slides " + ("had to start again." if again else "can't start."))
        self.news.tell()

    @property
    def project(self) -> Project:
        """The workshop that is open.

        Raises:
            WorkshopError: if none is.
        """
        if self._project is None:
            raise WorkshopError(ENDED)
        return self._project

    # ------------------------------------------------------------ start
    @answering
    async def _state(self, asked: Asked) -> Response:
        """Answer with everything but the plan and the slides, once it differs from what the page has, or after a while."""
        await self.news.after(newest(asked))
        state: dict[str, Any] = {"number": self.news.number, "starts": self._starts, "kit": self._kit}
        state["workshops"] = await asyncio.to_thread(projects, self._home)
        if self._project is None:
            state["covers"] = await asyncio.to_thread(self._covers, state["workshops"])
        if self._stranger is not None:
            kit = self._stranger.form.kit
            state["stranger"] = {
                "name": self._stranger.folder.name,
                "kit": kit if self._stranger.is_elsewhere(kit) else "",
            }
        if self._project is not None:
            project = self._project
            await self._opened(project)
            state |= {
                "choice": self._choice,
                "job": self.turn.told(),
                "room": self.teach.state(),
                **await asyncio.to_thread(self._told, project),
            }
        return JSONResponse(state)

    def _told(self, project: Project) -> dict[str, Any]:
        """Return what the page shows of a workshop's folder; it is looked through in a thread, however much is in it."""
        made = bool(project.made())
        return {
            "open": project.folder.name,
            "folder": str(project.folder),
            "doing": self._doing,
            "form": msgspec.to_builtins(project.form),
            "timed": project.timed(),
            "signs": project.signs(),
            "given": {kind: project.given(kind) for kind in GIFTS},
            "library": project.library.told(),
            "command": project.command(self._program),
            "made": made,
            "after": self.after.state(project),
            "old": made and project.is_old(),
            "notUsed": told_problems(project.not_used()),
        }

    @answering
    async def _again(self, asked: Asked) -> Response:
        """Show the page once more, for whoever starts the app a second time; with another kit or talk, on the start page."""
        what = msgspec.json.decode(await asked.body(), type=Again)
        if what.kit and not self.turn.is_running:
            self._project, self._stranger, self.turn.job = None, None, None
        self._kit = what.kit
        if what.browser:
            await asyncio.to_thread(self.own.show)
        return self._changed()

    async def _opened(self, project: Project) -> None:
        """Let the engine go to the folder of a workshop, once."""
        if not self._choice:
            try:
                self._choice = await self.engine.ask("open", str(project.folder), await _asked(project))
            except WorkshopError as error:
                self._choice = {"problems": told_problems(error.problems)}

    async def _here(self) -> Project:
        """Return the workshop that is open, once the engine is in its folder."""
        await self._opened(self.project)
        return self.project

    @answering
    async def _open(self, asked: Asked) -> Response:
        """Open a workshop by its name, or begin one with a kit."""
        what = msgspec.json.decode(await asked.body(), type=dict[str, str])
        await self._stop()
        if (name := what.get("name", "")) in await asyncio.to_thread(projects, self._home):
            found = Project(self._home / name)
            kept = self.shelf.find(found.folder, found.identity)
            self._project = Project(found.folder, kept) if kept is not None else None
            self._stranger = found if kept is None else None
        elif not name:
            chosen = {name: what[name] for name in ("audience",) if what.get(name)}
            minutes = {"minutes": float(what["minutes"])} if what.get("minutes", "").isdecimal() else {}
            self._project, self._stranger = self._new(what.get("kit", ""), **chosen, **minutes), None
        else:
            raise refused(f"there is no workshop '{name}'")
        self._choice = {}
        return self._changed()

    @answering
    async def _accept(self, asked: Asked) -> Response:
        """Open a workshop that was made elsewhere, after the page has said what that means; with the kit that it names on this computer, if that was shown, too."""
        kit = msgspec.json.decode(await asked.body(), type=dict[str, str]).get("kit", "")
        if (found := self._stranger) is None:
            raise WorkshopError(ENDED)
        if kit not in ("", found.form.kit):
            raise refused("this workshop names another kit meanwhile", "open it again")
        kept = self.shelf.keep(found.folder, found.identity, Kept(kit=kit))
        found.kept, self._project, self._stranger = kept, found, None
        self._choice = {}
        return self._changed()

    def _new(self, kit: str, **chosen: Any) -> Project:
        """Return a new workshop with the built-in kit, or with a kit or talk at a path, and with what is chosen already."""
        path = Path(kit).expanduser()
        if kit and not (path.is_absolute() and path.exists()):
            raise refused(f"there is no file or folder '{kit}'", "type its full path")
        title, form = (path.stem, Form(kit=str(path))) if kit else (TITLE, msgspec.convert(chosen, Form))
        made = Project.new(self._home, title, form, date.today())  # noqa: DTZ011 - the day here
        made.kept = self.shelf.keep(made.folder, made.identity, made.kept)
        return made

    @answering
    async def _rename(self, asked: Asked) -> Response:
        """Move the folder of the workshop to another name; without one, to the name of its client."""
        name = msgspec.json.decode(await asked.body(), type=dict[str, str]).get("name", "")
        project = await self._here()
        name = name.strip() or project.named_after(project.form.client, self._choice.get("title") or TITLE)
        if name == project.folder.name:
            return self._changed()
        if self.turn.is_running or self.after.turn.is_running or self.teach.hall is not None:
            raise refused("a file is being made, or a room is open", "rename it afterwards")
        await self.engine.ask("away")
        self._choice = {}
        try:
            moved = await asyncio.to_thread(project.renamed, name)
            self.shelf.moved(project.folder, moved.folder)
            self._project = moved
        finally:
            await self._opened(self.project)
        return self._changed()

    @answering
    async def _bring(self, asked: Asked) -> Response:
        """Begin a workshop with a kit or talk that is chosen in the browser, or open it once all its files have come."""
        what = msgspec.json.decode(await asked.body(), type=dict[str, str])
        if name := what.get("begin", ""):
            await self._stop()
            path = Path(name)
            made = await asyncio.to_thread(Project.new, self._home, path.stem, Form(), date.today())  # noqa: DTZ011
            made.form = Form(kit=made.brought(name))
            made.inside.write(FORM, msgspec.json.encode(made.form))
            made.kept = self.shelf.keep(made.folder, made.identity, made.kept)
            self._bringing = made
        elif self._bringing is not None:
            self._project, self._stranger, self._bringing, self._choice = self._bringing, None, None, {}
        return self._changed()

    @answering
    async def _bring_file(self, asked: Asked) -> Response:
        """Keep one file of it; the request's body is the file itself."""
        if (project := self._bringing) is None:
            raise WorkshopError(ENDED)
        place = project.brought(unquote(asked.headers.get("x-name", "")))
        if not project.has_room(int(limits.PACKAGE_BYTES) + ROOM):
            raise refused("the disk is nearly full", "free some space there, then choose it again")
        project.inside.make(place.rpartition("/")[0])
        with project.receive(place) as file:
            try:
                async for part in asked.stream():
                    file.write(part)
                file.flush()
                await asyncio.to_thread(project.inside.rename, place + UNFINISHED[0], place)
            finally:
                project.forget(place)
        return JSONResponse({})

    @answering
    async def _places(self, asked: Asked) -> Response:
        """Answer with the folders and talks at a place below the user's own folder."""
        at = asked.query_params.get("at", "")
        return JSONResponse(await asyncio.to_thread(told_place, Path.home(), at))

    async def _cover(self, _: Asked) -> Response:
        """Answer with the picture of the built-in kit's cover."""
        return Response(await self.engine.ask("front picture"), media_type="image/svg+xml")

    @answering
    async def _cover_of(self, asked: Asked) -> Response:
        """Answer with the first slide of a workshop that is known here."""
        name = asked.path_params["name"]
        if not await asyncio.to_thread(self._covers, [name]):
            raise KeyError(name)
        return await sent(Project(self._home / name), COVER, {"Content-Type": "image/svg+xml", **as_file(COVER)})

    def _covers(self, names: Sequence[str]) -> list[str]:
        """Return those workshops that are known here and whose first slide was drawn."""
        found = []
        for name in names:
            with suppress(WorkshopError, OSError):
                project = Project(self._home / name)
                if project.inside.is_file(COVER) and self.shelf.find(project.folder, project.identity) is not None:
                    found.append(name)
        return found

    @answering
    async def _leave(self, _: Asked) -> Response:
        """Go back to the start page."""
        await self._stop()
        self._project, self._stranger, self._kit = None, None, ""
        return self._changed()

    def _changed(self) -> Response:
        self.news.tell()
        return JSONResponse({})

    @answering
    async def _own_code(self, _: Asked) -> Response:
        """Answer with the Python files that the kit would run."""
        return JSONResponse(await self.engine.ask("own_code", await _asked(self.project)))

    @answering
    async def _trust(self, asked: Asked) -> Response:
        """Trust the Python files that were shown, and read the kit."""
        digests = msgspec.json.decode(await asked.body(), type=list[str])
        await self.engine.ask("trust", await _asked(self.project), digests)
        self._choice = {}
        return self._changed()

    # ------------------------------------------------------------ the plan, and what is given
    @answering
    async def _form(self, asked: Asked) -> Response:
        """Keep what was chosen, and answer with the plan."""
        project = self.project
        if project.choose(msgspec.json.decode(await asked.body(), type=dict[str, Any])):
            self.news.tell()
        await self._opened(project)
        plan = await self.engine.ask("plan", await _asked(project))
        return JSONResponse({**plan, "command": project.command(self._program)})

    @answering
    async def _draw(self, asked: Asked) -> Response:
        """Answer with the slides, and with the pictures that changed since a state that the page has."""
        await self._opened(self.project)
        project = self.project
        drawn = await self.engine.ask("draw", await _asked(project), newest(asked))
        if drawn["slides"] and (cover := drawn["pictures"].get(drawn["slides"][0]["id"])):
            await asyncio.to_thread(project.show_cover, cover)
        return JSONResponse(drawn)

    @answering
    async def _give(self, asked: Asked) -> Response:
        """Keep a file; the request's body is the file itself."""
        project, kind = self.project, asked.path_params["kind"]
        place = project.place(kind, unquote(asked.headers.get("x-name", "")))
        if not project.has_room(GIFTS[kind].most + ROOM):
            raise refused("the disk is nearly full", "free some space there, then add the file again")
        try:
            with project.receive(place) as file:
                try:
                    async for part in asked.stream():
                        file.write(part)
                    file.flush()
                    await asyncio.to_thread(project.keep, kind, place)
                finally:
                    project.forget(place)
        except OSError as error:
            raise refused(f"the file can't be kept: {error.strerror}") from error
        return self._changed()

    @answering
    async def _drop(self, asked: Asked) -> Response:
        """Delete what was given."""
        kind = asked.path_params["kind"]
        if kind not in GIFTS:
            raise KeyError(kind)
        self.project.drop(kind, msgspec.json.decode(await asked.body(), type=dict[str, str]).get("name", ""))
        return self._changed()

    # ------------------------------------------------------------ documents
    @answering
    async def _draft(self, _: Asked) -> Response:
        """Make a library of the documents: its cards, and questions to decide on."""
        project = await self._here()
        files, unread = await self.engine.ask("draft", await _asked(project))
        project.library.keep(files)
        if project.library.struck:  # others are in their place
            project.library.ask(await self.engine.ask("asked_anew"))
        self.news.tell()
        return JSONResponse({"unread": told_problems(unread)})

    @answering
    async def _library(self, _: Asked) -> Response:
        """Answer with the cards, the questions to decide on, and what the slides will show."""
        if not (await self._here()).library.exists:
            raise KeyError(LIBRARY)
        return JSONResponse(await self.engine.ask("library"))

    @answering
    async def _decide(self, asked: Asked) -> Response:
        """Keep which card answers a question."""
        self.project.library.decide(msgspec.json.decode(await asked.body(), type=Decided))
        return self._changed()

    @answering
    async def _strike(self, asked: Asked) -> Response:
        """Strike a card that makes no sense, and ask anew about those that are left."""
        library = (await self._here()).library
        library.strike(msgspec.json.decode(await asked.body(), type=dict[str, str]).get("card", ""))
        library.ask(await self.engine.ask("asked_anew"))
        return self._changed()

    # ------------------------------------------------------------ words
    @answering
    async def _words(self, asked: Asked) -> Response:
        """Answer with the words of a slide, and whether the kit has others than those from which they were made."""
        project, slide = self.project, asked.path_params["slide"]
        found = await self.engine.ask("words", await _asked(project), slide)
        if (passage := found["passage"]) is not None:
            return JSONResponse({**found, "mine": project.talk.is_changed(passage["text"]), "newer": False})
        adopted = project.adopted().get(slide, "")
        return JSONResponse({**found, "mine": bool(adopted), "newer": bool(adopted) and adopted != found["kit"]})

    @answering
    async def _reword(self, asked: Asked) -> Response:
        """Keep a slide with other words in one line; without a line, keep the present ones beside the kit's new text."""
        what = msgspec.json.decode(await asked.body(), type=Reworded)
        project = self.project
        if what.line is None:
            found = await self.engine.ask("words", await _asked(project), what.slide)
            project.keep_mine(what.slide, found["kit"])
        else:
            new = await self.engine.ask("reword", await _asked(project), what.slide, what.line, what.texts)
            if new["passage"] is None:
                project.reword(what.slide, new["source"], new["kit"])
            else:
                passage = msgspec.convert(new["passage"], Passage)
                await asyncio.to_thread(project.talk.change, what.slide, passage, new["source"])
        return self._changed()

    @answering
    async def _put_back(self, asked: Asked) -> Response:
        """Have the kit's words on a slide again, or those that it had in the talk before they were changed."""
        project, slide = self.project, msgspec.json.decode(await asked.body(), type=dict[str, str]).get("slide", "")
        if self._choice.get("isKit", True):
            project.put_back(slide)
            return self._changed()
        try:
            found = await self.engine.ask("words", await _asked(project), slide)
        except KeyError:  # it has another title by now, and so another name
            found = {"passage": None}
        text = found["passage"]["text"] if found["passage"] else ""
        await asyncio.to_thread(project.talk.put_back, slide, text)
        return self._changed()

    @answering
    async def _rehearsed(self, asked: Asked) -> Response:
        """Keep how many seconds each slide took."""
        self.project.rehearsed(msgspec.json.decode(await asked.body(), type=dict[str, float]))
        return self._changed()

    # ------------------------------------------------------------ making the files
    @answering
    async def _build(self, _: Asked) -> Response:
        """Begin a build; one at a time."""
        await self.turn.start(self.project)
        return JSONResponse({})

    @answering
    async def _cancel(self, _: Asked) -> Response:
        """Stop the build, and say so at once."""
        self._cancelling = asyncio.create_task(self.turn.cancel())
        return JSONResponse({})

    @answering
    async def _files(self, _: Asked) -> Response:
        """Answer with the files that were made, what each is for, its pages and copies."""
        project = self.project
        made = project.made() if self.turn.job is None or self.turn.job.state == DONE else ()
        return JSONResponse(await self.engine.ask("files", await _asked(project, last=True), made))

    @answering
    async def _expected(self, _: Asked) -> Response:
        """Answer with the files that a build will make."""
        await self._opened(self.project)
        return JSONResponse(await self.engine.ask("expected", await _asked(self.project)))

    @answering
    async def _file(self, asked: Asked) -> Response:
        name = asked.path_params["name"]
        project = self.project
        if name not in await asyncio.to_thread(project.made):
            raise KeyError(name)
        return await sent(project, f"{OUT}/{name}", as_file(name))

    @answering
    async def _zip(self, _: Asked) -> Response:
        project = self.project
        if not (names := project.made()):
            raise KeyError(OUT)

        def pack() -> bytes:
            return packed(
                {name: project.inside.read(f"{OUT}/{name}", int(limits.UNPACKED_BYTES)) for name in names},
                project.folder.name,
            )

        headers = as_file(f"{project.folder.name}.zip")
        return Response(await asyncio.to_thread(pack), media_type="application/zip", headers=headers)

    @answering
    async def _print(self, _: Asked) -> Response:
        project = self.project
        made = await self.engine.ask("print", await _asked(project, last=True), project.made())
        return Response(made, media_type="application/pdf", headers=as_file("print.pdf"))

    @answering
    async def _quit(self, _: Asked) -> Response:
        """End the program, after this answer."""
        asyncio.get_running_loop().call_later(0.2, self.serving.end)
        return JSONResponse({})


async def _asked(project: Project, *, last: bool = False) -> Any:
    """Return what a workshop's build is asked for, or what the last one was, for the engine."""
    return msgspec.to_builtins(await asyncio.to_thread(project.made_with if last else project.asked))
