"""When the files of a build are made: which documents begin before the slides, and what stops them."""

import time
from threading import Event

import pytest
from msgspec.structs import replace

from tests.render.print import kits
from workshop.errors import Problem, Problems
from workshop.model.request import Request
from workshop.plugins.registry import Registry, standard_registry
from workshop.render.typst_process import PRESSES
from workshop.render.writing import Making, Writer, render

PATIENCE = 600  # seconds, after which what is waited for never comes
WRITERS = standard_registry()
EARLY = [
    name
    for name in WRITERS.names("writer")
    if not WRITERS.get("writer", name).needs_slides and not WRITERS.get("writer", name).missing(kits.kit())
]


def writers(**named: Writer) -> Registry:
    registry = Registry()
    for name, writer in named.items():
        registry.add("writer", name, writer)
    return registry


def document(name, render, **options):
    return Writer(filename=f"{name}.pdf", render=render, meaning="a document", whom="you", **options)


def bare(laid):
    return replace(laid, slides=())


def built(laid, registry, request=None, lay_out=lambda: None):
    """Make files as a build does: what needs no slides begins, the slides are laid out, the rest follows."""
    with Making(request or Request(), registry) as making:
        making.begin(bare(laid))
        lay_out()
        return making.files(laid)


@pytest.mark.parametrize("name", EARLY)
def test_a_document_that_begins_before_the_slides_is_the_same_as_after_them(name):
    laid = kits.laid(kits.kit(titles=kits.TITLES[:2]))
    request = Request(only=(name,))
    begun = built(laid, WRITERS, request)
    after = render(laid, request, writers(**{name: replace(WRITERS.get("writer", name), needs_slides=True)}))
    assert begun == after


def test_sheets_keys_and_the_quiz_begin_before_the_slides_and_what_names_slides_does_not():
    for name in ("sheets", "home", "answers", "ballots", "quiz", "quiz-key"):
        assert not WRITERS.get("writer", name).needs_slides
    for name in ("deck", "facilitator", "handout", "booklet", "cards", "name-tag"):
        assert WRITERS.get("writer", name).needs_slides


def test_only_what_needs_no_slides_begins_before_them():
    made = []

    def note(name):
        def noted(laid):
            made.append((name, len(laid.slides)))
            return b""

        return noted

    registry = writers(early=document("early", note("early"), needs_slides=False), late=document("late", note("late")))
    laid = kits.laid(kits.kit())
    assert laid.slides
    assert list(built(laid, registry)) == ["early.pdf", "late.pdf"]
    assert sorted(made) == [("early", 0), ("late", len(laid.slides))]


def test_after_an_error_in_the_slides_no_further_document_is_set():
    begun, later = Event(), []

    def one_after_the_other(laid):
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with PRESSES.room(short=True):
                begun.set()
                time.sleep(0.01)
        later.append("never stopped")

    registry = writers(
        first=document("first", one_after_the_other, needs_slides=False),
        second=document("second", one_after_the_other, needs_slides=False),
        third=document("third", later.append, needs_slides=False),
    )

    def too_much_text():
        assert begun.wait(PATIENCE)
        raise Problems([Problem("too much text")])

    with pytest.raises(Problems, match="too much text"):
        built(kits.laid(kits.kit()), registry, lay_out=too_much_text)
    assert later == []
    with PRESSES.room(short=False):  # the next build has all the room
        pass


def test_a_document_that_fails_before_the_slides_is_reported_with_the_others():
    def failing(laid):
        raise Problems([Problem(f"a problem with {len(laid.slides)} slides")])

    laid = kits.laid(kits.kit())
    registry = writers(one=document("one", failing, needs_slides=False), two=document("two", failing))
    with pytest.raises(Problems) as raised:
        built(laid, registry)
    said = [problem.message for problem in raised.value.problems]
    assert said == ["a problem with 0 slides", f"a problem with {len(laid.slides)} slides"]
