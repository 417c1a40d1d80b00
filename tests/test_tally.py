import pytest

from workshop.demos.ballots import Ballots as Tallies
from workshop.errors import At, Problems
from workshop.model.kit import Run
from workshop.model.prints import Answer, Ballots, Round
from workshop.plan.codes import checked
from workshop.tally import tally

AT = At("b.yaml", 1)
ROUNDS = tuple(
    Round(n, (Run("Which?"),), "", Answer("cites", (Run("x"),)), Answer("bluffs", (Run("y"),)), AT) for n in (1, 2)
)
BALLOTS = Ballots("one", "Vote", ROUNDS, tuple(checked(4, n) for n in range(1, 21)), AT)


@pytest.fixture
def counted(tmp_path):
    def make(text):
        file = tmp_path / "room.csv"
        file.write_text("participant,1,2\n" + text, "utf-8")
        return tally(file, BALLOTS)

    return make


def test_votes_are_added_up_round_by_round(counted):
    text = counted("01E,A,B\n07m,a,-\n08N,B,B\n")
    assert text == "round,first,second,first_votes,second_votes\n1,cites,bluffs,2,1\n2,cites,bluffs,0,2\n"


def test_the_votes_demo_reads_what_comes_out(counted, tmp_path):
    (tmp_path / "votes.csv").write_text(counted("01E,A,B\n"), "utf-8")
    rounds = Tallies.load(tmp_path / "votes.csv").rounds
    assert [(r.first_votes, r.second_votes) for r in rounds] == [(1, 0), (0, 1)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("01F,A,B\n", "number 1 has the letter E"),
        ("10E,A,B\n", "there is no ballot 10E"),
        ("99X,A,B\n", "its letter or its number is a slip"),
        ("01E,A,B\n01E,B,B\n", "stands here twice"),
        ("01E,C,B\n", "column 1 is 'C'"),
    ],
)
def test_a_slip_is_named(counted, text, said):
    with pytest.raises(Problems, match=said):
        counted(text)
