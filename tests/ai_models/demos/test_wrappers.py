import numpy as np
import pytest

from workshop.ai_models.parts.desk_model import BELL, MANNERS, NONE, PLACES, reply, trained_desk
from workshop.ai_models.parts.points import Rules
from workshop.ai_models.parts.product import Wrapper
from workshop.ai_models.parts.token_bucket import Bucket
from workshop.ai_models.parts.tool_shed import question


@pytest.fixture(scope="module")
def desk():
    return trained_desk(np.random.default_rng(0))


def test_the_same_weights_stand_behind_every_product(desk):
    before = {name: values.copy() for name, values in desk.model.weights.items()}
    for product in (
        Wrapper(name="a"),
        Wrapper(name="b", manner="polite", cards={BELL: "porch"}),
        Wrapper(name="c", manner="brief", tools=("remove",)),
    ):
        product.ask(desk, "where is the bell ?")
    assert all(np.array_equal(before[name], values) for name, values in desk.model.weights.items())


def test_the_card_is_read_by_the_model_and_not_pasted_in(desk):
    """Each place on the card changes the answer, for a thing that training never showed with a card."""
    got = {tuple(desk.answer(question(BELL), NONE, place)) for place in PLACES}
    assert len(got) >= len(PLACES) - 1


def test_the_manner_is_read_by_the_model(desk):
    said = [desk.answer(question(BELL), manner) for manner in MANNERS]
    assert said == [reply(desk.place[BELL], manner) for manner in MANNERS]


def test_a_refusal_never_reaches_the_model(desk):
    filtered = Wrapper(name="f", rules=Rules({"poison": 3}))
    answer, did = filtered.ask(desk, "where is the poison ?")
    assert "Model" not in did
    assert answer.startswith("Sorry")


def test_the_rate_limit_comes_before_everything(desk):
    slow = Wrapper(name="s", rules=Rules({}), bucket=Bucket(1, 0.5, 1))
    slow.ask(desk, "where is the bell ?")
    _, did = slow.ask(desk, "where is the bell ?")
    assert did == {"Rate limit": "stop"}


def test_only_a_product_with_the_tool_acts(desk):
    for tools, acted in (((), False), (("remove",), True)):
        _, did = Wrapper(name="t", tools=tools).ask(desk, "remove the bell card .")
        assert (did.get("Tool") == "remove") is acted
