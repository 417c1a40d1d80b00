"""Checks across slides and exercises: ids, links and needs, and edits that clash."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from workshop.content.reading import Reading
from workshop.errors import At, Report, did_you_mean
from workshop.layouts import traits
from workshop.model.markup import Attrs
from workshop.model.source import ExerciseSource, StageSource

# Checks across slides: names that clash, links that lead nowhere.
CONDITIONAL = ("objectives", "material", "remember", "aim", "room")  # front matter with texts that may need slides
NEEDS = re.compile(r"(?:\]|\s|^)\{(?:needs|kept-by)=([^{}\s]+)\}")
_Entry = tuple[str, tuple[Attrs, ...], At]  # id, what its visibility depends on, place


def sees(attrs: Attrs, audience: str) -> bool:
    """Whether an audience sees an element with ``attrs``.

    >>> sees(Attrs(pairs=(("for", "a,b"),)), "a"), sees(Attrs(pairs=(("for", "-a"),)), "a"), sees(Attrs(), "a")
    (True, False, True)
    """
    names = {name.strip() for name in attrs.get("for").split(",") if name.strip()}
    chosen = {name for name in names if not name.startswith("-")}
    return f"-{audience}" not in names and (not chosen or audience in chosen)


def check_same_ids(stages: Sequence[StageSource], audiences: Sequence[str], report: Report) -> None:
    """Report slides, or bets, that share a name although some audience sees both; a numbered section's divider has its id."""
    entries: list[_Entry] = [(s.id, (s.attrs,), s.at) for s in stages if s.number is not None]
    entries += [(slide.id, (stage.attrs, slide.attrs), slide.at) for stage in stages for slide in stage.slides]
    check_clashes("slides", entries, audiences, report)
    bets = [(stage, s) for stage in stages for s in stage.slides if "asks" in traits(s.attrs.get("layout"))]
    named = [(slide.bet, (stage.attrs, slide.attrs), slide.at) for stage, slide in bets]
    check_clashes("bets", named, audiences, report, 'bet="another name"')


def check_same_exercises(exercises: Iterable[ExerciseSource], audiences: Sequence[str], report: Report) -> None:
    """Report exercises that share an id although some audience sees both."""
    check_clashes("exercises", [(e.id, (e.attrs,), e.at) for e in exercises], audiences, report)


def check_clashes(
    what: str, entries: Iterable[_Entry], audiences: Sequence[str], report: Report, mend: str = "another {#name}"
) -> None:
    """Report entries that share an id although some audience sees both."""
    seen: dict[tuple[str, str], At] = {}
    for name, marks, at in entries:
        if not name:
            continue
        others = {
            seen[name, audience]
            for audience in audiences or ("",)
            if (name, audience) in seen and all(sees(mark, audience) for mark in marks)
        }
        if others:
            first = min(others)
            place = f"on line {first.line}" if first.path == at.path else f"in {first}"
            report.error(
                f"there are two {what} named {name!r}, the first {place}",
                at,
                f"give it {mend}, or use for= to show each to different audiences",
                "duplicate-id",
            )
        for audience in audiences or ("",):
            if all(sees(mark, audience) for mark in marks):
                seen.setdefault((name, audience), at)


def check_links(reading: Reading, stages: Sequence[StageSource], dropped: Mapping[str, At] = {}) -> None:
    """Report links to names that are neither a slide nor a numbered section (which means its divider).

    Args:
        dropped: id -> where an overlay drops it; the kit's own links to it lead nowhere, as those to a slide without room.
    """
    names = {slide.id for stage in stages for slide in stage.slides}
    names |= {stage.id for stage in stages if stage.number is not None}
    for name, at in reading.links:
        if name in dropped and name not in names:
            if not reading.is_overlay:
                continue
            hint = f"take the link out, or keep {name!r}"
            reading.error(f"this links to {name!r}, which {dropped[name]} drops", at, hint, "dropped")
        elif name not in names:
            reading.fault(f"no slide is named {name!r}", at, did_you_mean(name, names), "unknown-link")


def check_exercise_links(reading: Reading, exercises: Iterable[str], dropped: Mapping[str, At] = {}) -> None:
    """Report ``exercise:id`` if there is no such exercise; ``dropped`` as in ``check_links``."""
    names = tuple(exercises)
    for name, at in reading.exercises:
        if name in dropped and name not in names:
            hint = f"drop this slide too, or keep {name!r}"
            reading.error(f"this shows the exercise {name!r}, which {dropped[name]} drops", at, hint, "dropped")
        elif name not in names:
            hint = did_you_mean(name, names) or "exercises are in the folder exercises of a kit"
            reading.error(f"there is no exercise {name!r}", at, hint, "unknown-exercise")


def check_needs(stages: Sequence[StageSource], report: Report, dropped: Mapping[str, At] = {}) -> None:
    """Report ``needs=`` that name no slide, or the slide itself; ``dropped`` as in ``check_links``."""
    names = {slide.id for stage in stages for slide in stage.slides}
    for slide in (slide for stage in stages for slide in stage.slides):
        for name in slide.attrs.names("needs"):
            if name in dropped and name not in names:
                hint = f"drop {slide.id!r} too, or keep {name!r}"
                report.error(f"this slide needs {name!r}, which {dropped[name]} drops", slide.at, hint, "dropped")
            elif name not in names:
                report.error(f"no slide is named {name!r}", slide.at, did_you_mean(name, names), "unknown-need")
            elif name == slide.id:
                report.error("a slide cannot need itself", slide.at, "name another in needs=, or take it out", "need")
    for stage in stages:
        for key in CONDITIONAL:
            said = getattr(stage.meta, key)
            for place, text in enumerate((said,) if isinstance(said, str) else said):
                for name in (name for match in NEEDS.findall(text) for name in match.split(",")):
                    if name.removeprefix("-") not in {*names, *dropped}:
                        at = stage.meta_at.get(key if isinstance(said, str) else f"{key}.{place}", stage.at)
                        report.error(f"no slide is named {name!r}", at, did_you_mean(name, names), "unknown-need")
