import io

import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from tests.render.print import kits
from workshop.addons.toys.pages import WRITER, demos, imported, in_order, render_toys, sources
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry
from workshop.render.writing import render


@pytest.fixture(scope="module")
def laid(tmp_path_factory):
    return replace(kits.laid(kits.kit(titles=kits.TITLES[:1])), kept=tmp_path_factory.mktemp("kept"))


@pytest.fixture(scope="module")
def pages(laid):
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(render_toys(laid))).pages]


@pytest.mark.broad
def test_every_toy_is_printed_with_the_numbers_of_its_lines(pages):
    text = " ".join(pages).replace("\N{NO-BREAK SPACE}", " ")
    for name, source in sources().items():
        assert f"toys/{name}.py" in text
        for number, line in enumerate(source.splitlines(), 1):
            if line.startswith(("def ", "class ")):
                head = line.partition("(")[0].rstrip(":")
                assert f"{number} {head}" in text, (name, number)


def test_a_toy_comes_after_those_that_it_uses():
    texts = sources()
    seen = set()
    for name, text in in_order(texts, demos()):
        assert set(imported(text)) <= seen
        seen.add(name)
    assert seen == set(texts)


def test_its_pages_lie_on_their_side(laid):
    assert all(page.mediabox.width > page.mediabox.height for page in PdfReader(io.BytesIO(render_toys(laid))).pages)


def test_a_kit_without_these_demos_has_no_toys(laid):
    assert WRITER.missing(laid.kit) == "demos that have toys"


def test_it_is_made_only_if_it_is_asked_for_by_name(laid):
    files = render(laid, Request(only=("feedback",), cache=laid.kept), standard_registry())
    assert "toys.pdf" not in files
    assert (WRITER.default, WRITER.in_all) == (False, False)
