"""The plan: one audience's kit, decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from workshop.charts.kind import BUILT_IN, Kinds
from workshop.errors import At, Problem, Report, did_you_mean
from workshop.expressions import VARIABLES, Evaluator, ExpressionError
from workshop.model import kit
from workshop.model import source as src
from workshop.model.exhibits import About, Findings, Frozen
from workshop.model.prints import Planned
from workshop.model.request import Request
from workshop.model.walk import nodes, seen_sheets, seen_slides, seen_stages
from workshop.plan.actual import with_actual
from workshop.plan.cases import for_case
from workshop.plan.exercises import plan_exercises
from workshop.plan.exhibits import find_picture
from workshop.plan.needs import link
from workshop.plan.prints import plan_prints
from workshop.plan.resolve import Resolver
from workshop.plan.scope import Find, Scope
from workshop.plan.slides import Setting, divider, heading_slide, plan_slide
from workshop.plan.slot.clock import parse_clock, run_sheet
from workshop.plan.slot.cut import Cut, cut_to_slot, tied, weighed
from workshop.plan.slot.reword import in_use, unknown_needs
from workshop.plan.titles import fill_titles
from workshop.wording.typography import typeset


def plan_kit(
    content: src.Content,
    audience: src.AudienceSource,
    findings: Mapping[str, Findings],
    failed: frozenset[str],
    request: Request,
    find: Find,
    known: tuple[str, ...] = (),
    kinds: Kinds = BUILT_IN,
) -> tuple[kit.Kit, tuple[Problem, ...]]:
    """Resolve everything for one audience.

    Args:
        content: as ``for_audience`` returns it.
        findings: run name -> what it found, for every run that ``runs_needed`` named.
        failed: runs that crashed; whatever refers to them is passed over in silence, their crash being noted.
        find: returns what a plugin registered, by kind and name.
        known: the names of all demos there are, for hints.
        kinds: the kinds of chart there are.

    Returns:
        The kit and every problem found; the kit is only fit to be drawn if none of them is an error.
    """
    report = Report()
    demos = {name: found.about for name, found in findings.items() if found.about is not None}
    content = with_actual(content, request.actual, report)
    scope = _scope(content, audience, findings, failed, request, report, find, known, kinds)
    own = _own_runs(demos, content, request)
    wanted = {stage.id for stage in seen_stages(content, audience.id, request.stages)}
    written = {slide.id for stage in content.stages for slide in stage.slides} | content.dropped
    content = for_case(fill_titles(content, scope), scope, own, wanted)
    _check_run_names(content, report)
    turned = frozenset(run.name for stage in content.stages for run in stage.runs if run.knobs)
    _test_demos(findings, demos, turned, content.own, request, report)
    if request.stages:
        _unknown_stages(content, request, report)
    sources = seen_stages(content, audience.id, request.stages)
    numbers = {stage.id: stage.number for stage in content.stages}
    exercises = plan_exercises(seen_sheets(content, sources), numbers, scope.fresh(digits=content.is_kit))
    setting = _setting(content, audience, scope, request, exercises.by_id)
    cited: list[str] = []
    made = tuple(_stage(stage, scope, setting, cited) for stage in sources)
    for name, at in unknown_needs(made, written):
        report.error(f"no slide is named {name!r}", at, did_you_mean(name, written), "unknown-need")
    whole = weighed(made, audience.meta.weights, own)
    links = link(sources, content.sheets, findings, audience.id)
    cut = cut_to_slot(tied(whole, links.needs), exercises.sheets, links.worked, content, request, report)
    stages = _engine_slides(sources, cut.stages, scope, setting) if cut.appendix else cut.stages
    stages = _covered(content, stages)
    people = request.people or content.meta.people
    ids = {stage.id for stage in stages}
    prints = plan_prints(content, tuple(s for s in sources if s.id in ids), numbers, people, scope)
    decided = _decided(content, audience, request, setting, stages, cut, in_use(prints, whole, stages), people)
    decided = replace(
        decided,
        run_sheet=run_sheet(stages, _start(content, request, report), setting.language, cut.report),
        references=_references(scope.sources.values(), cited),
        own=own,
    )
    return decided, tuple(report.found)


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
    """Return what everything of an audience's kit is resolved against."""
    language = content.meta.language
    return Scope(
        root=content.root,
        audience=audience.id,
        names={**{name: found.facts for name, found in findings.items()}, VARIABLES: Frozen(content.variables)},
        findings=findings,
        failed=failed,
        sources={work.key: typeset(work, language) for work in content.sources},
        report=report,
        digits=content.is_kit,
        varied=_varied(content, request),
        known=known,
        overlays=content.overlays,
        language=language,
        kinds=kinds,
        find=find,
    )


