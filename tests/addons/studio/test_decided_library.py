"""Tests how a workshop's documents become its library: drafted, decided on line by line, and what a build is asked for then."""

import pytest

from workshop.addons.studio.decided_library import Decided, asked_anew, drafts, told_library
from workshop.addons.studio.form import Form
from workshop.addons.studio.project import Project
from workshop.cli.asked import builtin_kit
from workshop.errors import Severity, WorkshopError
from workshop.inputs.library_questions import Questions
from workshop.inputs.worlds import FOLDER
from workshop.plugins.registry import standard_registry

TEXTS = {
    "Opening hours": "We open at nine on weekdays and at ten on Saturdays.",
    "Wireless network": "Choose the network for guests. The code hangs above the counter.",
    "Lunch": "Soup and bread are served from noon. Order by ten.",
    "Bicycles": "Lock them to the rail in the yard.",
}
PAGE = "".join(f"## {title}\n\n{text}\n\n" for title, text in TEXTS.items())
REGISTRY = standard_registry()


@pytest.fixture
def project(tmp_path):
    """A workshop with one document."""
    folder = tmp_path / "A workshop"
    (folder / "given" / "documents").mkdir(parents=True)
    (folder / "given" / "documents" / "house.md").write_text(PAGE)
    (folder / "workshop.json").write_text("{}")
    return Project(folder)


def drafted(project, like=""):
    made, _ = drafts(project.folder / "given/documents", builtin_kit(REGISTRY) / FOLDER, like, REGISTRY)
    project.library.keep(made)
    return told_library(project.folder / "library", REGISTRY)


def test_documents_alone_are_given_to_the_search_and_a_library_is_the_world_of_the_build(project):
    assert "--data=library=given/documents" in project.asked().command("build")
    drafted(project)
    command = project.asked().command("build")
    assert "--world=library" in command
    assert not any(word.startswith("--data") for word in command)
    assert project.asked().request(REGISTRY).world == "library"


def test_each_line_waits_until_it_is_decided_on_and_only_then_is_it_used(project):
    told = drafted(project)
    assert all(line["waits"] for line in told["lines"])
    assert project.library.told() == {"lines": len(told["lines"]), "wait": len(told["lines"])}
    assert Questions.load(project.folder / "library/questions.yaml").items == ()
    project.library.decide(Decided("is there internet", "wireless-network"))
    project.library.decide(Decided("what is for dinner", "none"))
    used = Questions.load(project.folder / "library/questions.yaml").items
    assert {(one.text, one.document) for one in used} == {
        ("is there internet", "wireless-network"),
        ("what is for dinner", ""),
    }
    project.library.decide(Decided("is there internet"))
    assert len(Questions.load(project.folder / "library/questions.yaml").items) == 1


def test_the_page_is_told_how_near_cards_are_and_what_is_still_missing(project):
    told = drafted(project)
    found = next(line for line in told["lines"] if line["question"] == "is there internet")
    assert found["card"] == "wireless-network"
    assert found["sure"] > found["then"]
    assert "wait for your yes" in told["shows"][0]
    assert not any("forbidden word" in line for line in told["shows"])  # no slide about search has it
    assert [card["title"] for card in told["cards"]] == list(TEXTS)


def test_drafted_again_what_was_decided_stays_unless_its_card_is_gone(project):
    drafted(project)
    project.library.decide(Decided("is there internet", "wireless-network"))
    project.library.decide(Decided("is there a place for bicycles", "bicycles"))
    (project.folder / "given/documents/house.md").write_text(PAGE.replace("## Bicycles", "## Prams"))
    told = drafted(project)
    decided = {line["question"]: line["card"] for line in told["lines"] if not line["waits"]}
    assert decided == {"is there internet": "wireless-network"}


def test_a_card_that_makes_no_sense_is_struck_with_its_lines_also_when_they_are_drafted_again(project):
    drafted(project)
    project.library.decide(Decided("is there internet", "wireless-network"))
    project.library.decide(Decided("is there a place for bicycles", "bicycles"))
    project.library.strike("bicycles")
    project.library.ask(asked_anew(project.folder / "library", REGISTRY))
    for told in (told_library(project.folder / "library", REGISTRY), drafted(project)):
        assert [card["title"] for card in told["cards"]] == ["Opening hours", "Wireless network", "Lunch"]
        assert "bicycles" not in {line["card"] for line in told["lines"]}
        assert [line["question"] for line in told["lines"] if not line["waits"]] == ["is there internet"]
    with pytest.raises(WorkshopError, match="this card has changed meanwhile"):
        project.library.strike("bicycles")


def test_of_three_cards_none_is_struck(project):
    drafted(project)
    project.library.strike("bicycles")
    with pytest.raises(WorkshopError, match="a search needs at least 3 cards"):
        project.library.strike("lunch")
    assert len(told_library(project.folder / "library", REGISTRY)["cards"]) == 3


def test_in_the_place_of_a_struck_card_is_the_first_one_that_had_no_room(project):
    many = "".join(
        f"## Room number {name}\n\nThe key of this room is {name}.\n\n" for name in "abcdefghijklmnopqrstuvwxyz"
    )
    (project.folder / "given/documents/house.md").write_text(many)
    titles = [card["title"] for card in drafted(project)["cards"]]
    assert len(titles) == 24
    project.library.strike("room-number-c")
    now = [card["title"] for card in told_library(project.folder / "library", REGISTRY)["cards"]]
    assert now == [title for title in (*titles, "Room number y") if title != "Room number c"]


def test_the_words_of_another_ready_world_can_be_chosen_beside_it(project):
    drafted(project)
    world = project.folder / "library/world.yaml"
    assert "\nlike: front-desk\n" in world.read_text()
    project.choose({"world": "hospital"})
    assert "\nlike: hospital\n" in world.read_text()
    project.choose({"world": ""})
    assert "\nlike: front-desk\n" in world.read_text()


def test_without_documents_there_is_no_library(project):
    drafted(project)
    project.drop("documents", "house.md")
    assert not project.library.exists
    assert project.library.told() is None
    assert project.asked(form=Form()).library == ""


def test_a_line_that_is_no_longer_there_cannot_be_decided_on(project):
    drafted(project)
    with pytest.raises(WorkshopError, match="this line has changed meanwhile"):
        project.library.decide(Decided("who is there", "lunch"))


def test_documents_without_headings_become_no_library(project):
    (project.folder / "given/documents/house.md").write_text("Just a sentence of a few words.")
    with pytest.raises(WorkshopError, match="give no cards; left out: 1 paragraph without a heading"):
        drafted(project)


def test_a_document_that_cannot_be_read_is_named_and_the_others_become_the_library(project):
    (project.folder / "given/documents/empty.md").write_text("")
    files, unread = drafts(project.folder / "given/documents", builtin_kit(REGISTRY) / FOLDER, "", REGISTRY)
    assert [(one.message, one.severity) for one in unread] == [("the file is empty", Severity.WARNING)]
    assert files["library.md"].count("\n## ") == len(TEXTS)
