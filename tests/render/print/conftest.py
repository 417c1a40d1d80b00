"""Readers of a PDF's text and tags, for all tests of print."""

import io
from collections.abc import Callable, Iterator

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject


@pytest.fixture(scope="session")
def read() -> Callable[[bytes], PdfReader]:
    return lambda pdf: PdfReader(io.BytesIO(pdf))


@pytest.fixture(scope="session")
def words_of() -> Callable[[bytes], str]:
    """All text of a PDF with single spaces."""
    return lambda pdf: " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


@pytest.fixture(scope="session")
def tags_of() -> Callable[[bytes], list[tuple[str, str]]]:
    """Every structure element in reading order: its role and its alternative text."""

    def walk(element: DictionaryObject) -> Iterator[tuple[str, str]]:
        if "/S" in element:
            yield str(element["/S"]), str(element.get("/Alt", ""))
        below = element.get("/K", [])
        below = below.get_object() if hasattr(below, "get_object") else below
        for child in below if isinstance(below, list) else [below]:
            found = child.get_object() if hasattr(child, "get_object") else child
            if isinstance(found, DictionaryObject):
                yield from walk(found)

    return lambda pdf: list(walk(PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]))
