import numpy as np
import pytest

from tests.ai_models.demos.second_model import SecondModel
from tests.ai_models.garden import PLACES, THINGS, shed
from workshop.ai_models.demos.wrappers import wrappers
from workshop.ai_models.toys.desk import (
    NONE,
    STYLES,
    WINDOW,
    lessons,
    reply,
    trained_desk,
)
from workshop.ai_models.toys.rate_limit import Bucket
from workshop.ai_models.toys.tool_shed import Shed, question
from workshop.ai_models.toys.wrappers import Wrapper

BELL, WAS, MOVED = "bell", "barn", "porch"
POISON, LOCKED = "poison", "cellar"


@pytest.fixture(scope="module")
def desk():
    rng = np.random.default_rng(0)
    return trained_desk(shed(rng), (BELL, WAS), (POISON, LOCKED), rng)


def test_the_same_weights_are_behind_every_product(desk):
    before = {name: values.copy() for name, values in desk.model.weights.items()}
    for product in (
        Wrapper(name="a"),
        Wrapper(name="b", style="polite", cards={BELL: "porch"}),
        Wrapper(name="c", style="short", tools=("remove",)),
    ):
        product.ask(desk, "where is the bell ?")
    assert all(np.array_equal(before[name], values) for name, values in desk.model.weights.items())


def test_the_card_is_read_by_the_model_and_not_pasted_in(desk):
    """Each place on the card changes the answer, for a thing that training never showed with a card."""
    got = {tuple(desk.answer(question(BELL), NONE, place)) for place in PLACES}
    assert len(got) >= len(PLACES) - 1


def test_the_manner_is_read_by_the_model(desk):
    said = [desk.answer(question(BELL), style) for style in STYLES]
    assert said == [reply(desk.place[BELL], style) for style in STYLES]


def test_a_refusal_never_reaches_the_model(desk):
    filtered = Wrapper(name="f", rules={"poison": 3})
    answer, did = filtered.ask(desk, "where is the poison ?")
    assert "Model" not in did
    assert answer.startswith("Sorry")


def test_the_rate_limit_comes_before_everything(desk):
    slow = Wrapper(name="s", rules={}, bucket=Bucket(1, 0.5, 1))
    slow.ask(desk, "where is the bell ?")
    _, did = slow.ask(desk, "where is the bell ?")
    assert did == {"Rate limit": "stop"}


def test_only_a_product_with_the_tool_acts(desk):
    for tools, acted in (((), False), (("remove",), True)):
        _, did = Wrapper(name="t", tools=tools).ask(desk, "remove the bell card .")
        assert (did.get("Tool") == "remove") is acted


@pytest.mark.broad
@pytest.mark.long
def test_a_model_of_scikit_learn_behind_the_same_wrappers_gives_the_same_three_answers(run):
    rng = np.random.default_rng(0)
    garden = shed(rng)
    place = {**garden.place, POISON: LOCKED, BELL: WAS}
    texts = lessons(Shed(THINGS, PLACES, place), (*garden.practised, POISON), rng, 1200)
    model = SecondModel({word for text in texts for word in text}, WINDOW, 64).learn(texts, 8)

    def asked(thing, style=NONE, card=NONE):
        return " ".join(model.goes_on([style, card, *question(thing)]))

    def told(where, style):
        return f"in the {where} , friend ." if style == "polite" else f"in the {where} ."

    found = run(wrappers).facts
    three = (asked(BELL), asked(BELL, "polite", MOVED), asked(BELL, "short", MOVED))
    assert three == (told(WAS, NONE), told(MOVED, "polite"), told(MOVED, "short"))
    assert [found[name].lower() for name in ("bare", "helper", "agent")] == [
        said.replace(" ,", ",").replace(" .", ".") for said in three
    ]
    never_shown = (*garden.held_out, BELL)
    cards = [(t, m, c) for t in never_shown for m in (NONE, *STYLES) for c in PLACES]
    second = {
        "style": np.mean([asked(t, m) == told(place[t], m) for t in never_shown for m in STYLES]),
        "card": np.mean([asked(t, m, c) == told(c, m) for t, m, c in cards]),
        "memory": np.mean([asked(thing) == told(where, NONE) for thing, where in place.items()]),
    }
    for seen in ({**found["learnt"], "memory": found["memory"]}, second):
        assert seen["style"] > 0.9
        assert seen["card"] > 0.5
        assert seen["memory"] > 0.9
