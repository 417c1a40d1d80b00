"""Filling a slot with moments: those that are meant for it, then blocks, then what the exact solver adds or removes."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from itertools import chain, product

from msgspec import Struct
from msgspec.structs import replace

from workshop.model.meta import TimeBlock
from workshop.model.slot import PlanReport
from workshop.plan.slot.best_choice import Item, Limits, Rule, Section, choose, shortest
from workshop.plan.slot.breaks import break_lengths, line_up, longest, place_breaks
from workshop.plan.slot.fit_to_slot import HANDS_ON, MOST_BREAKS, Fit, fit_to_slot
from workshop.plan.slot.moments import CORE, WHOLE, Day, Group, arranged, as_choice, groups_of, shows
from workshop.plan.slot.worth import to_choose

LEAST_BUFFER, MOST_BUFFER = 0.04, 0.06  # shares of the slot
TASK_MINUTES, PER = 45.0, 180.0  # most minutes of tasks on paper, per so many minutes of a slot
SHORT_TASK = 6.0  # minutes of a task on paper: longer ones are few
LONG_TASKS = ((150, 2), (90, 1))  # minutes of a slot, longest first -> longer tasks at most
FEW_FROM = 60  # minutes of a slot, from which on its slides are counted
NO_LONG_TASK, BRISK = (
    90,
    2.1,
)  # in slots under so many minutes, without long tasks, a slide has at least so many minutes
ROUNDS = 4  # most passes until the number of quiz questions no longer changes


def buffer_of(slot: float) -> tuple[int, int]:
    """Return the least and the largest buffer of a slot, in minutes.

    >>> [buffer_of(slot) for slot in (25, 45, 90, 180, 360)]
    [(1, 1), (2, 2), (4, 5), (7, 10), (14, 21)]
    """
    least = max(1, round(slot * LEAST_BUFFER))
    return least, max(least, math.floor(slot * MOST_BUFFER))


def most_slides(slot: float, breadth: float) -> int:
    """Return how many slides a slot shows at most, with the cover.

    Args:
        breadth: minutes of the slot for each slide, in slots that are long enough for a long task.

    >>> [most_slides(slot, 2.9) for slot in (60, 90, 120, 180)]
    [29, 32, 42, 63]
    """
    return math.floor(slot / (breadth if slot >= NO_LONG_TASK else min(BRISK, breadth)) + 1)


def long_tasks(slot: float) -> int:
    """Return how many long tasks on paper a slot may have.

    >>> [long_tasks(slot) for slot in (60, 90, 145, 150, 360)]
    [0, 1, 1, 2, 2]
    """
    return next((many for least, many in LONG_TASKS if slot >= least), 0)


def fit_moments(day: Day, slot: float) -> Fit | None:
    """Return the plan of a slot (0 for everything); ``None`` if not even the shortest choice fits.

    The minutes of the quiz depend on the questions that are asked, which depend on what is in, so both are determined
    together.
    """
    most = len(day.questions)
    if not slot:
        whole = day.timed(0, most)
        fit = fit_to_slot(whole.stages, 0, pace=day.pace, moves=day.moves)
        return fit and replace(fit, asked=whole.asked(fit.shown, 0))
    asked = len(day.said.asked_in(slot)) or most // 2
    best: Fit | None = None
    for _ in range(ROUNDS):
        fit = _Slot(day.timed(slot, asked), slot).fit()
        if fit is None:
            return best
        answered = len(fit.asked or ())
        if best is None or answered <= asked:  # else its quiz has fewer minutes than its questions need
            best = fit
        if answered == asked:
            break
        asked = answered
    return best


def shortest_day(day: Day) -> int:
    """Return the shortest slot, in whole minutes, for which there is a plan."""
    slot = 1
    while slot < 24 * 60:
        timed = day.timed(slot, len(day.questions) // 2)
        groups = groups_of(timed, slot)
        least = math.ceil(shortest(*as_choice(groups, timed.stages, slot, day.said))) + buffer_of(slot)[0]
        if least <= slot:
            break
        slot = max(slot + 1, least)
    return slot


BLOCKS = "the blocks"  # their section in the choice
# Points per minute of an optional block: work comes before all talk, anything else after the moments of longer slots
WORK, FILL = 1000, 150


class _Slot(Struct, frozen=True):
    """One slot with the slides of a day, timed for it."""

    day: Day
    slot: float

    def fit(self) -> Fit | None:
        """Return the plan with as few breaks as possible with which nobody sits for too long."""
        groups = groups_of(self.day, self.slot)
        inner = {group.id for group in groups}
        outer = [b for b in self.day.blocks if b.due(self.slot) and not {b.before, b.after} & self._moments()]
        fixed = tuple(block for block in outer if not block.fill)
        spare = tuple(block for block in outer if block.fill)
        found: Fit | None = None
        for breaks in range(MOST_BREAKS):
            room = self.slot - sum(block.minutes for block in fixed) - sum(self._pauses(breaks))
            if room <= 0:
                break
            chosen = self._chosen(groups, room, spare)
            if chosen is None:
                break
            taken = (block for place, block in enumerate(spare) if _name(place) in chosen)
            blocks = (*fixed, *taken, *(b for b in self.day.blocks if {b.before, b.after} & inner & chosen))
            now = self._fit(groups, chosen, [b for b in self.day.blocks if b.due(self.slot) and b in blocks], breaks)
            if found is None or now.report.stretch < found.report.stretch:
                found = now
            if found.report.stretch <= self.day.pace.sitting:
                break
        return found

    @property
    def _is_long(self) -> bool:
        """Whether the slot has a rest longer than a break, such as lunch."""
        pause = self.day.pace.pause
        return any(block.due(self.slot) and block.rest and block.minutes > pause for block in self.day.blocks)

    def _pauses(self, count: int) -> tuple[float, ...]:
        due = (block for block in self.day.blocks if block.due(self.slot))
        return break_lengths(self.slot, count, due, self.day.pace)

    def _moments(self) -> set[str]:
        return {moment.id for moments in self.day.moments.values() for moment in moments}

    def _chosen(self, groups: Sequence[Group], room: float, spare: Sequence[TimeBlock]) -> frozenset[str] | None:
        """Return the groups that are in, and the names of the optional blocks for which there is time.

        Args:
            room: minutes for slides, for blocks that come with them, for optional blocks, and for the buffer.
        """
        least, most = buffer_of(self.slot)
        due = [group for group in groups if group.due(self.slot)]
        used = sum(group.minutes for group in due)
        own = any(slide.own and slide.counts for group in due for slide in group.slides)
        # showing the room's own votes takes a minute from the buffer
        exact = room - most <= used <= room - least + own and self._keeps(groups, due)
        gives_way = self._is_long and any(block.does for block in spare)  # where lunch takes an hour, talk makes room
        if exact and not gives_way:
            return frozenset(group.id for group in due)
        if used > room - least and not gives_way:
            return self._take_away(groups, due, room - most, room - least)
        return self._add(groups, spare, room - most, room - least, gives_way=gives_way)

    def _keeps(self, groups: Sequence[Group], chosen: Sequence[Group]) -> bool:
        """Whether a choice has few slides and few tasks."""
        names = [group.id for group in chosen]
        sums = (
            (rule, sum(rule.terms.get(name, 0.0) for name in names))
            for rule in (*self._few(groups), *self._tasks(groups))
        )
        return all(rule.low <= total <= rule.high for rule, total in sums)

    def _take_away(
        self, groups: Sequence[Group], due: Sequence[Group], low: float, high: float
    ) -> frozenset[str] | None:
        """Return the best of the moments that are meant for the slot, if there are too many.

        If none of their sums leaves the right buffer, others may fill what is left.
        """
        places = range(len(self._kept(groups)))
        for place, (some, least) in (*product(places, ((due, low), (groups, low))), *product(places, ((due, 0.0),))):
            items, sections = as_choice(some, self.day.stages, self.slot, self.day.said)
            if chosen := self._best(some, items, sections, (least,), high, place):
                return chosen
        return None

    def _add(
        self, groups: Sequence[Group], spare: Sequence[TimeBlock], low: float, high: float, *, gives_way: bool
    ) -> frozenset[str] | None:
        """Return the moments that are meant for the slot and, if there is time left, the best of the others and of the blocks."""
        items, sections = as_choice(groups, self.day.stages, self.slot, self.day.said)
        items += tuple(
            Item(
                id=_name(place),
                section=BLOCKS,
                minutes=block.minutes,
                value=round(block.minutes * (WORK if block.does else FILL)),
                hands_on=bool(block.does),
            )
            for place, block in enumerate(spare)
        )
        sections = (*sections, Section(BLOCKS, 0, keep=True))
        fixed = {group.id for group in groups if group.due(self.slot) and (group.doing or not gives_way)}
        held = tuple(replace(item, fixed=item.id in fixed) for item in items)
        tried = product((low, 0.0), range(len(self._kept(groups))), (held, items))
        found = (self._best(groups, some, sections, (least,), high, place) for least, place, some in tried)
        return next(filter(None, found), None)

    def _best(
        self,
        groups: Sequence[Group],
        items: Sequence[Item],
        sections: Sequence[Section],
        lows: Sequence[float],
        high: float,
        place: int,
    ) -> frozenset[str] | None:
        """Return the best choice between two sums of minutes; ``lows`` are tried one after the other.

        If not every spine has room, stages keep at least one moment of theirs; they are left out only if that doesn't help.

        Args:
            place: which of the sets of rules it keeps.
        """
        kept = self._kept(groups)[place]
        numbered = {stage.id for stage in self.day.stages if stage.number}
        less = tuple(replace(s, spine=_one_of(s.spine)) if s.id in numbered else s for s in sections)
        fewer = tuple(replace(section, keep=section.keep and section.id not in numbered) for section in sections)
        tried = (sections, less, fewer) if self.slot >= WHOLE else (sections,)
        for some, least in product(tried, lows):
            limits = Limits(high, hands_on=HANDS_ON, least=least, rules=kept)
            if high > 0 and (chosen := choose(items, some, limits)) is not None:
                return chosen
        return None

    def _kept(self, groups: Sequence[Group]) -> tuple[tuple[Rule, ...], ...]:
        """Return the sets of rules that a plan keeps, best first: it has few slides, stages with their core, and answered questions, if it can."""
        rules = (*_once(groups), *self._tasks(groups))
        few, core, answered = tuple(self._few(groups)), tuple(self._core(groups)), tuple(self._answered(groups))
        wanted = ((*few, *core, *answered), (*few, *core), (*core, *answered), core, few, ())
        return tuple((*rules, *some) for some in wanted)

    def _few(self, groups: Sequence[Group]) -> Iterator[Rule]:
        """Yield the rule that limits the slides; the cover is one of them."""
        if self.slot >= FEW_FROM:
            most = most_slides(self.slot, self.day.said.breadth) - 1
            yield Rule({group.id: float(len(group.slides)) for group in groups}, high=most)

    def _core(self, groups: Sequence[Group]) -> Iterator[Rule]:
        for stage in self.day.stages if self.slot >= WHOLE else ():
            minutes = {g.id: sum(slide.minutes for slide in g.slides) for g in groups if g.stage == stage.id}
            if stage.number is not None and minutes and self.day.said.is_about(stage.id, self.slot):
                yield Rule(minutes, low=min(CORE, sum(minutes.values())))
                seen = {g.id: 1.0 for g in groups if g.stage == stage.id and any(map(shows, g.slides))}
                yield Rule(seen, low=min(1.0, len(seen)))

    def _answered(self, groups: Sequence[Group]) -> Iterator[Rule]:
        for name in self.day.said.asked_in(self.slot):
            answers = self.day.questions.get(name, frozenset())
            yield Rule({group.id: 1.0 for group in groups if answers & group.names}, low=1.0)

    def _tasks(self, groups: Sequence[Group]) -> tuple[Rule, ...]:
        """Return the rules that limit the tasks on paper: their minutes, and one for each stage, besides those that go on with it."""
        tasks = {slide.id for group in groups for slide in group.slides if slide.task}
        minutes = {g.id: sum(s.minutes for s in g.slides if s.task) for g in groups}
        begun = {g.id: float(sum(s.id in tasks and tasks.isdisjoint(s.needs) for s in g.slides)) for g in groups}
        stages = dict.fromkeys(group.stage for group in groups)
        alone = [Rule({g.id: begun[g.id] for g in groups if g.stage == stage}, high=1.0) for stage in stages]
        long = {g.id: float(sum(bool(s.task) and s.minutes > SHORT_TASK for s in g.slides)) for g in groups}
        return (
            Rule(minutes, high=TASK_MINUTES * max(1.0, self.slot / PER)),
            Rule(long, high=long_tasks(self.slot)),
            *alone,
        )

    def _fit(self, groups: Sequence[Group], chosen: Collection[str], blocks: Sequence[TimeBlock], count: int) -> Fit:
        """Return the plan of a choice with its breaks; the rest of the slot is its buffer."""
        kept = arranged(self.day, groups, chosen)
        slides = sum(stage.minutes for stage in kept)
        used = slides + sum(self._pauses(count)) + sum(block.minutes for block in blocks)
        order = [stage.id for stage in self.day.stages]
        buffer = max(0.0, self.slot - used)
        units = line_up(kept, order, blocks, buffer)
        breaks = place_breaks(units, count, self.day.pace)
        ids = {stage.id for stage in kept}
        report = PlanReport(
            slot=self.slot,
            slides=slides,
            pauses=self._pauses(count)[: len(breaks)],
            pace=self.day.pace,
            buffer=buffer,
            blocks=tuple(blocks),
            stretch=longest(units, breaks),
            order=tuple(order),
            cut=tuple(stage.title for stage in self.day.stages if stage.id not in ids),
        )
        shown = frozenset(slide.id for stage in kept for slide in to_choose(stage))
        return Fit(shown, report, kept, self.day.asked(shown, self.slot))


def _name(place: int) -> str:
    """Return the name of an optional block among the groups, which no moment can have."""
    return f"block {place}"


def _one_of(spine: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    names = tuple(chain.from_iterable(spine))
    return (names,) if names else ()


def _once(groups: Sequence[Group]) -> tuple[Rule, ...]:
    """Return a rule for each slide that several moments have: only one of these can be in."""
    owners: dict[str, list[str]] = {}
    for group in groups:
        for name in group.names:
            owners.setdefault(name, []).append(group.id)
    return tuple(Rule(dict.fromkeys(names, 1.0), high=1.0) for names in owners.values() if len(names) > 1)
