"""A scene is told click by click: what each click shows, and what leaves."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from lxml import etree
from msgspec.structs import replace
from pptx import Presentation

from tests.layout.scenes import baked
from workshop.check.package import check_package
from workshop.layout.laid import LaidOut
from workshop.render.pptx.deck import write_deck

TITLE = "It is a game"


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> LaidOut:
    return baked(tmp_path_factory.mktemp("bread"))[0]


def clicks(laid: LaidOut, *, motion: bool) -> list[list[tuple[str, str, str]]]:
    """Return the effects of each click on the scene: the kind, its filter or attribute, and the name of the shape."""
    blob = write_deck(replace(laid, kit=replace(laid.kit, motion=motion)))
    page = next(s for s in Presentation(io.BytesIO(blob)).slides if s.shapes.title and s.shapes.title.text == TITLE)
    names = {node.get("id"): node.get("name").partition(" ")[0] for node in page._element.iter("{*}cNvPr")}
    root = etree.fromstring(etree.tostring(page._element))
    found: list[list[tuple[str, str, str]]] = []
    for node in root.iter("{*}cTn"):
        kind = node.get("nodeType")
        if kind not in ("clickEffect", "withEffect"):
            continue
        if kind == "clickEffect":
            found.append([])
        wipe = next((one.get("filter") for one in node.iter("{*}animEffect")), "")
        axes = " ".join(one.text for anim in node.iter("{*}anim") for one in anim.iter("{*}attrName"))
        target = next(node.iter("{*}spTgt")).get("spid")
        found[-1].append((node.get("presetClass"), wipe or axes, names[target]))
    return found


def test_each_step_is_a_click_and_the_cover_leaves_upwards_in_the_one_with_the_figure(laid: LaidOut) -> None:
    second, third, fourth = clicks(laid, motion=True)
    assert [name for _, _, name in second] == ["Text", "Exhibit"]
    assert ("exit", "ppt_x ppt_y", "Picture") in third
    assert [name for kind, _, name in third if kind == "entr"] == ["Text", "Text", "Text"]
    assert fourth == [("entr", "", "Box")]


def test_without_motion_the_same_things_come_and_go_at_once(laid: LaidOut) -> None:
    moving, still = clicks(laid, motion=True), clicks(laid, motion=False)
    assert [sorted((kind, name) for kind, _, name in click) for click in moving] == [
        sorted((kind, name) for kind, _, name in click) for click in still
    ]
    assert {way for click in still for _, way, _ in click} == {""}


def test_a_drawing_that_comes_on_a_click_is_wiped_in(tmp_path: Path) -> None:
    rows = "- **Mix**: by hand {draw=bowl}\n- **Bake**: at once {draw=oven}\n"
    text = f"---\nnumber: 1\ntitle: Dough\n---\n\n## {TITLE} {{#game-of-two}}\n\n:::: incremental\n::: diagram\n{rows}:::\n::::\n"
    (only,) = clicks(baked(tmp_path, {"01-dough.md": text})[0], motion=True)
    assert ("entr", "wipe(left)", "Picture") in only


def test_the_deck_of_scenes_is_sound(laid: LaidOut) -> None:
    assert check_package(write_deck(laid)) == ()
