"""Minutes as they were at a training, instead of those that were planned."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from workshop.errors import Report, did_you_mean
from workshop.model.source import Content, SlideSource

# Planning with the minutes that slides really took.
HALF = 2  # minutes are planned in halves


def with_actual(content: Content, actual: Mapping[str, float], report: Report) -> Content:
    """Return content whose slides have the minutes that they really took, if these are known.

    Args:
        actual: slide id -> minutes; an id that isn't a slide's is a warning.
    """
    if not actual:
        return content
    names = {slide.id for stage in content.stages for slide in stage.slides}
    for name in actual:
        if name not in names:
            report.warn(
                f"minutes are given for '{name}', which isn't a slide", None, did_you_mean(name, names), "actual"
            )

    def timed(slide: SlideSource) -> SlideSource:
        if not actual.get(slide.id):  # skipped, so nobody knows how long it takes
            return slide
        pairs = {**dict(slide.attrs.pairs), "minutes": f"{halves(actual[slide.id]):g}"}
        return replace(slide, attrs=replace(slide.attrs, pairs=tuple(pairs.items())))

    stages = tuple(replace(stage, slides=tuple(map(timed, stage.slides))) for stage in content.stages)
    return replace(content, stages=stages)


def halves(minutes: float) -> float:
    """Return minutes as they are planned, at least half of one.

    >>> halves(2.7), halves(0.1)
    (2.5, 0.5)
    """
    return max(1, round(HALF * minutes)) / HALF
