from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import choix
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from statsmodels.genmod.families import Binomial
from statsmodels.genmod.generalized_linear_model import GLM

from tests.ai_models.garden import FOLDER
from workshop.ai_models.demos.votes import votes
from workshop.ai_models.toys.votes import covariance, distance, dpo, pulled, scores, with_phantoms
from workshop.errors import WorkshopError
from workshop.expressions import Evaluator
from workshop.inputs.ballot_forms import count_ballots
from workshop.inputs.ballots import Ballots, Pairs
from workshop.model.exhibits import Honesty
from workshop.model.request import checked

DATA = Path(__file__).parents[3] / "slides_src" / "data" / "ballots.csv"
ROOM = np.array([[0, 6, 7, 8], [0, 0, 4, 5], [0, 2, 0, 3], [0, 1, 3, 0]], float)
PAIRS = Pairs.load(FOLDER / "ballots.yaml")
HEAD = "round,first,second,first_votes,second_votes\n"


def written(tmp_path: Path, body: str, head: str = HEAD) -> Path:
    path = tmp_path / "ballots.csv"
    path.write_text(head + body, encoding="utf-8")
    return path


def facts(path: Path = DATA, **knobs: float) -> Mapping[str, Any]:
    return votes.function(ballots=Ballots.load(path), rounds=PAIRS, compare=Ballots.load(DATA), **knobs).facts


def test_the_kits_room_is_the_first_draw_of_seed_0() -> None:
    """The draw wasn't picked to suit the story."""
    strength = {"cites a card": 0.9, "says not sure": 0.35, "bluffs": -0.3, "refuses": -0.85}
    rng = np.random.default_rng(0)
    for tally in Ballots.load(DATA).named(PAIRS).rounds:
        chance = 1 / (1 + math.exp(strength[tally.second] - strength[tally.first]))
        assert tally.first_votes == rng.binomial(12, chance)
        assert tally.votes == 12


def test_two_kinds_whose_intervals_overlap_can_still_be_told_apart(tmp_path: Path) -> None:
    """The interval of the difference decides: it is narrower than the two intervals laid end to end."""
    body = "1,cites a card,bluffs,7,5\n2,says not sure,refuses,7,5\n3,refuses,cites a card,3,9\n"
    body += "4,bluffs,says not sure,3,9\n5,cites a card,says not sure,7,5\n6,bluffs,refuses,7,5\n"
    found = facts(written(tmp_path, body))
    assert (found["top"]["name"], found["bottom"]["name"]) == ("cites a card", "refuses")
    assert found["bottom"]["high"] > found["top"]["low"]
    assert found["clear"]
    assert "cites a card or says not sure" in found["pairs"]["unsure"]
    assert found["pairs"]["clear"] == found["pairs"]["n"] - len(found["pairs"]["unsure"])
    assert found["even"] == 0


@pytest.mark.parametrize("seed", range(20))
def test_dpo_and_the_reward_model_order_any_rooms_answers_alike(seed: int, tmp_path: Path) -> None:
    rng = np.random.default_rng(seed)
    kinds = ["cites a card", "says not sure", "bluffs", "refuses"]
    rows = []
    for number, (a, b) in enumerate([(0, 2), (1, 3), (3, 0), (2, 1), (0, 1), (2, 3)], 1):
        won = int(rng.binomial(12, 0.5))
        rows.append(f"{number},{kinds[a]},{kinds[b]},{won},{12 - won}")
    found = facts(written(tmp_path, "\n".join(rows)))
    for claim in votes.claims.values():
        assert Evaluator(found).claim(claim), claim


def test_scores_agree_with_choix_where_an_answer_never_loses() -> None:
    everywhere = ROOM + 0.5 * (1 - np.eye(4))
    expected = choix.ilsr_pairwise_dense(everywhere)
    assert scores(everywhere) == pytest.approx(expected - expected.mean(), abs=1e-6)
    assert scores(everywhere).round(3).tolist() == [2.056, -0.122, -0.869, -1.065]


def test_standard_errors_of_scores_and_differences_agree_with_a_binomial_regression() -> None:
    wins = ROOM + 1 - np.eye(4)
    pairs = [(i, j) for i in range(4) for j in range(i)]
    contrast = np.vstack([np.eye(3), -np.ones(3)])  # scores add up to zero
    design = np.array([contrast[i] - contrast[j] for i, j in pairs])
    counts = np.array([[wins[i, j], wins[j, i]] for i, j in pairs])
    fit = GLM(counts, design, family=Binomial()).fit()
    expected = contrast @ fit.cov_params() @ contrast.T
    assert covariance(scores(wins), wins) == pytest.approx(expected, abs=1e-5)
    found = covariance(scores(wins), wins)
    for i, j in pairs:
        difference = contrast[i] - contrast[j]
        assert found[i, i] + found[j, j] - 2 * found[i, j] == pytest.approx(
            difference @ fit.cov_params() @ difference, rel=1e-4
        )


