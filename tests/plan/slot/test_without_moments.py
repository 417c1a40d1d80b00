"""A kit without moments is planned slide by slide; these plans are those of the version before there were moments."""

import pytest
from msgspec.structs import replace

from workshop import steps
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry

PLANS = {
    8: (["crust", "knife"], 5, 0),
    10: (["warm", "do-water"], 9, 1),
    12: (["warm", "water", "do-water"], 12, 0),
    15: (["warm", "do-water", "crust", "knife"], 14, 1),
    20: (["warm", "water", "do-water", "crust", "knife"], 17, 1),
}


@pytest.fixture(scope="module")
def planned(bread, cache):
    """Plan the kit for a slot: it is read and run once."""
    loaded = steps.load(bread, Request(minutes=0, cache=cache, trust=True), standard_registry(), None)
    ran = steps.run(loaded)
    ready, problems = steps.get_ready(loaded, ran, loaded.audiences[0])

    def plan(slot, **more):
        request = Request(minutes=slot, cache=cache, **more)
        return steps.decide(replace(loaded, request=request), ran, ready, problems)[0]

    return plan


@pytest.mark.parametrize("slot", PLANS)
def test_a_kit_without_moments_is_planned_as_before(slot, planned):
    kit = planned(slot)
    shown = [line.slide for line in kit.plan.lines if line.shown]
    assert (shown, kit.plan.slides, kit.plan.buffer) == PLANS[slot]
    assert kit.plan.rules == ()


def test_everything_that_it_leaves_out_is_hidden_unless_less_is_asked_for(planned):
    left = {line.slide for line in planned(15).plan.lines if not line.shown}
    assert left == {slide.id for slide in planned(15).appendix if slide.layout != "section"}
    assert planned(15, appendix="none").appendix == ()
