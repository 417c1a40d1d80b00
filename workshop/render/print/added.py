"""What add-ons add to guide, print list and ``print-all.pdf``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from workshop.layout.laid import LaidOut
from workshop.model.kit import Kit, Stage
from workshop.plugins.addons import addons, load
from workshop.render.print.block_data import Data, Galley
from workshop.render.writing import Writer


class Job(Struct, frozen=True, kw_only=True):
    """Some pages of one of our files, printed a number of times.

    Attributes:
        writer: what makes the file.
        part: the name of the file, if the writer makes several; "" otherwise.
        copies: how often; each copy begins on a new sheet of paper.
        first: its first page, from 1.
        last: its last one; 0 for all to the end.
        stock: whether it wants thick paper.
        cut: whether it is cut afterwards.
        duplex: whether both sides are printed.
    """

    writer: Writer
    copies: int
    part: str = ""
    first: int = 1
    last: int = 0
    stock: bool = False
    cut: bool = False
    duplex: bool = True

    @property
    def file(self) -> str:
        """The name of its file."""
        return self.part or self.writer.filename


class Paper(Struct, frozen=True, kw_only=True):
    """What an add-on adds to the papers of the core.

    Attributes:
        material: lines after the material of a stage in the guide; it gets the numbers of slides by their ids.
        handed_out: what is handed out when a stage begins.
        pages: data of pages of the guide, by the name that its template has for each.
        always: rows of the print list for files that this build makes.
        asked: rows for files that are made on request, or if the material of a stage names them, by the name of the file.
        jobs: what is printed for the people, after their sheets.
        last_jobs: what is printed for them last.
        votes: rows, each with a head and a text, on ways to see what the room's votes lead to that take less than slides; they get an example of a total.
    """

    material: Callable[[LaidOut, Stage, Mapping[str, str], Galley], Iterable[str]] = lambda *_: ()
    handed_out: Callable[[Kit, Stage, Galley], Iterable[str]] = lambda *_: ()
    pages: Callable[[LaidOut, Galley], Mapping[str, Data | None]] = lambda *_: {}
    always: Callable[[LaidOut, Galley], Iterable[Data]] = lambda *_: ()
    asked: Callable[[LaidOut, Galley], Mapping[str, list[Data]]] = lambda *_: {}
    jobs: Callable[[Kit], Iterable[Job]] = lambda _: ()
    last_jobs: Callable[[Kit], Iterable[Job]] = lambda _: ()
    votes: Callable[[LaidOut, str, Galley], Iterable[Data]] = lambda *_: ()


def papers() -> tuple[Paper, ...]:
    """Return what each add-on adds, in the order of their names."""
    return tuple(load(addon.paper) for addon in addons().values() if addon.paper)
