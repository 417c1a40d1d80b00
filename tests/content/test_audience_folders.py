"""Tests the slides of one audience, in ``audiences/NAME/``: what they replace, what they inherit, and what can go wrong."""

from pathlib import Path

import pytest

from workshop.content import read
from workshop.model.walk import nodes, seen_slides

KIT = {
    "kit.yaml": "title: Bread\nsections: [01-dough, 02-oven]\n",
    "01-dough.md": (
        "---\nnumber: 1\ntitle: Dough\n---\n\n"
        "## It rises {#rises minutes=4 .optional}\n\nWait.\n\n::: notes\n**Say** It takes time.\n:::\n\n"
        "## It rests {#rests does=hands for=general}\n\nA.\n"
    ),
    "02-oven.md": "---\nnumber: 2\ntitle: Oven\n---\n\n## It is hot {#heat}\n\nA.\n",
    "audiences/general.yaml": "title: Everybody\n",
    "audiences/bakers.yaml": "title: Bakers\n",
}
DOUGH, OVEN = "audiences/bakers/01-dough.md", "audiences/bakers/02-oven.md"


@pytest.fixture
def kit(write):
    """Load the kit with these files added, and with an overlay of others if there are any."""

    def lay(files, overlay=None):
        write({f"bread/{name}": text for name, text in {**KIT, **files}.items()})
        write({f"client/{name}": text for name, text in (overlay or {}).items()})
        content, found = read(Path("bread"), None, [Path("client")] if overlay else [])
        return content, [str(problem) for problem in found]

    return lay


def said(content, audience, section=0):
    """Return id -> what an audience reads on a slide, and hears."""

    def words(parts):
        return "".join(getattr(node, "text", "") or "" for node in nodes(parts, audience))

    slides = seen_slides(content.stages[section], audience)
    return {slide.id: (words(slide.title) + words(slide.blocks), words(slide.notes)) for slide in slides}


def test_a_slide_in_an_audiences_file_takes_the_place_of_the_kits_for_that_audience_alone(kit):
    content, found = kit({DOUGH: "## It grows {#rises}\n\nYeast works.\n\n::: notes\n**Say** Measure it.\n:::\n"})
    assert found == []
    assert said(content, "bakers") == {"rises": ("It growsYeast works.", "Say Measure it.")}
    assert said(content, "general")["rises"] == ("It risesWait.", "Say It takes time.")
    assert seen_slides(content.stages[0], "bakers")[0].at.path == "bread/audiences/bakers/01-dough.md"


def test_a_slide_without_notes_keeps_the_kits_notes_minutes_and_priority(kit):
    content, found = kit({DOUGH: "## It grows {#rises}\n\nYeast works.\n"})
    assert found == []
    assert said(content, "bakers") == {"rises": ("It growsYeast works.", "Say It takes time.")}
    (slide,) = seen_slides(content.stages[0], "bakers")
    assert (slide.attrs.get("minutes"), slide.attrs.classes) == ("4", ("optional",))


def test_a_slide_that_the_kit_shows_to_others_is_shown_to_this_audience_too(kit):
    content, found = kit({DOUGH: '## It sleeps {#rests does=""}\n\nB.\n'})
    assert found == []
    assert said(content, "bakers")["rests"] == ("It sleepsB.", "")
    assert said(content, "general")["rests"] == ("It restsA.", "")
    assert [slide.attrs.get("does") for slide in seen_slides(content.stages[0], "bakers")] == ["", ""]


def test_slides_can_be_added_and_dropped_for_one_audience(kit):
    content, found = kit({DOUGH: "## {#rises .drop}\n\n## Weigh it {#weigh after=rises}\n\nB.\n"})
    assert found == []
    assert list(said(content, "bakers")) == ["weigh"]
    assert list(said(content, "general")) == ["rises", "rests"]


def test_an_audience_that_is_like_another_sees_its_slides_unless_it_has_its_own(kit):
    like = {"audiences/apprentices.yaml": "title: Apprentices\nlike: bakers\n"}
    content, found = kit({DOUGH: "## It grows {#rises}\n\nB.\n", **like})
    assert found == []
    assert said(content, "apprentices")["rises"][0] == "It growsB."
    content, found = kit({"audiences/apprentices/01-dough.md": "## Look {#rises}\n\nC.\n"})
    assert found == []
    assert said(content, "apprentices")["rises"][0] == "LookC."
    assert said(content, "bakers")["rises"][0] == "It growsB."


