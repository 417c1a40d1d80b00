"""Sentences of running text: what Markdown adds to it is left out."""

import pytest

from workshop.inputs.texts import paragraphs_of


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("See [the page](https://example.org/a_(b)?c=d) first.", "See the page first."),
        ("A ![picture](p.png) here, and [two](a) [links](b).", "A picture here, and two links."),
        ("A [bracket] and [half (a) link", "A [bracket] and [half (a) link"),
        ("[[a](b) and [[c]](d)", "[a and [[c]](d)"),
        ("[one\nlink](a) over lines", "one\nlink over lines"),
    ],
)
def test_of_a_link_its_words_stay(text, plain):
    assert paragraphs_of(text) == [plain]


def test_each_entry_of_a_list_is_a_paragraph_whatever_its_mark():
    text = "Before.\n- One a.\n  * Two b.\n10) Three c.\n> Four d.\n\n\n\n-\n\n1. Five e.\n"
    assert [part.strip() for part in paragraphs_of(text)] == [
        "Before.",
        "One a.",
        "Two b.",
        "Three c.",
        "Four d.",
        "Five e.",
    ]
