import pytest
from msgspec.structs import replace

from tests.render.print import kits
from workshop.layout.laid import with_numbers
from workshop.model.blocks import Line, Prose, Run
from workshop.model.kit import Note


@pytest.fixture
def deck():
    """Return a deck in which the first slide's notes name the last slide and one that doesn't exist."""
    laid = kits.laid(kits.kit(("One", "Two", "Three")))
    last = laid.slides[-1].id
    runs = (
        Run("Show "),
        Run("it", link=f"#{last}"),
        Run(" or "),
        Run("that", link="#gone"),
        Run(", see "),
        Run("here", link="https://example.org"),
    )
    first = replace(laid.slides[0].slide, notes=(Note("asked", Prose((Line(runs),))),))
    stage = laid.kit.stages[0]
    slides = tuple(first if slide.id == first.id else slide for slide in stage.slides)
    kit = replace(laid.kit, stages=(replace(stage, slides=slides), *laid.kit.stages[1:]))
    return replace(laid, kit=kit, slides=(replace(laid.slides[0], slide=first), *laid.slides[1:]))


def test_notes_say_the_number_of_a_slide_that_they_name(deck):
    numbered = with_numbers(deck)
    on_slide = numbered.slides[0].slide
    in_kit = next(slide for stage in numbered.kit.stages for slide in stage.slides if slide.id == on_slide.id)
    for slide in (on_slide, in_kit):
        (line,) = slide.notes[0].prose.lines
        assert line.text == f"Show it (slide {len(deck.slides)}) or that, see here"
        assert [run.link for run in line.runs if run.link] == ["https://example.org"]


def test_a_deck_whose_notes_name_nothing_stays_as_it_is():
    laid = kits.laid(kits.kit(("One", "Two")))
    assert with_numbers(laid) == laid
