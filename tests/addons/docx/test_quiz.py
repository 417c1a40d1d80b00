import io

from docx import Document


def test_each_question_is_a_heading_before_and_after(twins, page_of):
    asked = [node.text_content() for node in page_of(twins["quiz"]).iter("h2")]
    assert [text.count(": where is it from?") for text in asked] == [1] * 8
    assert [f"Question {number}" in text for number, text in zip([1, 2, 3, 4] * 2, asked, strict=True)] == [True] * 8


def test_the_options_are_in_another_order_afterwards(twins, printed, words_of):
    options = [p.text for p in Document(io.BytesIO(twins["quiz"])).paragraphs if p.style.style_id == "Choices"]
    half = len(options) // 2
    assert options[:half] != options[half:]
    letters = [text.strip()[0] for text in options]
    assert letters[:half] == letters[half:]


def test_the_key_names_the_misconception_behind_each_wrong_answer(twins, words_of):
    words = words_of(twins["quiz-key"])
    assert words.count("belief") == 12
    assert words.count("right") == 4 + 1  # four options, and the sentence that explains the key
