"""What is known of a workshop after it took place.

``training.yaml`` is what a trainer writes down; what isn't in it stays a line to write on. ``law.yaml`` is what the law asks for, as
data with the day on which it was checked; another country is another file.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

from msgspec import Struct
from msgspec.structs import replace
from pydantic import Field

from workshop.addons.room.results import LEAST, Results
from workshop.content.kit_files import read_yaml
from workshop.content.metadata import read_meta
from workshop.errors import At, Problem, Problems, Report, Severity, did_you_mean
from workshop.inputs.yaml_text import Tree
from workshop.model.closed import Closed
from workshop.model.kit import Kit, Slide
from workshop.model.meta import NOWHERE, Clock, Day, People, Source, Texts
from workshop.plan.ready import Ready
from workshop.render.print.computer_fonts import borrowed_for
from workshop.render.print.print_texts import lacking, without_pictures


class Attended(Closed):
    """Somebody who was there, by name, or only by the number of the name tag."""

    name: str = ""
    code: str = ""
    role: str = ""
    at: At = NOWHERE

    @property
    def label(self) -> str:
        """The name, or else the number."""
        return self.name or self.code


class Training(Closed):
    """The keys of the file.

    Attributes:
        minutes: how long it really took, breaks included.
        end: when it ended; ``breaks`` are written as "10:30–10:45".
        counted: how many answered, and how that was known.
        people: how many were there; without it, as many as ``attended`` has.
        law: ids of the entries of law.yaml that it refers to; empty for all.
        groups: name -> numbers of name tags, for results by group.
        omitted: what was left out, besides what the plan leaves out; written ``left-out``.
        policy: the organisation's own rules on AI.
        absent: who wasn't there, and when they catch up.
        filed: who keeps this record, and where.
    """

    organisation: str = ""
    date: Day | None = None
    place: str = ""
    start: Clock | None = None
    end: Clock | None = None
    breaks: Texts = ()
    counted: str = ""
    minutes: Annotated[float, Field(gt=0, le=6000)] | None = None
    trainer: str = ""
    qualification: str = ""
    reason: str = ""
    law: Texts = ()
    people: People | None = None
    roles: Mapping[str, People] = Field(default_factory=dict)
    attended: tuple[Attended, ...] = ()
    systems: Texts = ()
    policy: str = ""
    absent: str = ""
    groups: Mapping[str, Texts] = Field(default_factory=dict)
    omitted: str = ""
    refresh: Day | None = None
    filed: str = ""

    @property
    def count(self) -> int:
        """How many people were there; 0 if nobody says."""
        return self.people or len(self.attended) or sum(self.roles.values())


def read_training(path: Path, codes: Collection[str] | None) -> tuple[Training, tuple[Problem, ...]]:
    """Read the file; what is wrong with it is left out, with a warning at its line.

    Args:
        codes: the numbers in the table of answers; ``None`` without such a table.

    Raises:
        Problems: if it isn't YAML.
    """
    report = Report()
    tree = read_yaml(path, report, [])
    if tree is None:
        raise Problems(report.found)
    training = read_meta(Training, tree, report)
    placed = [person.but(at=tree.at(("attended", place))) for place, person in enumerate(training.attended)]
    attended = _once(placed, report)
    for person in attended:
        _known([person.code] if person.code else [], codes, person.at, report)
    groups = {}
    for name, members in training.groups.items():
        at = tree.at(("groups", name))
        known = _known(dict.fromkeys(map(bare, members)), codes, at, report)
        if len(known) >= LEAST:
            groups[name] = known
        else:
            hint = "put it together with another group, or leave it out"
            report.error(f"the group {name!r} has fewer than {LEAST} people, so it has no results of its own", at, hint)
    found = tuple(replace(problem, severity=Severity.WARNING) for problem in report.found)
    return training.but(attended=attended, groups=groups), found


def bare(code: str) -> str:
    """Return a number as answers are filed under it: 7 and 07 are the same name tag."""
    return code.strip().lstrip("0")


def written_by_hand(training: Training) -> tuple[Training, tuple[Problem, ...]]:
    """Return the training without names that no typeface on this computer has, each of which is told; pictures in a name go."""
    there = [person.but(name=without_pictures(person.name) or person.name) for person in training.attended]
    unset = [person for person in there if lacking(person.name) and borrowed_for(person.name) is None]
    told = tuple(
        Problem(
            f"no typeface on this computer has all letters of '{person.name}', so its certificate is missing; all others are made",
            person.at if person.at != NOWHERE else None,
            hint="install a typeface that has them, such as Noto Sans, or write the name in other letters",
            code="unprintable",
            severity=Severity.WARNING,
        )
        for person in unset
    )
    people = training.count
    return training.but(attended=tuple(x for x in there if x not in unset), people=people or None), told


def _once(people: Iterable[Attended], report: Report) -> tuple[Attended, ...]:
    """Return the people without those who are in the list a second time, who are reported."""
    seen: dict[Hashable, At] = {}
    found = []
    for person in people:
        keys = [key for key in (("name", person.name.casefold()), ("code", bare(person.code))) if key[1]]
        first = next((seen[key] for key in keys if key in seen), None)
        if first is not None:
            report.error(f"{person.label!r} is in the list twice", person.at, f"the first is on line {first.line}")
        elif keys:
            found.append(person)
            seen |= dict.fromkeys(keys, person.at)
    return tuple(found)


def _known(members: Collection[str], codes: Collection[str] | None, at: At, report: Report) -> tuple[str, ...]:
    """Return the numbers that somebody answered under; others are reported."""
    wrong = {member for member in members if codes is not None and bare(member) not in codes}
    for member in sorted(wrong):
        hint = "correct it, or leave it out"
        report.error(f"no sheet in the table of answers has the number {member!r}", at, hint)
    return tuple(member for member in members if member not in wrong)


FILE = "law.yaml"


class LawMeta(Closed):
    """An entry of the file.

    Attributes:
        where: the country or union.
        says: what it asks for, in a sentence.
        since: from when on.
        checked: the day on which the wording was last compared.
        source: its key in sources.yaml, which says until when it may be relied on.
    """

    id: str = ""
    name: str = ""
    where: str = ""
    says: str = ""
    since: Day | None = None
    checked: Day | None = None
    source: str = ""
    at: At = NOWHERE


class Law(Struct, frozen=True):
    """An entry with its source."""

    meta: LawMeta
    source: Source


def laws_of(ready: Ready, report: Report) -> tuple[Law, ...]:
    """Return the laws of a kit, from the strongest overlay that has the file; every mistake is reported."""
    folders = (*reversed(ready.content.overlays), ready.content.root)
    path = next((path for folder in folders if (path := Path(folder) / FILE).is_file()), None)
    tree = read_yaml(path, report, []) if path else None
    entries = range(len(tree.value)) if tree and isinstance(tree.value, list) else ()
    return tuple(law for index in entries if tree and (law := _law(tree, index, ready.scope.sources, report)))


def _law(tree: Tree, index: int, sources: Mapping[str, Source], report: Report) -> Law | None:
    meta = read_meta(LawMeta, tree, report, (index,), required=("id", "name", "says", "checked", "source"))
    if meta.source not in sources:
        where = tree.at((index, "source"))
        report.error(f"no source is named {meta.source!r}", where, did_you_mean(meta.source, sources), "unknown-source")
        return None
    return Law(meta, sources[meta.source])


NOTHING = Training()


class Held(Struct, frozen=True, kw_only=True):
    """What is known of a workshop: of the law when it is planned, of everything else after it took place.

    Attributes:
        laws: what the law asks for.
        check_again: the first day after which something that was shown, or the law, is to be checked again.
        planned: minutes of the plan, if it was held.
        training: what the trainer wrote down.
        results: what the quiz showed; ``None`` without sheets.
    """

    laws: tuple[Law, ...] = ()
    check_again: date | None = None
    planned: float = 0
    training: Training = NOTHING
    results: Results | None = None


def held_of(kit: Kit) -> Held:
    """Return what is known of a kit's workshop."""
    found: Held | None = kit.extra.get("record")
    return found or Held()


