from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.content.conftest import problems_of

Kit = Callable[..., Any]
SECTIONS = "title: Bread\nsections: [01-dough, 02-oven]\n"


def two(dough: str, oven: str, dough_front: str = "", oven_front: str = "") -> dict[str, str]:
    return {
        "kit.yaml": SECTIONS,
        "01-dough.md": f"---\ntitle: Dough\n{dough_front}---\n\n{dough}",
        "02-oven.md": f"---\ntitle: Oven\n{oven_front}---\n\n{oven}",
    }


def test_slides_of_two_files_may_not_share_an_id(kit: Kit) -> None:
    found = problems_of(lambda: kit(two("## A {#a}\n", "## A {#a}\n")))
    assert found == ["5: there are two slides named 'a', the first in bread/01-dough.md:5"]


def test_they_may_if_no_audience_sees_both_sections(kit: Kit) -> None:
    content, found = kit(two("## A {#a}\n", "## A {#a}\n", "for: students\n", "for: -students\n"))
    assert not found
    assert [s.attrs.get("for") for s in content.stages] == ["students", "-students"]


BET = "## Which dough rises? {{#{id} layout=predict{more}}}\n\n- Rye\n- Oat\n"


def test_two_bets_that_somebody_sees_may_not_share_a_name(kit: Kit) -> None:
    one, two_ = (BET.format(id=name, more=' bet="The rise"') for name in ("a", "b"))
    found = problems_of(lambda: kit(two(one, two_)))
    assert found == ["5: there are two bets named 'The rise', the first in bread/01-dough.md:5"]
    shown = two(one, two_, "for: students\n", "for: -students\n")
    assert not kit(shown)[1]
    assert not kit(two(one, BET.format(id="b", more="")))[1]


@pytest.mark.parametrize("name", ["", "The long proof x"])
def test_the_name_of_a_bet_is_one_to_fourteen_characters_long(kit: Kit, name: str) -> None:
    text = BET.format(id="a", more=f' bet="{name}"')
    found = problems_of(lambda: kit(two(text, "## B {#b}\n")))
    assert found == [f"5: the name of this bet has {len(name)} characters, and its box has room for 1 to 14"]


def test_a_slide_may_not_have_the_name_of_a_numbered_section(kit: Kit) -> None:
    found = problems_of(lambda: kit(two("## A {#a}\n", "## B {#dough}\n", "number: 1\n")))
    assert found == ["5: there are two slides named 'dough', the first in bread/01-dough.md:1"]


def test_links_lead_to_slides_of_other_files_and_to_numbered_sections(kit: Kit) -> None:
    text = "## A {#a}\n\n[there](#b) [section](#oven) [back](#dough) [lost](#c)\n"
    found = problems_of(lambda: kit(two(text, "## B {#b}\n", oven_front="number: 1\n")))
    assert found == ["7: no slide is named 'c'", "7: no slide is named 'dough'"]


def test_two_sections_may_share_neither_stage_nor_number(kit: Kit) -> None:
    found = problems_of(lambda: kit(two("## A {#a}\n", "## B {#b}\n", "number: 1\n", "number: 1\nstage: bake\n")))
    assert found == ["3: bread/01-dough.md has the number 1 too"]
    found = problems_of(lambda: kit(two("## A {#a}\n", "## B {#b}\n", "", "stage: dough\n")))
    assert found == ["1: bread/01-dough.md has the stage 'dough' too"]


def test_needs_name_slides_of_any_section_and_not_the_slide_itself(kit: Kit) -> None:
    found = problems_of(lambda: kit(two("## A {#a needs=b,bb}\n", "## B {#b needs=b}\n")))
    assert found == ["5: no slide is named 'bb'", "5: a slide cannot need itself"]


def test_objectives_and_material_may_need_slides(kit: Kit) -> None:
    front = 'objectives: ["weigh {needs=a}", "bake {needs=c}"]\nmaterial: ["scales {needs=a,b}"]\n'
    found = problems_of(lambda: kit(two("## A {#a}\n", "## B {#b}\n", front)))
    assert found == ["3: no slide is named 'c'"]


def test_blocks_and_weights_name_sections(kit: Kit) -> None:
    files = two("## A {#a}\n", "## B {#b}\n") | {"audiences/general.yaml": "title: All\nweights: {doug: 2}\n"}
    files["kit.yaml"] = SECTIONS + "blocks:\n  - {title: Tea, minutes: 20, after: ovem}\n"
    assert problems_of(lambda: kit(files)) == [
        "1: no section is named 'doug'",
        "4: no section or moment is named 'ovem'",
    ]


def test_an_unlisted_file_named_like_a_section_is_reported(kit: Kit) -> None:
    files = two("## A {#a}\n", "## B {#b}\n") | {
        "03-extra.md": "---\ntitle: Extra\n---\n\n## C {#c}\n",
        "README.md": "x",
    }
    assert problems_of(lambda: kit(files)) == ["2: '03-extra.md' isn't a section"]


def test_a_moment_shows_no_slide_in_a_slot_that_lacks_what_it_needs(kit: Kit) -> None:
    moments = "moments:\n  - {id: rise, from: 45, slides: [a, {b: 120}]}\n"
    message = "from 45 minutes on moment 'rise' shows the slide 'a', which needs 'b', and that is shown only from 120 minutes on"
    files = two("## A {#a needs=b}\n\n## B {#b}\n", "## C {#c}\n", moments)
    assert problems_of(lambda: kit(files)) == [f"4: {message}"]
    own = "title: All\nmoments:\n  dough:\n    - {id: rise, from: 45, slides: [a, {b: 120}]}\n"
    files = two("## A {#a needs=b}\n\n## B {#b}\n", "## C {#c}\n") | {"audiences/general.yaml": own}
    assert problems_of(lambda: kit(files)) == [f"4: {message}"]


def test_in_another_moment_that_slide_may_come_earlier(kit: Kit) -> None:
    moments = "moments:\n  - {id: rise, from: 45, slides: [a, {b: 120}]}\n  - {id: rest, to: 44, slides: [b]}\n"
    assert not kit(two("## A {#a needs=b}\n\n## B {#b}\n", "## C {#c}\n", moments))[1]
