"""The part of an audience's kit that doesn't depend on the slot: resolved once, for any number of plans."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from workshop.charts.kind import BUILT_IN, Kinds
from workshop.errors import At, Report, did_you_mean
from workshop.expressions import ROOM, TASKS, VARIABLES, WORLD, Evaluator, ExpressionError
from workshop.model import blocks, kit, markup, walk
from workshop.model import source as src
from workshop.model.exhibits import About, Findings
from workshop.model.frozen import Frozen
from workshop.model.meta import Source
from workshop.model.moment import Moment
from workshop.model.request import Request
from workshop.model.rooms import REMOTE, names_of, size_of
from workshop.model.slot import IN_CALL, IN_ROOM
from workshop.model.walk import nodes, seen_prints, seen_sheets, seen_slides, seen_stages
from workshop.plan.actual_minutes import with_actual
from workshop.plan.cases import fitted, for_case, in_room
from workshop.plan.filled_titles import fill_titles
from workshop.plan.needs import Links, link
from workshop.plan.printed_matter import Exercises, plan_exercises
from workshop.plan.referred import find_picture
from workshop.plan.resolve import Resolver
from workshop.plan.scope import Find, Scope
from workshop.plan.slides import Setting, divider, heading_slide, plan_slide
from workshop.plan.slot.cut import weighed
from workshop.plan.slot.moments import Day
from workshop.plan.slot.reword import unknown_needs
from workshop.wording.formats import count
from workshop.wording.languages import base_of
from workshop.wording.messages import messages, missing
from workshop.wording.typography import curled

NAMED = 3  # keys of fixed words that one warning names
RESERVED = {
    VARIABLES: "that name is for variables",
    WORLD: "that name is for the words of a world",
    TASKS: "that name is for exercises",
    ROOM: "that name is for words about the room",
}


class Ready(Struct, frozen=True, kw_only=True):
    """An audience's kit before a slot is chosen.

    Attributes:
        content: with the audience's own keys, and without what these runs leave out.
        sources: the sections that the audience sees, if they are asked for.
        whole: the same sections with every slide resolved.
        day: what a slot is filled from.
        cited: keys of the works that slides cite.
        own: names of the runs on the user's own data.
    """

    content: src.Content
    audience: src.AudienceSource
    scope: Scope
    setting: Setting
    sources: tuple[src.StageSource, ...]
    exercises: Exercises
    links: Links
    whole: tuple[kit.Stage, ...]
    day: Day
    cited: tuple[str, ...]
    own: tuple[str, ...]

    @property
    def numbers(self) -> dict[str, int | None]:
        """Stage id -> its number."""
        return {stage.id: stage.number for stage in self.content.stages}


def get_ready(
    content: src.Content,
    audience: src.AudienceSource,
    findings: Mapping[str, Findings],
    failed: frozenset[str],
    request: Request,
    find: Find,
    report: Report,
    *,
    known: tuple[str, ...] = (),
    kinds: Kinds = BUILT_IN,
) -> Ready:
    """Resolve everything for one audience; arguments as for ``plan_kit``."""
    content = in_room(content, _here(content, request))
    audience = replace(audience, meta=fitted(audience.meta, _here(content, request)))
    demos = {name: found.about for name, found in findings.items() if found.about is not None}
    written = content
    content = with_actual(content, request.actual, report)
    scope = _scope(content, audience, findings, failed, request, report, find, known, kinds)
    own = _own_runs(demos, content, request)
    wanted = {stage.id for stage in seen_stages(content, audience.id, request.stages)}
    names = {slide.id for stage in content.stages for slide in stage.slides} | content.dropped
    content = for_case(fill_titles(content, scope), scope, own, wanted)
    _check(content, findings, demos, request, report)
    sources = seen_stages(content, audience.id, request.stages)
    numbers = {stage.id: stage.number for stage in content.stages}
    fresh = scope.fresh(digits=content.policy.digits == "checked")
    exercises = plan_exercises(seen_sheets(content, sources), numbers, fresh)
    setting = _setting(content, audience, scope, request, exercises.by_id)
    names_of_tasks = {**scope.names, TASKS: Frozen(exercises.facts)}
    scope = replace(scope, names=names_of_tasks, behind=exercises.behind, solutions=exercises.exhibits)
    cited: list[str] = []
    made = tuple(_stage(stage, scope, setting, cited) for stage in sources)
    for name, at in unknown_needs(made, names):
        report.error(f"no slide is named {name!r}", at, did_you_mean(name, names), "unknown-need")
    moments = _moments(sources, audience)
    links = link(sources, content.sheets, findings, audience.id, moments)
    whole = _without_hidden(_tied(weighed(made, audience.meta.weights, own), links), report)
    return Ready(
        content=content,
        audience=audience,
        scope=scope,
        setting=setting,
        sources=sources,
        exercises=exercises,
        links=links,
        whole=whole,
        day=_day(content, written, audience, whole, moments, request),
        cited=tuple(cited),
        own=own,
    )


def _check(
    content: src.Content,
    findings: Mapping[str, Findings],
    demos: Mapping[str, About],
    request: Request,
    report: Report,
) -> None:
    """Report wrong names of runs and stages, claims of demos that don't hold, and a language without its fixed words."""
    _tell_untranslated(content, report)
    _check_run_names(content, report)
    turned = frozenset(run.name for stage in content.stages for run in stage.runs if run.knobs)
    _test_demos(findings, demos, turned, content.own, request, report)
    if request.stages:
        _unknown_stages(content, request, report)


