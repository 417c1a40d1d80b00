from __future__ import annotations

import json

import pytest

from workshop.errors import At
from workshop.model.markup import Attrs, Div, ListBlock, Paragraph, Text, Value
from workshop.model.meta import StageMeta
from workshop.model.plain_trees import Trees

TREES = Trees((Attrs, Div, ListBlock, Paragraph, Text, StageMeta))
HERE = At("a.md", 3)
TREE = Div(
    "notes",
    (
        Paragraph((Text("one", HERE), Text("two", At("a.md", 3, 9))), At("b.md", 1)),
        ListBlock((), True, 4, HERE, style="a."),
    ),
    Attrs("x", ("y",), (("k", "v"),)),
    HERE,
)


def test_a_tree_comes_back_equal_through_json() -> None:
    stored = json.loads(json.dumps(TREES.plain(TREE, "a.md")))
    assert TREES.made(stored, "a.md") == TREE


def test_the_file_of_most_places_is_not_stored_with_them() -> None:
    moved = TREES.made(TREES.plain(TREE, "a.md"), "c.md")
    assert moved.at == At("c.md", 3)
    assert moved.blocks[0].at == At("b.md", 1)


def test_equal_places_are_one_object() -> None:
    made = TREES.made(TREES.plain(TREE, "a.md"), "a.md")
    assert made.at is made.blocks[1].at


def test_mappings_and_empty_values_come_back() -> None:
    meta = StageMeta(title="A", runs={"short": {"demo": "trigram"}}, number=None, weight=0.5)
    assert TREES.made(json.loads(json.dumps(TREES.plain(meta, ""))), "") == meta


def test_a_class_that_is_not_listed_is_refused() -> None:
    with pytest.raises(KeyError):
        TREES.plain((Value("x", HERE),), "a.md")


@pytest.mark.parametrize("stored", [[99, 1], [2, "too", "many", "fields", "here"], []])
def test_data_of_another_form_is_refused(stored: list[object]) -> None:
    with pytest.raises((IndexError, TypeError, ValueError)):
        TREES.made(stored, "a.md")
