"""Reports on plans: which rules each keeps, what was counted for them, and a plan by the clock."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct

from workshop.errors import Report
from workshop.layouts import traits
from workshop.model.blocks import Map
from workshop.model.kit import Kit
from workshop.model.request import Request
from workshop.model.slot import PlanLine, RuleReport
from workshop.plan.invariants import rules
from workshop.plan.invariants.finished import Breach, Finished, Spot, finished, lines_on, spoken_words
from workshop.plan.invariants.in_the_room import done, right_letters, stages_at_work
from workshop.plan.invariants.rules import PACE, RULES, bet_seconds, breaches
from workshop.plan.plan_kit import decide
from workshop.plan.ready import Ready
from workshop.plan.slot.clock import clock, parse_clock

# ---------------------------------------------------------------- tables
# Tables over many plans of a kit: which rules each keeps, what it hides, and where each point is shown.
KEPT, BROKEN = "+", "x"


class Tried(Struct, frozen=True, kw_only=True):
    """One plan and its breaches."""

    plan: Finished
    breaches: tuple[Breach, ...]

    @property
    def audience(self) -> str:
        """The id of its audience."""
        return self.plan.kit.audience

    @property
    def lines(self) -> tuple[PlanLine, ...]:
        """Every slide that could be in, with the reason why it is or isn't."""
        return self.plan.kit.plan.lines


def try_plan(
    ready: Ready, request: Request, report: Report, files: Callable[[Kit], Collection[str]] | None = None
) -> Tried:
    """Return the plan of the requested slot, and its breaches; ``files`` returns the names of what a build makes."""
    kit = decide(ready, request, report)
    plan = finished(ready.day, kit, files(kit) if files else None)
    return Tried(plan=plan, breaches=tuple(breaches(plan)))


def rules_table(tried: Sequence[Tried]) -> str:
    """Return a table of rules by audience and slot, followed by what each rule says."""
    wide = max(len(plan.audience) for plan in tried)
    rows = [f"{'audience':{wide}}  {'slot':>4}  {'slides':>6}  {'buffer':>6}  {' '.join(f'{r:>3}' for r in RULES)}"]
    for plan in tried:
        broken = {breach.rule for breach in plan.breaches}
        marks = " ".join(f"{BROKEN if rule in broken else KEPT:>3}" for rule in RULES)
        count = len(plan.plan.slides)
        rows.append(
            f"{plan.audience:{wide}}  {plan.plan.slot:>4g}  {count:>6}  {plan.plan.kit.plan.buffer:>6g}  {marks}"
        )
    rows += ["", *(f"{rule:>3}  {says}" for rule, (says, _) in RULES.items())]
    return "\n".join(rows)


def hidden_core(tried: Sequence[Tried]) -> str:
    """Return each audience's core slides that the plans hide, with the slot that first shows each and the reason."""
    rows = ["core slides that are hidden, and the slot from which each is shown"]
    for audience in dict.fromkeys(plan.audience for plan in tried):
        mine = [plan for plan in tried if plan.audience == audience]
        longest = max(mine, key=lambda plan: plan.plan.slot)
        for line in longest.lines:
            if line.priority != "core":
                continue
            slots = [p.plan.slot for p in mine if any(other.slide == line.slide and other.shown for other in p.lines)]
            hidden = [plan.plan.slot for plan in mine if plan.plan.slot not in slots]
            if hidden:
                first = f"shown from {min(slots):g} minutes on" if slots else "never shown"
                rows.append(f"  {audience}: {line.slide}, {first} ({line.because})")
    return "\n".join(rows)


def shortest_slots(tried: Sequence[Tried]) -> str:
    """Return the shortest slot that shows each numbered point of the subject, for each audience."""
    audiences = list(dict.fromkeys(plan.audience for plan in tried))
    points = tried[0].plan.day.points
    rows = [f"{'point':5}  {'  '.join(f'{name:>10}' for name in audiences)}"]
    for point in points:
        cells = []
        for audience in audiences:
            slots = [
                plan.plan.slot
                for plan in tried
                if plan.audience == audience and any(point.id in slide.teaches for slide in plan.plan.slides)
            ]
            cells.append(f"{min(slots):g}" if slots else "–")
        rows.append(f"{point.id:5}  {'  '.join(f'{cell:>10}' for cell in cells)}")
    return "\n".join(rows)


# ---------------------------------------------------------------- figures
# Says in a few words what each rule counted or measured in a plan.
Figure = Callable[[Finished], str]


