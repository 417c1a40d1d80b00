"""The process that builds the preview's slides, follows their files, and answers what the page asks for."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from workshop.addons.preview.session import Session, Sources
from workshop.addons.preview.shown_slides import Shown, as_data
from workshop.addons.web.process import Answers
from workshop.cli.asked import base_kit
from workshop.cli.console import format_problems
from workshop.errors import Severity
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry
from workshop.render.svg.slide import font_files

POLL = 0.1  # seconds between two looks at the files


def follow(pipe: Connection, path: Path, request: Request, before: int) -> None:
    """Build, and build again whenever something changes, until the server ends.

    Args:
        path: a kit's folder or a Markdown file.
        before: number of the state that an earlier process showed last, or 0.
    """
    registry = standard_registry()
    sources = Sources(path=path, request=request, registry=registry, base=base_kit(registry))
    session = Session(sources=sources, shown=Shown(number=before))
    page = Page(session, before)
    answers = Answers(
        pipe,
        {
            "state": page.state,
            "picture": session.pictures.__getitem__,
            "document": session.document,
            "faces": page.faces,
            "font": page.font,
        },
    )
    session.refresh()
    while True:
        answers.tell({"number": session.shown.number, "said": said(session.shown)})
        while not session.refresh_if_changed():
            if answers.ended.wait(POLL):
                return


def said(shown: Shown) -> str:
    """Return a state in words, for the terminal: what is wrong, or how many slides there are."""
    wrong = [problem for problem in shown.problems if problem.severity is Severity.ERROR]
    return format_problems(wrong) if wrong else f"{len(shown.slides)} slides, in {shown.seconds:.1f} s"


class Page:
    """Answers for the page.

    Args:
        before: as for ``follow``.
    """

    def __init__(self, session: Session, before: int) -> None:
        self._session, self._before = session, before

    def state(self, after: int) -> dict[str, Any]:
        """Return the present state, with the pictures that changed after one that the page has."""
        shown = self._session.shown
        known = after if after <= shown.number else 0
        return {**as_data(shown, known), "again": 0 < self._before == shown.number - 1}

    def faces(self) -> tuple[str, str]:
        """Return a rule for each font file, and what they are; Arimo's one file has both weights."""
        rules = []
        for number, (family, bold, _) in enumerate(self._fonts()):
            name = "".join(c for c in family if c.isalnum() or c in " -_")
            weight = "400 700" if name == "Arimo" else "700" if bold else "400"
            rules.append(f'@font-face{{font-family:"{name}";src:url("fonts/{number}");font-weight:{weight}}}')
        return "\n".join(rules), "text/css; charset=utf-8"

    def font(self, number: int) -> tuple[bytes, str]:
        """Return a font file, and what it is.

        Raises:
            KeyError: if there is none of this number.
        """
        fonts = dict(enumerate(self._fonts()))
        return fonts[number][2].read_bytes(), "font/ttf"

    def _fonts(self) -> list[tuple[str, bool, Any]]:
        laid = self._session.shown.laid
        found = font_files(laid.theme) if laid is not None else {}
        return [(family, bold, path) for (family, bold), path in sorted(found.items())]
