"""Tests what holds for bets and polls in a room: their letters, lengths and right options."""

import pytest
from msgspec.structs import replace

from tests.plan.invariants.plans import DRAWN, a_plan, after, broken, change, prose, slide, stage, whole, without
from workshop.model.blocks import Line, Map, Phase, Prose, Run, Step
from workshop.model.kit import Note
from workshop.model.meta import AudienceMeta, TimeBlock
from workshop.model.moment import Moment, MomentSlide

BAKERS = "bakers, 30 minutes: "


def bet(name, right, options=("Rye, it rises", "Oat, it rises", "Bun, it rises", "Pie, it rises")):
    """Return a bet whose right option has that place."""
    lines = tuple(Line((Run(text),), right=place == right) for place, text in enumerate(options))
    return slide(name, 1, "predict", said="", slots=(("options", (Prose(lines),)),))


def bets(letters):
    """Return the stages with a bet for each letter, which is right."""
    return after(whole(), "crust", *(bet(f"bet-{n}", "ABCD".index(letter)) for n, letter in enumerate(letters)))


@pytest.mark.parametrize(
    ("letters", "messages"),
    [
        ("ABCBA", []),
        ("CCCC", []),
        ("ABCCC", ["C is right in 3 of 5 bets; 45% at most"]),
        ("CCBBBD", ["B is right in 3 of 6 bets; 45% at most", "A is right in none of 6 bets"]),
    ],
)
def test_no_letter_is_a_safe_bet_and_none_is_never_right(letters, messages):
    found = broken("P20", bets(letters), slot=45)
    assert found == [f"bakers, 45 minutes: {message}" for message in messages]
    assert broken("P20", bets(letters), slot=40) == []


def test_the_right_option_is_about_as_long_as_the_others():
    long = bet("long", 0, ("Rye, which rises slowly", "Oat, which rises", "Bun, which rises"))
    assert broken("P20", after(whole(), "crust", long)) == [
        f"{BAKERS}slide 'long' is a bet whose right option is 1.44 times as long as the others, not 0.75 to 1.25"
    ]
    short = bet("short", 1, ("Rye, it rises", "Oats", "Bun, it rises"))
    (message,) = broken("P20", after(whole(), "crust", short))
    assert "0.31 times" in message


def test_the_right_option_is_seldom_the_longest():
    def longest(name, right):
        options = ["Rye, it rises", "Oat, it rises", "Bun, it rises"]
        options[right] += "!"
        return bet(name, right, options)

    even = [bet(f"bet-{n}", n % 3) for n in range(4)]
    assert broken("P20", after(whole(), "crust", *even, longest("a", 1))) == []
    assert broken("P20", after(whole(), "crust", *even, longest("a", 1), longest("b", 2), longest("c", 0))) == [
        f"{BAKERS}the right option is the longest in 3 of 7 bets: a, b, c",
    ]


def test_a_bet_whose_author_did_not_say_what_is_right_does_not_count():
    unsaid = [bet(f"bet-{n}", None) for n in range(6)]
    assert broken("P20", after(whole(), "crust", *unsaid)) == []


TALK = bet("again", 0)
HINT = Note("hint", prose("It rises when it is warm."))


def test_a_plan_of_some_length_has_bets_that_are_placed_again_each_with_a_hint():
    twice = replace(TALK, again=90, twice=True, minutes=3)
    assert broken("P22", whole(), slot=180) == []
    assert broken("P22", after(whole(), "crust", replace(TALK, again=120)), slot=90) == [
        "bakers, 90 minutes: 0 bets are placed again after talk; at least 1 with again="
    ]
    assert broken("P22", after(whole(), "crust", twice), slot=180) == [
        "bakers, 180 minutes: 1 bets are placed again after talk; at least 3 with again=",
        "bakers, 180 minutes: slide 'again' is a bet that is placed again, and its notes have no Hint",
    ]
    assert broken("P22", after(whole(), "crust", replace(twice, notes=(HINT,))), slot=90) == []


def test_a_bet_that_is_placed_again_takes_three_minutes():
    twice = replace(TALK, again=90, twice=True, minutes=2)
    assert f"{BAKERS}slide 'again' is a bet that takes 2 minutes" in broken("P12", after(whole(), "crust", twice))


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


def test_a_bet_that_is_talked_over_is_work():
    assert broken("P19", change(whole(), "guess", twice=True), slot=180) == []


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


def test_under_an_hour_a_plan_may_be_about_some_stages_if_a_slide_names_the_others():
    opening, _, oven, end = change(whole(), "loaf", slots=())
    said = AudienceMeta(about=("oven",))
    named = change((opening, oven, end), "crust", slots=(("main", (prose("Dough: flour and water."),)),))
    message = "bakers, 59 minutes: stage 'dough' is left out, and no slide names it"
    assert broken("P25", (opening, oven, end), slot=59, stages=whole(), said=said) == [message]
    assert broken("P25", named, slot=59, stages=whole(), said=said) == []
    assert len(broken("P25", named, slot=60, stages=whole(), said=said)) == 1
    bare = change(whole(), "loaf", slots=())
    assert broken("P19", bare, slot=59, said=AudienceMeta(about=("dough",))) == []
    assert len(broken("P19", bare, slot=59, said=said)) == 1


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
    assert len(broken("P19", change(whole(), "knead", minutes=13), slot=180)) == 1
    assert len(broken("P19", change(whole(), "myth", does="hands"), slot=180)) == 1
    block = TimeBlock(title="Groups", minutes=20, after="rise", fill=True, does="write")
    assert broken("P19", whole(), slot=180, blocks_in=(block,)) == []
    assert len(broken("P19", whole(), slot=180, blocks_in=(block.but(does=""),))) == 1


@pytest.mark.parametrize(("doing", "slots"), [(0.6, (90, 240)), (0.45, (90, 240)), (0.3, ())])
def test_the_room_does_something_for_most_of_the_time(doing, slots):
    said = AudienceMeta(doing=doing)
    for slot in (89, 90, 240, 241):
        message = f"bakers, {slot} minutes: the room does something for 9 of 29 minutes (31%), not {doing:.0%}"
        assert broken("P21", IDLE, slot=slot, said=said) == ([message] if slot in slots else [])
        assert broken("P21", whole(), slot=slot, said=said) == []
    block = TimeBlock(title="Groups", minutes=24, after="oven", fill=True, does="write")
    assert broken("P21", IDLE, slot=90, said=said, blocks_in=(block,)) == []


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
    message = "bakers, 90 minutes: moment 'try', in which the room does something, is out, and 3 minutes of talk are in"
    written = {"slot": 90, "moments": moments}
    assert broken("P21", shown, stages=hidden, **written) == [message]
    assert broken("P21", hidden, stages=hidden, **written) == []
    assert broken("P21", without(shown, "chat"), stages=hidden, **written) == []
