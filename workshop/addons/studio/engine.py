"""The process that plans and draws a workshop, and looks at its files; it never writes any."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO
from zipfile import BadZipFile

import msgspec
from msgspec.structs import replace
from pypdf.errors import PyPdfError

from workshop import limits, steps
from workshop.addons.live.leave_out import leave_out
from workshop.addons.preview.preview_process import Page
from workshop.addons.preview.session import Session, Sources
from workshop.addons.preview.watched import stamps
from workshop.addons.studio.decided_library import LIBRARY, asked_anew, drafts, told_library
from workshop.addons.studio.form import Asked, refused
from workshop.addons.studio.project import OUT
from workshop.addons.studio.talk_passages import passage_of, told_passage
from workshop.addons.studio.talk_words import Passage
from workshop.addons.studio.told import told_files, told_kit, told_plan, told_room
from workshop.addons.studio.words import reworded, told_lines
from workshop.addons.web.process import Answers
from workshop.cli.asked import builtin_kit
from workshop.cli.plan_text import slides_seen
from workshop.content import read as read_kit
from workshop.content.stage_pictures import read_stage_pictures
from workshop.content.text_lines import source_at
from workshop.errors import At, Problem, Problems, Report
from workshop.files.paths import trusted_file
from workshop.inputs.door import open_regular, read_bytes, read_text
from workshop.inputs.inside import keep_inside
from workshop.inputs.worlds import FOLDER
from workshop.kept import Store
from workshop.model.kit import Kit
from workshop.model.request import Request
from workshop.model.stage_picture import COVER, MARK, OPEN
from workshop.plan.pick_audience import for_audience
from workshop.plan.ready import Ready
from workshop.plugins.registry import standard_registry
from workshop.render.office import find_office
from workshop.render.print.joined import joined, pages_of
from workshop.render.print.print_all import jobs
from workshop.render.vector_paths import on_paper, svg
from workshop.runs.own_code import CodeFile, untrusted
from workshop.runs.trust import remember

PICTURES = "worlds/garden/pictures.yaml"  # of the built-in kit, with that of its cover


def work(pipe: Connection) -> None:
    """Answer until the server ends."""
    engine = Engine()
    answers = Answers(pipe, engine.answers())
    engine.doing = answers.tell
    answers.tell("ready")
    answers.ended.wait()


class Engine:
    """Plans and draws one workshop at a time; what didn't change is kept."""

    def __init__(self) -> None:
        self._registry = standard_registry()
        self._base = builtin_kit(self._registry)
        self._session = Session(
            sources=Sources(path=self._base, request=Request(), registry=self._registry, base=self._base), live=True
        )
        self._page = Page(self._session, 0)
        self._room = Session(
            sources=Sources(path=self._base, request=Request(), registry=self._registry, base=self._base), live=True
        )
        self._room_page = Page(self._room, 0)
        self._store = Store()
        self._planning, self._drawing = Lock(), Lock()
        self.doing: Callable[[str], None] = lambda _: None  # is told what a plan that takes its time is at
        self._ready: tuple[Any, steps.Loaded, steps.Ran, Ready, tuple[Problem, ...]] | None = None

    def answers(self) -> dict[str, Callable[..., Any]]:
        """Return what can be asked."""
        return {
            "open": self.open,
            "own_code": self.own_code,
            "trust": self.trust,
            "plan": self.plan,
            "draw": self.draw,
            "words": self.words,
            "reword": self.reword,
            "draft": self.draft,
            "library": self.library,
            "asked_anew": lambda: asked_anew(Path(LIBRARY), self._registry),
            "files": self.files,
            "expected": self.expected,
            "front picture": self.cover,
            "away": self.away,
            "print": self.print_once,
            "picture": lambda name: self._session.pictures[name],
            "faces": self._page.faces,
            "font": self._page.font,
            "room": self.room,
            "late": self.late,
            "room-picture": lambda name: self._room.pictures[name],
            "room-faces": self._room_page.faces,
            "room-font": self._room_page.font,
        }

    def _sources(self, asked: Any) -> Sources:
        """Return the sources of what is asked for: an ``Asked`` as plain data, in which nothing can be trusted.

        Raises:
            WorkshopError: for a kit, a theme or a table that can't be used.
        """
        what = msgspec.convert(asked, Asked)
        return Sources(
            path=what.kit(self._registry),
            request=what.request(self._registry),
            registry=self._registry,
            base=self._base,
        )

    def open(self, folder: str, asked: Any) -> dict[str, Any]:
        """Go to the folder of a workshop, and return what can be chosen for its kit.

        Raises:
            WorkshopError: if its kit can't be read.
        """
        with self._planning, self._drawing:
            keep_inside(Path(folder))
            os.chdir(folder)
            sources = self._sources(asked)
            everybody = replace(sources.request, audience="", minutes=0.0)
            loaded = steps.load(sources.path, everybody, self._registry, self._base, everybody=True)
            return {**told_kit(loaded.content, loaded.audiences, self._registry), "office": bool(find_office())}

    def away(self) -> None:
        """Leave the folder of the workshop, which is about to be moved."""
        with self._planning, self._drawing:
            os.chdir(self._base)
            self._ready = None

    def cover(self) -> str:
        """Return the picture of the built-in kit's cover, white on evergreen."""
        pictures = read_stage_pictures(self._base / PICTURES, (COVER,), Report())
        return svg(
            pictures[COVER], {**on_paper("#ffffff", "#0b5144", soft="#7fb0a4"), OPEN: "#f6b92f", MARK: "#10211c"}
        )

    def own_code(self, asked: Any) -> list[dict[str, Any]]:
        """Return the Python files of a kit that aren't trusted."""
        return [
            {"name": file.path.as_posix(), "bytes": len(file.data), "digest": file.digest}
            for file in self._untrusted(asked)
        ]

    def trust(self, asked: Any, digests: Sequence[str]) -> None:
        """Trust the Python files of a kit, as ``--trust`` does, if they are still those that were shown.

        Raises:
            WorkshopError: if they have changed meanwhile.
        """
        found = self._untrusted(asked)
        if {file.digest for file in found} != set(digests):
            raise refused("these files have changed meanwhile", "look at them again")
        remember(trusted_file(), ((file.digest, file.path) for file in found))

    def _untrusted(self, asked: Any) -> tuple[CodeFile, ...]:
        sources = self._sources(asked)
        content, _ = read_kit(sources.path, self._base, sources.request.overlays)
        return untrusted(content, trusted_file())

    def plan(self, asked: Any) -> dict[str, Any]:
        """Return the plan.

        Raises:
            WorkshopError: for everything that is wrong with the sources.
        """
        with self._planning:
            return told_plan(*self._planned(asked))

    def _planned(self, asked: Any) -> tuple[Kit, tuple[Problem, ...]]:
        """Return the kit for its slot; sources are read and resolved again only if something other than the time was chosen."""
        sources = self._sources(asked)
        request = sources.request
        timeless = replace(request, minutes=None, start="")
        key = (sources.path, timeless, stamps(sources.roots(), ()))
        with self._store.open():
            if self._ready is None or self._ready[0] != key:
                self.doing("Reading the kit")
                loaded = steps.load(sources.path, request, self._registry, self._base)
                self.doing("Running the demos, which takes a minute the first time")
                ran = steps.run(loaded)
                self.doing("Filling in what they found")
                self._ready = (key, loaded, ran, *steps.get_ready(loaded, ran, loaded.audiences[0]))
            self.doing("Choosing slides for your minutes")
            _, loaded, ran, ready, problems = self._ready
            timed = replace(loaded.request, minutes=request.minutes, start=request.start)
            return steps.decide(replace(loaded, request=timed), ran, ready, problems)

    def draw(self, asked: Any, after: int) -> dict[str, Any]:
        """Return the slides, with the pictures that changed after a state that the page has."""
        with self._drawing:
            self._session.sources = self._sources(asked)
            self._session.refresh()
            return self._page.state(after)

    def room(self, asked: Any) -> dict[str, Any]:
        """Return the slides that a room is shown, and what it can be asked.

        Raises:
            WorkshopError: for everything that is wrong with the sources.
        """
        with self._drawing:
            self._room.sources = self._sources(asked)
            self._room.refresh()
            shown = self._room.shown
        if shown.broken or shown.laid is None:
            raise Problems(shown.problems)
        return told_room(shown.laid, shown)

    def late(self, present: str, ahead: Sequence[tuple[str, str]], minutes: int) -> dict[str, Any]:
        """Return which of the room's slides to leave out, to save minutes.

        Raises:
            KeyError: if no room was opened.
        """
        if (laid := self._room.shown.laid) is None:
            raise KeyError(present)
        return leave_out(laid.kit, present, ahead, minutes)

    # ------------------------------------------------------------ words
    def words(self, asked: Any, slide: str) -> dict[str, Any]:
        """Return the words of a slide that can be changed, and the kit's own source of it, or why they can't be.

        A slide of a talk has its lines in the talk's file instead.

        Raises:
            KeyError: for a slide that isn't shown.
        """
        if (talk := self._talk(asked)) is not None:
            passage, said = self._passage(talk, slide)
            why = (
                f"What you save here is saved in {talk.name}."
                if passage
                else f"These words aren't in the text of {talk.name}: they come from its first lines, or from another file."
            )
            lines = told_passage(passage, said) if passage else []
            return {"slide": slide, "lines": lines, "kit": "", "why": why, "passage": msgspec.to_builtins(passage)}
        source, kit = self._source(slide), self._source_of_kit(asked, slide)
        why = "" if source and kit else "The title of this slide comes from the kit, its section or its audience."
        return {"slide": slide, "lines": told_lines(source) if kit else [], "kit": kit, "why": why, "passage": None}

    def reword(self, asked: Any, slide: str, line: int, texts: Sequence[str]) -> dict[str, Any]:
        """Return the source of a slide with other words in one line, and the kit's own, or its lines in the talk's file.

        Raises:
            KeyError: for a slide that isn't shown.
            WorkshopError: for words that can't be.
        """
        if (talk := self._talk(asked)) is not None:
            passage, _ = self._passage(talk, slide)
            if passage is None:
                raise KeyError(slide)
            source = reworded(passage.text, line, texts)
            return {"source": source, "kit": "", "passage": msgspec.to_builtins(passage)}
        source, kit = self._source(slide), self._source_of_kit(asked, slide)
        if not kit:
            raise KeyError(slide)
        return {"source": reworded(source, line, texts), "kit": kit, "passage": None}

    def _talk(self, asked: Any) -> Path | None:
        """Return the file of the talk; ``None`` for a kit."""
        path = self._sources(asked).path
        return path if path.is_file() else None

    def _passage(self, talk: Path, slide: str) -> tuple[Passage | None, str]:
        """Return the lines of a slide in the talk's file, and what it shows; the slides are those of the file as it is."""
        with self._drawing:
            self._session.refresh_if_changed()
            return passage_of(self._session.shown.slides, slide, talk)

    def _source(self, slide: str) -> str:
        """Return the source of a slide as it is shown."""
        places = {drawn.laid.slide.id: drawn.laid.slide.at for drawn in self._session.shown.slides}
        return _source_at(places[slide], slide)

    def _source_of_kit(self, asked: Any, slide: str) -> str:
        """Return the kit's own source of a slide, without any overlay; "" if it has none that is written under a heading."""
        sources = self._sources(asked)
        with self._drawing:
            loaded = steps.load(sources.path, replace(sources.request, overlays=()), self._registry, self._base)
        if not loaded.content.is_kit:
            return ""
        own = for_audience(loaded.content, loaded.audiences[0])
        found = [one for stage in own.stages for one in stage.slides if one.id == slide]
        theirs = f"/audiences/{loaded.audiences[0].id}/"  # whose own words come before those for everybody
        found.sort(key=lambda one: (theirs not in one.at.path, "/audiences/" in one.at.path))
        return _source_at(found[0].at, slide) if found else ""

    # ------------------------------------------------------------ documents
    def draft(self, asked: Any) -> tuple[dict[str, str], tuple[Problem, ...]]:
        """Return name -> text of the files of the world that the documents become, and warnings about some that can't be read.

        Raises:
            WorkshopError: if none can be read, or they give too few cards.
        """
        what = msgspec.convert(asked, Asked)
        return drafts(Path(what.documents), what.kit(self._registry) / FOLDER, what.form.world, self._registry)

    def library(self) -> dict[str, Any]:
        """Return the cards and lines of the library, and what the slides about search will show.

        Raises:
            WorkshopError: for everything that is wrong with it.
        """
        return told_library(Path(LIBRARY), self._registry)

    # ------------------------------------------------------------ files
    def files(self, asked: Any, names: Sequence[str]) -> list[dict[str, Any]]:
        """Return what each file that was made is for, its pages, and how often it is printed."""
        copies, told = self._copies(asked), []
        for one in told_files(names, self._registry):
            name = one["name"]
            with suppress(OSError), open_regular(Path(OUT, name), limits.UNPACKED_BYTES) as file:
                size = os.fstat(file.fileno()).st_size
                told.append({**one, "bytes": size, "pages": _pages(name, file), "copies": copies.get(name, 0)})
        return told

    def expected(self, asked: Any) -> list[dict[str, Any]]:
        """Return what a build will make: each file, what it is for, and how often it is printed."""
        copies = self._copies(asked)
        with self._planning:
            kit, _ = self._planned(asked)
        names = steps.files_of(kit, self._registry)
        return [
            {**one, "bytes": 0, "pages": "", "copies": copies.get(one["name"], 0)}
            for one in told_files(names, self._registry)
        ]

    def _copies(self, asked: Any) -> dict[str, int]:
        """Return file -> how often it is printed, in the order of the print list; what isn't printed is missing."""
        with self._planning:
            kit, _ = self._planned(asked)
        copies: dict[str, int] = {}
        for job in jobs(kit):
            copies.setdefault(job.file, job.copies)
        return {**copies, "facilitator.pdf": 1}

    def print_once(self, asked: Any, names: Sequence[str]) -> bytes:
        """Return all that is printed as one PDF, each file once, in the order of the print list.

        Raises:
            KeyError: if nothing is.
        """
        made = [Path(OUT, name) for name in self._copies(asked) if name in names]
        if not made:
            raise KeyError("print.pdf")
        return joined(page for path in made for page in pages_of(read_bytes(path, limits.UNPACKED_BYTES)))


def _source_at(at: At, slide: str) -> str:
    """Return the source of the slide whose heading is at a place; "" if it hasn't one with its id."""
    try:
        source = source_at(read_text(Path(at.path), limits.SOURCE_BYTES), at.line)
    except OSError:
        return ""
    return source if f"#{slide}" in source.partition("\n")[0] else ""


def _pages(name: str, file: BinaryIO) -> str:
    """Return how long a file is, in words; "" if that says nothing, or if somebody put another file in its place."""
    with suppress(OSError, KeyError, ValueError, BadZipFile, PyPdfError):
        if name.endswith(".pptx"):
            shown, waiting = slides_seen(file)
            return f"{shown} slides" + (f", {waiting} in the appendix" if waiting else "")
        if name.endswith(".pdf"):
            count = len(pages_of(file.read()))
            return f"{count} page{'s' * (count != 1)}"
    return ""
