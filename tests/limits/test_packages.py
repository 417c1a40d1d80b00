"""Limits on templates and finished decks, at their most."""

from tests.limits.cases import PACKAGES
from tests.limits.run import check, tried


@tried(PACKAGES)
def test_it_takes_little_or_is_refused_with_one_sentence(case, tmp_path):
    check(case, tmp_path)
