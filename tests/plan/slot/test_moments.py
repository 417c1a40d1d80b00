from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from workshop.errors import At
from workshop.model.blocks import Run
from workshop.model.kit import Slide, Stage
from workshop.model.markup import NO_ATTRS
from workshop.model.meta import Moment, MomentSlide
from workshop.model.source import Move
from workshop.plan.slot.fill import fit_moments
from workshop.plan.slot.fit_to_slot import fit_to_slot
from workshop.plan.slot.moments import Day, moved


def slide(name: str, needs: tuple[str, ...] = (), minutes: float = 4) -> Slide:
    return Slide(id=name, layout="content", title=(Run(name),), slots=(), minutes=minutes, needs=needs, stage="dough")


def test_what_can_not_be_shown_in_a_slot_is_left_out_with_all_that_needs_it():
    slides = (
        slide("mix"),
        slide("count", ("votes",)),
        slide("votes"),
        slide("bake", ("count",)),
        slide("cool", ("bake",)),
    )
    moments = (
        Moment(id="mix", slides=(MomentSlide(id="mix"),)),
        Moment(id="count", slides=(MomentSlide(id="count"), MomentSlide(id="votes", least=60))),
        Moment(id="bake", slides=(MomentSlide(id="bake"),)),
        Moment(id="cool", slides=(MomentSlide(id="cool"),)),
    )
    day = Day(stages=(Stage(id="dough", title="Dough", slides=slides, number=1),), moments={"dough": moments})
    fit = fit_moments(day, 10)
    assert fit is not None
    assert fit.shown == {"mix"}


def stage(name: str, *slides: Slide) -> Stage:
    return Stage(id=name, title=name, slides=tuple(replace(one, stage=name) for one in slides), number=1)


def order(stages: Sequence[Stage]) -> list[tuple[str, list[str]]]:
    return [(one.id, [slide.id for slide in one.slides]) for one in stages]


def move(name: str, anchor: str, *, after: bool = True) -> Move:
    return Move(name, anchor, after, NO_ATTRS, At(""))


KIT = (
    stage("dough", slide("mix"), slide("rest"), replace(slide("rest-more"), continued=True), slide("roll")),
    stage("oven", slide("bake"), slide("cool")),
)


def test_a_slide_moves_with_what_continues_it_into_any_section():
    made = moved(KIT, [move("rest", "bake")])
    assert order(made) == [("dough", ["mix", "roll"]), ("oven", ["bake", "rest", "rest-more", "cool"])]
    assert [slide.stage for slide in made[1].slides] == ["oven"] * 4


def test_a_slide_goes_before_another_or_after_all_that_continues_it():
    assert order(moved(KIT, [move("cool", "mix", after=False)]))[0] == (
        "dough",
        ["cool", "mix", "rest", "rest-more", "roll"],
    )
    assert order(moved(KIT, [move("cool", "rest")]))[0] == ("dough", ["mix", "rest", "rest-more", "cool", "roll"])


def test_slides_that_go_to_the_same_place_keep_their_order():
    made = moved(KIT, [move("bake", "mix"), move("cool", "mix")])
    assert order(made) == [("dough", ["mix", "bake", "cool", "rest", "rest-more", "roll"]), ("oven", [])]


@pytest.mark.parametrize(
    "lacking", [move("burn", "mix"), move("mix", "burn"), move("mix", "mix"), move("rest", "rest-more")]
)
def test_nothing_moves_if_one_of_the_two_is_not_in_the_plan(lacking):
    assert order(moved(KIT, [lacking])) == order(KIT)


def test_moves_come_after_the_choice_in_a_plan_with_moments_and_without():
    day = Day(stages=KIT, moves=(move("cool", "mix"),))
    assert order(fit_to_slot(KIT, 0, moves=day.moves).stages) == order(moved(KIT, day.moves))
    moments = {
        one.id: tuple(Moment(id=s.id, slides=(MomentSlide(id=s.id),)) for s in one.slides if not s.continued)
        for one in KIT
    }
    fit = fit_moments(replace(day, moments=moments), 40)
    assert fit.shown == {slide.id for one in KIT for slide in one.slides}
    assert order(fit.stages) == order(moved(KIT, day.moves))
