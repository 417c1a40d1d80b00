"""What a plan can say about itself: why each slide is in it or not, and what to leave out if the room is behind.

That is a few moments and slides which make up for what the buffer doesn't.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec.structs import replace

from workshop.layouts import traits
from workshop.model.kit import Slide, Stage
from workshop.model.meta import Moment
from workshop.model.slot import EARLIER, LATER, NEEDS, NEVER, NO_ROOM, STAGE, Piece, PlanLine, RunRow, Shortcut
from workshop.model.source import Place
from workshop.plan.slot.fit_to_slot import Fit
from workshop.plan.slot.moments import Day, active
from workshop.plan.slot.worth import as_sections, only, to_choose


# The reason why each slide is in a plan or not, in a few words.
def plan_lines(stages: Sequence[Stage], shown: frozenset[str]) -> tuple[PlanLine, ...]:
    """Return every slide with the reason why it is in or out."""
    kept = {stage.id for stage in only(stages, shown)}
    spine = {name for section in as_sections(stages) for group in section.spine if len(group) == 1 for name in group}
    wanted: dict[str, str] = {}
    for slide in (slide for stage in stages for slide in stage.slides if slide.id in shown):
        for name in slide.needs:
            wanted.setdefault(name, slide.id)
    titles = {slide.id: spoken(slide) for stage in stages for slide in stage.slides}
    lines = []
    for stage in stages:
        for slide in to_choose(stage):
            line = _line(slide, stage, here=slide.id in shown)
            if line.shown:
                lines.append(replace(line, why=_why(slide, spine, wanted)))
            elif stage.id not in kept:
                lines.append(line.out(STAGE))
            else:
                missing = [titles.get(name, name) for name in slide.needs if name not in shown]
                lines.append(line.out(NEEDS, missing[0]) if missing else line.out(NO_ROOM))
    return tuple(lines)


def spoken(slide: Slide) -> str:
    """Return a slide's title in one line."""
    return slide.title_text.replace("\v", " ")


def _line(slide: Slide, stage: Stage, *, here: bool) -> PlanLine:
    return PlanLine(
        slide=slide.id,
        title=spoken(slide),
        stage=stage.title,
        minutes=slide.minutes,
        priority=slide.priority,
        shown=here,
        why="",
    )


def _why(slide: Slide, spine: set[str], wanted: Mapping[str, str]) -> str:
    if slide.must:
        return f"{slide.priority}, must be in"
    if slide.id in spine:
        return f"{slide.priority}, its stage cannot do without it"
    return slide.priority + (f", needed by {wanted[slide.id]}" if slide.id in wanted else "")


def moment_lines(day: Day, fit: Fit, slot: float) -> tuple[PlanLine, ...]:
    """Return every slide of a kit with moments; within each stage, first those that are in, in their order."""
    shown = {slide.id: slide for stage in fit.stages for slide in stage.slides}
    kept = {stage.id: stage for stage in fit.stages}
    lines = []
    for stage in day.stages:
        inside = to_choose(kept[stage.id]) if stage.id in kept else ()
        others = tuple(slide for slide in to_choose(stage) if slide.id not in fit.shown)
        moments = day.moments.get(stage.id, ())
        for slide in (*inside, *others):
            line = _line(slide, stage, here=slide.id in fit.shown)
            if line.shown:
                lines.append(replace(line, why=_inside(shown.get(slide.id, slide), moments, slot, day.joined)))
            else:
                lines.append(_outside(line, slide, moments, slot, day.joined))
    return tuple(lines)


def _inside(slide: Slide, moments: Sequence[Moment], slot: float, joined: Mapping[str, Place]) -> str:
    """Return the moment that a slide is in, and the shortest slot of that moment; or why it is in without one."""
    if slide.moment:
        moment = next(moment for moment in moments if moment.id == slide.moment)
        marks = [word for word, said in (("spine", moment.spine), ("to remember", moment.remember)) if said]
        early = "" if moment.due(slot) else ", for which there was time"
        since = f"from {moment.least:g} minutes on" if moment.least else "in every slot"
        return ", ".join((f"{moment.id}, {since}{early}", *marks))
    if slide.id in joined:
        return f"{_beside(slide.id, joined)}{', must be in' if slide.must else ''}"
    return "must be in" if slide.must else ""


