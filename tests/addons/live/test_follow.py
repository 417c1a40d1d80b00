from msgspec.structs import replace

from tests.addons.live.made import ORDER, deck
from workshop.addons.live.follow import merged


def labels(found):
    return {spot.id: spot.label for spot in found.slides}


def test_what_was_shown_keeps_place_and_number_and_new_slides_get_letters():
    new = deck(
        (
            "welcome",
            "quiz-before",
            "early",
            "crawl",
            "kept",
            "unseen",
            "answers",
            "vote",
            "gap",
            "gap-answer",
            "quiz-after",
            "thanks",
        )
    )
    found = merged(deck(), new, "vote")
    assert [spot.id for spot in found.slides] == [*ORDER[:7], "gap", "gap-answer", "quiz-after", "thanks"]
    assert labels(found) == {
        **{name: str(k + 1) for k, name in enumerate(ORDER) if name != "signal"},
        "gap": "7a",
        "gap-answer": "7b",
    }


def test_a_slide_that_is_gone_but_was_shown_stays_with_what_it_asked():
    order = tuple(name for name in ORDER if name != "crawl")
    new = replace(deck(order), polls=tuple(poll for poll in deck().polls if poll.id != "crawl"))
    found = merged(deck(), new, "kept")
    assert [spot.id for spot in found.slides] == list(ORDER)
    assert found.on("crawl") == deck().on("crawl")
    gone = merged(deck(), new, "welcome")
    assert "crawl" not in labels(gone)
    assert gone.on("crawl") is None


def test_a_second_drawing_numbers_on_from_the_first():
    once = merged(deck(), deck((*ORDER[:7], "gap", *ORDER[7:])), "vote")
    twice = merged(once, deck((*ORDER[:7], "gap", "more", *ORDER[7:])), "vote")
    assert (labels(twice)["gap"], labels(twice)["more"]) == ("7a", "7b")


def test_a_deck_drawn_again_without_a_change_is_the_same():
    assert merged(deck(), deck(), "kept") == deck()
    assert merged(deck(), deck(), "") == deck()
