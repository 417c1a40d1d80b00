"""Each kind of fault, seeded into a deck of ours, is found by name, and the deck without it has no problem."""

import pytest

from tests.check.mutants import MUTANTS, talk
from workshop.check.package import check_package


def test_the_talk_has_no_problem():
    assert check_package(talk()) == ()


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.kind)
def test_a_fault_is_found_by_its_name_with_a_fix(mutant):
    found = check_package(mutant.make())
    assert [p for p in found if all(words in p.message for words in mutant.says) and p.hint], list(map(str, found))


def test_no_kind_is_seeded_twice():
    assert len({mutant.kind for mutant in MUTANTS}) == len(MUTANTS)
