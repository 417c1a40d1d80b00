"""The step of a build that makes the sections of the companion page; they are kept by a digest of all that they depend on."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from msgspec import Struct, to_builtins
from msgspec.structs import replace

from workshop import __version__
from workshop.addons.explore.companion import BUDGET, Explored, Section, section, stages_told
from workshop.addons.explore.drawn import Look, Part, PokeError, Words
from workshop.addons.explore.linked_states import wrong_states
from workshop.addons.explore.model_that_reads import training
from workshop.addons.explore.picks import picked
from workshop.addons.explore.slide_bets import SlideBet, unknown_bets, with_bet
from workshop.addons.explore.states import (
    BEFORE,
    Control,
    Seen,
    choices,
    controls_of,
    grid,
    key_of,
    mapped,
    sorted_cards,
)
from workshop.addons.explore.typed_text import asked
from workshop.charts.kind import Kinds
from workshop.errors import At, ExitCode, Problem, Report, Severity, WorkshopError, did_you_mean
from workshop.expressions import Evaluator, ExpressionError
from workshop.files.memo import Memo, code_digest, digest
from workshop.model.exhibits import Demo, Findings
from workshop.model.kit import Kit
from workshop.model.pokes import MOST_CASES, MOST_STATES, Ask, Cases, Map, Pick, Poke, Sort, Sweep, Train
from workshop.model.request import Request
from workshop.model.source import Content, RunSpec
from workshop.model.walk import names_in
from workshop.plugins.registry import Registry
from workshop.runs.arguments import Parameter, convert, parameters
from workshop.runs.cache import Sources, is_kept
from workshop.runs.requests import run_requests
from workshop.runs.runner import RunRequest, run_demos, run_keys
from workshop.wording.formats import FILTERS

# ---------------------------------------------------------------- gather
# From declarations to sections: which runs a page needs, running them, and putting their findings together.
POKE = "poke"
SLOW = 2.0  # seconds of processor time for one state of a sweep


class Subject(Struct, frozen=True, kw_only=True):
    """A demo that is on the page.

    Attributes:
        base: the run with the kit's own data and knobs, and the user's.
        stage: number of the stage that it belongs to; 0 for none.
    """

    demo: Demo
    base: RunRequest
    stage: int
    stage_title: str

    @property
    def knobs(self) -> dict[str, Parameter]:
        """The demo's knobs by name."""
        return {p.name: p for p in parameters(self.demo) if p.kind == "knob"}

    @property
    def at(self) -> At:
        """The line at which the demo is declared."""
        code = self.demo.function.__code__
        path, here = Path(code.co_filename), Path.cwd()
        return At((path.relative_to(here) if path.is_relative_to(here) else path).as_posix(), code.co_firstlineno)


