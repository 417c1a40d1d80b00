import io

import pytest
from pypdf import PdfReader

from tests.contract import kits
from workshop.render.print.figures import galley_for
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


def test_all_leaves_are_tagged_in_order_and_each_page_knows_its_own_elements(cache, tags_of):
    pdf = kits.file("leaf.pdf", "executives", SHORT, cache)
    reader = PdfReader(io.BytesIO(pdf))
    root = reader.trailer["/Root"]
    tree = root["/StructTreeRoot"]
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"]) == (True, "en-GB")
    assert b"NPages>%d<" % (2 * PEOPLE) in root["/Metadata"].get_object().get_data()
    roles = [role for role, _ in tags_of(pdf)]
    assert roles.count("/Document") == 1
    assert roles.count("/H1") == 2 * PEOPLE
    (whole,) = tree["/K"]
    shown = [element.get_object() for element in whole.get_object()["/K"]]
    assert all(element["/P"] == whole.get_object() for element in shown)
    own = dict(zip(tree["/ParentTree"]["/Nums"][::2], tree["/ParentTree"]["/Nums"][1::2], strict=True))
    assert list(own) == [page["/StructParents"] for page in reader.pages] == [*range(2 * PEOPLE)]
    for page in reader.pages:
        for element in own[page["/StructParents"]].get_object():
            assert element.get_object().raw_get("/Pg") == page.indirect_reference


def test_from_three_hours_on_there_is_the_booklet_again(cache):
    longer = kits.laid_out("executives", 180, cache)[0].kit
    assert not longer.leaf
    assert any("booklet.pdf" in item for stage in longer.stages for item in stage.material)
