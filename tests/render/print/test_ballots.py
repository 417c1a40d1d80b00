import itertools

import pytest
from msgspec.structs import replace

from workshop.errors import At, Problems
from workshop.inputs.ballot_forms import count_ballots
from workshop.model.blocks import Run
from workshop.model.prints import Answer, Ballots, Round
from workshop.model.request import checked
from workshop.render.print.cards import BALLOTS, render_ballots

from . import kits

AT = At("data/rounds.yaml", 9)


def answer(kind, text):
    return Answer(kind, (Run(text),))


def round_(number, question="How old is the tree?", a="Eighty-two years.", b="I do not know."):
    return Round(
        number=number,
        question=(Run(question),),
        short="tree",
        a=answer("bluffs", a),
        b=answer("says not sure", b),
        at=AT,
    )


def ballots(people=20, rounds=6):
    codes = tuple(checked(4, n) for n in range(1, people + 1))
    return Ballots(
        stage="stage-4",
        title="Which is better?",
        rounds=tuple(round_(n) for n in range(1, rounds + 1)),
        codes=codes,
        at=AT,
    )


def laid(made, **changes):
    return kits.laid(kits.kit(ballots=made, **changes))


def test_every_participant_has_one_ballot_and_one_line_of_the_tally(words_of, read):
    pdf = render_ballots(laid(ballots(20)))
    pages = [page.extract_text() for page in read(pdf).pages]
    assert len(pages) == 1 + 3 + 1
    for code in (checked(4, n) for n in range(1, 21)):
        assert sum(page.split().count(code) for page in pages[1:-1]) == 1 + (code in ("01E", "09P", "17R"))
        assert pages[-1].split().count(code) == 1 + (code == "01E"), code  # the first also shows how to type


def test_the_tally_shows_how_a_ballot_is_typed_in_and_the_command_that_reads_it(words_of):
    made = laid(ballots(3))
    assert "python3 build_deck.py tally ballots.txt" in words_of(render_ballots(made))
    shown = replace(made.slides[0], slide=replace(made.slides[0].slide, runs=("votes",)))
    stages = tuple(
        replace(stage, slides=tuple(replace(slide, runs=("votes",)) for slide in stage.slides))
        for stage in made.kit.stages
    )
    words = words_of(
        render_ballots(replace(made, kit=replace(made.kit, stages=stages, votes="votes"), slides=(shown,)))
    )
    assert "01E ABBABA" in words
    assert "python3 build_deck.py --votes ballots.txt" in words


def test_the_line_on_the_tally_is_one_that_votes_are_read_from():
    assert count_ballots("01E ABBABA\n", "ballots.txt").people == 1


def test_a_page_says_whether_it_is_cut(read):
    answers, ballot, *_ = [" ".join(p.extract_text().split()) for p in read(render_ballots(laid(ballots()))).pages]
    assert "one page per table, not cut" in answers
    assert "cut on the lines" not in answers
    assert "cut on the lines" in ballot


def test_kinds_of_answer_are_only_on_the_tally(read):
    pages = [page.extract_text() for page in read(render_ballots(laid(ballots()))).pages]
    assert "bluffs" in pages[-1]
    assert not any("bluffs" in page or "not sure" in page for page in pages[:-1])


def test_margins_say_how_to_print_and_to_cut(words_of):
    words = words_of(render_ballots(laid(ballots())))
    assert "print at 100%" in words
    assert "page 3 of 3" in words


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_forty_people_fit_on_either_paper(read, paper):
    assert len(read(render_ballots(laid(ballots(40), paper=paper))).pages) == 1 + 5 + 2


def test_an_answer_too_long_for_its_card_is_a_problem_with_its_place():
    made = ballots(2)
    long = replace(made, rounds=(round_(1, a="It is exactly eighty-two years old. " * 12), *made.rounds[1:]))
    with pytest.raises(Problems) as caught:
        render_ballots(laid(long))
    assert "mm too tall (data/rounds.yaml:9)" in str(caught.value)


def test_ballots_are_tagged_with_one_first_heading(tags_of, read):
    pdf = render_ballots(laid(ballots(9)))
    roles = [role for role, _ in tags_of(pdf)]
    assert roles.count("/H1") == 1
    assert roles.count("/TH") == 9 * 6 + 7 + 5
    assert read(pdf).metadata.title == "Ballots: How AI models are made"
    assert b"pdfuaid" in pdf


def test_a_kit_without_a_vote_has_no_ballots():
    assert BALLOTS.missing(kits.kit()) == "ballots"
    assert BALLOTS.missing(kits.kit(ballots=ballots(1))) == ""


def test_a_check_letter_finds_every_wrong_digit_and_every_swap():
    for number in range(1, 1000):
        digits = str(number)
        letter = checked(4, number)[-1]
        others = {
            int(digits[:i] + d + digits[i + 1 :]) for i in range(len(digits)) for d in "0123456789" if d != digits[i]
        }
        others |= {
            int("".join(s))
            for s in itertools.permutations(digits)
            if sum(a != b for a, b in zip(s, digits, strict=True)) == 2
        }
        assert all(checked(4, other)[-1] != letter for other in others - {number, 0})


def test_the_tally_names_a_place_that_every_installation_has(words_of):
    words = words_of(render_ballots(laid(ballots(3))))
    assert "in the folder where this kit was built" in words
    assert "folder with" not in words
