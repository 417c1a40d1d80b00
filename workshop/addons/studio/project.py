"""The folder of one workshop, which can be read without the app: what was chosen, what was given, and what was made."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from workshop import limits
from workshop.addons.studio.decided_library import LIBRARY, Library
from workshop.addons.studio.form import PLAIN, WITH_PHONES, Asked, Form, decoded, refused
from workshop.addons.studio.shelf import Kept
from workshop.addons.studio.talk_words import Talk
from workshop.errors import Problem, WorkshopError
from workshop.inputs.inside import UNFINISHED, Identity, Inside
from workshop.inputs.text_folders import text_in

FORM, GIVEN, OUT, LAST, MANIFEST = "workshop.json", "given", "out", "last.json", "manifest.json"
WORDS, ADOPTED = "words", "adopted.json"
AFTER, ROOM, LEDGER = "after", "room", ".db"
BESIDE_LEDGER = ("-wal", "-shm", "-journal")  # what SQLite opens beside it
SLIDE = re.compile(r"\w[\w.-]*")
TEMPLATE, LOGO, DOCUMENTS, QUIZ = "template", "logo", "documents", "quiz"
BALLOTS, BETS, COUNTS = SAID = (
    "ballots.csv",
    "bets.csv",
    "counts.csv",
)  # tables of what a room said, which a build reads
SHEETS = f"{AFTER}/quiz.csv"  # what each seat answered in the quiz
ASKED = f"{AFTER}/asked"  # an overlay with the questions of the trainer's own
OWN_SLIDES = f"{ASKED}/asked.md"
OPENED = "%Y-%m-%d-%H%M%S-%f"  # when a room opened, as the name of its file
TIMED = {"rehearsal": f"{ROOM}/rehearsal.csv", "workshop": f"{AFTER}/actual.csv"}  # minutes that slides took
COVER, BROUGHT = "cover.svg", "kit"  # the picture of its first slide; a kit or talk that was chosen in the browser
DATED = re.compile(r"(?P<head>.*)(?P<day>, \d{1,2} \w+( \(\d+\))?)")
USED = (GIVEN, f"{GIVEN}/{DOCUMENTS}", LIBRARY, WORDS, OUT, ROOM, AFTER, LAST, COVER, BROUGHT)
ZIPPED = b"PK\x03\x04"
SMALL = 100_000  # bytes of a file of ours
PART = 1_000_000  # bytes that are read at a time
DEVICES = re.compile(r"(con|prn|aux|nul|clock\$|conin\$|conout\$|(com|lpt)[0-9¹²³])", re.IGNORECASE)


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


class Last(Struct, frozen=True):
    """The last build: how many steps it had, how long it took, when it began, in seconds of the system's clock, and what was chosen."""

    steps: int = 0
    seconds: float = 0.0
    began: float = 0.0
    form: Form | None = None


class _Manifest(Struct, frozen=True):
    files: Mapping[str, str]


class _Adopted(Struct, frozen=True):
    slides: Mapping[str, str]


def told_problems(problems: Iterable[Problem]) -> list[dict[str, str]]:
    """Return problems for the page; one with a file that was given begins with its name."""
    return [
        {"severity": one.severity.name.lower(), "message": _of_gift(one), "hint": one.hint, "code": one.code}
        for one in problems
    ]


def _of_gift(problem: Problem) -> str:
    path = PurePosixPath(problem.at.path if problem.at else "")
    is_gift = path.is_relative_to(GIVEN) and path != PurePosixPath(GIVEN, DOCUMENTS)
    return f"{path.name}: {problem.message}" if is_gift else problem.message


