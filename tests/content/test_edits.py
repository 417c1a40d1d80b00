"""Tests the merge of a slide that somebody changed and that the kit has changed since."""

from collections.abc import Mapping
from itertools import product

import pytest

from workshop.content.edits import merged

BASE = """## The price falls {#price minutes=3 claim="a > b"}

- Cheap models
- Small models
- Old models

::: notes
**Say** Look at it.

**Next** And now?
:::
"""
# what may change -> how the kit changes it, and how you do
CHANGES: Mapping[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "title": (("The price falls", "The price sinks"), ("The price falls", "The price drops")),
    "line": (("Cheap models", "Cheaper models"), ("Cheap models", "Free models")),
    "note": (("Look at it.", "Look closely."), ("Look at it.", "Look twice.")),
    "deletion": (("- Old models\n", ""), ("- Old models\n", "- Ancient models\n")),
    "order": (
        ("- Cheap models\n- Small", "- Small models\n- Cheap"),
        ("- Cheap models\n- Small", "- Small ones\n- Cheap"),
    ),
    "attribute": (("minutes=3", "minutes=4"), ("minutes=3", "minutes=5")),
    "new": (("- Old models\n", "- Old models\n- New models\n"), ("- Old models\n", "- Old models\n- Own models\n")),
    "two": (("Look at it.\n\n**Next** And now?", "See.\n\n**Next** And then?"), ("And now?", "And you?")),
}


def changed(text, change):
    old, new = change
    assert old in text
    return text.replace(old, new)


@pytest.mark.parametrize("what", CHANGES)
@pytest.mark.parametrize("who", ["neither", "kit", "you", "both alike", "both differ"])
def test_one_change_of_each_kind_by_each_side(what, who):
    theirs, own = CHANGES[what]
    kit = changed(BASE, theirs) if who in ("kit", "both alike", "both differ") else BASE
    yours = BASE
    if who in ("you", "both differ"):
        yours = changed(BASE, own)
    elif who == "both alike":
        yours = kit
    found = merged(BASE, kit, yours)
    wanted = {"neither": BASE, "kit": kit, "you": yours, "both alike": kit}
    if who != "both differ":
        assert found == type(found)(wanted[who], ())
    elif what != "two":
        assert found.text == yours
        assert len(found.clashes) == 1
    else:  # the kit's other change in the same notes counts
        assert "**Say** See." in found.text
        assert "And you?" in found.text
        assert found.clashes == (("**Next** And then?", "**Next** And you?"),)


@pytest.mark.parametrize(
    ("one", "other"), [pair for pair in product(list(CHANGES)[:6], repeat=2) if pair[0] != pair[1]]
)
def test_changes_in_different_places_are_both_made(one, other):
    kit, yours = changed(BASE, CHANGES[one][0]), changed(BASE, CHANGES[other][1])
    found = merged(BASE, kit, yours)
    if len({one, other} & {"line", "order", "deletion"}) == 2 and found.clashes:  # they are about the same lines
        assert found.text == yours
    else:
        assert found.text == changed(kit, CHANGES[other][1])
        assert found.clashes == ()


def test_attributes_of_yours_stay_and_the_kits_new_ones_come():
    kit = BASE.replace('minutes=3 claim="a > b"', 'minutes=4 claim="a > c" .must')
    yours = BASE.replace("minutes=3", "minutes=3 for=general")
    found = merged(BASE, kit, yours)
    assert found.text.splitlines()[0] == '## The price falls {#price minutes=4 for=general claim="a > c" .must}'
    assert found.clashes == ()


def test_a_title_may_have_values_and_no_attributes():
    base, kit, yours = "## {{ a.b }} falls\n\nA.\n", "## {{ a.b }} sinks\n\nA.\n", "## {{ a.b }} falls\n\nB.\n"
    assert merged(base, kit, yours).text == "## {{ a.b }} sinks\n\nB.\n"


def test_what_both_changed_is_told_with_both_texts():
    kit, yours = changed(BASE, CHANGES["line"][0]), changed(BASE, CHANGES["line"][1])
    assert merged(BASE, kit, yours).clashes == (("- Cheaper models", "- Free models"),)
