"""Tests the record of a course: which points count as shown, with which statements, numbers and minutes."""

import io
import json
import re
from datetime import date

import pytest
from docx import Document
from msgspec.structs import replace

from tests.render.print import kits
from tests.render.print.test_quiz import question
from workshop.addons.record.competences import framework_data, map_data, points_shown
from workshop.addons.record.file_parts import digest, parts_of
from workshop.addons.record.held import Attended, Held, Law, LawMeta, Training, as_it_was
from workshop.addons.record.record_page import manager_parts, render_docx, render_json, render_manager, render_record
from workshop.addons.room.item_analysis import Item, wilson
from workshop.addons.room.results import Results
from workshop.errors import At
from workshop.model.blocks import Run
from workshop.model.meta import Framework, Point, Source, Statement

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


def parts(made):
    return {part.key: part for part in parts_of(kits.laid(made), kits.galley())}


def listed(made):
    """Return id -> words of the points that are shown, and the text on what was left out."""
    found = parts(made)
    return {row[0]: row[1] for row in found["content"].rows if row[0]}, " ".join(
        text for _, text in found["left"].texts
    )


def test_of_a_point_the_record_lists_the_statements_that_are_shown_and_the_others_as_left_out():
    shown, left = listed(with_lines(*LINES))
    assert shown == {"1": "Yeast", "2": "Point number 2"}
    assert left == "1 Salt; Rye; 3 Point number 3."


def test_the_points_own_text_stands_only_if_all_its_statements_are_shown():
    assert listed(with_lines(LINES[0]))[0]["1"] == "Point number 1"
    assert points_shown(with_lines(*LINES)) == ["2"]


def test_a_point_has_the_numbers_and_minutes_of_its_slides_and_a_stage_those_of_all_its_slides():
    made = with_lines(LINES[0])
    slides = [slide for slide in made.stages[0].slides if not slide.hidden]
    laid = kits.laid(made)
    number = next(one.number for one in laid.slides if one.slide.id == "s1")
    rows = {row[0]: row for row in parts(made)["content"].rows}
    assert rows["1"][2:] == (str(number), f"{slides[0].minutes:g}")
    assert rows[""][3] == f"{sum(slide.minutes for slide in slides):g}"


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
    shown, left = words.split("What was left out")
    assert "Point number 2" in shown
    assert "Point number 3" in left
    assert "%" not in words.replace("95%", "")


HELD = Training(
    organisation="ACME",
    date=date(2026, 3, 9),
    place="Bonn",
    minutes=95,
    trainer="Learning team",
    people=22,
    systems=("an assistant",),
    attended=(Attended(name="Amina Berg", role="clerk"), Attended(code="07", role="clerk")),
)
ITEM = Item(
    name="1",
    people=20,
    before=wilson(5, 20),
    after=wilson(15, 20),
    gained=10,
    lost=0,
    change=(0.5, 0.2, 0.7),
    mended=None,
    drawn=("it is wrong", 3),
)


def held(**changes):
    return kit(extra={"record": Held(training=HELD, planned=90, **changes)}, record="Record of a training in baking")


def test_afterwards_what_the_trainer_wrote_and_what_the_quiz_showed_is_filled_in(words_of):
    words = words_of(render_record(kits.laid(held(results=Results(filled=22, people=20, items=(ITEM,))))))
    for part in (
        "9 March 2026",
        "22",
        "Learning team",
        "Bonn",
        "clerk (2)",
        "Amina Berg",
        "07",
        "90",
        "95",
        "in baking",
    ):
        assert part in words
    for part in ("25% (11–47)", "75% (53–89)", "better", "it is wrong (3)", "20 people with both sheets"):
        assert part in words


def test_results_of_fewer_than_five_people_are_not_printed():
    found = parts(held(results=Results(filled=4, people=4)))["results"]
    assert found.rows == ()
    assert "fewer than 5 no results are kept" in found.texts[0][1]


def test_the_list_to_sign_has_a_line_for_everybody_and_names_only_if_they_are_given():
    rows = parts(held())["attendance"].rows
    assert [row[1] for row in rows[:3]] == ["Amina Berg", "07", ""]
    assert len(rows) == 22
    assert not any(row[1] for row in parts(kit())["attendance"].rows)


