"""Tests that the labels of a chart follow its numbers after python-pptx has replaced them."""

import pytest
from openxml_audit import validate_pptx
from pptx import Presentation

from tests.charts.samples import (
    SAMPLES,
    answers,
    attacks,
    cleaning,
    collapse,
    laid,
    next_word,
    picks,
    recall,
    surprise,
    training,
)
from tests.render.pptx.edited import edit
from tests.render.pptx.hosted import hosted
from tests.render.pptx.read import read_labels

SHIFTED = (surprise, collapse, training, next_word, answers, attacks, picks, recall, cleaning)
S = "{http://schemas.openxmlformats.org/drawingml/2006/chart}ser"


def deck(tmp_path, spec):
    """Write a deck with one chart and return its path."""
    return hosted([laid(spec)], tmp_path / "deck.pptx")


def chart_in(path):
    presentation = Presentation(path)
    return presentation, presentation.slides[0].shapes[0].chart


def said(chart):
    """Return name -> the texts of the labels of each series."""
    return {
        series.find("c:tx//c:v", series.nsmap).text: [label.text for label in read_labels(series)]
        for series in chart._chartSpace.iter(S)
    }


@pytest.mark.parametrize("make", SHIFTED, ids=lambda make: make.__name__)
def test_labels_print_the_new_numbers_in_the_old_format(make, tmp_path):
    presentation, chart = chart_in(deck(tmp_path, make()))
    before = said(chart)
    edit(chart, lambda value: 2 * value + 1)
    presentation.save(tmp_path / "edited.pptx")
    _, again = chart_in(tmp_path / "edited.pptx")
    after = said(again)
    assert after.keys() == before.keys()
    for name, texts in before.items():
        assert len(after[name]) == len(texts)
        for old, new in zip(texts, after[name], strict=True):
            assert new != old, name


def test_the_new_text_is_the_new_number_with_the_words_around_it(tmp_path):
    _, chart = chart_in(deck(tmp_path, next_word()))
    edit(chart, lambda value: value / 2)
    assert said(chart) == {"P": ["0.24", "0.12", "0.06", "0.06", "<0.01"], "chance": ["chance: 0.03"]}
    _, chart = chart_in(deck(tmp_path, cleaning()))
    edit(chart, lambda value: 10 * value)
    assert said(chart)["bar"] == ["3,460", "−1,690", "−400", "−170", "1,200"]
    _, chart = chart_in(deck(tmp_path, collapse()))
    edit(chart, lambda value: value / 2)
    assert said(chart)["keeps 30% real text"] == ["17  keeps 30% real text"]
    _, chart = chart_in(deck(tmp_path, picks()))
    edit(chart, lambda value: value / 2)
    assert said(chart)["after"][:2] == ["0.24 after", "0.14"]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_chart_of_every_kind_can_be_edited_and_stays_valid(name, tmp_path):
    presentation, chart = chart_in(deck(tmp_path, SAMPLES[name]()))
    edit(chart, lambda value: value / 2)
    presentation.save(tmp_path / "edited.pptx")
    assert [error.description for error in validate_pptx(tmp_path / "edited.pptx").errors] == []