def _beside(name: str, joined: Mapping[str, Place]) -> str:
    anchor, after = joined[name]
    return f"added {'after' if after else 'before'} {anchor}"


def _outside(
    line: PlanLine, slide: Slide, moments: Sequence[Moment], slot: float, joined: Mapping[str, Place]
) -> PlanLine:
    """Return the line of a slide that isn't in, with its moment and the reason."""
    if slide.id in joined:
        return replace(line, why=_beside(slide.id, joined)).out(NO_ROOM)
    for moment in moments:
        for own in moment.slides:
            if own.id == slide.id:
                least, line = max(own.least, moment.least), replace(line, why=moment.id)
                if slot > moment.most:
                    return line.out(EARLIER, f"{moment.most:g}")
                return line.out(NO_ROOM) if least <= slot else line.out(LATER, f"{least:g}")
    return line.out(NEVER if moments else NO_ROOM)


LATE = (5, 10, 15, 20, 30)  # minutes
EVERY = 45  # minutes between two checks of the clock
MOST_LOOKS = 5
SHARE = 6  # of a slot: leaving out slides can't make up for a longer delay
PLACE, ACTIVE, EARLY, AIM = (
    2.0,
    3.0,
    2.0,
    4.0,
)  # the cost of a piece: one more place to remember, an activity, its rank, an objective


def pieces_of(
    stages: Sequence[Stage],
    rows: Sequence[RunRow],
    moments: Mapping[str, Sequence[Moment]],
    kept: frozenset[str] = frozenset(),
    aims: frozenset[str] = frozenset(),
) -> tuple[Piece, ...]:
    """Return what can be left out: moments that are marked as spare, and single slides on which nothing rests; no stage goes.

    Args:
        rows: the run sheet.
        moments: stage id -> its moments.
        kept: slides on which a promise or a quiz question depends.
        aims: slides on which an objective depends; they are left out late.
    """
    slot = sum(row.minutes for row in rows)
    return (*_moments(stages, moments, slot, aims), *_singles(stages, moments, kept, aims))


def shortcuts(rows: Sequence[RunRow], pieces: Sequence[Piece]) -> tuple[Shortcut, ...]:
    """Return what to leave out from certain rows of the run sheet on, depending on how late they begin.

    The buffer comes first. What it doesn't make up for is saved by the cheapest choice of pieces that saves enough: it has few
    places to remember, and leaves out talk before tasks, and content of long slots before the rest. Where none does, no slides
    are named: then the closing begins on time.
    """
    slot = sum(row.minutes for row in rows)
    buffer = sum(row.minutes for row in rows if row.kind == "buffer")
    found = []
    for place in _looks(rows):
        ahead = [name for row in rows[place:] for name in row.slides]
        for late in (late for late in LATE if buffer < late <= max(LATE[0], slot / SHARE)):
            names, saves = left_out(ahead, pieces, late - buffer)
            found.append(Shortcut(row=place, late=late, slides=names, saves=saves))
    return tuple(found)


def left_out(ahead: Sequence[str], pieces: Sequence[Piece], least: float) -> tuple[tuple[str, ...], float]:
    """Return the slides to leave out of those ahead, in order, and the minutes that this saves; nothing if it isn't enough."""
    order = {name: k for k, name in enumerate(ahead)}
    chosen = _cheapest([piece for piece in pieces if order.keys() >= set(piece.slides)], least)
    names = sorted((name for piece in chosen for name in piece.slides), key=order.__getitem__)
    return tuple(names), sum(piece.minutes for piece in chosen)


def mark_named(stages: Sequence[Stage], found: Sequence[Shortcut]) -> tuple[Stage, ...]:
    """Return the stages with the slides that a shortcut names marked as spare."""
    named = {name for shortcut in found for name in shortcut.slides}
    return tuple(
        replace(stage, slides=tuple(replace(slide, spare=slide.id in named) for slide in stage.slides))
        for stage in stages
    )


