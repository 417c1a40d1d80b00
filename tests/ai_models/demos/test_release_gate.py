import pytest
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests

from workshop.ai_models.demos.release_gate import release_gate
from workshop.ai_models.toys.release_gate import verdict


def test_one_seed_gives_one_result(run):
    assert run(release_gate, 3).facts == run(release_gate, 3).facts


def test_the_suites_add_up_to_the_whole(run):
    found = run(release_gate).facts
    for key in ("n", "gained", "lost"):
        assert sum(suite[key] for suite in found["suites"].values()) == found["overall"][key]


def test_a_wide_margin_blocks_nothing(run):
    assert run(release_gate, margin=0.5).facts["blocked"] == 0


def test_without_neglect_nothing_is_blocked(run):
    """The block comes from the missing safety text and not from the method."""
    blocked = [run(release_gate, seed, less=50, more=50).facts["suites"]["safety"]["verdict"] for seed in range(10)]
    assert blocked.count("BLOCK") <= 1


def test_held_out_items_are_answered_far_better_than_chance(run):
    """A pattern solves them: with enough text of every kind nearly all are right, though none was read."""
    found = run(release_gate, each=400).facts["suites"]
    assert all(suite["current"] > 0.8 for suite in found.values())


@pytest.mark.parametrize(
    ("low", "high", "word"),
    [(-0.3, -0.03, "BLOCK"), (-0.3, -0.02, "HOLD"), (-0.03, 0.5, "HOLD"), (-0.02, 0, "PASS"), (0.1, 0.2, "PASS")],
)
def test_the_rule_reads_both_ends(low, high, word):
    assert verdict(low, high, 0.02) == word


@pytest.mark.parametrize("seed", range(3))
def test_every_p_is_mcnemars_and_the_worst_one_is_corrected_by_statsmodels(run, seed):
    found = run(release_gate, seed).facts
    for suite in (*found["suites"].values(), found["overall"]):
        table = [[0, suite["lost"]], [suite["gained"], 0]]
        assert suite["p"] == pytest.approx(mcnemar(table, exact=True).pvalue)
    every = [suite["p"] for suite in found["suites"].values()]
    corrected = multipletests(every, method="bonferroni")[1]
    assert found["worst"]["corrected"] == pytest.approx(corrected[every.index(found["worst"]["p"])])
