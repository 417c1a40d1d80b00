"""From declarations to sections: which runs a page needs, running them, and putting their findings together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from workshop.errors import At, Report, did_you_mean
from workshop.explore.drawn import Look
from workshop.explore.grid import BEFORE, Control, Seen, choices, controls_of, grid, key_of
from workshop.explore.others import guessed, mapped, sorted_cards
from workshop.explore.part import Part
from workshop.explore.picked import picked
from workshop.explore.said import PokeError
from workshop.explore.section import section
from workshop.explore.typed import asked
from workshop.model.exhibits import Demo, Findings
from workshop.model.explored import Section
from workshop.model.pokes import (
    MOST_CASES,
    MOST_STATES,
    Ask,
    Cases,
    Guess,
    Map,
    Pick,
    Poke,
    Sort,
    Sweep,
)
from workshop.plugins.registry import Registry
from workshop.runs.arguments import Parameter, convert, parameters
from workshop.runs.cache import Sources
from workshop.runs.runner import RunRequest, run_demos
from workshop.wording.formats import FILTERS

CODE = "poke"
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
) -> tuple[Section, ...]:
    """Run what the subjects' pokes need, and return their sections; a poke that doesn't fit its demo is reported and left out.

    Args:
        sources: digests of the demos' modules.
        texts: whether pokes for typed text are wanted, with which the kit's own texts travel.
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
    for subject in subjects:
        if subject.base.name not in bases:
            continue
        runs = {**found, subject.base.name: bases[subject.base.name]}
        _name_slow(subject, fitting[subject.demo.name], runs, report)
        one = _section(subject, fitting[subject.demo.name], runs, look, seed=seed, texts=texts, report=report)
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
    inner = poke.then if isinstance(poke, Guess) else poke
    return inner if isinstance(inner, Sweep | Cases) else None


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
        report.error(f"a poke of {demo.name}: {message}", subject.at, hint, CODE)
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
        if turned is not None and max(took, default=0.0) > SLOW:
            knobs = " and ".join(name for name in _knobs(turned) if name in subject.knobs)
            message = (
                f"a poke of {subject.demo.name} turns {knobs}, and its {len(took)} runs take {sum(took):.0f} s together"
            )
            hint = f"give it fewer values, or make a run quicker than {SLOW:.0f} s"
            report.advise(message, subject.at, hint, CODE)


# ---------------------------------------------------------------- sections
def _section(
    subject: Subject,
    pokes: Sequence[Poke],
    runs: Mapping[str, Findings],
    look: Look,
    *,
    seed: int,
    texts: bool,
    report: Report,
) -> Section | None:
    demo, base = subject.demo, runs[subject.base.name]
    parts: list[Part] = []
    leads: list[str] = []
    for poke in pokes:
        if isinstance(poke, Ask) and not texts:
            continue
        try:
            parts.append(_part(poke, subject, base, runs, f"{demo.name.replace('_', '')}{len(parts)}x", look, parts))
            leads.extend([poke.lead] if poke.lead else [])
        except PokeError as error:
            report.error(f"a poke of {demo.name}: {error.problem.message}", subject.at, code=CODE)
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
        parts=parts,
        basis=shown,
        seed=seed,
        words=look.words,
    )


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
            return _grid(poke, subject, base, runs, prefix, look)
        case Guess():
            return guessed(poke, base, _grid(poke.then, subject, base, runs, prefix, look), prefix, look.words)
        case Ask():
            return asked(poke, base, prefix, next((p for p in before if p.kind == "steps"), None), look.words)
        case Pick():
            return picked(poke, base, prefix, look.words)
        case Map():
            return mapped(poke, base, prefix)
        case Sort():
            return sorted_cards(poke, base, look.words)
    raise PokeError(f"{type(poke).__name__} isn't something that can be poked")


def _grid(
    poke: Sweep | Cases, subject: Subject, base: Findings, runs: Mapping[str, Findings], prefix: str, look: Look
) -> Part:
    knob = poke.knob if isinstance(poke, Sweep) else poke.name
    controls = controls_of(poke, base, subject.base.knobs.get(knob, _default(subject, knob)))
    states = choices(controls)
    if len(states) > MOST_CASES:
        raise PokeError(f"it has {len(states)} states; at most {MOST_CASES} are possible")
    return grid(poke, controls, [_seen(choice, poke, controls, subject, runs) for choice in states], prefix, look)


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
