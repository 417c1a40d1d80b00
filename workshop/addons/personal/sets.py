"""Personal sheets: every task worked out once for each ID, with numbers of its own, all different, all equally hard.

The versions of a task form one fixed sequence, whose first element is the standard one. An ID is a place in it, so a sheet printed
again later is the same sheet, however many are printed with it.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from statistics import median
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from workshop.addons.personal.asked_for import PersonalSet, wanted_sheets
from workshop.addons.personal.codes import SheetNumber, sheet_code
from workshop.errors import Problem, Report
from workshop.model import kit
from workshop.model import source as src
from workshop.model.exhibits import Worked
from workshop.model.frozen import Frozen
from workshop.model.markup import Span, Value
from workshop.model.request import Request
from workshop.model.walk import nodes, visible
from workshop.plan.printed_matter import failure, maker_of, resolve_exercise, work_out
from workshop.plan.ready import Ready
from workshop.plan.scope import Scope
from workshop.side_by_side import side_by_side

TRIES = 6  # draws from which a version is chosen
MORE_TRIES = 60  # likewise, if none of them has answers in its blanks that no version had before
MOST_TRIES = 240  # draws without a new version after which there are no more
NEIGHBOURS = 3  # sheets before it from which a version differs in as many single answers as possible
SAMPLE = 15  # draws whose median effort is the usual one
BAND = 0.25  # by which share the effort of a version may differ from the usual one
SLACK = 2  # marks by which it may always differ

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SIGN = re.compile(r"[+−×·/√²³]|(?<=\d) - (?=\d)")

Leaves = dict[str, Any]


def effort(worked: Worked) -> int:
    """Return the marks that one writes to work a task out: our measure of difficulty.

    A mark is a significant digit of a number in the working, a sign of arithmetic between them, or an item of a list.

    >>> from workshop.model.exhibits import Frozen
    >>> effort(Worked(Frozen({}), 0, ("1,000 × 5% = 50", "A, C, C: 2 different notes")))
    7
    """
    text = "\n".join(worked.working)
    digits = sum(_significant(found) for found in _NUMBER.findall(text))
    return digits + len(_SIGN.findall(text)) + text.count(", ") + text.count("; ")


def _significant(number: str) -> int:
    """Return the digits that count: 0.050 has two, 4,000 has one."""
    whole = "." not in number
    digits = number.replace(",", "").replace(".", "").lstrip("0")
    return max(1, len(digits.rstrip("0") if whole else digits))


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every single answer with its path."""
    kind = value.__class__
    if kind is Frozen:
        for key, part in value.items():
            yield from leaves(part, f"{path}.{key}")
    elif kind is tuple:
        for place, part in enumerate(value):
            yield from leaves(part, f"{path}.{place}")
    else:
        yield path, value


def version_at(found: Sequence[Worked], place: int) -> Worked:
    """Return the version at a place of those that there are, the standard one first; the others come round again."""
    others = len(found) - 1
    return found[place if place <= others else 1 + (place - 1) % others if others else 0]


class Versions(Struct, kw_only=True):
    """The versions of one task, worked out as far as they are asked for.

    Attributes:
        make: the problem function, from a generator (``None`` for the standard version) to a worked task.
        name: of the task; together with the seed it decides which versions come in which order.
        asked: paths of the answers that are written on the sheet, such as ".means.1"; those come out differently on every sheet, as
            long as the task has enough of them. Without any, all answers count.
        found: the versions so far, the standard one first.
        ended: whether there are no more; from then on they repeat.
        usual: the effort from which that of a version differs little.
    """

    make: Callable[[Any], Worked]
    name: str
    seed: int
    asked: frozenset[str] = frozenset()
    found: list[Worked] = field(default_factory=list)
    ended: bool = False
    usual: float = 0
    _answers: list[Leaves] = field(default_factory=list)
    _seen: set[tuple[Any, ...]] = field(default_factory=set)
    _written: set[tuple[Any, ...]] = field(default_factory=set)
    _tries: int = MORE_TRIES

    def at(self, place: int) -> Worked:
        """Return the version at a place; place 0 is the standard one. Beyond the last one, the others come round again."""
        return version_at(self.upto(place), place)

    def count(self, most: int) -> int:
        """Return how many different versions there are besides the standard one, counting no further than ``most``."""
        return min(most, len(self.upto(most)) - 1)

    def upto(self, place: int) -> tuple[Worked, ...]:
        """Return the versions from the standard one to a place at least; fewer if there are no more."""
        while len(self.found) <= place and not self.ended:
            self._next()
        return tuple(self.found)

    def _next(self) -> None:
        if not self.found:
            self._add(self.make(None))
            self.usual = median(effort(self.make(self._generator(draw, 0))) for draw in range(SAMPLE))
            return
        best: tuple[tuple[bool, int], Worked] | None = None
        for draw in range(MOST_TRIES):
            if best is not None and draw >= (self._tries if best[0][0] else TRIES):
                break
            worked = self.make(self._generator(draw, len(self.found)))
            answers = _key(worked)
            if answers in self._seen or not self._as_hard(worked):
                continue
            rank = (self._on_the_sheet(answers) in self._written, self._shared(dict(answers)))
            if best is None or rank < best[0]:
                best = (rank, worked)
            if rank == (False, 0):
                break
        if best is None:
            self.ended = True
            return
        if best[0][0]:  # there are hardly any others, so the next version needn't look for them as long
            self._tries = max(TRIES, self._tries // 2)
        self._add(best[1])

    def _add(self, worked: Worked) -> None:
        self.found.append(worked)
        answers = _key(worked)
        self._answers.append(dict(answers))
        self._seen.add(answers)
        self._written.add(self._on_the_sheet(answers))

    def _on_the_sheet(self, answers: tuple[Any, ...]) -> tuple[Any, ...]:
        """Return those answers that are written on the sheet."""
        if not self.asked:
            return answers
        return tuple((path, _as_written(value)) for path, value in answers if self.asked.intersection(_above(path)))

    def _as_hard(self, worked: Worked) -> bool:
        return abs(effort(worked) - self.usual) <= max(SLACK, BAND * self.usual)

    def _shared(self, own: Leaves) -> int:
        """Return how many single answers the versions right before have too."""
        return sum(own.get(path) == value for other in self._answers[-NEIGHBOURS:] for path, value in other.items())

    def _generator(self, draw: int, place: int) -> Any:
        from numpy.random import PCG64, Generator  # only personal sheets need it

        return Generator(PCG64([zlib.crc32(self.name.encode()), self.seed, place, draw]))


def _key(worked: Worked) -> tuple[Any, ...]:
    """Return what tells two versions apart: all their answers together."""
    return tuple(leaves(worked.answer))


def _as_written(value: Any) -> Any:
    """Return a number as it looks with three digits, and anything else as it is."""
    return f"{value:.3g}" if isinstance(value, float) else value


def _above(path: str) -> Iterator[str]:
    """Yield a path and the paths that it begins with.

    >>> list(_above(".means.1"))
    ['.means.1', '.means', '']
    """
    yield path
    while path:
        path = path.rpartition(".")[0]
        yield path


# Numbers on paper with a check letter; the rule itself is in ``model``, since demos need it to read them back.


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
    printed = {exercise.id for sheet in sheets for _, exercise in sheet.on_sheet}
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
        exercises = tuple(tasks[e.id].exercise(number.place, e) if e.id in tasks else e for _, e in sheet.on_sheet)
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
