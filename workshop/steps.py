"""The steps of a build: what each one gets, and what it passes to the next.

A step reports problems and goes on, so that one build reports every problem of a kit.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from workshop.charts.kind import Kinds
from workshop.content import read
from workshop.content.text_lines import slide_texts
from workshop.errors import Problem, Problems, Report, Severity, WorkshopError, did_you_mean, errors_in
from workshop.files.bases import Record
from workshop.layout.laid import LaidOut
from workshop.model.exhibits import Findings
from workshop.model.kit import Kit
from workshop.model.request import Request
from workshop.model.source import AudienceSource, Content
from workshop.model.walk import nodes, parts_of, runs_needed
from workshop.plan.cases import PAGE, without_page
from workshop.plan.csv_files import check_tables
from workshop.plan.pick_audience import for_audience, pick_audience
from workshop.plan.plan_kit import PART
from workshop.plan.plan_kit import decide as decide_kit
from workshop.plan.ready import Ready
from workshop.plan.ready import get_ready as resolve_kit
from workshop.plugins.addons import addons
from workshop.plugins.addons import load as load_target
from workshop.plugins.registry import Registry
from workshop.runs.arguments import parameters
from workshop.runs.cache import Sources
from workshop.runs.own_code import with_own_code
from workshop.runs.owners import used_by, with_owners
from workshop.runs.requests import pinned, run_requests
from workshop.runs.runner import run_demos, sources_of
from workshop.themes.choose import chosen_theme, theme_name


class Loaded(Struct, frozen=True, kw_only=True):
    """A kit after reading.

    Attributes:
        audiences: the audiences that it is built for.
        themes: audience id -> name of its theme.
        request: the request, in which every knob and slot has its demo.
        registry: the registry, including the kit's own demos.
        sources: digests of the demos' modules, each read once per build.
    """

    content: Content
    audiences: tuple[AudienceSource, ...]
    themes: Mapping[str, str]
    request: Request
    registry: Registry
    problems: tuple[Problem, ...]
    sources: Sources = field(default_factory=Sources)


class Ran(Struct, frozen=True, kw_only=True):
    """The findings of the runs for all audiences.

    Attributes:
        needed: audience id -> names of the runs that it refers to.
    """

    findings: Mapping[str, Findings]
    needed: Mapping[str, tuple[str, ...]]
    problems: tuple[Problem, ...]


def load(path: Path, request: Request, registry: Registry, base: Path | None, *, everybody: bool = False) -> Loaded:
    """Read a kit and resolve the request.

    Args:
        everybody: if no audience is requested, load it for all its audiences.

    Raises:
        WorkshopError: if the kit can't be read at all, or if the request names something that doesn't exist.
    """
    given = (request.tool, request.cache, request.text)
    content, found = read(path, base, request.overlays, request.variables, request.world, *given)
    if world := _world_of(content, request, everybody=everybody):
        content, found = read(path, base, request.overlays, request.variables, world, *given)
    try:
        content = _in_world(content, registry)
        trusted, folder = request.trusted, request.trust_folder
        registry = with_own_code(registry, content, trust=request.trust, trusted=trusted, folder=folder)
        asked = pick_audience(content, request.audience)
    except WorkshopError as error:  # further problems wouldn't be worth reporting
        told = [_overlay_meant(problem, request.audience) for problem in error.problems]
        raise Problems([*found, *told], error.exit_code) from error
    if not registry.has("writer", PAGE):
        content = without_page(content)
    audiences = content.audiences if everybody and content.is_kit and not request.audience else (asked,)
    report = Report(list(found))
    return Loaded(
        content=content,
        audiences=audiences,
        themes={a.id: theme_name(request, for_audience(content, a), registry, report) for a in audiences},
        request=with_owners(request, content, registry),
        registry=registry,
        problems=tuple(report.found),
        sources=sources_of(registry, request.cache),
    )


def _world_of(content: Content, request: Request, *, everybody: bool) -> str:
    """Return the world that the one requested audience speaks of, if neither the request nor the kit's overlays name one; else ""."""
    if request.world or not content.is_kit or (everybody and not request.audience):
        return ""
    name = request.audience or content.meta.audience
    return next((audience.meta.world for audience in content.audiences if audience.id == name), "")


