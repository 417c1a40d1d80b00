from workshop.model.exhibits import Findings, demo
from workshop.model.frozen import Frozen
from workshop.model.meanings import Meaning, meanings, named


@demo("coin", title="A coin")
def coin() -> Findings:
    """Toss it.

    Facts:
        heads, {first,last}.side (text): what is up, at the end and
            at first
        shares.*.n (count): tosses

    Exhibits: none (yet): these aren't facts.
    """
    return Findings(Frozen({"heads": "yes", "shares": {"a": {"n": 1}}}), {})


def test_meanings_are_read_from_the_docstring_name_by_name():
    said = "what is up, at the end and at first"
    names = [(meaning.name, meaning.unit, meaning.text) for meaning in meanings(coin)]
    assert names == [
        ("heads", "text", said),
        ("first.side", "text", said),
        ("last.side", "text", said),
        ("shares.*.n", "count", "tosses"),
    ]


def test_a_demo_without_a_docstring_declares_nothing():
    bare = demo("bare", title="Bare")(lambda: Findings(Frozen({}), {}))
    assert meanings(bare) == ()


def test_a_star_is_one_part_of_a_name():
    star = Meaning("shares.*.n", "count", "tosses")
    assert [name for name, _ in named(coin.function().facts) if star.fits(name)] == ["shares.a.n"]
    assert not star.fits("shares.a.b.n")
