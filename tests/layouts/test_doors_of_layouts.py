"""Tests layouts that a plugin adds: in a deck without being installed, and what is said of one that can't work."""

import pytest
from msgspec.structs import replace

from workshop.deck import Deck, WorkshopError
from workshop.layouts import all_layouts, layouts_of, names, traits
from workshop.layouts.grid import column, span
from workshop.layouts.statements import STATEMENT
from workshop.model.theme import Box, inches
from workshop.plugins.registry import standard_registry

TALK = "# Rye\n\nIt rises.\n\n# What bakers say {layout=dictum}\n\nFlour, water, time.\n"
DICTUM = replace(STATEMENT, name="dictum", looks={}, own=lambda: replace(STATEMENT.own(), role="dictum"))


def plugin(layout, name="dictum"):
    return lambda registry: registry.add("layout", name, layout)


def broken(*_):
    return 1 / 0


def test_a_deck_takes_a_layout_that_is_not_installed_and_no_other_deck_has_it():
    deck = Deck.from_text(TALK, plugins=[plugin(DICTUM)])
    assert [(slide.layout, slide.boxes[-1].words) for slide in deck.slides][1] == ("dictum", "Flour, water, time.")
    assert deck.problems == ()
    assert "dictum" not in names()
    assert "there is no layout 'dictum'" in " ".join(problem.message for problem in Deck.from_text(TALK).problems)


def test_other_words_and_traits_of_a_layout_are_known_while_its_registry_is_asked():
    registry = standard_registry()
    registry.add("layout", "dictum", replace(DICTUM, other_names=("bon-mot",)))
    with layouts_of(registry):
        assert "bon-mot" in names()
        assert traits("dictum") == STATEMENT.traits
    assert traits("dictum") == frozenset()
    assert "dictum" not in all_layouts()


def test_a_layout_that_fails_on_a_slide_is_named_there_and_the_slide_is_made_all_the_same():
    deck = Deck.from_text(TALK, path="rye.md", plugins=[plugin(replace(DICTUM, arrange=broken))])
    assert [f"{problem.at}: {problem.message}" for problem in deck.problems if problem.at] == [
        "rye.md:5: the layout 'dictum' failed: ZeroDivisionError: division by zero (test_doors_of_layouts.py, line 22)"
    ]
    assert [slide.title for slide in deck.slides] == ["Rye", "What bakers say"]


def two_places_with_one_number():
    spec = DICTUM.own()
    return replace(spec, placeholders=(*spec.placeholders, replace(spec.placeholders[-1], role="more")))


def without_title():
    spec = DICTUM.own()
    return replace(spec, placeholders=tuple(place for place in spec.placeholders if place.role != "title"))


def with_place(**changes):
    """Return the layout whose last place is changed."""

    def own():
        spec = DICTUM.own()
        return replace(spec, placeholders=(*spec.placeholders[:-1], replace(spec.placeholders[-1], **changes)))

    return replace(DICTUM, own=own)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"sizes": 28}, "sizes are 28"),
        ({"fill": "pannel"}, "fill is 'pannel', which is no colour role"),
        ({"anchor": "center"}, "anchor is 'center'"),
        ({"box": Box(column(0), 1.9, span(4), inches(1))}, "the box isn't in whole EMU"),
        ({"box": Box(column(12), inches(2), span(4), inches(1))}, "the box is empty, or ends outside the slide"),
    ],
)
def test_a_place_with_a_wrong_value_is_named(changes, words):
    with pytest.raises(WorkshopError) as raised:
        Deck.from_text(TALK, plugins=[plugin(with_place(**changes))])
    assert [words in problem.message for problem in raised.value.problems] == [True]
    assert "the layout 'dictum': in the place " in raised.value.problems[0].message


@pytest.mark.parametrize(
    ("layout", "words"),
    [
        (len, "what is registered as the layout 'dictum' is no Layout: <built-in function len>"),
        (STATEMENT, "what is registered as the layout 'dictum' has the name 'statement'"),
        (replace(DICTUM, other_names=("chart",)), "the layouts 'chart' and 'dictum' both mean layout=chart"),
        (replace(DICTUM, own=STATEMENT.own), "the layout 'dictum' returns places for 'statement'"),
        (replace(DICTUM, own=broken), "the layout 'dictum' failed: ZeroDivisionError: division by zero"),
        (replace(DICTUM, looks={"dark": broken}), "the layout 'dictum' failed: ZeroDivisionError: division by zero"),
        (replace(DICTUM, own=without_title), "the layout 'dictum' has no place for the title"),
        (replace(DICTUM, own=two_places_with_one_number), "the layout 'dictum' has 2 places with the number 14"),
    ],
)
def test_a_layout_that_cannot_work_is_one_clear_problem(layout, words):
    with pytest.raises(WorkshopError) as raised:
        Deck.from_text(TALK, plugins=[plugin(layout)])
    assert words in raised.value.problems[0].message


def test_a_layout_without_a_field_that_all_need_is_told_which(tmp_path, monkeypatch):
    (tmp_path / "without_own.py").write_text(
        "from workshop.layouts.declared import Layout\nDICTUM = Layout(name='dictum', example='', arrange=None)\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(WorkshopError, match=r"the layout 'dictum' could not be loaded from .* argument 'own'"):
        Deck.from_text(TALK, plugins=[plugin("without_own:DICTUM")])


def test_two_layouts_of_one_name_are_refused():
    with pytest.raises(WorkshopError, match="there are two layouts named 'chart'"):
        Deck.from_text(TALK, plugins=[plugin(DICTUM, "chart")])


def loud(spec):
    return replace(spec, name="Loud")


def test_a_slide_is_on_the_look_that_its_layout_says_suits_it():
    shouts = replace(DICTUM, looks={"loud": loud}, suits=lambda slide: ["loud"] if "!" in slide.title_text else [])
    talk = TALK + "\n# Listen! {layout=dictum}\n\nFlour, water, time.\n"
    laid = Deck.from_text(talk, plugins=[plugin(shouts)])._laid
    assert [slide.layout.name for slide in laid.slides][1:] == ["Statement", "Loud"]


def test_a_layout_that_fails_to_say_what_suits_is_named_at_the_slide():
    deck = Deck.from_text(TALK, path="rye.md", plugins=[plugin(replace(DICTUM, suits=broken))])
    assert [f"{problem.at}: {problem.message}" for problem in deck.problems if problem.at] == [
        "rye.md:5: the layout 'dictum' failed: ZeroDivisionError: division by zero (test_doors_of_layouts.py, line 22)"
    ]