def sections(
    subjects: Sequence[Subject],
    registry: Registry,
    look: Look,
    *,
    seed: int,
    cache: Path | None,
    texts: bool,
    report: Report,
    sources: Sources,
    bets: Mapping[str, SlideBet],
) -> tuple[Section, ...]:
    """Run what the subjects' pokes need, and return their sections; a poke that doesn't fit its demo is reported and left out.

    Args:
        sources: digests of the demos' modules.
        texts: whether pokes for typed text are wanted, with which the kit's own texts travel.
        bets: slide id -> its bet.
    """
    fitting = {s.demo.name: tuple(p for p in s.demo.pokes if _fits(p, s, report)) for s in subjects}
    bases, problems = run_demos(
        [s.base for s in subjects], registry, seed=seed, cache=cache, tables=True, sources=sources
    )
    report.extend(problems)
    wanted = [r for s in subjects if s.base.name in bases for r in _turned(s, fitting[s.demo.name])]
    found, problems = run_demos(wanted, registry, seed=seed, cache=cache, sources=sources)
    report.extend(problems)
    made = []
    for number, subject in enumerate(subjects):
        if subject.base.name not in bases:
            continue
        prefix = chr(ord("a") + number // 26) + chr(ord("a") + number % 26)  # short, since it is in every state
        runs = {**found, subject.base.name: bases[subject.base.name]}
        _name_slow(subject, fitting[subject.demo.name], runs, report)
        fit = fitting[subject.demo.name]
        one = _section(subject, fit, runs, prefix, look, seed=seed, texts=texts, report=report, bets=bets)
        made.extend([one] if one is not None else [])
    return tuple(made)


def turned_runs(subjects: Sequence[Subject]) -> list[RunRequest]:
    """Return the runs that the subjects' pokes need besides their bases, as far as the pokes fit their demos."""
    return [r for s in subjects for r in _turned(s, [p for p in s.demo.pokes if _fits(p, s, Report())])]


def _turned(subject: Subject, pokes: Iterable[Poke]) -> list[RunRequest]:
    runs = {r.name: r for poke in pokes for r in _sweeps(poke, subject).values() if r is not subject.base}
    return list(runs.values())


# ---------------------------------------------------------------- declarations
def _grid_of(poke: Poke) -> Sweep | Cases | None:
    return poke if isinstance(poke, Sweep | Cases) else None


def _knobs(poke: Sweep | Cases) -> dict[str, tuple[object, ...]]:
    """Return the values of each name that is turned, if they are known before a run."""
    if isinstance(poke, Sweep):
        return {poke.knob: poke.values}
    options = {} if isinstance(poke.options, str) else {poke.name: tuple(poke.options)}
    return options | (_knobs(poke.by) if poke.by is not None else {})


def _fits(poke: Poke, subject: Subject, report: Report) -> bool:
    """Whether what a poke turns is there, and its values are allowed; if not, that is reported."""
    demo, own, turned = subject.demo, subject.knobs, _grid_of(poke)
    wrong: list[tuple[str, str]] = []
    unit = getattr(turned or poke, "unit", "text").partition("(")[0]
    if unit not in FILTERS:
        wrong.append((f"there is no filter '{unit}'", did_you_mean(unit, FILTERS)))
    if isinstance(turned, Sweep):
        if turned.knob not in own:
            wrong.append(
                (f"it sweeps the knob '{turned.knob}', which {demo.name} doesn't have", did_you_mean(turned.knob, own))
            )
        if turned.kind not in ("slider", "steps"):
            wrong.append((f"a sweep can't be of the kind '{turned.kind}'", "write slider or steps"))
    if isinstance(turned, Cases) and isinstance(turned.options, str) and turned.name in own:
        hint = "choose another name, or give its values as options"
        wrong.append((f"'{turned.name}' is a knob, but its options are the list '{turned.options}'", hint))
    for name, values in (_knobs(turned) if turned is not None else {}).items():
        if not 2 <= len(values) <= MOST_STATES:
            wrong.append((f"{name} has {len(values)} values", f"give it from 2 to {MOST_STATES}"))
        for value in values if name in own else ():
            try:
                convert(key_of(value), own[name].type, demo.knobs.get(name))
            except ValueError as error:
                wrong.append((f"{demo.name}.{name} can't be {value}", str(error)))
    for message, hint in wrong:
        report.error(f"a poke of {demo.name}: {message}", subject.at, hint, POKE)
    return not wrong


# ---------------------------------------------------------------- runs
def _sweeps(poke: Poke, subject: Subject) -> dict[tuple[str, ...], RunRequest]:
    """Return the run of each combination of knobs that a poke turns; names that aren't knobs turn nothing."""
    turned = _grid_of(poke)
    if turned is None:
        return {}
    own = subject.knobs
    combinations: list[dict[str, str]] = [{}]
    for name, values in _knobs(turned).items():
        if name in own:
            combinations = [c | {name: key_of(value)} for c in combinations for value in values]
    return {tuple(c.values()): _run(subject, c) for c in combinations}


def _run(subject: Subject, knobs: Mapping[str, str]) -> RunRequest:
    """Return the run with some knobs turned: the base itself if they are turned so anyway."""
    base = subject.base
    if all(base.knobs.get(name, _default(subject, name)) == value for name, value in knobs.items()):
        return base
    turned = ",".join(f"{name}={value}" for name, value in sorted(knobs.items()))
    return replace(base, name=f"{base.name}?{turned}", knobs={**base.knobs, **knobs})


def _default(subject: Subject, name: str) -> str:
    own = subject.knobs
    return key_of(own[name].default) if name in own else ""


def _name_slow(subject: Subject, pokes: Sequence[Poke], runs: Mapping[str, Findings], report: Report) -> None:
    """Say so if a state of a sweep takes long to compute: whoever builds the page from scratch has to wait for all of them."""
    for poke in pokes:
        names = dict.fromkeys(request.name for request in _sweeps(poke, subject).values())
        took = [about.seconds for name in names if name in runs and (about := runs[name].about) is not None]
        turned = _grid_of(poke)
        knobs = " and ".join(name for name in _knobs(turned) if name in subject.knobs) if turned is not None else ""
        if knobs and max(took, default=0.0) > SLOW:
            message = (
                f"a poke of {subject.demo.name} turns {knobs}, and its {len(took)} runs take {sum(took):.0f} s together"
            )
            hint = f"give it fewer values, or make a run quicker than {SLOW:.0f} s"
            report.advise(message, subject.at, hint, POKE)


# ---------------------------------------------------------------- sections
def _section(
    subject: Subject,
    pokes: Sequence[Poke],
    runs: Mapping[str, Findings],
    prefix: str,
    look: Look,
    *,
    seed: int,
    texts: bool,
    report: Report,
    bets: Mapping[str, SlideBet],
) -> Section | None:
    demo, base = subject.demo, runs[subject.base.name]
    parts: list[Part] = []
    leads: list[str] = []
    for poke in pokes:
        if (isinstance(poke, Ask) and not texts) or not _has(poke.needs, base):
            continue
        try:
            here = f"{prefix}{len(parts)}"
            part = _part(poke, subject, base, runs, here, look, parts)
            if poke.bet in bets:
                name = f"bet{sum(bool(p.bet) for p in parts) or ''}"  # a demo may have two
                part = with_bet(part, bets[poke.bet], here, name, look.words)
            parts.append(part)
            leads.extend([poke.lead] if poke.lead else [])
        except PokeError as error:
            report.error(f"a poke of {demo.name}: {error.problem.message}", subject.at, code=POKE)
        except KeyError:
            continue  # a run of it failed, which is reported
    if not parts:
        return None
    shown = [e for part in parts for e in part.exhibits] or list(base.exhibits.values())
    return section(
        name=demo.name,
        title=demo.title,
        lead=" ".join(leads),
        stage=subject.stage,
        stage_title=subject.stage_title,
        toy_of=demo.toy_of,
        parts=parts,
        basis=shown,
        seed=seed,
        words=look.words,
    )


def _has(needs: str, base: Findings) -> bool:
    """Whether a run has the fact that a poke needs."""
    try:
        return not needs or bool(Evaluator(base.facts).value(needs))
    except ExpressionError:
        return False


def _part(
    poke: Poke,
    subject: Subject,
    base: Findings,
    runs: Mapping[str, Findings],
    prefix: str,
    look: Look,
    before: Sequence[Part],
) -> Part:
    match poke:
        case Sweep() | Cases():
            return grid(poke, *_states(poke, subject, base, runs), prefix, look)
        case Ask():
            return asked(poke, base, prefix, next((p.data for p in before if p.kind == "steps"), None), look.words)
        case Pick():
            return picked(poke, base, prefix, look.words)
        case Train():
            return training(poke, base, prefix, look.words, in_bits=subject.demo.name in look.in_bits)
        case Map():
            return mapped(poke, base, prefix)
        case Sort():
            return sorted_cards(poke, base, look.words)
    raise PokeError(f"{type(poke).__name__} isn't something that can be poked")


def _states(
    poke: Sweep | Cases, subject: Subject, base: Findings, runs: Mapping[str, Findings]
) -> tuple[tuple[Control, ...], list[Seen]]:
    knob = poke.knob if isinstance(poke, Sweep) else poke.name
    controls = controls_of(poke, base, subject.base.knobs.get(knob, _default(subject, knob)))
    states = choices(controls)
    if len(states) > MOST_CASES:
        raise PokeError(f"it has {len(states)} states; at most {MOST_CASES} are possible")
    return controls, [_seen(choice, poke, controls, subject, runs) for choice in states]


def _seen(
    choice: Mapping[str, str],
    poke: Sweep | Cases,
    controls: Sequence[Control],
    subject: Subject,
    runs: Mapping[str, Findings],
) -> Seen:
    before = poke.before if isinstance(poke, Sweep) and choice[poke.knob] == BEFORE else None
    own = subject.knobs
    turned = {name: value for name, value in choice.items() if name in own}
    if before is not None:
        turned[controls[0].name] = controls[0].keys[1]
    return Seen(choice, runs[_run(subject, turned).name], before)


# ---------------------------------------------------------------- step
ROOM = 80 * 1024  # of a page, for its script, style and frame
CODE = ("addons/explore", "charts", "wording")  # what a section is made with, besides the demos
NO_STAGE = 1_000  # demos without a stage come last


def _subjects(bases: Sequence[RunRequest], stages: Mapping[str, int], registry: Registry, kit: Kit) -> list[Subject]:
    titles = {mark.number: mark.title for mark in kit.marks}
    return [
        Subject(demo=registry.get("demo", base.demo), base=base, stage=stage, stage_title=titles.get(stage, ""))
        for base, stage in zip(bases, stages.values(), strict=True)
    ]


def _elsewhere(
    stages: Mapping[str, int], made: Sequence[Section], registry: Registry
) -> tuple[tuple[str, str, int], ...]:
    """Return name, title and stage of each demo that is on slides and can't be poked."""
    there = {section.id for section in made}
    return tuple(
        (name, registry.get("demo", name).title, stage) for name, stage in stages.items() if name not in there and stage
    )


def _drawn(
    subjects: Sequence[Subject],
    registry: Registry,
    look: Look,
    request: Request,
    *,
    sources: Sources,
    bets: Mapping[str, SlideBet],
) -> tuple[tuple[Section, ...], tuple[Problem, ...]]:
    """Return the sections of the page, and what is wrong with them."""
    report = Report()
    found = sections(
        subjects,
        registry,
        look,
        seed=request.seed,
        cache=request.cache,
        texts=not request.of("explore").get("without_texts"),
        report=report,
        sources=sources,
        bets=bets,
    )
    return found, tuple(report.found)


def explore(
    content: Content,
    kit: Kit,
    request: Request,
    registry: Registry,
    *,
    kinds: Kinds,
    colors: Mapping[str, Mapping[str, str]],
    sources: Sources,
    bets: Mapping[str, SlideBet],
    in_bits: frozenset[str] = frozenset(),
) -> tuple[Explored | None, tuple[Problem, ...]]:
    """Return what is on the companion page of a kit, or ``None`` if nothing in it can be poked.

    With data, knobs or a seed of the user's own, a poke that doesn't fit them is left out with a warning.

    Args:
        colors: name of a set of colours -> role -> six hex digits; charts are resolved for the first one.
        sources: digests of the demos' modules.
        bets: slide id -> its bet.
        in_bits: the demos whose surprise is told in bits.
    """
    stages, bases = _bases(content, request, registry)
    texts = not request.of("explore").get("without_texts")
    keys = run_keys(bases, registry, seed=request.seed, sources=sources)
    subjects = _subjects(bases, stages, registry, kit)

    look = Look(next(iter(colors.values())), kinds, Words(kit.language), in_bits)
    name = _digest(keys, kit, request, colors, _named(bets, subjects), in_bits)
    make = partial(_drawn, subjects, registry, look, request, sources=sources, bets=bets)
    made, problems = EXPLORED.once(request.cache, name, make)
    problems = (*problems, *_misnamed(subjects, made, content))
    if _varied(content, request):
        problems = tuple(replace(p, severity=min(p.severity, Severity.WARNING)) for p in problems)
    if texts and _varied(content, request) and sum(section.size for section in made) > BUDGET - ROOM:
        without = replace(request, extra={**request.extra, "explore": {**request.of("explore"), "without_texts": True}})
        found, told = explore(
            content, kit, without, registry, kinds=kinds, colors=colors, sources=sources, bets=bets, in_bits=in_bits
        )
        return found, (*told, _too_large(made))
    if not made:
        return None, problems
    return Explored(
        sections=made,
        seed=request.seed,
        colors=colors,
        starred=_starred(content),
        stages=stages_told(content, Words(kit.language)),
        elsewhere=_elsewhere(stages, made, registry),
    ), (*problems, *_own_texts(content, request, made))


def _misnamed(subjects: Sequence[Subject], made: Sequence[Section], content: Content) -> Iterable[Problem]:
    """Yield what names nothing: bets that no slide asks for, and states that no demo has."""
    yield from unknown_bets(((s.demo, s.at) for s in subjects), content)
    yield from wrong_states(content, made)


def _starred(content: Content) -> frozenset[str]:
    """Return the demos that slides open, for whatever audience."""
    return frozenset(slide.attrs.get("opens").partition("?")[0] for stage in content.stages for slide in stage.slides)


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
    demos = request.of("explore").get("demos", ())
    for name in demos:
        if name not in stages:
            message = f"no slide here uses a demo named '{name}'"
            raise WorkshopError(Problem(message, hint=did_you_mean(name, stages), code="poke"), ExitCode.USAGE)
    return {name: stage for name, stage in stages.items() if not demos or name in demos}


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


def _own_texts(content: Content, request: Request, made: tuple[Section, ...]) -> tuple[Problem, ...]:
    """Return a remark that the user's own texts travel inside the page, if any do."""
    filled = {demo for demo, _ in (*request.data, *content.own_slots)}
    count = sum(section.texts for section in made if section.id in filled)
    if not count:
        return ()
    texts = "one of your own texts is" if count == 1 else f"{count} of your own texts are"
    hint = "whoever gets the file can read them; --without-texts leaves them out"
    return (Problem(f"{texts} inside explore.html", hint=hint, code="own-texts", severity=Severity.ADVICE),)


def _varied(content: Content, request: Request) -> bool:
    return bool(request.data or request.sets or request.seed or content.own_slots)


# ---------------------------------------------------------------- kept from an earlier build
def _named(bets: Mapping[str, SlideBet], subjects: Iterable[Subject]) -> dict[str, SlideBet]:
    """Return the bets that are on the page: words of another one change nothing there."""
    names = sorted({poke.bet for subject in subjects for poke in subject.demo.pokes})
    return {name: bets[name] for name in names if name in bets}


def _digest(
    keys: Sequence[str],
    kit: Kit,
    request: Request,
    colors: Mapping[str, Mapping[str, str]],
    bets: Mapping[str, SlideBet],
    in_bits: frozenset[str],
) -> str:
    """Return a digest of all that the sections depend on; "" if one of the runs is never kept."""
    if not all(keys):
        return ""
    marks = [(mark.number, mark.title) for mark in kit.marks]
    sets = {name: dict(roles) for name, roles in colors.items()}
    return digest(
        __version__,
        list(keys),
        code_digest(*CODE),
        kit.language,
        marks,
        sets,
        to_builtins(bets),
        sorted(in_bits),
        not request.of("explore").get("without_texts"),
    )


def _read(stored: bytes) -> tuple[tuple[Section, ...], tuple[Problem, ...]]:
    told = json.loads(stored)
    made = tuple(Section(**record | {"kinds": tuple(record["kinds"])}) for record in told["sections"])
    problems = tuple(
        Problem(
            p["message"],
            At(**p["at"]) if p["at"] else None,
            hint=p["hint"],
            code=p["code"],
            severity=Severity(p["severity"]),
        )
        for p in told["problems"]
    )
    return made, problems


def _write(found: tuple[tuple[Section, ...], tuple[Problem, ...]]) -> bytes:
    return json.dumps(dict(zip(("sections", "problems"), to_builtins(found), strict=True))).encode()


EXPLORED = Memo(".explored", _read, _write)