def printed(day: date | None) -> str:
    """Return a day as it is printed: "27 July 2026"; "" for none."""
    return f"{day.day} {day:%B %Y}" if day else ""


def as_it_was(kit: Kit, actual: Mapping[str, float]) -> Kit:
    """Return a kit with the minutes that its slides really took: those with 0 weren't shown, hidden ones with minutes were."""

    def was(slide: Slide) -> Slide:
        minutes = actual.get(slide.id, slide.minutes)
        return replace(slide, minutes=minutes, hidden=not minutes if slide.id in actual else slide.hidden)

    planned = {slide.id: 0.0 if slide.hidden else slide.minutes for slide in kit.slides}
    more = {name: minutes - planned[name] for name, minutes in actual.items() if name in planned}
    rows = [
        replace(row, minutes=row.minutes + sum(more.pop(name, 0.0) for name in row.slides)) for row in kit.run_sheet
    ]
    if rows:  # slides of the appendix have no row
        rows[-1] = replace(rows[-1], minutes=rows[-1].minutes + sum(more.values()))
    stages = tuple(replace(stage, slides=tuple(map(was, stage.slides))) for stage in kit.stages)
    return replace(kit, stages=stages, appendix=tuple(map(was, kit.appendix)), run_sheet=tuple(rows))
