"""Exercises: their problems' numbers, tasks, hints and keys resolved, once for all sheets or once for each ID."""

from __future__ import annotations

import math
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from workshop.errors import Problem, WorkshopError, did_you_mean
from workshop.model import blocks as model_blocks
from workshop.model import kit, markup
from workshop.model import source as src
from workshop.model.exhibits import Exhibit, Worked
from workshop.model.frozen import Frozen
from workshop.model.request import checked
from workshop.model.source import taught, visible, visible_to
from workshop.plan.referred import find_picture
from workshop.plan.resolve import Resolver, Scope


# ---------------------------------------------------------------- exercises
# Exercises and sheets: a problem's numbers, and its task, hint and key resolved.
def sheet_id(stage: int, number: int) -> str:
    """Return a sheet's code, e.g. ``S2-07Y``.

    >>> sheet_id(2, 7)
    'S2-07Y'
    """
    return f"S{stage}-{checked(stage, number)}"


class Exercises(Struct, frozen=True):
    """All exercises of a plan, resolved once; slides and sheets show the same objects.

    Attributes:
        by_id: exercise id -> exercise.
        sheets: in the stages' order.
        facts: exercise id, with _ for -, -> facts that slides may use: ``given``, ``answer``, ``working``.
        behind: exercise id, likewise -> the run that its numbers come from.
        exhibits: exercise id, likewise -> its solution as a chart or table, if there is one.
    """

    by_id: Mapping[str, kit.Exercise]
    sheets: tuple[kit.Sheet, ...]
    facts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    behind: Mapping[str, str] = field(default_factory=dict)
    exhibits: Mapping[str, Exhibit] = field(default_factory=dict)


def plan_exercises(sheets: tuple[src.SheetSource, ...], numbers: Mapping[str, int | None], scope: Scope) -> Exercises:
    """Resolve every exercise an audience sees and gather the sheets.

    Args:
        numbers: stage id -> its number.
    """
    by_id: dict[str, kit.Exercise] = {}
    facts: dict[str, Mapping[str, Any]] = {}
    behind: dict[str, str] = {}
    exhibits: dict[str, Exhibit] = {}
    made: list[kit.Sheet] = []
    for place, sheet in enumerate(sheets, 1):
        shown = []
        for source in sheet.exercises:
            if visible(source.attrs, scope.audience):
                make = maker_of(source, scope)
                worked = work_out(source, make, None, scope) if make else None
                exercise = resolve_exercise(source, worked, scope)
                by_id[source.id] = exercise
                name = source.id.replace("-", "_")
                facts[name] = _facts(worked) if worked else {}
                exhibits |= {name: worked.exhibit} if worked and worked.exhibit else {}
                behind |= {name: source.attrs.get("from")} if source.attrs.get("from") else {}
                shown.append(exercise)
        if shown:
            number = numbers.get(sheet.stage) or place
            made.append(
                kit.Sheet(
                    id=sheet_id(number, 0),
                    stage=sheet.stage,
                    number=0,
                    title=sheet.title,
                    aim=scope.fill(sheet.meta.aim, sheet.at),
                    exercises=tuple(shown),
                    toy=scope.fill(sheet.meta.toy, sheet.at),
                    at=sheet.at,
                    gap=sheet.meta.gap.partition("[")[0].strip(),
                    finish=sheet.meta.gap.partition("[")[2].rstrip("] "),
                )
            )
    return Exercises(by_id, tuple(made), facts=facts, behind=behind, exhibits=exhibits)


def _facts(worked: Worked) -> dict[str, Any]:
    """Return the facts that an exercise's texts may use."""
    return {
        "given": worked.givens,
        "answer": worked.answer,
        "working": Frozen(dict(enumerate(worked.working, 1))),
        "accept": Frozen({"low": worked.accept[0], "high": worked.accept[1]}) if worked.accept else Frozen(),
    }


