from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.content.conftest import problems_of
from tests.content.outline import outline
from workshop.model.meta import SheetMeta

Kit = Callable[..., Any]
FRONT = "---\nstage: dough\ntitle: Dough\naim: Compute\ntoy: It stops\n---\n\n"  # what follows begins on line 8
PARTS = "\n::: task\na\n:::\n\n::: solution\nb\n:::\n"


def sheet(body: str) -> dict[str, str]:
    return {"exercises/01-dough.md": FRONT + body}


def test_an_exercise_has_task_hint_and_solution(kit: Kit) -> None:
    body = "## Weigh it {#weigh minutes=6 level=1 problem=percentage calculator=no}\n" + PARTS + "\n::: hint\nc\n:::\n"
    content, found = kit(sheet(body))
    assert not found
    (only,) = content.sheets
    (exercise,) = only.exercises
    assert only.meta == SheetMeta(stage="dough", title="Dough", aim="Compute", toy="It stops")
    assert (exercise.id, exercise.stage, exercise.at.line) == ("weigh", "dough", 8)
    parts = (exercise.task, exercise.hint, exercise.solution)
    assert [outline(block) for part in parts for block in part] == [
        ["paragraph 11: a"],
        ["paragraph 19: c"],
        ["paragraph 15: b"],
    ]
    assert exercise.attrs.get("problem") == "percentage"


def test_a_task_holds_tables_blanks_lines_and_boxes(kit: Kit) -> None:
    body = (
        "## Weigh it {#weigh}\n\n::: task\n| a |\n|---|\n| [ ]{.blank} |\n\n::: {.lines count=2}\n:::\n\n- [ ] x\n:::\n"
        "\n::: solution\n[1]{.answer}\n\n::: {.wrong see=31 because='forgot it'}\nSay\n:::\n:::\n"
    )
    exercise = kit(sheet(body))[0].sheets[0].exercises[0]
    assert [line for block in exercise.task for line in outline(block)] == [
        "table 11 -: ",
        "  a",
        "  <span   {.blank}>",
        "div 15 lines {.lines count='2'}",
        "list 18",
        "  item 18 [ ]",
        "    paragraph 18: x",
    ]
    assert [line for block in exercise.solution for line in outline(block)][1:] == [
        "div 24 wrong {.wrong see='31' because='forgot it'}",
        "  paragraph 25: Say",
    ]


def test_an_exercise_can_be_shown_on_a_slide(kit: Kit) -> None:
    slide = "---\ntitle: D\n---\n\n## Your turn {#turn}\n\n![](exercise:weigh)\n"
    _, found = kit(sheet("## Weigh it {#weigh}\n" + PARTS) | {"01-dough.md": slide})
    assert not found


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ("## A\n" + PARTS, ["8: this exercise has no name"]),
        ("## A {#a}\n", ["8: this exercise has no solution", "8: this exercise has no task"]),
        ("## A {#a}\n\nloose\n" + PARTS, ["10: this is outside of task, hint and solution"]),
        ("loose\n\n## A {#a}\n" + PARTS, ["8: this is before the first exercise"]),
        ("## A {#a}\n" + PARTS + "\n::: task\nc\n:::\n", ["18: this exercise has a second task"]),
        ("# A\n\n## A {#a}\n" + PARTS, ["8: a heading with one # means nothing here", "8: this exercise has no name", "8: this exercise has no solution", "8: this exercise has no task"]),
        ("## A {#a}\n" + PARTS + "\n---\n", ["18: a slide break means nothing in an exercise file"]),
        ("## A {#a level=high}\n" + PARTS, ["8: level=high is not a whole number"]),
        ("## A {#a level=2001}\n" + PARTS, ["8: level=2001 is more than 2,000"]),
        ("## A {#a}\n" + PARTS.replace("::: task\n", "::: task\n::: {.lines count=21}\n:::\n"), ["11: count=21 is more than 20 lines"]),
        ("## A {#a calculator=maybe}\n" + PARTS, ["8: calculator=maybe is neither yes nor no"]),
        ("## A {#a layout=map}\n" + PARTS, ["8: there is no attribute 'layout='"]),
        ("## A {#a}\n" + PARTS + "\n## B {#a}\n" + PARTS, ["18: there are two exercises named 'a', the first on line 8"]),
        ("## A {#a}\n\n::: task\na\n\n::: solution\nb\n:::\n", ["8: this exercise has no solution", "10: the div opened here (::: task) is not closed"]),
        ("", ["1: there is no exercise in this file"]),
    ],
)  # fmt: skip
def test_a_mistake_in_an_exercise_is_reported_at_its_line(kit: Kit, body: str, errors: list[str]) -> None:
    assert problems_of(lambda: kit(sheet(body))) == errors


def test_a_sheet_names_a_section_that_exists_and_has_no_other(kit: Kit) -> None:
    body = "## A {#a}\n" + PARTS
    lost = {"exercises/x.md": f"---\nstage: oven\ntitle: X\n---\n{body}"}
    assert problems_of(lambda: kit(lost)) == ["2: no section of this kit is named 'oven'"]
    twice = {f"exercises/{n}.md": f"---\nstage: dough\ntitle: X\n---\n{body.replace('#a', '#' + n)}" for n in "xy"}
    twice["exercises/x.md"] = lost["exercises/x.md"].replace("oven", "dough")
    assert problems_of(lambda: kit(twice)) == ["1: bread/exercises/x.md is the sheet of 'dough' too"]


def test_a_readme_among_the_exercises_is_not_an_exercise(kit: Kit) -> None:
    content, found = kit({"exercises/README.md": "# Notes\n"})
    assert (content.sheets, found) == ((), ())
