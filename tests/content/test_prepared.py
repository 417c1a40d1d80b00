"""Bars within code and formulas: as in pandoc, they don't end the cell of a table."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workshop.content import load
from workshop.content.tool_signs import HABITS, habits_of
from workshop.model.request import TOOLS

Talk = Callable[[str], Any]
TABLE = "## One\n\n| Name | Written |\n|---|---|\n| it | {} |\n"


@pytest.mark.parametrize("cell", ["$P(A|B)$", "`x|y`", r"$\|v\|$ and `a|b`"])
def test_a_bar_in_code_or_a_formula_doesnt_end_the_cell(talk: Talk, cell: str) -> None:
    content, problems = talk(TABLE.format(cell))
    (table,) = content.stages[0].slides[0].blocks
    assert not problems
    assert [len(row) for row in table.rows] == [2]
    assert not any(getattr(node, "text", "").startswith("$") for node in table.rows[0][1])
    assert sum(type(node).__name__ == "CodeSpan" for node in table.rows[0][1]) == cell.count("`") // 2


@pytest.mark.parametrize("cell", ["$5 | $6", "one | two"])
def test_any_other_bar_too_many_is_named(talk: Talk, cell: str) -> None:
    _, problems = talk(TABLE.format(cell))
    assert {problem.at.line for problem in problems} == {5}
    assert "this row has 3 cells" in " ".join(map(str, problems))


RULE = "\n---\n\n# Two\n"
OF_TOOLS = {
    "slidev": (
        "# One\n\n---\nlayout: center\n---\n\n# Two\n",
        "# One\n\n::right::\n\ntext\n" + RULE,
        "# One\n\n<v-clicks>\n\n- a\n\n</v-clicks>\n\n<v-click>\n\nb\n\n</v-click>\n" + RULE,
    ),
    "remark": (
        "class: center, middle\n\n# One\n" + RULE,
        "# One\n\n???\nprivate\n" + RULE,
        "# One\n\n---\nname: a\nlayout: true\n\n---\n\n# Two\n",
        "# One\n\n.left[a] and .right[b]\n" + RULE,
    ),
    "deckset": (
        "autoscale: true\n\n# One\n" + RULE,
        "# One\n\n^ private\n" + RULE,
        "# One\n\n[.hide-footer]\n" + RULE,
        "# [fit] One\n" + RULE,
    ),
    "pandoc": (
        "# One\n\ntext\n" + RULE,
        "# One\n\n```\n???\n^ a\n::right::\n```\n" + RULE,
        "# One\n\n<!--\n???\n\n^ a\n-->\n" + RULE,
        "# One\n\n^ a caret, and no rule\n",
        "# One\n\nname: value\n" + RULE,
        "Read [the]{.fixed} .bashrc[1]\n" + RULE,
    ),
}


@pytest.mark.parametrize(("tool", "text"), [(tool, text) for tool, texts in OF_TOOLS.items() for text in texts])
def test_a_tool_is_known_by_what_only_it_has(tool: str, text: str) -> None:
    habits, why = habits_of("", text, Path("talk.md"))
    assert habits.name == tool
    assert bool(why) == (tool != "pandoc")


@pytest.mark.parametrize(
    ("front", "name", "tool"),
    [
        ("marp: true", "talk.md", "marp"),
        ("format: revealjs", "talk.md", "quarto"),
        ("title: a", "talk.qmd", "quarto"),
        ("output: xaringan::moon_reader", "talk.Rmd", "remark"),
        ("title: a", "talk.md", "pandoc"),
    ],
)
def test_front_matter_or_the_name_of_the_file_says_it(front: str, name: str, tool: str) -> None:
    assert habits_of(front, "# One\n", Path(name)) == (habits_of(front, "# One\n", Path(name), tool)[0], "")
    assert habits_of(front, "# One\n", Path(name))[0].name == tool


def test_the_first_advice_says_what_a_talk_is_read_as_and_what_the_user_says_wins(talk: Callable[[str], Any]) -> None:
    text = "# One\n\n---\nlayout: center\n---\n\n# Two\n\n[a](#nowhere)\n"
    _, found = talk(text)
    assert str(found[0]) == (
        "talk.md:1: advice: this is read as a talk for Slidev (it has keys between rules) — --from says otherwise"
    )
    content, found = load(Path("talk.md"), tool="pandoc")
    assert [problem for problem in found if problem.code == "tool"] == []
    assert len(content.stages[0].slides) == 3


@pytest.mark.parametrize(
    ("text", "line"), [("^ private", 3), ("::right::", 3), ("---\nkey: x\n---", 4), ("```\n^ a\n```", 0)]
)
def test_a_line_that_another_tool_wouldnt_show_proposes_to_name_the_tool(
    talk: Callable[[str], Any], text: str, line: int
) -> None:
    found = [problem for problem in talk(f"## One\n\n{text}\n")[1] if problem.code == "tool"]
    assert [problem.at.line for problem in found if problem.at] == ([line] if line else [])
    assert all("--from slidev" in problem.hint for problem in found)


def test_each_tool_of_the_command_line_has_habits() -> None:
    assert tuple(HABITS) == TOOLS
