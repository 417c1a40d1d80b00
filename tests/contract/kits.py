"""Builds the built-in kit once per worker for each audience and slot, for all contract tests.

The tests of one file run in one worker (``--dist loadfile``), so that no build is made twice for them.
"""

from __future__ import annotations

from functools import cache as once
from pathlib import Path

from workshop import steps
from workshop.ai_models.register import kit_folder
from workshop.build import prepare, render
from workshop.content import load
from workshop.errors import Problem, Report
from workshop.layout import lay_out
from workshop.layout.laid import LaidOut
from workshop.model.request import Request
from workshop.model.source import Content
from workshop.plan.invariants.tables import Tried, try_plan
from workshop.plan.ready import Ready
from workshop.plan.slot.moments import Day
from workshop.plugins.registry import standard_registry
from workshop.render.pptx.deck import write_deck
from workshop.themes.beds import dark

AUDIENCES = ("general", "students", "executives", "engineers")
ALL = 0  # minutes of a slot in which everything fits


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
def ready(audience: str, cache: Path) -> Ready:
    """Return an audience's kit before a slot is chosen."""
    request = Request(audience=audience, minutes=ALL, cache=cache)
    loaded = steps.load(kit_folder(), request, standard_registry(), None)
    return steps.get_ready(loaded, steps.run(loaded), loaded.audiences[0])[0]


def day(audience: str, cache: Path) -> Day:
    """Return the data from which every slot of an audience is filled."""
    return ready(audience, cache).day


def tried(audience: str, slot: float, cache: Path) -> Tried:
    """Return an audience's plan for a slot, and every rule that it breaks."""
    report = Report()
    plan = try_plan(ready(audience, cache), Request(audience=audience, minutes=slot, cache=cache), report)
    assert report.found == []
    return plan


@once
def files(audience: str, minutes: int | None, cache: Path) -> dict[str, bytes]:
    """Return every file that a build writes by default."""
    return render(laid_out(audience, minutes, cache)[0], Request(audience=audience), standard_registry())


@once
def deck(audience: str, cache: Path) -> bytes:
    """Return the deck of the kit's own slot."""
    return write_deck(laid_out(audience, None, cache)[0])


@once
def dark_deck(audience: str, cache: Path) -> bytes:
    """Return the deck of everything in the dark theme."""
    return write_deck(lay_out(laid_out(audience, ALL, cache)[0].kit, dark())[0])
