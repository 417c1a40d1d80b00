"""Tests the table of rules: one plan keeps all of them, and every rule has a test."""

import re
from pathlib import Path

from tests.plan.invariants.plans import a_plan, whole
from workshop.plan.invariants.rules import RULES, breaches


def test_a_plan_that_is_whole_breaks_nothing():
    assert list(breaches(a_plan(whole()))) == []


def test_each_rule_is_broken_by_a_test():
    tried = set()
    for path in Path(__file__).parent.glob("test_*.py"):
        tried |= set(re.findall(r'broken\(\s*"(P\d+)"', path.read_text("utf-8")))
    assert tried == set(RULES)
