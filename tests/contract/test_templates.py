"""Tests the whole built-in kit in templates of every origin: no text overflows, nothing is off the slide, and the package is valid."""

import pytest
from openxml_audit import validate_pptx

from tests.contract import kits
from tests.templates.conftest import NAMES, template_file
from workshop.check.package import check_package
from workshop.errors import Severity
from workshop.layout import lay_out, overlaps
from workshop.layout.laid import LaidText
from workshop.render.pptx.deck import write_deck
from workshop.themes.template import template_theme


def planned(cache, audience="general"):
    return kits.laid_out(audience, kits.ALL, cache)[0].kit


@pytest.mark.parametrize("audience", kits.AUDIENCES)
@pytest.mark.parametrize("name", NAMES)
def test_the_slides_of_every_audience_fit_a_template(name, audience, cache, tmp_path):
    laid, problems = lay_out(planned(cache, audience), template_theme(template_file(name, tmp_path)).theme)
    assert [str(p) for p in problems if p.severity > Severity.ADVICE] == []
    assert [str(p) for p in overlaps(laid)] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_file_of_the_whole_kit_in_a_template_is_sound(name, cache, tmp_path):
    laid, _ = lay_out(planned(cache), template_theme(template_file(name, tmp_path)).theme)
    titles = [item for slide in laid.slides for item in slide.items if isinstance(item, LaidText)]
    assert all(item.placeholder.idx >= 0 for item in titles if item.placeholder.role == "title")
    deck = tmp_path / "deck.pptx"
    deck.write_bytes(write_deck(laid))
    assert [str(p) for p in check_package(deck)] == []
    assert validate_pptx(str(deck)).errors == []
