"""Moments for a given slot, audience and set of runs: their slides, their minutes, what they need."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import takewhile

from msgspec import Struct, field
from msgspec.structs import replace

from workshop.layouts import traits
from workshop.model.blocks import Diagram, ShownChart, ShownCode, ShownPicture, ShownTable
from workshop.model.kit import Slide, Stage
from workshop.model.meta import AudienceMeta, KitMeta, Point, TimeBlock
from workshop.model.moment import Moment
from workshop.model.slot import IN_ROOM, Pace
from workshop.model.source import Move, Place
from workshop.plan.slot.best_choice import Item, Section
from workshop.plan.slot.worth import EDGE, as_items, as_sections, to_choose

SPINE, DUE, LATER = 1000, 600, 300  # points per minute
DOING, DOING_LATER = 3.0, 1.5  # factors for minutes in which the room does something, in due moments and in others
SPARE = 0.01  # share of its points that an overlay's slide keeps if it may be left out: it is for time that is left
ORDER = 0.2  # share of its points that the last moment of a stage loses, compared with the first
WHOLE, CORE = 45, 2.0  # in slots as long as this, each stage has so many minutes, if that is possible
LEAST_ASKED = 4  # questions of a quiz
SHORT = 60  # in slots shorter than this, a stage may have just its spine
EXHIBITS = (Diagram, ShownChart, ShownCode, ShownPicture, ShownTable)
BOTH_EDGES = 180  # in slots of so many minutes or more, each stage has a misconception slide


class Group(Struct, frozen=True):
    """Slides that are chosen together.

    Attributes:
        id: the moment's; for a slide that is chosen alone, the slide's.
        slides: those of a moment and their continuations, in the order in which they are shown.
        blocks: those that belong to it.
        moment: ``None`` for a slide that is chosen alone: in a stage without moments, or one that is in none of them.
        anchor: the slide next to which an overlay puts this one, in a stage with moments; it may be out if this one must be in.
    """

    id: str
    stage: str
    slides: tuple[Slide, ...]
    blocks: tuple[TimeBlock, ...] = ()
    moment: Moment | None = None
    anchor: str | None = None

    @property
    def minutes(self) -> float:
        """The minutes of its slides and blocks together."""
        return sum(slide.minutes for slide in self.slides) + sum(block.minutes for block in self.blocks)

    @property
    def doing(self) -> float:
        """The minutes in which the room does something."""
        return sum(s.minutes for s in self.slides if active(s)) + sum(b.minutes for b in self.blocks if b.does)

    @property
    def names(self) -> frozenset[str]:
        """The ids of its slides."""
        return frozenset(slide.id for slide in self.slides)

    def due(self, slot: float) -> bool:
        """Whether it is meant for a slot."""
        return self.must or (self.moment is not None and self.moment.due(slot))

    @property
    def must(self) -> bool:
        """Whether one of its slides must be in."""
        return any(slide.must for slide in self.slides)


class Day(Struct, frozen=True, kw_only=True):
    """What a slot is filled from.

    Attributes:
        stages: with every slide that could be in.
        moments: stage id -> its moments for this audience; a stage without any is chosen slide by slide.
        said: the metadata of the audience.
        blocks: time without slides.
        measured: slides whose minutes were measured, so that they are never changed.
        answered: slide -> slides that answer it, as written; some of them may have been left out.
        questions: quiz question -> slides that answer it.
        joined: each slide that an overlay inserted -> the slide next to it, and whether it comes after that.
        moves: slides that an overlay puts elsewhere when the slides are chosen.
        written: the kit's metadata for this audience.
        points: what the kit claims to teach.
        pace: that of the room.
    """

    stages: tuple[Stage, ...]
    moments: Mapping[str, tuple[Moment, ...]] = field(default_factory=dict)
    said: AudienceMeta = field(default_factory=AudienceMeta)
    blocks: tuple[TimeBlock, ...] = ()
    measured: frozenset[str] = frozenset()
    answered: Mapping[str, frozenset[str]] = field(default_factory=dict)
    questions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    joined: Mapping[str, Place] = field(default_factory=dict)
    moves: tuple[Move, ...] = ()
    written: KitMeta = field(default_factory=KitMeta)
    points: tuple[Point, ...] = ()
    pace: Pace = IN_ROOM

    def timed(self, slot: float, asked: int) -> Day:
        """Return the day with the minutes of its slides in a slot, given the number of quiz questions."""

        def own(slide: Slide) -> Slide:
            slide = replace(slide, twice=slide.again <= slot or (not slot and slide.again < math.inf))
            if slide.id in self.measured or not slide.minutes:
                return slide
            if slide.twice:
                return replace(slide, minutes=self.pace.twice)
            longer = sum(slide.id in names for least, names in self.said.longer.items() if slot and least <= slot)
            minutes = self.said.lengths.get(slide.id, slide.minutes) + longer
            return replace(slide, minutes=quiz_minutes(slide.quiz, asked) or minutes)

        stages = tuple(replace(stage, slides=tuple(map(own, stage.slides))) for stage in self.stages)
        return replace(self, stages=stages)

    def asked(self, shown: Collection[str], slot: float) -> tuple[str, ...]:
        """Return the quiz questions of a plan: those that a slide answers, if the slot's list has them."""
        given = self.said.asked_in(slot)
        if self.said.no_quiz(slot):
            return ()
        here = {slide.quiz for stage in self.stages for slide in stage.slides if slide.id in shown}
        if not {"before", "after"} <= here:
            return ()
        return self._answered(shown, given)

    def on_paper(self, shown: Collection[str]) -> tuple[str, ...]:
        """Return the quiz questions for a plan without time for a quiz: those that it answers, or all if it answers few."""
        answered = self._answered(shown)
        return answered if len(answered) >= LEAST_ASKED else tuple(self.questions)

    def _answered(self, shown: Collection[str], given: Collection[str] = ()) -> tuple[str, ...]:
        return tuple(
            name for name, slides in self.questions.items() if slides & set(shown) and (not given or name in given)
        )


