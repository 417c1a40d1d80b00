"""The registry: names -> demos, problem functions, kits, themes, writers, kinds of chart, extras and layouts of slides, scales.

Our own contributions are added in the same way as a plugin's: by a function ``register(registry)``, which a folder of
``workshop/`` has in its ``register.py``. A folder that is deleted leaves no trace.
A name is bound to ``"package.module:attribute"``, which is imported only when the name is asked for.
"""

from __future__ import annotations

import sys
from abc import ABC, abstractmethod
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from workshop.charts.kinds import KINDS as CHARTS
from workshop.errors import Problem, WorkshopError, did_you_mean
from workshop.plugins.addons import addons, load

THEMES = {
    "light": "workshop.themes.beds:light",
    "dark": "workshop.themes.beds:dark",
    "contrast": "workshop.themes.theme_file:contrast_theme",
    "contrast-dark": "workshop.themes.theme_file:contrast_dark",
    "plain": "workshop.themes.theme_file:plain",
}

WRITERS = {
    "deck": "workshop.render.pptx.deck:DECK",
    "room": "workshop.render.pptx.room_deck:ROOM",
    "html": "workshop.render.html.browser_deck:WRITER",
    "booklet": "workshop.render.print.booklet:BOOKLET",
    "leaf": "workshop.render.print.feedback:LEAF",
    "sheets": "workshop.render.print.sheets:SHEETS",
    "home": "workshop.render.print.sheets:HOME",
    "answers": "workshop.render.print.answer_keys:KEY",
    "facilitator": "workshop.render.print.guide:WRITER",
    "ballots": "workshop.render.print.ballot_sheets:BALLOTS",
    "cards": "workshop.render.print.cards:CARDS",
    "name-tag": "workshop.render.print.name_tags:NAME_TAG",
    "quiz": "workshop.render.print.forms:QUIZ",
    "quiz-key": "workshop.render.print.forms:QUIZ_KEY",
    "quiz-later": "workshop.render.print.forms:QUIZ_LATER",
    "handout": "workshop.render.print.handout:WRITER",
    "feedback": "workshop.render.print.feedback:FEEDBACK",
    "print-all": "workshop.render.print.print_all:WRITER",
    "printer": "workshop.render.print.print_all:PRINTER",
}

STANDARD = {"theme": THEMES, "writer": WRITERS, "chart": CHARTS}

ENTRY_POINT = "workshop.plugins"
PACKAGE = Path(__file__).resolve().parents[1]
KINDS = (
    "demo",
    "problem",
    "kit",
    "world",
    "world_check",
    "world_questions",
    "theme",
    "writer",
    "chart",
    "extra",
    "layout",
    "scale",
)


class Later(ABC):
    """A value that is loaded when it is asked for, in any process; picklable."""

    @abstractmethod
    def load(self) -> Any:
        """Return the value.

        Raises:
            WorkshopError: if it cannot be loaded.
        """


class Registry(Struct):
    """Everything that is registered, by kind and name."""

    targets: dict[str, dict[str, Any]] = field(default_factory=lambda: {kind: {} for kind in KINDS})

    def add(self, kind: str, name: str, target: Any) -> None:
        """Bind ``name`` to a value, or to ``"package.module:attribute"``, which is imported on first use.

        Raises:
            WorkshopError: if ``kind`` is unknown or ``name`` is taken.
        """
        if kind not in self.targets:
            raise WorkshopError(
                Problem(f"nothing of the kind {kind!r} can be registered", hint=did_you_mean(kind, KINDS))
            )
        if name in self.targets[kind]:
            raise WorkshopError(Problem(f"there are two {kind}s named {name!r}", hint="give one of them another name"))
        self.targets[kind][name] = target

    def names(self, kind: str) -> tuple[str, ...]:
        """Return the names of one kind, in the order they were added."""
        return tuple(self.targets[kind])

    def has(self, kind: str, name: str) -> bool:
        """Whether ``name`` is bound."""
        return name in self.targets[kind]

    def get(self, kind: str, name: str) -> Any:
        """Return the value that ``name`` is bound to.

        Raises:
            WorkshopError: for an unknown name, with the nearest ones, or if its module fails to load.
            ModuleNotFoundError: if its module needs a package that isn't installed.
        """
        if name not in self.targets[kind]:
            raise WorkshopError(Problem(f"no {kind} is named {name!r}", hint=did_you_mean(name, self.names(kind))))
        target = self.targets[kind][name]
        if isinstance(target, Later):
            return target.load()
        if not isinstance(target, str):
            return target
        try:
            return load(target)
        except WorkshopError:
            raise
        except Exception as error:  # a plugin is someone else's code
            module = target.partition(":")[0]
            if isinstance(error, ModuleNotFoundError) and not f"{module}.".startswith(f"{error.name}."):
                raise
            message = f"the {kind} {name!r} could not be loaded from {target!r}: {error}"
            raise WorkshopError(Problem(message, hint="mend the plugin that adds it, or uninstall it")) from error

    def copy(self) -> Registry:
        """Return a separate registry with the same names."""
        return Registry({kind: dict(names) for kind, names in self.targets.items()})


def standard_registry() -> Registry:
    """Return a registry with the engine's own contributions, those of add-ons and those of every installed plugin."""
    registry = Registry()
    for kind, names in STANDARD.items():
        for own, place in names.items():
            registry.add(kind, own, place)
    for addon in addons().values():
        for own, place in addon.writers.items():
            registry.add("writer", own, place)
    for path in sorted(PACKAGE.glob("*/register.py")):
        import_module(f"workshop.{path.parent.name}.register").register(registry)
    for point in _plugins(tuple(sys.path)):
        try:
            point.load()(registry)
        except WorkshopError as error:
            problem = error.problem
            raise WorkshopError(
                Problem(f"the plugin {point.name!r}: {problem.message}", problem.at, hint=problem.hint)
            ) from error
        except Exception as error:  # a plugin is someone else's code: report it, don't crash
            raise WorkshopError(Problem(f"the plugin {point.name!r} could not be loaded: {error}")) from error
    return registry


@cache
def _plugins(_places: tuple[str, ...]) -> list[EntryPoint]:
    """Return the entry points of all installed plugins but our own, by name; the same places are searched once."""
    installed = (point for point in entry_points(group=ENTRY_POINT) if not point.value.startswith("workshop."))
    return sorted(installed, key=lambda point: (point.name, point.value))
