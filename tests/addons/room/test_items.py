"""Item analysis of 24 made-up pairs of sheets, against statsmodels, scipy and counting."""

import numpy as np
import pytest
from scipy.stats import multinomial
from statsmodels.stats.proportion import proportion_confint

from workshop.addons.room.answer_lines import Row
from workshop.addons.room.item_analysis import Item, analyse, changes_drawn, items_table, paired_change, wilson
from workshop.errors import At
from workshop.model.blocks import Run
from workshop.model.prints import Option, Question

PEOPLE = 24


def question(number):
    options = [
        Option((Run("right"),), right=True),
        *(Option((Run(n),), misconception=n) for n in ("it-stores", "it-searches")),
    ]
    return Question(id=f"q{number}", stage="s", text=(Run("?"),), options=tuple(options), number=number)


QUESTIONS = [question(1), question(2)]
# 24 people: question one from 6 right to 18, two from 12 to 13; C is the wrong answer that most pick for two afterwards
BEFORE = [("A" if k < 6 else "B", "A" if k < 12 else "C") for k in range(PEOPLE)]
AFTER = [("A" if k < 18 else "B", "A" if k < 11 or k > 21 else "C" if k < 19 else "B") for k in range(PEOPLE)]


def rows(letters):
    return [Row({}, pair, At("f")) for pair in letters]


@pytest.fixture(scope="module")
def items():
    return analyse(rows(BEFORE), rows(AFTER), QUESTIONS, ["1 one", "2 two"])


def test_shares_and_intervals_are_those_of_statsmodels(items):
    for item, right in zip(items, ((6, 18), (12, 13)), strict=True):
        for (share, low, high), n in zip((item.before, item.after), right, strict=True):
            assert share == n / PEOPLE
            assert (low, high) == pytest.approx(proportion_confint(n, PEOPLE, method="wilson"))


def test_of_those_who_were_wrong_before_the_share_that_is_right_after_has_its_interval(items):
    for place, item in enumerate(items):
        wrong = [k for k, letters in enumerate(BEFORE) if letters[place] != "A"]
        right = sum(AFTER[k][place] == "A" for k in wrong)
        assert item.mended[0] == right / len(wrong)
        assert item.mended[1:] == pytest.approx(proportion_confint(right, len(wrong), method="wilson"))
    (all_right,) = analyse(rows([("A", "A")] * 3), rows([("A", "A")] * 3), QUESTIONS[:1], ["1 one"])
    assert all_right.mended is None


@pytest.mark.parametrize("n", [1, 5, 24])
def test_wilson_holds_for_nobody_and_everybody(n):
    for right in (0, n):
        assert wilson(right, n)[1:] == pytest.approx(proportion_confint(right, n, method="wilson"))


def test_gains_and_losses_are_counted_person_by_person(items):
    for place, item in enumerate(items):
        pairs = [(b[place] == "A", a[place] == "A") for b, a in zip(BEFORE, AFTER, strict=True)]
        assert (item.gained, item.lost) == (pairs.count((False, True)), pairs.count((True, False)))
        assert item.change[0] == pytest.approx(item.after[0] - item.before[0])


@pytest.mark.parametrize("truth", [(0.3, 0.1), (0.2, 0.2), (0.5, 0.05), (0.1, 0.02)])
@pytest.mark.parametrize("n", [10, 24])
def test_the_interval_of_a_change_covers_the_truth_as_often_as_it_says(truth, n):
    """Every possible outcome is counted with its probability."""
    up, down = truth
    covered = 0.0
    for gained in range(n + 1):
        for lost in range(n + 1 - gained):
            _, low, high = paired_change(gained, lost, n)
            chance = multinomial.pmf([gained, lost, n - gained - lost], n, [up, down, 1 - up - down])
            covered += chance * (low <= up - down <= high)
    assert 0.93 < covered <= 1


def test_what_cannot_be_told_is_said(items):
    assert [item.told for item in items] == ["better", "can’t tell"]
    assert (
        "for 1 of 2 questions, 24 people are too few to tell a change from chance" in changes_drawn(items, "b").finding
    )


def test_the_hardest_question_comes_first_with_the_misconception_that_drew_most(items):
    table = items_table(items, "24 people")
    assert [row[0] for row in table.rows] == ["2 two", "1 one"]
    counted = np.unique([a[1] for a in AFTER if a[1] != "A"], return_counts=True)
    assert table.rows[0][-1] == f"it searches ({max(counted[1])})"


def test_a_question_that_all_get_right_draws_nobody():
    everybody = rows([("A", "A")] * 3)
    first = analyse(everybody, everybody, QUESTIONS, ["1", "2"])[0]
    assert isinstance(first, Item)
    assert (first.drawn, first.told, first.change[0]) == (("", 0), "can’t tell", 0)
    assert items_table([first], "3").rows[0][-1] == "–"


@pytest.mark.long
def test_the_report_has_every_question_on_a_slide_and_on_a_page(tmp_path):
    import csv

    from pptx import Presentation

    from workshop.addons.room.quiz_changes import Sheets, what_changed
    from workshop.addons.room.room_commands import write_report
    from workshop.model.request import Request
    from workshop.plugins.registry import standard_registry

    people = [str(k) for k in range(PEOPLE)]
    before, after = (dict(zip(people, made, strict=True)) for made in map(sured, (BEFORE, AFTER)))
    findings = what_changed(Sheets(before, after), QUESTIONS, ["1 one", "2 two"])
    made = write_report(findings, tmp_path, Request(), standard_registry())
    assert {path.name for path in made} == {"deck.pptx", "handout.pdf"}
    shapes = [shape for slide in Presentation(tmp_path / "deck.pptx").slides for shape in slide.shapes]
    (table,) = [shape.table for shape in shapes if shape.has_table]
    assert [row.cells[0].text for row in table.rows] == ["Question", "2 two", "1 one"]
    assert any(shape.has_chart for shape in shapes)
    rows = list(csv.reader((tmp_path / "right.csv").read_text("utf-8").splitlines()))
    assert rows[1:] == [["1 one", "0.25", "0.75"], ["2 two", "0.5", str(round(13 / 24, 9))]]


def sured(letters):
    return [Row({}, pair, At("f"), (False, False)) for pair in letters]
