"""A kit on bread whose slides are scenes, rows of drawings and strips: nothing in it is from the built-in kit."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from workshop.build import prepare
from workshop.errors import Problem
from workshop.layout.laid import LaidOut, LaidSlide
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry

SHARES = "flour,share\nwheat,60\nrye,30\noat,10\n"
PICTURES = "".join(
    f"{name}:\n  alt: {alt}\n  draw:\n    - open block 5 5 90 90\n"
    for name, alt in (("loaf", "A loaf"), ("oven", "An oven"), ("bowl", "A bowl"), ("dough", "Dough that rises"))
)
LID = "lid:\n  alt: A lid\n  size: 150 100\n  draw:\n    - open block 5 5 140 90\n"
SCENE = """- **Cover a word**
  - [the bread is in the]{.tile} [oven]{.tile .blank draw=lid}
- **Guess: each flour has a share**
  - ![Shares](chart:data/shares.csv){kind=bar}
- **Lift the lid**
  - **[3]{.fixed}** slices are left
- **Bake it again, for weeks**
"""
ROW = "- **Mix**: by hand {draw=bowl}\n- **Bake**: at once {draw=oven}\n- **Eat**: it all {draw=loaf}\n"
SLIDES = f"""---
number: 1
title: Dough
---

## It is a game {{#scene}}

:::: incremental
::: diagram
{SCENE}:::
::::

## It has three sorts {{#row}}

{ROW}
## It has three steps {{#flow}}

::: diagram
{ROW}:::

## It is mostly wheat {{#strip}}

[asked: which flour?]{{.mark}}

![Shares](chart:data/shares.csv){{kind=bar}}

## It is mostly rye {{#tiled}}

[the flour is]{{.tile}} [?]{{.open}}

![Shares](chart:data/shares.csv){{kind=bar}}

- The baker knows

## It is an oven {{#drawn}}

![](drawing:oven)

A tile is a word: it is [wheat]{{.tile}}, mostly.

## It reads, and it talks {{#said}}

::: columns
::: {{.column .page}}
### A page

What is bread?

What is rye?

What is wheat?

Ask a baker.
:::
::: {{.column .chat}}
### A chat

What is bread?

It is flour and water, and a baker bakes it at night.
:::
:::

## It is one or the other {{#two}}

::: columns
::: column
![](drawing:bowl)

### By hand

- Slow
:::
::: column
![](drawing:oven)

### At once

- Fast
:::
:::
"""
FILES = {
    "kit.yaml": "title: Bread\nsections: [01-dough]\npictures: pictures.yaml\n",
    "audiences/general.yaml": "title: Everybody\n",
    "data/shares.csv": SHARES,
    "pictures.yaml": PICTURES + LID,
    "01-dough.md": SLIDES,
}


def baked(folder: Path, files: Mapping[str, str] = {}, **options: object) -> tuple[LaidOut, tuple[Problem, ...]]:
    """Return the kit laid out, and what is wrong with it; ``files`` replace its own."""
    for name, text in {**FILES, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    request = Request(audience="general", **options)  # type: ignore[arg-type]
    return prepare(folder, request, standard_registry(), base=None)


def named(laid: LaidOut, name: str) -> LaidSlide:
    """Return a slide by its id."""
    return next(slide for slide in laid.slides if slide.id == name)
