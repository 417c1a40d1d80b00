"""Tests that the built-in kit's own sources read as text: long conditions have a name, and each name says what it means."""

import re

import pytest

from benchmarks.kits import KIT

LONGEST = 80
FILES = sorted([*KIT.glob("*.md"), *KIT.glob("audiences/*/*.md")])
EXPRESSION = re.compile(r'(?:claim|when|right)="([^"]*)"|\{\{(.*?)\}\}')
FACT = re.compile(r'^  \w+: "[^"]+"  # \w.*\w$')


def split(path):
    """Return the lines of front matter and of slides."""
    text = path.read_text(encoding="utf-8")
    front, slides = text[4:].split("\n---\n", 1) if text.startswith("---\n") else ("", text)
    return front.splitlines(), slides.splitlines()


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_condition_that_cannot_be_read_at_a_glance_has_a_name(path):
    found = [a or b for line in split(path)[1] for a, b in EXPRESSION.findall(line)]
    assert [expression for expression in found if len(expression.strip()) > LONGEST] == []


@pytest.mark.parametrize("path", [path for path in FILES if "facts:" in split(path)[0]], ids=lambda path: path.stem)
def test_each_named_fact_says_in_a_comment_what_it_means(path):
    front, _ = split(path)
    begin = front.index("facts:") + 1
    facts = [line for line in front[begin:] if line.startswith("  ")][
        : next(k for k, line in enumerate(front[begin:]) if line[0] != " ")
    ]
    assert facts
    assert [line for line in facts if not FACT.match(line)] == []
