"""The step of a build that makes the sections of the companion page; they are kept by a digest of all that they depend on."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import to_builtins
from msgspec.structs import replace

from workshop import __version__
from workshop.charts.kind import Kinds
from workshop.errors import At, ExitCode, Problem, Report, Severity, WorkshopError, did_you_mean
from workshop.explore.drawn import Look
from workshop.explore.gather import Subject, sections, turned_runs
from workshop.explore.said import Words
from workshop.explore.stages import stages_section
from workshop.files.cached import keep, recall
from workshop.files.our_code import code_digest
from workshop.model.explored import BUDGET, Explored, Section
from workshop.model.kit import Kit
from workshop.model.request import Request
from workshop.model.source import Content, RunSpec
from workshop.model.walk import names_in
from workshop.plugins.registry import Registry
from workshop.runs.cache import Sources, is_kept
from workshop.runs.requests import run_requests
from workshop.runs.runner import RunRequest, run_demos, run_keys

SUFFIX = ".explored"
ROOM = 80 * 1024  # of a page, for its script, style and frame
CODE = ("explore", "charts", "wording")  # what a section is made with, besides the demos
NO_STAGE = 1_000  # demos without a stage come last


def explore(
    content: Content,
    kit: Kit,
    request: Request,
    registry: Registry,
    *,
    kinds: Kinds,
    colors: Mapping[str, Mapping[str, str]],
    sources: Sources,
) -> tuple[Explored | None, tuple[Problem, ...]]:
    """Return what is on the companion page of a kit, or ``None`` if nothing in it can be poked.

    With data, knobs or a seed of the user's own, a poke that doesn't fit them is left out with a warning.

    Args:
        colors: name of a set of colours -> role -> six hex digits; charts are resolved for the first one.
        sources: digests of the demos' modules.
    """
    stages, bases = _bases(content, request, registry)
    titles = {mark.number: mark.title for mark in kit.marks}
    keys = run_keys(bases, registry, seed=request.seed, sources=sources)
    digest = _digest(keys, kit, request, colors)
    kept = _kept(request.cache, digest)
    if kept is None:
        report = Report()
        subjects = [
            Subject(demo=registry.get("demo", base.demo), base=base, stage=stage, stage_title=titles.get(stage, ""))
            for base, stage in zip(bases, stages.values(), strict=True)
        ]
        look = Look(next(iter(colors.values())), kinds, Words(kit.language))
        made = sections(
            subjects,
            registry,
            look,
            seed=request.seed,
            cache=request.cache,
            texts=request.texts,
            report=report,
            sources=sources,
        )
        kept = made, tuple(report.found)
        _keep(request.cache, digest, *kept)
    made, problems = kept
    if _varied(content, request):
        problems = tuple(replace(p, severity=min(p.severity, Severity.WARNING)) for p in problems)
    if request.texts and _varied(content, request) and sum(section.size for section in made) > BUDGET - ROOM:
        without = replace(request, texts=False)
        found, told = explore(content, kit, without, registry, kinds=kinds, colors=colors, sources=sources)
        return found, (*told, _too_large(made))
    if not made:
        return None, problems
    if own := _own_texts(content, request, made):
        problems = (*problems, own)
    whole = (*stages_section(content, kit, made, Words(kit.language)), *made)
    return Explored(sections=whole, seed=request.seed, colors=colors), problems


def run_ahead(content: Content, request: Request, registry: Registry, *, sources: Sources) -> None:
    """Run what can be poked side by side and keep it: a copy of this process, where runs follow one another, needn't then.

    Whatever is wrong is left to ``explore``, which runs it again.

    Args:
        sources: as for ``explore``.
    """
    if request.cache is None:
        return
    with suppress(WorkshopError):
        _, bases = _bases(content, request, registry)
        demos = [(registry.get("demo", base.demo), base) for base in bases]
        runs = turned_runs([Subject(demo=demo, base=base, stage=0, stage_title="") for demo, base in demos])
        keys = run_keys(runs, registry, seed=request.seed, sources=sources)
        new = [run for run, key in zip(runs, keys, strict=True) if not is_kept(request.cache, key)]
        run_demos(new, registry, seed=request.seed, cache=request.cache, sources=sources)


def _bases(content: Content, request: Request, registry: Registry) -> tuple[dict[str, int], tuple[RunRequest, ...]]:
    """Return the demos of a kit with their stages, and the run of each with which the page begins."""
    stages = _wanted(_stage_of(content, request, registry), request)
    specs = [_base(name, content) for name in stages]
    return stages, run_requests(specs, content, _only_known(request, stages), registry)


def _stage_of(content: Content, request: Request, registry: Registry) -> dict[str, int]:
    """Return the demos that a kit uses, in the order of its stages: demo -> number of the stage that names it most, 0 for none."""
    runs = {run.name: run.demo for stage in content.stages for run in stage.runs}
    known = frozenset(registry.names("demo"))
    found: dict[str, int] = {}
    for audience in _audiences(content, request):
        named: dict[str, Counter[int]] = {}
        for stage in content.stages:
            if not request.stages or {stage.id, str(stage.number)} & {*request.stages}:
                for name, _ in names_in(stage.slides, audience):
                    named.setdefault(runs.get(name, name), Counter())[stage.number or 0] += 1
        for demo in named.keys() & known - found.keys():
            found[demo] = max(named[demo], key=lambda number: (number > 0, named[demo][number], -number))
        if len(found) == len(known):
            break
    order = {name: place for place, name in enumerate(registry.names("demo"))}
    return dict(sorted(found.items(), key=lambda item: (item[1] or NO_STAGE, order[item[0]])))


def _audiences(content: Content, request: Request) -> tuple[str, ...]:
    """Return the audiences, the one that the kit is built for first."""
    names = [audience.id for audience in content.audiences] or [""]
    first = request.audience or content.meta.audience
    return tuple(sorted(names, key=lambda name: name != first))


def _wanted(stages: dict[str, int], request: Request) -> dict[str, int]:
    """Return only the demos that were asked for.

    Raises:
        WorkshopError: for a name that the kit doesn't use.
    """
    for name in request.demos:
        if name not in stages:
            message = f"no slide here uses a demo named '{name}'"
            raise WorkshopError(Problem(message, hint=did_you_mean(name, stages), code="poke"), ExitCode.USAGE)
    return {name: stage for name, stage in stages.items() if not request.demos or name in request.demos}


def _base(name: str, content: Content) -> RunSpec:
    return RunSpec(name, name, {}, At(content.meta_at["title"].path if "title" in content.meta_at else ""))


def _only_known(request: Request, demos: Mapping[str, int]) -> Request:
    """Return the request without what is meant for a run under another name: it has been checked, and isn't on this page."""
    sets = {key: value for key, value in request.sets.items() if key[0] in demos}
    data = {key: value for key, value in request.data.items() if key[0] in demos}
    return replace(request, sets=sets, data=data)


