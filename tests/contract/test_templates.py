"""The whole built-in kit in templates of every make: nothing over, nothing beside, a sound package."""

from functools import cache as once
from pathlib import Path

import pytest
from openxml_audit import validate_pptx

from tests.templates.conftest import NAMES, template_file
from workshop.ai_models.register import kit_folder
from workshop.build import prepare
from workshop.check.package import check_package
from workshop.errors import Severity
from workshop.layout import lay_out, overlaps
from workshop.layout.laid import LaidText
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry
from workshop.render.pptx.deck import write_deck
from workshop.themes.template import template_theme

AUDIENCES = ("general", "students", "executives", "engineers")


@once
def planned(kept, audience="general"):
    laid, _ = prepare(kit_folder(), Request(cache=Path(kept), audience=audience), standard_registry(), base=None)
    return laid.kit


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("name", NAMES)
def test_the_slides_of_every_audience_fit_a_template(name, audience, cache, tmp_path):
    laid, problems = lay_out(planned(str(cache), audience), template_theme(template_file(name, tmp_path)).theme)
    assert [str(p) for p in problems if p.severity > Severity.ADVICE] == []
    assert [str(p) for p in overlaps(laid)] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_file_of_the_whole_kit_in_a_template_is_sound(name, cache, tmp_path):
    laid, _ = lay_out(planned(str(cache)), template_theme(template_file(name, tmp_path)).theme)
    titles = [item for slide in laid.slides for item in slide.items if isinstance(item, LaidText)]
    assert all(item.placeholder.idx >= 0 for item in titles if item.placeholder.role == "title")
    deck = tmp_path / "deck.pptx"
    deck.write_bytes(write_deck(laid))
    assert [str(p) for p in check_package(deck)] == []
    assert validate_pptx(str(deck)).errors == []
