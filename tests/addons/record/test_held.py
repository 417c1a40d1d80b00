"""training.yaml: what is wrong with it is named with its line, and the rest of the record is made."""

import pytest

from workshop.addons.record.held import read_training
from workshop.errors import Problems, Severity

CODES = frozenset("123456789")


@pytest.fixture
def read(tmp_path):
    def reading(text, codes=CODES):
        path = tmp_path / "training.yaml"
        path.write_text(text, "utf-8")
        training, problems = read_training(path, codes)
        return training, [(problem.at.line, problem.message) for problem in problems]

    return reading


def test_a_wrong_date_is_left_out_and_the_rest_is_kept(read):
    training, told = read("place: Bonn\ndate: 24.11.2026\ntrainer: A. Novak\n")
    assert told == [(2, "date is '24.11.2026'; it must be a date such as 2026-05-31")]
    assert (training.date, training.place, training.trainer) == (None, "Bonn", "A. Novak")


def test_a_person_who_is_in_the_list_twice_counts_once(read):
    training, told = read(
        "attended:\n  - {name: Amina, code: '01'}\n  - {name: amina}\n  - {name: Tom, code: '1'}\n  - {name: Ines}\n"
    )
    assert told == [(3, "'amina' is in the list twice"), (4, "'Tom' is in the list twice")]
    assert [person.name for person in training.attended] == ["Amina", "Ines"]


def test_a_number_that_nobody_answered_under_is_named(read):
    training, told = read('groups:\n  Press: ["01", "02", "03", "4", "05", "77"]\n')
    assert told == [(2, "no sheet in the table of answers has the number '77'")]
    assert len(training.groups["Press"]) == 5


def test_without_a_table_of_answers_every_number_may_be_right(read):
    assert read('attended: [{code: "77"}]\n', None)[1] == []


def test_a_group_of_fewer_than_five_people_is_left_out(read):
    training, told = read('groups:\n  Press: ["01", "1", "02", "03", "04"]\n  Law: ["5", "6", "7", "8", "9"]\n')
    assert told == [(2, "the group 'Press' has fewer than 5 people, so it has no results of its own")]
    assert list(training.groups) == ["Law"]


def test_an_unknown_key_is_named_with_the_nearest_one(read, tmp_path):
    (tmp_path / "training.yaml").write_text("trainr: A\n", "utf-8")
    _, (problem,) = read_training(tmp_path / "training.yaml", None)
    assert (problem.severity, problem.hint) == (Severity.WARNING, "did you mean 'trainer'?")


def test_a_file_that_is_not_yaml_stops_with_its_line(tmp_path):
    path = tmp_path / "training.yaml"
    path.write_text("place: [Bonn\ntrainer: A\n", "utf-8")
    with pytest.raises(Problems) as raised:
        read_training(path, None)
    assert raised.value.problems[0].at.path == path.as_posix()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("people: 12", 12),
        ("attended: [{name: A}, {name: B}]", 2),
        ("roles: {clerk: 7, manager: 2}", 9),
        ("place: B", 0),
    ],
)
def test_the_number_of_people_is_given_or_counted(read, text, count):
    assert read(text)[0].count == count
