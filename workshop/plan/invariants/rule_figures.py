"""Figures of a plan for each rule: what was counted, such as minutes, sheets and votes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from workshop.layouts import traits
from workshop.model.blocks import Map
from workshop.model.slot import RuleReport
from workshop.plan.invariants import hours, partners, rules
from workshop.plan.invariants.finished import Finished
from workshop.plan.invariants.in_the_room import done, right_letters, stages_at_work
from workshop.plan.invariants.on_screen import words_of
from workshop.plan.invariants.plan_texts import lines_on
from workshop.plan.invariants.rules import RULES

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
    found = partners.way_back(plan)
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
    minutes, last, then = max(hours.idle_times(plan), key=lambda found: found[0])
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
    fullest = max(timed, key=lambda slide: hours.needed_seconds(plan, slide) / slide.minutes)
    full = hours.needed_seconds(plan, fullest) / 60 / fullest.minutes
    total = hours.speech(plan)
    share = total / plan.kit.plan.slides
    return f"{total:.0f} of {plan.kit.plan.slides:g} minutes are speech ({share:.0%}); the fullest is '{fullest.id}' ({full:.0%})"


def _pencils(plan: Finished) -> str:
    working = hours.at_work(plan)
    return f"{_many(len(working), 'task')} on paper, {sum(spot.minutes for spot in working):g} minutes"


def _sittings(plan: Finished) -> str:
    return f"{', '.join(f'{minutes:g}' for minutes, _ in hours.sittings(plan))} minutes at a time"


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
    tasks = sum(not task.strip for sheet in plan.kit.sheets for task in sheet.for_class)
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


def _titles(plan: Finished) -> str:
    longest = max((words_of(slide.title_text) for slide in plan.slides), default=0)
    return f"{_many(len(plan.slides) + 1, 'slide')}, titles of at most {_many(longest, 'word')}"


def _paper(plan: Finished) -> str:
    return "a leaf each" if plan.kit.leaf else f"{_many(len(plan.kit.sheets), 'sheet')} with pages in the booklet"


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
        "P26": _bets,
        "P27": _titles,
        "P28": _paper,
    }
)
