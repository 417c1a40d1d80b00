"""Compares the wall of a live room, in Chromium, with the deck, as LibreOffice draws it: every slide and every click of it."""

from __future__ import annotations

import base64
import io
import json
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from lxml import etree
from msgspec import Struct
from numpy.typing import NDArray
from PIL import Image
from pptx import Presentation

from tests.addons.preview.test_in_a_browser import started
from tests.browser import opened, sized, until
from tests.contract import kits
from workshop.render.office import pdf_of

pytestmark = [pytest.mark.long, pytest.mark.slow]
WIDTH, HEIGHT, FOOT = 1280, 720, 120
ALIKE, LEAST, NEAR = 0.93, 0.85, 4  # structural similarity, for slides below too, and pixels that a word may be away
WINDOW, SIGMA = 11, 1.5  # of Wang, Bovik, Sheikh and Simoncelli, Image quality assessment, 2004
STEADY = ((0.01 * 255) ** 2, (0.03 * 255) ** 2)
GAP = 0.25  # of the height of a letter: from there on, two words
BULLET = "■"  # in front of a point, where the wall draws a square
KEY, AXIS, HATCHED = "the key of a chart", "the name of an axis", "hatched bars"
SHIFTED, FIGURE, KERNED = "words beside a plot, by some pixels", "a large word, by five pixels", "a space, narrower"
OFFICE = {  # slide -> what LibreOffice draws elsewhere, or in another way, than the deck says
    "agent": AXIS,
    "board-answer": SHIFTED,
    "collapse": f"{KEY}, {HATCHED}",
    "falls": AXIS,
    "forgets": AXIS,
    "higher-is-better": FIGURE,
    "it-answers": f"{KEY}, {HATCHED}",
    "leap": AXIS,
    "mixture": AXIS,
    "never-zero": FIGURE,
    "no-shared-word": SHIFTED,
    "price": f"{KEY}, {FIGURE}",
    "quiz-answers": KERNED,
    "sauna": HATCHED,
}
NS = {
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}
WORDS = """
const picture = document.querySelector("#picture svg"), at = picture.getBoundingClientRect();
return [...picture.querySelectorAll("text")].filter((text) => getComputedStyle(text).visibility !== "hidden").map((text) => {
  const matrix = text.getScreenCTM(), corner = (x, y) => new DOMPoint(x, y).matrixTransform(matrix);
  return Array.from({length: text.getNumberOfChars()}, (_, k) => {
    const box = text.getExtentOfChar(k), one = corner(box.x, box.y), other = corner(box.x + box.width, box.y + box.height);
    return [text.textContent[k], one.x - at.x, one.y - at.y, other.x - at.x, other.y - at.y];
  });
});
"""
POST = """
const [path, what, done] = arguments;
fetch(path, {method: "POST", body: JSON.stringify(what)}).then((answer) => answer.json()).then(done);
"""
Grey = NDArray[np.float64]
Place = tuple[str, int]  # slide and click


class Word(Struct, frozen=True):
    """A word and its left, top, right and bottom side, in pixels."""

    text: str
    box: tuple[float, ...]

    def off(self, other: Word) -> float:
        """Return how far the sides of another word are away at most."""
        return max(abs(a - b) for a, b in zip(self.box, other.box, strict=True))


class Shot(Struct, frozen=True):
    """What a slide looks like."""

    png: bytes
    words: list[Word]


# ---------------------------------------------------------------- the wall
def on_the_wall(folder: Path, cache: Path) -> dict[Place, Shot]:
    """Go through a room from its first slide to its last, click by click, without opening a question."""
    found: dict[Place, Shot] = {}
    with (
        opened(folder / "profile") as browser,
        started("--folder", folder / "Workshops", cache=cache, command="app") as (_, own),
    ):

        def post(path: str, what: dict[str, str]) -> Any:
            return browser.execute_async_script(POST, own + path, what)

        sized(browser, WIDTH, HEIGHT + FOOT)
        browser.get(own)
        post("open", {"kit": ""})
        assert post("room/open", {"host": "127.0.0.1"}) == {}
        assert post("room/do", {"event": "code"}) == {}  # the slide has the whole width without it
        browser.get(f"{own}wall/")
        while post("room/do", {"event": "next"}) == {}:
            until(browser, "drawn && document.fonts.status === 'loaded' && document.body.dataset.phase === 'shown'")
            state = json.loads(browser.execute_script("return JSON.stringify(state)"))
            here = (state["slide"]["id"], state["click"])
            while here in found:
                state = json.loads(browser.execute_script("return JSON.stringify(state)"))
                here = (state["slide"]["id"], state["click"])
            until(browser, f"document.body.dataset.state >= {state['number']}")
            found[here] = Shot(seen(browser), words_on(browser.execute_script(WORDS)))
    return found


