"""What was chosen for a workshop, and what that asks of a build: a request for the engine, and the words of a command."""

from __future__ import annotations

import re
import shlex
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from workshop import limits
from workshop.cli.cache_command import kept_in
from workshop.errors import ExitCode, Problem, WorkshopError, did_you_mean
from workshop.files.paths import trusted_file
from workshop.inputs.came_back import read_actual, read_bets, read_counts
from workshop.inputs.door import nearest
from workshop.model.request import Request
from workshop.model.rooms import BOTH, NO_PRINTER, PAPER, PHONES
from workshop.plugins.registry import Registry

BUILT_IN = "ai-models"
WITH_PHONES = {"": BOTH, PAPER: BOTH, NO_PRINTER: PHONES}  # what a room is once it is open for phones
PLAIN = re.compile(r"\w[\w .-]*")  # a name that is neither a path nor an option
THEME_FILES = (".yaml", ".yml")
LIBRARY = "library"  # what documents are given to

Name = Annotated[str, Meta(max_length=200, pattern=rf"^({PLAIN.pattern})?\Z")]
Place = Annotated[
    str, Meta(max_length=1000, pattern=r"^([^\x00-\x1f\x7f\ud800-\udfff-][^\x00-\x1f\x7f\ud800-\udfff]*)?\Z")
]

Client = Annotated[str, Meta(max_length=100, pattern=r"^[^\x00-\x1f\x7f\ud800-\udfff]*\Z")]
CLIENT = "client"  # the kit's variable


def refused(message: str, hint: str = "") -> WorkshopError:
    """Return an error of whoever uses the page."""
    return WorkshopError(Problem(message, hint=hint), ExitCode.USAGE)


class Form(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was chosen; whatever isn't has the kit's own value.

    Attributes:
        kit: the path of a kit or talk, or the name of one that is installed; "" for the built-in kit.
        theme: the name of a theme, or a theme file in the workshop's folder.
        pdf: whether the deck is written as a PDF, too.
        timed: whose minutes the slides are planned with, if not the kit's own.
        client: for whom the workshop is held, if its kit has a place for that.
        footer: whether the client's name stands in the foot of each slide of a template, too.
    """

    kit: Place = ""
    audience: Name = ""
    world: Name = ""
    room: Literal["", "paper", "no-printer", "phones", "paper-and-phones", "remote"] = ""
    minutes: Annotated[float, Meta(ge=5, le=600)] | None = None
    people: Annotated[int, Meta(ge=0, le=int(limits.PEOPLE))] = 0
    start: Annotated[str, Meta(pattern=r"^(\d\d?:\d\d)?\Z")] = ""
    paper: Literal["", "a4", "letter"] = ""
    theme: Place = ""
    pdf: bool = False
    timed: Literal["", "rehearsal", "workshop"] = ""
    client: Client = ""
    footer: bool = False


class Asked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a build is asked for: what was chosen, and the paths in the workshop's folder of what was given for it.

    Attributes:
        form: its kit and theme are ones that this workshop may use.
        actual: a table of the minutes that slides took.
        template, logo: files.
        documents, library, words: folders; documents that have become a library are its world.
        own: a folder with a slide for each question that the trainer asked.
        votes, bets, counts: tables of what a room said.
    """

    form: Form
    actual: str = ""
    template: str = ""
    logo: str = ""
    documents: str = ""
    library: str = ""
    words: str = ""
    own: str = ""
    votes: str = ""
    bets: str = ""
    counts: str = ""

    # ------------------------------------------------------------ for other processes, and for people
    def command(self, name: str, *more: str, only: Collection[str] = ()) -> list[str]:
        """Return a command and its options, each with its value, and the kit behind all of them.

        Args:
            more: words of it that aren't chosen.
            only: names of the options that this command takes; empty for all of them, and for the kit as its argument.
        """
        options = [word for option, word in self._options() if not only or option in only]
        kit = self.form.kit
        if only:
            return [name, *([f"--kit={kit}"] if kit else []), *options, *more]
        return [name, *options, *more, *(["--", kit] if kit else [])]

    def shown(self, program: str, *more: str) -> str:
        """Return the command of a build as one types it."""
        return f"{program} {shlex.join(self.command('build', *more))}"

    def _options(self) -> Iterator[tuple[str, str]]:
        """Yield the name of each option, and the word that gives it its value."""
        form = self.form
        values = {
            **{name: getattr(form, name) for name in ("audience", "room", "start", "paper", "theme")},
            "world": self.library or form.world,
            "minutes": "" if form.minutes is None else f"{form.minutes:g}",
            "people": str(form.people or ""),
            "actual": self.actual,
            "template": self.template,
            "logo": self.logo,
            "var": f"{CLIENT}={form.client}" if form.client else "",
            "footer": form.client if form.footer and self.template else "",
            "data": f"{LIBRARY}={self.documents}" if self.documents and not self.library else "",
            "votes": self.votes,
            "bets": self.bets,
            "counts": self.counts,
        }
        yield from ((name, f"--{name}={value}") for name, value in values.items() if value)
        yield from (("overlay", f"--overlay={folder}") for folder in (self.words, self.own) if folder)
        if form.pdf:
            yield "pdf", "--pdf"

    # ------------------------------------------------------------ for the engine
    def request(self, registry: Registry) -> Request:
        """Return the request of the same build, in the workshop's folder.

        Raises:
            WorkshopError: for a theme that doesn't exist, or a table that can't be read.
        """
        form = self.form
        return Request(
            audience=form.audience,
            world=self.library or form.world,
            room=form.room or PAPER,
            minutes=form.minutes,
            people=form.people,
            start=form.start,
            paper=form.paper,
            theme=_theme(form.theme, registry),
            pdf=form.pdf,
            variables={CLIENT: form.client} if form.client else {},
            footer=form.client if form.footer and self.template else "",
            actual=read_actual(Path(self.actual)) if self.actual else {},
            bets=read_bets(Path(self.bets)) if self.bets else {},
            counts=read_counts(Path(self.counts)) if self.counts else {},
            votes=Path(self.votes) if self.votes else None,
            template=Path(self.template) if self.template else None,
            logo=Path(self.logo) if self.logo else None,
            data={("", LIBRARY): Path(self.documents)} if self.documents and not self.library else {},
            overlays=tuple(Path(folder) for folder in (self.words, self.own) if folder),
            cache=kept_in(no_cache=False),
            trusted=trusted_file(),
        )

    def kit(self, registry: Registry) -> Path:
        """Return the folder of the kit, or the file of the talk.

        Raises:
            WorkshopError: if there is none.
        """
        named = self.form.kit or BUILT_IN
        if registry.has("kit", named):
            found: Path = registry.get("kit", named)()
            return found
        path = Path(named)
        if not path.exists():
            raise refused(f"there is no kit or talk '{named}'", nearest(path))
        return path


def _theme(name: str, registry: Registry) -> str:
    known = registry.names("theme")
    if not name or name in known:
        return name
    path = Path(name)
    if path.suffix.lower() not in THEME_FILES:
        raise refused(f"there is no theme '{name}'", did_you_mean(name, known))
    if not path.is_file():
        raise refused(f"there is no file '{name}'", nearest(path))
    return name


def decoded(text: bytes) -> Form:
    """Return what was chosen.

    Raises:
        msgspec.MsgspecError: for anything else.
    """
    return msgspec.json.decode(text, type=Form)
