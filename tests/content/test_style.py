"""Tests the file of word rules that kit.yaml names under ``style``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.content.conftest import KIT
from workshop.errors import Problems
from workshop.model.meta import PersonVerb, StyleMeta

NAMED = KIT["kit.yaml"] + "style: style.yaml\n"
GOOD = """\
things: [dough, oven]
called: a lump
person-verbs:
  - {forms: [want, wants], instead: needs}
"""
Kit = Callable[..., Any]


def test_the_words_are_read(kit: Kit) -> None:
    content, found = kit({"kit.yaml": NAMED, "style.yaml": GOOD})
    assert not found
    assert content.style == StyleMeta(
        things=("dough", "oven"), called="a lump", person_verbs=(PersonVerb(forms=("want", "wants"), instead="needs"),)
    )
    assert "bread/style.yaml" in content.files


def test_a_kit_need_not_have_any(kit: Kit) -> None:
    assert kit()[0].style is None


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "bread/kit.yaml:3: error: there is no file 'style.yaml'"),
        ({"style.yaml": GOOD.replace("things", "thing")}, "bread/style.yaml:1: error: there is no key 'thing'"),
        ({"style.yaml": "called: it\n"}, "bread/style.yaml:1: error: things is missing"),
        ({"style.yaml": GOOD.replace("instead", "insted")}, "bread/style.yaml:4: error: "),
        ({"style.yaml": GOOD.replace("[want, wants]", "[]")}, "bread/style.yaml:4: error: "),
    ],
    ids=["missing", "slip", "key", "verb", "no-form"],
)
def test_a_mistake_is_reported_at_its_line(kit: Kit, files: dict[str, str], said: str) -> None:
    with pytest.raises(Problems) as raised:
        kit({"kit.yaml": NAMED, **files})
    assert any(str(problem).startswith(said) for problem in raised.value.problems), raised.value.problems
