"""How the room on slides is used, measured in the finished decks: how far down their content reaches, tags, rhythm."""

from __future__ import annotations

from functools import cache as once
from itertools import groupby
from math import ceil

import pytest
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Emu

from tests.contract import kits

SHARE = 0.6  # of a slide's height: content ends below it
MADE_SO = ("Cover", "Section", "Statement", "Closing")  # layouts whose empty part is meant
FOOT = 6.38  # inches: the source, the rail and the number are below, and say nothing of the slide's room
LETTER = 0.5  # of a size: how wide a letter is on average
MOST_ALIKE = 3


@pytest.fixture(params=kits.few_at_work())
def audience(request):
    return request.param


@pytest.fixture
def slides(audience, cache):
    return shown(audience, cache)


@pytest.fixture
def ends(audience, cache):
    """The layout of each slide, and how far down its content reaches."""
    return ends_of(audience, cache)


@once
def shown(audience, cache):
    deck = kits.opened(audience, None, "light", cache)
    return [slide for slide in deck.slides if slide._element.get("show") != "0"]


@once
def ends_of(audience, cache):
    return [(slide.slide_layout.name, content_end(slide)) for slide in shown(audience, cache)]


def size_of(shape) -> float:
    """Return the size of a text in points: its own, or that of its place on the layout."""
    own = [float(value) for value in shape._element.xpath(".//a:rPr/@sz")]
    return max(own, default=18_00) / 100


def text_end(shape) -> int:
    """Return where a text ends, in EMU; a text that is anchored at the foot ends there."""
    place = (
        next(
            (
                p
                for p in shape.part.slide_layout.placeholders
                if p.placeholder_format.idx == shape.placeholder_format.idx
            ),
            shape,
        )
        if shape.is_placeholder
        else shape
    )
    anchor = (place._element.xpath(".//a:bodyPr/@anchor") or ["t"])[0]
    filled = place._element.xpath("p:spPr/a:solidFill") or shape._element.xpath("p:spPr/a:solidFill")
    if anchor == "b" or filled:
        return shape.top + shape.height
    sizes = [float(v) / 100 for v in place._element.xpath(".//a:lvl1pPr/a:defRPr/@sz")] or [18.0]
    size = max(size_of(shape) if shape._element.xpath(".//a:rPr/@sz") else sizes[0], 10.0)
    rows = sum(
        ceil(max(1, len(line)) * size * LETTER * 12_700 / shape.width)
        for paragraph in shape.text_frame.paragraphs
        for line in paragraph.text.split("\v")
    )
    high = min(shape.height, round(rows * size * 1.2 * 12_700))
    return shape.top + (shape.height + high) // 2 if anchor == "ctr" else shape.top + high


def content_end(slide) -> float:
    """Return how far down a slide's content reaches, as a share of its height."""
    ends = [
        panel.top + panel.height
        for panel in slide.slide_layout.shapes
        if panel.name.startswith("Block") and panel.left > 0 and panel.top > 0
    ]
    for shape in slide.shapes:
        if (
            shape.top is None
            or Emu(shape.top).inches >= FOOT
            or (shape.is_placeholder and shape.placeholder_format.type == PP_PLACEHOLDER.TITLE)
        ):
            continue
        ends.append(text_end(shape) if shape.has_text_frame and shape.text_frame.text else shape.top + shape.height)
    return max(ends, default=0) / Emu(6_858_000)


def test_no_slide_of_a_plan_is_empty_below_its_upper_part_unless_its_layout_is_made_so(ends):
    low = {n: found for n, found in enumerate(ends, 1) if found[1] < SHARE and not found[0].startswith(MADE_SO)}
    assert low == {}


def test_most_slides_use_four_fifths_of_their_height(ends):
    reached = [end for layout, end in ends if not layout.startswith(MADE_SO)]
    assert sum(end >= 0.7 for end in reached) >= 0.75 * len(reached)


def test_no_layout_comes_more_than_three_times_in_a_row(slides):
    names = [slide.slide_layout.name.removesuffix(", short title") for slide in slides]
    assert [(name, n) for name, same in groupby(names) if (n := len(list(same))) > MOST_ALIKE] == []


def test_every_exercise_has_the_tag_of_its_task_on_paper_and_its_minutes(slides):
    found = [slide for slide in slides if slide.slide_layout.name.startswith("Exercise")]
    texts = [
        {shape.name.rpartition(" ")[0]: shape.text_frame.text for shape in slide.shapes if shape.has_text_frame}
        for slide in found
    ]
    for slide in texts:
        sheet, _, task = slide["Sheet tag"].partition(" · ")
        kind, number = sheet[:1], sheet.removeprefix("Page ").lstrip("S")
        assert number.isdecimal()
        assert (kind, task.split()[:1]) in (("S", ["task"]), ("P", []))  # on a sheet, or the one of the booklet
        assert float(slide["Minutes"]) > 0


def test_an_answer_has_the_tag_of_the_exercise_before_it(slides):
    tags = [""]
    for slide in slides:
        named = {shape.name: shape.text_frame.text for shape in slide.shapes if shape.has_text_frame}
        texts = {name.rpartition(" ")[0] or name: text for name, text in named.items()}
        if "answer" in slide.slide_layout.name:
            assert texts["Sheet tag"] in tags
            assert texts["!!mode"] == "Answer"
        elif "Sheet tag" in texts:
            tags.append(texts["Sheet tag"])


def bright(shapes) -> int:
    """Return the area that shapes fill with the accent at full strength, in square EMU."""
    filled = [
        shape for shape in shapes if shape._element.xpath("p:spPr/a:solidFill/a:schemeClr[@val='accent1'][not(*)]")
    ]
    return sum(shape.width * shape.height for shape in filled)


def test_in_a_dark_room_the_bright_accent_never_covers_a_tenth_of_a_slide(cache):
    deck = kits.opened("general", kits.ALL, "dark", cache)
    whole = deck.slide_width * deck.slide_height
    shares = {n: bright([*slide.shapes, *slide.slide_layout.shapes]) / whole for n, slide in enumerate(deck.slides, 1)}
    assert {n: share for n, share in shares.items() if share >= 0.1} == {}
    assert max(shares.values()) > 0
