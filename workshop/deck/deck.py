"""A deck from Markdown, as others make and save one."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import Self

from workshop.build import prepare, stop
from workshop.deck.slide_boxes import Slide, seen
from workshop.errors import ExitCode, Problem, WorkshopError, did_you_mean
from workshop.files.output import write_files
from workshop.layout.laid import LaidOut
from workshop.layouts import layouts_of
from workshop.model.request import Request
from workshop.plugins.registry import Registry, standard_registry
from workshop.render.office import pdf_of
from workshop.render.writing import render

Plugin = Callable[[Registry], None]  # adds what it has, as the function does that an entry point names
PPTX, HTML, PDF, SVG = ".pptx", ".html", ".pdf", ".svg"


class Deck:
    """Slides with every box and size decided; ``read`` and ``from_text`` make one.

    Attributes:
        problems: what was found, in order of place; with an error among them, the deck can be looked at, but not saved.
    """

    def __init__(self, laid: LaidOut, problems: tuple[Problem, ...], registry: Registry) -> None:
        """Take what is laid out, and the registry that has the writers."""
        self._laid, self._registry = laid, registry
        self.problems = problems

    @classmethod
    def read(
        cls,
        path: str | Path,
        *,
        theme: str = "",
        template: str | Path | None = None,
        tool: str = "",
        plugins: Iterable[Plugin] = (),
    ) -> Self:
        """Return the deck of a Markdown file.

        Args:
            path: the file.
            theme: a theme's name, or a theme file; "" for what the front matter says, or the light one.
            template: a .pptx or .potx into which the deck is written.
            tool: the tool that the file was written for: "pandoc", "quarto", "marp" and so on; "" to find out.
            plugins: functions that add themes, layouts, writers, charts and extras of slides to the registry, for this deck alone.

        Raises:
            WorkshopError: with ``problems``, if there is nothing that could be a deck: no file, no slide, no such theme.
        """
        return cls._made(Path(path), None, theme, template, tool, plugins)

    @classmethod
    def from_text(
        cls,
        markdown: str,
        *,
        path: str | Path = "talk.md",
        theme: str = "",
        template: str | Path | None = None,
        tool: str = "",
        plugins: Iterable[Plugin] = (),
    ) -> Self:
        """Return the deck of a text.

        Args:
            markdown: the text.
            path: the file as which it is read, which needn't exist: pictures are looked for beside it, and problems name it.
            theme, template, tool, plugins: as for ``read``.

        Raises:
            WorkshopError: as for ``read``.
        """
        return cls._made(Path(path), markdown, theme, template, tool, plugins)

    @classmethod
    def _made(
        cls,
        path: Path,
        text: str | None,
        theme: str,
        template: str | Path | None,
        tool: str,
        plugins: Iterable[Plugin],
    ) -> Self:
        registry = standard_registry()
        for plugin in plugins:
            plugin(registry)
        request = Request(theme=theme, template=None if template is None else Path(template), tool=tool, text=text)
        with layouts_of(registry):
            laid, problems = prepare(path, request, registry, base=None)
        return cls(laid, tuple(sorted(problems, key=lambda problem: problem.sort_key)), registry)

    @property
    def title(self) -> str:
        """The deck's title; "" for none."""
        return self._laid.kit.title

    @cached_property
    def slides(self) -> tuple[Slide, ...]:
        """Its slides, in order; a slide whose text goes on has another one after it."""
        with layouts_of(self._registry):
            return tuple(map(seen, self._laid.slides))

    def save(self, path: str | Path) -> tuple[Path, ...]:
        """Write the deck, and return the files: one, or for .svg one per slide, ``talk-1.svg`` and so on.

        Args:
            path: it ends in .pptx, .html (without notes and hidden slides, to be shared), .pdf (made by LibreOffice) or .svg.
                Files of the same names are replaced.

        Raises:
            WorkshopError: with ``problems``: an error of the deck, another ending, a picture that can't be put on a slide, or a
                folder that can't be written to. Then nothing is written.
        """
        path = Path(path)
        make = {PPTX: self._pptx, HTML: self._html, PDF: self._pdf, SVG: self._svg}.get(path.suffix.lower())
        if make is None:
            hint = did_you_mean(path.suffix, (PPTX, HTML, PDF, SVG)) or "end its name in .pptx, .html, .pdf or .svg"
            raise WorkshopError(Problem(f"a deck can't be saved as {path.name!r}", hint=hint), ExitCode.USAGE)
        stop(self.problems)
        with layouts_of(self._registry):
            return write_files(path.parent, make(path))

    def _pptx(self, path: Path) -> dict[str, bytes]:
        return {path.name: self._rendered("deck")["deck.pptx"]}

    def _html(self, path: Path) -> dict[str, bytes]:
        return {path.name: self._rendered("html")["slides.html"]}

    def _pdf(self, path: Path) -> dict[str, bytes]:
        return {path.name: pdf_of(self._rendered("deck")["deck.pptx"])}

    def _svg(self, path: Path) -> dict[str, bytes]:
        from workshop.render.svg.slide import draw_slide, screen_pen

        pen = screen_pen(self._laid, _data)
        return {f"{path.stem}-{one.number}.svg": draw_slide(pen, self._laid, one).encode() for one in self._laid.slides}

    def _rendered(self, writer: str) -> dict[str, bytes]:
        return render(self._laid, Request(only=(writer,)), self._registry)


def _data(blob: bytes, media_type: str) -> str:
    """Return a picture as an address that holds it."""
    return f"data:{media_type};base64,{base64.b64encode(blob).decode()}"
