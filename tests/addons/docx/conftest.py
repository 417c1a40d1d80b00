"""One small kit, written as PDF and as its editable twins, for all tests of DOCX; and readers of both."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import mammoth
import pytest
from lxml import html
from pypdf import PdfReader

from tests.render.print import kits
from tests.render.print.test_quiz import question
from workshop.addons.docx import writers
from workshop.render.print import answer_keys, forms, guide, sheets
from workshop.render.writing import Writer

TWINS = {
    "sheets": (writers.SHEETS, sheets.SHEETS),
    "answers": (writers.ANSWERS, answer_keys.KEY),
    "quiz": (writers.QUIZ, forms.QUIZ),
    "quiz-key": (writers.QUIZ_KEY, forms.QUIZ_KEY),
    "facilitator": (writers.GUIDE, guide.WRITER),
}


@pytest.fixture(scope="session")
def kept(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="session")
def laid(kept):
    from msgspec.structs import replace

    made = kits.kit(titles=kits.TITLES[:2], quiz=tuple(question(number) for number in range(1, 5)))
    return replace(kits.laid(kits.opening(made, "https://garden.example/7")), kept=kept)


@pytest.fixture(scope="session")
def twins(laid) -> dict[str, bytes]:
    return {name: twin.render(laid) for name, (twin, _) in TWINS.items()}


@pytest.fixture(scope="session")
def printed(laid) -> dict[str, bytes]:
    return {name: writer.render(laid) for name, (_, writer) in TWINS.items()}


@pytest.fixture(scope="session")
def page_of() -> Callable[[bytes], html.HtmlElement]:
    """What an independent reader makes of a document: HTML with headings, tables with header rows, pictures with text."""
    return lambda docx: html.fromstring(f"<body>{mammoth.convert_to_html(io.BytesIO(docx)).value}</body>")


@pytest.fixture(scope="session")
def words_of() -> Callable[[bytes], list[str]]:
    """Every word of a PDF, or of all parts of a DOCX with text, in order."""

    def words(document: bytes) -> list[str]:
        if document.startswith(b"%PDF"):
            text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(document)).pages)
        else:
            with zipfile.ZipFile(io.BytesIO(document)) as package:
                parts = [name for name in package.namelist() if re.match(r"word/(document|header|footer)", name)]
                # paragraphs, tabs and breaks end a word; everything else about the markup doesn't matter
                xml = " ".join(package.read(name).decode() for name in sorted(parts) if name.endswith(".xml"))
                xml = re.sub(r"</w:p>|</m:num>|<w:tab/>|<w:br[^>]*/>", " ", xml)
                text = html.fromstring(re.sub(r"<[^>]*>", "", re.sub(r"<\?xml[^>]*\?>", "", xml)) or " ").text_content()
        return re.findall(r"\w+", text)

    return words


@pytest.fixture(params=list(TWINS))
def name(request) -> str:
    return request.param


@pytest.fixture
def twin(name) -> Writer:
    return TWINS[name][0]
