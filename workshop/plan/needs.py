"""Which slides need which others, and which exercise each works on."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from msgspec import Struct

from workshop.expressions import ExpressionError, roots
from workshop.layouts import traits
from workshop.model.markup import Attrs, Picture
from workshop.model.source import ExerciseSource, SheetSource, SlideSource, StageSource
from workshop.model.walk import exhibit_runs, expressions_in, nodes, seen_slides, visible


# Dependencies between slides: those that are stated, and those that follow from runs, predictions and exercises.
class Links(Struct, frozen=True):
    """What slides need (slide id -> slide ids), which exercise each works on (slide id -> exercise id), and which strip is done instead of a poll."""

    needs: Mapping[str, tuple[str, ...]]
    worked: Mapping[str, str]
    strips: Mapping[str, str]

    @property
    def printed(self) -> Mapping[str, str]:
        """Slide -> the exercise that is printed for it."""
        return {**self.worked, **self.strips}


def link(
    stages: tuple[StageSource, ...],
    sheets: tuple[SheetSource, ...],
    runs: Collection[str],
    audience: str,
    moments: Collection[str] = (),
) -> Links:
    """Return the dependencies of the slides in all sections.

    Args:
        moments: ids of the sections with moments. These say what belongs together, so their slides need only what they
        name.
    """
    exercises = {e.id: e for sheet in sheets for e in sheet.exercises if visible(e.attrs, audience)}
    needs: dict[str, tuple[str, ...]] = {}
    worked: dict[str, str] = {}
    strips: dict[str, str] = {}
    for stage in stages:
        slides = seen_slides(stage, audience)
        needs |= written_needs(slides) if stage.id in moments else find_needs(slides, exercises, runs, audience)
        worked |= {slide.id: e.id for slide in slides if (e := _exercise(slide, exercises, audience)) is not None}
        strips |= {slide.id: name for slide in slides if (name := slide.attrs.get("strip")) in exercises}
    return Links(needs, worked, strips)


def written_needs(slides: tuple[SlideSource, ...]) -> dict[str, tuple[str, ...]]:
    """Return slide id -> ids of the slides that it names in ``needs=``, or that it continues without a heading."""
    needs = {}
    for place, slide in enumerate(slides):
        names = list(slide.attrs.names("needs"))
        if _continues(slides, place):
            names.append(slides[place - 1].id)
        needs[slide.id] = tuple(dict.fromkeys(name for name in names if name != slide.id))
    return needs


def _continues(slides: tuple[SlideSource, ...], place: int) -> bool:
    return bool(place and not slides[place].title and "divider" not in slides[place - 1].attrs.classes)


def find_needs(
    slides: tuple[SlideSource, ...], exercises: Mapping[str, ExerciseSource], runs: Collection[str], audience: str
) -> dict[str, tuple[str, ...]]:
    """Return slide id -> ids of the slides that it needs, for one section.

    - what ``needs=`` names;
    - a slide without a heading needs the one that it continues;
    - a slide that shows or prints a run needs the slide before it that shows an exhibit of that run first; an exercise
      that reads no run shown before needs the first core slide before it with an exhibit;
    - a prediction or an activity needs the slide after it, its answer, unless that is another of these, an exercise,
      a map, a closing or a toy-stops slide.

    Args:
        exercises: exercise id -> exercise, for all exercises that the audience sees.
        runs: names of runs.
    """
    needs: dict[str, list[str]] = {}
    shown: dict[str, str] = {}
    demo = ""
    for place, slide in enumerate(slides):
        own = needs.setdefault(slide.id, list(slide.attrs.names("needs")))
        if _continues(slides, place):
            own.append(slides[place - 1].id)
        exercise = _exercise(slide, exercises, audience)
        read = _runs(slide, runs, audience) | (_runs(exercise, runs, audience) if exercise else set())
        before = [shown[name] for name in shown if name in read]
        own.extend(before or ([demo] if exercise and demo else []))
        exhibits = [name for name, _ in exhibit_runs(slide, audience) if name in runs]
        for name in exhibits:
            shown.setdefault(name, slide.id)
        if exhibits and not demo and is_core(slide.attrs):
            demo = slide.id
        if "awaits" in traits(slide.attrs.get("layout")) and place + 1 < len(slides):
            after = slides[place + 1]
            if "apart" not in traits(after.attrs.get("layout")) and _exercise(after, exercises, audience) is None:
                own.append(after.id)
    return {name: tuple(dict.fromkeys(n for n in found if n != name)) for name, found in needs.items()}


def is_core(attrs: Attrs) -> bool:
    """Whether a slide is neither optional nor deep."""
    return not {"optional", "deep"} & set(attrs.classes)


def _exercise(slide: SlideSource, exercises: Mapping[str, ExerciseSource], audience: str) -> ExerciseSource | None:
    """Return the exercise that a slide shows, or that people do on paper while it shows something else."""
    targets = (node.target for node in nodes(slide.blocks, audience) if isinstance(node, Picture))
    shown = (target.partition(":")[2] for target in targets if target.startswith("exercise:"))
    return next((exercises[name] for name in (*shown, slide.attrs.get("task")) if name in exercises), None)


def _runs(part: SlideSource | ExerciseSource, runs: Collection[str], audience: str) -> set[str]:
    """Return the runs that a slide or an exercise shows, prints or computes with; its notes do not count."""
    found = {name for name, _ in exhibit_runs(part, audience)}
    if isinstance(part, ExerciseSource):
        found.add(part.attrs.get("from"))
        things: tuple[object, ...] = (part,)
    else:
        things = (part.title, part.blocks, part.attrs)
    for expression, _ in expressions_in(things, audience):
        try:
            found.update(roots(expression))
        except ExpressionError:
            continue  # the plan reports it with its place
    return {name for name in found if name in runs}
