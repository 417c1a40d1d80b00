"""The finished deck as LibreOffice renders it: nothing leaves the page, and no word covers another.

Needs soffice and pdftotext on the path; run by ``make acceptance`` and by CI, not by ``make test``.
"""

import re
import subprocess
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from pptx import Presentation

from workshop.ai_models.register import kit_folder
from workshop.build import build
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry

COVERED = 0.3  # share of the smaller word's area that may be covered, because of descenders and tight tracking
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)


@dataclass(frozen=True)
class Word:
    """A word on a page, in points."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    @property
    def area(self) -> float:
        return (self.right - self.left) * (self.bottom - self.top)

    def shared(self, other: "Word") -> float:
        """Return the share of the smaller word that the other one covers."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return width * height / min(self.area, other.area) if width > 0 and height > 0 else 0.0


@pytest.fixture(scope="module", params=["light", "dark"])
def rendered(request, tmp_path_factory):
    """The deck and its pages: width, height and words."""
    folder = tmp_path_factory.mktemp(request.param)
    wanted = Request(theme=request.param, only=("deck",), cache=folder / "cache")
    build(kit_folder(), wanted, standard_registry(), base=None, out=folder)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    deck = folder / "deck.pptx"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(deck)],
        check=True,
        capture_output=True,
    )
    text = subprocess.run(
        ["pdftotext", "-bbox", str(folder / "deck.pdf"), "-"], check=True, capture_output=True, text=True
    ).stdout
    pages = [
        (float(w), float(h), [Word(*map(float, m.groups()[:4]), m[5]) for m in WORD.finditer(body)])
        for w, h, body in PAGE.findall(text)
    ]
    return deck, pages


def shown_slides(deck: Path) -> list:
    return [slide for slide in Presentation(str(deck)).slides if slide._element.get("show") != "0"]


def test_every_slide_that_is_shown_becomes_a_page(rendered):
    deck, pages = rendered
    assert len(pages) == len(shown_slides(deck))
    assert all(words for _, _, words in pages)


def test_no_word_leaves_its_page(rendered):
    _, pages = rendered
    outside = [
        (number, word.text)
        for number, (width, height, words) in enumerate(pages, 1)
        for word in words
        if word.left < 0 or word.top < 0 or word.right > width or word.bottom > height
    ]
    assert outside == []


def test_no_word_lies_on_another(rendered):
    _, pages = rendered
    clashes = []
    for number, (_, _, words) in enumerate(pages, 1):
        ordered = sorted(words, key=lambda w: w.left)
        for place, word in enumerate(ordered):
            for other in ordered[place + 1 :]:
                if other.left > word.right:
                    break
                if word.shared(other) > COVERED:
                    clashes.append((number, word.text, other.text))
    assert clashes == []


def test_slides_come_in_the_order_of_the_deck(rendered):
    deck, pages = rendered
    numbers = [slide.slide_id for slide in shown_slides(deck)]
    assert all(a != b for a, b in pairwise(numbers))
    for slide, (_, _, words) in zip(shown_slides(deck), pages, strict=True):
        first = slide.shapes.title.text_frame.text.replace("\v", " ").split()[0]
        assert any(first in word.text.replace("&amp;", "&").replace("&quot;", '"') for word in words), first
