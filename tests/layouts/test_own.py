"""Tests what every layout and look of our own themes needs."""

from __future__ import annotations

from itertools import combinations

import pytest
from msgspec.structs import replace

from workshop.layout.measure import Ruler, Style, pitch
from workshop.layouts import all_layouts, traits
from workshop.layouts.grid import HEIGHT, MARGIN, WIDTH, column, span
from workshop.layouts.own import LAST, own_layouts
from workshop.model.theme import EMU_PER_POINT, Box, inches
from workshop.themes.beds import light

OWN = own_layouts()


def test_every_layout_and_look_has_the_role_that_its_key_begins_with() -> None:
    assert set(all_layouts()) <= set(OWN)
    assert all(key.partition("/")[0] == spec.role for key, spec in OWN.items())


@pytest.mark.parametrize("key", sorted(key for key in OWN if key.endswith("/one-line")))
def test_under_a_title_of_one_line_content_begins_higher_and_ends_where_it_did(key: str) -> None:
    spec, other = OWN[key], OWN[key.removesuffix("/one-line")]
    ends = {p.role: p.box.bottom for p in other.placeholders}
    grown = [p for p in spec.placeholders if p.box.h > other.find(p.role).box.h]
    assert {p.role: p.box.bottom for p in grown} == {p.role: ends[p.role] for p in grown}
    assert spec.find("title").box.y == other.find("title").box.y
    moved = [p.role for p in spec.placeholders if p.box.y < other.find(p.role).box.y]
    if spec.pictures and spec.find("phrase-1"):
        bigger = zip(spec.pictures, other.pictures, strict=True)
        assert all(one.box.h > two.box.h and one.box.y < two.box.y for one, two in bigger)
    else:
        assert moved or spec.area.y < other.area.y


@pytest.mark.parametrize("role", sorted(OWN))
def test_placeholders_have_their_own_idx_and_role_and_do_not_overlap(role: str) -> None:
    spec = OWN[role]
    assert len({p.idx for p in spec.placeholders}) == len(spec.placeholders)
    assert len({p.role for p in spec.placeholders}) == len(spec.placeholders)
    whole = Box(0, 0, WIDTH, HEIGHT)  # a photo, with its title on a shade
    places = [p for p in spec.placeholders if p.type != "pic" or p.box != whole]
    overlapping = [(a.name, b.name) for a, b in combinations(places, 2) if a.box.overlaps(b.box, slack=EMU_PER_POINT)]
    assert overlapping == []


@pytest.mark.parametrize("role", all_layouts())
def test_each_placeholder_holds_a_line_of_its_largest_size(role: str) -> None:
    for p in OWN[role].placeholders:
        if p.type in ("chart", "tbl", "pic"):
            continue
        assert pitch(p.sizes[0], p.line) * EMU_PER_POINT <= p.box.h, p.name
        assert list(p.sizes) == sorted(p.sizes, reverse=True)
        assert p.box.x >= 0
        assert p.box.right <= WIDTH
        assert p.box.bottom <= HEIGHT


def test_no_text_of_the_room_is_below_its_smallest_size() -> None:
    small = {"source": 12, "measure": 18, "occasion": 18, "label": 18, "unit": 18, "caption": 18, "hint": 18}
    small |= {"tag": 18, "materials": 18, "claim-label": 18, "reply-label": 18, "who": 18, "version": 18, "scope": 18}
    small |= {f"sentence-{k}": 20 for k in range(1, 6)}  # five things in a row
    small |= {"asked": 18, "right-option": 18, "address": 18, "toy-head": 18, "room-head": 18}
    for role, spec in OWN.items():
        for p in spec.placeholders:
            if p.mono or p.type in ("chart", "tbl", "pic"):
                assert min(p.sizes) >= 18
            elif p.role == "title":
                label = spec.name.removesuffix(", mirrored") in ("Quote", "Words", "Number under a label")
                assert min(p.sizes) >= (
                    18 if label else 24 if spec.name.startswith("Photo") else 28
                )  # a quote is larger
            elif not (spec.role == "big-number" and p.role == "unit"):
                small["reading"] = 20 if "now-see" in role else 22
                many = role.startswith("closing/pictures") or ("split" in role and p.role == "main")  # or works
                least = 18 if many else small.get(p.role, 22)  # eight lines beside pictures
                assert min(p.sizes) >= least, (role, p.role)


def test_the_columns_fill_the_slide_between_its_margins() -> None:
    assert column(0) == MARGIN
    assert column(0) + span(12) == WIDTH - MARGIN
    assert span(1) == 746_760


def test_two_digits_fit_the_minutes_panel_and_the_numeral() -> None:
    theme = light()
    ruler = Ruler(theme)
    for layout, role, text in (("activity", "minutes", "90"), ("section", "numeral", "12")):
        p = theme.layouts[layout].find(role)
        assert p is not None
        widths = [ruler.width(text, size, Style(p.bold, track=p.track)) * EMU_PER_POINT for size in p.sizes]
        assert min(widths) <= p.box.w
    assert inches(1) == 914_400


def test_a_layout_that_the_order_does_not_name_comes_after_the_others(monkeypatch) -> None:
    new = replace(
        all_layouts()["statement"], name="one-more", looks={}, own=lambda: replace(OWN["statement"], role="one-more")
    )
    monkeypatch.setitem(all_layouts(), "one-more", new)
    keys = [key for key in own_layouts() if not key.endswith("/one-line")]
    before = [key for key in OWN if not key.endswith("/one-line") and key not in LAST]
    assert keys == [*before, "one-more", *LAST]


def test_the_list_of_a_person_who_adds_a_slide_has_fifteen_plain_names() -> None:
    assert [spec.name for key, spec in OWN.items() if "by-hand" in traits(key)] == [
        "Cover", "Section", "Title and text", "Two columns", "Statement", "Big number", "Chart", "Chart and text",
        "Table", "Table and text", "Code", "Picture", "Diagram", "Activity", "Closing",
    ]  # fmt: skip
