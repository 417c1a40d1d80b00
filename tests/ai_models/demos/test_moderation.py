import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from tests.ai_models.garden import FOLDER
from workshop.ai_models.demos.moderation import THRESHOLDS, moderation
from workshop.ai_models.parts.handed_in import Requests, Rules
from workshop.ai_models.toys.moderation import rates
from workshop.errors import WorkshopError

DATA = FOLDER
RULES = Rules.load(DATA / "rules.csv")
OWN = Requests.load(DATA / "requests.csv")
FRESH = Requests.load(DATA / "fresh.csv")


@pytest.mark.parametrize("requests", [OWN, FRESH])
def test_the_auc_is_scikit_learns(requests):
    texts = [*requests.harmful, *requests.fine]
    labels = [1] * len(requests.harmful) + [0] * len(requests.fine)
    theirs = roc_auc_score(labels, [RULES.score(text) for text in texts])
    assert rates(RULES.points, requests.harmful, requests.fine, 2)["auc"] == pytest.approx(theirs)


def test_the_fresh_list_shares_no_request_with_the_old_one():
    assert not {*FRESH.harmful, *FRESH.fine} & {*OWN.harmful, *OWN.fine}


def test_the_documented_figures(run):
    found = run(moderation).facts
    assert found["own"]["auc"] == pytest.approx(0.989, abs=5e-4)
    assert found["fresh"]["auc"] == pytest.approx(0.743, abs=5e-4)
    assert (found["fresh"]["missed"], found["fresh"]["blocked_fine"]) == (4, 2)


def test_sixteen_percent_of_fifty_nine(run):
    rare = run(moderation).facts["rare"]
    assert rare["flagged"] == pytest.approx(59)
    assert rare["right"] == pytest.approx(0.161, abs=5e-4)


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.integers(-4, 4)), st.lists(st.text("abcdef ", min_size=1), min_size=1)
)
def test_a_higher_threshold_never_blocks_more(points, texts):
    blocked = [rates(points, texts, texts, t)["blocked_fine"] for t in THRESHOLDS]
    assert all(d <= 0 for d in np.diff(blocked))


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        (Rules, "word,points\npoison,three\n", "'three' is not a whole number"),
        (Rules, "word,point\npoison,3\n", "no column is named 'points'"),
        (Requests, "request,harmful\nhello,perhaps\n", "neither yes nor no"),
    ],
)
def test_a_wrong_table_is_reported_with_its_line(tmp_path, kind, text, told):
    path = tmp_path / "own.csv"
    path.write_text(text)
    with pytest.raises(WorkshopError, match=told) as caught:
        kind.load(path)
    assert caught.value.problem.at.path.endswith("own.csv")
    assert caught.value.problem.at.line >= 1
