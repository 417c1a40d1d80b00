"""Tests the name tags: number, ballot code, and a box for each bet of the plan."""

import pytest
from msgspec.structs import replace

from workshop.model.printing import Printing
from workshop.render.print.name_tags import NAME_TAG, name_tag_data, render_name_tags
from workshop.render.print.print_list import print_list_data

from . import kits
from .test_ballot_sheets import ballots
from .test_booklet import bet, classed
from .test_quiz import question

FLAT = Printing(flat=True)


def betting(*places, **changes):
    """Return the usual kit with predictions in place of some stages' first slides."""
    stages = tuple(
        replace(
            stage, slides=(replace(stage.slides[0], layout="predict", bet=f"Bet {stage.number}"), *stage.slides[1:])
        )
        if stage.number in places
        else stage
        for stage in kits.kit().stages
    )
    return kits.kit(stages=stages, **changes)


def test_each_person_has_a_number_and_the_code_of_a_ballot(read, words_of):
    made = betting(1, people=6, ballots=ballots(6))
    raw = render_name_tags(kits.laid(made))
    assert len(read(raw).pages) == 3  # two to a sheet
    words = words_of(raw)
    assert [words.count(code) for code in made.ballots.codes] == [1] * 6
    assert words.count("ballot code") == 6
    assert words.count("your first name, large") == 6


def test_a_tag_has_a_box_for_each_bet_with_its_name_and_a_line_to_count_hits(words_of):
    made = betting(1, 3, 8, people=1)
    tent = words_of(render_name_tags(kits.laid(made)))  # upside down, where words are found without spaces
    assert "Tick the small square.Bet 1Bet 3Bet 8".replace(" ", "") in tent.replace(" ", "")
    flat = words_of(render_name_tags(kits.laid(replace(made, printing=FLAT))))
    assert "Tick the small square. Bet 1 Bet 3 Bet 8 Hits:" in flat
    assert "of 3. My best miss:" in flat


def test_a_tent_has_the_name_large_on_its_face_and_bets_and_code_upside_down_on_its_back(read):
    made = betting(1, people=2, ballots=ballots(2), names=("Amina", "Bartholomew III"))
    (page,) = read(render_name_tags(kits.laid(made))).pages
    found = {}

    def visit(text, cm, tm, _font, size):
        for word in ("Amina", "Bartholomew", "Bet 1", "01E", "How AI"):
            if word in text:
                upright = tm[0] * cm[0] + tm[1] * cm[2] > 0
                found.setdefault(word, (round(size), upright, tm[4] * cm[1] + tm[5] * cm[3] + cm[5]))

    page.extract_text(visitor_text=visit)
    assert found["Amina"][:2] == (72, True)
    assert found["Bartholomew"][:2] == (48, True)
    assert not found["Bet 1"][1]
    assert not found["01E"][1]
    assert found["Bet 1"][2] > found["Amina"][2] > found["Bartholomew"][2]


def test_in_a_class_with_a_booklet_the_back_says_where_the_letters_go(words_of):
    words = words_of(render_name_tags(kits.laid(replace(classed(), ballots=ballots(2), people=2))))
    told = "Your letters go into the booklet. Bet 1-1 Bet 1-2 Bet 2-1 Bet 2-2"
    assert words.replace(" ", "").count(told.replace(" ", "")) == 2
    assert "Tick the small square" not in words


def test_the_names_of_twenty_bets_fit_on_the_back(words_of):
    kit = classed()
    many = tuple(
        replace(stage, slides=tuple(bet(place, number) for number in range(1, 11)))
        for place, stage in enumerate(kit.stages, 1)
    )
    words = words_of(render_name_tags(kits.laid(replace(kit, stages=many, ballots=ballots(2), people=2))))
    for name in ("Bet 1-1", "Bet 1-10", "Bet 2-10"):
        assert name.replace(" ", "") in words.replace(" ", "")


def test_flat_tags_are_eight_to_a_page_and_each_kind_is_counted(read):
    made = kits.kit(people=24, quiz=(question(1),))
    flat = replace(made, printing=FLAT)
    assert [len(read(render_name_tags(kits.laid(kit))).pages) for kit in (made, flat)] == [12, 3]
    for kit, leaves, told in ((made, "12", "two on a sheet"), (flat, "3", "eight on a sheet")):
        (row,) = [
            row for row in print_list_data(kits.laid(kit), kits.galley())["asked"] if row["file"] == "name-tag.pdf"
        ]
        assert row["shown"] == leaves
        assert told in row["how"]


def test_a_bet_of_the_quiz_or_of_the_appendix_has_no_box():
    made = betting(1, 2)
    first, second, *others = made.stages
    quiz = replace(first, slides=(replace(first.slides[0], quiz="before"), *first.slides[1:]))
    hidden = replace(second, slides=(replace(second.slides[0], hidden=True), *second.slides[1:]))
    made = replace(made, stages=(quiz, hidden, *others))
    assert name_tag_data(kits.laid(made), kits.galley())["bets"] == []


def test_names_of_a_list_are_printed_and_everybody_on_it_has_a_tag():
    people = name_tag_data(kits.laid(betting(1, people=2, names=("Ann", "Ben", "Eve"))), kits.galley())["people"]
    assert [(p["number"], p["name"], p["code"]) for p in people] == [
        ("01", "Ann", ""),
        ("02", "Ben", ""),
        ("03", "Eve", ""),
    ]


@pytest.mark.broad
def test_thirty_bets_still_fit_a_tag():
    made = betting(*range(1, 9))
    many = tuple(replace(made.stages[0].slides[0], id=f"bet-{n}", bet=f"Long name {n:>4}") for n in range(24))
    made = replace(made, stages=(replace(made.stages[0], slides=(*many, *made.stages[0].slides)), *made.stages[1:]))
    assert len(name_tag_data(kits.laid(made), kits.galley())["bets"]) == 32
    for kit in (made, replace(made, printing=FLAT), replace(made, paper="letter")):
        assert render_name_tags(kits.laid(kit)).startswith(b"%PDF")


def test_a_kit_without_bets_quiz_and_ballots_needs_no_tags_and_one_with_them_lists_them():
    bare = kits.kit()
    assert NAME_TAG.missing(bare) == "bets, a quiz or ballots"
    assert not NAME_TAG.missing(betting(1))
    assert not NAME_TAG.missing(kits.kit(quiz=(question(1),)))
    stage = replace(kits.stage(1, "Only"), material=("name-tag.pdf, cut",))
    listed = print_list_data(kits.laid(kits.kit(stages=(stage,), people=18, quiz=(question(1),))), kits.galley())
    (row,) = [row for row in listed["always"] if row["file"] == "name-tag.pdf"]
    assert (row["shown"], row["cut"]) == ("9", True)
    assert NAME_TAG.is_due(kits.kit(stages=(stage,)))
