"""A check of the moments of a kit: the slides, blocks and audiences that they name."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from workshop import limits
from workshop.errors import At, Report, did_you_mean
from workshop.model.meta import (
    KitMeta,
    Moment,
    TimeBlock,
)
from workshop.model.source import AudienceSource, StageSource, seen_slides

# Check the names in moments, lengths and blocks.
NO_PLACE = At("")


def check_moments(
    meta: KitMeta,
    places: Mapping[str, At],
    stages: Sequence[StageSource],
    audiences: Sequence[AudienceSource],
    dropped: Collection[str],
    report: Report,
) -> None:
    """Report names of slides, sections and moments that don't exist.

    Args:
        meta: kit.yaml, with the place of each key in ``places``.
        dropped: ids of slides that an overlay drops.
    """
    slides = {stage.id: {slide.id for slide in stage.slides} for stage in stages}
    known = set(dropped).union(*slides.values())
    everywhere: set[str] = set(slides)
    for audience in audiences:
        said, at = audience.meta, audience.at
        for name in (name for name in said.moments if name not in slides):
            report.error(f"no section is named {name!r}", at, did_you_mean(name, slides), "unknown-stage")
        for name in (*said.lengths, *(name for names in said.longer.values() for name in names)):
            if name not in known:
                report.error(f"no slide is named {name!r}", at, did_you_mean(name, known), "unknown-slide")
        everywhere |= _check_audience(audience, stages, slides, dropped, report)
        _check_blocks(said.blocks, everywhere, [at] * len(said.blocks), report)
    _check_blocks(
        meta.blocks, everywhere, [places.get(f"blocks.{k}", NO_PLACE) for k in range(len(meta.blocks))], report
    )


def _check_audience(
    audience: AudienceSource,
    stages: Sequence[StageSource],
    slides: Mapping[str, Collection[str]],
    dropped: Collection[str],
    report: Report,
) -> set[str]:
    """Check the moments of one audience and return their names."""
    placed: list[tuple[Moment, At]] = []
    for stage in stages:
        own = audience.meta.moments.get(stage.id)
        moments = stage.meta.moments if own is None else own
        for index, moment in enumerate(moments):
            written = stage.meta_at if own is None else audience.places
            key = f"moments.{index}" if own is None else f"moments.{stage.id}.{index}"
            at = written.get(key, stage.at if own is None else audience.at)
            placed.append((moment, at))
            for name in (slide.id for slide in moment.slides):
                if name in slides[stage.id] or name in dropped:
                    continue
                owner = next((other for other, ids in slides.items() if name in ids), "")
                hint = f"it is in {owner}" if owner else did_you_mean(name, slides[stage.id])
                message = f"moment {moment.id!r} names the slide {name!r}, which {stage.id} doesn't have"
                report.error(message, at, hint, "unknown-slide")
    if len(placed) > limits.MOMENTS:
        at = placed[limits.MOMENTS][1]
        report.error(f"more than {limits.MOMENTS} up to here", at, "make two kits of it", "too-large")
        return set()
    for place, (second, at) in enumerate(placed):
        same = next((where for first, where in placed[:place] if first.id == second.id), None)
        if same is not None:
            message = f"two moments are named {second.id!r}, the first at {same}"
            report.error(message, at, "give one of them another id", "duplicate-id")
        if clash := next((first for first, _ in placed[:place] if _both(first, second)), None):
            name = min(_both(clash, second))
            message = f"slots have both moments with the slide {name!r}: {clash.id!r} and {second.id!r}"
            report.error(message, at, "end one with to: before the other begins with from:", "moment")
    for moment, at in placed:
        if moment.most < moment.least:
            message = f"moment {moment.id!r} ends at {moment.most:g} minutes, before it begins at {moment.least:g}"
            report.error(message, at, "make to: at least from:", "moment")
    _check_needs(placed, stages, audience.id, report)
    return {moment.id for moment, _ in placed}


def _check_needs(
    placed: Sequence[tuple[Moment, At]], stages: Sequence[StageSource], audience: str, report: Report
) -> None:
    """Report slides that a moment shows in shorter slots than every moment shows a slide that they need."""
    begins: dict[str, float] = {}
    for moment, _ in placed:
        for entry in moment.slides:
            begins[entry.id] = min(entry.least, begins.get(entry.id, entry.least))
    needs = {slide.id: slide.attrs.names("needs") for stage in stages for slide in seen_slides(stage, audience)}
    for moment, at in placed:
        for entry in moment.slides:
            since = max(moment.least, entry.least)
            for name in needs.get(entry.id, ()):
                if (late := begins.get(name, 0.0)) > since:
                    message = (
                        f"from {since:g} minutes on moment {moment.id!r} shows the slide {entry.id!r}, which needs "
                        f"{name!r}, and that is shown only from {late:g} minutes on"
                    )
                    report.error(message, at, f"give both the same slot: {{{entry.id}: {late:g}}}", "moment")


def _both(first: Moment, second: Moment) -> set[str]:
    """Return the slides that two moments share, if any slot has both."""
    if first.least > second.most or second.least > first.most:
        return set()
    return {s.id for s in first.slides} & {s.id for s in second.slides}


def _check_blocks(blocks: Sequence[TimeBlock], known: Collection[str], where: Sequence[At], report: Report) -> None:
    for block, at in zip(blocks, where, strict=True):
        for name in filter(None, (block.after, block.before)):
            if name not in known:
                message = f"no section or moment is named {name!r}"
                report.error(message, at, did_you_mean(name, known), "unknown-stage")
