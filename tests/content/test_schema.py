from __future__ import annotations

from typing import Any

import pytest

from workshop.content.metadata import OVERLAY_KEYS, TALK_KEYS, keys_of, laid_over, read_meta
from workshop.errors import At, Report
from workshop.inputs.yaml_text import parse_yaml
from workshop.model.meta import AudienceMeta, KitMeta, Phase, StageMeta, TimeBlock

BLOCKS = """\
title: Bread
blocks:
  - {title: Lunch, minutes: soon}
  - {title: Tea, minutes: 15, fill: maybe}
  - {title: Work, minutes: 30, from: 300, fill: yes, after: oven}
"""


def read(model: type, text: str, **options: Any) -> tuple[Any, list[str], dict[str, At]]:
    report = Report()
    tree = parse_yaml(text, "a.yaml", report)
    assert tree is not None
    made = read_meta(model, tree, report, **options)
    return made, [f"{p.at.line}: {p.message}" for p in report.found if p.at], tree.dotted()


def test_texts_become_numbers_names_and_tuples() -> None:
    meta, found, _ = read(KitMeta, "title: B\nminutes: 45\npeople: 8\nphases: [{title: First, stages: [1, 2]}]\n")
    assert found == []
    assert meta == KitMeta(title="B", minutes=45, people=8, phases=(Phase(title="First", stages=(1, 2)),))


def test_keys_with_an_empty_value_count_as_left_out() -> None:
    assert read(KitMeta, "title: B\nminutes:\npaper:\n")[0] == KitMeta(title="B")


def test_every_mistake_is_reported_at_its_line_and_the_rest_is_used() -> None:
    text = "titel: B\nminutes: abc\npeople: 0\nstart: noon\npaper: a5\nauthor: Ann\n"
    meta, found, _ = read(KitMeta, text, required=("title",))
    assert sorted(line.partition(" ")[0] for line in found) == ["1:", "1:", "2:", "3:", "4:", "5:"]
    assert found[2] == "2: minutes is 'abc', not a number"
    assert meta == KitMeta(author="Ann")


@pytest.mark.parametrize("tag", ["en", "pt-BR", "zh-Hant-TW"])
def test_a_language_is_a_tag(tag: str) -> None:
    assert read(KitMeta, f"language: {tag}\n")[:2] == (KitMeta(language=tag), [])


@pytest.mark.parametrize("tag", ["English", "../../../kit/words", "en-GB en-GB", "en_GB", "-", "en" + "-x" * 200])
def test_anything_but_a_tag_never_becomes_a_language_or_a_file_name(tag: str) -> None:
    meta, found, _ = read(KitMeta, f"language: '{tag}'\n")
    assert [line.partition("'")[0] for line in found] == ["1: language cannot be "]
    assert meta == KitMeta()


def test_a_wrong_entry_does_not_affect_others_and_places_follow() -> None:
    meta, found, places = read(KitMeta, BLOCKS)
    assert found == ["3: blocks.0.minutes is 'soon', not a number", "4: blocks.1.fill is 'maybe', neither yes nor no"]
    assert meta.blocks == (
        TimeBlock(title="Tea", minutes=15),
        TimeBlock(title="Work", minutes=30, after="oven", least=300, fill=True),
    )
    assert [places[f"blocks.{index}"].line for index in range(2)] == [4, 5]
    assert places["blocks.1.after"].line == 5
    assert "blocks.2" not in places


def test_a_value_that_is_not_a_mapping_is_one_mistake_and_leaves_the_defaults() -> None:
    assert read(StageMeta, "- a\n- b\n")[:2] == (StageMeta(), ["1: this must be keys with values"])


def test_a_key_that_may_not_be_said_here_is_unknown() -> None:
    meta, found, _ = read(KitMeta, "title: B\nsections: [a]\n", known=OVERLAY_KEYS)
    assert found == ["2: there is no key 'sections'"]
    assert meta == KitMeta(title="B")


def test_only_the_keys_that_are_given_are_laid_over() -> None:
    below, above = StageMeta(title="Dough", aim="Weigh", weight=2), StageMeta(aim="Knead")
    assert laid_over(below, above, {"aim", "stage"}) == StageMeta(title="Dough", aim="Knead", weight=2)


@pytest.mark.parametrize("model", [KitMeta, StageMeta, AudienceMeta, TimeBlock])
def test_every_field_has_a_key_and_a_trailing_underscore_is_never_typed(model: Any) -> None:
    keys = keys_of(model)
    assert [*keys.values()] == [*model.model_fields]
    assert not any(key.endswith("_") for key in keys)


def test_talks_and_overlays_may_have_keys_of_a_kit() -> None:
    assert {*TALK_KEYS, *OVERLAY_KEYS} <= {*keys_of(KitMeta)}


def test_a_wrong_value_says_what_may_be_written() -> None:
    report = Report()
    text = 'title: B\nstart: 25:70\nlanguage: "?"\nexplore_url: not a url\npeople: 0\nminutes: 1e9\n'
    tree = parse_yaml(text, "a.yaml", report)
    assert tree is not None
    read_meta(KitMeta, tree, report)
    assert sorted((p.at.line, p.hint) for p in report.found if p.at) == [
        (2, "write a clock time, such as 09:30"),
        (3, "write the tag of a language, such as en-GB"),
        (4, "write an address that begins with https://"),
        (5, "write 1 or more"),
        (6, "write 100,000 or less"),
    ]
