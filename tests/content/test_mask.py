from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from workshop.content.mask import CAPACITY, TooManyValuesError, mask
from workshop.errors import At
from workshop.model.markup import Text, Value

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
PIECES = st.text(alphabet="{} a|\n\\\ue000\U00100000&#xE0;", max_size=60)


@settings(deadline=None)
@given(TEXT | PIECES)
def test_a_masked_text_can_be_restored_and_keeps_its_lines(text: str) -> None:
    masked = mask(text, "a.md")
    assert masked.restore(masked.text) == text
    assert masked.text.count("\n") == text.count("\n")
    assert masked.lines == tuple(masked.text.split("\n"))


@settings(deadline=None)
@given(st.from_regex(r"[^{}\n\r]{1,20}", fullmatch=True))
def test_a_value_comes_back_with_its_text_and_place(inside: str) -> None:
    masked = mask(f"a\n b {{{{{inside}}}}} c", "a.md")
    at = At("a.md", 2)
    assert list(masked.pieces(masked.lines[1], at)) == [
        Text(" b ", at),
        Value(inside.strip(), At("a.md", 2, 4)),
        Text(" c", at),
    ]


def test_a_value_takes_pipes_and_stars_out_of_the_parsers_sight() -> None:
    assert not set(mask("{{ a | b * c _ d [e] }}", "a.md").text) & set("|*_[]")


def test_each_value_has_a_character_that_the_text_does_not_contain() -> None:
    masked = mask("\ue000 &#xE001; &#57346; {{ a }} {{ b }}", "a.md")
    assert sorted(masked.values) == ["\ue003", "\ue004"]


def test_values_do_not_span_lines_and_escaped_braces_are_not_values() -> None:
    assert mask("{{ a\n}} \\{{ b }}", "a.md").values == {}


def test_a_value_begins_with_the_last_braces_before_its_end() -> None:
    masked = mask("a {{ b {{ c }} d }}", "a.md")
    assert [value.expr for value in masked.values.values()] == ["c"]
    assert masked.text.startswith("a {{ b ")


def test_a_column_counts_what_the_author_wrote() -> None:
    masked = mask("{{ long }} x", "a.md")
    assert masked.column(1, 2) == 12


def test_more_values_than_private_characters_are_refused() -> None:
    import pytest

    with pytest.raises(TooManyValuesError):
        mask("{{a}}" * (CAPACITY + 1), "a.md")
