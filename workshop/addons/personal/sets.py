"""Personal sheets: every task worked out once for each ID, with numbers of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from workshop.addons.personal.asked_for import PersonalSet, wanted_sheets
from workshop.addons.personal.codes import SheetNumber, sheet_code
from workshop.addons.personal.versions import Versions, version_at
from workshop.errors import Problem, Report
from workshop.model import kit
from workshop.model import source as src
from workshop.model.exhibits import Worked
from workshop.model.markup import Span, Value
from workshop.model.request import Request
from workshop.model.source import nodes, visible
from workshop.plan.ready import Ready
from workshop.plan.resolve import Scope
from workshop.plan.tasks import failure, maker_of, resolve_exercise, work_out
from workshop.side_by_side import side_by_side

AT_ONCE = 2  # tasks whose versions are worked out at the same time
WRITTEN = {"blank", "answer"}  # classes of texts that belong in a blank, or that a key marks
_ANSWER = re.compile(r"\banswer((?:\.\w+|\[\d+\])*)")


class Task(Struct, frozen=True, kw_only=True):
    """A task and its versions, the standard one first; none for a task without computed numbers."""

    source: src.ExerciseSource
    scope: Scope
    versions: tuple[Worked, ...]

    def exercise(self, place: int, standard: kit.Exercise) -> kit.Exercise:
        """Return the task for the sheet at a place."""
        if len(self.versions) < 2:
            return replace(standard, shared=True)
        return resolve_exercise(self.source, version_at(self.versions, place), self.scope)


def personal_sets(ready: Ready, planned: kit.Kit, request: Request, report: Report) -> tuple[PersonalSet, ...] | None:
    """Return a set of sheets for each ID that is asked for; ``None`` if none is.

    Args:
        planned: has the sheets that are printed.
        report: gets one warning for each task with fewer versions than sheets, and an error for a sheet that isn't there.
    """
    wanted = wanted_sheets(request)
    if not wanted:
        return None
    sheets = planned.sheets
    found = Report()
    most = max(len(wanted), *(number.place for number in wanted))
    printed = [sheet for sheet in sheets if any(number.stage in (0, _stage(sheet)) for number in wanted)]
    tasks = {task.source.id: task for task in _tasks(ready, printed, request.seed, most, found)}
    made = [_set(number, sheets, tasks, request.names) for number in wanted]
    _complain(made, sheets, wanted, report)
    _tell_of_repeats(tasks.values(), len({number.place for number in wanted}), report)
    report.extend(dict.fromkeys(found.found))
    return tuple(one for one in made if one.sheets)


def _tasks(ready: Ready, sheets: Iterable[kit.Sheet], seed: int, most: int, report: Report) -> list[Task]:
    """Return every task of the printed sheets with its versions up to a place, which are worked out side by side."""
    content = ready.content
    scope = ready.scope.fresh(digits=content.is_kit, report=report)
    printed = {exercise.id for sheet in sheets for exercise in sheet.exercises}
    sources = [
        source
        for sheet in content.sheets
        for source in sheet.exercises
        if source.id in printed and visible(source.attrs, scope.audience)
    ]
    sequences = [(source, _versions(source, seed, scope)) for source in sources]
    found = side_by_side(partial(_worked_out, most=most), sequences, AT_ONCE)
    report.extend(problem for _, problems in found for problem in problems)
    return [Task(source=source, scope=scope, versions=made) for source, (made, _) in zip(sources, found, strict=True)]


def _worked_out(
    one: tuple[src.ExerciseSource, Versions | None], most: int
) -> tuple[tuple[Worked, ...], tuple[Problem, ...]]:
    """Return the versions of a task up to a place, and what its problem function stopped with."""
    source, versions = one
    try:
        return (versions.upto(most) if versions else ()), ()
    except Exception as error:  # noqa: BLE001 - a problem is anybody's code: say what it stopped with, plan the rest
        return (), failure(source, error)


def _versions(source: src.ExerciseSource, seed: int, scope: Scope) -> Versions | None:
    make = maker_of(source, scope)
    if make is None or work_out(source, make, None, scope) is None:
        return None
    name = f"{source.id} {source.attrs.get('problem')}"
    return Versions(make=make, name=name, seed=seed, asked=_asked(source, scope.audience))


def _asked(source: src.ExerciseSource, audience: str) -> frozenset[str]:
    """Return the paths of the answers that belong in the blanks; without any, of those that the key marks."""
    for part in (source.task, source.solution):
        spans = (node for node in nodes(part, audience) if isinstance(node, Span) and WRITTEN & {*node.attrs.classes})
        values = [node.expr for span in spans for node in nodes(span, audience) if isinstance(node, Value)]
        paths = {path.replace("[", ".").replace("]", "") for value in values for path in _ANSWER.findall(value)}
        if paths:
            return frozenset(paths)
    return frozenset()


def _stage(sheet: kit.Sheet) -> int:
    """Return the number of a sheet's stage."""
    return int(sheet.id.partition("-")[0].removeprefix("S"))


def _set(
    number: SheetNumber, sheets: Iterable[kit.Sheet], tasks: dict[str, Task], names: tuple[str, ...]
) -> PersonalSet:
    own = []
    for sheet in sheets:
        stage = _stage(sheet)
        if number.stage not in (0, stage):
            continue
        exercises = tuple(tasks[e.id].exercise(number.place, e) if e.id in tasks else e for e in sheet.exercises)
        own.append(replace(sheet, id=sheet_code(stage, number.label), exercises=exercises))
    person = int(number.label) if number.label.isdigit() else 0
    name = names[person - 1] if 0 < person <= len(names) else ""
    return PersonalSet(label=number.label, name=name, sheets=tuple(own))


def _complain(
    made: list[PersonalSet], sheets: tuple[kit.Sheet, ...], wanted: tuple[SheetNumber, ...], report: Report
) -> None:
    there = ", ".join(sheet.id.partition("-")[0] for sheet in sheets) or "none"
    for one, number in zip(made, wanted, strict=True):
        if not one.sheets and sheets:
            report.error(f"stage {number.stage} has no sheet here", None, f"sheets are printed for {there}", "personal")


def _tell_of_repeats(tasks: Iterable[Task], asked: int, report: Report) -> None:
    """Advise of tasks that have some versions, but fewer than there are sheets."""
    for task in tasks:
        count = len(task.versions) - 1  # besides the standard one
        if 0 < count < asked:
            message = f"the task {task.source.id!r} has {count} versions for {asked} sheets, so some of them repeat"
            report.advise(message, task.source.at, code="personal-repeats")
