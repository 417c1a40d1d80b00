"""One preview: it builds the slides again whenever a source changes, and keeps everything that didn't."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from workshop import steps
from workshop.errors import At, ExitCode, Problem, Severity, WorkshopError, errors_in
from workshop.kept import Store
from workshop.layout.laid import LaidOut, LaidSlide
from workshop.model.kit import NOTE_KINDS, Kit, Note
from workshop.model.request import Request
from workshop.plugins.registry import Registry
from workshop.render.svg.slide import draw_slide, screen_pen
from workshop.wording.messages import messages

# ---------------------------------------------------------------- shown
# What the page shows at one moment, as plain data for its script.


class Drawn(Struct, frozen=True, kw_only=True):
    """A slide and its picture.

    Attributes:
        laid: the slide.
        svg: its picture.
        since: number of the state in which the picture changed last.
    """

    laid: LaidSlide
    svg: str
    since: int


class Shown(Struct, frozen=True, kw_only=True):
    """One state of the page.

    Attributes:
        number: 1 for the first state, then one more for each change.
        laid: the deck; ``None`` before the first that could be made.
        slides: its slides.
        problems: the worst first.
        broken: whether the sources can't be built, so that the slides are those from before.
        changed: id of the slide to jump to; "" for none.
        documents: name of a file that can be made -> its meaning.
        seconds: how long it took.
    """

    number: int = 0
    laid: LaidOut | None = None
    slides: tuple[Drawn, ...] = ()
    problems: tuple[Problem, ...] = ()
    broken: bool = False
    changed: str = ""
    documents: tuple[tuple[str, str], ...] = ()
    seconds: float = 0.0


def as_data(shown: Shown, after: int) -> dict[str, Any]:
    """Return a state for the page, with the pictures that changed after a state that it has."""
    kit = shown.laid.kit if shown.laid is not None else None
    ratio = shown.laid.theme.width / shown.laid.theme.height if shown.laid is not None else 16 / 9
    titles = {stage.id: stage.title for stage in kit.stages} if kit is not None else {}
    return {
        "number": shown.number,
        "title": kit.title if kit is not None else "",
        "audience": kit.audience_title if kit is not None and kit.is_kit else "",
        "ratio": round(ratio, 4),
        "broken": shown.broken,
        "changed": shown.changed,
        "seconds": round(shown.seconds, 2),
        "problems": [_problem(problem) for problem in shown.problems],
        "slides": [_slide(drawn.laid, titles, kit) for drawn in shown.slides],
        "pictures": {drawn.laid.id: drawn.svg for drawn in shown.slides if drawn.since > after},
        "documents": [{"name": name, "meaning": meaning} for name, meaning in shown.documents],
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "severity": problem.severity.name.lower(),
        "message": problem.message,
        "hint": problem.hint,
        "place": str(problem.at) if problem.at else "",
    }


def _slide(laid: LaidSlide, titles: dict[str, str], kit: Kit | None) -> dict[str, Any]:
    slide, language = laid.slide, kit.language if kit is not None else "en"
    kept = kit is not None and laid.id in kit.kept
    waits = kit is not None and slide.id in {one.id for one in kit.appendix}
    return {
        "id": laid.id,
        "source": slide.id,
        "number": laid.number,
        "title": slide.title_text.replace("\v", " "),
        "stage": str(messages(language)["appendix"]) if waits else titles.get(slide.stage, ""),
        "hidden": slide.hidden,
        "kept": str(messages(language)["kept-as"]) if kept else "",
        "minutes": slide.minutes,
        "layout": laid.layout.role,
        "place": str(slide.at) if slide.at != At("") else "",
        "notes": [_note(note, language) for note in slide.notes],
    }


def _note(note: Note, language: str) -> dict[str, Any]:
    labels = dict(zip(NOTE_KINDS, messages(language)["note-labels"], strict=True))
    lines = [{"text": line.text.replace("\v", " "), "listed": line.marker != "none"} for line in note.prose.lines]
    return {"label": str(labels.get(note.kind, "")), "lines": lines}


def ordered(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Return problems, each once: errors, then warnings, then advice, each in the order of their places."""
    return tuple(sorted(set(problems), key=lambda p: (-p.severity, p.sort_key)))


def worst(problems: tuple[Problem, ...]) -> Severity | None:
    """Return the worst severity, or ``None`` without problems."""
    return max((problem.severity for problem in problems), default=None)


# ---------------------------------------------------------------- watch
# The files that a preview follows, looked at several times a second.
MOST = 20_000  # entries below the watched folders
SKIPPED = frozenset({"__pycache__", "dist", "node_modules"})
Stamps = dict[str, tuple[int, int]]