def test_an_overlay_is_laid_over_the_audiences_slides(kit):
    content, found = kit({DOUGH: "## It grows {#rises}\n\nB.\n"}, {"slides.md": "## Ours {#rises}\n\nC.\n"})
    assert found == []
    assert said(content, "bakers")["rises"][0] == said(content, "general")["rises"][0] == "OursC."


def test_an_overlay_may_have_slides_of_one_audience_too(kit):
    content, found = kit({DOUGH: "## It grows {#rises}\n\nB.\n"}, {DOUGH: "## Ours {#rises}\n\nD.\n"})
    assert found == []
    assert said(content, "bakers")["rises"][0] == "OursD."
    assert said(content, "general")["rises"][0] == "It risesWait."


@pytest.mark.parametrize(
    ("files", "error"),
    [
        (
            {DOUGH: "## A {#rizes}\n\nA.\n"},
            (
                f"bread/{DOUGH}:1: error: the kit has no slide named 'rizes' — did you mean 'rises' or 'rests'? "
                "a new one says where it goes, {#rizes after=…}"
            ),
        ),
        ({DOUGH: "## A {#heat}\n\nA.\n"}, f"bread/{DOUGH}:1: error: 'heat' is in 02-oven.md — move this there"),
        (
            {DOUGH: "## A {#new after=heat}\n\nA.\n"},
            f"bread/{DOUGH}:1: error: 'heat' is in 02-oven.md — move this there",
        ),
        (
            {"audiences/bakers/01-dogh.md": "## A {#rises}\n\nA.\n"},
            "bread/audiences/bakers/01-dogh.md:1: error: the kit has no section in a file '01-dogh.md' — did you mean '01-dough.md' or '02-oven.md'?",
        ),
        (
            {"audiences/millers/01-dough.md": "## A {#rises}\n\nA.\n"},
            "bread/audiences/millers: error: there is no audience 'millers' — write audiences/millers.yaml, or rename the folder",
        ),
        (
            {"audiences/baker/01-dough.md": "## A {#rises}\n\nA.\n"},
            "bread/audiences/baker: error: there is no audience 'baker' — did you mean 'bakers'?",
        ),
        (
            {DOUGH: "## A {#rises for=bakers}\n\nA.\n"},
            f"bread/{DOUGH}:1: error: all slides in this folder are for bakers — take for= out",
        ),
        (
            {DOUGH: "---\ntitle: Ours\n---\n\n## A {#rises}\n\nA.\n"},
            f"bread/{DOUGH}:1: error: front matter is for all audiences — write it in bread/01-dough.md",
        ),
        ({DOUGH: "\n"}, f"bread/{DOUGH}:1: error: there is nothing in this file — begin with ## Title {{#name}}"),
    ],
)
def test_a_mistake_is_one_problem_with_file_line_and_fix(kit, files, error):
    _, found = kit(files)
    assert found == [error]


def test_all_mistakes_are_reported_at_once(kit):
    _, found = kit({DOUGH: "## A {#rizes}\n\nA.\n", OVEN: "## B {#rises}\n\nB.\n", "audiences/x/a.md": "## C {#c}\n"})
    assert [message.partition(": error")[0] for message in found] == [
        "bread/audiences/bakers/01-dough.md:1",
        "bread/audiences/bakers/02-oven.md:1",
        "bread/audiences/x",
    ]


def test_a_file_that_leads_out_of_the_kit_is_refused(kit, write, tmp_path):
    write({"elsewhere.md": "## A {#rises}\n\nA.\n"})
    kit({})
    folder = Path("bread/audiences/bakers")
    folder.mkdir()
    (folder / "01-dough.md").symlink_to(Path("elsewhere.md").resolve())
    _, found = kit({})
    assert [message.partition(" — ")[0] for message in found] == [
        "bread/audiences/bakers/01-dough.md: error: this file is a link that leads out of the kit"
    ]
