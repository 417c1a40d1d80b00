"""Takes the slide of docs/architecture.md through a build, and compares what the page says of it."""

import re
import zipfile
from pathlib import Path

import msgspec
import pytest

from workshop import steps
from workshop.layout.scene import seen
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry
from workshop.render.pptx.deck import write_deck
from workshop.render.svg.slide import draw_slide, screen_pen

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)\n```", PAGE, flags=re.DOTALL)
SOURCE = next(text for kind, text in BLOCKS if kind == "markdown")
PYTHON = [re.sub(r"\s+", " ", text) for kind, text in BLOCKS if kind == "python"]
XML = [text for kind, text in BLOCKS if kind == "xml"]


def brief(value):
    """Return a value as the page writes it: without places in files and without fields that have their default."""
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        inner = ", ".join(map(brief, value))
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    if not isinstance(value, msgspec.Struct):
        return repr(value)
    fields = {f.name: f.default for f in msgspec.structs.fields(type(value))}
    told = {name: getattr(value, name) for name in fields if name != "at" and getattr(value, name) != fields[name]}
    return f"{type(value).__name__}({', '.join(f'{name}={brief(each)}' for name, each in told.items())})"


@pytest.fixture(scope="module")
def stages(tmp_path_factory):
    """Return the slide as it was read, as it was planned, and the deck that it is in."""
    file = tmp_path_factory.mktemp("talk") / "talk.md"
    file.write_text(f"---\ntitle: Counting\n---\n\n{SOURCE}\n", "utf-8")
    loaded = steps.load(file, Request(), standard_registry(), None)
    kit, problems = steps.plan(loaded, steps.run(loaded), loaded.audiences[0])
    laid, _ = steps.lay_out(loaded, *steps.dress(loaded, kit, problems))
    return loaded.content.stages[0].slides[0], next(s for s in kit.slides if s.id == "looks-up"), laid


def test_the_page_shows_the_slide_as_it_is_read(stages):
    assert brief(stages[0].blocks[-1]) == PYTHON[0]


def test_the_page_shows_the_slots_of_the_slide(stages):
    assert brief(stages[1].slots[-1]) == PYTHON[1]


def test_the_page_shows_the_reply_laid_out_and_its_look(stages):
    laid = next(slide for slide in stages[2].slides if slide.id == "looks-up")
    reply = next(item for item in laid.items if item.placeholder.role == "reply")
    box = reply.placeholder.box
    assert f"{reply.size} points in a place of {box.w:,} by {box.h:,} EMU" in " ".join(PAGE.split())
    assert f"LaidText(placeholder='{reply.placeholder.name}', size={reply.size}, height={reply.height})" == PYTHON[2]
    assert repr(seen(reply.lines[0].runs[1])) == PYTHON[3]


def test_the_page_shows_what_deck_and_picture_contain(stages, tmp_path):
    laid = stages[2]
    (tmp_path / "deck.pptx").write_bytes(write_deck(laid))
    with zipfile.ZipFile(tmp_path / "deck.pptx") as deck:
        assert any(XML[0] in deck.read(name).decode() for name in deck.namelist() if "/slides/slide" in name)
    slide = next(slide for slide in laid.slides if slide.id == "looks-up")
    assert XML[1] in draw_slide(screen_pen(laid, lambda *_: ""), laid, slide)


def test_every_path_on_the_page_exists_and_the_page_is_short():
    paths = {path for path in re.findall(r"`([\w/.]+(?:/|\.\w+))`", PAGE) if "/" in path}
    missing = [p for p in paths if not any((base / p).exists() for base in (ROOT, ROOT / "workshop", ROOT / "docs"))]
    assert missing == []
    named = re.findall(r"`((?:\w+/)+\w+\.py)`, `(\w+)`", PAGE)
    assert len(named) >= 7
    for path, name in named:
        assert re.search(rf"^(?:def|class) {name}\b", (ROOT / "workshop" / path).read_text("utf-8"), re.MULTILINE), path
    assert len(PAGE.split()) <= 1_800
