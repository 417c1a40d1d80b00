"""A talk of seven slides, built once, and edits of its deck by python-pptx, which writes XML in its own way."""

import io
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pptx import Presentation

from workshop.build import build
from workshop.files.bases import BASE
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry

TALK = """---
title: Bread
---

# Flour

## Wheat is a grass

- Its seeds are **ground**
- Its gluten holds the dough together

::: notes
Ask who has seen a field of wheat.
:::

## Rye bakes a dark bread

Rye has little gluten, so its dough is sour.

## What a loaf needs

| Part | Grams |
|---|---|
| Flour | 500 |
| Water | 350 |

## Two loaves a week

- One is eaten on Saturday
- One is frozen for Wednesday

## Salt holds the water

Ten grams are enough for a loaf of bread.

## The oven is hot

- The crust browns above 140 degrees
"""


@cache
def files():
    """Return name -> bytes of all that a build of the talk leaves in its folder."""
    with TemporaryDirectory() as folder:
        talk, out = Path(folder, "bread.md"), Path(folder, "out")
        talk.write_text(TALK)
        build(talk, Request(only=("deck",)), standard_registry(), base=None, out=out)
        return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


def deck():
    """Return the deck."""
    return files()["deck.pptx"]


def base_in(folder):
    """Return the deck as it was built that a build has kept in a folder."""
    return next(path for path in folder.iterdir() if BASE.fullmatch(path.name) and path.suffix == ".pptx")


def edited(change, blob=None):
    """Return the deck after ``change``, a function of python-pptx's presentation."""
    presentation = Presentation(io.BytesIO(blob or deck()))
    change(presentation)
    written = io.BytesIO()
    presentation.save(written)
    return written.getvalue()


def titled(presentation, title):
    """Return the slide with a title."""
    return next(s for s in presentation.slides if s.shapes.title and title_of(s) == title)


def title_of(slide):
    """Return the title of a slide, however its lines break."""
    return " ".join(slide.shapes.title.text_frame.text.split())


def say(slide, old, new):
    """Replace words on a slide, in one of its runs."""
    runs = [
        run for shape in slide.shapes if shape.has_text_frame for p in shape.text_frame.paragraphs for run in p.runs
    ]
    run = next(run for run in runs if old in run.text)
    run.text = run.text.replace(old, new)


def move(presentation, place, to):
    """Move a slide to another place, both from 0."""
    listed = presentation.slides._sldIdLst
    one = listed[place]
    listed.remove(one)
    listed.insert(to, one)


def delete(presentation, title):
    """Delete a slide, with its part."""
    listed = presentation.slides._sldIdLst
    one = next(one for one in listed if presentation.part.related_part(one.rId).slide is titled(presentation, title))
    presentation.part.drop_rel(one.rId)
    listed.remove(one)


def without_ids(blob):
    """Return a deck whose slides have lost names and numbers, as after a save by LibreOffice."""

    def strip(presentation):
        for slide in presentation.slides:
            content = slide._element.cSld
            content.attrib.pop("name", None)
            for extension in content.findall("{*}extLst"):
                content.remove(extension)

    return edited(strip, blob)
