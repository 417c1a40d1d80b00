"""Moments, lengths and blocks as they are written, and what in them cannot be right."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from workshop.errors import At, Report, did_you_mean
from workshop.model.moments import Moment, MomentSlide, Pace
from workshop.model.slot import TimeBlock, blocks_of, minutes_of
from workshop.model.source import AudienceSource, StageSource

NO_PLACE = At("")


def read_moments(entries: Any, stage: str, places: Mapping[str, At], prefix: str, at: At) -> tuple[Moment, ...]:
    """Return the moments that a section or an audience lists for a stage; entries of another form are passed over.

    Args:
        entries: the value of the key, as YAML has it; the schema has reported what is wrong with it.
        places: dotted path of a key -> its place.
        prefix: dotted path of the list.
        at: place of an entry that ``places`` does not know.
    """
    found = []
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
            continue
        slides = entry.get("slides")
        found.append(
            Moment(
                id=entry["id"],
                stage=stage,
                slides=tuple(_slides(slides if isinstance(slides, list) else ())),
                least=minutes_of(entry.get("from")),
                most=minutes_of(entry.get("to")) or math.inf,
                spine=entry.get("spine") == "yes",
                remember=entry.get("remember") == "yes",
                rest=entry.get("break") == "here",
                at=places.get(f"{prefix}.{index}", at),
            )
        )
    return tuple(found)


def read_pace(meta: Mapping[str, Any], places: Mapping[str, At], at: At) -> Pace:
    """Return what an audience's file says of time."""
    moments, lengths = meta.get("moments"), meta.get("minutes")
    longer, asks = meta.get("longer"), meta.get("quiz")
    return Pace(
        moments={
            stage: read_moments(entries, stage, places, f"moments.{stage}", at)
            for stage, entries in (moments.items() if isinstance(moments, dict) else ())
        },
        lengths={n: minutes_of(v) for n, v in lengths.items()} if isinstance(lengths, dict) else {},
        longer=_by_slot(longer),
        blocks=blocks_of(meta.get("blocks")),
        asks=_by_slot(asks),
    )


def _slides(entries: Sequence[Any]) -> Iterator[MomentSlide]:
    for entry in entries:
        if isinstance(entry, str):
            yield MomentSlide(entry)
        elif isinstance(entry, dict):
            yield from (MomentSlide(str(name), minutes_of(least)) for name, least in entry.items())


def _by_slot(value: Any) -> dict[float, tuple[str, ...]]:
    pairs = value.items() if isinstance(value, dict) else ()
    return {minutes_of(slot): tuple(map(str, names)) for slot, names in pairs if isinstance(names, list)}


def section_moments(stage: StageSource) -> tuple[Moment, ...]:
    """Return the moments of a section's front matter."""
    return read_moments(stage.meta.get("moments"), stage.id, stage.meta_at, "moments", stage.at)


def check_time(
    meta: Mapping[str, Any],
    places: Mapping[str, At],
    stages: Sequence[StageSource],
    audiences: Sequence[AudienceSource],
    dropped: Collection[str],
    report: Report,
) -> None:
    """Report what moments, lengths and blocks name and nobody has written.

    Args:
        meta: kit.yaml, with the place of each key in ``places``.
        dropped: ids of slides that an overlay takes away.
    """
    slides = {stage.id: {slide.id for slide in stage.slides} for stage in stages}
    known = set(dropped).union(*slides.values())
    everywhere: set[str] = set(slides)
    for audience in audiences:
        pace = audience.pace
        for name in pace.moments:
            if name not in slides:
                hint = did_you_mean(name, slides)
                report.error(f"no section is named {name!r}", audience.at, hint, "unknown-stage")
        moments = [m for stage in stages for m in pace.moments.get(stage.id, stage.moments)]
        _check_moments(moments, slides, dropped, report)
        for name in (*pace.lengths, *(name for names in pace.longer.values() for name in names)):
            if name not in known:
                report.error(f"no slide is named {name!r}", audience.at, did_you_mean(name, known), "unknown-slide")
        own = {*slides, *(moment.id for moment in moments)}
        everywhere |= own
        _check_blocks(pace.blocks, own, [audience.at] * len(pace.blocks), report)
    blocks = blocks_of(meta.get("blocks"))
    _check_blocks(blocks, everywhere, [places.get(f"blocks.{k}", NO_PLACE) for k in range(len(blocks))], report)


def _check_blocks(blocks: Sequence[TimeBlock], known: Collection[str], where: Sequence[At], report: Report) -> None:
    for block, at in zip(blocks, where, strict=True):
        for name in filter(None, (block.after, block.before)):
            if name not in known:
                message = f"no section or moment is named {name!r}"
                report.error(message, at, did_you_mean(name, known), "unknown-stage")


def _check_moments(
    moments: Sequence[Moment], slides: Mapping[str, Collection[str]], dropped: Collection[str], report: Report
) -> None:
    """Report moments of one audience that share a name, and slides that their section doesn't have."""
    first: dict[str, At] = {}
    for moment in moments:
        if moment.id in first:
            hint = "give one of them another id"
            report.error(f"two moments are named {moment.id!r}", moment.at, hint, "duplicate-id")
        first.setdefault(moment.id, moment.at)
        if moment.most < moment.least:
            message = f"moment {moment.id!r} ends at {moment.most:g} minutes, before it begins at {moment.least:g}"
            report.error(message, moment.at, "make to: at least from:", "moment")
        here = slides.get(moment.stage, ())
        for slide in moment.slides:
            if slide.id in here or slide.id in dropped:
                continue
            owner = next((name for name, ids in slides.items() if slide.id in ids), "")
            hint = f"it is in {owner}" if owner else did_you_mean(slide.id, here)
            message = f"moment {moment.id!r} names the slide {slide.id!r}, which {moment.stage} doesn't have"
            report.error(message, moment.at, hint, "unknown-slide")
