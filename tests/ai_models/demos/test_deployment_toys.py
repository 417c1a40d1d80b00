"""Rate limit, agent, red team."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.ai_models.demos.red_team import red_team
from workshop.ai_models.parts.handed_in import Attacks
from workshop.ai_models.register import kit_folder
from workshop.ai_models.toys.agent import play
from workshop.ai_models.toys.rate_limit import Bucket
from workshop.ai_models.toys.red_team import HOW
from workshop.errors import WorkshopError


def test_the_documented_requests_get_through():
    bucket = Bucket(3, 0.5, 3)
    assert [bucket.allows(second) for second in (0, 0, 1, 1, 2, 3, 4, 8)] == [
        True,
        True,
        True,
        False,
        True,
        False,
        True,
        True,
    ]


@given(st.lists(st.floats(0, 100), max_size=40).map(sorted), st.integers(1, 5), st.floats(0, 3))
def test_a_bucket_never_lets_through_more_than_it_held_and_got(times, capacity, rate):
    bucket = Bucket(capacity, rate, capacity)
    played = [(bucket.allows(second), bucket.tokens) for second in times]
    assert sum(ok for ok, _ in played) <= capacity + rate * (times[-1] if times else 0) + 1e-9
    assert all(-1e-9 <= left <= capacity for _, left in played)


def test_an_agent_that_never_slips_does_no_harm():
    assert {harm for _, harm, _ in play(np.random.default_rng(0), 0, 1, 500)} == {0}


def test_an_agent_that_always_slips_gets_nothing_done_and_a_gate_that_misses_nothing_stops_all_harm():
    assert set(play(np.random.default_rng(0), 1, 0, 500)) == {(0, 1, 0)}


def test_three_attacks_have_intervals_above_that_of_plain_requests(run):
    found = run(red_team).facts
    assert found["works"] == 3
    assert found["plain"]["through"] == 1


def test_every_way_of_attack_keeps_a_request_without_triggers_whole():
    assert HOW["space"]("where is the hose", {"poison": 3}, "") == "where is the hose"
    assert HOW["around"]("hi", {}, "dear | thanks") == "dear hi thanks"


def test_an_unknown_way_of_attack_is_reported_with_its_line(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("attack,how,text\nas it is,plain,\nloud,shout,\n")
    with pytest.raises(WorkshopError, match="shout") as caught:
        Attacks.load(path)
    assert caught.value.problem.at.line == 3


def test_the_kits_attacks_begin_with_the_plain_one():
    assert Attacks.load(kit_folder() / "data" / "attacks.csv").items[0][1] == "plain"
