"""A user's own documents on the companion page."""

import pytest

from workshop.addons.explore import step
from workshop.addons.explore.companion import BUDGET
from workshop.addons.explore.explore_command import explore_page
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry

pytestmark = pytest.mark.long
NOTES = (
    "The heating of room one is switched on in October.",
    "Invoices are paid within thirty days.",
    "Hotels cost up to 120 euros.",
)


@pytest.fixture(scope="module")
def notes(tmp_path_factory):
    folder = tmp_path_factory.mktemp("notes")
    for number, text in enumerate(NOTES):
        (folder / f"note{number}.txt").write_text(
            f"{text} Ask the caretaker about the cellar, the key and the garden.", "utf-8"
        )
    return folder


FIELD = 'type="text"'  # for a question, and two below the questions for weeks after


def made(notes, kit_path, cache, **options):
    asked = {"demos": ("retrieval", "never_zero"), **options}
    request = Request(cache=cache, data={("retrieval", "library"): notes}, extra={"explore": asked})
    page, problems, _ = explore_page(kit_path, request, standard_registry(), base=kit_path)
    return page.decode(), {problem.code: problem.message for problem in problems}


@pytest.mark.broad
def test_the_build_says_how_many_of_them_travel_inside_the_page(notes, kit_path, cache):
    page, said = made(notes, kit_path, cache)
    assert said["own-texts"] == "3 of your own texts are inside explore.html"
    assert NOTES[1] in page
    assert page.count(FIELD) == 3


@pytest.mark.broad
def test_without_texts_none_of_them_does(notes, kit_path, cache):
    page, said = made(notes, kit_path, cache, without_texts=True)
    assert "own-texts" not in said
    assert not any(text in page for text in NOTES)
    assert page.count(FIELD) == 2


def test_texts_that_would_make_the_page_too_large_stay_out_of_it_and_the_build_says_so(
    notes, kit_path, cache, monkeypatch
):
    monkeypatch.setattr(step, "ROOM", BUDGET - 50 * 1024)
    page, said = made(notes, kit_path, cache)
    assert said["poke"].startswith("with your own texts inside, explore.html would have")
    assert not any(text in page for text in NOTES)
    assert "Rare, times many" in page
