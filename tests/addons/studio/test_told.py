"""Tests what the page is told of the files of a kit."""

from workshop.addons.studio.told import told_files
from workshop.plugins.registry import standard_registry

REGISTRY = standard_registry()
KEYS = {"answers.pdf", "quiz-key.pdf", "lookup.pdf", "personal-key.pdf"}


def whom(*names):
    return {file["name"]: file["whom"] for file in told_files(names, REGISTRY)}


def test_each_file_is_told_with_those_for_whom_it_is():
    assert whom("deck.pptx", "facilitator.pdf", "booklet.pdf", "cards.pdf", "print-all.pdf", "manager.pdf") == {
        "deck.pptx": "the room",
        "facilitator.pdf": "you",
        "booklet.pdf": "each person",
        "cards.pdf": "each table",
        "print-all.pdf": "whoever prints",
        "manager.pdf": "a manager",
    }


def test_a_key_is_for_you_alone_in_any_form():
    twins = {name.replace(".pdf", ".docx") for name in KEYS}
    assert set(whom(*KEYS, *twins).values()) == {"you"}
    ours = {REGISTRY.get("writer", name).filename for name in REGISTRY.names("writer")}
    assert {name for name in ours if "key" in name or "answer" in name} <= KEYS | twins


def test_a_second_form_of_a_file_is_for_the_same_and_an_unknown_one_for_nobody_in_particular():
    deck, pdf, other = told_files(("deck.pdf", "notes.txt", "deck.pptx"), REGISTRY)
    assert [file["name"] for file in (deck, pdf, other)] == ["deck.pdf", "deck.pptx", "notes.txt"]
    assert {**deck, "name": ""} == {**pdf, "name": ""}
    assert (other["meaning"], other["whom"]) == ("", "")
