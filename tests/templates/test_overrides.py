"""Tests that the file next to a template overrides the matches, and that its mistakes are reported with their lines."""

import io

import pytest
from pptx import Presentation

from tests.laying import lay_out
from tests.layout.samples import all_slides, kit, prose, slide
from workshop.errors import Severity, WorkshopError
from workshop.model.theme import Paint
from workshop.render.pptx.deck import write_deck
from workshop.templates.overrides import overrides_path
from workshop.themes.template import template_theme


def test_a_role_takes_the_layout_and_placeholders_it_is_given(made):
    path = made("german")
    overrides_path(path).write_text(
        "layouts:\n  chart-and-text: {layout: Inhalt zweispaltig, main: 19, reading: 18}\n  content: 4\ncolors: {open: accent3}\n",
        "utf-8",
    )
    theme = template_theme(path).theme
    spec = theme.layouts["chart-and-text"]
    assert (spec.find("main").idx, spec.find("reading").idx) == (19, 18)
    assert theme.layouts["content"].name == "Inhalt zweispaltig"
    assert theme.template.paints["open"] == Paint("accent3")


def test_a_role_that_is_given_a_layout_is_on_it_in_a_kit_and_all_others_are_on_ours(made):
    path = made("german")
    overrides_path(path).write_text("layouts:\n  content: Inhalt einspaltig\n", "utf-8")
    slides = [slide("content", f"Words {k}", (("main", (prose("One", "Two"),)),)) for k in range(2)]
    laid, problems = lay_out(
        kit(*slides, *(s for s in all_slides() if s.layout == "predict")), template_theme(path).theme
    )
    deck = Presentation(io.BytesIO(write_deck(laid)))
    assert [p for p in problems if p.severity > Severity.ADVICE] == []
    names = [native.slide_layout.name for native in deck.slides]
    assert names[:2] == ["Inhalt einspaltig"] * 2
    assert names[2].startswith("Bet")
    assert len({native.slide_layout.slide_master.part.partname for native in deck.slides}) == 2


def test_every_mistake_is_named_with_its_line_and_the_nearest_name(made):
    path = made("german")
    overrides_path(path).write_text(
        "layouts:\n  chrt: 1\n  content: Inhalt einspaltg\n  table: {layout: 1, main: 99}\n"
        "colors:\n  open: acent3\n  opn: accent1\nfont: x\n",
        "utf-8",
    )
    with pytest.raises(WorkshopError) as caught:
        template_theme(path)
    found = {(p.at.line, p.message.split("'")[0]) for p in caught.value.problems}
    assert {line for line, _ in found} == {2, 3, 4, 6, 7, 8}
    text = "\n".join(map(str, caught.value.problems))
    assert "did you mean 'chart'?" in text
    assert "did you mean 'Inhalt einspaltig'" in text
    assert "17 (Inhalt)" in text
    assert "did you mean 'accent3'" in text
    assert "did you mean 'fonts' or 'footer'?" in text


def test_an_empty_file_says_nothing(made):
    path = made("dark")
    overrides_path(path).write_text("", "utf-8")
    assert template_theme(path).theme.name == "dark"