def resolve_exercise(source: src.ExerciseSource, worked: Worked | None, outer: Scope) -> kit.Exercise:
    """Return an exercise with every value filled in."""
    scope = outer
    if worked is not None:
        scope = replace(outer, names={**outer.names, **_facts(worked)})
    elif source.attrs.get("problem"):
        # its givens are unknown for a reason already reported: don't report each of them again
        scope = replace(outer, failed=outer.failed | {"given", "answer", "working", "accept"})
    resolver = Resolver(scope, find_picture)
    return kit.Exercise(
        id=source.id,
        title=model_blocks.plain(resolver.runs(source.title)),
        minutes=int(source.attrs.number("minutes", 5)),
        level=int(source.attrs.number("level", 1)),
        calculator=source.attrs.get("calculator") == "yes",
        task=resolver.blocks(source.task),
        hint=resolver.blocks(source.hint),
        solution=resolver.blocks(source.solution),
        at=source.at,
        teaches=taught(source.attrs),
        kind=source.attrs.get("kind"),
        booklet=_in_booklet(source.attrs, scope.audience),
        page=int(source.attrs.number("on", 0)),
    )


def _in_booklet(attrs: markup.Attrs, audience: str) -> bool:
    """Whether an audience does an exercise in its booklet: ``booklet=yes``, or a list as in ``for=``."""
    wanted = attrs.get("booklet")
    return bool(wanted) and visible_to("" if wanted == "yes" else wanted, audience)


Maker = Callable[[Any], Worked]


def maker_of(source: src.ExerciseSource, scope: Scope) -> Maker | None:
    """Return the function that makes an exercise from a random generator; ``None`` if it has none, or a run is missing."""
    name = source.attrs.get("problem")
    if not name:
        return None
    run = source.attrs.get("from")
    if run and run not in scope.findings:
        if run not in scope.failed:
            hint = did_you_mean(run, {*scope.findings, *scope.known})
            scope.report.error(f"no run or demo is named '{run}'", source.at, hint, "unknown-demo")
        return None
    facts = scope.findings[run].facts if run else Frozen()
    level = int(source.attrs.number("level", 1))

    def make(rng: Any) -> Worked:
        function = scope.find("problem", name)
        try:
            worked: Worked = function(rng, level, facts)
        except Exception as error:
            error.add_note(_python_line(error))
            raise
        return worked

    return make


def failure(source: src.ExerciseSource, error: Exception) -> tuple[Problem, ...]:
    """Return what an exercise's problem function stopped with."""
    where = _noted(error)
    if isinstance(error, WorkshopError):
        return tuple(replace(p, at=source.at, message=f"{p.message}{where}") for p in error.problems)
    message = f"the problem '{source.attrs.get('problem')}' failed with {type(error).__name__}: {error}{where}"
    return (Problem(message, source.at, hint=_why(error), code="problem-failed"),)


def work_out(source: src.ExerciseSource, make: Maker, rng: Any, scope: Scope) -> Worked | None:
    """Return an exercise's numbers and answers; ``None`` if its problem fails, which is reported."""
    name = source.attrs.get("problem")
    try:
        worked = make(rng)
    except Exception as error:  # noqa: BLE001 - a problem is anybody's code: say what it stopped with, plan the rest
        scope.report.extend(failure(source, error))
        return None
    if not isinstance(worked, Worked):
        message = f"the problem '{name}' returned {type(worked).__name__}, not Worked"
        scope.report.found.append(
            Problem(message, source.at, hint="return Worked(givens, answer)", code="problem-failed")
        )
        return None
    if worked.accept is not None and isinstance(worked.answer, int | float):
        low, high = worked.accept
        if not (low <= worked.answer <= high or math.isclose(low, worked.answer)):
            scope.report.error(f"the answer of '{name}' is outside the range it accepts", source.at, code="accept")
    return worked


def _python_line(error: Exception) -> str:
    """Return the line of a problem's file on which its function stopped: ``demos/oven.py:34``."""
    frames = traceback.extract_tb(error.__traceback__)[1:]
    inside = [frame for frame in frames if frame.filename == frames[0].filename]
    if not inside:
        return ""
    path, here = Path(inside[-1].filename), Path.cwd()
    return f"{(path.relative_to(here) if path.is_relative_to(here) else path).as_posix()}:{inside[-1].lineno}"


def _noted(error: Exception) -> str:
    return next((f", at {note}" for note in getattr(error, "__notes__", ()) if note), "")


def _why(error: Exception) -> str:
    """Return what to do about a problem function's failure, if it is a common one."""
    if "NoneType" in str(error):
        return "rng is None for the printed sheet: take the standard numbers then"
    return "it is called with rng, level and facts" if isinstance(error, TypeError) else ""
