"""HTML tags among Markdown: whatever the order in which they end, the Markdown around them ends where it says."""

from collections.abc import Callable
from typing import Any

import pytest

Talk = Callable[[str], Any]


@pytest.mark.parametrize(
    ("typed", "linked", "strong"),
    [
        ("[Bread </a> it](https://a.org) after", "Bread  it", ""),
        ("[x <b> y](https://a.org) after", "x  y", " y"),
        ("<b>a [x</b> y](https://a.org) b</b> after", "x y", "a x y b"),
        ("[x <b>y</strong> z](https://a.org) after", "x y z", "y"),
    ],
)
def test_a_tag_that_begins_or_ends_within_a_link_neither_ends_the_link_nor_goes_on_after_it(
    talk: Talk, typed: str, linked: str, strong: str
) -> None:
    content, _ = talk(f"## One\n\n{typed}\n")
    (paragraph,) = content.stages[0].slides[0].blocks
    texts = list(told(paragraph.children))
    assert "".join(text for text, inside in texts if "Link" in inside) == linked
    assert "".join(text for text, inside in texts if "Strong" in inside) == strong
    assert texts[-1] == (" after", ())


def told(nodes: Any, inside: tuple[str, ...] = ()) -> Any:
    """Yield each text with the names of the nodes around it."""
    for node in nodes:
        if hasattr(node, "text"):
            yield node.text, inside
        else:
            yield from told(node.children, (*inside, type(node).__name__))


def test_text_before_the_next_tag_stays_when_a_lone_bracket_begins_no_tag(talk: Talk) -> None:
    content, _ = talk("## One\n\nWords <not a tag, and more <b>bold</b> after\n")
    (paragraph,) = content.stages[0].slides[0].blocks
    assert "".join(text for text, _ in told(paragraph.children)) == "Words <not a tag, and more bold after"


def test_what_stands_in_a_div_that_a_list_leaves_open_stays(talk: Talk) -> None:
    content, _ = talk("## One\n\n- item\n  <div>\n  inside\n\n  - deeper\n\n## Two\n\nafter\n")
    assert all(word in repr(content.stages[0].slides[0].blocks) for word in ("item", "inside", "deeper"))