def _in_world(content: Content, registry: Registry) -> Content:
    """Return a kit with the words of its world.

    Raises:
        WorkshopError: for everything that is wrong with them.
    """
    if not content.worlds:
        return content

    def find(name: str) -> Path | None:
        return next((path for top in (*content.overlays, *content.worlds) if (path := top / name).exists()), None)

    words = {
        name: value
        for reader in registry.names("world")
        for name, value in registry.get("world", reader)(find, content.variables).items()
    }
    return replace(content, world=words)


def _overlay_meant(problem: Problem, audience: str) -> Problem:
    """Return the problem of an unknown audience, with the folder beside us that has it."""
    here = problem.code == "unknown-audience" and (Path(audience) / "audiences" / f"{audience}.yaml").is_file()
    return replace(problem, hint=f"the folder '{audience}' has it: add --overlay {audience}") if here else problem


def run(loaded: Loaded) -> Ran:
    """Run everything that the audiences refer to, once.

    Raises:
        WorkshopError: for an option that doesn't apply to any run, or a table or votes that are refused: no demo runs then.
    """
    content, request, registry = loaded.content, loaded.request, loaded.registry
    _refuse_tables(loaded)
    specs = {a.id: runs_needed(content, a.id, request.stages, registry.names("demo")) for a in loaded.audiences}
    once = {spec.name: spec for some in specs.values() for spec in some}
    requests = run_requests(once.values(), content, request, registry)
    told = (*_told_of_own_data(loaded), *pinned(once.values(), request))
    findings, problems = run_demos(requests, registry, seed=request.seed, cache=request.cache, sources=loaded.sources)
    said = dict.fromkeys(line for found in findings.values() for line in found.told)
    told += tuple(Problem(line, code="own-data", severity=Severity.WARNING) for line in said)
    needed = {audience: tuple(spec.name for spec in some) for audience, some in specs.items()}
    return Ran(findings=findings, needed=needed, problems=(*told, *problems))


def _refuse_tables(loaded: Loaded) -> None:
    """Refuse the CSV files that slides and sheets show, as the plan would, before any demo runs.

    Raises:
        Problems: for each that is refused; a single file's build goes on without it.
    """
    content, report = loaded.content, Report(lenient=loaded.content.policy.unknown == "shown")
    for audience in loaded.audiences:
        parts = parts_of(content, audience.id, loaded.request.stages)
        check_tables(nodes(tuple(parts), audience.id), (*content.overlays, content.root), report)
    report.raise_if_errors()


def _told_of_own_data(loaded: Loaded) -> tuple[Problem, ...]:
    """Return warnings about a user's files: personal data, documents that aren't read, votes that were corrected or left out."""
    content, data = loaded.content, loaded.request.data
    overlaid = [content.data[demo][slot] for demo, slot in sorted(content.own_slots)]
    if not data and not overlaid:
        return ()
    from workshop.inputs.ballot_forms import read_as
    from workshop.inputs.personal_data import find_personal
    from workshop.inputs.text_folders import unread

    votes = tuple(content.meta.votes.split("."))
    read = [problem for key, path in data.items() if key == votes for problem in read_as(path)]  # refused before a run
    return (*find_personal((*data.values(), *overlaid)), *unread(data.values()), *read)


def get_ready(loaded: Loaded, ran: Ran, audience: AudienceSource) -> tuple[Ready, tuple[Problem, ...]]:
    """Return the part of an audience's kit that doesn't depend on the slot, and every problem so far.

    Raises:
        Problems: if there is any error except a failed run; such a run's slides are left out, and the rest can be laid out.
    """
    registry, needed, report = (
        loaded.registry,
        ran.needed[audience.id],
        Report(lenient=loaded.content.policy.unknown == "shown"),
    )
    findings = {name: ran.findings[name] for name in needed if name in ran.findings}
    ready = resolve_kit(
        for_audience(loaded.content, audience),
        audience,
        findings,
        frozenset(needed) - frozenset(findings),
        loaded.request,
        registry.get,
        report,
        known=registry.names("demo"),
        kinds=_kinds(registry),
    )
    found = (*loaded.problems, *ran.problems, *report.found)
    if set(errors_in(found)).difference(ran.problems):
        raise Problems(found)
    return ready, found


def plan(loaded: Loaded, ran: Ran, audience: AudienceSource) -> tuple[Kit, tuple[Problem, ...]]:
    """Return one audience's kit for the requested slot, and every problem so far.

    Raises:
        Problems: as for ``get_ready``.
    """
    ready, problems = get_ready(loaded, ran, audience)
    return decide(loaded, ran, ready, problems)


