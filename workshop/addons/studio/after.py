"""Afterwards: what the room said as tables and a deck, the quiz, the record with its certificates; and deleting the room's data."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct
from starlette.requests import Request as Asked
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from workshop.addons.live.freeze import ACTUAL, ANSWERS, BALLOTS, BETS, COUNTS, freeze
from workshop.addons.live.room import Room
from workshop.addons.studio.answers import answering
from workshop.addons.studio.job import Turn
from workshop.addons.studio.project import QUIZ, Project, refused
from workshop.files.paths import write_own

AFTER, ROOM = "after", "room"  # folders of a workshop
TABLES = (BALLOTS, BETS, COUNTS, ANSWERS, ACTUAL)
TRAINING = "training.yaml"
OF_DECK = {"--votes": BALLOTS, "--bets": BETS, "--counts": COUNTS}  # tables that a build reads
OF_RECORD = {"--audience", "--world", "--room", "--minutes", "--paper", "--data", "--overlay"}  # it has them, too
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
            "rooms": len(rooms(project.folder)),
            "files": sorted(made(project.folder)),
            "job": self.turn.told(),
            "minutes": minutes(project.folder / AFTER / ACTUAL),
        }

    async def _run(self, arguments: Sequence[str]) -> Response:
        await self.turn.start(self._project(), arguments)
        return JSONResponse({})

    @answering
    async def _freeze(self, _: Asked) -> Response:
        """Write what the room said as tables, and a deck with it."""
        project = self._project()
        await self._close()
        if not (found := rooms(project.folder)):
            raise refused("there is no room yet", "open one under Teach")
        room = Room(found[-1])
        tables = freeze(room.course)
        room.close()
        folder = project.folder / AFTER
        folder.mkdir(exist_ok=True)
        keep(folder, {name: tables.get(name, b"") for name in TABLES})
        words = [*project.arguments(), *said(folder)]
        return await self._run(["build", *words, "--only", "deck", "--out", f"{AFTER}/deck", "--verbose"])

    @answering
    async def _quiz(self, _: Asked) -> Response:
        """Compare the quiz before and after."""
        project = self._project()
        if not (table := self._table(project)):
            raise refused("nobody has answered the quiz", "freeze the room first, or choose a table of your own")
        return await self._run(["quiz", table, *project.shared({"--audience"}), "--report", f"{AFTER}/quiz"])

    @answering
    async def _record(self, asked: Asked) -> Response:
        """Write the record, with a certificate for everybody who is named."""
        project, held = self._project(), msgspec.json.decode(await asked.body(), type=Held)
        names = [name.strip() for name in held.names.splitlines() if name.strip()]
        training = {
            "date": held.date,
            "place": held.place,
            "trainer": held.trainer,
            "attended": [{"name": name} for name in names],
        }
        (project.folder / AFTER).mkdir(exist_ok=True)
        kept = {key: value for key, value in training.items() if value}
        write_own(project.folder / AFTER / TRAINING, json.dumps(kept, ensure_ascii=False, indent=1).encode())
        table = self._table(project)
        quiz = [table] if table else []
        actual = ["--actual", f"{AFTER}/{ACTUAL}"] if (project.folder / AFTER / ACTUAL).is_file() else []
        counts = ["--counts", f"{AFTER}/{COUNTS}"] if (project.folder / AFTER / COUNTS).is_file() else []
        shared = project.shared(OF_RECORD)
        return await self._run(
            [
                "record",
                *quiz,
                *shared,
                *actual,
                *counts,
                "--training",
                f"{AFTER}/{TRAINING}",
                "--out",
                f"{AFTER}/record",
            ]
        )

    def _table(self, project: Project) -> str:
        """Return the table of the quiz, one that was given before that of the phones; "" if there is none."""
        found = [*project.given(QUIZ), project.folder / AFTER / ANSWERS]
        return next((path.relative_to(project.folder).as_posix() for path in found if path.is_file()), "")

    @answering
    async def _delete(self, _: Asked) -> Response:
        """Delete what each seat answered; what was made of it stays."""
        await self._close()
        folder = self._project().folder / ROOM
        for path in (*folder.glob("*.db*"), *(folder / name for name in OF_DECK.values())):
            path.unlink(missing_ok=True)
        self._changed()
        return JSONResponse({})

    @answering
    async def _file(self, asked: Asked) -> Response:
        path = made(self._project().folder)[asked.path_params["name"]]
        return FileResponse(path, filename=path.name)


def rooms(folder: Path) -> list[Path]:
    """Return the files of a workshop's rooms, the newest last."""
    return sorted((folder / ROOM).glob("*.db"))


def keep(folder: Path, tables: Mapping[str, bytes]) -> None:
    """Write the tables that hold something, and delete the others."""
    for name, table in tables.items():
        if table:
            write_own(folder / name, table)
        else:
            (folder / name).unlink(missing_ok=True)


def said(folder: Path) -> list[str]:
    """Return the options of a build that read what a room has said, from tables in a folder of the workshop."""
    found = ((option, name) for option, name in OF_DECK.items() if (folder / name).is_file())
    return [word for option, name in found for word in (option, f"{folder.name}/{name}")]


def minutes(table: Path) -> dict[str, Any] | None:
    """Return what was planned and what it took, slide by slide, the longest over first; ``None`` without slides that were shown."""
    try:
        rows = list(csv.DictReader(table.read_text("utf-8").splitlines()))
        times = [(row["title"] or row["slide"], float(row["planned"]), float(row["minutes"])) for row in rows]
    except (OSError, ValueError, KeyError, TypeError):
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


def made(folder: Path) -> dict[str, Path]:
    """Return the files that were made after the workshop, by their path below its folder."""
    found = (folder / AFTER).rglob("*")
    return {path.relative_to(folder / AFTER).as_posix(): path for path in found if path.is_file()}
