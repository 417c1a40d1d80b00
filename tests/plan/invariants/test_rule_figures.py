from tests.plan.invariants.plans import a_plan, after, change, slide, whole, without
from tests.plan.invariants.test_partners import COUNT, SHARES, VOTE
from workshop.plan.invariants.rule_figures import FIGURES, rule_reports
from workshop.plan.invariants.rules import RULES


def found(rule, stages, /, **more):
    """Return the findings of a rule in a plan."""
    return next(report.found for report in rule_reports(a_plan(stages, **more)) if report.rule == rule)


def test_every_rule_says_what_it_found():
    assert set(FIGURES) == set(RULES)
    assert all(report.found and not report.broken for report in rule_reports(a_plan(whole())))


def test_bets_tasks_and_votes_are_counted():
    voted = after(whole(), "crust", VOTE, slide("cool", 3), COUNT, slide("wait", 4), SHARES)
    assert found("P1", whole()) == "1 bet"
    assert found("P2", after(whole(), "crust", slide("thumbs", does="thumbs"))) == "2 tasks"
    assert found("P3", voted) == "1 vote"
    assert found("P4", voted) == "4 minutes from 'hands' to 'shares'"
    assert found("P4", whole()) == "no vote"


def test_the_clock_is_measured():
    assert found("P9", whole()) == "at most 4 minutes, between 'knead' and 'ask'"
    assert found("P12", whole()) == "6 of 29 minutes are speech (22%); the fullest is 'guess' (100%)"
    assert found("P13", whole()) == "1 task on paper, 6 minutes"
    assert found("P14", whole()) == "30 minutes at a time"
    assert found("P18", whole()) == "29 slides + 1 buffer = 30 of 30"
    assert found("P19", whole()) == "the room works in 1 of 2 stages"
    assert found("P25", whole()) == "at least 4 minutes in each of 2 stages"
    assert found("P21", whole()) == "the room does something for 22 of 29 minutes (76%)"


def test_what_a_stage_leaves_is_named_and_a_broken_rule_brings_its_messages():
    assert found("P8", whole()) == "rise, bake"
    stages = change(change(whole(), "knead", moment=""), "loaf", moment="")
    (report,) = [r for r in rule_reports(a_plan(stages, slot=90)) if r.rule == "P8"]
    assert report.found == "rise, –"
    assert len(report.broken) == 1


def test_edges_are_counted_by_stage():
    assert found("P10", whole()) == "of 2 stages, 1 with a misconception, 1 with a toy line"
    assert found("P10", without(whole(), "crust")) == "of 2 stages, 1 with a misconception, 0 with a toy line"
