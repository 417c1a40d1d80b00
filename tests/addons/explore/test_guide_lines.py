"""What the guide says about the companion page."""

from tests.render.print import kits
from tests.render.print.test_ballot_sheets import ballots
from workshop.addons.explore.companion import Explored, Section
from workshop.render.print.guide import facilitator_data


def vote_rows(*kinds):
    demo = Section(id="votes", stage=4, title="From votes to rewards", html="", data="", kinds=kinds)
    made = kits.kit(ballots=ballots(20), extra={"explore": Explored(sections=(demo,), seed=0)})
    (box,) = [s["vote"] for s in facilitator_data(kits.laid(made), kits.galley(key=True))["stages"] if s["vote"]]
    return box["before"]


def test_the_guide_names_the_page_before_the_command_for_the_rooms_votes():
    first, *others = vote_rows("pick", "count")
    assert first["head"] == "At once"
    assert "Open explore.html, go to “From votes to rewards”" in first["text"]
    assert "such as 1 15 9:" in first["text"]
    assert others == vote_rows("pick")


def test_a_page_on_which_nothing_can_be_counted_is_not_named_there():
    assert [row["head"] for row in vote_rows()] == ["Who", "Where"]