def seen(browser: Any) -> bytes:
    """Return the picture of the slide."""
    script = "const at = document.querySelector('#picture svg').getBoundingClientRect(); return [at.x, at.y, at.width, at.height]"
    x, y, width, height = browser.execute_script(script)
    assert (round(width), round(height)) == (WIDTH, HEIGHT)
    clip = {"x": x, "y": y, "width": WIDTH, "height": HEIGHT, "scale": 1}
    shot = browser.execute_cdp_cmd("Page.captureScreenshot", {"format": "png", "clip": clip})
    return base64.b64decode(shot["data"])


def words_on(texts: list[list[list[Any]]]) -> list[Word]:
    """Return the words of texts that are given letter by letter."""
    found = []
    for letters in texts:
        word: list[Any] = []
        for letter in [*letters, (" ", 0, 0, 0, 0)]:
            if word and (not letter[0].strip() or _is_apart(word[-1], letter)):
                texts_, lefts, tops, rights, bottoms = zip(*word, strict=True)
                found.append(Word("".join(texts_), (min(lefts), min(tops), max(rights), max(bottoms))))
                word = []
            if letter[0].strip():
                word.append(letter)
    return found


def _is_apart(one: list[Any], other: list[Any]) -> bool:
    gap = GAP * (other[4] - other[2])
    return other[1] - one[3] > gap or (abs(other[2] - one[2]) > gap and abs(other[4] - one[4]) > gap)


# ---------------------------------------------------------------- the deck
def in_the_deck(deck: bytes, names: list[str], folder: Path) -> dict[Place, Shot]:
    """Let LibreOffice draw a deck as it is before any click, after the first, and so on."""
    found: dict[Place, Shot] = {}
    for click in range(20):
        made, places = at_click(deck, click)
        if not places:
            break
        pages = drawn(made, folder / str(click))
        found |= {(names[place], click): shot for place, shot in zip(places, pages, strict=True)}
    return found


def within(element: Any, path: str) -> list[Any]:
    """Return what an XPath finds."""
    found: list[Any] = etree.ElementBase.xpath(element, path, namespaces=NS)
    return found


def at_click(deck: bytes, click: int) -> tuple[bytes, list[int]]:
    """Return a deck as it looks after so many clicks, and the places of the slides that have so many; the others are hidden.

    A chart that grows is there from the start, as on the wall.
    """
    made, places = Presentation(io.BytesIO(deck)), []
    for place, slide in enumerate(made.slides):
        clicks = within(slide._element, './/p:cTn[@nodeType="mainSeq"]/p:childTnLst/p:par')
        clicks = [one for one in clicks if within(one, ".//p:set[not(.//p:graphicEl)]")]
        if slide._element.get("show") == "0" or len(clicks) < click:
            slide._element.set("show", "0")
            continue
        places.append(place)
        for number, one in enumerate(clicks, 1):
            for step in within(one, ".//p:set"):
                if (number > click) == (within(step, "p:to/p:strVal/@val") == ["visible"]):
                    _hide(slide, step)
        for timing in within(slide._element, "p:timing"):
            slide._element.remove(timing)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue(), places


def _hide(slide: Any, step: Any) -> None:
    """Hide the shape, or the paragraph of it, that a step of an animation shows, or lets go."""
    (target,) = within(step, ".//p:spTgt")
    for shape in within(slide._element, f'.//*[*/p:cNvPr/@id="{target.get("spid")}"]'):
        lines = within(target, "p:txEl/p:pRg/@st")
        if not lines:
            shape.getparent().remove(shape)
            continue
        paragraph = within(shape, "p:txBody/a:p")[int(lines[0])]
        for mark in within(paragraph, "a:pPr/*[starts-with(local-name(), 'bu')] | */a:rPr/a:solidFill"):
            mark.getparent().remove(mark)
        for properties in within(paragraph, "a:pPr"):
            etree.SubElement(properties, f"{{{NS['a']}}}buNone")
        for properties in within(paragraph, "*/a:rPr"):
            properties.insert(0, etree.SubElement(properties, f"{{{NS['a']}}}noFill"))