def _tell_untranslated(content: src.Content, report: Report) -> None:
    """Count the fixed words that stay English; a talk needs few of them."""
    language = content.meta.language
    lacks = missing(language, talk=not content.is_kit)
    if not lacks:
        return
    at = content.meta_at.get("language", content.meta_at.get("lang"))
    every = count(len(missing("und", talk=not content.is_kit)), "fixed text")
    has = f"{len(lacks)} of {every} have no words in language: {language}, and are in English"
    some = ", ".join(lacks[:NAMED])
    where = f"locale/{base_of(language)}.yaml"
    hint = f"write {where}, with a line for each, such as {some}" if content.is_kit else ""
    report.warn(has, at, hint, "language")


def _moments(sources: tuple[src.StageSource, ...], audience: src.AudienceSource) -> dict[str, tuple[Moment, ...]]:
    """Return the moments of each stage that has any: the audience's own, else the section's."""
    named = {stage.id: audience.meta.moments.get(stage.id, stage.meta.moments) for stage in sources}
    return {name: moments for name, moments in named.items() if moments}


def _day(
    content: src.Content,
    written: src.Content,
    audience: src.AudienceSource,
    whole: tuple[kit.Stage, ...],
    moments: Mapping[str, tuple[Moment, ...]],
    request: Request,
) -> Day:
    """Return what a plan for any slot is made from; ``written`` is the content before anything was left out."""
    ids = {stage.id for stage in whole}
    return Day(
        stages=whole,
        moments=moments,
        said=audience.meta,
        blocks=(*content.meta.blocks, *audience.meta.blocks),
        measured=frozenset(request.actual),
        answered=_answered(written, audience.id),
        questions=_questions(content, tuple(s for s in content.stages if s.id in ids), audience.id),
        joined=content.joined,
        moves=tuple(move for move in content.moves if walk.visible(move.attrs, audience.id)),
        written=content.meta,
        points=content.points,
        pace=IN_CALL if request.room == REMOTE else IN_ROOM,
    )


def _tied(stages: tuple[kit.Stage, ...], links: Links) -> tuple[kit.Stage, ...]:
    """Return the stages with the needs of each slide, and slide id -> the exercise that it works on."""
    needs = links.needs

    def own(slide: kit.Slide) -> kit.Slide:
        head = slide.id.removesuffix("-more")
        found = needs.get(slide.id, (head,) if head in needs else ())
        return replace(slide, needs=found, task=links.worked.get(slide.id, ""))

    return tuple(replace(stage, slides=tuple(map(own, stage.slides))) for stage in stages)


def _without_hidden(stages: tuple[kit.Stage, ...], report: Report) -> tuple[kit.Stage, ...]:
    """Return the stages with slides that need no hidden one, and warn of those that did."""
    hidden = {slide.id for stage in stages for slide in stage.slides if slide.hidden}

    def own(slide: kit.Slide) -> kit.Slide:
        for name in slide.needs:
            if name in hidden and not slide.hidden:
                hint = "hide this one, too, or show that"
                report.warn(f"this slide needs {name!r}, which is hidden", slide.at, hint, "need")
        return replace(slide, needs=tuple(name for name in slide.needs if name not in hidden))

    return tuple(replace(stage, slides=tuple(map(own, stage.slides))) for stage in stages) if hidden else stages


