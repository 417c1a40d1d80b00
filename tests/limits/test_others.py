"""Limits on other files, and the worst limits together, at their most."""

from tests.limits.cases import ADDONS, OTHERS, PAIRS
from tests.limits.run import check, tried


@tried((*OTHERS, *ADDONS, *PAIRS))
def test_it_takes_little_or_is_refused_with_one_sentence(case, tmp_path):
    check(case, tmp_path)
