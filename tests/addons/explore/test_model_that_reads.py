"""A model that reads measures its surprise as the audience's slides do: in bits, or as a choice among so many words."""

import pytest

from tests.browser import show
from workshop.addons.explore.explore_command import explore_page
from workshop.ai_models.parts.roles import World
from workshop.ai_models.toys.trigram import Trigram
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry
from workshop.wording.formats import bits, number

pytestmark = pytest.mark.long
SHOWN = "return ['[data-finding]', 'figcaption', '[data-line-of]'].map(one => document.querySelector(`#trigram ${one}`).textContent)"


@pytest.mark.parametrize(
    ("audience", "said", "measure"),
    [
        ("engineers", "The mean surprise per word is now {now} bits instead of {was}.", "Mean surprise in bits"),
        ("general", "It now chooses among {now} words instead of {was}.", "Among how many words it chooses"),
    ],
)
def test_what_is_said_of_it_and_drawn_is_in_the_unit_of_the_slides(
    browser, kit_path, cache, tmp_path, audience, said, measure
):
    made, _, _ = explore_page(kit_path, Request(audience=audience, cache=cache), standard_registry(), base=kit_path)
    (tmp_path / "explore.html").write_bytes(made)
    world = World.load(kit_path / "worlds" / "garden" / "world.yaml")
    read = [sentence for part in world.rounds().items for sentence in part]
    model = Trigram.untrained([*read, *world.held_out().items])
    surprise = []
    for four in (read[:4], read[4:8]):
        for sentence in four:
            model.read(sentence)
        surprise.append(model.surprise(*world.held_out().items))
    was, now = (bits(one) if audience == "engineers" else number(2**one, 1) for one in surprise)
    show(browser, tmp_path / "explore.html", "#trigram?log=FF")
    sentence, about, line = browser.execute_script(SHOWN)
    assert sentence.endswith(said.format(was=was, now=now))
    assert about.startswith(measure)
    assert line.endswith(now)
    assert "all of them agree" in browser.execute_script("return document.querySelector('[data-checked]').textContent")
    seen = browser.execute_script("return document.querySelector('#trigram').innerText")
    assert ("bits" in seen) == (audience == "engineers")
