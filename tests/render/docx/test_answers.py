import io
import zipfile

from docx import Document


def test_answers_are_chips_and_nothing_else_is(twins):
    document = Document(io.BytesIO(twins["answers"]))
    chips = [run.text for p in document.paragraphs for run in p.runs if run.style.style_id == "Answer"]
    assert chips == ["27", "1.28 bits", "Round 1: 2.07 bits"] * 2


def test_the_chosen_option_is_ticked(twins):
    with zipfile.ZipFile(io.BytesIO(twins["answers"])) as package:
        xml = package.read("word/document.xml").decode()
    assert xml.count('<w14:checked w14:val="1"/>') == 2
    assert xml.count('<w14:checked w14:val="0"/>') == 6


def test_wrong_answers_are_a_table_with_what_to_say(twins, page_of):
    rows = page_of(twins["answers"]).findall(".//table/tbody/tr")
    assert [cell.text_content().strip() for cell in rows[0]] == [
        "2", "31 for mat", "counted every “the”", "Point at the word before “the”.",
    ]  # fmt: skip


def test_each_page_says_that_it_is_a_key(twins):
    document = Document(io.BytesIO(twins["answers"]))
    assert all("ANSWER KEY" in section.header.paragraphs[0].text for section in document.sections)
