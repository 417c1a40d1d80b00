"""The interface of writers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from types import TracebackType
from typing import Literal, Self

from msgspec import Struct
from msgspec.structs import replace

from workshop.errors import Problem, Problems, WorkshopError
from workshop.layout.laid import LaidOut
from workshop.model.kit import Kit
from workshop.model.request import Request
from workshop.model.rooms import has_paper
from workshop.plugins.registry import Registry
from workshop.render.typst_process import PRESSES
from workshop.side_by_side import in_copy

Whom = Literal["the room", "you", "each person", "each table", "whoever prints", "a manager"]  # "you": the trainer


class Writer(Struct, frozen=True, kw_only=True):
    """One output format.

    Attributes:
        filename: name in the output folder, e.g. ``deck.pptx``.
        render: returns the file's bytes, the same for the same input, or name -> bytes of several files; raises ``Problems``.
        meaning: one phrase for ``list writers``.
        whom: for whom the file is.
        needs_sheets: whether it has nothing to write for a kit without exercises.
        default: whether it is written without being requested; so is a file that the material of a stage names.
        due: decides that for each kit, instead of ``default``.
        in_all: whether ``--all`` asks for it.
        asked_by: whether a request asks for it in another way than by name.
        profiled: whether ``--profile`` changes it; then the profile is in the file's name.
        along_with: name of a writer that includes this one when files are requested by name.
        has_any: whether a kit has anything for it; ``needs`` names what is missing.
        from_step: whether only a step of an add-on finds out if a kit has anything for it.
        needs_slides: whether it needs the slides as they are laid out; a document that doesn't is begun before them, from a
            deck that has none yet.
        handed_out: whether people get it on paper, so that a room without a printer doesn't have it by itself.
        looks: returns the deck with what must be known of its slides before any file is written, and problems; ``None`` if nothing must.
        is_sure: whether everything that can be wrong with it was found before it is written, so that a check leaves it out.
    """

    filename: str
    render: Callable[[LaidOut], bytes | Mapping[str, bytes]]
    meaning: str
    whom: Whom
    needs_sheets: bool = False
    default: bool = True
    due: Callable[[Kit], bool] | None = None
    in_all: bool = True
    asked_by: Callable[[Request], bool] = lambda _: False
    profiled: bool = False
    has_any: Callable[[Kit], bool] | None = None
    needs: str = ""
    along_with: str = ""
    from_step: bool = False
    needs_slides: bool = True
    handed_out: bool = False
    is_sure: Callable[[LaidOut], bool] | None = None
    looks: Callable[[LaidOut], tuple[LaidOut, tuple[Problem, ...]]] | None = None

    @property
    def is_typeset(self) -> bool:
        """Whether it has pages or pictures that another process sets; these writers begin first, one after the other."""
        return self.filename.endswith((".pdf", ".docx"))

    def missing(self, kit: Kit) -> str:
        """Return what a kit lacks for this file; "" if nothing."""
        if self.needs_sheets and not kit.sheets:
            return "exercises"
        return self.needs if self.has_any is not None and not self.has_any(kit) else ""

    def is_due(self, kit: Kit) -> bool:
        """Whether a build makes it without a request: always, or because the material of a stage that is in names it."""
        if self.handed_out and not has_paper(kit.room):
            return False
        brings = f"{self.along_with}.pdf" if self.along_with else self.filename
        default = self.due(kit) if self.due is not None else self.default
        return default or names_file(kit, self.filename) or names_file(kit, brings)

    def name_for(self, kit: Kit) -> str:
        """Return the file's name, such as "sheets-large.pdf" for a profile other than the standard one."""
        if not self.profiled or kit.profile == "standard":
            return self.filename
        stem, dot, suffix = self.filename.rpartition(".")
        return f"{stem}-{kit.profile}{dot}{suffix}"


def names_file(kit: Kit, filename: str) -> bool:
    """Whether the material of a stage that is in names one of our files, as in "quiz.pdf, the sheet BEFORE"."""
    return any(filename in item for stage in kit.stages for item in stage.material)


# The files of a kit: the writers that have something to write, and the bytes of each file.
Made = bytes | Mapping[str, bytes] | tuple[Problem, ...]
AT_ONCE = 2  # printed documents that are prepared at the same time; ``PRESSES`` decides how many of them are set


def render(
    laid: LaidOut,
    request: Request,
    registry: Registry,
    progress: Callable[[str], None] = lambda _: None,
    *,
    checking: bool = False,
) -> dict[str, bytes]:
    """Return name -> bytes of every requested file.

    Args:
        checking: whether only problems are wanted; files with which nothing can be wrong any more are left out then.

    Raises:
        Problems: the problems of all writers.
    """
    with Making(request, registry, progress) as making:
        return making.files(laid, checking=checking)