def test_nine_to_three_is_the_logarithm_of_three() -> None:
    first = facts()["first"]
    assert (first["a_votes"], first["b_votes"]) == (9, 3)
    assert first["gap"] == pytest.approx(math.log(3))
    assert [first[name] for name in ("half", "one", "two")] == pytest.approx([0.9, 0.75, 0.634], abs=5e-4)


def test_where_one_side_has_no_votes_both_get_half_a_phantom() -> None:
    counted, pairs = with_phantoms([[0, 9, 12], [3, 0, 0], [0, 0, 0]])
    assert pairs == 1
    assert counted.tolist() == [[0, 9, 12.5], [3, 0, 0], [0.5, 0, 0]]


@settings(max_examples=50)
@given(st.lists(st.floats(-3, 3), min_size=2, max_size=6), st.floats(0.2, 5))
def test_the_pulled_policy_maximises_reward_minus_distance(rewards: list[float], beta: float) -> None:
    start = np.arange(1, len(rewards) + 1) / sum(range(1, len(rewards) + 1))

    def worth(policy: np.ndarray) -> float:
        return float(policy @ np.array(rewards)) - beta * distance(policy, start)

    best = pulled(start, rewards, beta)
    closed = beta * math.log(float(start @ np.exp(np.array(rewards) / beta)))
    assert worth(best) == pytest.approx(closed, abs=1e-9)


def test_dpo_minimises_its_loss() -> None:
    wins, start = ROOM + 1 - np.eye(4), np.array([0.1, 0.2, 0.3, 0.4])

    def loss(logits: np.ndarray) -> float:
        lead = logits - np.log(start)
        return float((wins * np.logaddexp(0, -(lead[:, None] - lead[None]))).sum())

    found = minimize(loss, np.log(start), method="BFGS", tol=1e-10).x
    expected = np.exp(found) / np.exp(found).sum()
    assert dpo(wins, start, beta=1) == pytest.approx(expected, abs=1e-4)


def test_the_kits_ballots_say_that_they_are_simulated_and_a_rooms_are_not(tmp_path: Path) -> None:
    room = votes.function(
        ballots=Ballots.load(written(tmp_path, "1,x,y,5,7\n")), rounds=PAIRS, compare=Ballots.load(DATA)
    )
    assert (
        votes.function(ballots=Ballots.load(DATA), rounds=PAIRS, compare=Ballots.load(DATA)).exhibits["policy"].honesty
        is Honesty.SIMULATED
    )
    assert room.exhibits["policy"].honesty is Honesty.SUPPLIED
    assert room.facts["top"]["before"] == 0.5


@pytest.mark.parametrize(
    ("head", "body", "message", "line"),
    [
        (HEAD, "1,x,y,0,0\n", "there are no votes", 0),
        (HEAD, "1,x,y,5,none\n", "there are no votes that can be read", 0),
        (HEAD, "1,x,y,5,1\n2,u,v,3,3\n", "was never compared", 0),
        ("round,first,second,first_vote,second_votes\n", "1,x,y,5,1\n", "no column is named 'first_votes'", 1),
        ("Our votes\n", "are in the other file\n", "there are no votes that can be read", 1),
    ],
)
def test_a_file_without_votes_is_refused_with_its_place_and_the_fix(
    head: str, body: str, message: str, line: int, tmp_path: Path
) -> None:
    with pytest.raises(WorkshopError, match=message) as caught:
        Ballots.load(written(tmp_path, body, head))
    assert caught.value.problem.at is not None
    assert caught.value.problem.at.line == line
    assert caught.value.problem.hint


def test_held_tighter_it_moves_less() -> None:
    moved = [facts(beta=beta)["distance"]["used"] for beta in (0.5, 1, 2, 4)]
    assert moved == sorted(moved, reverse=True)


TALLY = "round,a,b\n1,9,3\n2,10,2\n3,0,12\n4,1,11\n5,6,6\n6,5,7\n"


def by_participant(letters: str = "AB") -> str:
    """Write the kit's tallies as one line per participant."""
    won = {1: 9, 2: 10, 3: 0, 4: 1, 5: 6, 6: 5}
    rows = [",".join(letters[person >= won[number]] for number in won) for person in range(12)]
    return "participant,1,2,3,4,5,6\n" + "".join(f"p{n},{row}\n" for n, row in enumerate(rows))


def as_codes() -> str:
    rows = [row.partition(",")[2].replace(",", "") for row in by_participant().splitlines()[1:]]
    return "".join(f"{checked(4, n)} {row}\n" for n, row in enumerate(rows, 1))