def _too_large(made: Sequence[Section]) -> Problem:
    size = sum(section.size for section in made) // 1024
    message = f"with your own texts inside, explore.html would have {size} KB, so nothing can be asked of them there"
    return Problem(message, hint="fewer or shorter texts would fit", code="poke", severity=Severity.WARNING)


def _own_texts(content: Content, request: Request, made: tuple[Section, ...]) -> Problem | None:
    """Return a remark that the user's own texts travel inside the page, if any do."""
    filled = {demo for demo, _ in (*request.data, *content.own_slots)}
    count = sum(section.texts for section in made if section.id in filled)
    if not count:
        return None
    texts = "one of your own texts is" if count == 1 else f"{count} of your own texts are"
    hint = "whoever gets the file can read them; --without-texts leaves them out"
    return Problem(f"{texts} inside explore.html", hint=hint, code="own-texts", severity=Severity.ADVICE)


def _varied(content: Content, request: Request) -> bool:
    return bool(request.data or request.sets or request.seed or content.own_slots)


# ---------------------------------------------------------------- kept from an earlier build
def _digest(keys: Sequence[str], kit: Kit, request: Request, colors: Mapping[str, Mapping[str, str]]) -> str:
    """Return a digest of all that the sections depend on; "" if one of the runs is never kept."""
    if not all(keys):
        return ""
    marks = [(mark.number, mark.title) for mark in kit.marks]
    sets = {name: dict(roles) for name, roles in colors.items()}
    told = [__version__, list(keys), code_digest(*CODE), kit.language, marks, sets, request.texts]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _kept(cache: Path | None, digest: str) -> tuple[tuple[Section, ...], tuple[Problem, ...]] | None:
    """Return sections and problems of an earlier build from the same runs, or ``None``."""
    if cache is None or not digest:
        return None
    try:
        stored = json.loads(recall(cache, f"{digest[:32]}{SUFFIX}") or b"")
        made = tuple(Section(**record | {"kinds": tuple(record["kinds"])}) for record in stored["sections"])
        problems = tuple(
            Problem(
                p["message"],
                At(**p["at"]) if p["at"] else None,
                hint=p["hint"],
                code=p["code"],
                severity=Severity(p["severity"]),
            )
            for p in stored["problems"]
        )
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return made, problems


def _keep(cache: Path | None, digest: str, made: tuple[Section, ...], problems: tuple[Problem, ...]) -> None:
    if cache is None or not digest:
        return
    text = json.dumps({"sections": [to_builtins(s) for s in made], "problems": [to_builtins(p) for p in problems]})
    keep(cache, f"{digest[:32]}{SUFFIX}", text.encode())
