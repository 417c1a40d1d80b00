from workshop.layout.context import Names


def test_what_an_attempt_takes_is_free_again_unless_it_is_accepted():
    names = Names(["Bread"], ["bread-2"])
    first = names.attempt()
    assert [first.id("bread", 2), first.id("bread", 2)] == ["bread-3", "bread-4"]
    second = names.attempt()
    assert second.id("bread", 2) == "bread-3"
    names.take(second)
    assert names.id("bread", 2) == "bread-4"


def test_an_attempt_within_an_attempt_sees_and_gives_back_what_both_have_taken():
    names = Names()
    outer = names.attempt()
    assert outer.id("a", 1) == "a-1"
    inner = outer.attempt()
    assert inner.id("a", 1) == "a-2"
    outer.take(inner)
    names.take(outer)
    assert names.id("a", 1) == "a-3"
