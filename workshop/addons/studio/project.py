"""The folder of one workshop, which can be read without the app: what was chosen, what was given, and what was made."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from workshop import limits
from workshop.errors import ExitCode, Problem, WorkshopError
from workshop.files.paths import write_own

FORM, GIVEN, OUT, LAST, MANIFEST = "workshop.json", "given", "out", "last.json", "manifest.json"
WORDS, ADOPTED = "words", "adopted.json"
SLIDE = re.compile(r"\w[\w.-]*")
TEMPLATE, LOGO, DOCUMENTS, QUIZ = "template", "logo", "documents", "quiz"
TIMED = {"rehearsal": "room/rehearsal.csv", "workshop": "after/actual.csv"}  # minutes that slides took
ZIPPED = b"PK\x03\x04"
SUFFIX_OF_HALF = ".half"

Name = Annotated[str, Meta(max_length=200)]


class Form(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was chosen; whatever isn't has the kit's own value.

    Attributes:
        kit: the path of a kit or talk; "" for the built-in kit.
        pdf: whether the deck is written as a PDF, too.
        timed: whose minutes the slides are planned with, if not the kit's own.
    """

    kit: Annotated[str, Meta(max_length=1000)] = ""
    audience: Name = ""
    world: Name = ""
    room: Name = ""
    minutes: Annotated[float, Meta(ge=5, le=600)] | None = None
    people: Annotated[int, Meta(ge=0, le=int(limits.PEOPLE))] = 0
    start: Annotated[str, Meta(pattern=r"^(\d\d?:\d\d)?$")] = ""
    paper: Name = ""
    theme: Name = ""
    pdf: bool = False
    timed: Literal["", "rehearsal", "workshop"] = ""


class Gift(Struct, frozen=True):
    """A kind of file that may be given.

    Attributes:
        begins: suffix -> the first bytes of such a file.
        most: bytes.
        many: whether there may be several, each with its own name.
    """

    begins: Mapping[str, bytes]
    most: int
    many: bool = False


