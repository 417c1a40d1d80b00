"""Fitting texts to what is in: objectives, material, ballots, the words that lead from one slide to the next."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from workshop.errors import At
from workshop.layouts import traits
from workshop.model.blocks import Block, Line, Map, Prose, Run
from workshop.model.kit import Note, Slide, Stage
from workshop.model.prints import Planned
from workshop.plan.slot.moments import LEAST_ASKED
from workshop.wording.messages import messages, unit_of_minutes

ASKED = "asked"  # the kind of a note on what to show if somebody asks
CONDITION = re.compile(r"(?<!\s)\s*+\{(?:needs|kept-by)=(?P<names>[^{}\s]+)\}\s*$")
PIECE = re.compile(r"\[(?P<text>[^\[\]]*)\]\{(?:needs|kept-by)=(?P<names>[^{}\s]+)\}")


def settle(stages: Sequence[Stage], shown: frozenset[str]) -> tuple[Stage, ...]:
    """Return the stages without texts that need slides which are out: ``{needs=id}``."""
    return tuple(
        replace(
            stage,
            slides=tuple(
                _said(_divider(slide, shown) if "divides" in traits(slide.layout) else slide, shown)
                for slide in stage.slides
            ),
            objectives=_true(stage.objectives, shown),
            material=_true(stage.material, shown),
            remember=_true(stage.remember, shown),
            aim=holds(stage.aim, shown),
            room=holds(stage.room, shown),
        )
        for stage in stages
    )


def holds(text: str, shown: frozenset[str]) -> str:
    """Return a text without its condition, "" if a slide that it needs is out; pieces in brackets may have conditions too.

    >>> holds("score two sentences {needs=by-hand}", frozenset({"by-hand"}))
    'score two sentences'
    >>> holds("score two sentences {needs=by-hand}", frozenset())
    ''
    >>> holds("They know the map[, and what they believed]{needs=quiz}", frozenset())
    'They know the map'
    >>> holds("a second slip {needs=-slips}", frozenset())
    'a second slip'
    """

    def met(names: str) -> bool:
        return all(name.lstrip("-") not in shown if name[:1] == "-" else name in shown for name in names.split(","))

    text = PIECE.sub(lambda piece: piece["text"] if met(piece["names"]) else "", text).strip()
    match = CONDITION.search(text)
    if match is None:
        return text
    return text[: match.start()] if met(match["names"]) else ""


def spoken_with(slide: Slide, there: frozenset[str], waiting: frozenset[str]) -> Slide:
    """Return a slide that speaks of slides of this deck only.

    Args:
        there: ids of all slides of the deck.
        waiting: ids of those in the appendix: a note on what to show if somebody asks goes without its slide.
    """
    settled = _said(_divider(slide, there) if "divides" in traits(slide.layout) else slide, there)
    notes = tuple(n for n in settled.notes if n.kind != ASKED or waiting.issuperset(_links((n.prose,))))
    return settled if notes == settled.notes else replace(settled, notes=notes)


def links_of(slide: Slide) -> tuple[str, ...]:
    """Return the slides that a slide's texts, then its notes, link to."""
    blocks = [block for _, blocks in slide.slots for block in blocks if isinstance(block, Prose)]
    return tuple(dict.fromkeys((*_links(blocks), *_links(note.prose for note in slide.notes))))


def _links(texts: Iterable[Prose]) -> tuple[str, ...]:
    runs = (run for prose in texts for line in prose.lines for run in line.runs)
    return tuple(run.link[1:] for run in runs if run.link.startswith("#"))


def unknown_needs(stages: Sequence[Stage], known: Collection[str]) -> Iterator[tuple[str, At]]:
    """Yield names in ``needs=`` of pieces of text that aren't slides of any audience, with their place."""
    for slide in (slide for stage in stages for slide in stage.slides):
        for line in (line for prose in _prose(slide) for line in prose.lines):
            for name in (name.lstrip("-") for run in line.runs for name in (*run.needs, *run.kept_by)):
                if name not in known:
                    yield name, line.at if line.at.path else slide.at


def _prose(slide: Slide) -> Iterator[Prose]:
    yield from (note.prose for note in slide.notes)
    yield from (block for _, blocks in slide.slots for block in blocks if isinstance(block, Prose))


