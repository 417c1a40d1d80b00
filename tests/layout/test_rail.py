import io

import pytest
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER

from tests.templates.conftest import template_file
from workshop.build import prepare
from workshop.layout import rail
from workshop.layout.measure import Ruler, Style
from workshop.model.request import Request
from workshop.model.theme import EMU_PER_POINT, Foot, inches
from workshop.plugins.registry import standard_registry
from workshop.render.pptx.deck import write_deck


def test_eight_stages_have_the_marks_of_the_design():
    boxes = rail.marks(8, Foot())
    assert len(boxes) == 8
    assert abs(boxes[0].w - inches(1.3)) < 10
    assert abs(boxes[1].x - boxes[0].right - inches(0.08)) < 10


@pytest.mark.parametrize("count", [1, 3, 8, 12, 13, 30])
def test_the_rail_is_as_wide_for_any_number_of_stages(count):
    assert abs(rail.marks(count, Foot())[-1].right - (Foot().left + Foot().width)) < 20 * count
    assert abs(rail.current(count - 1, count, Foot()).right - (Foot().left + Foot().width)) < 20 * count


def test_more_than_twelve_stages_share_one_bar():
    assert len(rail.marks(13, Foot())) == 1
    assert rail.current(1, 13, Foot()).x == rail.current(0, 13, Foot()).right


def test_without_stages_there_is_no_rail():
    assert rail.marks(0, Foot()) == ()


@pytest.mark.parametrize("count", [2, 8, 12, 20])
def test_the_name_never_reaches_the_slide_number(count):
    assert all(rail.name_box(k, count, Foot()).right <= Foot().number for k in range(count))


def test_the_name_of_a_stage_can_be_read_from_the_last_row():
    assert rail.FOOTER.sizes == (18,)
    assert rail.name_box(0, 8, Foot()).h >= inches(0.3)


def test_with_eight_stages_every_name_is_under_its_mark():
    assert [rail.name_box(k, 8, Foot()).x for k in range(8)] == [mark.x for mark in rail.marks(8, Foot())]


def test_the_block_covers_its_mark():
    for k, mark in enumerate(rail.marks(8, Foot())):
        block = rail.current(k, 8, Foot())
        assert (block.x, block.w) == (mark.x, mark.w)
        assert block.y < mark.y < mark.bottom < block.bottom


def test_a_footer_that_is_too_long_for_its_line_is_cut_after_a_word_and_said(tmp_path):
    talk = tmp_path / "talk.md"
    talk.write_text(f"---\nmarp: true\nfooter: {'many words ' * 30}\n---\n\n# One\n\nSaid.\n")
    laid, problems = prepare(talk, Request(), standard_registry(), base=None)
    assert laid.kit.footer.endswith(("many…", "words…"))
    points = rail.words_box(Foot()).w / EMU_PER_POINT
    assert 0.8 * points < Ruler(laid.theme).width(laid.kit.footer, 18, Style.of(rail.FOOTER)) <= points
    assert [p.message for p in problems if p.code == "footer"] == [
        f"the footer is too long for one line: it ends with “{laid.kit.footer[-30:]}”"
    ]


@pytest.mark.parametrize("template", [False, True])
def test_words_that_somebody_gives_are_at_the_foot_of_every_slide_but_the_cover(tmp_path, template):
    talk = tmp_path / "talk.md"
    talk.write_text("---\ntitle: Bees\n---\n\n## One\n\nSaid.\n\n## Two\n\nMore.\n")
    given = {"template": template_file("corporate", tmp_path)} if template else {}
    laid, _ = prepare(talk, Request(footer="Acme 2026", **given), standard_registry(), base=None)
    feet = [
        [
            shape.text_frame.text
            for shape in slide.placeholders
            if shape.placeholder_format.type == PP_PLACEHOLDER.FOOTER
        ]
        for slide in Presentation(io.BytesIO(write_deck(laid))).slides
    ]
    assert feet[-2:] == [["Acme 2026"], ["Acme 2026"]]
