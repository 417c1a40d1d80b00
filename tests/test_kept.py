import pytest

from workshop.kept import Store, kept


def test_without_a_store_nothing_is_kept():
    made = []
    for _ in range(2):
        kept("key", lambda: made.append(1))
    assert len(made) == 2


def test_a_result_is_made_once_for_its_key():
    store, made = Store(), []
    for _ in range(3):
        with store.open():
            assert kept(("step", 1), lambda: made.append(1) or "one") == "one"
            assert kept(("step", 1), lambda: made.append(1) or "never") == "one"
    assert len(made) == 1


def test_what_a_build_did_not_ask_for_is_forgotten():
    store = Store()
    with store.open():
        kept("old", lambda: "old")
    with store.open():
        kept("new", lambda: "new")
    with store.open():
        assert kept("old", lambda: "made again") == "made again"


def test_a_build_that_failed_forgets_nothing():
    store = Store()
    with store.open():
        kept("one", lambda: 1)
    with pytest.raises(ZeroDivisionError), store.open():
        1 / kept("two", lambda: 0)
    with store.open():
        assert (kept("one", lambda: 5), kept("two", lambda: 5)) == (1, 0)