class Project:
    """One workshop. Everything in its folder is reached through ``inside``, from which no link leads out.

    Args:
        folder: its folder, which exists.
        kept: what this computer keeps about it.

    Raises:
        WorkshopError: if what was chosen can't be read.
    """

    def __init__(self, folder: Path, kept: Kept | None = None) -> None:
        self.folder = folder
        self.kept = kept or Kept()
        self._signs: dict[
            tuple[str, int, int, int], str
        ] = {}  # of files that were looked at, while they stay as they are
        try:
            self.inside = Inside.at(folder)
            self.library = Library(self.inside)
            self.form = decoded(self.inside.read(FORM, SMALL))
        except (OSError, msgspec.MsgspecError, UnicodeError) as error:
            why = error.strerror if isinstance(error, OSError) else error
            raise refused(f"{FORM} of '{folder.name}' can't be read: {why}", "delete it, and choose again") from error

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
            try:
                Inside.at(folder).write(FORM, msgspec.json.encode(form))
            except OSError:
                with suppress(OSError):
                    folder.rmdir()  # else it looks like a workshop
                raise
        except OSError as error:
            raise refused(f"nothing can be written into '{home}': {error.strerror}") from error
        return cls(folder, Kept(kit=form.kit))

    def renamed(self, name: str) -> Project:
        """Move the folder to another name beside it, and return the workshop there.

        Raises:
            WorkshopError: for a name that can't be, or that another folder has.
        """
        clean = _clean(name)
        if not clean:
            raise refused(f"'{name}' can't be the name of a folder", "use letters and digits")
        place = self.folder.with_name(clean)
        if place == self.folder:
            return self
        if place.exists():
            raise refused(f"there is a folder '{clean}' already", "choose another name")
        try:
            self.folder.rename(place)
        except OSError as error:
            raise refused(
                f"the folder can't be renamed: {error.strerror}", "close programs that use its files"
            ) from error
        return Project(place, self.kept)

    def named_after(self, client: str, title: str) -> str:
        """Return the name that a folder has with a client's name: the day stays, and a name that somebody chose, too."""
        found = DATED.fullmatch(self.folder.name)
        if not client or found is None or found["head"] != (_clean(title) or "Workshop"):
            return self.folder.name
        return f"{_clean(client) or found['head']}{found['day']}"

    def brought(self, name: str) -> str:
        """Return where a file of a kit or talk that is chosen in the browser is kept.

        Raises:
            WorkshopError: for a name that isn't one of a file below a folder.
        """
        parts = [part for part in name.split("/") if part]
        if not parts or any(
            part in (".", "..") or not part.isprintable() or set(part) & set('\\:*?"<>|') for part in parts
        ):
            raise refused(f"'{name}' can't be kept", "rename it, and choose it again")
        return "/".join((BROUGHT, *map(_harmless, parts)))

    def show_cover(self, picture: str) -> None:
        """Keep the picture of the first slide, for the list of workshops; one that can't be kept is none."""
        with suppress(OSError):
            if not self.inside.is_file(COVER) or self.inside.read(COVER, PART) != picture.encode():
                self.inside.write(COVER, picture.encode())

    @property
    def identity(self) -> Identity:
        """What the system knows its folder by."""
        assert self.inside.known is not None
        return self.inside.known

    def choose(self, chosen: Any) -> bool:
        """Take over what was chosen on the page, and keep it; return whether it is anything new.

        Raises:
            WorkshopError: for a value that can't be.
        """
        try:
            form = msgspec.convert({**chosen, "kit": self.form.kit}, Form)
            is_new = form != self.form
            if is_new:
                self.inside.write(FORM, msgspec.json.encode(form))
            if form.world != self.form.world and self.library.exists:
                self.library.be_like(form.world)
            self.form = form
        except msgspec.MsgspecError as error:
            raise refused(str(error)) from error
        except OSError as error:
            raise refused(f"nothing can be written into '{self.folder}': {error.strerror}") from error
        return is_new

    # ------------------------------------------------------------ what it is built with
    def asked(self, said: str = "", form: Form | None = None, *, phones: bool = False) -> Asked:
        """Return what a build is asked for.

        Args:
            said: the folder with tables of what a room said; "" for none.
            form: what was chosen, if that isn't what is chosen now.
            phones: whether the room is open for phones, so that its slides speak of them.

        Raises:
            WorkshopError: for a kit or a theme that this workshop can't use.
        """
        self._usable(self.form)
        form = replace(form, kit=self.form.kit) if form is not None else self.form
        self._usable(form)
        form = replace(form, room=WITH_PHONES.get(form.room, form.room)) if phones else form
        tables = {name: f"{said}/{name}" for name in SAID if said and self.inside.is_file(f"{said}/{name}")}
        return Asked(
            form=form,
            actual=TIMED[form.timed] if form.timed in self.timed() else "",
            template=next((f"{GIVEN}/{name}" for name in self.given(TEMPLATE)), ""),
            logo=next((f"{GIVEN}/{name}" for name in self.given(LOGO)), ""),
            documents=f"{GIVEN}/{DOCUMENTS}" if self.given(DOCUMENTS) else "",
            library=LIBRARY if self.library.exists else "",
            words=WORDS if any(name.endswith(".md") for name in self.inside.names(WORDS)) else "",
            own=ASKED if said == AFTER and self.inside.is_file(OWN_SLIDES) else "",
            votes=tables.get(BALLOTS, ""),
            bets=tables.get(BETS, ""),
            counts=tables.get(COUNTS, ""),
        )

    def _usable(self, form: Form) -> None:
        """Refuse a kit or a theme elsewhere on this computer: a folder that somebody sent could name any file of it."""
        if form.kit != self.kept.kit and self.is_elsewhere(form.kit):
            raise refused(
                f"the kit '{form.kit}' isn't in this workshop's folder, so it isn't used",
                "begin a new workshop with it, or put a copy of it there",
            )
        if self.is_elsewhere(form.theme):
            raise refused(
                f"the theme '{form.theme}' isn't in this workshop's folder, so it isn't used", "choose another one"
            )

    def is_elsewhere(self, name: str) -> bool:
        """Whether a name of a kit or a theme means something outside of the folder: it is neither a plain name nor a path in it."""
        path = Path(name)
        if not name or (PLAIN.fullmatch(name) and not (self.folder / name).is_symlink()):
            return False
        return path.is_absolute() or ".." in path.parts or self.inside.is_link(path.as_posix())

    def command(self, program: str) -> str:
        """Return the command that makes the same files in a terminal; "" if there is none."""
        try:
            return self.asked().shown(program, f"--out={OUT}")
        except WorkshopError:
            return ""

    def timed(self) -> list[str]:
        """Return of which runs the minutes of the slides are known."""
        return [name for name, path in TIMED.items() if self.inside.is_file(path)]

    def rehearsed(self, seconds: Mapping[str, float]) -> None:
        """Keep how long each slide took in a rehearsal.

        Raises:
            WorkshopError: if that isn't possible.
        """
        lines = [
            "slide,minutes",
            *(f"{name},{taken / 60:.2f}" for name, taken in seconds.items() if SLIDE.fullmatch(name)),
        ]
        try:
            self.inside.write(TIMED["rehearsal"], "\n".join([*lines, ""]).encode())
        except OSError as error:
            raise refused(f"the minutes can't be kept: {error.strerror}") from error

    def not_used(self) -> list[Problem]:
        """Return a sentence for each thing in the folder that isn't used, since it leads out of it or isn't a file."""
        return self.inside.refused(USED)

    # ------------------------------------------------------------ what was given
    def given(self, kind: str) -> list[str]:
        """Return the names of the files of a kind."""
        if GIFTS[kind].many:
            return self.inside.names(f"{GIVEN}/{kind}")
        return [name for name in self.inside.names(GIVEN) if name.startswith(f"{kind}.")]

    def place(self, kind: str, name: str) -> str:
        """Return where a file of this name is kept: under a name of ours, or a harmless form of its own if there may be several.

        Raises:
            WorkshopError: if files like it can't be used.
        """
        suffix = Path(name).suffix.lower()
        if suffix not in GIFTS[kind].begins:
            raise refused(f"'{name}' can't be a {kind.removesuffix('s')}", f"choose {' or '.join(GIFTS[kind].begins)}")
        stem = f"{DOCUMENTS}/{_clean(Path(name).stem) or 'document'}" if GIFTS[kind].many else kind
        return f"{GIVEN}/{stem}{suffix}"

    def receive(self, place: str) -> BinaryIO:
        """Return a new file for what is coming, beside its place; ``keep`` or ``forget`` ends it."""
        return self.inside.new(place + UNFINISHED[0])

    def keep(self, kind: str, place: str) -> None:
        """Move a file that came in whole to its place.

        Raises:
            WorkshopError: if it isn't what its name says, or a document without a text that can be read.
        """
        half = place + UNFINISHED[0]
        with self.inside.open(half, GIFTS[kind].most) as file:
            begin = GIFTS[kind].begins[PurePosixPath(place).suffix]
            if file.read(len(begin)) != begin:
                raise refused("this file isn't what its name says", "save it again in the program that made it")
        if kind == TEMPLATE:
            self._usable_template(half)
        if kind == DOCUMENTS:
            text_in(self.inside.read(half, GIFTS[kind].most), PurePosixPath(place).name, PurePosixPath(place).suffix)
        self.inside.rename(half, place)
        for name in self.given(kind):
            if f"{GIVEN}/{name}" != place and not GIFTS[kind].many:
                self.inside.delete(f"{GIVEN}/{name}")

    def _usable_template(self, half: str) -> None:
        """Refuse a file that can't be a template, before it takes the place of one that can."""
        from workshop.templates.file import open_template  # it brings lxml, which only this needs

        try:
            open_template(self.inside.path(half))
        except WorkshopError as error:
            stays = "".join(f"the earlier one stays in use, {GIVEN}/{name}" for name in self.given(TEMPLATE))
            found = error.problem
            raise refused(found.message, "; ".join(filter(None, (found.hint, stays)))) from error

    def signs(self) -> dict[str, str]:
        """Return path -> digest of what was given and reworded, by which other content under the same name is noticed."""
        found = {}
        for path in (f"{folder}/{name}" for folder in (GIVEN, WORDS) for name in self.inside.below(folder)):
            with suppress(OSError), self.inside.open(path, int(limits.PACKAGE_BYTES)) as file:
                state = os.fstat(file.fileno())
                known = (path, state.st_ino, state.st_size, state.st_mtime_ns)
                if known not in self._signs:
                    self._signs[known] = _digest(file)
                found[path] = self._signs[known]
        return found

    def forget(self, place: str) -> None:
        """Delete what came in only in part, if it is there."""
        self.inside.delete(place + UNFINISHED[0])

    def drop(self, kind: str, name: str = "") -> None:
        """Delete what was given: one file, or all of its kind."""
        folder = f"{GIVEN}/{kind}" if GIFTS[kind].many else GIVEN
        for found in self.given(kind):
            if name in ("", found):
                self.inside.delete(f"{folder}/{found}")
        if kind == DOCUMENTS and not self.given(DOCUMENTS):
            self.library.forget()

    def has_room(self, most: int) -> bool:
        """Whether so many bytes are free on its disk."""
        return shutil.disk_usage(self.folder).free >= most

    # ------------------------------------------------------------ changed words
    @property
    def talk(self) -> Talk:
        """The file of its talk.

        Raises:
            WorkshopError: for one that this workshop can't use.
        """
        self._usable(self.form)
        return Talk(self.inside, self.form.kit)

    def reword(self, slide: str, source: str, kit: str) -> None:
        """Keep a slide with other words, and the kit's text that they were made from.

        Raises:
            WorkshopError: if that isn't possible.
        """
        try:
            self.inside.write(_words(slide), source.encode())
            self._adopt(slide, kit)
        except OSError as error:
            raise refused(f"the words can't be kept: {error.strerror}") from error

    def keep_mine(self, slide: str, kit: str) -> None:
        """Keep the changed words of a slide beside a new text of the kit."""
        if self.inside.is_file(_words(slide)):
            self._adopt(slide, kit)

    def put_back(self, slide: str) -> None:
        """Have the kit's words on a slide again."""
        self.inside.delete(_words(slide))
        if slide in self.adopted():
            self._adopt(slide, "")

    def adopted(self) -> dict[str, str]:
        """Return slide -> the kit's text from which its words were made."""
        try:
            content = self.inside.read(f"{WORDS}/{ADOPTED}", int(limits.SOURCE_BYTES))
            found = msgspec.json.decode(content, type=_Adopted).slides
        except (OSError, msgspec.MsgspecError):
            return {}
        return {name.rpartition("@")[0]: text for name, text in found.items()}

    def _adopt(self, slide: str, kit: str) -> None:
        left = {name: text for name, text in self.adopted().items() if name != slide} | ({slide: kit} if kit else {})
        listed = {"slides": {f"{name}@": text for name, text in left.items()}}  # for every audience
        self.inside.write(f"{WORDS}/{ADOPTED}", json.dumps(listed, ensure_ascii=False, indent=1).encode())

    # ------------------------------------------------------------ what was made
    def made(self) -> tuple[str, ...]:
        """Return the names of the files of the last build, and of nothing else that lies there."""
        try:
            content = self.inside.read(f"{OUT}/{MANIFEST}", int(limits.MANIFEST_BYTES))
            listed = msgspec.json.decode(content, type=_Manifest).files
        except (OSError, msgspec.MsgspecError):
            return ()
        return tuple(name for name in self.inside.names(OUT) if name in listed)

    def last(self) -> Last:
        """Return the last build; before the first one, one without steps."""
        try:
            return msgspec.json.decode(self.inside.read(LAST, SMALL), type=Last)
        except (OSError, msgspec.MsgspecError):
            return Last()

    def took(self, last: Last) -> None:
        """Keep what a build was."""
        self.inside.write(LAST, msgspec.json.encode(last))

    def made_with(self) -> Asked:
        """Return what the last build was asked for, as far as that was chosen.

        Raises:
            WorkshopError: as for ``asked``.
        """
        return self.asked(form=self.last().form)

    def is_old(self) -> bool:
        """Whether something was chosen, given or reworded since the last build."""
        parts = (FORM, GIVEN, LIBRARY, WORDS, TIMED.get(self.form.timed, FORM))
        return max(map(self.inside.changed, parts)) > self.last().began

    # ------------------------------------------------------------ what a room said
    def rooms(self) -> list[str]:
        """Return the names of the files of its rooms, the newest last."""
        found = [name for name in self.inside.names(ROOM) if name.endswith(LEDGER)]
        return [name for name in found if not any(self.inside.is_link(f"{ROOM}/{name}{end}") for end in BESIDE_LEDGER)]

    def room(self, name: str) -> Path:
        """Return the path of the file of a room, of a new one, too.

        Raises:
            OSError: if it leads out of the folder, or isn't a file.
        """
        self.inside.make(ROOM)
        return self.inside.path(f"{ROOM}/{name}") if name in self.inside.names(ROOM) else self.folder / ROOM / name

    def unfinished(self) -> str:
        """Return the name of the room that was opened last, on this computer; "" if another one lies there, or none."""
        found = self.rooms()
        return found[-1] if found and found[-1] == self.kept.room else ""

    def afterwards(self) -> list[str]:
        """Return the paths of the files for people that were made after the workshop, below ``after/``."""
        paths = self.inside.below(AFTER)
        return [path for path in paths if (name := path.rpartition("/")[2]) != MANIFEST and not name.startswith(".")]

    def keep_tables(self, folder: str, tables: Mapping[str, bytes]) -> None:
        """Write the tables that hold something, and delete the others."""
        for name, table in tables.items():
            if table:
                self.inside.write(f"{folder}/{name}", table)
            else:
                self.inside.delete(f"{folder}/{name}")

    def of_seats(self) -> list[str]:
        """Return the paths of the files that have what each seat of the last room answered; earlier rooms keep theirs."""
        last = self.rooms()[-1:]
        ledgers = [name for name in self.inside.names(ROOM) if last and name.startswith(last[0])]
        frozen = last and self.inside.is_file(SHEETS) and self.inside.changed(SHEETS) >= opened_at(last[0])
        tables = [SHEETS] if frozen else []
        return [*(f"{ROOM}/{name}" for name in ledgers), *tables]

    def delete_answers(self) -> None:
        """Delete what each seat of the last room answered, and the totals from which its slides were drawn; what was made stays."""
        last = self.rooms()[-1:]
        for path in (*self.of_seats(), *(f"{ROOM}/{name}" for name in SAID if last)):
            self.inside.delete(path)


