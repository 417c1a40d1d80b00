"""``training.yaml``: what a trainer writes down of a workshop that took place. What isn't in it stays a line to write on."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from pathlib import Path
from typing import Annotated

from msgspec.structs import replace
from pydantic import Field

from workshop.addons.room.results import LEAST
from workshop.content.kit_files import read_yaml
from workshop.content.metadata import read_meta
from workshop.errors import At, Problem, Problems, Report, Severity
from workshop.model.closed import Closed
from workshop.model.meta import NOWHERE, Clock, Day, People, Texts


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
        minutes: how long it really took.
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