LAW = Law(
    LawMeta(id="here", name="Article 1 of the Bread Act", says="Bakers learn.", checked=date(2026, 1, 2), source="b"),
    Source(key="b", valid_until=date(2027, 3, 4), caveat="No advice."),
)


def test_the_law_is_addressed_and_never_complied_with(words_of):
    words = words_of(render_record(kits.laid(held(laws=(LAW,)))))
    for part in (
        "Article 1 of the Bread Act",
        "This training addresses it: Bakers learn.",
        "2 January 2026",
        "4 March 2027",
    ):
        assert part in words
    assert re.findall(r"(\S+) certif", words) == ["doesn’t"]
    assert not re.search(r"\bcompl(y|ies|iant)\b", words)


def test_without_a_law_none_is_quoted(words_of):
    assert not re.search(r"\b(Act|Article|Regulation|Directive)\b", words_of(render_record(kits.laid(kit()))))


def test_the_json_has_the_same_parts_by_their_keys():
    found = json.loads(render_json(kits.laid(held())))
    assert found["held"]["led-by"] == "Learning team"
    assert found["held"]["qualification"] == ""
    assert [row["point"] for row in found["content"]["rows"]] == ["1", "2"]
    assert {part.key for part in parts_of(kits.laid(held()), kits.galley())} <= set(found)


def test_the_word_file_says_the_same_and_has_the_same_bytes_each_time():
    made = kits.laid(held())
    written = render_docx(made)
    assert written == render_docx(made)
    document = Document(io.BytesIO(written))
    texts = [
        *(p.text for p in document.paragraphs),
        *(c.text for t in document.tables for r in t.rows for c in r.cells),
    ]
    for part in parts_of(made, kits.galley()):
        for value in (*part.fields.values(), *(cell for row in part.rows for cell in row)):
            assert value in texts
    assert all(len(row.cells) for table in document.tables for row in table.rows)


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("profile", ["standard", "large"])
def test_it_is_tagged_on_each_paper_and_in_large_print(tags_of, paper, profile):
    pdf = render_record(kits.laid(replace(held(), paper=paper, profile=profile)))
    assert b"pdfuaid" in pdf
    assert {("/H1", ""), ("/Table", "")} <= set(tags_of(pdf))


@pytest.mark.parametrize("change", [{"title": "Another"}, {"quiz": ()}, {"sheets": ()}])
def test_the_digest_changes_with_what_was_shown(change):
    assert digest(kit()) == digest(kit())
    assert digest(replace(kit(), **change)) != digest(kit())


def test_nobody_is_named_unless_a_name_is_typed():
    found = parts(kit())
    assert (found["held"].fields["led-by"], found["who"].fields["people"], found["held"].fields["date"]) == ("", "", "")


def parts_of_manager_page(made):
    return {part.key: part for part in manager_parts(kits.laid(made), kits.galley())}


def test_it_says_what_each_stage_taught_what_was_not_taught_and_what_to_ask():
    made = kit(later=(question(2),))
    made = replace(made, stages=(replace(made.stages[0], learnt="Dough takes its time"),))
    found = parts_of_manager_page(made)
    assert found["can"].texts == (("Training data.", "Dough takes its time"),)
    assert "3 Point number 3." in [text for _, text in found["cannot"].texts]
    assert found["ask"].rows == (("Question 2: where is it from?", "From its weights"),)


def test_a_question_that_fewer_than_half_answer_right_is_named_with_the_idea_behind_it():
    wrong = replace(ITEM, after=wilson(6, 20))
    found = parts_of_manager_page(held(results=Results(filled=20, people=20, items=(wrong,))))
    assert (
        found["cannot"].texts[0][1] == "Only 30% answered this right at the end; the idea picked most: “it is wrong”."
    )
    fine = parts_of_manager_page(held(results=Results(filled=20, people=20, items=(ITEM,))))
    assert not any("Only" in text for _, text in fine["cannot"].texts)


def test_it_is_one_page_and_tagged(read):
    pdf = render_manager(kits.laid(held()))
    assert len(read(pdf).pages) == 1
    assert b"pdfuaid" in pdf