def _said(slide: Slide, shown: frozenset[str]) -> Slide:
    """Return a slide whose notes and texts mention only slides that are in."""
    said = (*slide.title, *(run for prose in _prose(slide) for line in prose.lines for run in line.runs))
    if not any(run.needs or run.kept_by for run in said):
        return slide
    title = tuple(replace(run, needs=()) for run in slide.title if _met(run, shown))
    notes = (replace(note, prose=_kept(note.prose, shown)) for note in slide.notes)
    slots = ((role, tuple(_block(block, shown) for block in blocks)) for role, blocks in slide.slots)
    kept = tuple(note for note in notes if note.prose.lines)
    return replace(slide, title=title, notes=kept, slots=tuple((role, blocks) for role, blocks in slots if blocks))


def _block(block: Block, shown: frozenset[str]) -> Block:
    return _kept(block, shown) if isinstance(block, Prose) else block


def _kept(prose: Prose, shown: frozenset[str]) -> Prose:
    """Return the lines with the pieces that may be said, without lines that become empty."""
    lines = []
    for line in prose.lines:
        runs = tuple(replace(run, needs=()) for run in line.runs if _met(run, shown))
        if any(run.text.strip() or run.blank for run in runs) or not line.runs:
            lines.append(line if runs == line.runs else replace(line, runs=_trimmed(runs)))
    return Prose(tuple(lines))


def _met(run: Run, shown: frozenset[str]) -> bool:
    needs = (*run.needs, *run.kept_by)
    return all((name[1:] not in shown) if name.startswith("-") else name in shown for name in needs)


