"""The plan: one audience's kit, with everything decided."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from textwrap import wrap

from msgspec.structs import replace

from workshop import limits
from workshop.charts.kind import BUILT_IN, Kinds
from workshop.constructs.table import text_of
from workshop.errors import At, Problem, Report, did_you_mean, lacking
from workshop.layouts import frames, traits
from workshop.layouts.content import CONTENT
from workshop.model import blocks, kit, walk
from workshop.model import source as src
from workshop.model.bets import Bets, bet_key, bet_name
from workshop.model.exhibits import Findings
from workshop.model.kit import Slide, Stage
from workshop.model.markup import Attrs
from workshop.model.meta import AudienceMeta, KitMeta, Source
from workshop.model.printing import Printing
from workshop.model.prints import Planned, Question
from workshop.model.request import Request
from workshop.model.rooms import has_paper
from workshop.model.slide_edit import SlideEdit
from workshop.model.slot import PlanReport
from workshop.model.source import Content
from workshop.model.stage_picture import COVER
from workshop.model.walk import seen_slides
from workshop.plan.counted import check_counts, with_counts
from workshop.plan.printed_matter import plan_prints, without_replaced
from workshop.plan.ready import Ready, get_ready
from workshop.plan.scope import Find, Scope
from workshop.plan.slides import Setting, background_of, plan_slide
from workshop.plan.slot.appendix import ALL, NEEDED, Wanted
from workshop.plan.slot.clock import parse_clock, run_sheet, slide_clocks
from workshop.plan.slot.cut import Cut, cut_to_slot, fit_day, slot_of
from workshop.plan.slot.explain import mark_named, pieces_of, shortcuts
from workshop.plan.slot.moments import Day
from workshop.plan.slot.reword import holds, in_use, told_minutes, without_dividers
from workshop.plan.slot.worth import to_choose
from workshop.plan.whole_pictures import tell_left_out
from workshop.plan.without_paper import on_slides
from workshop.wording.languages import dated
from workshop.wording.messages import messages, say
from workshop.wording.typography import curled

OPTIONS = "options"


def placed(bets: Bets, stages: Sequence[Stage], content: Content, report: Report) -> Bets:
    """Return the counts of the bets that are in a plan; those of a bet that isn't in it are left out.

    A name that no bet of the kit has is a warning; counts that don't fit the options are an error.
    """
    if not bets:
        return {}
    shown = [slide for stage in stages for slide in stage.slides if "asks" in traits(slide.layout)]
    asked = {bet_key(bet_name(slide.bet, slide.id)): slide for slide in shown}
    sources = [slide for stage in content.stages for slide in stage.slides]
    known = {bet_key(slide.bet): slide.bet for slide in sources if "asks" in traits(slide.attrs.get("layout"))}
    for name, counts in bets.items():
        if name in asked:
            _check(asked[name], max(len(counts.first), len(counts.again)), report)
        elif name not in known:
            message = f"there are counts for “{name}”, but no bet has this name"
            report.warn(message, None, did_you_mean(name, known), "bets")
    return {name: counts for name, counts in bets.items() if name in asked}


def _check(slide: Slide, count: int, report: Report) -> None:
    options = len(text_of(slide.slot(OPTIONS)))
    if count > options:
        message = f"the bet “{bet_name(slide.bet, slide.id)}” has {options} options, and {count} letters have counts"
        report.error(message, slide.at, "correct the file of --bets", "bets")


LONG_TITLE = 60  # letters of a title that is divided on the cover
PART = re.compile(r"-(?:more|\d+)$")  # how the id of a part of a divided slide ends
DIVIDES = re.compile(r": |\? | [–—] ")
OUT_OF_DATE = "out-of-date"  # code of the warning that a figure or a law is to be looked at again


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
    """Resolve everything for one audience and choose what fits its slot.

    Args:
        content: as ``for_audience`` returns it.
        findings: run name -> what it found, for every run that ``runs_needed`` named.
        failed: runs that crashed; whatever refers to them is skipped silently, since the crash itself was reported.
        find: returns what a plugin registered, by kind and name.
        known: the names of all demos, for hints.
        kinds: the kinds of chart that exist.

    Returns:
        The kit and every problem found; the kit can be drawn only if none of them is an error.
    """
    report = Report(lenient=content.policy.unknown == "shown")
    ready = get_ready(content, audience, findings, failed, request, find, report, known=known, kinds=kinds)
    return decide(ready, request, report), tuple(report.found)


def decide(ready: Ready, request: Request, report: Report) -> kit.Kit:
    """Return the kit for the requested slot."""
    content, setting, scope = ready.content, ready.setting, ready.scope
    cut = cut_to_slot(
        ready.day,
        ready.exercises.sheets,
        ready.links.printed,
        ready.links.strips,
        slot_of(content, request),
        report,
        is_kit=content.is_kit,
        wanted=_wanted(ready, request),
    )
    stages = _engine_slides(ready.sources, cut.stages, scope, setting) if cut.report.slot else cut.stages
    stages = _covered(content, stages, scope, report)
    stages = stages if setting.dividers else without_dividers(stages)
    people = request.people or content.meta.people
    ids = {stage.id for stage in stages}
    shown = tuple(stage for stage in ready.sources if stage.id in ids)
    printed = without_replaced(content, request.data, report)
    asked = ready.day.on_paper(_ids(stages)) if cut.asked == () and "quiz" in request.only else cut.asked
    planned = plan_prints(printed, shown, ready.numbers, people, scope)
    prints = in_use(planned, ready.whole, stages, asked, cut.report.slot)
    check_counts(request.counts, content, report)
    stages = _told(ready, request, with_counts(stages), prints)
    cut = replace(cut, appendix=told_minutes(cut.appendix, setting.language))
    tell_left_out(scope.pictures, report)
    _tell_changed(ready, stages, cut.report, request, report)
    start = _start(content, request, report)
    tell_out_of_date(scope.sources.values(), ready.cited, report)
    leaf = 0 < cut.report.slot <= ready.audience.meta.booklet.leaf
    stages = tuple(map(_on_a_leaf, stages)) if leaf else stages
    rows = run_sheet(stages, start, setting.language, cut.report)
    pieces = pieces_of(stages, rows, ready.day.moments, cut.kept, cut.aims) if content.is_kit else ()
    late = shortcuts(rows, pieces)
    stages = mark_named(stages, late)
    made = replace(
        _decided(ready, request, stages, cut, prints, people),
        run_sheet=rows,
        shortcuts=late,
        pieces=pieces,
        clocks=slide_clocks(stages, start, cut.report),
        references=_references(scope.sources.values(), ready.cited),
        own=ready.own,
        leaf=leaf,
        bets=placed(request.bets, stages, content, report),
    )
    return replace(made, appendix=(*made.appendix, *_works(made)))


def _told(ready: Ready, request: Request, stages: tuple[kit.Stage, ...], prints: Planned) -> tuple[kit.Stage, ...]:
    """Return the stages with what their slides say of the toy, of the quiz, of tasks without paper and of minutes."""
    scope, language = ready.scope, ready.setting.language
    toys = {source.id: scope.fill(source.meta.toy, source.at) for source in ready.sources if source.meta.toy}
    stages = tuple(_with_toy(stage, toys.get(stage.id, "")) for stage in stages)
    stages = tuple(_with_answers(stage, prints.quiz, language) for stage in stages)
    if not has_paper(request.room):
        stages = on_slides(stages, prints, ready.exercises.by_id, request.room, language)
    return tuple(replace(s, slides=told_minutes(s.slides, language)) for s in stages)


def _works(made: kit.Kit) -> Iterator[kit.Slide]:
    """Yield the hidden slide that lists the works that the slides cite, if there are any."""
    if made.works:
        title = (blocks.Run(str(messages(made.language)["print-sources"])),)
        lines = tuple(
            blocks.Line((blocks.Run(work.who, strong=True), blocks.Run(f" {work.title} {work.version}")))
            for work in made.works
        )
        names = {slide.id for slide in made.slides}
        name = next(name for k in count() if (name := f"sources{k or ''}") not in names)
        yield kit.Slide(
            id=name,
            layout=CONTENT.name,
            title=title,
            slots=(("main", (blocks.Prose(lines),)),),
            hidden=True,
            works=True,
        )


def _decided(
    ready: Ready, request: Request, stages: tuple[kit.Stage, ...], cut: Cut, prints: Planned, people: int
) -> kit.Kit:
    """Return the kit made of its parts, still without run sheet, references and own runs."""
    content, audience, setting = ready.content, ready.audience, ready.setting
    shown, meta = _ids(stages), content.meta
    return kit.Kit(
        title=meta.title or (stages[0].title if stages else content.name),
        subtitle=holds(meta.subtitle, shown),
        occasion=meta.occasion,
        footer=request.footer or content.footer,
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
        policy=content.policy,
        appendix=cut.appendix,
        plan=cut.report,
        profile=request.profile,
        printing=_printing(request, ready.audience.meta, meta),
        ballots=prints.ballots,
        decks=prints.decks,
        quiz=prints.quiz,
        later=prints.later,
        names=request.names,
        certificate=holds(meta.certificate, shown),
        record=meta.record,
        points=content.points,
        frameworks=content.frameworks,
        votes=meta.votes.partition(".")[0],
        again=request.again,
        program=request.program,
        cover=content.pictures.get(COVER),
        room=request.room,
        motion=content.is_kit if meta.motion is None else meta.motion,
        edits=_repeated(content, audience.id),
    )


def _repeated(content: src.Content, audience: str) -> dict[str, tuple[SlideEdit, ...]]:
    """Return id of a slide -> the edits made in PowerPoint that are repeated on it."""
    found: dict[str, tuple[SlideEdit, ...]] = {}
    for one in content.edits:
        if walk.visible(Attrs(pairs=(("for", one.audience),)), audience):
            found[one.slide] = (*found.get(one.slide, ()), one)
    return found


def _printing(request: Request, audience: AudienceMeta, meta: KitMeta) -> Printing:
    """Return how a kit is printed, apart from paper and profile."""
    return Printing(
        grey=request.grey,
        cutting=request.cutting,
        hints=request.hints,
        solutions=request.solutions,
        flip=request.flip,
        notes=request.printer,
        cover=audience.booklet.cover,
        flat=meta.name_tag == "flat",
    )


def _on_a_leaf(stage: kit.Stage) -> kit.Stage:
    """Return a stage with the leaf in its list of material, in place of all that is on it."""
    kept = [item for item in stage.material if not item.startswith(("quiz.pdf", "name-tag.pdf", "three slips"))]
    return replace(stage, material=tuple(item.replace("booklet.pdf", "leaf.pdf") for item in kept))


def _with_toy(stage: kit.Stage, toy: str) -> kit.Stage:
    """Return a stage with the line on where the toy stops on its last slide."""
    if not toy or not stage.slides:
        return stage
    return replace(stage, slides=(*stage.slides[:-1], replace(stage.slides[-1], toy=toy)))


def _with_answers(stage: kit.Stage, quiz: tuple[Question, ...], language: str) -> kit.Stage:
    """Return a stage whose slide of quiz answers has the questions that are asked, each with its letter and a sentence."""
    half = (len(quiz) + 1) // 2
    head = say(language, "quiz-letters")

    def line(question: Question) -> blocks.Line:
        letters = blocks.Run(f"{question.letters()} {head} {question.letters(after=True)}", strong=True)
        runs = (letters, blocks.Run("  "), *question.closing)
        return blocks.Line(runs=runs, marker="number", number=question.number, at=question.at)

    def lines(questions: tuple[Question, ...]) -> tuple[blocks.Block, ...]:
        return (blocks.Prose(tuple(map(line, questions))),)

    slots = (("left", lines(quiz[:half])), ("right", lines(quiz[half:])))

    def own(slide: kit.Slide) -> kit.Slide:
        return replace(slide, slots=slots) if slide.quiz == "answers" and quiz else slide

    return replace(stage, slides=tuple(map(own, stage.slides)))


def _ids(stages: Iterable[kit.Stage]) -> frozenset[str]:
    return frozenset(slide.id for stage in stages for slide in stage.slides if not slide.hidden)


def _start(content: src.Content, request: Request, report: Report) -> int | None:
    text = request.start or content.meta.start
    return parse_clock(text, report, None if request.start else content.meta_at.get("start"))


def _covered(
    content: src.Content, stages: tuple[kit.Stage, ...], scope: Scope, report: Report
) -> tuple[kit.Stage, ...]:
    """Return the stages with the cover before the first slide, if there is one."""
    cover = _cover(content, stages, scope, report)
    if cover is None or not stages:
        return stages
    return (replace(stages[0], slides=(cover, *stages[0].slides)), *stages[1:])


def _edited(content: src.Content, audience: str) -> frozenset[str]:
    """Return the slides with edits that came home from PowerPoint; the second part of a divided slide stands for the whole."""
    lines = (one.slide for one in content.edits if walk.visible(Attrs(pairs=(("for", one.audience),)), audience))
    own = (name for name, _, whom in (key.rpartition("@") for key in content.adopted) if whom in ("", audience))
    return frozenset(name for one in (*lines, *own) for name in (one, PART.sub("", one)))


def _wanted(ready: Ready, request: Request) -> Wanted:
    """Return which slides that are left out the deck has at its end."""
    which = request.appendix or (NEEDED if ready.day.moments else ALL)
    return Wanted(which=which, own=ready.own, edited=_edited(ready.content, ready.audience.id))


def _tell_changed(
    ready: Ready, stages: tuple[kit.Stage, ...], plan: PlanReport, request: Request, report: Report
) -> None:
    """Tell what became of the changes of overlays in this plan."""
    _tell_not_shown(ready, plan, request, report)
    _tell_moved(ready, stages, report)


def _tell_not_shown(ready: Ready, plan: PlanReport, request: Request, report: Report) -> None:
    """Advise of slides that an overlay brings or changes and that this plan doesn't show, since nobody would see the change."""
    overlays = [overlay.resolve() for overlay in request.overlays if plan.slot]
    shown = {line.slide for line in plan.lines if line.shown}
    slides = [slide for stage in ready.day.stages for slide in stage.slides]
    edited = _edited(ready.content, ready.audience.id)
    waiting = [slide.id for slide in slides if slide.id in edited and slide.id not in shown and plan.slot]
    waiting = [name for name in dict.fromkeys(waiting) if name not in {stage.id for stage in ready.day.stages}]
    for line in wrap(" ".join(waiting), limits.PRINTED_LETTERS * 3 // 4, break_on_hyphens=False):
        names = line.split()  # as many as one line may have
        count = "1 slide with your edits has" if len(names) == 1 else f"{len(names)} slides with your edits have"
        report.warn(f"{count} no room: {', '.join(names)} (in the appendix)", code="no-room")
    for slide in (slide for slide in slides if overlays and slide.id not in edited):
        if slide.id not in shown and any(Path(slide.at.path).resolve().is_relative_to(own) for own in overlays):
            hint = f"'list slides --audience {ready.audience.id}' says which slots show it"
            report.advise(f"'{slide.id}' isn't shown in {plan.slot:g} minutes", slide.at, hint, "not-shown")


def _tell_moved(ready: Ready, stages: tuple[kit.Stage, ...], report: Report) -> None:
    """Warn of a slide that an overlay moves before one that it needs."""
    places = {slide.id: place for place, slide in enumerate(slide for stage in stages for slide in stage.slides)}
    needs = {slide.id: slide.needs for stage in stages for slide in stage.slides}
    for move in ready.day.moves:
        for name in needs.get(move.id, ()):
            if places.get(name, 0) > places[move.id]:
                hint = "move it after that, or move both"
                report.warn(f"{move.id!r} now comes before {name!r}, which it needs", move.at, hint, "moved")


def tell_out_of_date(works: Iterable[Source], cited: Iterable[str], report: Report) -> None:
    """Warn of each cited work whose figure was meant to be looked at again by now; SOURCE_DATE_EPOCH counts as now."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    today = (datetime.fromtimestamp(int(given), UTC) if given.isdigit() else datetime.now(UTC)).date()
    keys = set(cited)
    for work in works:
        if work.key in keys and work.valid_until and work.valid_until < today:
            report.warn(
                f"the figure of '{work.key}' was to be checked again by {work.valid_until}",
                work.at,
                "look for a newer one, then move valid_until",
                OUT_OF_DATE,
            )


def _references(works: Iterable[Source], cited: Iterable[str]) -> tuple[kit.Reference, ...]:
    keys = set(cited)
    return tuple(
        kit.Reference(
            who=work.who, work=work.work, version=work.version, scope=work.measured_on, caveat=work.caveat, key=work.key
        )
        for work in works
        if work.key in keys
    )


def _engine_slides(
    sources: tuple[src.StageSource, ...], stages: tuple[kit.Stage, ...], scope: Scope, setting: Setting
) -> tuple[kit.Stage, ...]:
    """Return the stages with maps and closing slides made again, for the stages that are in."""
    ids = {stage.id for stage in stages}
    cut = frozenset(mark.id for mark in setting.marks if mark.id not in ids)
    learnt = tuple("" if m.id in cut else text for m, text in zip(setting.marks, setting.learnt, strict=True))
    now = replace(setting, learnt=learnt, cut=cut)
    silent = replace(scope, report=Report())  # their mistakes were reported before
    written = {slide.id: (slide, stage) for stage in sources for slide in seen_slides(stage, scope.audience)}

    def again(slide: kit.Slide) -> kit.Slide:
        if not {"maps", "closes"} & traits(slide.layout):
            return slide
        source, stage = written[slide.id]
        made = plan_slide(source, stage, (), silent.fresh(), now)
        return replace(slide, slots=made[0].slots)

    return tuple(replace(stage, slides=tuple(map(again, stage.slides))) for stage in stages)


def _cover(content: src.Content, stages: tuple[kit.Stage, ...], scope: Scope, report: Report) -> kit.Slide | None:
    meta = content.meta
    if not meta.title or not stages or not content.covered:
        return None
    at = content.meta_at.get("title", At(""))
    said = (content.byline or meta.author, _dated(content, report))
    fallback = curled(" · ".join(filter(None, said)), meta.language)
    title, rest = _divided(meta.title)
    subtitle, occasion = holds(meta.subtitle, _ids(stages)), meta.occasion or fallback
    parts = (("subtitle", (rest or subtitle,)), ("occasion", (subtitle if rest else "", occasion)))
    slots = tuple(
        (name, (blocks.Prose(tuple(blocks.Line((blocks.Run(text),), at=at) for text in texts if text)),))
        for name, texts in parts
        if any(texts)
    )
    return kit.Slide(
        id="cover",
        layout=frames.COVER.name,
        title=(blocks.Run(title),),
        slots=slots,
        notes=tuple(kit.Note("", blocks.Prose((blocks.Line((blocks.Run(text),), at=at),))) for text in content.notes),
        stage=stages[0].id,
        background=background_of(Attrs(pairs=(("background-image", content.behind),)), at, scope),
        at=at,
    )


def _dated(content: src.Content, report: Report) -> str:
    """Return the date as its language writes it, or as it was typed if the package that knows how isn't installed."""
    meta = content.meta
    try:
        return dated(meta.date, meta.language)
    except ModuleNotFoundError as missing:
        what, fix = lacking(missing.name or "")
        report.warn(f"the date stays as it is typed, since {what}", content.meta_at.get("date"), fix)
        return meta.date


def _divided(title: str) -> tuple[str, str]:
    """Return a title and its subtitle: a long one is divided after a colon or a question mark, or at a dash.

    >>> _divided("Cycling in the rain: what five years of counting can and cannot tell us")
    ('Cycling in the rain', 'What five years of counting can and cannot tell us')
    """
    found = DIVIDES.search(title) if len(title) > LONG_TITLE else None
    if found is None:
        return title, ""
    rest = title[found.end() :].strip()
    return title[: found.start()] + found[0].strip().strip(":–"), rest[:1].upper() + rest[1:]


def _glossary(content: src.Content, stages: tuple[kit.Stage, ...]) -> tuple[kit.GlossaryEntry, ...]:
    """Return the terms of the stages that are in, in alphabetical order; only for a kit."""
    if not content.is_kit:
        return ()
    ids = {stage.id for stage in stages}
    terms = [term for term in content.glossary if not term.stage or term.stage in ids]
    return tuple(kit.GlossaryEntry(t.term, t.definition) for t in sorted(terms, key=lambda t: t.term.lower()))


# Which slots show each slide.
def shown_in(day: Day, slots: Sequence[float]) -> Iterator[tuple[str, Slide, tuple[bool, ...]]]:
    """Yield every slide in the order of the kit: its stage's title, the slide, and whether each slot (in minutes) shows it."""
    plans = [fit.shown if (fit := fit_day(day, slot)) else frozenset[str]() for slot in slots]
    for stage in day.stages:
        for slide in to_choose(stage):
            yield stage.title, slide, tuple(slide.id in shown for shown in plans)
