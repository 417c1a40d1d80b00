"""Tests what is measured on a library's questions."""

from workshop.ai_models.parts.search_exhibits import examples
from workshop.ai_models.toys.embedding import Embedding
from workshop.ai_models.toys.retrieval import Search
from workshop.errors import At
from workshop.inputs.library import Document, Documents
from workshop.inputs.library_questions import Question

AT = At("library.md")
CARDS = {
    "Fire alarm": "Close doors.",
    "Isolation room": "Wash hands.",
    "Day room": "Chairs and tables.",
    "Menu": "Soup.",
}


def test_the_first_question_to_score_by_hand_has_a_winner_and_another_card_with_a_shared_word():
    items = tuple(Document(title, title, text, AT) for title, text in CARDS.items())
    search = Search.over(tuple(f"{card.title}. {card.text}" for card in items), Embedding.read())
    asked = [Question(text, "x", "", AT) for text in ("is there soup", "wash in the isolation room", "which doors")]
    found = examples(asked, search, Documents(items, AT))
    assert [example["question"] for example in found] == ["wash in the isolation room", "is there soup", "which doors"]
    assert {card["title"] for card in found[0]["cards"]} >= {"Isolation room", "Day room"}
