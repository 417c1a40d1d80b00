"""Bars within code and formulas: as in pandoc, they don't end the cell of a table."""

from collections.abc import Callable
from typing import Any

import pytest

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
    assert [problem.at.line for problem in problems] == [5]
    assert "this row has 3 cells" in str(problems[0])