class Making:
    """The files of one build while they are made.

    If there are documents, the rest is drawn in a copy of this process. Documents are set in processes of their own, one at a
    time while the deck is drawn, and then up to two. If nothing is drawn, documents that need no slides can begin before the
    others. An error that leaves this context stops them.
    """

    def __init__(self, request: Request, registry: Registry, progress: Callable[[str], None] = lambda _: None) -> None:
        """Nothing has begun yet."""
        self._request, self._registry, self._progress = request, registry, progress
        self._press = ThreadPoolExecutor(AT_ONCE)
        self._begun: dict[str, Future[Made]] = {}

    def __enter__(self) -> Self:
        """Begin nothing yet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wait for what has begun; after an error, stop it."""
        with PRESSES.stopped() if kind else nullcontext():
            self._press.shutdown(cancel_futures=kind is not None)

    def begin(self, bare: LaidOut) -> bool:
        """Begin the documents that need no slides, if nothing is drawn, and return whether those are all that is asked for.

        Args:
            bare: a deck without any slides.
        """
        writers = _writers(bare, self._request, self._registry)
        if all(writer.is_typeset for writer in writers):  # drawing is done in a copy, of a process with one thread
            self._submit([writer for writer in writers if not writer.needs_slides], bare)
        return bool(writers) and not any(writer.needs_slides for writer in writers)

    def files(self, laid: LaidOut, *, checking: bool = False) -> dict[str, bytes]:
        """Return name -> bytes of every requested file, for a deck that is laid out; ``checking`` as for ``render``.

        Raises:
            Problems: the problems of all writers.
        """
        found = list(nothing_for(self._request.only, self._registry, lambda writer: writer.missing(laid.kit)))
        writers = _writers(laid, self._request, self._registry)
        if checking:
            writers = [writer for writer in writers if writer.is_sure is None or not writer.is_sure(laid)]
        done = self._done(writers, laid)
        files: dict[str, bytes] = {}
        for writer in writers:
            made = done[writer.filename]
            if isinstance(made, bytes):
                files[writer.name_for(laid.kit)] = made
            elif isinstance(made, Mapping):
                files |= made
            else:
                found.extend(made)
        if found:
            raise Problems(found)
        return files

    def _done(self, writers: list[Writer], laid: LaidOut) -> dict[str, Made]:
        keeping = replace(laid, kept=self._request.cache)
        drawing = [writer for writer in writers if not writer.is_typeset]
        typeset = [writer for writer in writers if writer.is_typeset]

        def draw() -> dict[str, Made]:
            return {writer.filename: _made(writer, keeping) for writer in drawing}

        with in_copy(draw) if typeset and drawing else nullcontext(draw) as drawn:
            self._submit(typeset, laid)
            with PRESSES.drawing() if drawing else nullcontext():
                for writer in reversed(drawing):  # the first of them takes the time
                    self._progress(writer.name_for(laid.kit))
                done = drawn()
            return done | {name: future.result() for name, future in self._begun.items()}

    def _submit(self, writers: Iterable[Writer], laid: LaidOut) -> None:
        keeping = replace(laid, kept=self._request.cache)
        for writer in writers:
            if writer.filename not in self._begun:
                self._begun[writer.filename] = self._press.submit(self._make, writer, keeping)

    def _make(self, writer: Writer, laid: LaidOut) -> Made:
        self._progress(writer.name_for(laid.kit))
        try:
            return _made(writer, laid)
        finally:
            self._progress("")  # it has ended


def _made(writer: Writer, laid: LaidOut) -> Made:
    """Return a file, several, or what is wrong."""
    try:
        return writer.render(laid)
    except WorkshopError as error:
        return error.problems


def nothing_for(names: Iterable[str], registry: Registry, missing: Callable[[Writer], str]) -> tuple[Problem, ...]:
    """Return a problem for each writer that would have nothing to write.

    Args:
        names: of writers that are requested by name.
        missing: returns what there is none of; "" if there is everything that a writer needs.
    """
    lacking = {name: missing(registry.get("writer", name)) for name in names}
    hint = "write some, or leave it out"
    return tuple(
        Problem(f"there is nothing for '{name}': no {lacks} here", hint=hint)
        for name, lacks in lacking.items()
        if lacks
    )


def _writers(laid: LaidOut, request: Request, registry: Registry) -> list[Writer]:
    """Return the writers that are asked for and have something to write."""
    writers = []
    asks = request.only or request.everything or request.extra
    usual = laid.kit.policy.files
    for name in _asked_for(request, registry) if usual == "all" or asks else (usual,):
        writer: Writer = registry.get("writer", name)
        due = writer.is_due(laid.kit) if usual == "all" else name == usual
        everything = request.everything and writer.in_all
        if not (request.only or everything or due or writer.asked_by(request)):
            continue
        if not writer.missing(laid.kit):
            writers.append(writer)
    return writers


def _asked_for(request: Request, registry: Registry) -> tuple[str, ...]:
    """Return the names of the writers to consider: all, or the requested ones and those that come with them."""
    names = tuple(registry.names("writer"))
    if not request.only:
        return names
    asked = request.only
    if request.extra:
        asked += tuple(n for n in names if registry.get("writer", n).asked_by(request) and n not in asked)
    brought = (n for n in names if registry.get("writer", n).along_with in asked and n not in asked)
    return (*asked, *brought)