class Opened:
    """The files that this process opens while ``hearing`` is set, except Python's own and those of the engine.

    Args:
        aside: folders that only we write to.
    """

    def __init__(self, aside: Sequence[Path] = ()) -> None:
        self.paths: set[str] = set()
        self._aside = (sys.prefix, sys.base_prefix, "/dev", "/proc", *map(os.path.abspath, aside))

    @property
    def hearing(self) -> bool:
        """Whether files that are opened now are noted."""
        return self in _hearing()

    @hearing.setter
    def hearing(self, on: bool) -> None:
        if on:
            _hearing().append(self)
        else:
            _hearing().remove(self)

    def hear(self, path: Any) -> None:
        """Note a file."""
        with suppress(TypeError, ValueError):
            found = os.path.abspath(os.fsdecode(path))  # noqa: PTH100 - a hook has to be quick
            if not found.startswith(self._aside):
                self.paths.add(found)


@cache
def _hearing() -> list[Opened]:
    """Return those that are hearing. One hook serves them all: it can't be removed, and every event of Python calls it."""
    hearing: list[Opened] = []

    def hear(event: str, arguments: tuple[Any, ...]) -> None:
        if hearing and event == "open":
            for opened in hearing:
                opened.hear(arguments[0])

    sys.addaudithook(hear)
    return hearing


def stamps(roots: Sequence[Path], opened: Sequence[str]) -> Stamps:
    """Return size and time of the last change of each file that is followed.

    Args:
        roots: folders, followed with everything below them, and files.
        opened: files that a build read, wherever they are.
    """
    found: Stamps = {}
    for place in (*(path for root in roots for path in _below(str(root))), *opened):
        with suppress(OSError):
            status = os.stat(place)  # noqa: PTH116 - there are hundreds
            found[place] = (status.st_size, status.st_mtime_ns)
    return found


def _below(root: str) -> Iterator[str]:
    """Yield the files of a folder, or the file itself; hidden ones and those of other programs are left out."""
    todo, seen = [root], 0
    while todo and seen < MOST:
        place = todo.pop()
        try:
            entries = sorted(os.scandir(place), key=lambda entry: entry.name)
        except NotADirectoryError:
            yield place
            continue
        except OSError:
            continue
        for entry in entries:
            seen += 1
            if entry.name.startswith(".") or entry.name in SKIPPED:
                continue
            if entry.is_dir(follow_symlinks=False):
                todo.append(entry.path)
            else:
                yield entry.path


def settled(look: Callable[[], Stamps], wait: Callable[[], None]) -> Stamps:
    """Return the stamps once two looks in a row agree: an editor may still be writing."""
    before = look()
    while True:
        wait()
        now = look()
        if now == before:
            return now
        before = now


# ---------------------------------------------------------------- session
SETTLE = 0.02  # seconds between two looks at files that just changed
SHOWN = (".pdf", ".html")  # what a browser shows


class Sources(Struct, frozen=True, kw_only=True):
    """What is shown.

    Attributes:
        path: a kit's folder or a Markdown file.
        base: the built-in kit, whose data and glossary a single file inherits.
        address: path under which the page finds the bytes of a picture, before their digest.
    """

    path: Path
    request: Request
    registry: Registry
    base: Path | None
    address: str = "media/"

    def roots(self) -> tuple[Path, ...]:
        """Return the folders and files that the user may change."""
        request = self.request
        given = (request.template, request.logo, request.votes, *request.data.values(), *request.font_files.values())
        theme = Path(request.theme) if request.theme.endswith((".yaml", ".yml")) else None
        return (self.path, *request.overlays, *(path for path in (*given, theme) if path is not None))