@pytest.mark.parametrize(
    "typed",
    [
        TALLY,
        TALLY.replace(",", ";"),
        TALLY.replace(",", "\t"),
        TALLY.removeprefix("round,a,b\n").replace(",", " "),
        by_participant(),
        by_participant("ab"),
        as_codes(),
    ],
    ids=["tally", "semicolons", "tabs", "six totals", "participants", "small letters", "codes"],
)
def test_however_a_rooms_votes_are_typed_in_the_rewards_are_the_same(typed: str, tmp_path: Path) -> None:
    found = facts(written(tmp_path, typed, ""))
    expected = facts()
    for name in ("votes", "rounds", "phantoms", "top", "bottom", "reward", "first"):
        assert found[name] == expected[name], name
    assert not found["simulated"]


def test_missing_ticks_are_counted_as_none(tmp_path: Path) -> None:
    ballots = Ballots.load(written(tmp_path, "01E A-B\n02F -BB\n03H BA-\n", ""))
    assert [(t.first_votes, t.second_votes) for t in ballots.rounds] == [(1, 1), (1, 1), (0, 2)]
    assert ballots.people == 3


def test_the_order_of_answers_is_set_beside_that_of_the_kits_room(tmp_path: Path) -> None:
    own = facts(written(tmp_path, "1 2 9\n2 3 8\n3 7 4\n4 9 2\n5 4 7\n6 6 5\n", ""))
    assert own["order"][0] == own["top"]["name"]
    assert own["order"][-1] == own["bottom"]["name"]
    kit = Ballots.load(DATA).named(PAIRS)
    expected = choix.ilsr_pairwise_dense(with_phantoms(kit.wins())[0])
    assert list(own["other"]["order"]) == [kit.kinds[place] for place in np.argsort(-expected)]
    assert list(facts()["order"]) == list(own["other"]["order"])
    assert not own["other"]["same"]
    assert own["other"]["simulated"]
    assert facts()["other"]["same"]


def test_ties_everywhere_leave_the_policy_where_it_was(tmp_path: Path) -> None:
    found = facts(written(tmp_path, "".join(f"{n},4,4\n" for n in range(1, 7)), "round,a,b\n"))
    assert found["top"]["reward"] == pytest.approx(0, abs=1e-9)
    assert found["distance"]["used"] == pytest.approx(0, abs=1e-9)
    assert not found["clear"]


def test_twenty_four_to_none_is_worked_out_as_forty_nine_to_one(tmp_path: Path) -> None:
    found = facts(written(tmp_path, "1 24 0\n2 12 12\n3 8 16\n4 5 19\n5 20 4\n6 9 15\n", ""))
    assert found["first"]["gap"] == pytest.approx(math.log(49))


def test_a_room_of_one_mind_gets_finite_rewards(tmp_path: Path) -> None:
    found = facts(written(tmp_path, "".join(f"{n},12,0\n" for n in range(1, 7)), "round,a,b\n"))
    assert math.isfinite(found["top"]["reward"])
    assert found["phantoms"] > 0


def test_a_round_without_votes_is_skipped_if_the_others_connect_all_answers(tmp_path: Path) -> None:
    found = facts(written(tmp_path, TALLY.replace("1,9,3", "1,0,0"), ""))
    assert found["first"]["round"] == "2"


def test_rounds_that_leave_an_answer_alone_are_named(tmp_path: Path) -> None:
    lonely = "round,a,b\n1,9,3\n2,0,0\n3,4,4\n4,0,0\n5,0,0\n6,2,1\n"
    ballots = Ballots.load(written(tmp_path, lonely, ""))
    with pytest.raises(WorkshopError, match=r"'says not sure' was never compared .*nobody voted in rounds 2, 4 and 5"):
        ballots.named(PAIRS)


def test_rounds_that_nobody_typed_are_asked_for(tmp_path: Path) -> None:
    ballots = Ballots.load(written(tmp_path, "round,a,b\n1,14,9\n2,8,15\n", ""))
    with pytest.raises(WorkshopError, match="type the votes of rounds 3, 4, 5 and 6 too"):
        ballots.named(PAIRS)


def test_a_round_that_no_ballot_was_printed_for_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WorkshopError, match="there is no round '7'"):
        Ballots.load(written(tmp_path, "7,1,1\n", "round,a,b\n")).named(PAIRS)


@given(st.lists(st.text("AB-", min_size=6, max_size=6), min_size=1, max_size=30))
def test_codes_are_counted_like_a_table(ballots: list[str]) -> None:
    typed = "".join(f"{checked(4, n)} {ticks}\n" for n, ticks in enumerate(ballots, 1))
    counted = count_ballots(typed, "room.txt")
    for place, row in enumerate(counted.rounds):
        assert row[3:] == (sum(b[place] == "A" for b in ballots), sum(b[place] == "B" for b in ballots))


def test_an_even_room_is_tied_and_says_so_and_others_name_the_kinds_that_are_level(tmp_path: Path) -> None:
    even = facts(written(tmp_path, "".join(f"{k},7,7\n" for k in range(1, 7)), "round,a,b\n"))
    assert even["tied"]
    assert even["ranks"].count("level with") == len(even["order"]) - 1
    ours = facts()
    assert not ours["tied"]
    assert ours["ranks"] == ", ".join(ours["order"])
