"""Tests audiences that are like another: what they see, and what their own words replace."""

from pathlib import Path

import pytest

from workshop.content import read
from workshop.content.for_audiences import shared
from workshop.model.source import nodes, seen_sheets, seen_slides, visible, visible_to
from workshop.plan.pick_audience import for_audience, pick_audience

KIT = {
    "kit.yaml": "title: Bread\nsections: [01-dough, 02-oven]\n",
    "01-dough.md": (
        "---\nnumber: 1\ntitle: Dough\n---\n\n"
        "## It rises {#rises for=general minutes=4}\n\n- All\n- Some {for=general}\n- Others {for=-general}\n\n---\n\nStill rising.\n\n"
        "## It rests {#rests for=-general}\n\nA.\n\n"
        "## It is weighed {#weighed for=bakers}\n\n![](exercise:salt)\n"
    ),
    "02-oven.md": "---\nnumber: 2\ntitle: Oven\nfor: general\n---\n\n## It is hot {#heat}\n\nA.\n",
    "exercises/01-dough.md": (
        "---\nstage: dough\ntitle: Weigh\naim: You weigh.\n---\n\n"
        "## Water {#water for=general}\n\n::: task\nT\n:::\n\n::: solution\nS\n:::\n\n"
        "## Salt {#salt}\n\n::: task\nT\n:::\n\n::: solution\nS\n:::\n"
    ),
    "audiences/general.yaml": "title: Everybody\noccasion: For all\nidle: 12\nweights: {dough: 2, oven: 3}\nminutes: {rises: 9}\n",
    "audiences/bakers.yaml": "title: Bakers\n",
}
NURSES = "title: Nurses\nlike: general\nweights: {oven: 1}\nminutes: 75\n"


@pytest.fixture
def kit(write):
    """Load the kit with an overlay of these files laid over it."""

    def lay(files, kit=None):
        write({f"bread/{name}": text for name, text in {**KIT, **(kit or {})}.items()})
        write({f"ward/{name}": text for name, text in files.items()})
        content, found = read(Path("bread"), None, [Path("ward")] if files else [])
        return content, [str(problem) for problem in found]

    return lay


def seen(content, audience):
    return [
        slide.id for stage in content.stages if visible(stage.attrs, audience) for slide in seen_slides(stage, audience)
    ]


def test_an_audience_sees_what_is_meant_for_the_one_that_it_is_like(kit):
    content, found = kit({"audiences/nurses.yaml": NURSES})
    assert found == []
    assert seen(content, "nurses") == seen(content, "general") == ["rises", "rises-2", "heat"]
    (sheet,) = seen_sheets(content, content.stages)
    assert [task.id for task in sheet.exercises if visible(task.attrs, "nurses")] == ["water", "salt"]
    words = [getattr(node, "text", "") for node in nodes(content.stages[0].slides[0], "nurses")]
    assert "".join(filter(None, words)) == "It risesAllSome"


def test_its_own_keys_count_and_all_others_are_taken_over(kit):
    content, _ = kit({"audiences/nurses.yaml": NURSES})
    nurses = pick_audience(content, "nurses")
    assert (nurses.title, nurses.meta.idle, nurses.meta.occasion) == ("Nurses", 12, "For all")
    assert nurses.meta.weights == {"dough": 2, "oven": 1}
    assert nurses.meta.lengths == {"rises": 9}
    assert for_audience(content, nurses).meta.minutes == 75


@pytest.mark.parametrize("mark", ["{#rises for=nurses}", "{#rises for=nurses minutes=2}"])
def test_its_own_words_replace_a_slide_for_it_alone(kit, mark):
    content, found = kit({"audiences/nurses.yaml": NURSES, "s.md": f"## Ours {mark}\n\nB.\n"})
    assert found == []
    first = {a: seen_slides(content.stages[0], a)[0] for a in ("general", "nurses")}
    assert [first[a].title[0].text for a in ("general", "nurses")] == ["It rises", "Ours"]
    assert seen(content, "nurses") == ["rises", "heat"]  # the continuation went with the slide that it continues