def _looks(rows: Sequence[RunRow]) -> tuple[int, ...]:
    """Return the rows at whose beginning the clock is checked: the first numbered stage, then about every 45 minutes."""
    begins, now = [], 0.0
    for row in rows:
        begins.append(now)
        now += row.minutes
    possible = [place for place, row in enumerate(rows) if row.kind == "stage" and 0 < place < len(rows) - 1]
    count = max(1, min(MOST_LOOKS, round(now / EVERY) - 1))
    marks = [begins[possible[0]], *(now * k / (count + 1) for k in range(1, count + 1))] if possible else []
    return tuple(sorted({min(possible, key=lambda place: abs(begins[place] - mark)) for mark in marks}))


def _moments(
    stages: Sequence[Stage], moments: Mapping[str, Sequence[Moment]], slot: float, aims: frozenset[str]
) -> Iterator[Piece]:
    """Yield what can be left out of a stage: each spare moment, or without moments each spare slide with those that need it."""
    for stage in stages:
        spare = [slide for slide in stage.slides if slide.spare]
        written = {moment.id: moment for moment in moments.get(stage.id, ())}
        only = _only_result(stage, written)
        for key in dict.fromkeys(slide.moment or slide.id for slide in spare):
            slides = [slide for slide in spare if (slide.moment or slide.id) == key]
            slides = [slide for slide in spare if slide in slides or _rests_on(slide, slides)]
            if key != only:
                yield _piece(slides, aims, early=key in written and written[key].least < slot)


def _only_result(stage: Stage, written: Mapping[str, Moment]) -> str:
    """Return the moment that must stay so that a stage has a result: the one of the shortest slots, if all could go."""
    names = {slide.id for slide in stage.slides}
    results = [slide for slide in stage.slides if slide.moment in written and not names.isdisjoint(slide.answers)]
    if not results or not all(slide.spare for slide in results):
        return ""
    return min((slide.moment for slide in results), key=lambda name: written[name].least)


def _singles(
    stages: Sequence[Stage], moments: Mapping[str, Sequence[Moment]], kept: frozenset[str], aims: frozenset[str]
) -> Iterator[Piece]:
    """Yield slides that can be left out alone: talk on which nothing rests, in a moment that isn't to remember and has more."""
    needed = {name for stage in stages for slide in stage.slides for name in slide.needs} | kept
    for stage in (stage for stage in stages if stage.number is not None):
        for moment in moments.get(stage.id, ()):
            own = [slide for slide in stage.slides if slide.moment == moment.id and slide.minutes]
            free = [slide for slide in own if _is_talk(slide) and slide.id not in needed]
            if not (moment.remember or any(slide.continued for slide in own)):
                for slide in free[len(free) == len(own) :]:
                    yield _piece([slide], aims, early=False)


def _is_talk(slide: Slide) -> bool:
    fixed = slide.answers or slide.counts or slide.must or slide.toy
    return not (fixed or active(slide) or "corrects" in traits(slide.layout))


def _rests_on(slide: Slide, others: Collection[Slide]) -> bool:
    return any(other.id in slide.needs for other in others)


def _piece(slides: Sequence[Slide], aims: Collection[str], *, early: bool) -> Piece:
    minutes, names = sum(slide.minutes for slide in slides), tuple(slide.id for slide in slides)
    cost = PLACE + ACTIVE * any(map(active, slides)) + EARLY * early + AIM * any(name in aims for name in names)
    return Piece(names, minutes, cost + minutes)


def _cheapest(pieces: Sequence[Piece], least: float) -> tuple[Piece, ...]:
    """Return the cheapest pieces that save enough, or nothing if all together don't; of equal ones, the later is left out first."""
    best: dict[float, tuple[float, tuple[Piece, ...]]] = {0.0: (0.0, ())}
    for piece in reversed(pieces):
        for saved, (cost, taken) in list(best.items()):
            if saved >= least or {name for other in taken for name in other.slides} & set(piece.slides):
                continue
            total, price = saved + piece.minutes, cost + piece.cost
            if total not in best or price < best[total][0]:
                best[total] = (price, (piece, *taken))
    enough = [choice for saved, choice in best.items() if saved >= least]
    return min(enough, key=lambda choice: choice[0])[1] if enough else ()
