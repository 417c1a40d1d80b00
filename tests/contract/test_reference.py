"""Makes the reference pages again, and compares them with what is kept."""

import pytest

from docs import make_reference
from workshop.constructs.table import DIVS
from workshop.plugins.registry import standard_registry


@pytest.fixture(scope="module")
def made():
    return make_reference.pages()


def test_the_pages_and_their_pictures_are_current(made):
    stale = [path.name for path, text in made.items() if not path.exists() or path.read_text("utf-8") != text]
    assert stale == [], "run python docs/make_reference.py"


def test_every_kind_of_chart_that_a_table_may_have_is_shown():
    registry = standard_registry()
    kinds = {name for name in registry.names("chart") if registry.get("chart", name).from_table}
    assert set(make_reference.EXAMPLES) == kinds


@pytest.mark.parametrize("name", DIVS)
def test_every_div_has_a_meaning(name):
    assert DIVS[name].meaning