def quiz_minutes(when: str, asked: int) -> float:
    """Return the minutes of a slide of the quiz: three quarters of a minute per question, and one minute less afterwards.

    >>> [quiz_minutes(when, 8) for when in ("before", "after", "answers", "")]
    [6, 5, 3, 0]
    >>> [quiz_minutes(when, 5) for when in ("before", "after", "answers")]
    [4, 3, 2]
    """
    before = math.ceil(0.75 * asked)
    return {"before": max(1, before), "after": max(1, before - 1), "answers": max(1, math.ceil(3 * asked / 8))}.get(
        when, 0
    )


def groups_of(day: Day, slot: float) -> tuple[Group, ...]:
    """Return what can be chosen, in order; a moment without any of its slides is skipped."""
    found: list[Group] = []
    for stage in day.stages:
        mine = day.moments.get(stage.id, ())
        if not mine:
            found += [Group(slide.id, stage.id, (slide,)) for slide in to_choose(stage)]
            continue
        named = {slide.id for moment in mine for slide in moment.slides}
        heads = _heads(stage, named, day.joined)
        placed = len(found)
        for moment in mine:
            slides = [slide for name in moment.names(slot) for slide in heads.get(name, ())]
            slides = _answered(slides, day.answered)
            if slides and not moment.most < slot:
                blocks = tuple(b for b in day.blocks if b.due(slot) and moment.id in (b.before, b.after))
                marked = tuple(
                    replace(slide, moment=moment.id, rest=moment.pause == "here" and place == 0)
                    for place, slide in enumerate(slides)
                )
                found.append(Group(moment.id, stage.id, marked, blocks=blocks, moment=moment))
        taken = {name for group in found[placed:] for name in group.names}
        found += [
            Group(name, stage.id, slides, anchor=day.joined.get(name, ("", True))[0])
            for name, slides in heads.items()
            if name not in taken and (slides[0].must or (name in day.joined and name not in named))
        ]
    return tuple(found)


def _heads(stage: Stage, named: Collection[str], joined: Collection[str]) -> dict[str, tuple[Slide, ...]]:
    """Return slide -> itself and its continuations; a slide that an overlay put there is continued by no other."""
    heads: dict[str, tuple[Slide, ...]] = {}
    head = ""
    for slide in to_choose(stage):
        if head and slide.id not in {*named, *joined} and slide.continued:
            heads[head] += (slide,)
        else:
            head = slide.id
            heads[head] = (slide,)
    return heads


