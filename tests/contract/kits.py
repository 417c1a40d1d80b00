"""Builds the built-in kit once per worker for each audience and slot, for all contract tests; and only those files that a test looks at."""

from __future__ import annotations

from functools import cache as once
from io import BytesIO
from pathlib import Path
from typing import Any

from pptx import Presentation
from pypdf import PdfReader

from tests.laying import lay_out
from tests.tiers import few
from workshop import steps
from workshop.ai_models.register import kit_folder
from workshop.build import prepare
from workshop.check.package import check_package
from workshop.content import load
from workshop.errors import Problem, Report
from workshop.files.package_file import PackageFile, read_package
from workshop.layout.laid import LaidOut
from workshop.model.request import Request
from workshop.model.rooms import PAPER
from workshop.model.source import Content
from workshop.plan.invariants.reports import Tried, try_plan
from workshop.plan.ready import Ready
from workshop.plan.slot.moments import Day
from workshop.plugins.registry import standard_registry
from workshop.render.pptx.deck import write_deck
from workshop.render.writing import render
from workshop.themes.beds import dark

AUDIENCES = ("general", "students", "executives", "engineers")
# For what costs much and hardly depends on the audience; make test tries the first, CI both, and make slow the others
FEW = ("general", "engineers")
ALL = 0  # minutes of a slot in which everything fits


def few_first() -> list[Any]:
    """Return every audience as a parameter of a test; all but a few are slow, and of those all but one are broad."""
    return few(AUDIENCES, FEW[0], ci=FEW)


def few_at_work() -> list[Any]:
    """Return every audience as a parameter of a test; all but one are broad."""
    return few(AUDIENCES, FEW[0])


@once
def content() -> Content:
    """Return the kit as written."""
    return load(kit_folder())[0]


@once
def laid_out(audience: str, minutes: int | None, cache: Path) -> tuple[LaidOut, tuple[Problem, ...]]:
    """Return the kit laid out for an audience and a slot (``None`` for the kit's own slot), and all problems."""
    request = Request(audience=audience, minutes=minutes, cache=cache)
    return prepare(kit_folder(), request, standard_registry(), base=None)


@once
def ready(audience: str, cache: Path, room: str = PAPER) -> Ready:
    """Return an audience's kit before a slot is chosen."""
    request = Request(audience=audience, minutes=ALL, cache=cache, room=room)
    loaded = steps.load(kit_folder(), request, standard_registry(), None)
    return steps.get_ready(loaded, steps.run(loaded), loaded.audiences[0])[0]


def day(audience: str, cache: Path) -> Day:
    """Return the data from which every slot of an audience is filled."""
    return ready(audience, cache).day


@once
def tried(audience: str, slot: float, cache: Path, room: str = PAPER) -> Tried:
    """Return an audience's plan for a slot, and every rule that it breaks."""
    report = Report()
    request = Request(audience=audience, minutes=slot, cache=cache, room=room)
    plan = try_plan(ready(audience, cache, room), request, report, lambda kit: steps.files_of(kit, standard_registry()))
    assert report.found == []
    return plan


@once
def file(name: str, audience: str, minutes: int | None, cache: Path) -> bytes:
    """Return one of the files that a build writes."""
    only = (name.partition(".")[0],)
    asked = Request(audience=audience, only=only, cache=cache)
    return render(laid_out(audience, minutes, cache)[0], asked, standard_registry())[name]


@once
def pages(name: str, audience: str, minutes: int | None, cache: Path) -> tuple[str, ...]:
    """Return the text of each page of a printed file."""
    return tuple(page.extract_text() for page in PdfReader(BytesIO(file(name, audience, minutes, cache))).pages)


@once
def deck(audience: str, minutes: int | None, theme: str, cache: Path) -> bytes:
    """Return a deck in the light theme, which is the kit's own, or in the dark one."""
    if theme == "light":
        return file("deck.pptx", audience, minutes, cache)
    return write_deck(lay_out(laid_out(audience, minutes, cache)[0].kit, dark())[0])


@once
def opened(audience: str, minutes: int | None, theme: str, cache: Path) -> Presentation:
    """Return a deck as python-pptx reads it; nobody changes it."""
    return Presentation(BytesIO(deck(audience, minutes, theme, cache)))


@once
def package(audience: str, minutes: int | None, theme: str, cache: Path) -> PackageFile:
    """Return a deck as our own checks read it."""
    return read_package(deck(audience, minutes, theme, cache))


@once
def problems(audience: str, minutes: int | None, theme: str, cache: Path) -> tuple[Problem, ...]:
    """Return what our own checks find in a deck."""
    return check_package(deck(audience, minutes, theme, cache))
