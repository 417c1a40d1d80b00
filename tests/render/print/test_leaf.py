import io

import pytest
from pypdf import PdfReader

from tests.contract import kits
from workshop.render.print.on_paper import galley_for
from workshop.render.print.print_list import print_rows

SHORT, PEOPLE = 45, 20


@pytest.fixture
def short(cache):
    return kits.laid_out("executives", SHORT, cache)[0]


def test_executives_in_45_minutes_get_one_leaf_each_and_nothing_else_on_paper(short):
    always, _ = print_rows(short, galley_for(short))
    assert {row["file"]: row["total"] for row in always if row["total"]} == {"leaf.pdf": PEOPLE}
    named = {
        name for stage in short.kit.stages for item in stage.material for name in item.split(",") if ".pdf" in name
    }
    assert named == {"leaf.pdf"}


def test_a_leaf_has_its_number_a_box_for_each_bet_and_three_slips_to_tear_off(cache):
    pages = [
        page.extract_text() for page in PdfReader(io.BytesIO(kits.file("leaf.pdf", "executives", SHORT, cache))).pages
    ]
    assert len(pages) == 2 * PEOPLE
    assert all(f"{place // 2 + 1:02d}" in page for place, page in enumerate(pages))
    front, back = pages[:2]
    assert "My bets" in front
    for slip in (
        "Slip one",
        "May stop a release, alone",
        "Slip two",
        "Never without a person",
        "Slip three",
        "no document answers",
    ):
        assert slip in back


def test_a_longer_slot_has_the_booklet_again(cache):
    longer = kits.laid_out("executives", 60, cache)[0].kit
    assert not longer.leaf
    assert any("booklet.pdf" in item for stage in longer.stages for item in stage.material)
