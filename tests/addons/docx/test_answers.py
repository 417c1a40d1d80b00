import io
import zipfile

from docx import Document


def test_answers_are_chips_and_nothing_else_is(twins):
    document = Document(io.BytesIO(twins["answers"]))
    chips = [run.text for p in document.paragraphs for run in p.runs if run.style.style_id == "Answer"]
    assert chips == ["27", "1.28 bits", "Round 1: 2.07 bits"] * 2


def test_the_chosen_option_is_ticked_in_the_task_and_in_its_working(twins):
    with zipfile.ZipFile(io.BytesIO(twins["answers"])) as package:
        xml = package.read("word/document.xml").decode()
    assert xml.count('<w14:checked w14:val="1"/>') == 2 * 2
    assert xml.count('<w14:checked w14:val="0"/>') == 2 * 6


def test_a_key_has_no_lines_to_write_on(twins):
    styles = {p.style.style_id for p in Document(io.BytesIO(twins["answers"])).paragraphs}
    assert "AnswerLine" not in styles
    assert "Quoted" in styles


def test_wrong_answers_are_a_table_with_what_to_say(twins, page_of):
    tables = page_of(twins["answers"]).findall(".//table")
    rows = next(t for t in tables if "Because" in t.find("thead").text_content()).findall("tbody/tr")
    assert [cell.text_content().strip() for cell in rows[0]] == [
        "2", "31 for mat", "counted every “the”", "Point at the word before “the”.",
    ]  # fmt: skip


def test_each_page_says_that_it_is_a_key(twins):
    document = Document(io.BytesIO(twins["answers"]))
    assert all("ANSWER KEY" in section.header.paragraphs[0].text for section in document.sections)


def test_no_page_ends_between_the_rows_of_the_wrong_answers(twins):
    document = Document(io.BytesIO(twins["answers"]))
    table = next(t for t in document.tables if t.cell(0, 2).text == "Because")
    kept = [{p.paragraph_format.keep_with_next for cell in row.cells for p in cell.paragraphs} for row in table.rows]
    assert kept[1:] == [{True}] * (len(kept) - 2) + [{None}]
