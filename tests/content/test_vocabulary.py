from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workshop.constructs.table import DIVS, SPAN_CLASSES
from workshop.content.metadata import keys_of
from workshop.content.vocabulary import FOREIGN, KEYS, SCHEMES, _distance, near
from workshop.layouts import names
from workshop.model.meta import AudienceMeta, KitMeta, PersonVerb, Point, SheetMeta, Source, StageMeta, StyleMeta, Term

DOCS = Path(__file__).parents[2] / "docs"
WRITTEN = (*sorted((DOCS / "write").glob("*.md")), DOCS / "gallery.md", DOCS / "reference" / "check.md")  # by hand
PAGE = "".join(path.read_text("utf-8") for path in WRITTEN)


@pytest.mark.parametrize("name", [*names(), *SCHEMES, *(key for keys in KEYS.values() for key in keys)])
def test_every_name_is_explained_on_a_page_for_authors(name: str) -> None:
    assert name in PAGE


@pytest.mark.parametrize("name", DIVS)
def test_every_div_is_explained_on_a_page_for_authors(name: str) -> None:
    assert re.search(rf"::: (?:\{{\.)?{name}\b(?!-)", PAGE)


@pytest.mark.parametrize("name", SPAN_CLASSES)
def test_every_class_of_a_span_is_explained_on_a_page_for_authors(name: str) -> None:
    assert re.search(rf"\]\{{\.{name}\b", PAGE)


@pytest.mark.parametrize(
    "model", [KitMeta, StageMeta, SheetMeta, AudienceMeta, Term, Point, Source, StyleMeta, PersonVerb]
)
def test_every_key_of_a_yaml_file_is_explained_on_a_page_for_authors(model: type) -> None:
    assert [key for key in keys_of(model) if key not in PAGE] == []


def slow_distance(a: str, b: str) -> int:
    """Return the optimal string alignment distance, straight from its definition."""
    if not a or not b:
        return len(a) + len(b)
    best = min(slow_distance(a[1:], b) + 1, slow_distance(a, b[1:]) + 1, slow_distance(a[1:], b[1:]) + (a[0] != b[0]))
    if a[:2] == b[1::-1] and len(a) > 1 and len(b) > 1:
        best = min(best, slow_distance(a[2:], b[2:]) + 1)
    return best


@settings(deadline=None)
@given(st.text("abc", max_size=5), st.text("abc", max_size=5))
def test_distance_is_the_edit_distance_with_swaps(a: str, b: str) -> None:
    assert _distance(a, b, 10) == slow_distance(a, b)


@pytest.mark.parametrize(
    ("word", "name"), [("notse", "notes"), ("minuts", "minutes"), ("layuot", "layout"), ("fro", "for")]
)
def test_a_mistake_of_up_to_two_letters_is_near(word: str, name: str) -> None:
    assert near(word, [name])


@pytest.mark.parametrize(
    ("word", "name"), [("y", "x"), ("transition", "minutes"), ("fragment", "fixed"), ("notes", "notes")]
)
def test_another_word_is_not(word: str, name: str) -> None:
    assert not near(word, [name])


def test_names_of_other_tools_are_not_mistakes() -> None:
    assert not any(near(word, [*DIVS, "toy", "core", "back", "subtitle"]) for word in FOREIGN)