def test_a_slide_can_be_dropped_for_it_alone(kit):
    content, found = kit({"audiences/nurses.yaml": NURSES, "s.md": "## {#rises .drop for=nurses}\n"})
    assert found == []
    assert seen(content, "general") == ["rises", "rises-2", "heat"]
    assert seen(content, "nurses") == ["heat"]


def test_in_one_kit_a_slide_of_the_same_name_replaces_the_one_it_would_take_over(kit):
    more = {
        "01-dough.md": KIT["01-dough.md"] + "\n## Ours {#rises for=nurses}\n\nB.\n",
        "audiences/nurses.yaml": NURSES,
    }
    content, found = kit({}, more)
    assert found == []
    assert seen(content, "nurses") == ["rises", "heat"]
    assert seen_slides(content.stages[0], "nurses")[0].title[0].text == "Ours"


def test_a_chosen_audience_can_be_told_apart_from_one_that_is_like_it(kit):
    more = {
        "01-dough.md": KIT["01-dough.md"].replace("Some {for=general}", "Some {for=general,-nurses}"),
        "audiences/nurses.yaml": NURSES,
    }
    content, found = kit({}, more)
    assert found == []
    words = [getattr(node, "text", "") for node in nodes(content.stages[0].slides[0], "nurses")]
    assert "".join(filter(None, words)) == "It risesAll"


def test_an_overlays_audience_that_is_like_nobody_is_like_the_kits_own(kit):
    content, found = kit({"audiences/nurses.yaml": "title: Nurses\n"})
    assert seen(content, "nurses") == seen(content, "general")
    (told,) = found
    assert told.startswith("ward/audiences/nurses.yaml:1: advice: this audience is taken to be like 'general' — ")
    assert told.endswith("write like: general, or name another: bakers, general")


def test_an_audience_that_is_like_itself_changes_single_keys_of_the_kits_own(kit):
    content, found = kit({"audiences/general.yaml": "title: All\nlike: general\nidle: 5\n"})
    general = pick_audience(content, "general").meta
    assert found == []
    assert (general.title, general.idle, general.occasion) == ("All", 5, "For all")


def test_an_audience_that_is_like_itself_keeps_its_title_unless_it_has_another(kit):
    content, found = kit({"audiences/general.yaml": "like: general\nidle: 5\n"})
    general = pick_audience(content, "general").meta
    assert found == []
    assert (general.title, general.idle) == ("Everybody", 5)


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"nurses": "title: N\nlike: genral\n"}, "nurses.yaml:2: error: there is no audience 'genral' to be like — did you mean 'general'?"),
        ({"nurses": "title: N\nlike: nurses\n"}, "nurses.yaml:2: error: 'nurses' is like 'nurses', which leads back to itself"),
        ({"a": "title: A\nlike: b\n", "b": "title: B\nlike: a\n"}, "b.yaml:2: error: 'b' is like 'a', which leads back to itself"),
    ],
)  # fmt: skip
def test_an_audience_can_be_like_another_one_only(kit, files, told):
    _, found = kit({f"audiences/{name}.yaml": text for name, text in files.items()})
    assert any(told in problem for problem in found)


LIKES = {"nurses": ("general",), "night": ("nurses", "general"), "pupils": ("students",)}


@pytest.mark.parametrize("text", ["", "general", "-general", "nurses", "-nurses", "general,-night", "students", "-students", "general,students"])  # fmt: skip
def test_a_list_that_names_an_audience_nowhere_covers_it_as_it_covers_the_nearest_that_it_is_like(text):
    (spelled,) = shared([("", text)], LIKES)
    names = text.replace("-", "").split(",")
    for audience in ("general", "students", *LIKES):
        line = (audience, *LIKES.get(audience, ()))
        nearest = next((name for name in line if name in names), audience)
        assert visible_to(spelled, audience) is visible_to(text, nearest), audience
