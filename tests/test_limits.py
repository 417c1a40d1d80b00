import pytest

from workshop import limits
from workshop.errors import At, Report
from workshop.limits import Limit, TooMuchWorkError, counted_work, work

AT = At("talk.md", 3)
FEW = Limit(10, "cakes", "a party")


def test_work_that_nobody_counts_never_ends_a_build():
    work(10 * limits.WORK)


def test_work_ends_where_it_is_too_much_and_the_next_deck_begins_anew():
    with counted_work():
        work(limits.WORK)
        with pytest.raises(TooMuchWorkError):
            work(1)
    with counted_work():
        work(limits.WORK)


def test_a_limit_on_the_whole_build_is_reported_once_and_stays_reached():
    report = Report()
    spent = [report.spend(FEW, 4, "all tables have", AT, "eat some") for _ in range(4)]
    assert spent == [True, True, False, False]
    assert [str(problem) for problem in report.found] == [
        "talk.md:3: error: all tables have more than 10 cakes — eat some"
    ]
    assert not report.has_room(FEW)
    assert report.has_room(Limit(10, "cakes", "a picnic"))


def test_limits_on_the_whole_build_are_counted_apart():
    keys = [limit.key for limit in limits.table(vars(limits))]
    assert len(keys) == len(set(keys))
