"""Tests what an overlay adds to the plans of the built-in kit: it is in, it is where it should be, and what had to go is named."""

import pytest
from msgspec.structs import replace

from tests.contract import kits
from workshop.model.blocks import Run
from workshop.model.kit import Slide
from workshop.plan.slot.cut import fit_day, made_room
from workshop.plan.slot.worth import to_choose

SLOTS = (30, 60, 90, 180)
EVERY = 23  # of the slides one in so many is an anchor


def added(day, anchor, *, after, minutes=2.0, **marks):
    """Return a day with one slide more, as an overlay puts it there."""
    new = Slide(id="new", layout="content", title=(Run("New"),), slots=(), minutes=minutes, **marks)
    stages = []
    for stage in day.stages:
        slides = list(stage.slides)
        places = [k for k, slide in enumerate(slides) if slide.id == anchor]
        if places:
            slides.insert(places[0] + after, replace(new, stage=stage.id))
        stages.append(replace(stage, slides=tuple(slides)))
    return replace(day, stages=tuple(stages), joined={"new": (anchor, after)})


@pytest.fixture(scope="module")
def day(cache):
    return kits.day("general", cache)


@pytest.fixture(scope="module")
def anchors(day):
    return [slide.id for stage in day.stages for slide in to_choose(stage) if not slide.continued][::EVERY]


def order(fit):
    return [slide.id for stage in fit.stages for slide in to_choose(stage)]


@pytest.mark.broad
@pytest.mark.parametrize("after", [True, False])
def test_an_added_slide_is_in_every_plan_next_to_its_neighbour_if_that_is_in(day, anchors, after):
    for anchor in anchors:
        for slot in SLOTS:
            fit = fit_day(added(day, anchor, after=after, must=True), slot)
            assert fit is not None
            assert fit.report.total == slot
            shown = order(fit)
            assert shown.count("new") == 1
            if anchor in shown:
                assert shown.index("new") - shown.index(anchor) == (1 if after else -1), (anchor, slot)


def test_it_stays_in_the_stage_of_its_neighbour(day, anchors):
    stage_of = {slide.id: stage.id for stage in day.stages for slide in stage.slides}
    for anchor in anchors:
        fit = fit_day(added(day, anchor, after=True, must=True), 45)
        (stage,) = (stage for stage in fit.stages if any(slide.id == "new" for slide in stage.slides))
        assert stage.id == stage_of[anchor]


def test_what_had_to_go_for_it_is_what_the_plan_without_it_would_show(day):
    for slot in SLOTS:
        with_it = added(day, "kept", after=True, minutes=6.0, must=True)
        fit = fit_day(with_it, slot)
        names, gone = made_room(with_it, fit, slot)
        before = {slide.id: slide.minutes for slide in kits_plan(day, slot)}
        now = {slide.id: slide.minutes for stage in fit.stages for slide in to_choose(stage)}
        assert names == ("new",)
        assert set(gone) == set(before) - set(now)
        assert gone or any(now[name] < before[name] for name in before)  # or others give way without leaving


def kits_plan(day, slot):
    return [slide for stage in fit_day(day, slot).stages for slide in to_choose(stage)]


@pytest.mark.broad
def test_an_added_slide_that_may_be_left_out_is_in_only_with_its_neighbour_and_costs_no_other(day, anchors):
    seen = set()
    for anchor in anchors:
        for slot in SLOTS:
            before = {slide.id for slide in kits_plan(day, slot)}
            now = set(order(fit_day(added(day, anchor, after=True, priority="optional"), slot)))
            seen.add("new" in now)
            assert "new" not in now or anchor in now
            assert before - now == set() or "new" not in now
    assert False in seen


@pytest.mark.parametrize("slot", SLOTS)
def test_a_slide_that_must_be_in_is_in_though_its_moment_is_meant_for_longer_slots(day, slot):
    late = max((m for own in day.moments.values() for m in own if m.least == 360), key=lambda m: m.id)
    name = late.slides[0].id
    stages = tuple(
        replace(stage, slides=tuple(replace(s, must=s.id == name) for s in stage.slides)) for stage in day.stages
    )
    assert name not in order(fit_day(day, slot))
    assert name in order(fit_day(replace(day, stages=stages), slot))


def test_a_kit_without_moments_shows_a_slide_that_must_be_in_too(day):
    plain = replace(day, moments={}, blocks=())
    short = fit_day(plain, 45)
    out = [s.id for stage in plain.stages for s in to_choose(stage) if s.id not in short.shown and not s.needs]
    for name in out[::20]:
        stages = tuple(
            replace(stage, slides=tuple(replace(s, must=s.id == name) for s in stage.slides)) for stage in plain.stages
        )
        assert name in fit_day(replace(plain, stages=stages), 45).shown
