"""Polls: what a room counted stands on their slides, on the closing slide and nowhere if nobody counted; mistakes are told with their place."""

import pytest

from tests.contract.test_layouts import NOTES
from workshop import steps
from workshop.constructs.table import text_of
from workshop.errors import At, Problems, Severity
from workshop.model.request import Counted, Request
from workshop.plugins.registry import standard_registry

KIT = "title: Polls\nlanguage: en-GB\nsections: [01-all]\n"
HEAD = "---\nstage: all\nnumber: 1\ntitle: All\nlearnt: Much.\n---\n\n"
POLL = """## Your own map: does it know the path? {{#own layout=poll minutes=4 counted="{{{{ counted.A }}}} of {{{{ counted.all }}}} knew it"}}

1. Ask your map

- It does {{toy="{toy}"}}
- It shows a road{right}

{notes}
## One line {{#end layout=closing}}

::: exit-ticket
Write one thing.
:::

{notes}"""


@pytest.fixture
def planned(tmp_path):
    def make(counts=None, toy="0.9", right=""):
        (tmp_path / "kit.yaml").write_text(KIT)
        (tmp_path / "01-all.md").write_text(HEAD + POLL.format(toy=toy, right=right, notes=NOTES))
        given = {name: Counted(letters, At("counts.csv", 2)) for name, letters in (counts or {}).items()}
        loaded = steps.load(tmp_path, Request(counts=given), standard_registry(), None)
        try:
            return steps.plan(loaded, steps.run(loaded), loaded.audiences[0])
        except Problems as error:
            return None, error.problems

    return make


def told(problems):
    return [
        (p.at.path.rpartition("/")[2], p.at.line, p.message, bool(p.hint))
        for p in problems
        if p.severity is Severity.ERROR
    ]


def slides(kit):
    return {slide.id: slide for slide in kit.slides}


def test_what_was_counted_stands_on_the_poll_and_on_the_closing_slide(planned):
    kit, problems = planned({"own": (3, 11)})
    assert told(problems) == []
    found = slides(kit)
    assert found["own"].placed == (3, 11)
    assert found["own"].counted == "3 of 14 knew it"
    assert [line.text for line in text_of(found["end"].slot("exit-ticket"))][-1] == "3 of 14 knew it"


@pytest.mark.parametrize("counts", [None, {"own": (0, 0)}])
def test_without_counts_and_with_nothing_but_zeros_nothing_is_said(planned, counts):
    kit, problems = planned(counts)
    assert told(problems) == []
    found = slides(kit)
    assert (found["own"].placed, found["own"].counted) == ((), "")
    assert [line.text for line in text_of(found["end"].slot("exit-ticket"))] == ["Write one thing."]


def test_a_slide_that_is_no_poll_is_told_with_the_line_of_the_file(planned):
    _, problems = planned({"owm": (1, 2)})
    assert told(problems) == [("counts.csv", 2, "'owm' isn't a poll of this kit", True)]


def test_a_letter_that_the_poll_lacks_is_told_with_the_line_of_the_file(planned):
    _, problems = planned({"own": (1, 2, 3)})
    assert told(problems) == [("counts.csv", 2, "the poll 'own' has no letter C: its options are A to B", True)]


def test_a_poll_has_no_right_option(planned):
    _, problems = planned(right=" {right=yes}")
    assert [message for *_, message, _ in told(problems)] == [
        "an option of a poll is right, and a poll has no right answer"
    ]


def test_what_the_toy_did_is_a_share(planned):
    kit, _ = planned()
    assert [line.toy for line in text_of(slides(kit)["own"].slot("options"))] == [0.9, None]
    _, problems = planned(toy="2")
    assert [message for *_, message, _ in told(problems)] == ["toy=2 isn't a share from 0 to 1"]