def _digest(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    while part := file.read(PART):
        digest.update(part)
    return digest.hexdigest()


def new_room() -> str:
    """Return the name of the file of a room that opens now."""
    return f"{datetime.now().astimezone():{OPENED}}{LEDGER}"


def opened_at(name: str) -> float:
    """Return when a room opened, in seconds since 1970; 0 if the name of its file doesn't say."""
    try:
        return datetime.strptime(name.removesuffix(LEDGER), OPENED).astimezone().timestamp()
    except ValueError:
        return 0


def _words(slide: str) -> str:
    if not SLIDE.fullmatch(slide):
        raise refused(f"no slide is named '{slide}'")
    return f"{WORDS}/{_harmless(slide)}.md"


def _clean(name: str) -> str:
    """Return a name that every system takes as the name of a file.

    >>> _clean("../Fleet rules: 2026?"), _clean("CON")
    ('Fleet rules 2026', 'xCON')
    """
    return _harmless(" ".join(re.sub(r"[^\w ,-]", " ", name).split())[:60].strip())


def _harmless(name: str) -> str:
    """Return a name with a letter before it if Windows would take it for a device, whatever its ending.

    >>> _harmless("con"), _harmless("lpt1.notes"), _harmless("console")
    ('xcon', 'xlpt1.notes', 'console')
    """
    return f"x{name}" if DEVICES.fullmatch(name.partition(".")[0].strip()) else name


def projects(home: Path) -> list[str]:
    """Return the names of all workshops, the newest first."""
    try:
        everything = Inside.at(home.resolve())
    except OSError:
        return []
    found = [(everything.changed(f"{name}/{FORM}", 0), name) for name in everything.folders()]
    return [name for time, name in sorted(found, key=lambda one: -one[0]) if time]
