import pytest

from workshop.addons.room.tally import tally
from workshop.errors import At, Problems, Severity
from workshop.inputs.ballot_forms import count_ballots
from workshop.inputs.ballots import Ballots as Tallies
from workshop.model.blocks import Run
from workshop.model.prints import Answer, Ballots, Round
from workshop.model.request import checked

AT = At("b.yaml", 1)
ROUNDS = tuple(
    Round(
        number=n,
        question=(Run("Which?"),),
        short="",
        a=Answer("cites", (Run("x"),)),
        b=Answer("bluffs", (Run("y"),)),
        at=AT,
    )
    for n in (1, 2)
)
BALLOTS = Ballots(stage="one", title="Vote", rounds=ROUNDS, codes=tuple(checked(4, n) for n in range(1, 21)), at=AT)


@pytest.fixture
def counted(tmp_path):
    def make(text):
        file = tmp_path / "room.csv"
        file.write_text("participant,1,2\n" + text, "utf-8")
        return tally(file, BALLOTS)[0]

    return make


def test_votes_are_added_up_round_by_round(counted):
    text = counted("01E,A,B\n07m,a,-\n08N,B,B\n")
    assert text == "round,first,second,first_votes,second_votes\n1,cites,bluffs,2,1\n2,cites,bluffs,0,2\n"


@pytest.mark.parametrize(
    "text",
    [
        "01E AA\n07m A-\n08N BB\n",
        "participant,1,2\nann,A,A\nben,a,–\neve,B,B\n",
        "round;a;b\n1;2;1\n2;1;1\n",
        "1 2 1\n2 1 1\n",
        "// typed in by hand\nround,first,second,first_votes,second_votes\n1,cites,bluffs,2,1\n2,cites,bluffs,1,1\n",
    ],
    ids=["ballots", "participants", "tallies", "totals", "named tallies"],
)
def test_every_form_that_a_build_reads_is_added_up(tmp_path, text):
    file = tmp_path / "room.txt"
    file.write_text(text, "utf-8")
    rounds = "1,cites,bluffs,2,1\n2,cites,bluffs,1,1\n"
    assert tally(file, BALLOTS)[0] == "round,first,second,first_votes,second_votes\n" + rounds
    votes = [(votes, other) for _, _, _, votes, other in count_ballots(text, "room.txt").rounds]
    assert votes == [(2, 1), (1, 1)]


def test_a_mistake_in_a_single_ballot_is_found_since_the_kit_knows_its_codes(tmp_path):
    file = tmp_path / "room.txt"
    file.write_text("01F AB\n", "utf-8")
    with pytest.raises(Problems, match="01 has the letter E"):
        tally(file, BALLOTS)


def test_a_round_that_was_never_held_is_named(tmp_path):
    file = tmp_path / "room.csv"
    file.write_text("round,a,b\n1,2,1\n7,1,1\n", "utf-8")
    with pytest.raises(Problems, match=r"there is no round '7' — there are: 1, 2"):
        tally(file, BALLOTS)


def test_simulated_votes_stay_marked(tmp_path):
    file = tmp_path / "room.csv"
    file.write_text("// simulated room\nround,a,b\n1,2,1\n", "utf-8")
    (tmp_path / "votes.csv").write_text(tally(file, BALLOTS)[0], "utf-8")
    assert Tallies.load(tmp_path / "votes.csv").simulated


def test_the_votes_demo_reads_what_comes_out(counted, tmp_path):
    (tmp_path / "votes.csv").write_text(counted("01E,A,B\n"), "utf-8")
    rounds = Tallies.load(tmp_path / "votes.csv").rounds
    assert [(r.first_votes, r.second_votes) for r in rounds] == [(1, 0), (0, 1)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "01F,A,B\n",
            "row 3: the letter of 01F doesn't match its number: left out — read it again: 01 has the letter E",
        ),
        ("10E,A,B\n", "the letter of 10E doesn't match its number"),
        ("02F,A,B\n", "row 3: '02F' appears twice, first in row 2, and counts once"),
        ("01E,C,B\n", "row 3, round 1: 'C' is neither A nor B: left out"),
    ],
)
def test_a_mistake_is_named_and_everything_else_is_counted(tmp_path, text, said):
    file = tmp_path / "room.csv"
    file.write_text("participant,1,2\n02F,A,B\n" + text, "utf-8")
    votes, told = tally(file, BALLOTS)
    assert votes.splitlines()[1] == "1,cites,bluffs,1,0"
    assert said in " ".join(map(str, told))
    assert all(problem.severity is Severity.WARNING for problem in told)


def test_lines_pasted_from_a_chat_count_and_their_names_are_nowhere(tmp_path):
    file = tmp_path / "chat.txt"
    file.write_text(
        "10:03:11 From Ann Smith to Everyone: 01E AB\n10:03:14\t From  Ben : 07M A-\n[10:04] Eve Jones\n08N BB\nFay  10:05 AM\n",
        "utf-8",
    )
    text, told = tally(file, BALLOTS)
    assert text == "round,first,second,first_votes,second_votes\n1,cites,bluffs,2,1\n2,cites,bluffs,0,2\n"
    assert not told
