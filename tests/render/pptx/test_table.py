from pptx.oxml.ns import qn

from tests.formulas import NAMESPACES, laid_talk, slides_of
from workshop.layout.scene import HEADER_RULE
from workshop.model.blocks import Run
from workshop.render.pptx.deck import write_deck

GHOST = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


def table_of(make, open_deck, layout, *table, **how):
    make.slide(layout, "A table", make.table(layout, "main", *table, **how))
    return next(s for s in open_deck(make.deck()).slides[0].shapes if s.has_table)


def look(cell):
    return cell.text_frame.paragraphs[0].runs[0]._r.rPr


def ground(cell):
    own = cell._tc.tcPr.find(qn("a:solidFill"))
    return None if own is None else own[0].get("val")


def border(cell, side):
    own = cell._tc.tcPr.find(qn(f"a:{side}"))
    filled = own.find(qn("a:solidFill"))
    return None if filled is None else (filled[0].get("val"), int(own.get("w")))


def test_a_table_sits_in_its_placeholder_and_has_a_header_row(make, open_deck):
    frame = table_of(make, open_deck, "table", ("a", "b"), [("1", "2")])
    assert frame.is_placeholder
    assert frame.table.first_row
    assert not frame.table.horz_banding
    assert frame._element.find(".//" + qn("a:tableStyleId")).text == GHOST
    assert frame._element.nvGraphicFramePr.cNvPr.get("descr") == "What the table says"


def test_the_header_is_bold_and_muted_over_a_heavy_rule_and_rows_over_hairlines(make, open_deck):
    table = table_of(make, open_deck, "table", ("a",), [("1",)]).table
    head, body = table.cell(0, 0), table.cell(1, 0)
    assert (look(head).get("b"), look(head).get("sz")) == ("1", "1800")
    assert look(head).find(qn("a:solidFill"))[0].get("val") == "tx2"
    assert border(head, "lnB") == ("tx1", round(1.75 * 12700))
    assert border(body, "lnB") == ("tx2", round(0.5 * 12700))
    assert border(body, "lnL") is border(body, "lnR") is border(body, "lnT") is None


def test_numbers_are_right_aligned(make, open_deck):
    table = table_of(make, open_deck, "table", ("a", "b"), [("x", "1")], aligns=("left", "right")).table
    assert [table.cell(1, k).text_frame.paragraphs[0]._p.pPr.get("algn") for k in (0, 1)] == ["l", "r"]


def test_the_row_that_matters_is_bold_on_panel(make, open_deck):
    table = table_of(make, open_deck, "table", ("a",), [("1",), ("2",)], highlight=1).table
    assert (ground(table.cell(1, 0)), ground(table.cell(2, 0))) == (None, "bg2")
    assert (look(table.cell(1, 0)).get("b"), look(table.cell(2, 0)).get("b")) == (None, "1")


def test_a_cell_to_be_filled_is_a_question_mark_on_marigold(make, open_deck):
    table = table_of(make, open_deck, "table", ("a", "b"), [((Run("", blank=True),), "1")]).table
    cell = table.cell(1, 0)
    assert cell.text_frame.text == "?"
    assert ground(cell) == "accent6"
    assert look(cell).find(qn("a:solidFill"))[0].get("val") == "dk1"


def test_two_cells_to_be_filled_are_separated_by_a_line_of_the_background(make, open_deck):
    blank = (Run("", blank=True),)
    table = table_of(make, open_deck, "table", ("a", "b"), [(blank, blank)]).table
    assert border(table.cell(1, 0), "lnR") == border(table.cell(1, 1), "lnL") == ("bg1", 19050)


def test_the_accent_on_a_cell_is_kept(make, open_deck):
    table = table_of(make, open_deck, "table", ("a",), [((Run("0.94", accent=True),),)]).table
    assert look(table.cell(1, 0)).find(qn("a:solidFill"))[0].get("val") == "accent1"


def test_where_the_toy_stops_a_dashed_line_separates_it_from_a_large_model(make, open_deck):
    table = table_of(make, open_deck, "toy-stops", ("", "Our toy", "A large model"), [("Reads", "16", "many")]).table
    for row in (0, 1):
        assert (
            border(table.cell(row, 1), "lnR") == border(table.cell(row, 2), "lnL") == ("accent1", round(2.25 * 12700))
        )
        assert table.cell(row, 1)._tc.tcPr.find(qn("a:lnR")).find(qn("a:prstDash")).get("val") == "dash"
        assert ground(table.cell(row, 2)) == "bg2"
    assert look(table.cell(1, 0)).get("b") == "1"
    assert look(table.cell(0, 1)).find(qn("a:solidFill"))[0].get("val") == "accent1"


def test_margins_beside_the_dashed_line_leave_the_text_its_width(make, open_deck):
    table = table_of(make, open_deck, "toy-stops", ("", "Our toy", "A large model"), [("Reads", "16", "many")]).table
    first, last = table.cell(1, 0), table.cell(1, 2)
    assert first.margin_left + first.margin_right == last.margin_left + last.margin_right


HEADLESS = "# One\n\n| | |\n|---|---|\n| a | b |\n| c | d |\n"


def test_a_table_without_a_header_has_no_empty_row_and_does_not_say_that_it_has_one(tmp_path):
    (slide,) = slides_of(write_deck(laid_talk(tmp_path / "talk.md", HEADLESS)))
    (table,) = slide.iter("{*}tbl")
    rows = table.findall("a:tr", NAMESPACES)
    assert table.find("a:tblPr", NAMESPACES).get("firstRow") == "0"
    assert [["".join(cell.itertext()) for cell in row.iter("{*}tc")] for row in rows] == [["a", "b"], ["c", "d"]]
    frame = next(slide.iter("{*}graphicFrame"))
    assert int(frame.find("p:xfrm/a:ext", NAMESPACES).get("cy")) == sum(int(row.get("h")) for row in rows)


def test_a_table_without_a_header_has_a_heavy_rule_above_its_first_row_alone(tmp_path):
    (slide,) = slides_of(write_deck(laid_talk(tmp_path / "talk.md", HEADLESS)))
    tops = [[line.get("w") for line in row.iter("{*}lnT")] for row in slide.iter("{*}tr")]
    heavy = str(round(HEADER_RULE * 12700))
    assert tops == [[heavy, heavy], ["0", "0"]]