def decide(loaded: Loaded, ran: Ran, ready: Ready, problems: tuple[Problem, ...]) -> tuple[Kit, tuple[Problem, ...]]:
    """Return the kit for the requested slot, and the problems so far, including those of its plan."""
    report = Report(lenient=loaded.content.policy.unknown == "shown")
    kit = decide_kit(ready, loaded.request, report)
    for name, step in added().items():
        if (made := step.plan(ready, kit, loaded.request, report)) is not None:
            kit = replace(kit, extra={**kit.extra, name: made})
    if ready.day.moments and kit.plan.slot:
        from workshop.plan.invariants.finished import finished
        from workshop.plan.invariants.rule_figures import rule_reports

        kit = replace(
            kit, plan=replace(kit.plan, rules=rule_reports(finished(ready.day, kit, files_of(kit, loaded.registry))))
        )
    found = (*problems, *report.found)
    if set(errors_in(found)).difference(ran.problems):
        raise Problems(found)
    return kit, found


def files_of(kit: Kit, registry: Registry) -> frozenset[str]:
    """Return the names of the files that a build makes of a kit without being asked for more."""
    writers = [registry.get("writer", name) for name in registry.names("writer")]
    due = [writer for writer in writers if writer.is_due(kit)]
    return frozenset(writer.filename for writer in due if writer.from_step or not writer.missing(kit))


def dress(loaded: Loaded, kit: Kit, problems: Iterable[Problem]) -> tuple[LaidOut, tuple[Problem, ...]]:
    """Return a kit in its theme, without any slide yet, and the problems so far, including those of the theme."""
    theme, said = chosen_theme(loaded.themes[kit.audience], loaded.request, loaded.registry, loaded.content.root)
    if kit.policy.overfull == "error" and theme.template is not None and theme.template.dressed is not None:
        theme = theme.template.dressed
    return LaidOut(kit=kit, theme=theme, slides=(), kinds=_kinds(loaded.registry)), (*problems, *said)


def lay_out(loaded: Loaded, bare: LaidOut, problems: Iterable[Problem]) -> tuple[LaidOut, tuple[Problem, ...]]:
    """Return a dressed kit laid out, and the problems so far, including those of the deck and of its style."""
    from workshop.check.placed_words import lost_words
    from workshop.layout import lay_out as lay_out_kit
    from workshop.layout.graphs import settled

    kit, told = settled(bare.kit, bare.theme)
    extras = tuple(loaded.registry.get("extra", name) for name in loaded.registry.names("extra"))
    laid, found = lay_out_kit(kit, bare.theme, bare.kinds, extras)
    said = (*_without_slide(loaded, laid),)
    problems = (*problems, *told, *said, *judge(loaded, laid, found))
    return laid, (*problems, *lost_words(loaded.content, laid, problems))


def _without_slide(loaded: Loaded, laid: LaidOut) -> Iterator[Problem]:
    """Yield a warning for each slide with edits made in PowerPoint that a kit doesn't have."""
    known = {slide.id for stage in loaded.content.stages for slide in stage.slides} | {s.id for s in laid.slides}
    for name, edits in laid.kit.edits.items():
        if not {name, PART.sub("", name)} & known:
            said = f"no slide is called {name!r}, so its edits aren't repeated"
            yield Problem(said, edits[0].at, hint=did_you_mean(name, known), code="edit", severity=Severity.WARNING)


