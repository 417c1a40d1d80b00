from tests.plan.invariants.plans import a_plan, after, broken, change, slide, whole, without
from workshop.model.meta import AudienceMeta, Moment, MomentSlide, TimeBlock

IDLE = change(change(whole(), "ask", does=""), "bye", does="")


def test_in_a_long_plan_the_room_works_in_each_stage():
    message = "bakers, 180 minutes: the room works in 1 stages, not in 2; in these it doesn't: dough"
    assert broken("P19", whole(), slot=180) == [message]
    assert broken("P19", change(whole(), "myth", does="walk"), slot=180) == []
    assert broken("P19", whole(), slot=175) == []


def test_an_audience_may_ask_for_work_in_fewer_stages():
    assert broken("P19", whole(), slot=180, said=AudienceMeta(works=1)) == []


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
