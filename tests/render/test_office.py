"""Tests the deck as a PDF; tests/contract/test_recipes.py does the same with the built-in kit."""

import io
import tempfile

import pytest
from pptx import Presentation
from pypdf import PdfReader

from workshop.build import prepare
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry
from workshop.render.office import find_office, pdf_of
from workshop.render.pptx.deck import write_deck

TALK = "# Seen\n\n- first\n\n# Kept back\n\n- second\n\n# Seen at last\n\n- third\n"


@pytest.mark.broad
@pytest.mark.long
@pytest.mark.skipif(not find_office(), reason="LibreOffice isn't installed")
def test_the_pdf_has_a_page_for_each_slide_that_is_shown_and_nothing_else_is_left(tmp_path, monkeypatch):
    places = [tmp_path / name for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR", "TMPDIR")]
    for place in places:
        place.mkdir(mode=0o700)
        monkeypatch.setenv(place.name, str(place))
    monkeypatch.setattr(tempfile, "tempdir", None)
    talk, saved = tmp_path / "talk.md", io.BytesIO()
    talk.write_text(TALK)
    laid, _ = prepare(talk, Request(), standard_registry(), base=None)
    deck = Presentation(io.BytesIO(write_deck(laid)))
    deck.slides[1]._element.set("show", "0")
    deck.save(saved)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf_of(saved.getvalue()))).pages]
    assert ["first" in pages[0], "third" in pages[1], len(pages)] == [True, True, 2]
    assert [path for place in places for path in place.rglob("*")] == []
