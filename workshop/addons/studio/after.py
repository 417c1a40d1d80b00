"""Afterwards: what the room said as tables and a deck, the quiz, the record with its certificates; and deleting the room's data."""

from __future__ import annotations

import asyncio
import csv
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import PurePosixPath
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct
from starlette.requests import Request as Asked
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from workshop import limits
from workshop.addons.live.freeze import ACTUAL, ANSWERS, BALLOTS, BETS, COUNTS, freeze, own_slides
from workshop.addons.live.lasted import clock, lasted
from workshop.addons.live.room import Room
from workshop.addons.studio.answers import answering, as_file, sent
from workshop.addons.studio.form import refused
from workshop.addons.studio.job import Turn
from workshop.addons.studio.project import AFTER, ASKED, GIVEN, OWN_SLIDES, QUIZ, TIMED, Project

TABLES = (BALLOTS, BETS, COUNTS, ANSWERS, ACTUAL)
TRAINING = "training.yaml"
# Options of a build that it has, too
OF_RECORD = ("var", "audience", "world", "room", "minutes", "paper", "data", "overlay")
Line = Annotated[str, Meta(max_length=200)]


class Held(Struct, frozen=True):
    """What is written down of a workshop that took place.

    Attributes:
        names: one per line; a certificate each.
    """

    date: Annotated[str, Meta(pattern=r"^(\d{4}-\d\d-\d\d)?$")] = ""
    place: Line = ""
    trainer: Line = ""
    names: Annotated[str, Meta(max_length=8000)] = ""


class After:
    """What is made of a room after it has ended.

    Args:
        project: returns the workshop.
        close: closes the room that is open.
        changed: is called when the page should look again.
    """

    def __init__(self, project: Callable[[], Project], close: Callable[[], Any], changed: Callable[[], None]) -> None:
        self._project, self._close, self._changed = project, close, changed
        self.turn = Turn(changed)
        self.routes = [
            Route("/after/freeze", self._freeze, methods=["POST"]),
            Route("/after/quiz", self._quiz, methods=["POST"]),
            Route("/after/record", self._record, methods=["POST"]),
            Route("/after/delete", self._delete, methods=["POST"]),
            Route("/after/file/{name:path}", self._file),
        ]

    def state(self, project: Project) -> dict[str, Any]:
        """Return what the page shows: whether there is a room, what was made of it, and the command that runs."""
        return {
            "rooms": len(project.rooms()),
            "goes": project.of_seats(),
            "files": project.afterwards(),
            "job": self.turn.told(),
            "minutes": minutes(project),
        }

    async def _run(self, command: Sequence[str]) -> Response:
        await self.turn.start(self._project(), command)
        return JSONResponse({})

    @answering
    async def _freeze(self, _: Asked) -> Response:
        """Write what the room said as tables, and a deck with it."""
        project = self._project()
        await self._close()
        await asyncio.to_thread(_keep_tables, project)
        asked = project.asked(said=AFTER, phones=True)
        return await self._run(asked.command("build", "--only=deck", f"--out={AFTER}/deck", "--verbose"))

    @answering
    async def _quiz(self, _: Asked) -> Response:
        """Compare the quiz before and after."""
        project = self._project()
        if not (table := self._table(project)):
            raise refused("nobody has answered the quiz", "freeze the room first, or choose a table of your own")
        command = project.asked().command("quiz", f"--report={AFTER}/quiz", "--", table, only=("audience",))
        return await self._run(command)

    @answering
    async def _record(self, asked: Asked) -> Response:
        """Write the record, with a certificate for everybody who is named."""
        project, held = self._project(), msgspec.json.decode(await asked.body(), type=Held)
        names = [name.strip() for name in held.names.splitlines() if name.strip()]
        training = {
            **await asyncio.to_thread(_by_the_clock, project, len(names)),
            **({"date": held.date} if held.date else {}),
            "organisation": project.form.client,
            "place": held.place,
            "trainer": held.trainer,
            "attended": [{"name": name} for name in names],
        }
        kept = {key: value for key, value in training.items() if value}
        project.inside.write(f"{AFTER}/{TRAINING}", json.dumps(kept, ensure_ascii=False, indent=1).encode())
        table = self._table(project)
        quiz = ["--", table] if table else []
        actual = [f"--actual={TIMED['workshop']}"] if project.inside.is_file(TIMED["workshop"]) else []
        counts = [f"--counts={AFTER}/{COUNTS}"] if project.inside.is_file(f"{AFTER}/{COUNTS}") else []
        more = (*actual, *counts, f"--training={AFTER}/{TRAINING}", f"--out={AFTER}/record", *quiz)
        return await self._run(project.asked(phones=bool(project.rooms())).command("record", *more, only=OF_RECORD))

    def _table(self, project: Project) -> str:
        """Return the table of the quiz, one that was given before that of the phones; "" if there is none."""
        found = [*(f"{GIVEN}/{name}" for name in project.given(QUIZ)), f"{AFTER}/{ANSWERS}"]
        return next((name for name in found if project.inside.is_file(name)), "")

    @answering
    async def _delete(self, _: Asked) -> Response:
        """Delete what each seat of the last room answered; what was made of it stays."""
        await self._close()
        await asyncio.to_thread(self._project().delete_answers)
        self._changed()
        return JSONResponse({})

    @answering
    async def _file(self, asked: Asked) -> Response:
        name = str(asked.path_params["name"])
        return await sent(self._project(), f"{AFTER}/{name}", as_file(PurePosixPath(name).name))


