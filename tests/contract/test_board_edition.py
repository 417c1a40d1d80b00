"""The board edition: three decisions in 45 minutes, with slips in the order of the slides, and nothing of the garden."""

import io
import re

import pytest
import yaml
from msgspec.structs import replace
from PIL import Image
from pypdf import PdfReader

from tests.contract import kits
from workshop.ai_models.register import kit_folder
from workshop.model.theme import Box, Logo
from workshop.plan.invariants.in_the_room import done
from workshop.render.print.feedback import render_leaf

WORLD = yaml.safe_load((kit_folder() / "worlds" / "garden" / "world.yaml").read_text("utf-8"))
SLIPS = ["slip-one", "slip-two", "slip-three"]


def board(cache):
    laid, _ = kits.laid_out("executives", 45, cache)
    return laid.kit


@pytest.mark.broad
def test_a_board_sees_fifteen_slides_and_three_slips_in_the_order_of_the_leaf(cache):
    shown = [slide for slide in board(cache).slides if not slide.hidden]
    assert len(shown) == 15
    assert [slide.id for slide in shown if slide.id in SLIPS] == SLIPS
    leaf = " ".join("\n".join(kits.pages("leaf.pdf", "executives", 45, cache)[:2]).split())
    titles = [next(slide.title_text for slide in shown if slide.id == name) for name in SLIPS]
    places = [leaf.index(title.split(":")[0]) for title in titles]
    assert places == sorted(places)


@pytest.mark.broad
def test_a_boards_leaf_has_a_box_for_each_date_of_the_law(cache):
    shown = {slide.id: slide for slide in board(cache).slides if not slide.hidden}
    (diagram,) = shown["law"].slot("main")
    leaf = " ".join("\n".join(kits.pages("leaf.pdf", "executives", 45, cache)[:2]).split())
    assert len(diagram.steps) == 4
    assert [
        step.name for step in diagram.steps if step.name.replace("\u00a0", " ") not in leaf.replace("\u00a0", " ")
    ] == []


def test_a_file_with_a_leaf_for_each_person_is_printed_once(cache):
    guide = " ".join(kits.pages("facilitator.pdf", "executives", 45, cache)[0].split())
    assert "Print as the print list says" in guide


def test_a_clients_logo_is_at_the_head_of_both_sides_of_a_boards_leaf(cache, tmp_path):
    Image.new("RGB", (60, 20), (15, 80, 60)).save(tmp_path / "logo.png")
    laid, _ = kits.laid_out("executives", 45, cache)
    logo = Logo(tmp_path / "logo.png", Box(0, 0, 1, 1))
    marked = replace(laid, theme=replace(laid.theme, logo=logo), kit=replace(laid.kit, people=2))
    assert [len(page.images) for page in PdfReader(io.BytesIO(render_leaf(marked))).pages] == [1] * 4


def test_no_slide_slip_or_note_of_a_board_names_the_garden(cache):
    words = set(re.findall(r"[a-z]{4,}", " ".join(garden()).lower()))
    said = re.findall(r"[a-z]{4,}", "\n".join(everything(cache)).lower())
    assert words & set(said) == set()


def garden():
    """Yield the garden's own words: things, places and what is done there."""
    yield from (thing if isinstance(thing, str) else thing["one"] for thing in WORLD["things"])
    yield from WORLD["grammar"]["who"][:4]
    yield from WORLD["facts"]["second"]
    yield "garden"


def everything(cache):
    """Yield every text of the deck with its notes, and of the leaf."""
    for slide in kits.opened("executives", 45, "light", cache).slides:
        if slide._element.get("show") != "0":
            yield from (node.text or "" for node in slide._element.iter("{*}t"))
            yield slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else ""
    yield from kits.pages("leaf.pdf", "executives", 45, cache)


def test_the_room_of_a_board_works_for_most_of_its_minutes(cache):
    doing, whole = done(kits.tried("executives", 45, cache).plan)
    assert doing >= 27
    assert whole == 43
