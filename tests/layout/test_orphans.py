"""Tests that the last words of a paragraph are kept together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from workshop.layout.measure import HELD, Ruler, without_orphans
from workshop.model.blocks import Line, Run
from workshop.model.theme import EMU_PER_POINT, Box, inches
from workshop.themes.beds import light

RULER = Ruler(light())
MAIN = light().layouts["content"].find("main")
assert MAIN is not None
HEAD = "the toy counts, and a real one"
WIDTH = round(RULER.width(HEAD, 24) * 1.05 * EMU_PER_POINT)
NARROW = replace(MAIN, box=Box(0, 0, WIDTH, inches(4)), bullet="")


def rows(line: Line) -> list[str]:
    return [row.text.replace(HELD, " ") for row in RULER.prose(NARROW, (line,), 24).rows[0]]


def test_a_last_row_of_one_word_gets_company_from_the_row_before() -> None:
    before = Line((Run(f"{HEAD} corrects"),))
    (after,) = without_orphans(RULER, NARROW, (before,), 24)
    assert rows(before)[-1] == "corrects"
    assert rows(after)[-1] == "one corrects"
    assert len(rows(after)) == len(rows(before))


def test_a_row_is_not_left_with_one_word_for_the_sake_of_the_last_one() -> None:
    narrow = replace(NARROW, box=replace(NARROW.box, w=round(RULER.width("no computer", 24) * 1.25 * EMU_PER_POINT)))
    line = Line((Run("but no computer"),))
    assert [row.text for row in RULER.prose(narrow, (line,), 24).rows[0]] == ["but no", "computer"]
    assert without_orphans(RULER, narrow, (line,), 24) == (line,)


def test_words_of_another_look_are_held_as_well_and_code_is_left_alone() -> None:
    bold = Line((Run(f"{HEAD} "), Run("corrects", strong=True)))
    (after,) = without_orphans(RULER, NARROW, (bold,), 24)
    assert after.runs[0].text.endswith(f"one{HELD}")
    code = Line((Run("the toy counts, and a real "), Run("one corrects", code=True)))
    assert without_orphans(RULER, NARROW, (code,), 24) == (code,)


@given(st.text(alphabet="abc  de", max_size=120))
def test_holding_words_takes_no_further_row_and_changes_no_word(text: str) -> None:
    line = Line((Run(text),))
    (after,) = without_orphans(RULER, NARROW, (line,), 24)
    assert after.text.replace(HELD, " ") == text
    assert len(rows(after)) == len(rows(line))