class Session(Struct, kw_only=True):
    """The state of one preview; only one thread refreshes it, any may read it.

    Attributes:
        shown: the present state.
        pictures: digest -> bytes and media type of the pictures on the slides.
        live: whether things on a slide appear click by click.
    """

    sources: Sources
    live: bool = False
    shown: Shown = field(default_factory=Shown)
    pictures: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    _store: Store = field(default_factory=Store)
    _loaded: steps.Loaded | None = None
    _made: dict[str, bytes] = field(default_factory=dict)
    _making: Lock = field(default_factory=Lock)
    _opened: Opened = field(default_factory=Opened)
    _stamps: Stamps = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Follow what builds read, except the cache."""
        request = self.sources.request
        self._opened = Opened([path for path in (request.cache, request.trusted) if path is not None])

    # ------------------------------------------------------------ following the files
    def refresh_if_changed(self, wait: Callable[[float], None] = time.sleep) -> bool:
        """Build again if a file changed since the last time; return whether it did."""
        if self._look() == self._stamps:
            return False
        self._stamps = settled(self._look, lambda: wait(SETTLE))
        self.refresh()
        return True

    def _look(self) -> Stamps:
        return stamps(self.sources.roots(), sorted(self._opened.paths))

    def refresh(self) -> None:
        """Build the slides again; if that isn't possible, the last ones stay, with the problems."""
        began = time.perf_counter()
        before = self.shown
        self._stamps = self._stamps or self._look()
        self._opened.hearing = True
        try:
            with self._store.open():
                loaded, laid, problems = self._laid_out()
            shown = self._drawn(laid, problems)
            self._loaded = loaded
        except WorkshopError as error:
            shown = replace(before, problems=ordered(error.problems), broken=True, changed="")
        except Exception as error:  # noqa: BLE001 - a mistake of ours or of a plugin is told on the page, which outlives it
            told = Problem(
                f"internal error: {type(error).__name__}: {error}", hint="build it for details, with --verbose"
            )
            shown = replace(before, problems=(told,), broken=True, changed="")
        finally:
            self._opened.hearing = False
        self._stamps = self._stamps | self._fresh()
        self.shown = replace(shown, number=before.number + 1, seconds=time.perf_counter() - began)

    def _fresh(self) -> Stamps:
        """Return the stamps of files that this build was the first to open."""
        new = [path for path in self._opened.paths if path not in self._stamps]
        return stamps((), new)

    # ------------------------------------------------------------ building
    def _laid_out(self) -> tuple[steps.Loaded, LaidOut, tuple[Problem, ...]]:
        sources = self.sources
        loaded = steps.load(sources.path, sources.request, sources.registry, sources.base)
        ran = steps.run(loaded)
        kit, problems = steps.plan(loaded, ran, loaded.audiences[0])
        laid, problems = steps.lay_out(loaded, *steps.dress(loaded, kit, problems))
        return loaded, laid, problems

    def _drawn(self, laid: LaidOut, problems: tuple[Problem, ...]) -> Shown:
        """Return the state with a deck; slides that didn't change keep their pictures."""
        before, number = self.shown, self.shown.number + 1
        same = before.laid is not None and before.laid.theme == laid.theme and before.laid.kit.marks == laid.kit.marks
        known = {drawn.laid.id: drawn for drawn in before.slides}
        pen = screen_pen(laid, self._address, live=self.live)
        slides, changed = [], ""
        for slide in laid.slides:
            old = known.get(slide.id)
            if old is not None and same and old.laid == slide and not slide.has_files:
                slides.append(old)
                continue
            svg = draw_slide(pen, laid, slide)
            moved = old is not None and old.svg == svg
            slides.append(Drawn(laid=slide, svg=svg, since=old.since if old is not None and moved else number))
            if not moved or (old is not None and old.laid.slide.notes != slide.slide.notes):
                changed = changed or slide.id
        self._made = {}
        self.pictures = {name: kept for name, kept in self.pictures.items() if any(name in d.svg for d in slides)}
        return Shown(
            laid=laid,
            slides=tuple(slides),
            problems=ordered(problems),
            broken=False,
            changed=changed if before.slides else "",
            documents=self._documents(laid),
        )

    def _address(self, blob: bytes, media_type: str) -> str:
        digest = hashlib.sha256(blob).hexdigest()[:32]
        self.pictures[digest] = (blob, media_type)
        return self.sources.address + digest

    # ------------------------------------------------------------ documents
    def _documents(self, laid: LaidOut) -> tuple[tuple[str, str], ...]:
        """Return what a build would write beside the deck and can be shown in a browser."""
        kit, registry = laid.kit, self.sources.registry
        if not kit.is_kit:
            return ()
        writers = [(name, registry.get("writer", name)) for name in registry.names("writer")]
        return tuple(
            (name, str(writer.meaning))
            for name, writer in writers
            if writer.filename.endswith(SHOWN) and writer.is_due(kit) and (writer.from_step or not writer.missing(kit))
        )

    def document(self, name: str) -> tuple[bytes, str]:
        """Return the bytes and the file name of a document of the present deck, made when it is first asked for.

        Raises:
            WorkshopError: with the reasons why it can't be made.
            KeyError: for a document that this deck doesn't have.
        """
        with self._making:
            laid, loaded, made = self.shown.laid, self._loaded, self._made
            if laid is None or loaded is None or name not in dict(self.shown.documents):
                raise KeyError(name)
            writer = loaded.registry.get("writer", name)
            if name not in made:
                request = replace(loaded.request, only=(name,))
                laid, problems = steps.add(replace(loaded, request=request), laid, ())
                if wrong := errors_in(problems):
                    raise WorkshopError(wrong[0], ExitCode.CONTENT)
                made[name] = writer.render(replace(laid, kept=loaded.request.cache))
            return made[name], str(writer.filename)