def _answered(content: src.Content, audience: str) -> dict[str, frozenset[str]]:
    """Return slide or quiz question -> the slides that answer it, as they are written for an audience."""
    found: dict[str, frozenset[str]] = {}
    for stage in seen_stages(content, audience):
        for slide in seen_slides(stage, audience):
            for name in slide.attrs.names("answers"):
                found[name] = found.get(name, frozenset()) | {slide.id}
    return found


def _questions(content: src.Content, stages: tuple[src.StageSource, ...], audience: str) -> dict[str, frozenset[str]]:
    """Return question of the quiz -> the slides that answer it; a question that no slide answers has none."""
    answered = _answered(content, audience)
    return {
        entry.meta.id: answered.get(entry.meta.id, frozenset())
        for source, entries in seen_prints(content, stages, audience)
        if source.kind == "quiz"
        for entry in entries
        if not entry.meta.later
    }


def _here(content: src.Content, request: Request) -> tuple[str, ...]:
    """Return the names of the kind of room, and its size."""
    return *names_of(request.room), size_of(request.people or content.meta.people)


def _room_words(language: str, here: tuple[str, ...]) -> dict[str, str]:
    """Return how things are done in a room: ``room-bet`` is ``{{ room.bet }}``."""
    head = f"{ROOM}-"
    words = messages(language, here).items()
    return {key.removeprefix(head).replace("-", "_"): text for key, text in words if key.startswith(head)}


def _scope(
    content: src.Content,
    audience: src.AudienceSource,
    findings: Mapping[str, Findings],
    failed: frozenset[str],
    request: Request,
    report: Report,
    find: Find,
    known: tuple[str, ...],
    kinds: Kinds,
) -> Scope:
    """Return the scope in which an audience's kit is resolved."""
    language = content.meta.language
    return Scope(
        root=content.root,
        audience=audience.id,
        names={
            **{name: found.facts for name, found in findings.items()},
            VARIABLES: Frozen(content.variables),
            WORLD: Frozen(content.world),
            ROOM: Frozen(_room_words(language, _here(content, request))),
        },
        findings=findings,
        failed=failed,
        sources={work.key: _with_quotes(work, language) for work in content.sources},
        report=report,
        find=find,
        digits=content.policy.digits == "checked",
        talk=content.policy.unknown == "shown",
        varied=_varied(content, request),
        known=known,
        kinds=kinds,
        overlays=content.overlays,
        language=language,
        kept=request.cache,
        drawings=content.pictures,
    )


def _with_quotes(work: Source, language: str) -> Source:
    """Return a work with curly quotes in its texts."""
    names = ("who", "work", "version", "scope", "caveat", "verified")
    texts: dict[str, Any] = {name: curled(getattr(work, name), language) for name in names}
    return work.but(**texts)


def _varied(content: src.Content, request: Request) -> str:
    """Return in words how the runs differ from those that the kit was written for; "" if they don't."""
    if request.data or content.own:
        return "for your data"
    if request.sets:
        return "with these knobs"
    return f"with seed {request.seed}" if request.seed else ""


def _setting(
    content: src.Content,
    audience: src.AudienceSource,
    scope: Scope,
    request: Request,
    exercises: Mapping[str, kit.Exercise],
) -> Setting:
    """Return the settings that all slides share."""
    numbered = [stage for stage in seen_stages(content, audience.id) if stage.number is not None]
    return Setting(
        language=scope.language,
        seed=request.seed,
        policy=content.policy,
        marks=tuple(_mark(stage, content) for stage in numbered),
        learnt=tuple(scope.fill(stage.meta.learnt, stage.at) for stage in numbered),
        phases=_phases(content),
        exercises=exercises,
        explore_url=request.explore_url or content.meta.explore_url,
        unseen=frozenset(e.id for sheet in content.sheets for e in sheet.exercises) - frozenset(exercises),
        counts=request.counts,
        dividers=content.meta.dividers,
    )


def _own_runs(demos: Mapping[str, About], content: src.Content, request: Request) -> tuple[str, ...]:
    """Return the runs on the user's own data, from an option or an overlay."""
    owners = {owner for owner, _ in request.data} | content.own
    return tuple(name for name, demo in demos.items() if owners & {name, demo.name})


