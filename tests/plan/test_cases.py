"""Tests what is left out of a kit."""

from workshop.content import read
from workshop.plan.cases import without_page

TALK = """---
title: T
---

## It falls {#falls opens=toy}

![](chart:toy.surprise)

::: notes
**Say** Look.

**Show** 20 seconds: turn it.

And once more.

**Ask** Why?
:::

## Try it {#try opens=toy}

1. Type

::: notes
**Do** Open it.
:::

## That was it {#end}

::: notes
**Show** This slide opens nothing.
:::
"""


def said(slide):
    return ["".join(getattr(child, "text", "·") for child in block.children) for block in slide.notes]


def test_without_the_companion_page_its_cues_and_the_slides_with_steps_on_it_are_left_out(tmp_path):
    (tmp_path / "talk.md").write_text(TALK)
    content, _ = read(tmp_path / "talk.md")
    left = without_page(content)
    slides = {slide.id: slide for stage in left.stages for slide in stage.slides}
    assert list(slides) == ["falls", "end"]
    assert said(slides["falls"]) == ["· Look.", "· Why?"]
    assert "opens" not in slides["falls"].attrs
    assert said(slides["end"]) == ["· This slide opens nothing."]
    assert left.dropped == {"try"}
