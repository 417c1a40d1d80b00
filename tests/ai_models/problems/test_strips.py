"""The strips beside the polls, marked a second time from the facts of the runs."""

import numpy as np
import pytest

from workshop.ai_models.problems.strips import strip_facts, strip_invented, strip_page

TUNED = {
    "samples": {
        "things": ["spade", "rake", "barrow", "basket", "ladder", "hoe"],
        "places": ["hut", "attic", "barn", "shed", "attic", "porch"],
        "base": ["where is the barrow? …", "where?", "(page ends)", "where is it?", "the rake?", "where?"],
        "tuned": ["in the hut.", "in the attic.", "in the barn.", "in the shed.", "in the attic.", "in the porch."],
        "control": ["in the shed.", "in the barn.", "in the shed.", "in the sickle.", "in the porch.", "in the barn."],
    }
}
FOUND = {"samples": {"questions": ["a", "b", "c"], "answers": ["“x” (X)", "not in the library", "“y” (Y)"]}}
WROTE = {"read": [f"{k} grows" for k in range(32)], "said": [*(f"{k} sings" for k in range(10)), "3 grows"]}


@pytest.mark.parametrize("rng", [None, np.random.default_rng(1)])
def test_a_reply_with_a_place_is_an_answer_and_anything_else_goes_on(rng):
    done = strip_invented(rng, 1, TUNED)
    replies, letters = done.givens["replies"], done.answer["letters"]
    assert len(replies) == len(letters) == 8
    for reply, letter in zip(replies, letters, strict=True):
        assert letter == ("A" if any(f"the {place}." in reply for place in TUNED["samples"]["places"]) else "B")
    assert done.answer["a"] + done.answer["b"] == 8
    assert "in the sickle." not in replies


def test_what_isnt_in_the_library_was_refused():
    done = strip_page(None, 1, FOUND)
    assert list(done.answer["letters"])[:3] == ["A", "B", "A"]
    assert (done.answer["a"], done.answer["b"]) == (2, 1)


@pytest.mark.parametrize("rng", [None, np.random.default_rng(2)])
def test_what_was_read_is_among_all_that_was_read(rng):
    done = strip_facts(rng, 1, WROTE)
    lines = [line for group in done.givens["read"] for line in group["lines"]]
    assert lines == WROTE["read"]
    for sentence, letter in zip(done.givens["sentences"], done.answer["letters"], strict=True):
        assert letter == ("B" if sentence in lines else "A")
