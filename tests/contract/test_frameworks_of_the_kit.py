"""The built-in kit's map of competences: what may be printed, and which gaps it admits."""

import pytest

from tests.contract import kits

WITHOUT_TITLES = ("ailit", "digcomp", "ai4k12")


@pytest.fixture(scope="module")
def frameworks():
    return {one.id: one for one in kits.content().frameworks}


def test_every_point_addresses_something(frameworks):
    mapped = {point for one in frameworks.values() for point, codes in one.points.items() if codes}
    words = "9"  # the field's words aren't a competence by themselves
    assert mapped == {point.id for point in kits.content().points} - {words}


def test_titles_that_nobody_compared_with_their_source_are_left_out(frameworks):
    assert {name for name, one in frameworks.items() if not any(one.competences.values())} == set(WITHOUT_TITLES)


def test_the_frameworks_are_complete(frameworks):
    counts = {name: len(one.competences) for name, one in frameworks.items()}
    assert counts == {"ailit": 19, "unesco": 12, "long-magerko": 17, "digcomp": 21, "ai4k12": 5}


def test_the_gaps_are_admitted(frameworks):
    one = frameworks["ailit"]
    gaps = set(one.competences) - {code for codes in one.points.values() for code in codes}
    assert gaps >= {"C1", "C2", "C3", "E4", "E5", "M3"}
