"""Personal sheets in the print list, in print-all.pdf, and as files."""

import io

import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from tests.render.print import kits
from tests.render.print.test_print_all import with_everything
from tests.tiers import few_rows
from workshop.addons.personal.asked_for import PersonalSet
from workshop.addons.personal.codes import sheet_code
from workshop.addons.personal.personal_papers import handed_out
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry
from workshop.render.print.print_all import render_print_all
from workshop.render.print.print_list import print_list_data, print_rows
from workshop.render.writing import render

pytestmark = pytest.mark.long


def with_sets(kit, labels):
    """The kit with personal sheets for everybody, with the standard numbers."""
    made = tuple(PersonalSet(label=label, name="", sheets=kit.sheets) for label in labels)
    return replace(kit, extra={"personal": made})


@pytest.mark.broad
@pytest.mark.parametrize(("labels", "copies"), [(("01", "02", "03"), 1), (("A", "B"), 2)])
def test_personal_sheets_are_counted_and_printed_variants_as_often_as_people_need_them(labels, copies):
    kit = kits.kit(people=3)
    laid = kits.laid(with_sets(kit, labels))
    rows, _ = print_rows(laid, kits.galley())
    listed = next(row for row in rows if row["file"].startswith("personal-S1.pdf"))
    assert listed["total"] == len(labels) * len(kit.sheets) * copies
    assert listed["person"] == len(kit.sheets)
    pages = PdfReader(io.BytesIO(render_print_all(laid))).pages
    assert len(pages) == 2 * sum(row["total"] for row in rows)


def test_the_run_sheet_and_the_order_of_handing_out_name_personal_sheets():
    kit = kits.kit()
    laid = kits.laid(with_sets(kit, ("01", "02")))
    (stage,) = (stage for stage in kit.stages if stage.id == kit.sheets[0].stage)
    due = f"personal sheets {kit.sheets[0].id}"
    assert any(due in row["what"] for row in print_list_data(laid, kits.galley())["order"])
    assert handed_out(laid.kit, stage, kits.galley()) == (due,)
    assert handed_out(kit, stage, kits.galley()) == ()


@pytest.mark.broad
@pytest.mark.parametrize(
    ("people", "profile"),
    few_rows([(1, "standard"), (25, "standard"), (3, "large"), (3, "dyslexia")], (25, "standard"), (3, "large")),
)
def test_with_them_the_file_has_two_pages_for_every_sheet_of_the_print_list(people, profile):
    kit = with_sets(with_everything(), ("01",))
    laid = kits.laid(replace(kit, people=people, profile=profile))
    rows, _ = print_rows(laid, kits.galley())
    pages = PdfReader(io.BytesIO(render_print_all(laid))).pages
    assert len(pages) == 2 * sum(row["total"] for row in rows)


def test_they_need_no_slides_and_have_a_file_for_each_stage():
    registry = standard_registry()
    assert not any(registry.get("writer", name).needs_slides for name in ("personal", "lookup", "personal-key"))
    laid = kits.laid(kits.kit(titles=kits.TITLES[:1]))
    own = tuple(replace(sheet, id=sheet_code(1, "01")) for sheet in laid.kit.sheets)
    laid = replace(laid, kit=replace(laid.kit, extra={"personal": (PersonalSet(label="01", name="", sheets=own),)}))
    request = Request(only=("personal", "lookup", "personal-key"))
    assert sorted(render(laid, request, registry)) == ["lookup.pdf", "personal-S1.pdf", "personal-key.pdf"]


def test_keys_of_many_sheets_are_one_file_for_each_part_of_a_stage(monkeypatch):
    kit = kits.kit(titles=kits.TITLES[:1])
    sets = tuple(
        PersonalSet(label=label, name="", sheets=tuple(replace(sheet, id=sheet_code(1, label)) for sheet in kit.sheets))
        for label in ("01", "02", "03")
    )
    laid = kits.laid(replace(kit, extra={"personal": sets}))
    request, registry = Request(only=("personal-key",)), standard_registry()
    assert sorted(render(laid, request, registry)) == ["personal-key.pdf"]
    monkeypatch.setattr("workshop.addons.personal.personal_keys.KEYS_AT_MOST", 2)
    assert sorted(render(laid, request, registry)) == [f"personal-key-S1-{part}.pdf" for part in (1, 2, 3)]
