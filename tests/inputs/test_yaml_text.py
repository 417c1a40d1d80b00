from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from workshop.errors import At, Report
from workshop.inputs.yaml_text import Tree, parse_yaml

PLAIN = st.recursive(
    st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abcd", min_size=1), inner, max_size=3),
    max_leaves=8,
)


def parsed(text: str, first_line: int = 1) -> tuple[Tree | None, list[str]]:
    report = Report()
    return parse_yaml(text, "a.yaml", report, first_line), [str(p) for p in report.found]


@settings(deadline=None)
@given(PLAIN)
def test_everything_is_read_as_the_base_loader_reads_it(value: object) -> None:
    text = yaml.safe_dump(value, allow_unicode=True)
    tree, found = parsed(text)
    assert not found
    assert tree is not None
    assert tree.value == (yaml.load(text, Loader=yaml.BaseLoader))


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.text("{}[]:,-&*!|>'\"% \n#?ab", max_size=40))
def test_any_text_gives_a_tree_or_problems(text: str) -> None:
    tree, found = parsed(text)
    assert tree is not None or found


def test_words_numbers_and_times_stay_text() -> None:
    tree, _ = parsed("a: no\nb: 10:30\nc: 2026\nd: ~\ne:\n")
    assert tree is not None
    assert tree.value == {"a": "no", "b": "10:30", "c": "2026", "d": "~", "e": ""}


def test_each_key_and_item_knows_its_place() -> None:
    tree, _ = parsed("title: x\nlist:\n  - {a: 1}\n  - b\n", first_line=2)
    assert tree is not None
    assert tree.dotted() == {
        "title": At("a.yaml", 2, 1),
        "list": At("a.yaml", 3, 1),
        "list.0": At("a.yaml", 4, 5),
        "list.0.a": At("a.yaml", 4, 6),
        "list.1": At("a.yaml", 5, 5),
    }
    assert tree.at(("list", 0, "a", "deeper")) == At("a.yaml", 4, 6)


def test_a_key_given_twice_names_both_lines() -> None:
    tree, found = parsed("a: 1\nb: 2\na: 3\n")
    assert tree is not None
    assert tree.value == {"a": "1", "b": "2"}
    assert found == ["a.yaml:3: error: 'a' is given twice, first on line 1 — keep one of them"]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("title: a: b", 1, "mapping values are not allowed"),
        ("a: 1\nb: [1, 2\n", 3, "this is not YAML"),
        ("a: &x 1\nb: *x\n", 2, "aliases (*) aren't supported here"),
        ("a: " + "[" * 50 + "]" * 50, 1, "this is nested too deep"),
        ("a: 1\n---\nb: 2\n", 2, "a second document begins here"),
        ("? [a]\n: b\n", 1, "a key must be a word"),
        ("a: b\n\tc: d\n", 2, "this is not YAML"),
    ],
)
def test_broken_yaml_is_one_sentence_with_its_line(text: str, line: int, words: str) -> None:
    tree, found = parsed(text)
    assert tree is None
    assert len(found) == 1
    assert found[0].startswith(f"a.yaml:{line}: error: ")
    assert words in found[0]
    assert "\n" not in found[0]


@pytest.mark.parametrize("escape", [r"\u2028", r"\x0b", r"\e", r"\0", r"\N", r"\x7f", r"\uFFFF"])
def test_an_escape_cannot_spell_a_character_that_no_text_may_hold(escape: str) -> None:
    for text in (f'a: "x{escape}y"', f'"x{escape}y": a', f'- "x{escape}y"'):
        tree, found = parsed(text)
        assert tree is not None
        assert len(found) == 1
        assert "error: there is a character U+" in found[0]
        assert "xy" in str(tree.value)


def test_all_files_of_a_kit_have_only_so_many_values() -> None:
    report = Report()
    half = "[" + "a, " * 30_000 + "b]"
    assert parse_yaml(half, "one.yaml", report) is not None
    assert parse_yaml(f"a: 1\nb:\n  {half}", "two.yaml", report) is None
    assert parse_yaml("a: 1", "three.yaml", report) is None
    assert [str(problem) for problem in report.found] == [
        "two.yaml:3: error: all YAML up to here has more than 50,000 values — leave out what isn't needed, or put the text into Markdown"
    ]