def rule_reports(plan: Finished) -> tuple[RuleReport, ...]:
    """Return what every rule found in a plan."""
    return tuple(
        RuleReport(
            rule=name, says=says, found=FIGURES[name](plan), broken=tuple(breach.message for breach in rule(plan))
        )
        for name, (says, rule) in RULES.items()
    )


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' * (count != 1)}"


def _bets(plan: Finished) -> str:
    return _many(sum("asks" in traits(slide.layout) and not slide.quiz for slide in plan.slides), "bet")


def _tasks(plan: Finished) -> str:
    return _many(sum(bool(slide.task or slide.does == "thumbs") for slide in plan.slides), "task")


def _votes(plan: Finished) -> str:
    return _many(sum(slide.does == "vote" for slide in plan.slides), "vote")


def _way_back(plan: Finished) -> str:
    found = rules.way_back(plan)
    if found is None:
        return "no vote"
    minutes, counted, back = found
    return f"{minutes:g} minutes from '{counted.id}' to '{back.id}'"


def _quiz(plan: Finished) -> str:
    return _many(len(plan.kit.quiz), "question")


def _promises(plan: Finished) -> str:
    slides = [slide for slide in plan.slides if slide.promise]
    runs = [run for slide in slides for line in lines_on(slide) for run in (*slide.title, *line.runs)]
    return _many(len({run.text for run in runs if run.kept_by}), "promise")


def _remembered(plan: Finished) -> str:
    latest = {
        s.id: max((m for m in plan.moments(s) if m.remember), key=lambda m: m.least, default=None) for s in plan.stages
    }
    return ", ".join(moment.id if moment else "–" for moment in latest.values())


def _idle(plan: Finished) -> str:
    minutes, last, then = max(rules.idle_times(plan), key=lambda found: found[0])
    return f"at most {minutes:g} minutes, between {last} and {then}"


def _edges(plan: Finished) -> str:
    wrong = sum(any("corrects" in traits(slide.layout) for slide in stage.slides) for stage in plan.stages)
    toys = sum(any(slide.toy for slide in stage.slides) for stage in plan.stages)
    return f"of {_many(len(plan.stages), 'stage')}, {wrong} with a misconception, {toys} with a toy line"


def _mentions(plan: Finished) -> str:
    return f"{_many(len(plan.slides), 'slide')} read"


def _honest(plan: Finished) -> str:
    timed = [slide for slide in plan.slides if slide.minutes]
    if not timed:
        return "no slide has minutes"
    fullest = max(timed, key=lambda slide: spoken_words(slide) / slide.minutes)
    full = spoken_words(fullest) / rules.PACE / fullest.minutes
    total = rules.speech(plan)
    share = total / plan.kit.plan.slides
    return f"{total:.0f} of {plan.kit.plan.slides:g} minutes are speech ({share:.0%}); the fullest is '{fullest.id}' ({full:.0%})"


def _pencils(plan: Finished) -> str:
    working = rules.at_work(plan)
    return f"{_many(len(working), 'task')} on paper, {sum(spot.minutes for spot in working):g} minutes"


def _sittings(plan: Finished) -> str:
    return f"{', '.join(f'{minutes:g}' for minutes, _ in rules.sittings(plan))} minutes at a time"


def _subject(plan: Finished) -> str:
    if plan.day.written.whole.get(plan.kit.audience) != plan.slot:
        return "not required of this plan"
    return _many(sum(len(point.shown) for point in plan.day.points), "statement")


def _lists(plan: Finished) -> str:
    return f"{_many(sum(map(rules.is_list, plan.slides)), 'slide')} with only a list"


def _map(plan: Finished) -> str:
    drawn = [b for slide in plan.slides for _, blocks in slide.slots for b in blocks if isinstance(b, Map)]
    tiles = [tile for block in drawn for phase in block.phases for tile in phase.tiles]
    return f"{sum(bool(tile.link) for tile in tiles)} of {_many(len(tiles), 'tile')} have a link"


def _sum(plan: Finished) -> str:
    account = plan.kit.plan
    blocks = sum(block.minutes for block in account.blocks)
    parts = {"slides": account.slides, "breaks": account.breaks, "blocks": blocks, "buffer": account.buffer}
    listed = " + ".join(f"{minutes:g} {name}" for name, minutes in parts.items() if minutes)
    return f"{listed} = {account.total:g} of {plan.slot:g}"


def _letters(plan: Finished) -> str:
    return f"right are {right_letters(plan.slides) or 'no letters'}"