def _answered(slides: Sequence[Slide], answered: Mapping[str, frozenset[str]]) -> list[Slide]:
    """Return the slides without those bets and tasks whose answer exists in the source but isn't among them."""
    names = {slide.id for slide in slides}
    return [
        slide
        for slide in slides
        if not ({"asks", "works"} & traits(slide.layout) and slide.id in answered and not answered[slide.id] & names)
    ]


def as_choice(
    groups: Sequence[Group], stages: Iterable[Stage], slot: float, said: AudienceMeta
) -> tuple[tuple[Item, ...], tuple[Section, ...]]:
    """Return groups and stages for the choice; a moment that needs a slide outside all moments can't be chosen."""
    owners: dict[str, list[str]] = {}
    for group in groups:
        for name in group.names:
            owners.setdefault(name, []).append(group.id)
    here = {slide.id for stage in stages for slide in stage.slides}
    singles = {item.id: item for item in as_items(stages)}
    places: dict[str, int] = {}
    counts = {group.stage: sum(other.stage == group.stage for other in groups) for group in groups}
    items: list[Item] = []
    for group in groups:
        place = places[group.stage] = places.get(group.stage, 0) + 1
        if group.anchor is not None:
            items.extend(_alone(group, singles[group.id], owners))
            continue
        if group.moment is None:
            items.append(singles[group.id])
            continue
        needs = {name for slide in group.slides for name in slide.needs if name in here and name not in group.names}
        if not all(name in owners for name in needs):
            continue
        items.append(
            Item(
                id=group.id,
                section=group.stage,
                minutes=group.minutes,
                value=_value(group, slot, place / counts[group.stage]),
                hands_on=any(active(slide) for slide in group.slides),
                either=tuple(tuple(owners[name]) for name in sorted(needs)),
                fixed=group.must,
            )
        )
    kept = _possible(items)
    known = {item.id for item in kept}
    possible = [group for group in groups if group.id in known]
    return kept, tuple(_sections(possible, stages, slot, said))


def _possible(items: Sequence[Item]) -> tuple[Item, ...]:
    """Return the items without those that need one which isn't there, except those that must be in."""
    known = {item.id for item in items}
    some = [
        replace(item, either=tuple(tuple(name for name in group if name in known) for group in item.either))
        for item in items
    ]
    kept = tuple(
        replace(item, either=tuple(filter(None, item.either))) for item in some if item.fixed or all(item.either)
    )
    return kept if len(kept) == len(items) else _possible(kept)


def _alone(group: Group, item: Item, owners: Mapping[str, Sequence[str]]) -> Iterator[Item]:
    """Yield a slide that is in no moment; one that may be left out goes with the slide next to it, and gives way to any moment."""
    wanted = {*item.needs, *([] if group.must else [group.anchor or ""])}
    if group.must or wanted <= owners.keys():
        either = tuple(tuple(owners[name]) for name in sorted(wanted) if name in owners)
        value = item.value if group.must else round(item.value * SPARE)
        yield replace(item, minutes=group.minutes, value=value, needs=(), either=either)


def active(slide: Slide) -> bool:
    """Whether the room does something on a slide: a bet, a task, a vote, the quiz, a show of hands."""
    return bool(slide.does or slide.quiz) or "hands-on" in traits(slide.layout)


def _value(group: Group, slot: float, place: float) -> int:
    moment = group.moment
    assert moment is not None
    due: float = SPINE if moment.spine or moment.remember else DUE
    later = LATER * slot / moment.least if moment.least else LATER
    points, more = (due, DOING) if moment.due(slot) else (later, DOING_LATER)
    return round((group.minutes + (more - 1) * group.doing) * points * (1 - ORDER * place))


def _sections(groups: Sequence[Group], stages: Iterable[Stage], slot: float, said: AudienceMeta) -> Iterator[Section]:
    """Yield the stages that have something to choose, each with its spine."""
    written = {section.id: section for section in as_sections(stages)}
    for stage in stages:
        mine = [group for group in groups if group.stage == stage.id]
        if not mine:
            continue
        if all(group.moment is None and group.anchor is None for group in mine):
            yield written[stage.id]
            continue
        numbered = stage.number is not None
        weight = stage.weight if numbered else EDGE * stage.weight
        keep = not numbered or (slot >= WHOLE and said.is_about(stage.id, slot))
        yield Section(stage.id, weight, keep=keep, spine=tuple(_spine(mine, slot, numbered=numbered)))


