"""What a room counted in polls: the sentence that says so, and whether the counts fit the polls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from workshop.errors import Report, did_you_mean
from workshop.layouts import traits
from workshop.model import blocks, kit, markup
from workshop.model.bets import Counted
from workshop.model.frozen import Frozen
from workshop.model.prints import LETTERS
from workshop.model.source import Content, SlideSource
from workshop.plan.scope import Scope

COUNTED, ALL = "counted", "all"  # {{ counted.A }} of {{ counted.all }}
TICKET = "exit-ticket"


def _polls(slide: SlideSource) -> bool:
    return "polls" in traits(slide.attrs.get("layout"))


def _options(slide: SlideSource) -> int:
    """Return how many options a poll has, as it is written."""
    lists = [block for block in slide.blocks if isinstance(block, markup.ListBlock) and not block.ordered]
    return max((len(block.items) for block in lists), default=0)


def counts_of(source: SlideSource, scope: Scope, counts: Mapping[str, Counted]) -> tuple[tuple[int, ...], str]:
    """Return how many each letter of a poll got, and the sentence of ``counted=``; nothing if nobody counted.

    The sentence is filled in with zeros even then, so that a mistake in it is found before the workshop.
    """
    if not _polls(source):
        return (), ""
    for block in source.blocks:
        for item in block.items if isinstance(block, markup.ListBlock) else ():
            if "right" in item.attrs:
                hint = "take right= out, or write layout=predict for a bet"
                scope.report.error(
                    "an option of a poll is right, and a poll has no right answer", item.at, hint, "poll"
                )
    given = counts.get(source.id)
    letters = (*(given.letters if given else ()), *[0] * _options(source))[: _options(source)]
    named = dict(zip(LETTERS, letters, strict=False)) | {ALL: sum(letters)}
    named_scope = replace(scope.fresh(), names={**scope.names, COUNTED: Frozen(named)})
    sentence = named_scope.fill(source.attrs.get("counted"), source.at)
    return (letters, sentence) if any(letters) else ((), "")


def check_counts(counts: Mapping[str, Counted], content: Content, report: Report) -> None:
    """Report counts of a slide that isn't one of the kit's polls, and those of a letter that its poll lacks."""
    polls = {slide.id: slide for stage in content.stages for slide in stage.slides if _polls(slide)}
    for name, counted in counts.items():
        if name not in polls:
            known = ", ".join(polls) or "none: this kit has no slide with layout=poll"
            hint = did_you_mean(name, polls) or f"the polls of this kit are {known}"
            report.error(f"'{name}' isn't a poll of this kit", counted.at, hint, "counts")
        elif len(counted.letters) > (most := _options(polls[name])):
            letter = LETTERS[len(counted.letters) - 1]
            message = f"the poll '{name}' has no letter {letter}: its options are A to {LETTERS[most - 1]}"
            report.error(message, counted.at, "leave that cell empty", "counts")


def told(slides: Sequence[kit.Slide]) -> Iterator[str]:
    """Yield the sentence of each poll that is shown and was counted."""
    yield from (slide.counted for slide in slides if slide.counted and not (slide.hidden or slide.continued))


def with_counts(stages: tuple[kit.Stage, ...]) -> tuple[kit.Stage, ...]:
    """Return the stages with what was counted on the closing slide, under its exit ticket."""
    sentences = tuple(told([slide for stage in stages for slide in stage.slides]))
    if not sentences:
        return stages
    line = blocks.Line((blocks.Run("; ".join(sentences)),))

    def own(slide: kit.Slide) -> kit.Slide:
        if "closes" not in traits(slide.layout):
            return slide
        slots = dict(slide.slots)
        slots[TICKET] = (*slots.get(TICKET, ()), blocks.Prose((replace(line, at=slide.at),)))
        return replace(slide, slots=tuple(slots.items()))

    return tuple(replace(stage, slides=tuple(map(own, stage.slides))) for stage in stages)
