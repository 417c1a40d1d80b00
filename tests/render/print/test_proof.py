"""Tests the proof of a world: two pages, whatever is on them, and every line as text."""

import io

import pytest
from pypdf import PdfReader

from workshop.render.print.proof import proof_sheet

LINE = "how many relatives may come and sit at the bed of a patient on this ward: “Visiting hours”, 0.62"


def pages(lines):
    made = proof_sheet("Proof of ward", [("Words", ["Where is the crutch?"])], [("Questions", [LINE] * lines)])
    return [page.extract_text() for page in PdfReader(io.BytesIO(made)).pages]


@pytest.mark.parametrize("lines", [1, 60, 110])
def test_a_proof_has_two_pages_with_all_lines(lines):
    first, second = pages(lines)
    assert "Where is the crutch?" in first
    assert second.replace("\n", " ").count("how many relatives") == lines