def _varied(content: src.Content, request: Request) -> str:
    """Return how the runs differ from those that the kit was written on, in words; "" where they do not."""
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
    """Return what all slides share."""
    numbered = [stage for stage in seen_stages(content, audience.id) if stage.number is not None]
    return Setting(
        language=scope.language,
        seed=request.seed,
        is_kit=content.is_kit,
        marks=tuple(_mark(stage) for stage in numbered),
        learnt=tuple(scope.fill(stage.meta.learnt, stage.at) for stage in numbered),
        phases=_phases(content),
        exercises=exercises,
        unseen=frozenset(e.id for sheet in content.sheets for e in sheet.exercises) - frozenset(exercises),
    )


def _decided(
    content: src.Content,
    audience: src.AudienceSource,
    request: Request,
    setting: Setting,
    stages: tuple[kit.Stage, ...],
    cut: Cut,
    prints: Planned,
    people: int,
) -> kit.Kit:
    """Return the kit as its parts say; run sheet, references and own runs are still to come."""
    meta = content.meta
    return kit.Kit(
        title=meta.title or (stages[0].title if stages else content.name),
        subtitle=meta.subtitle,
        occasion=meta.occasion,
        author=meta.author,
        licence=meta.licence,
        language=setting.language,
        audience=audience.id,
        audience_title=audience.title,
        seed=request.seed,
        people=people,
        paper=request.paper or meta.paper,
        stages=stages,
        marks=setting.marks,
        sheets=cut.sheets,
        glossary=_glossary(content, stages),
        is_kit=content.is_kit,
        appendix=cut.appendix,
        plan=cut.report,
        profile=request.profile,
        ballots=prints.ballots,
        decks=prints.decks,
        quiz=prints.quiz,
        names=request.names,
        certificate=meta.certificate,
        votes=meta.votes.partition(".")[0],
        again=request.again,
    )


def _start(content: src.Content, request: Request, report: Report) -> int | None:
    text = request.start or content.meta.start
    return parse_clock(text, report, None if request.start else content.meta_at.get("start"))


def _covered(content: src.Content, stages: tuple[kit.Stage, ...]) -> tuple[kit.Stage, ...]:
    """Return the stages with the cover before the first slide, if there is one."""
    cover = _cover(content, stages)
    if cover is None or not stages:
        return stages
    return (replace(stages[0], slides=(cover, *stages[0].slides)), *stages[1:])


def _references(works: Iterable[src.Source], cited: list[str]) -> tuple[kit.Reference, ...]:
    return tuple(
        kit.Reference(
            who=work.who, work=work.work, version=work.version, scope=work.scope, caveat=work.caveat, key=work.key
        )
        for work in works
        if work.key in cited
    )


def _own_runs(demos: Mapping[str, About], content: src.Content, request: Request) -> tuple[str, ...]:
    """Return the runs that got data of the user's own, from an option or an overlay."""
    owners = {owner for owner, _ in request.data} | content.own
    return tuple(name for name, demo in demos.items() if owners & {name, demo.name})


def _check_run_names(content: src.Content, report: Report) -> None:
    """Note run names that two sections declare: references could not tell them apart."""
    first: dict[str, At] = {}
    for stage in content.stages:
        for run in stage.runs:
            if run.name == VARIABLES:
                report.error(f"a run cannot be named '{VARIABLES}'", run.at, "that name is for variables", "run")
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
    """Note every claim of a demo that its own run, with the knobs as they come, does not bear out."""
    changed = {name for name, _ in request.sets} | {name for name, _ in request.data} | own
    for name, found in findings.items():
        demo = demos[name]
        if name in turned:
            continue  # a run of the kit with other knobs shows what they do; its slides make the claims
        for sentence, claim in demo.claims.items():
            try:
                holds = Evaluator({**found.facts, demo.name: found.facts}).claim(claim)
            except ExpressionError as error:
                report.error(f"demo {demo.name}, claim '{sentence}': {error}", None, error.hint, error.code)
                continue
            if holds:
                continue
            where = f"demo {demo.name}, seed {request.seed}: it does not hold that {sentence} ({claim})"
            if request.seed or name in changed or demo.name in changed:
                report.advise(where, None, "the slides that say so are tested one by one", "demo-claim")
            else:
                report.error(where, None, "fix the demo or its data", "demo-claim")


