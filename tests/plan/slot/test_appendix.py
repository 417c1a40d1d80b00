import pytest
from msgspec.structs import replace

from workshop.model.blocks import Line, Prose, Run
from workshop.model.kit import Note, Slide, Stage
from workshop.plan.slot.appendix import Wanted, left_out, with_appendix

NEEDED = Wanted(which="needed")


def asked(*names):
    """Return a note for each of some slides that says what to show if somebody asks."""
    return tuple(Note("asked", Prose((Line((Run("how: "), Run("show it", link=f"#{name}"))),))) for name in names)


def slide(name, layout="content", notes=(), **more):
    return Slide(id=name, layout=layout, title=(Run(name),), slots=(), notes=notes, **more)


def stage(name, *slides):
    return Stage(id=name, title=name, slides=tuple(replace(one, stage=name) for one in slides), number=1)


def deck(stages, shown, wanted=NEEDED):
    """Return the ids of the appendix, and slide -> the slides that its notes name."""
    inside = tuple(
        replace(one, slides=tuple(s for s in one.slides if s.id in shown)) for one in stages if shown & names(one)
    )
    kept, hidden = with_appendix(inside, left_out(stages, frozenset(shown)), wanted)
    told = {
        s.id: [run.link[1:] for note in s.notes for line in note.prose.lines for run in line.runs if run.link]
        for one in kept
        for s in one.slides
    }
    assert all(s.hidden for s in hidden)
    return [s.id for s in hidden], {name: links for name, links in told.items() if links}


def names(one):
    return {s.id for s in one.slides}


def many(prefix, count):
    return tuple(slide(f"{prefix}{k}") for k in range(count))


def test_toy_tables_of_stages_that_are_in_come_first():
    stages = (
        stage("a", *many("a", 3), slide("a-extra"), slide("a-toy", "toy-stops")),
        stage("b", slide("b0"), slide("b-toy", "toy-stops")),
    )
    assert deck(stages, {"a0", "a1", "a2"}) == (["a-toy"], {})


def test_then_what_the_notes_name_the_first_of_each_stage_before_the_second_of_any():
    a0 = slide("a0", notes=asked("a-one", "a-two"))
    b0 = slide("b0", notes=asked("b-one"))
    stages = (
        stage("a", a0, *many("a-more", 3), slide("a-one"), slide("a-two")),
        stage("b", b0, slide("b1"), slide("b-one"), slide("b-two")),
    )
    shown = {"a0", "a-more0", "a-more1", "a-more2", "b0", "b1"}
    assert deck(stages, shown) == (["a-one", "b-one"], {"a0": ["a-one"], "b0": ["b-one"]})


def test_it_has_at_most_a_third_of_what_is_shown():
    stages = (stage("a", slide("a0", notes=asked("x", "y")), *many("more", 4), slide("x"), slide("y")),)
    shown = {"a0", "more0", "more1", "more2", "more3"}
    assert deck(stages, shown)[0] == ["x"]
    assert deck(stages, {"a0", "more0"})[0] == []


def test_a_slide_brings_what_continues_it_or_stays_out():
    long = (slide("x"), slide("x2", continued=True))
    stages = (stage("a", slide("a0", notes=asked("x", "y")), *many("more", 5), *long, slide("y")),)
    shown = {"a0", *(f"more{k}" for k in range(5))}
    assert deck(stages, shown)[0] == ["x", "x2"]
    assert deck(stages, shown - {"more4"})[0] == ["y"]


def test_what_became_of_own_data_comes_before_everything():
    stages = (
        stage(
            "a",
            *many("a", 3),
            slide("toy", "toy-stops"),
            slide("votes", runs=("votes",)),
            slide("deep", runs=("votes",), priority="deep"),
        ),
    )
    assert deck(stages, {"a0", "a1", "a2"}, Wanted(which="needed", own=("votes",)))[0] == ["votes"]


@pytest.mark.parametrize(("which", "hidden"), [("none", []), ("all", ["x", "y"])])
def test_nothing_or_everything_is_hidden_if_that_is_asked_for(which, hidden):
    stages = (stage("a", slide("a0", notes=asked("x")), slide("x"), slide("y")),)
    found, told = deck(stages, {"a0"}, Wanted(which=which))
    assert found == hidden
    assert told == ({"a0": ["x"]} if hidden else {})


def test_a_note_on_what_to_show_goes_if_that_is_shown_anyway_and_one_without_a_slide_stays():
    plain = Note("asked", Prose((Line((Run("how: by counting."),)),)))
    stages = (stage("a", slide("a0", notes=(*asked("a1"), plain)), slide("a1")),)
    inside = stages
    (kept,), _ = with_appendix(inside, (), NEEDED)
    assert kept.slides[0].notes == (plain,)


def test_a_hidden_slide_does_not_say_what_comes_next():
    told = tuple(Note(kind, Prose((Line((Run("words"),)),))) for kind in ("say", "next"))
    one = stage("one", slide("a", notes=told), slide("b", notes=told))
    _, (hidden,) = with_appendix((replace(one, slides=one.slides[:1]),), left_out((one,), frozenset({"a"})), Wanted())
    assert [note.kind for note in hidden.notes] == ["say"]


def test_slides_with_edits_from_powerpoint_are_in_the_appendix_whatever_is_asked_for():
    stages = (stage("one", slide("a"), slide("b"), slide("c")),)
    assert deck(stages, {"a"}, Wanted(which="none", edited=("c",))) == (["c"], {})
    assert deck(stages, {"a"}, Wanted(which="none")) == ([], {})
