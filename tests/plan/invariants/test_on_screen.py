import pytest
from msgspec.structs import replace

from tests.plan.invariants.plans import after, broken, change, slide, whole
from workshop.model.blocks import Line, Prose, Run
from workshop.model.meta import AudienceMeta

BAKERS = "bakers, 30 minutes: "


def bet(title, *options):
    lines = tuple(Line((Run(text),), right=not place) for place, text in enumerate(options))
    made = slide("own", 1, "predict", said="", slots=(("options", (Prose(lines),)),))
    return after(whole(), "crust", replace(made, title=(Run(title),)))


def test_a_bet_asks():
    assert broken("P26", bet("The loaf rises", "Yes", "No")) == [
        f"{BAKERS}slide 'own' is a bet whose title isn't a question"
    ]
    for title in ("Does the loaf rise?", "A loaf without yeast …?", "The baker asks “does the loaf rise?”"):
        assert broken("P26", bet(title, "Yes", "No")) == [], title


@pytest.mark.parametrize(
    ("title", "pointed"),
    [
        ("Does it rise?", "it"),
        ("Of these, how many rise?", "these"),
        ("Warm or cold: which?", "which"),
        ("Which loaf rises?", ""),
        ("The dough is warm: does it rise?", ""),
        ("Where is “rye”, and does it rise?", ""),
    ],
)
def test_a_bet_points_at_nothing_that_is_not_on_the_slide(title, pointed):
    expected = (
        [f"{BAKERS}slide 'own' is a bet whose title says “{pointed}” without a noun before it"] if pointed else []
    )
    assert broken("P26", bet(title, "Yes", "No")) == expected


def test_a_word_that_two_options_share_stands_in_the_title():
    options = ("Only the barley", "Barley and rye", "Neither")
    assert broken("P26", bet("What rises?", *options)) == [
        f"{BAKERS}slide 'own' is a bet whose options share “barley”, which isn't in its title"
    ]
    assert broken("P26", bet("Rye or barley: what rises?", *options)) == []


@pytest.mark.parametrize(
    ("slot", "breadth", "most"), [(60, 2.9, 29), (89, 2.6, 43), (90, 2.9, 32), (180, 2.9, 63), (180, 2.6, 70)]
)
def test_from_an_hour_on_slides_are_few_and_the_cover_counts(slot, breadth, most):
    many = sum(len(one.slides) for one in whole())
    fits = after(whole(), "crust", *(slide(f"more-{k}") for k in range(most - many - 1)))
    said = AudienceMeta(breadth=breadth)
    assert broken("P27", fits, slot=slot, said=said) == []
    more = after(fits, "crust", slide("last"))
    message = f"bakers, {slot} minutes: {most + 1} slides are shown; at most {most}"
    assert broken("P27", more, slot=slot, said=said) == [message]
    assert broken("P27", more, slot=59, said=said) == []


def test_a_title_has_nine_words_at_most():
    def titled(text):
        return broken("P27", change(whole(), "crust", title=(Run(text),)))

    assert titled("From raw flour to bread: eight steps – and crumbs") == []
    assert titled("One two three four five six seven eight nine ten") == [
        f"{BAKERS}slide 'crust' has a title of 10 words; at most 9"
    ]
