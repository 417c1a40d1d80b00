"""Tests templates that are hard to write into: a title in the middle, a photograph behind everything, a dark panel beside a light ground."""

import io
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PIL import Image, ImageOps
from pptx import Presentation

from tests.templates.maker import NARROW, Block, Layout, Master, Ph, foot, pptx, unzipped, zipped
from workshop.build import prepare
from workshop.check.package import check_package
from workshop.layout.laid import LaidText
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry
from workshop.render.pptx.deck import write_deck

PANEL = (0, 0, 4.6, 7.5)
TALK = """\
---
title: Hard to write into
---

# A chart alone

![](chart:data/shares.csv)

# A chart and what it says

![](chart:data/shares.csv)

Ours is the larger one, and it has been for years.

# An address

Read [the whole report](https://example.org/report), or ask.

# Code

```python
for word in words:
    counts[word] += 1
    if counts[word] > most:
        most = counts[word]
```

# Code and what it does

```python
counts[word] += 1
```

It counts.
"""


def centred():
    """4:3: of the layouts with nothing but a title, the first has it in the middle."""
    title, body = Ph("title", 0, "Title", (0.5, 0.4, 9, 1.0)), Ph("body", 1, "Body", (0.5, 1.6, 9, 5.1))
    end = foot(10, 6.95)
    layouts = (
        Layout("Title and Subtitle", (Ph("ctrTitle", 0, "Title", (0.5, 2.2, 9, 1.6), 44), Ph("subTitle", 1, "Subtitle", (0.5, 4.0, 9, 1.2), 24, bullet=False)), "title"),
        Layout("Title - Center", (Ph("title", 0, "Title", (0.5, 2.6, 9, 2.2), anchor="ctr"), *end)),
        Layout("Title and Bullets", (Ph("title", 0, "Title"), Ph("body", 1, "Text"), *end)),
        Layout("Title - Top", (Ph("title", 0, "Title"), *end)),
    )  # fmt: skip
    return pptx(Master((title, body, *end), layouts), size=NARROW)


def photographed():
    """16:9, a photograph from edge to edge on the master, with its texts in white on it."""
    title, body = (
        Ph("title", 0, "Title", (0.7, 0.4, 11.9, 1.0), color="bg1"),
        Ph("body", 1, "Body", (0.7, 1.7, 11.9, 4.9), color="bg1"),
    )
    end = foot(13.333, 6.95)
    layouts = (
        Layout("Cover", (Ph("ctrTitle", 0, "Title", (0.7, 2.2, 11.9, 1.6), 44, color="bg1"), Ph("subTitle", 1, "Subtitle", (0.7, 4.0, 11.9, 1.2), 24, color="bg1", bullet=False)), "title"),
        Layout("Content", (Ph("title", 0, "Title"), Ph("obj", 1, "Text"), *end), "obj"),
        Layout("Two", (Ph("title", 0, "Title"), Ph("obj", 1, "Left", (0.7, 1.7, 5.8, 4.9)), Ph("obj", 2, "Right", (6.8, 1.7, 5.8, 4.9)), *end), "twoObj"),
        Layout("Only", (Ph("title", 0, "Title"), *end), "titleOnly"),
    )  # fmt: skip
    made = unzipped(
        pptx(
            Master(
                (title, body, *end),
                layouts,
                blocks=(Block((0, 0, 13.333, 7.5), picture=True),),
                title=(32, True, "bg1"),
            )
        )
    )
    photo = io.BytesIO()
    sky = Image.radial_gradient("L").resize((640, 360))  # dark in the middle, light at the edges
    ImageOps.colorize(sky, "#1b2b40", "#f3e3c8").save(photo, "PNG")
    return zipped(made | {"ppt/media/logo.png": photo.getvalue()})


def halved():
    """16:9, a dark panel on the left, into which the places for text and code reach."""
    title, body = Ph("title", 0, "Title", (4.9, 0.4, 7.8, 1.0)), Ph("body", 1, "Body", (0.7, 1.7, 11.9, 4.9))
    end = foot(13.333, 6.95)
    layouts = (
        Layout("Cover", (Ph("ctrTitle", 0, "Title", (4.9, 2.2, 7.8, 1.6), 44), Ph("subTitle", 1, "Subtitle", (4.9, 4.0, 7.8, 1.2), 24, bullet=False)), "title"),
        Layout("Content", (Ph("title", 0, "Title"), Ph("obj", 1, "Text"), *end), "obj"),
        Layout("Only", (Ph("title", 0, "Title"), *end), "titleOnly"),
    )  # fmt: skip
    return pptx(Master((title, body, *end), layouts, blocks=(Block(PANEL, "tx2"),)))


MADE = {"centred": centred, "photographed": photographed, "halved": halved}


WIDE = """
# One line of code is wide

```python
most_probable = max(counts[word], key=lambda next: counts[word][next])
```
"""


@cache
def deck(name, more=""):
    """Return the talk, perhaps with one more slide, in a template."""
    with TemporaryDirectory() as folder:
        here = Path(folder)
        (here / "template.pptx").write_bytes(MADE[name]())
        (here / "talk.md").write_text(TALK + more, "utf-8")
        (here / "data").mkdir()
        (here / "data" / "shares.csv").write_text("what,share\nours,12\ntheirs,7\nothers,3\n", "utf-8")
        laid, problems = prepare(
            here / "talk.md", Request(template=here / "template.pptx"), standard_registry(), base=None
        )
        return laid, write_deck(laid), problems


@pytest.mark.parametrize("name", MADE)
def test_no_chart_is_low_and_every_link_can_be_read(name):
    assert [str(problem) for problem in check_package(deck(name)[1])] == []


@pytest.mark.parametrize("name", MADE)
def test_a_chart_has_forty_percent_of_the_height(name):
    for slide in Presentation(io.BytesIO(deck(name)[1])).slides:
        for shape in slide.shapes:
            assert not shape.has_chart or shape.height >= 0.4 * deck(name)[0].theme.height, slide.shapes.title.text


def test_code_is_within_the_ground_that_it_gets_on_a_photograph():
    *_, slide = Presentation(io.BytesIO(deck("photographed")[1])).slides
    (code,) = [shape for shape in slide.shapes if shape.has_text_frame and "counts[word]" in shape.text_frame.text]
    (ground,) = [decor.box for decor in deck("photographed")[0].slides[-1].layout.decor]
    assert ground.y <= code.top
    assert ground.x <= code.left
    assert code.left + code.width <= ground.right


def test_a_talk_whose_code_would_be_small_beside_a_panel_is_on_our_layouts():
    laid, _, problems = deck("halved", WIDE)
    assert laid.theme.dress is not None
    assert [p.message for p in problems if "slide 7 doesn't fit its own" in p.message]
    (code,) = [
        item
        for item in laid.slides[-1].items
        if isinstance(item, LaidText) and any("most_probable" in line.text for line in item.lines)
    ]
    assert code.size >= 18


def test_a_talk_whose_code_has_room_beside_a_panel_is_on_the_templates_layouts():
    laid, _, _ = deck("halved")
    assert laid.theme.dress is None
    (code,) = [item for item in laid.slides[4].items if item.placeholder.role == "main"]
    assert code.size >= 18