def judge(loaded: Loaded, laid: LaidOut, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems so far, and those of the style of a kit, whose slides may still be missing."""
    from workshop.check.slide_looks import check_looks
    from workshop.check.style import check_kit

    off = loaded.content.style.looks if loaded.content.style else ()
    style = (*check_kit(laid, loaded.content, _defaults(loaded)), *check_looks(laid, off))
    if loaded.content.is_kit:
        from workshop.check.coverage import check_worlds
        from workshop.check.readable_sources import check_sources

        style = (*style, *check_sources(loaded.content), *check_worlds(loaded.content))
    if laid.theme.logo is not None:
        from workshop.themes.logo import without_logo

        style = (*without_logo(laid.theme), *style)
    if loaded.content.points:
        from workshop.check.coverage import check_points

        style = (*style, *check_points(loaded.content))
    return (*problems, *style)


def _defaults(loaded: Loaded) -> Mapping[str, Mapping[str, int]]:
    """Return the knobs of a kit's demos that take whole numbers, with their defaults."""
    if not loaded.content.is_kit:
        return {}
    demos = [name for name in used_by(loaded.content) if loaded.registry.has("demo", name)]
    known = {name: parameters(loaded.registry.get("demo", name)) for name in demos}
    return {name: {p.name: p.default for p in found if type(p.default) is int} for name, found in known.items()}


class Step(Struct, frozen=True, kw_only=True):
    """What an add-on adds to the steps; what it makes is in ``Kit.extra`` under its name.

    Attributes:
        plan: what it makes when the kit is planned, or ``None``.
        due: whether a build needs its step after the layout.
        make: what it makes in that step, and the problems of it.
        run_ahead: runs demos that it needs, before this process is copied for each audience; its problems are left to ``make``.
    """

    plan: Callable[[Ready, Kit, Request, Report], Any] = lambda *_: None
    due: Callable[[Request, Kit], bool] = lambda *_: False
    make: Callable[[Loaded, LaidOut], tuple[Any, tuple[Problem, ...]]] = lambda *_: (None, ())
    run_ahead: Callable[[Loaded], None] = lambda _: None


def added() -> Mapping[str, Step]:
    """Return the steps of add-ons, by the name of the add-on."""
    return {name: load_target(addon.step) for name, addon in addons().items() if addon.step}


def add(
    loaded: Loaded, laid: LaidOut, problems: Iterable[Problem], progress: Callable[[str], None] = lambda _: None
) -> tuple[LaidOut, tuple[Problem, ...]]:
    """Return the laid-out kit with what the steps of add-ons make for this request, and the problems so far."""
    found = [*problems]
    for name, step in added().items():
        if step.due(loaded.request, laid.kit):
            progress(name)
            made, told = step.make(loaded, laid)
            laid = replace(laid, kit=replace(laid.kit, extra={**laid.kit.extra, name: made}))
            found += told
    return laid, tuple(found)


def recorded(loaded: Loaded, laid: LaidOut, folder: Path, problems: Iterable[Problem] = ()) -> Record:
    """Return what a deck was built from, to keep beside it in its folder."""
    content, here = loaded.content, Path.cwd()
    slides = slide_texts(
        {slide.id: slide.slide.at for slide in laid.slides}, content.root, headed=content.policy.html == "refused"
    )
    back = Path(os.path.relpath(here, folder)).as_posix() if folder.resolve().is_relative_to(here) else ""
    typed, audience = tuple(_below(word, here) for word in loaded.request.typed), laid.kit.audience
    unmade = {f"{one.at.path}:{one.at.line}": one.message for one in problems if one.code == "edit" and one.at}
    return Record(typed=typed, audience=audience, is_kit=content.is_kit, slides=slides, back=back, unmade=unmade)


def _below(word: str, here: Path) -> str:
    """Return a word of a command, its path as seen from a folder if it is in there."""
    name, equals, path = word.rpartition("=")
    inside = Path(path).is_absolute() and Path(path).is_relative_to(here)
    return f"{name}{equals}{Path(path).relative_to(here).as_posix()}" if inside else word


def _kinds(registry: Registry) -> Kinds:
    return Kinds(registry.names("chart"), partial(registry.get, "chart"))


def inspect(loaded: Loaded, ran: Ran, audience: AudienceSource) -> tuple[LaidOut, tuple[Problem, ...]]:
    """Return one audience's deck, with all its problems and those of its plans in all usual slots.

    Raises:
        Problems: as for ``plan``.
    """
    from workshop.plan.slot.check_slots import check_slots

    ready, problems = get_ready(loaded, ran, audience)
    kit, problems = decide(loaded, ran, ready, problems)
    laid, problems = lay_out(loaded, *dress(loaded, kit, problems))
    slots = check_slots(ready.day, audience.id) if loaded.content.is_kit else ()
    return laid, (*problems, *slots)


def unsound(laid: LaidOut, files: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """Return what keeps the decks among some files from being read: such a deck is never handed over."""
    from workshop.check.package import check_sound

    found = [p for name, blob in files.items() if name.endswith(".pptx") for p in errors_in(check_sound(blob, name))]
    edits = sorted({f"{one.at.path}:{one.at.line}" for own in laid.kit.edits.values() for one in own})
    hint = f"take edits out until it is: {', '.join(edits[:3])}" if edits else "the old file stays; please report this"
    return tuple(replace(one, message=f"the new deck isn't sound: {one.message}", hint=hint, code="unsound") for one in found)  # fmt: skip