def _check_run_names(content: src.Content, report: Report) -> None:
    """Report run names that two sections declare: references couldn't distinguish them."""
    first: dict[str, At] = {}
    for stage in content.stages:
        for run in stage.runs:
            if run.name in RESERVED:
                report.error(f"a run cannot be named '{run.name}'", run.at, RESERVED[run.name], "run")
            if run.name in first:
                report.error(
                    f"two runs are named '{run.name}', the first at {first[run.name]}",
                    run.at,
                    f"call this one '{run.name}_{stage.id.replace('-', '_')}'",
                    "duplicate-run",
                )
            first.setdefault(run.name, run.at)


def _test_demos(
    findings: Mapping[str, Findings],
    demos: Mapping[str, About],
    turned: frozenset[str],
    own: frozenset[str],
    request: Request,
    report: Report,
) -> None:
    """Report every claim of a demo that its run with the default knobs doesn't support."""
    changed = {name for name, _ in request.sets} | {name for name, _ in request.data} | own
    for name, found in findings.items():
        demo = demos[name]
        if name in turned:
            continue  # a run with other knobs shows what they do; only its slides make claims about it
        for sentence, claim in demo.claims.items():
            facts = Evaluator({**found.facts, demo.name: found.facts})
            try:
                holds = facts.claim(claim)
            except ExpressionError as error:
                report.error(f"demo {demo.name}, claim '{sentence}': {error}", None, error.hint, error.code)
                continue
            if holds:
                continue
            where = f"demo {demo.name}, seed {request.seed}: the claim '{sentence}' doesn't hold ({claim}): {facts.looked_up(claim)}"
            if request.seed or name in changed or demo.name in changed:
                report.advise(where, None, "the slides that say so are tested one by one", "demo-claim")
            else:
                report.error(where, None, "fix the demo or its data", "demo-claim")


def _unknown_stages(content: src.Content, request: Request, report: Report) -> None:
    known = {stage.id for stage in content.stages} | {str(s.number) for s in content.stages if s.number}
    for name in request.stages:
        if name not in known:
            report.error(f"there is no stage '{name}'", None, did_you_mean(name, known), "unknown-stage")


def _mark(stage: src.StageSource, content: src.Content) -> kit.StageMark:
    meta = stage.meta
    return kit.StageMark(
        id=stage.id,
        number=stage.number or 0,
        title=stage.title,
        short=meta.short or stage.title,
        question=meta.map or meta.question,
        picture=content.pictures.get(stage.id),
    )


def _phases(content: src.Content) -> tuple[tuple[str, tuple[int, ...]], ...]:
    return tuple((phase.title, phase.stages) for phase in content.meta.phases)


def _stage(source: src.StageSource, scope: Scope, setting: Setting, cited: list[str]) -> kit.Stage:
    slides: list[kit.Slide] = []
    resolver = Resolver(scope.fresh(digits=False), find_picture)
    if source.number is not None and setting.dividers:
        slides.append(divider(source, resolver, setting))
    before: blocks.Runs = ()
    seen = tuple(seen_slides(source, scope.audience))
    dividers = [slide.id for slide in seen if "divider" in slide.attrs.classes]
    for slide in seen:
        if slide.id in dividers:
            section = (dividers.index(slide.id) + 1, len(dividers))
            slides.append(replace(heading_slide(slide, source, resolver, setting.language), section=section))
            before = ()
            continue
        own = scope.fresh()
        made = plan_slide(slide, source, before, own, setting)
        slides.extend(made)
        before = made[-1].title if made else before
        cited.extend(_citations(slide, scope))
    meta, at = source.meta, source.at
    return kit.Stage(
        id=source.id,
        title=source.title,
        slides=tuple(slides),
        number=source.number,
        short=meta.short or source.title,
        question=scope.fill(meta.question, at),
        objectives=tuple(scope.fill(text, at) for text in meta.objectives),
        aim=scope.fill(meta.aim, at),
        material=meta.material,
        room=scope.fill(meta.room, at),
        learnt=scope.fill(meta.learnt, at),
        remember=tuple(scope.fill(text, at) for text in meta.remember),
        weight=meta.weight,
    )


def _citations(slide: src.SlideSource, scope: Scope) -> list[str]:
    return [key for node in nodes(slide, scope.audience) if isinstance(node, markup.Cite) for key in node.keys]
