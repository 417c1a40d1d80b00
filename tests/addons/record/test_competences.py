from datetime import date

import pytest
from msgspec.structs import replace

from tests.render.print import kits
from tests.render.print.measured import sizes_of
from tests.render.print.test_small_prints import A4, LETTER, pages_of
from workshop.addons.record.certificates import render_certificate
from workshop.addons.record.file_parts import parts_of
from workshop.addons.record.held import Held, Training
from workshop.errors import Problems
from workshop.render.print.print_all import jobs
from workshop.render.print.print_list import print_rows


@pytest.mark.parametrize(("paper", "size"), [("a4", A4), ("letter", LETTER)])
def test_the_certificate_is_landscape(read, paper, size):
    box = read(render_certificate(kits.laid(kits.kit(paper=paper)))).pages[0].mediabox
    assert (round(float(box.height)), round(float(box.width))) == size


def test_every_name_has_a_certificate_of_its_own(read):
    pages = pages_of(read, render_certificate(kits.laid(kits.kit(names=("Amina", "Tom " * 20)))))
    assert len(pages) == 2
    assert "Amina" in pages[0]
    assert "no. 2" in pages[1]


def test_without_names_there_is_one_with_a_line(read):
    (page,) = pages_of(read, render_certificate(kits.laid(kits.kit())))
    assert "awarded to" in page
    assert "who took part in “How AI models are made”" in page


def test_the_kits_own_words_are_on_the_certificate(words_of):
    made = kits.kit(certificate="who has trained a model by hand")
    assert "who has trained a model by hand" in words_of(render_certificate(kits.laid(made)))


def test_a_name_that_no_font_can_show_is_a_problem():
    with pytest.raises(Problems, match="no letter"):
        render_certificate(kits.laid(kits.kit(names=("王",))))


def test_a_name_is_set_in_40_to_24_points_the_text_in_18_and_nothing_below_12():
    sizes = {text: size for size, text in sizes_of(render_certificate(kits.laid(kits.kit(names=("Amina",)))))}
    assert sizes["Amina"] == 40
    assert next(size for text, size in sizes.items() if "who took part" in text) == 18
    assert min(sizes.values()) >= 12
    long = "Maximiliane von Hohenstaufen-Wittelsbach zu Altenburg"
    found = sizes_of(render_certificate(kits.laid(kits.kit(names=(long,)))))
    assert {size for size, text in found if text.split()[0] in long.split()} == {24}


def test_certificate_and_record_state_what_the_run_sheet_adds_up_to(words_of):
    kit = kits.kit()
    kit = replace(kit, plan=replace(kit.plan, slot=180.0))
    minutes = f"{sum(row.minutes for row in kit.run_sheet):g}"
    assert minutes != "180"
    assert f"{minutes} minutes length and number" in words_of(render_certificate(kits.laid(kit)))
    held = next(part for part in parts_of(kits.laid(kit), kits.galley()) if part.key == "held")
    assert held.fields["minutes-planned"] == minutes


def test_after_the_workshop_it_has_the_date_the_place_and_the_minutes_that_it_took(words_of):
    training = Training(date=date(2026, 3, 9), place="Bonn", minutes=95, trainer="A. Novak")
    words = words_of(render_certificate(kits.laid(kits.kit(extra={"record": Held(training=training)}))))
    for part in ("95 minutes", "9 March 2026, Bonn", "facilitator (A. Novak)"):
        assert part in words


def test_it_is_tagged(tags_of):
    pdf = render_certificate(kits.laid(kits.kit()))
    assert b"pdfuaid" in pdf
    assert ("/H1", "") in tags_of(pdf)


def test_it_is_printed_last_and_listed_with_what_is_made_if_a_stage_names_it():
    kit = kits.kit()
    _, asked = print_rows(kits.laid(kit), kits.galley())
    assert "certificate.pdf" in [row["file"] for row in asked]
    assert "certificate.pdf" not in [job.file for job in jobs(kit)]
    first, *others = kit.stages
    named = replace(kit, stages=(replace(first, material=("certificate.pdf",)), *others))
    always, _ = print_rows(kits.laid(named), kits.galley())
    assert "certificate.pdf" in [row["file"] for row in always]
    last = jobs(named)[-1]
    assert (last.file, last.copies, last.stock) == ("certificate.pdf", kit.people, True)
