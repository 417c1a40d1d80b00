from workshop.model.blocks import Run
from workshop.model.kit import Slide, Stage
from workshop.model.meta import Moment, MomentSlide
from workshop.plan.slot.fill import fit_moments
from workshop.plan.slot.moments import Day


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