def _keep_tables(project: Project) -> None:
    """Keep what the last room said as tables.

    Raises:
        WorkshopError: if there is none, or it can't be read.
    """
    if not (found := project.rooms()):
        raise refused("there is no room yet", "open one under Teach")
    room = Room(project.room(found[-1]))
    tables, own = freeze(room.course), own_slides(room.course)
    room.close()
    is_talk = PurePosixPath(project.form.kit).suffix == ".md"  # which nothing can be laid over
    project.keep_tables(ASKED, {PurePosixPath(OWN_SLIDES).name: b"" if is_talk else own.encode()})
    project.keep_tables(AFTER, {name: tables.get(name, b"") for name in TABLES})


def _by_the_clock(project: Project, names: int) -> dict[str, Any]:
    """Return when the last room began and ended, its breaks, and how many people that were, each as it is known; {} without a room."""
    if not (found := project.rooms()):
        return {}
    room = Room(project.room(found[-1]))
    took = lasted(room.course)
    room.close()
    if took is None:
        return {}
    how = {"on phones": took.phones, "on paper": took.papers, "hands at most": took.hands, "names given": names}
    return {
        "date": f"{datetime.fromtimestamp(took.begin).astimezone():%Y-%m-%d}",
        "start": clock(took.begin),
        "end": clock(took.end),
        "minutes": round(took.minutes, 1),
        "breaks": [f"{clock(begin)}–{clock(end)}" for begin, end in took.breaks],
        "people": max(names, took.phones + took.papers + took.hands),
        "counted": "; ".join(f"{name}: {count}" for name, count in how.items() if count),
    }


def minutes(project: Project) -> dict[str, Any] | None:
    """Return what was planned and what it took, slide by slide, the longest over first; ``None`` without slides that were shown."""
    try:
        table = project.inside.read(TIMED["workshop"], int(limits.CSV_BYTES)).decode("utf-8")
        rows = list(csv.DictReader(table.splitlines()))
        times = [(row["title"] or row["slide"], float(row["planned"]), float(row["minutes"])) for row in rows]
    except (OSError, ValueError, KeyError, TypeError, csv.Error):
        return None
    shown = sorted(times, key=lambda one: one[1] - one[2])
    slides = [
        {"title": title, "planned": planned, "took": round(took, 1), "over": round(took - planned, 1)}
        for title, planned, took in shown
    ]
    return (
        {
            "planned": round(sum(planned for _, planned, _ in times)),
            "took": round(sum(took for *_, took in times)),
            "slides": slides,
        }
        if slides
        else None
    )
