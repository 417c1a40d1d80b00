"""What a quiz showed, for a record: each question with intervals, what stayed weeks later, and groups large enough to say anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from workshop.addons.room.answer_lines import Row
from workshop.addons.room.item_analysis import Interval, Item, analyse, is_right, wilson
from workshop.addons.room.quiz_changes import Sheets, Stayed, what_stayed
from workshop.model.prints import Question

LEAST = 5  # people: results of fewer could be traced to a person


class Group(Struct, frozen=True):
    """The right answers of a group, before and after, of all its answers."""

    name: str
    people: int
    before: Interval
    after: Interval


class Results(Struct, frozen=True, kw_only=True):
    """All that a record says of the quiz.

    Attributes:
        filled: people who filled in any sheet.
        items: a question each, of people with both sheets; empty if these are fewer than ``LEAST``.
        later: what stayed; empty if fewer than ``LEAST`` people filled in the sheet weeks later.
    """

    filled: int
    people: int
    items: tuple[Item, ...] = ()
    later: tuple[Stayed, ...] = ()
    groups: tuple[Group, ...] = ()


def results_of(
    sheets: Sheets,
    questions: Sequence[Question],
    later: Sequence[Question] = (),
    groups: Mapping[str, Sequence[str]] | None = None,
) -> Results:
    """Return what sheets show; groups, and the whole room, only if they have at least ``LEAST`` people with both sheets."""
    both = sheets.both
    before, after = ([of[name] for name in both] for of in (sheets.before, sheets.after))
    enough = len(both) >= LEAST
    items = analyse(before, after, questions, [str(q.number) for q in questions]) if enough else ()
    return Results(
        filled=len(sheets.before.keys() | sheets.after.keys()),
        people=len(both),
        items=items,
        later=what_stayed(sheets, questions, later) if len(sheets.later) >= LEAST else (),
        groups=tuple(_groups(sheets, questions, groups or {})),
    )


def _groups(sheets: Sheets, questions: Sequence[Question], groups: Mapping[str, Sequence[str]]) -> list[Group]:
    found = []
    for name, members in groups.items():
        there = [code for member in members if (code := member.strip().lstrip("0")) in sheets.both]
        if len(there) >= LEAST:
            before, after = (_share([of[code] for code in there], questions) for of in (sheets.before, sheets.after))
            found.append(Group(name, len(there), before, after))
    return found


def _share(rows: Sequence[Row], questions: Sequence[Question]) -> Interval:
    right = sum(is_right(row, question, place) for row in rows for place, question in enumerate(questions))
    return wilson(right, len(rows) * len(questions))