def _twice(plan: Finished) -> str:
    return f"{_many(sum(slide.twice for slide in plan.slides), 'bet')} placed again after talk"


def _wrong(plan: Finished) -> str:
    names = {option.misconception for question in plan.kit.quiz for option in question.options if not option.right}
    return _many(len(names), "misconception")


def _made(plan: Finished) -> str:
    tasks = sum(len(sheet.for_class) for sheet in plan.kit.sheets)
    return f"{_many(tasks, 'task')} in the booklet" if plan.files is None else f"{_many(len(plan.files), 'file')}"


def _working(plan: Finished) -> str:
    return f"the room works in {len(stages_at_work(plan))} of {_many(len(plan.stages), 'stage')}"


def _shortest(plan: Finished) -> str:
    minutes = {stage.short: stage.minutes for stage in plan.stages}
    return f"at least {min(minutes.values(), default=0):g} minutes in each of {_many(len(minutes), 'stage')}"


def _done(plan: Finished) -> str:
    doing, whole = done(plan)
    return (
        f"the room does something for {doing:g} of {whole:g} minutes ({doing / whole:.0%})" if whole else "no minutes"
    )


FIGURES: Mapping[str, Figure] = MappingProxyType(
    {
        "P1": _bets,
        "P2": _tasks,
        "P3": _votes,
        "P4": _way_back,
        "P5": _quiz,
        "P6": _quiz,
        "P7": _promises,
        "P8": _remembered,
        "P9": _idle,
        "P10": _edges,
        "P11": _mentions,
        "P12": _honest,
        "P13": _pencils,
        "P14": _sittings,
        "P15": _subject,
        "P16": _lists,
        "P17": _map,
        "P18": _sum,
        "P19": _working,
        "P20": _letters,
        "P21": _done,
        "P22": _twice,
        "P23": _wrong,
        "P24": _made,
        "P25": _shortest,
    }
)


# ---------------------------------------------------------------- timetable
# Prints a plan by the clock: when each slide begins, how long it is shown, and how long its speech takes.
class Reading(Struct, frozen=True, kw_only=True):
    """One line of the timetable, times in seconds.

    Attributes:
        spot: the slide, block, break or buffer.
        words: the number of words spoken.
        spoken: how long that takes.
        bet: how long the bet takes; 0 on any other slide.
    """

    spot: Spot
    words: int = 0
    spoken: float = 0.0
    bet: float = 0.0

    @property
    def over(self) -> float:
        """How much longer speech and bet take than the slide is shown; 0 if they fit."""
        return max(0.0, self.spoken + self.bet - 60 * self.spot.minutes)


def readings(plan: Finished) -> Iterator[Reading]:
    """Yield a line for each part of the day."""
    for spot in plan.spots:
        if spot.slide is None:
            yield Reading(spot=spot)
            continue
        words = spoken_words(spot.slide)
        yield Reading(spot=spot, words=words, spoken=60 * words / PACE, bet=bet_seconds(spot.slide, plan.day.pace))


def timetable(plan: Finished) -> str:
    """Return the timetable as text."""
    lines = list(readings(plan))
    first = plan.slides[0].id if plan.slides else ""
    start = parse_clock(plan.kit.clocks.get(first, ""), Report()) or 0
    wide = max((len(_name(line)) for line in lines), default=5)
    rows = [f"{'clock':5}  {'slide':{wide}}  {'min':>4}  {'words':>5}  {'said':>5}  {'bet':>5}"]
    rows += [
        f"{clock(start + line.spot.begins)}  {_name(line):{wide}}  {line.spot.minutes:>4g}  "
        f"{line.words or '':>5}  {_seconds(line.spoken):>5}  {_seconds(line.bet):>5}  "
        + (f"over by {line.over:.0f} s" if line.over else "")
        for line in lines
    ]
    end = plan.spots[-1].ends if plan.spots else 0
    said, bets = sum(line.spoken for line in lines), sum(line.bet for line in lines)
    over = sum(bool(line.over) for line in lines)
    fits = f"{over} slide{'s' * (over != 1)} over" if over else "every slide fits"
    share = f"{said / 60:.0f} of {plan.kit.plan.slides:g} minutes are speech, {bets / 60:.0f} are bets"
    rows.append(f"{clock(start + end)}  end: {share}; {fits}")
    return "\n".join(row.rstrip() for row in rows)


def _name(line: Reading) -> str:
    unit = line.spot.unit
    return line.spot.slide.id if line.spot.slide else f"({unit.block.title if unit.block else unit.kind})"


def _seconds(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds else ""
