"""Slides of an ordinary talk that have a look of their own: a long title, a section, a number and a quote, from Markdown to layout."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PIL import Image, ImageDraw, ImageOps

from workshop.build import prepare
from workshop.check.slide_looks import check_looks
from workshop.layout.laid import LaidOut, LaidPicture, LaidShapes, LaidSlide, LaidText
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry

LONG = "Cycling in the rain: what five years of counting bicycles at one junction can tell us about policy"
PARAGRAPH = """\
We counted on the first Tuesday of each month, from seven to nine in the morning, with two people at the junction of
the ring road and the canal. Each bicycle was noted once, with its direction and whether its rider was wearing a
coat. On days with ice we didn’t count at all, which leaves eleven gaps in five years. The lane was painted in the
spring of the third year, and the bus line was closed in the autumn of the fourth, so both came between our counts,
and neither came alone.
"""
TALK = f"""---
title: "{LONG}"
subtitle: Society for Applied Statistics, Groningen
author: Marta Lindqvist
---

# Method

## Counted every day

- Rain keeps half of us at home
- Paint does nothing
- A bus that stops coming does

## 37%

more bicycles than in 2023, on dry days

## The junction from the north

![Induction loop since 2021; the rain gauges stand 400 m away](photo.jpg)

# Results

## What a rider told us

> I don’t ride because of the lane. I ride because the bus stopped coming.
>
> – Woman, 61, interviewed in March

## 4.2 million

trips were counted

## How we counted

{PARAGRAPH}
"""


LITTLE = """\
# Nobody had asked them

Ask whoever stopped.

# A small picture

![](small.png){alt="a plot"}
"""


def take_photo(folder: Path) -> None:
    """Draw an evening over a canal in a file that is as large as a photo, and a plot that is too small for a slide."""
    photo = Image.linear_gradient("L").resize((1600, 900))
    sky = ImageOps.colorize(photo, "#28406a", "#e0a152")
    draw = ImageDraw.Draw(sky)
    draw.polygon([(0, 640), (1600, 560), (1600, 900), (0, 900)], fill="#2c4434")
    draw.polygon([(700, 900), (780, 600), (830, 600), (1080, 900)], fill="#c9c4b8")
    sky.save(folder / "photo.jpg")
    sky.resize((320, 180)).save(folder / "small.png")


@cache
def deck(text: str = TALK) -> LaidOut:
    with TemporaryDirectory() as name:
        (Path(name) / "talk.md").write_text(text, "utf-8")
        take_photo(Path(name))
        return prepare(Path(name) / "talk.md", Request(), standard_registry(), base=None)[0]


def page(title: str, text: str = TALK) -> LaidSlide:
    return next(one for one in deck(text).slides if one.slide.title_text == title)


def texts(slide: LaidSlide) -> dict[str, tuple[str, float]]:
    found = [item for item in slide.items if isinstance(item, LaidText)]
    return {
        i.placeholder.role: (" ".join(line.text for line in i.lines).replace("\v", " ").replace("\u00a0", " "), i.size)
        for i in found
    }


def test_a_long_title_is_divided_at_its_colon_and_the_subtitle_moves_down() -> None:
    found = texts(page("Cycling in the rain"))
    assert found["title"] == ("Cycling in the rain", 66)
    assert found["subtitle"] == ("What five years of counting bicycles at one junction can tell us about policy", 32)
    assert found["occasion"] == ("Society for Applied Statistics, Groningen Marta Lindqvist", 24)


@pytest.mark.parametrize(("title", "number"), [("Method", "1"), ("Results", "2")])
def test_a_section_of_a_talk_has_its_number_on_a_panel_and_a_bar_for_each_section(title: str, number: str) -> None:
    slide = page(title)
    assert texts(slide)["numeral"] == (number, 240)
    (bars,) = [item for item in slide.items if isinstance(item, LaidShapes)]
    assert [shape.fill == "accent" for shape in bars.shapes] == [str(k) == number for k in (1, 2)]


def test_a_share_as_a_heading_is_as_large_as_it_can_be_beside_its_field() -> None:
    slide = page("37%")
    assert texts(slide)["title"] == ("37%", 200)
    assert texts(slide)["main"][1] == 44
    (field,) = [item for item in slide.items if isinstance(item, LaidShapes)]
    assert sum(shape.fill == "accent" for shape in field.shapes) == 37


def test_a_number_that_is_no_share_has_no_field() -> None:
    slide = page("4.2 million")
    assert slide.layout.name == "Number"
    assert not any(isinstance(item, LaidShapes) for item in slide.items)


def test_a_quote_is_large_and_its_last_paragraph_says_whose_it_is() -> None:
    found = texts(page("What a rider told us"))
    assert found["quote"] == ("I don’t ride because of the lane. I ride because the bus stopped coming.", 44)
    assert found["said"] == ("Woman, 61, interviewed in March", 24)
    assert found["title"][1] == 18


def test_a_photo_fills_the_slide_to_its_edges_under_its_title_and_caption() -> None:
    slide = page("The junction from the north")
    photo = next(item for item in slide.items if isinstance(item, LaidPicture))
    theme = deck().theme
    assert (photo.box.x, photo.box.y, photo.box.w, photo.box.h) == (0, 0, theme.width, theme.height)
    assert sum(photo.cut) < 0.15
    assert texts(slide)["title"] == ("The junction from the north", 40)
    assert texts(slide)["measure"] == ("Induction loop since 2021; the rain gauges stand 400 m away", 18)
    (shade,) = [item for item in slide.items if isinstance(item, LaidShapes)]
    assert shade.shapes[0].kind == "shade"


def test_a_picture_that_is_small_is_enlarged_half_as_much_again_and_stands_beside_its_title() -> None:
    picture = next(item for item in page("A small picture", LITTLE).items if isinstance(item, LaidPicture))
    assert picture.box.w == 320 * 9525 * 1.5
    assert abs(picture.box.x + picture.box.w / 2 - deck().theme.width * 3 / 4) < 9525


def test_a_few_words_under_a_title_are_as_large_as_a_statement() -> None:
    assert texts(page("Nobody had asked them", LITTLE))["main"] == ("Ask whoever stopped.", 140)


def test_the_only_advice_on_the_shape_of_such_a_talk_is_that_a_paragraph_is_long() -> None:
    told = {problem.code for problem in check_looks(deck())} - {"no-picture"}
    assert told == {"long"}


def test_other_titles_stay_whole() -> None:
    assert [one.slide.title_text for one in deck().slides[1:4]] == ["Method", "Counted every day", "37%"]