def _trimmed(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Return runs without the spaces that a removed piece left at the beginning and at the end."""
    first = replace(runs[0], text=runs[0].text.lstrip(" "))
    whole = (first, *runs[1:])
    return (*whole[:-1], replace(whole[-1], text=whole[-1].text.rstrip(" ")))


def needed_by(text: str) -> tuple[str, ...]:
    """Return the slides that a text as a whole needs.

    >>> needed_by("score two sentences {needs=by-hand,derive}"), needed_by("say why")
    (('by-hand', 'derive'), ())
    """
    match = CONDITION.search(text)
    return tuple(match["names"].split(",")) if match else ()


def _true(texts: Sequence[str], shown: frozenset[str]) -> tuple[str, ...]:
    return tuple(text for raw in texts if (text := holds(raw, shown)))


def begin_of(stage: Stage) -> str:
    """Return the id of the slide at which a stage begins: its divider, or its first slide in a kit without dividers."""
    return stage.slides[0].id if stage.slides else stage.id


def without_dividers(stages: tuple[Stage, ...]) -> tuple[Stage, ...]:
    """Return stages without dividers, whose maps lead to the first slide of each stage that is in."""
    begins = {f"#{stage.id}": f"#{begin_of(stage)}" for stage in stages}

    def led(block: Block) -> Block:
        if not isinstance(block, Map):
            return block
        phases = (
            replace(phase, tiles=tuple(replace(tile, link=begins.get(tile.link, tile.link)) for tile in phase.tiles))
            for phase in block.phases
        )
        return replace(block, phases=tuple(phases))

    def own(slide: Slide) -> Slide:
        return replace(slide, slots=tuple((name, tuple(map(led, blocks))) for name, blocks in slide.slots))

    return tuple(replace(stage, slides=tuple(map(own, stage.slides))) for stage in stages)


def _divider(slide: Slide, shown: frozenset[str]) -> Slide:
    """Return a divider with the objectives that hold; if none do, their label is dropped too."""
    slots = dict(slide.slots)
    lines = [
        replace(line, runs=(Run(text),))
        for block in slots.get("main", ())
        if isinstance(block, Prose)
        for line in block.lines
        if (text := holds(line.text, shown))
    ]
    if lines:
        slots["main"] = (Prose(tuple(lines)),)
    else:
        slots.pop("main", None)
        slots.pop("label", None)
    return replace(slide, slots=tuple(slots.items()))


def told_minutes(slides: Iterable[Slide], language: str) -> tuple[Slide, ...]:
    """Return slides that show the minutes they have in this plan: an audience or a slot may give them more or fewer."""
    one, many = (str(messages(language)[key]) for key in ("minute-unit", "minutes-unit"))
    units = re.compile(rf"^(?:{re.escape(many)}|{re.escape(one)})\b")

    def told(slide: Slide) -> Slide:
        minutes = f"{slide.minutes:g}"
        if _text(slide, "minutes") in ("", minutes):
            return slide
        unit = units.sub(unit_of_minutes(language, minutes), _text(slide, "unit"))
        new = {"minutes": minutes, "unit": unit}
        slots = ((name, _line(new[name], slide.at) if name in new else blocks) for name, blocks in slide.slots)
        return replace(slide, slots=tuple(slots))

    return tuple(map(told, slides))


def _text(slide: Slide, role: str) -> str:
    """Return the text of a slot."""
    return " ".join(line.text for block in slide.slot(role) if isinstance(block, Prose) for line in block.lines)


def _line(text: str, at: At) -> tuple[Block, ...]:
    return (Prose((Line((Run(text),), at=at),)),)


def bridge(stages: Sequence[Stage], kept: Sequence[Stage], *, is_kit: bool) -> tuple[Stage, ...]:
    """Return the stages that are in, with notes that name the slide that follows as next.

    Words that lead there are kept if the same slide follows as in the source. In a kit, notes that have none get them.
    """
    written = _followers(stages)
    now = _followers(kept)
    places = {slide.id: stage for stage in kept for slide in stage.slides}

    def led(slide: Slide) -> Slide:
        after = now.get(slide.id)
        leads = any(note.kind == "next" for note in slide.notes)
        if after is None or (_same(written.get(slide.id), after) if leads else not (is_kit and slide.notes)):
            return slide
        new = places[after.id]
        other = new.number and places[slide.id] is not new
        runs = (Run(new.question or new.title),) if other else after.title  # with the conditions of its pieces
        line = Line(runs, at=slide.at)
        notes = (*(note for note in slide.notes if note.kind != "next"), Note("next", Prose((line,))))
        return replace(slide, notes=notes)

    return tuple(replace(stage, slides=tuple(map(led, stage.slides))) for stage in kept)


def _same(one: Slide | None, other: Slide) -> bool:
    return one is not None and one.id == other.id


def _followers(stages: Sequence[Stage]) -> dict[str, Slide]:
    """Return slide id -> the slide after it, skipping dividers."""
    slides = [slide for stage in stages for slide in stage.slides if "frames" not in traits(slide.layout)]
    return {slide.id: after for slide, after in pairwise(slides)}


def in_use(
    prints: Planned,
    stages: Sequence[Stage],
    kept: Sequence[Stage],
    asked: Collection[str] | None = None,
    slot: float = 0,
) -> Planned:
    """Return the printed matter without ballots if no vote is left, and without those and cards of stages without activities.

    Cards stay if the slide after which they are used is there.

    Args:
        asked: ids of the quiz questions that the plan answers; ``None`` for all of them.
        slot: minutes to which the plan is cut, 0 if to none; then all questions for later are kept, not only the first few.
    """
    had = {stage.id for stage in stages if _active(stage)}
    out = {stage.id for stage in kept if stage.id in had and not _active(stage)}
    gone = any(map(_votes, stages)) and not any(map(_votes, kept))
    ballots = None if gone or (prints.ballots is not None and prints.ballots.stage in out) else prints.ballots
    there = {slide.id for stage in kept for slide in stage.slides if not slide.hidden}
    decks = tuple(deck for deck in prints.decks if deck.stage not in out or deck.after in there)
    quiz = tuple(question for question in prints.quiz if asked is None or question.id in asked)
    told = {name for stage in kept for slide in stage.slides if not slide.hidden for name in slide.answers}
    later = tuple(question for question in prints.later if asked is None or (asked and question.id in told))
    many = LEAST_ASKED if asked and slot else None
    return replace(prints, ballots=ballots, decks=decks, quiz=quiz, later=later[:many])


def _votes(stage: Stage) -> bool:
    return any(slide.does == "vote" or slide.counts for slide in stage.slides)


def _active(stage: Stage) -> bool:
    return any("acts" in traits(slide.layout) for slide in stage.slides)
