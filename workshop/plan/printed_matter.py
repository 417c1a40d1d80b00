"""What goes on paper: exercises with their numbers, tasks, hints and keys, resolved once for all sheets or once for each ID; ballots, cards and the quiz."""

from __future__ import annotations

import math
import traceback
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from workshop.errors import Problem, Report, WorkshopError, did_you_mean
from workshop.model import blocks as model_blocks
from workshop.model import kit, markup
from workshop.model import source as src
from workshop.model.check_letters import checked
from workshop.model.exhibits import Exhibit, Worked
from workshop.model.frozen import Frozen
from workshop.model.print_source import PrintEntry, PrintPart, PrintSource
from workshop.model.prints import Answer, Ballots, Card, Deck, Option, Planned, Question, Round
from workshop.model.walk import seen_prints, taught, visible, visible_to
from workshop.plan.referred import find_picture
from workshop.plan.resolve import Resolver
from workshop.plan.scope import Scope


def plan_prints(
    content: src.Content,
    stages: tuple[src.StageSource, ...],
    numbers: Mapping[str, int | None],
    people: int,
    scope: Scope,
) -> Planned:
    """Resolve the printed matter of the stages that are in.

    Args:
        numbers: stage id -> its number, which goes into the codes.
        people: how many participants.
    """
    resolver = Resolver(scope.fresh(digits=content.policy.digits == "checked"), find_picture)
    ballots: Ballots | None = None
    decks: list[Deck] = []
    quiz: dict[bool, list[Question]] = {False: [], True: []}  # whether they are for later
    for source, entries in seen_prints(content, stages, scope.audience):
        if not entries:
            continue
        match source.kind:
            case "ballots":
                ballots = _ballots(source, entries, numbers, people, resolver)
            case "cards":
                given = Resolver(scope.fresh(digits=False), find_picture) if source.meta.documents else resolver
                _check_after(source, content, scope.report)
                decks.append(_deck(source, entries, people, given))
            case "quiz":
                for entry in entries:
                    quiz[entry.meta.later].append(_question(_place(entry, source), entry, resolver))
    return Planned(ballots, tuple(deck for deck in decks if deck.cards), tuple(quiz[False]), tuple(quiz[True]))


def without_replaced(content: src.Content, replaced: Collection[tuple[str, str]], report: Report) -> src.Content:
    """Return the content without cards of documents that the user has replaced: their questions would fit no card.

    Args:
        replaced: (demo, slot) for which the user handed in data.
    """
    files = {content.data[demo][slot] for demo, slot in replaced if slot in content.data.get(demo, {})}
    kept = []
    for source in content.prints:
        if source.meta.documents and any(
            top / source.meta.documents in files for top in (content.root, *content.worlds)
        ):
            message = f"the cards {source.meta.title!r} are left out: they are the kit's own documents"
            report.advise(message, source.at, code="left-out")
        else:
            kept.append(source)
    return replace(content, prints=tuple(kept))


def _ballots(
    source: PrintSource,
    entries: tuple[PrintEntry, ...],
    numbers: Mapping[str, int | None],
    people: int,
    resolver: Resolver,
) -> Ballots:
    stage = source.meta.stage
    codes = tuple(checked(numbers.get(stage) or 0, number) for number in range(1, people + 1))
    rounds = tuple(_round(entry, resolver) for entry in entries)
    return Ballots(
        stage=stage, title=resolver.scope.fill(source.meta.title, source.at), rounds=rounds, codes=codes, at=source.at
    )


def _round(entry: PrintEntry, resolver: Resolver) -> Round:
    def answer(name: str) -> Answer:
        part = next(part for part in entry.parts if part.name == name)
        return Answer(part.meta.kind, _runs(part, resolver))

    question = _runs(entry.parts[0], resolver)
    return Round(
        number=entry.meta.round, question=question, short=entry.meta.short, a=answer("a"), b=answer("b"), at=entry.at
    )


def _check_after(source: PrintSource, content: src.Content, report: Report) -> None:
    """Report a deck whose ``after:`` names a slide that doesn't exist."""
    known = {slide.id for stage in content.stages for slide in stage.slides}
    after = source.meta.after
    if after and after not in known:
        report.error(f"there is no slide {after!r} to play these cards after", source.at, did_you_mean(after, known))


def _deck(source: PrintSource, entries: tuple[PrintEntry, ...], people: int, resolver: Resolver) -> Deck:
    meta, fill = source.meta, resolver.scope.fill
    made = [_card(entry, resolver) for entry in entries]
    cards = tuple(replace(card, number=number) for number, card in enumerate(filter(None, made), start=1))
    return Deck(
        id=source.name,
        title=fill(meta.title, source.at),
        stage=meta.stage,
        cards=cards,
        sets={"room": 1, "person": people}.get(meta.per, math.ceil(people / meta.group)),
        size=meta.size,
        task=fill(meta.task, source.at),
        at=source.at,
        after=meta.after,
        minutes=meta.minutes,
    )


def _card(entry: PrintEntry, outer: Resolver) -> Card | None:
    """Return a card, or ``None`` if it needs something that the user's own data don't have."""
    parts = {part.name: part for part in entry.parts}
    resolver = replace(outer, scope=outer.scope.fresh(report=Report()))

    def blocks(name: str) -> tuple[model_blocks.Block, ...]:
        return resolver.blocks(parts[name].blocks) if name in parts else ()

    def text(name: str) -> str:
        return model_blocks.plain(_runs(parts[name], resolver)) if name in parts else ""

    card = Card(
        number=0,
        head=text("head"),
        title=text("title"),
        front=blocks("front"),
        back=blocks("back"),
        verdict=text("verdict"),
        note=text("note"),
        at=entry.at,
    )
    found = resolver.scope.report
    if found.errors and outer.scope.varied:
        outer.scope.report.advise("this card is left out: this run has no such number", entry.at, code="card")
        return None
    outer.scope.report.extend(found.found)
    return card


def _place(entry: PrintEntry, source: PrintSource) -> int:
    """Return the number of a question among those of its sheet."""
    return 1 + [other for other in source.entries if other.meta.later == entry.meta.later].index(entry)


def _question(number: int, entry: PrintEntry, resolver: Resolver) -> Question:
    shown = tuple(
        Option(_runs(part, resolver), part.meta.right, resolver.scope.fill(part.meta.misconception, part.at))
        for part in entry.parts
        if part.name == "option" and visible(part.attrs, resolver.scope.audience)
    )
    texts = {part.name: _runs(part, resolver) for part in entry.parts if part.name != "option"}
    return Question(
        id=entry.meta.id,
        stage=entry.meta.stage,
        text=texts["question"],
        options=shown,
        at=entry.at,
        number=number,
        closing=texts.get("closing", ()),
    )


def _runs(part: PrintPart, resolver: Resolver) -> model_blocks.Runs:
    """Return a text as one paragraph; several are joined with line breaks."""
    found: list[model_blocks.Run] = []
    for block in resolver.blocks(part.blocks):
        for line in block.lines if isinstance(block, model_blocks.Prose) else ():
            found.extend((model_blocks.Run("\n"), *line.runs) if found else line.runs)
    return tuple(found)


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
