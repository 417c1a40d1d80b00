"""Tests the whole built-in kit in templates of every origin: no text overflows, nothing is off the slide, and the package is valid."""

from functools import cache as once
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from openxml_audit import validate_pptx

from tests.contract import kits
from tests.laying import lay_out
from tests.templates.conftest import NAMES, template_file
from tests.tiers import few
from workshop.check.package import check_package
from workshop.errors import Severity
from workshop.layout import overlaps
from workshop.layout.laid import LaidText
from workshop.render.pptx.deck import write_deck
from workshop.themes.template import template_theme

SOUND = ("corporate", "libreoffice")  # a small deck is tried in every template by tests/themes/test_template.py


def tier(name, audience):
    """Return the marks of an audience's slides in a template."""
    if name in SOUND and audience == kits.AUDIENCES[0]:
        return []
    return [pytest.mark.broad if name in SOUND or audience == kits.FEW[0] else pytest.mark.slow]


FITTED = [pytest.param(name, audience, marks=tier(name, audience)) for name in NAMES for audience in kits.AUDIENCES]
VALIDATED = [
    pytest.param(SOUND[0], marks=pytest.mark.broad),
    *(pytest.param(name, marks=pytest.mark.slow) for name in NAMES if name != SOUND[0]),
]


@once
def in_template(name, audience, cache):
    """Return an audience's slides in a template, and the problems."""
    with TemporaryDirectory() as folder:
        theme = template_theme(template_file(name, Path(folder))).theme
        return lay_out(kits.laid_out(audience, kits.ALL, cache)[0].kit, theme)


@pytest.mark.parametrize(("name", "audience"), FITTED)
def test_the_slides_of_every_audience_fit_a_template(name, audience, cache):
    laid, problems = in_template(name, audience, cache)
    assert [str(p) for p in problems if p.severity > Severity.ADVICE] == []
    assert [str(p) for p in overlaps(laid)] == []


@once
def finished(name, cache):
    """Return one audience's slides in a template, and their file."""
    laid, _ = in_template(name, kits.AUDIENCES[0], cache)
    return laid, write_deck(laid)


@pytest.mark.parametrize("name", few(NAMES, ci=SOUND))
def test_the_file_of_the_whole_kit_in_a_template_is_sound(name, cache):
    laid, blob = finished(name, cache)
    titles = [item for slide in laid.slides for item in slide.items if isinstance(item, LaidText)]
    assert all(item.placeholder.idx >= 0 for item in titles if item.placeholder.role == "title")
    assert [str(p) for p in check_package(blob)] == []


@pytest.mark.parametrize("name", VALIDATED)
def test_the_file_of_the_whole_kit_in_a_template_passes_an_independent_validator(name, cache, tmp_path):
    deck = tmp_path / "deck.pptx"
    deck.write_bytes(finished(name, cache)[1])
    assert validate_pptx(str(deck)).errors == []
