"""Tests the lines of questions.yaml: what is written is read again, with its cards and what waits."""

import pytest
import yaml

from workshop.inputs.library_questions import Questions
from workshop.inputs.question_lines import Line, written


@pytest.mark.parametrize(
    "question", ["is there internet", "no", "12", "what's new: a, b?", 'say "yes" \\ no', "# one", "- two", "null"]
)
def test_any_question_is_read_as_it_was_written(tmp_path, question):
    text = written([Line(question=question, card="a-card", waits=False)])
    (tmp_path / "questions.yaml").write_text(text)
    [read] = Questions.load(tmp_path / "questions.yaml").items
    assert (read.text, read.document) == (question, "a-card")


def test_a_line_that_waits_has_a_question_mark_and_how_near_its_card_is():
    text = written([Line(question="is there internet", card="network", sure=0.62, then=0.314)])
    assert text.splitlines()[-1].endswith("# 0.62, next 0.31")
    assert yaml.load(text, yaml.CSafeLoader) == [{"card": "network?", "question": "is there internet"}]
