"""Long addresses on the slides of a talk."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.layout.samples import bullets, slide, table
from workshop.layout.addresses import HYPHEN, MAY_BREAK, breakable, with_breaks
from workshop.layout.measure import PLAIN, Ruler
from workshop.model.blocks import Run
from workshop.themes.beds import light

LONG = "https://www.example.org/a-long/path-with-hyphens/and?query=some-thing&other=more.html"


def test_an_address_breaks_after_slashes_and_signs_and_before_full_stops() -> None:
    rows = [row.text for row in Ruler(light()).rows((Run(breakable(LONG)),), 200, 20, PLAIN)]
    assert len(rows) > 2
    assert "".join(rows).replace(MAY_BREAK, "").replace(HYPHEN, "-") == LONG
    for row, after in pairwise(rows):
        assert row.rstrip(MAY_BREAK)[-1] in "/?&=" or after.startswith(".")


def test_words_and_short_addresses_stay_as_they_are() -> None:
    for text in ("well-known and/or a.b.c", "https://a-b.org", "no address at all"):
        assert breakable(text) == text


def test_a_slide_without_an_address_is_the_very_same() -> None:
    plain = slide("content", "Title", (("main", (bullets("one", "two"), table("a|b", "c|d"))),))
    assert with_breaks(plain) is plain
    linked = slide("content", "Title", (("main", (bullets("one", LONG), table("a|b", f"c|{LONG}"))),))
    changed = with_breaks(linked)
    assert MAY_BREAK in changed.slot("main")[0].lines[1].text  # type: ignore[union-attr]
    assert MAY_BREAK in changed.slot("main")[1].rows[0][1][0].text  # type: ignore[union-attr]


@given(st.text(alphabet="ab-/.?&= :wh", max_size=60))
def test_nothing_but_signs_that_nobody_sees_is_added(text: str) -> None:
    for given_text in (text, f"https://{text}"):
        assert breakable(given_text).replace(MAY_BREAK, "").replace(HYPHEN, "-") == given_text
