"""Tests the facts that a section names in its front matter."""

from pathlib import Path

import pytest

from workshop.content import read
from workshop.model.walk import expressions_in

KIT = {"kit.yaml": "title: Bread\nsections: [01-dough]\n", "audiences/general.yaml": "title: Everybody\n"}
SLIDE = '## It rises {#rises claim="rises"}\n\n- {{ gain | bits }} at {{ oven.heat }}\n'


@pytest.fixture
def kit(write):
    """Load a kit whose one section has these facts and slides."""

    def lay(facts, slides=SLIDE, more=None):
        front = "---\nnumber: 1\ntitle: Dough\nfacts:\n" + "".join(f"  {line}\n" for line in facts) + "---\n\n"
        write({f"bread/{name}": text for name, text in {**KIT, "01-dough.md": front + slides, **(more or {})}.items()})
        content, found = read(Path("bread"), None)
        expressions = [text for slide in content.stages[0].slides for text, _ in expressions_in(slide, "general")]
        return expressions, [str(problem) for problem in found]

    return lay


def test_a_name_stands_for_its_expression_in_values_and_conditions(kit):
    said, found = kit(["rises: dough.last > dough.first  # it is bigger", "gain: dough.last - dough.first"])
    assert found == []
    assert said == ["(dough.last > dough.first)", "(dough.last - dough.first) | bits", "oven.heat"]


def test_a_name_is_not_looked_for_in_paths_strings_filters_and_functions(kit):
    slides = "## It rises {#rises claim=\"dough.gain == 'gain' and min(gain, 1) > 0\"}\n\n- {{ gain | gain }} {{ gain(1) }}\n"
    said, found = kit(["gain: dough.last"], slides)
    assert found == []
    assert said == ["dough.gain == 'gain' and min((dough.last), 1) > 0", "(dough.last) | gain", "gain(1)"]


def test_the_slides_of_one_audience_and_attributes_with_values_have_the_names_too(kit):
    own = {"audiences/general/01-dough.md": '## It grows {#rises claim="big" else="By {{ big }}"}\n\nA.\n'}
    said, found = kit(["big: dough.last"], more=own)
    assert found == []
    assert said == ["(dough.last)", "(dough.last)"]


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        (
            ["Rises: dough.last"],
            "bread/01-dough.md:5: error: 'Rises' can't name a fact — use small letters, digits and _, as in falls_at_last",
        ),
        (["rises: dough.last >"], "bread/01-dough.md:5: error: 'dough.last >' is not an expression"),
        (["rises: dough.last", "gain: dough.first", "rest: dough.rest"], "bread/01-dough.md:7: warning: no slide uses"),
    ],
)
def test_a_mistake_is_named_with_its_line(kit, facts, error):
    _, found = kit(facts)
    assert [message[: len(error)] for message in found] == [error]


def test_a_single_file_names_facts_too(write):
    write({"talk.md": "---\ntitle: Bread\nfacts: {big: 60 + 4}\n---\n\n## It rises\n\n{{ big }} grams.\n"})
    content, found = read(Path("talk.md"), None)
    assert found == ()
    assert [text for text, _ in expressions_in(content.stages[0].slides, None)] == ["(60 + 4)"]
