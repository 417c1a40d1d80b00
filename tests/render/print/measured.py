"""Measures how large the texts of a PDF are on paper."""

import io
import math
import re

from pypdf import PdfReader

FACES = re.compile("FiraSans|Atkinson")  # of documents; small pictures of slides are in others


def sizes_of(pdf: bytes) -> list[tuple[float, str]]:
    """Return each text with its size in points; those of small pictures of slides are left out."""
    found = []

    def visit(text, cm, tm, font, size):
        if text.strip() and font and FACES.search(font["/BaseFont"]):
            high = math.hypot(tm[0] * cm[0] + tm[1] * cm[2], tm[0] * cm[1] + tm[1] * cm[3])
            found.append((round(size * high, 1), text.strip()))

    for page in PdfReader(io.BytesIO(pdf)).pages:
        page.extract_text(visitor_text=visit)
    return found
