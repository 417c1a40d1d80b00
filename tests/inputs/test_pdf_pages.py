"""Tests the text of PDFs as programs write them: headings by their type, without what stands on every page."""

import pytest
import typst

from workshop.inputs.documents import document_text
from workshop.inputs.pdf_pages import Row, joined
from workshop.inputs.running_text import parts_of

PARTS = {
    "Clean hands": "Clean your hands before and after touching a patient, even if you wear gloves. Dispensers hang by every bed.",
    "Visitors": "Visitors may come from two to seven. Two people at a bed are enough, and children are welcome with an adult.",
    "Fire": "Close doors and windows, and move patients to the next part of the same floor. Never use the lifts.",
    "The canteen": "Hot food is served from noon, and cold food until eight. Staff pay half of what visitors pay.",
}
PAGE = '#set page(width: 120mm, height: 60mm, header: [Handbook of the house], numbering: "1 of 1")\n'
LOOKS = {
    "large": PAGE,
    "bold and no larger": f"{PAGE}#show heading: it => block(text(size: 11pt, weight: 700, it.body))\n",
    "numbered": f'{PAGE}#set heading(numbering: "1.1")\n',
}


def read(look, parts=PARTS):
    source = LOOKS[look] + "\n\n".join(f"= {title}\n{text}" for title, text in parts.items())
    return document_text(typst.compile(source.encode()), "a.pdf")


@pytest.mark.parametrize("look", LOOKS)
def test_headings_and_what_is_below_them_are_found_whatever_marks_them(look):
    found = {heading.lstrip("1234. "): below for heading, below in parts_of(read(look)) if heading}
    assert {heading: " ".join(" ".join(below).split()) for heading, below in found.items()} == PARTS


def test_what_stands_on_every_page_is_left_out_and_sentences_go_on_over_the_page():
    things = ("lamp", "rope", "spade", "clock", "boat", "ladder", "kettle")
    said = " ".join(
        f"The {one} stood {'beside'[k:]} the {two}, where nobody saw it."
        for k in range(2)
        for one in things
        for two in things
    )
    text = read("large", {**PARTS, "A long one": said})
    assert "Handbook" not in text
    assert " of 1" not in text
    assert said in " ".join(text.split())


def test_one_large_line_is_no_reason_to_call_it_a_heading():
    text = joined([[Row("The house", 20), Row("Opening hours", 10), Row("The gate opens at nine.", 10)]])
    assert [heading for heading, _ in parts_of(text) if heading] == ["Opening hours"]


def test_a_large_paragraph_is_no_heading():
    quote = [Row("This is said in large letters, over rows", 20)] * 3
    page = [
        row
        for k in "abc"
        for row in (Row(f"Part {k}", 14), Row(f"Words of {k} that are long enough to be most of it.", 10))
    ]
    assert joined([[*page, *quote]]).count("# ") == 3
