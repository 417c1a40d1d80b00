import pytest

from tests.plan.invariants.plans import DRAWN, a_plan, after, broken, change, slide, stage, whole, without
from workshop.model.blocks import Map, Phase, Step
from workshop.model.meta import AudienceMeta, Moment, MomentSlide, TimeBlock

IDLE = change(change(whole(), "ask", does=""), "bye", does="")


def test_in_a_long_plan_the_room_works_in_each_stage():
    message = "bakers, 180 minutes: the room works in 1 stages, not in 2; in these it doesn't: dough"
    assert broken("P19", whole(), slot=180) == [message]
    assert broken("P19", change(whole(), "myth", does="walk"), slot=180) == []


@pytest.mark.parametrize(("slot", "wanted"), [(59, 0), (60, 2), (89, 2), (90, 4), (179, 4), (180, 5)])
def test_the_longer_the_plan_the_more_stages_in_which_the_room_works(slot, wanted):
    opening, dough, oven, _ = whole()
    rest = (*(stage(name, slide(name, slots=DRAWN), number=k) for k, name in enumerate("abc", 3)), dough)
    working = tuple(stage(name, slide(name, does="walk", slots=DRAWN), number=k) for k, name in enumerate("vwxyz", 6))
    for many in range(1, 6):
        stages = (opening, oven, *working[: many - 1], *rest[: 5 - many])
        assert bool(broken("P19", stages, slot=slot)) == (many < wanted), many


def test_an_audience_may_ask_for_work_in_fewer_stages():
    assert broken("P19", whole(), slot=180, said=AudienceMeta(works=1)) == []


def test_a_bet_that_is_talked_over_is_work_but_a_sentence_to_finish_and_tell_is_not():
    assert broken("P19", change(whole(), "guess", twice=True), slot=180) == []
    block = TimeBlock(title="Finish", minutes=1, after="dough", does="finish")
    assert len(broken("P19", whole(), slot=180, blocks_in=(block,))) == 1


def test_from_45_minutes_on_each_stage_has_a_bet_or_an_exhibit():
    stages = change(whole(), "loaf", slots=())
    assert broken("P19", stages, slot=45) == ["bakers, 45 minutes: stage 'oven' has neither a bet nor an exhibit"]
    assert broken("P19", stages, slot=44) == []
    assert broken("P19", whole(), slot=45) == []


def test_from_45_minutes_on_no_stage_is_left_out_or_has_a_single_minute():
    assert broken("P25", whole(), slot=45) == []
    opening, _, oven, end = whole()
    message = "bakers, 45 minutes: stage 'dough' is shown for 0 minutes; at least 2"
    assert broken("P25", (opening, oven, end), slot=45, stages=whole()) == [message]
    short = without(change(whole(), "crust", minutes=1), "knead", "loaf")
    assert broken("P25", short, slot=45) == ["bakers, 45 minutes: stage 'oven' is shown for 1 minutes; at least 2"]


def test_in_short_slots_the_map_tells_of_a_stage_that_is_left_out():
    opening, _, oven, end = whole()
    message = "bakers, 44 minutes: stage 'dough' is left out, and no slide with the map says what it is"
    assert broken("P25", (opening, oven, end), slot=44, stages=whole()) == [message]
    assert broken("P25", (opening, oven, end), slot=24, stages=whole()) == []
    drawn = (("main", (Map((Phase("", (Step("Dough"), Step("Oven"))),), "a map"),)),)
    for said, breaches in (("Dough: flour and water.", []), ("The oven bakes.", [message])):
        shown = after((opening, oven, end), "hello", slide("map", layout="map", slots=drawn, said=said))
        assert broken("P25", shown, slot=44, stages=whole()) == breaches


def test_long_work_on_a_slide_and_a_show_of_hands_do_not_count_but_work_in_a_block_does():
    assert len(broken("P19", change(whole(), "knead", minutes=7), slot=180)) == 1
    assert len(broken("P19", change(whole(), "myth", does="hands"), slot=180)) == 1
    block = TimeBlock(title="Groups", minutes=20, after="rise", fill=True, does="write")
    assert broken("P19", whole(), slot=180, blocks_in=(block,)) == []
    assert len(broken("P19", whole(), slot=180, blocks_in=(block.but(does=""),))) == 1


def test_the_room_does_something_for_almost_half_of_the_time():
    assert broken("P21", whole(), slot=45) == []
    assert broken("P21", IDLE, slot=45) == [
        "bakers, 45 minutes: the room does something for 9 of 29 minutes (31%), not 45%"
    ]
    assert broken("P21", IDLE, slot=44) == []
    block = TimeBlock(title="Groups", minutes=9, after="oven", fill=True, does="write")
    assert broken("P21", IDLE, slot=45, blocks_in=(block,)) == []


def test_a_moment_with_something_to_do_is_not_out_while_talk_is_in_that_could_go():
    shown = after(whole(), "crust", slide("chat", 3, moment="chat"))
    hidden = after(shown, "chat", slide("try", 3, does="walk", moment="try"))
    moments = {
        **a_plan(whole()).day.moments,
        "oven": tuple(
            Moment(id=name, slides=tuple(MomentSlide(id=one) for one in slides), least=30)
            for name, slides in (("bake", ("knead", "loaf")), ("chat", ("chat",)), ("try", ("try",)))
        ),
    }
    message = "bakers, 45 minutes: moment 'try', in which the room does something, is out, and 3 minutes of talk are in"
    written = {"slot": 45, "moments": moments}
    assert broken("P21", shown, stages=hidden, **written) == [message]
    assert broken("P21", hidden, stages=hidden, **written) == []
    assert broken("P21", without(shown, "chat"), stages=hidden, **written) == []
