"""Diagrams that can't be drawn."""

from tests.formulas import slides_of
from workshop.build import prepare
from workshop.errors import Severity, errors_in
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry
from workshop.render.pptx.deck import write_deck


def test_a_diagram_of_a_talk_that_cannot_be_drawn_is_shown_as_text_with_a_warning(tmp_path):
    path = tmp_path / "talk.md"
    path.write_text("# One\n\n::: diagram\nWords first.\n\n- **Alone**: in a list\n:::\n")
    laid, problems = prepare(path, Request(), standard_registry(), base=None)
    assert errors_in(problems) == ()
    assert [problem.message for problem in problems if problem.severity > Severity.ADVICE] == [
        "a diagram is one list",
        "a diagram has two to five boxes, not 1",
    ]
    (slide,) = slides_of(write_deck(laid))
    assert "Words first." in "".join(slide.itertext())
    assert "Alone: in a list" in "".join(slide.itertext())