def _spine(groups: Sequence[Group], slot: float, *, numbered: bool) -> Iterator[tuple[str, ...]]:
    spine = [group.id for group in groups if group.moment and group.moment.spine and group.moment.due(slot)]
    remember = tuple(group.id for group in groups if group.moment and group.moment.remember)
    if not numbered or (slot < SHORT and spine):
        yield from ((name,) for name in spine)
    elif remember:
        yield remember
    if numbered and slot >= BOTH_EDGES:
        wrong = tuple(
            g.id for g in groups if g.due(slot) and any("corrects" in traits(slide.layout) for slide in g.slides)
        )
        if wrong:
            yield wrong


def arranged(day: Day, groups: Sequence[Group], chosen: Collection[str]) -> tuple[Stage, ...]:
    """Return the stages that are in, with slides in the order of their moments; stages without any are dropped."""
    kept = []
    for stage in day.stages:
        mine = [group for group in groups if group.stage == stage.id and group.id in chosen]
        frame = tuple(slide for slide in stage.slides if "frames" in traits(slide.layout))
        if mine or not to_choose(stage):
            slides = [slide for group in mine if group.anchor is None for slide in group.slides]
            for group in (group for group in mine if group.anchor is not None):
                _put(slides, group, to_choose(stage), day.joined)
            kept.append(replace(stage, slides=(*frame, *slides)))
    return moved(kept, day.moves)


def _put(slides: list[Slide], group: Group, written: Sequence[Slide], joined: Mapping[str, Place]) -> None:
    """Put a slide that is in no moment next to the slide that it belongs to; if that is out, after the last one before it."""
    ids = [slide.id for slide in written]
    here = {slide.id: place for place, slide in enumerate(slides)}
    place = ids.index(group.id)
    anchor, after = joined.get(group.id, ("", True))
    follower = next((name for name in ids[place + 1 :] if name in here), "")
    if not after and (follower == anchor or joined.get(follower) == (anchor, False)):
        at = here[follower]
    else:
        at = next((here[name] + 1 for name in reversed(ids[:place]) if name in here), 0)
    slides[at:at] = group.slides


def moved(stages: Sequence[Stage], moves: Sequence[Move]) -> tuple[Stage, ...]:
    """Return the stages of a plan with slides, and those that continue them, put elsewhere; a move that lacks one of its two isn't made.

    Slides that go to the same place keep the order of the moves. A slide belongs to the stage, and the moment, that it goes to.
    """
    rows = {stage.id: list(stage.slides) for stage in stages}
    placed: dict[tuple[str, bool], set[str]] = {}
    for move in moves:
        homes = {slide.id: (row, slide) for row in rows.values() for slide in row}
        if move.id not in homes or move.anchor not in homes:
            continue
        part, beside = _with_rest(*homes[move.id]), homes[move.anchor][1]
        row = homes[move.anchor][0]
        if beside in part:
            continue
        homes[move.id][0][:] = [slide for slide in homes[move.id][0] if slide not in part]
        at, same = row.index(beside), placed.setdefault((move.anchor, move.after), set())
        if move.after:
            at += len(_with_rest(row, beside))
            while at < len(row) and row[at].id in same:
                at += 1
        row[at:at] = [replace(slide, stage=beside.stage, moment=beside.moment) for slide in part]
        same |= {slide.id for slide in part}
    return tuple(replace(stage, slides=tuple(rows[stage.id])) for stage in stages)


def _with_rest(row: Sequence[Slide], head: Slide) -> tuple[Slide, ...]:
    """Return a slide and those that continue it."""
    rest = takewhile(lambda slide: slide.continued, row[row.index(head) + 1 :])
    return (head, *rest)


def shows(slide: Slide) -> bool:
    """Whether a slide is a bet or a poll, or has an exhibit."""
    return bool({"asks", "polls"} & traits(slide.layout)) or any(
        isinstance(b, EXHIBITS) for _, blocks in slide.slots for b in blocks
    )
