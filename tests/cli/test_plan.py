"""Tests the command ``plan``, and what --explain adds to a dry run."""

import json
import re

import pytest

from tests.tiers import few
from workshop.model.slot import REASONS
from workshop.plan.invariants.rules import RULES

TALK = "---\ntitle: A talk\n---\n\n## One thing to do at once {#do minutes=6}\n\n- point\n"


@pytest.mark.parametrize("command", few([("plan",), ("build", "--dry-run")], ("plan",)))
def test_explain_shows_each_rule_with_what_it_found(run, command):
    code, out, _ = run(*command, "--minutes", "90", "--explain")
    assert code == 0
    rules = dict(re.findall(r"^ *(P\d+)  kept +\S.*?  +(\S.*)$", out, re.MULTILINE))
    assert list(rules) == list(RULES)
    assert rules["P13"] == "3 tasks on paper, 21 minutes"
    assert rules["P18"] == "85 slides + 5 buffer = 90 of 90"


def test_explain_says_of_each_slide_that_is_out_what_it_is_called_and_why_in_words(run):
    _, out, _ = run("plan", "--minutes", "90", "--explain")
    (line,) = re.findall(r"^story .*$", out, re.MULTILINE)
    assert re.fullmatch(r"story +Welcome +\d  out +comes in from 360 minutes \(welcome\)  +Our example: a .*", line)
    _, text, _ = run("plan", "--minutes", "90", "--json")
    lines = json.loads(text)["lines"]
    assert {line["reason"] for line in lines if not line["shown"]} <= REASONS.keys()
    assert {line["reason"] for line in lines if line["shown"]} == {""}
    (story,) = (line for line in lines if line["slide"] == "story")
    assert (story["reason"], story["told"], story["why"]) == ("later", "comes in from 360 minutes", "welcome")


def test_a_plan_as_json_has_the_rules_too(run):
    _, out, _ = run("plan", "--minutes", "45", "--json")
    rules = json.loads(out)["rules"]
    assert [rule["rule"] for rule in rules] == list(RULES)
    assert all(rule["found"] and not rule["broken"] for rule in rules)


def test_a_kit_without_moments_has_no_rules(run, tmp_path):
    (tmp_path / "talk.md").write_text(TALK)
    code, out, _ = run("plan", "talk.md", "--minutes", "11", "--explain")
    assert code == 0
    assert "do" in out
    assert "P1 " not in out


def test_the_timetable_begins_and_ends_with_the_workshop(run):
    code, out, _ = run("plan", "--audience", "executives", "--minutes", "45", "--timetable", "--start", "09:30")
    assert code == 0
    rows = out.splitlines()
    assert re.match(r"09:30  welcome +\d +\d+ +\d+ s +\d+ s$", rows[1])
    assert re.match(r"10:15  end: \d+ of \d+ minutes are speech, \d+ are the room's; every slide fits$", rows[-1])
    assert len(rows) == 1 + 14 + 1 + 1  # heading, slides, buffer, end


@pytest.mark.broad
def test_all_plans_make_a_table_of_audiences_slots_and_rules(run):
    code, out, _ = run("plan", "--all", "--audience", "executives")
    assert code == 0
    rows = [line.split() for line in out.splitlines() if re.match(r"executives +\d+ ", line)]
    assert [int(row[1]) for row in rows] == [25, 45, 60, 90, 120, 180, 360]
    assert all(row[4:] == ["+"] * len(RULES) for row in rows)
    assert re.search(
        r"^  executives: learnt, shown from 90 minutes on \(learnt, from 90 minutes on, spine\)$", out, re.MULTILINE
    )
    assert re.search(r"^5\.1 +25$", out, re.MULTILINE)
    assert out.endswith("7 plans, 0 rules broken\n")
