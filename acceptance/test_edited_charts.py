"""Charts whose numbers python-pptx has replaced, as LibreOffice draws them: every label shows its new number.

Needs soffice and pdftotext on the path; run by ``make acceptance`` and by CI, not by ``make test``.
"""

import subprocess

import pytest
from pptx import Presentation

from tests.charts.samples import (
    answers,
    attacks,
    cleaning,
    collapse,
    gate,
    laid,
    library,
    next_word,
    picks,
    recall,
    scaling,
    surprise,
    trade,
    training,
)
from tests.render.pptx.edited import edit
from tests.render.pptx.hosted import hosted
from tests.render.pptx.read import read_labels

CHARTS = (surprise, collapse, training, scaling, next_word, answers, attacks, picks, recall, cleaning)
WORDS_ALONE = (library, trade, gate)
S = "{http://schemas.openxmlformats.org/drawingml/2006/chart}ser"


def pages(folder, presentation):
    """Return the words of each page, page by page."""
    presentation.save(folder / "deck.pptx")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, folder / "deck.pptx"]
    subprocess.run(command, check=True, capture_output=True)
    text = subprocess.run(["pdftotext", folder / "deck.pdf", "-"], check=True, capture_output=True, text=True).stdout
    return text.replace("\N{NO-BREAK SPACE}", " ").split("\f")[:-1]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """Name of a chart -> its labels after its numbers were replaced, and what LibreOffice draws."""
    folder, makers = tmp_path_factory.mktemp("charts"), (*CHARTS, *WORDS_ALONE)
    presentation = Presentation(hosted([laid(make()) for make in makers], folder / "before.pptx"))
    labels = []
    for make, slide in zip(makers, presentation.slides, strict=True):
        chart = slide.shapes[0].chart
        if make in CHARTS:
            edit(chart, lambda value: value * 0.9 + 0.005)
        labels.append([label for series in chart._chartSpace.iter(S) for label in read_labels(series)])
    texts = pages(folder, presentation)
    names = [make.__name__ for make in makers]
    return dict(zip(names, zip(labels, texts, strict=True), strict=True))


@pytest.mark.parametrize("name", [make.__name__ for make in CHARTS])
def test_libreoffice_draws_the_new_numbers(drawn, name):
    labels, text = drawn[name]
    words = " ".join(text.split())
    values = [label.text for label in labels if label.source == "VALUE"]
    assert values
    missing = [value for value in values if any(" ".join(line.split()) not in words for line in value.split("\n"))]
    assert missing == []


@pytest.mark.parametrize("name", [make.__name__ for make in WORDS_ALONE])
def test_libreoffice_draws_the_words_of_cells_and_the_numbers_along_x(drawn, name):
    labels, text = drawn[name]
    words = " ".join(text.split())
    assert {label.source for label in labels} & {"CELLRANGE", "XVALUE"}
    assert [label.text for label in labels if " ".join(label.text.split()) not in words] == []
