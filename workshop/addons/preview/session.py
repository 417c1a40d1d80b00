"""One preview: it builds the slides again whenever a source changes, and keeps everything that didn't."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock

from msgspec import Struct, field
from msgspec.structs import replace

from workshop import steps
from workshop.addons.preview.shown_slides import Drawn, Shown, ordered
from workshop.addons.preview.watched import Opened, Stamps, settled, stamps
from workshop.cli.system import refusal
from workshop.errors import ExitCode, Problem, WorkshopError, errors_in
from workshop.kept import Store
from workshop.layout.laid import LaidOut
from workshop.model.request import Request
from workshop.plugins.registry import Registry
from workshop.render.svg.slide import draw_slide, screen_pen

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
            known, hint = refusal(error), "build it for details, with --verbose"
            told = known.problem if known else Problem(f"internal error: {type(error).__name__}: {error}", hint=hint)
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