GIFTS: Mapping[str, Gift] = {
    TEMPLATE: Gift({".pptx": ZIPPED, ".potx": ZIPPED}, int(limits.PACKAGE_BYTES)),
    LOGO: Gift({".png": b"\x89PNG", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff"}, int(limits.LOGO_BYTES)),
    DOCUMENTS: Gift({".pdf": b"%PDF-", ".docx": ZIPPED, ".md": b"", ".txt": b""}, int(limits.DATA_BYTES), many=True),
    QUIZ: Gift({".csv": b""}, int(limits.CSV_BYTES)),
}


def refused(message: str, hint: str = "") -> WorkshopError:
    """Return an error of whoever uses the page."""
    return WorkshopError(Problem(message, hint=hint), ExitCode.USAGE)


def told_problems(problems: Iterable[Problem]) -> list[dict[str, str]]:
    """Return problems for the page."""
    return [
        {"severity": one.severity.name.lower(), "message": str(one.message), "hint": one.hint, "code": one.code}
        for one in problems
    ]


class Project:
    """One workshop.

    Args:
        folder: its folder, which exists.

    Raises:
        WorkshopError: if what was chosen can't be read.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            self.form = msgspec.json.decode((folder / FORM).read_bytes(), type=Form)
        except (OSError, msgspec.MsgspecError) as error:
            raise refused(f"{FORM} of '{folder.name}' can't be read: {error}", "delete it, and choose again") from error

    @classmethod
    def new(cls, home: Path, title: str, form: Form, day: date) -> Project:
        """Make a folder for a new workshop, with the title and the day as its name.

        Raises:
            WorkshopError: if it can't be made.
        """
        name = f"{_clean(title) or 'Workshop'}, {day.day} {day:%B}"
        number = 1
        try:
            home.mkdir(parents=True, exist_ok=True)
            while (folder := home / (name if number == 1 else f"{name} ({number})")).exists():
                number += 1
            folder.mkdir()
            write_own(folder / FORM, msgspec.json.encode(form))
        except OSError as error:
            raise refused(f"nothing can be written into '{home}': {error.strerror}") from error
        return cls(folder)

    def choose(self, chosen: Any) -> bool:
        """Take over what was chosen on the page, and keep it; return whether it is anything new.

        Raises:
            WorkshopError: for a value that can't be.
        """
        try:
            form = msgspec.convert({**chosen, "kit": self.form.kit}, Form)
            is_new = form != self.form
            if is_new:
                write_own(self.folder / FORM, msgspec.json.encode(form))
            self.form = form
        except msgspec.MsgspecError as error:
            raise refused(str(error)) from error
        except OSError as error:
            raise refused(f"nothing can be written into '{self.folder}': {error.strerror}") from error
        return is_new

    # ------------------------------------------------------------ what it is built with
    def arguments(self) -> list[str]:
        """Return what is typed after ``build`` in the folder, without the output folder."""
        return [*([self.form.kit] if self.form.kit else []), *(word for option in self._options() for word in option)]

    def shared(self, options: Collection[str]) -> list[str]:
        """Return those arguments that another command takes, too: the kit, and options of these names."""
        kit = ["--kit", self.form.kit] if self.form.kit else []
        return [*kit, *(word for option in self._options() if option[0] in options for word in option)]

    def _options(self) -> Iterator[tuple[str, ...]]:
        """Yield each option with its value if it takes one."""
        form = self.form
        for name in ("audience", "world", "room", "start", "paper", "theme"):
            if value := getattr(form, name):
                yield f"--{name}", value
        if form.minutes is not None:
            yield "--minutes", f"{form.minutes:g}"
        if form.pdf:
            yield ("--pdf",)
        if form.people:
            yield "--people", str(form.people)
        if form.timed in self.timed():
            yield "--actual", TIMED[form.timed]
        for kind in (TEMPLATE, LOGO):
            for path in self.given(kind):
                yield f"--{kind}", path.relative_to(self.folder).as_posix()
        if self.given(DOCUMENTS):
            yield "--data", f"library={GIVEN}/{DOCUMENTS}"
        if any((self.folder / WORDS).glob("*.md")):
            yield "--overlay", WORDS

    def command(self, program: str) -> str:
        """Return the command that makes the same files in a terminal."""
        return f"{program} {shlex.join(['build', *self.arguments(), '--out', OUT])}"

    def timed(self) -> list[str]:
        """Return of which runs the minutes of the slides are known."""
        return [name for name, path in TIMED.items() if (self.folder / path).is_file()]

    def rehearsed(self, seconds: Mapping[str, float]) -> None:
        """Keep how long each slide took in a rehearsal.

        Raises:
            WorkshopError: if that isn't possible.
        """
        path = self.folder / TIMED["rehearsal"]
        lines = [
            "slide,minutes",
            *(f"{name},{taken / 60:.2f}" for name, taken in seconds.items() if SLIDE.fullmatch(name)),
        ]
        try:
            path.parent.mkdir(exist_ok=True)
            write_own(path, "\n".join([*lines, ""]).encode())
        except OSError as error:
            raise refused(f"the minutes can't be kept: {error.strerror}") from error

    # ------------------------------------------------------------ what was given
    def given(self, kind: str) -> list[Path]:
        """Return the files of a kind."""
        if GIFTS[kind].many:
            return sorted(path for path in (self.folder / GIVEN / kind).glob("*") if path.suffix != SUFFIX_OF_HALF)
        return sorted(path for path in (self.folder / GIVEN).glob(f"{kind}.*") if path.suffix != SUFFIX_OF_HALF)

    def place(self, kind: str, name: str) -> Path:
        """Return where a file of this name is kept: under a name of ours, or a harmless form of its own if there may be several.

        Raises:
            WorkshopError: if files like it can't be used.
        """
        suffix = Path(name).suffix.lower()
        if suffix not in GIFTS[kind].begins:
            raise refused(f"'{name}' can't be a {kind.removesuffix('s')}", f"choose {' or '.join(GIFTS[kind].begins)}")
        stem = f"{DOCUMENTS}/{_clean(Path(name).stem) or 'document'}" if GIFTS[kind].many else kind
        return self.folder / GIVEN / f"{stem}{suffix}"

    def keep(self, kind: str, half: Path, place: Path) -> None:
        """Move a file that came in whole to its place.

        Raises:
            WorkshopError: if it isn't what its name says.
        """
        with half.open("rb") as file:
            begin = GIFTS[kind].begins[place.suffix]
            if file.read(len(begin)) != begin:
                raise refused("this file isn't what its name says", "save it again in the program that made it")
        half.replace(place)
        for path in self.given(kind):
            if path != place and not GIFTS[kind].many:
                path.unlink()

    def drop(self, kind: str, name: str = "") -> None:
        """Delete what was given: one file, or all of its kind."""
        for path in self.given(kind):
            if name in ("", path.name):
                path.unlink()

    # ------------------------------------------------------------ changed words
    def reword(self, slide: str, source: str, kit: str) -> None:
        """Keep a slide with other words, and the kit's text that they were made from.

        Raises:
            WorkshopError: if that isn't possible.
        """
        try:
            (self.folder / WORDS).mkdir(exist_ok=True)
            write_own(self._words(slide), source.encode())
            self._adopt(slide, kit)
        except OSError as error:
            raise refused(f"the words can't be kept: {error.strerror}") from error

    def keep_mine(self, slide: str, kit: str) -> None:
        """Keep the changed words of a slide beside a new text of the kit."""
        if self._words(slide).is_file():
            self._adopt(slide, kit)

    def put_back(self, slide: str) -> None:
        """Have the kit's words on a slide again."""
        self._words(slide).unlink(missing_ok=True)
        self._adopt(slide, "")

    def adopted(self) -> dict[str, str]:
        """Return slide -> the kit's text from which its words were made."""
        try:
            found: dict[str, str] = json.loads((self.folder / WORDS / ADOPTED).read_bytes())["slides"]
        except (OSError, ValueError, KeyError):
            return {}
        return {name.rpartition("@")[0]: text for name, text in found.items()}

    def _adopt(self, slide: str, kit: str) -> None:
        left = {name: text for name, text in self.adopted().items() if name != slide} | ({slide: kit} if kit else {})
        if (self.folder / WORDS).is_dir():
            listed = {"slides": {f"{name}@": text for name, text in left.items()}}  # for every audience
            write_own(self.folder / WORDS / ADOPTED, json.dumps(listed, ensure_ascii=False, indent=1).encode())

    def _words(self, slide: str) -> Path:
        if not SLIDE.fullmatch(slide):
            raise refused(f"no slide is named '{slide}'")
        return self.folder / WORDS / f"{slide}.md"

    # ------------------------------------------------------------ what was made
    def made(self) -> tuple[str, ...]:
        """Return the names of the files of the last build, and of nothing else that lies there."""
        try:
            listed = json.loads((self.folder / OUT / MANIFEST).read_bytes())["files"]
        except (OSError, ValueError, KeyError):
            return ()
        return tuple(name for name in listed if Path(name).name == name and (self.folder / OUT / name).is_file())

    def last(self) -> dict[str, Any]:
        """Return how long the last build took, with its steps; nothing before the first one."""
        try:
            found: dict[str, Any] = json.loads((self.folder / LAST).read_bytes())
        except (OSError, ValueError):
            return {}
        return found

    def took(self, steps: int, seconds: float, began: float, arguments: Sequence[str]) -> None:
        """Keep how long a build took, when it began, in seconds of the system's clock, and what it was made with."""
        told = {"steps": steps, "seconds": round(seconds, 1), "began": began, "arguments": arguments}
        write_own(self.folder / LAST, json.dumps(told).encode())

    def made_with(self) -> list[str]:
        """Return the ``arguments`` of the last build."""
        return list(self.last().get("arguments", self.arguments()))

    def is_old(self) -> bool:
        """Whether something was chosen, given or reworded since the last build."""
        parts = [self.folder / name for name in (FORM, GIVEN, WORDS, TIMED.get(self.form.timed, FORM))]
        paths = [path for part in parts if part.exists() for path in (part, *part.rglob("*"))]
        return max(path.stat().st_mtime for path in paths) > float(self.last().get("began", 0))


def _clean(name: str) -> str:
    """Return a name that every system takes as the name of a file.

    >>> _clean("../Fleet rules: 2026?"), _clean("CON")
    ('Fleet rules 2026', 'CON')
    """
    return " ".join(re.sub(r"[^\w ,-]", " ", name).split())[:60].strip()


def projects(home: Path) -> list[str]:
    """Return the names of all workshops, the newest first."""
    found = [path.parent for path in home.glob(f"*/{FORM}")]
    return [path.name for path in sorted(found, key=lambda path: -(path / FORM).stat().st_mtime)]