def _unknown_stages(content: src.Content, request: Request, report: Report) -> None:
    known = {stage.id for stage in content.stages} | {str(s.number) for s in content.stages if s.number}
    for name in request.stages:
        if name not in known:
            report.error(f"there is no stage '{name}'", None, did_you_mean(name, known), "unknown-stage")


def _mark(stage: src.StageSource) -> kit.StageMark:
    meta = stage.meta
    return kit.StageMark(
        id=stage.id,
        number=stage.number or 0,
        title=stage.title,
        short=meta.short or stage.title,
        question=meta.map or meta.question,
    )


def _phases(content: src.Content) -> tuple[tuple[str, tuple[int, ...]], ...]:
    return tuple((phase.title, phase.stages) for phase in content.meta.phases)


def _stage(source: src.StageSource, scope: Scope, setting: Setting, cited: list[str]) -> kit.Stage:
    slides: list[kit.Slide] = []
    resolver = Resolver(scope.fresh(digits=False), find_picture)
    if source.number is not None:
        slides.append(divider(source, resolver, setting))
    before: kit.Runs = ()
    for slide in seen_slides(source, scope.audience):
        if "divider" in slide.attrs.classes:
            slides.append(heading_slide(slide, source, resolver.runs(slide.title)))
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


def _engine_slides(
    sources: tuple[src.StageSource, ...], stages: tuple[kit.Stage, ...], scope: Scope, setting: Setting
) -> tuple[kit.Stage, ...]:
    """Return the stages with maps and closing slides made again: they speak of the stages that are in."""
    ids = {stage.id for stage in stages}
    cut = frozenset(mark.id for mark in setting.marks if mark.id not in ids)
    learnt = tuple("" if m.id in cut else text for m, text in zip(setting.marks, setting.learnt, strict=True))
    now = replace(setting, learnt=learnt, cut=cut)
    silent = replace(scope, report=Report())  # what is wrong with them has been said
    written = {slide.id: (slide, stage) for stage in sources for slide in seen_slides(stage, scope.audience)}

    def again(slide: kit.Slide) -> kit.Slide:
        if slide.layout not in ("map", "closing"):
            return slide
        source, stage = written[slide.id]
        made = plan_slide(source, stage, (), silent.fresh(), now)
        return replace(slide, slots=made[0].slots)

    return tuple(replace(stage, slides=tuple(map(again, stage.slides))) for stage in stages)


def _citations(slide: src.SlideSource, scope: Scope) -> list[str]:
    return [key for node in nodes(slide, scope.audience) if isinstance(node, src.Cite) for key in node.keys]


def _cover(content: src.Content, stages: tuple[kit.Stage, ...]) -> kit.Slide | None:
    meta = content.meta
    if not meta.title or not stages:
        return None
    at = content.meta_at.get("title", At(""))
    fallback = " · ".join(filter(None, (meta.author, meta.date)))
    parts = (("subtitle", meta.subtitle), ("occasion", meta.occasion or fallback))
    slots = tuple((name, (kit.Prose((kit.Line((kit.Run(text),), at=at),)),)) for name, text in parts if text)
    return kit.Slide(
        id="cover",
        layout="cover",
        title=(kit.Run(meta.title),),
        slots=slots,
        notes=(),
        source=None,
        stage=stages[0].id,
        at=at,
    )


def _glossary(content: src.Content, stages: tuple[kit.Stage, ...]) -> tuple[kit.GlossaryEntry, ...]:
    """Return the terms of the stages that are in, in the alphabet's order; for a kit only."""
    if not content.is_kit:
        return ()
    ids = {stage.id for stage in stages}
    terms = [term for term in content.glossary if not term.stage or term.stage in ids]
    return tuple(kit.GlossaryEntry(t.term, t.definition) for t in sorted(terms, key=lambda t: t.term.lower()))
