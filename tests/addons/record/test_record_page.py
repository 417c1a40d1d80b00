import re

import pytest
from msgspec.structs import replace

from tests.render.print import kits
from tests.render.print.test_quiz import question
from workshop.addons.record.competences import framework_data, map_data, points_shown
from workshop.addons.record.held import Held, as_it_was
from workshop.addons.record.record_page import digest, record_data, render_record
from workshop.addons.room.item_analysis import HeldQuestion
from workshop.errors import At
from workshop.model.blocks import Run
from workshop.model.meta import Framework, Point, Statement

POINTS = tuple(Point(id=f"{n}", text=f"Point number {n}", stage="stage-1", at=At("points.yaml", n)) for n in (1, 2, 3))
HOUSE = Framework(
    id="house",
    name="House rules",
    short="House",
    source="intranet",
    year=2026,
    licence="internal",
    competences={"R1": "Check it", "R2": "Cite it", "R3": "Ask first"},
    points={"1": ("R1",), "3": ("R2",)},
)


def kit(**changes):
    made = kits.kit(titles=kits.TITLES[:1], points=POINTS, frameworks=(HOUSE,), quiz=(question(1),))
    stage = made.stages[0]
    first, *others = stage.slides
    stage = replace(stage, slides=(replace(first, teaches=("1", "2")), *others))
    return replace(made, stages=(stage,), **changes)


def test_a_point_counts_as_shown_only_if_a_slide_of_the_plan_teaches_it():
    assert points_shown(kit()) == ["1", "2"]


LINES = (
    Statement(says="Yeast", slides=("s1", "elsewhere"), phrases=("point",)),
    Statement(says="Salt", slides=("s1",), phrases=("salt of the sea",)),
    Statement(says="Rye", slides=("elsewhere",)),
)


def with_lines(*lines):
    made = kit()
    stage = made.stages[0]
    first, *others = stage.slides
    stage = replace(stage, slides=(replace(first, id="s1", title=(Run("The point of it"),)), *others))
    return replace(made, stages=(stage,), points=(replace_point(POINTS[0], lines), *POINTS[1:]))


def replace_point(point, lines):
    return point.model_copy(update={"shown": lines})


def test_of_a_point_the_record_lists_the_statements_that_are_shown_and_the_others_as_not_shown():
    data = record_data(kits.laid(with_lines(*LINES)), kits.galley())
    listed = {
        part: {p["id"]: p["text"] for stage in data[part] for p in stage["points"]} for part in ("points", "left")
    }
    assert listed == {
        "points": {"1": "Yeast", "2": "Point number 2"},
        "left": {"1": "Salt; Rye", "3": "Point number 3"},
    }


def test_the_points_own_text_stands_only_if_all_its_statements_are_shown():
    data = record_data(kits.laid(with_lines(LINES[0])), kits.galley())
    assert data["points"][0]["points"][0]["text"] == "Point number 1"
    assert points_shown(with_lines(*LINES)) == ["2"]


def test_a_hidden_slide_shows_nothing():
    made = kit()
    slides = tuple(replace(slide, hidden=True) for slide in made.stages[0].slides)
    assert points_shown(replace(made, stages=(replace(made.stages[0], slides=slides),))) == []


def test_a_competence_without_a_title_is_named_by_the_points_of_this_plan_that_address_it():
    untitled = HOUSE.model_copy(
        update={
            "competences": {"R1": "", "R2": "", "R3": ""},
            "points": {"1": ("R1",), "2": ("R1",), "3": ("R1", "R2")},
        }
    )
    found = framework_data(untitled, {"1", "2"}, kits.galley())
    assert (found["now"], found["later"], found["never"]) == ("R1 (1, 2)", "R2 (3)", "R3")


def test_with_the_minutes_that_slides_took_the_record_lists_what_was_really_shown():
    made = with_lines()
    first, second = made.stages[0].slides[:2]
    hidden = replace(second, id="extra", hidden=True, minutes=0, teaches=("3",))
    made = replace(made, appendix=(hidden,))
    was = as_it_was(made, {"s1": 0, "extra": 4, second.id: second.minutes + 2.5})
    assert points_shown(was) == ["3"]
    assert was.duration == made.duration - first.minutes + 4 + 2.5
    assert as_it_was(made, {}) == made


def test_gaps_are_of_two_kinds_and_none_is_left_out():
    found = framework_data(HOUSE, {"1", "2"}, kits.galley())
    assert (found["now"], found["later"], found["never"]) == ("R1 Check it", "R2 Cite it", "R3 Ask first")
    assert found["origin"] == "intranet, 2026. internal."


def test_the_map_has_one_row_per_point_and_says_which_are_left_out():
    rows = map_data(kit(), kits.galley())["rows"]
    assert [(row["id"], row["shown"], row["codes"]) for row in rows] == [
        ("1", True, ["R1"]), ("2", True, [""]), ("3", False, ["R2"]),
    ]  # fmt: skip


def test_before_the_workshop_there_are_lines_to_write_on(words_of):
    words = words_of(render_record(kits.laid(kit())))
    assert "Record of a training" in words
    shown, left = words.split("Not shown today")
    assert "Point number 2" in shown
    assert "Point number 3" in left
    assert "%" not in words


def test_afterwards_date_people_and_shares_are_filled_in(words_of):
    held = Held(date="2026-03-09", people=22, led_by="Learning team", basis="20 people with both sheets",
                quiz=(HeldQuestion(name="1", before=0.25, after=0.75),))  # fmt: skip
    words = words_of(render_record(kits.laid(kit(extra={"record": held}, record="Record of a training in baking"))))
    for part in ("2026-03-09", "22", "Learning team", "25% 75%", "20 people with both sheets", "in baking"):
        assert part in words


def test_the_record_addresses_and_never_certifies_and_quotes_no_law(words_of):
    words = words_of(render_record(kits.laid(kit())))
    assert "addresses" in words
    assert re.findall(r"(\S+) certif", words) == ["doesn’t"]
    assert not re.search(r"\b(Act|Article|Regulation|Directive)\b", words)


@pytest.mark.parametrize("change", [{"title": "Another"}, {"quiz": ()}, {"sheets": ()}])
def test_the_digest_changes_with_what_was_shown(change):
    assert digest(kit()) == digest(kit())
    assert digest(replace(kit(), **change)) != digest(kit())


def test_nobody_is_named_unless_a_name_is_typed():
    fields = {field["name"]: field["value"] for field in record_data(kits.laid(kit()), kits.galley())["fields"]}
    assert (fields["Led by"], fields["People"], fields["Date"]) == ("", "", "")
