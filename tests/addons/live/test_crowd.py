"""A room that somebody tries to shut, on a network of loopback addresses; ``benchmarks/crowds.py`` measures it at its full size."""

import asyncio

import pytest

from tests.addons.live.crowd import KINDS, room_alone, run
from tests.tiers import few


@pytest.mark.broad
@pytest.mark.parametrize("places", few(("one", "ten", "phones"), "phones", ci=("one", "ten")))
@pytest.mark.parametrize("kinds", few((KINDS, *((kind,) for kind in KINDS)), KINDS, ci=()), ids=" ".join)
def test_no_vote_is_lost_and_everybody_can_join_beside_all_kinds_of_connections_and_a_flood(tmp_path, kinds, places):
    with room_alone(12, tmp_path) as (port, secret, pid):
        held = 150  # more than the room has connections
        attack = {"kinds": kinds, "places": places, "count": held, "rate": 200}
        found = asyncio.run(run(port, secret, pid, phones=10, joiners=2, seconds=2.0, **attack))
    assert (found["failed"], found["lost"]) == ([], 0)
    assert len(found["votes"]) == 30
    assert (len(found["pages"]), len(found["joins"])) == (2, 2)
    assert found["laptop"][0] > 100