def drawn(deck: bytes, folder: Path) -> Iterator[Shot]:
    """Yield each page that LibreOffice makes of a deck."""
    folder.mkdir(parents=True)
    pdf = folder / "deck.pdf"
    pdf.write_bytes(pdf_of(deck, 600))
    size = ("-scale-to-x", str(WIDTH), "-scale-to-y", str(HEIGHT))
    subprocess.run(["pdftoppm", "-png", *size, pdf, folder / "page"], check=True)
    listed = subprocess.run(["pdftotext", "-bbox", pdf, "-"], check=True, capture_output=True, text=True).stdout
    page = "{http://www.w3.org/1999/xhtml}page"
    pages = ET.fromstring(re.sub(r"<!DOCTYPE[^>]*>|[\x00-\x08\x0b\x0c\x0e-\x1f]", "", listed)).iter(page)
    for one, picture in zip(pages, sorted(folder.glob("page*.png")), strict=True):
        scale = WIDTH / float(one.attrib["width"])
        sides = [tuple(scale * float(word.attrib[s]) for s in ("xMin", "yMin", "xMax", "yMax")) for word in one]
        words = [Word(word.text or "", box) for word, box in zip(one, sides, strict=True)]
        yield Shot(picture.read_bytes(), words)


# ---------------------------------------------------------------- how alike they are
def similarity(one: bytes, other: bytes) -> float:
    """Return the mean structural similarity of two pictures, in shades of grey."""
    a, b = (np.asarray(Image.open(io.BytesIO(png)).convert("L"), dtype=np.float64) for png in (one, other))
    mean_a, mean_b = _blurred(a), _blurred(b)
    var_a, var_b, both = _blurred(a * a) - mean_a**2, _blurred(b * b) - mean_b**2, _blurred(a * b) - mean_a * mean_b
    c1, c2 = STEADY
    each = (2 * mean_a * mean_b + c1) * (2 * both + c2) / ((mean_a**2 + mean_b**2 + c1) * (var_a + var_b + c2))
    return float(each.mean())


def _blurred(picture: Grey) -> Grey:
    """Return the weighted mean around each pixel whose window is within the picture."""
    weights = np.exp(-((np.arange(WINDOW) - WINDOW // 2) ** 2) / (2 * SIGMA**2))
    weights /= weights.sum()
    high, wide = (side - WINDOW + 1 for side in picture.shape)
    rows = np.sum([weight * picture[k : k + high] for k, weight in enumerate(weights)], axis=0)
    blurred: Grey = np.sum([weight * rows[:, k : k + wide] for k, weight in enumerate(weights)], axis=0)
    return blurred


def away(wall: list[Word], deck: list[Word]) -> dict[str, float]:
    """Return how far words are away from the nearest one in the other picture that says the same, if that is too far."""
    left = defaultdict(list)
    for word in deck:
        left[word.text].append(word)
    found = {}
    for word in wall:
        near = min(left[word.text], key=word.off, default=None)
        if near is None:
            found[f"wall: {word.text}"] = float("inf")
        else:
            left[word.text].remove(near)
            if word.off(near) > NEAR:
                found[word.text] = round(word.off(near), 1)
    return found | {f"deck: {text}": float("inf") for text, words in left.items() if words and text != BULLET}


@pytest.fixture(scope="module")
def shots(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> dict[Place, tuple[Shot, Shot]]:
    """Return each slide and click, on the wall and in the deck."""
    folder = tmp_path_factory.mktemp("wall")
    names = [slide.id for slide in kits.laid_out("general", None, cache)[0].slides]
    deck = in_the_deck(kits.deck("general", None, "light", cache), names, folder / "deck")
    wall = on_the_wall(folder, cache)
    assert set(wall) == set(deck)
    return {place: (wall[place], deck[place]) for place in wall}


def test_similarity_is_one_for_the_same_picture_and_falls_with_a_shift() -> None:
    rng = np.random.default_rng(1)
    cells = np.kron(rng.integers(0, 255, (20, 30)), np.ones((8, 8))).astype(np.uint8)

    def png(pixels: NDArray[np.uint8]) -> bytes:
        out = io.BytesIO()
        Image.fromarray(pixels).save(out, "png")
        return out.getvalue()

    found = [similarity(png(cells), png(np.roll(cells, shift, axis=1))) for shift in (0, 1, 3)]
    assert found[0] == pytest.approx(1)
    assert 1 > found[1] > found[2] > 0


def test_every_word_on_the_wall_is_where_the_deck_has_it(shots: dict[Place, tuple[Shot, Shot]]) -> None:
    off = {place: away(wall.words, deck.words) for place, (wall, deck) in shots.items() if place[0] not in OFFICE}
    assert {place: words for place, words in off.items() if words} == {}


def test_the_wall_looks_like_the_deck(shots: dict[Place, tuple[Shot, Shot]]) -> None:
    found = {place: similarity(wall.png, deck.png) for place, (wall, deck) in shots.items()}
    assert {place: value for place, value in found.items() if value < (LEAST if place[0] in OFFICE else ALIKE)} == {}
    kept = {name for name, _ in found if name in OFFICE}
    needed = {
        name
        for (name, click), value in found.items()
        if value < ALIKE or away(*(shot.words for shot in shots[name, click]))
    }
    assert kept <= needed, "these look like the deck, too"
