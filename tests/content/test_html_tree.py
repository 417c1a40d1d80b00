"""HTML among Markdown: whatever opens or closes where, each word stays on its slide, and what belongs together stays together."""

import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workshop.content.html_source import DEEPEST, attributes
from workshop.content.inline_reader import plain
from workshop.content.markdown_file import parse_document
from workshop.content.reading import Scope
from workshop.content.split_slides import split_slides
from workshop.errors import Report
from workshop.model.policy import TALK

Talk = Callable[[str], Any]
MARP = "---\nmarp: true\n---\n\n# One\n\n"
REST = "\n\n---\n\n## Two\n\nSecond words.\n"


def outline(blocks: Any) -> list[Any]:
    """Return blocks as nested lists of their words."""
    found: list[Any] = []
    for block in blocks:
        if hasattr(block, "items"):
            found.append([outline(item.blocks) for item in block.items])
        elif hasattr(block, "rows"):
            found.append([[plain(cell) for cell in row] for row in (block.header, *block.rows)])
        elif hasattr(block, "blocks"):
            found.append({block.name if hasattr(block, "name") else "box": outline(block.blocks)})
        else:
            found.append(getattr(block, "text", "") or plain(getattr(block, "children", ())))
    return found


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<div>\n  <div>\n\n- A list\n\n  </div>\n\n</div>", [[["A list"]]]),
        ('<div class="box">\n\nInside.', ["Inside."]),
        ("First.\n\n</div>\n</section>", ["First."]),
        ('<div class="card">\n\n    <h3>Title</h3>\n\n    Words with **bold**.\n\n</div>', ["Title", "Words with bold."]),
        (
            '<div class="grid grid-cols-2">\n<div>\n\nLeft\n\n</div>\n<div>\n\n- a\n- b\n\n</div>\n</div>',
            [{"columns": [{"column": ["Left"]}, {"column": [[["a"], ["b"]]]}]}],
        ),
        (
            '<div style="display:flex">\n  <div><h3>A</h3><p>one</p></div>\n  <div><h3>B</h3><p>two</p></div>\n</div>',
            [{"columns": [{"column": ["A", "one"]}, {"column": ["B", "two"]}]}],
        ),
        ('<div style="display:flex;flex-direction:column"><div>one</div><div>two</div></div>', ["one", "two"]),
        (
            '<div class="grid grid-cols-2">' + "".join(f"<div>{k}</div>" for k in "abcd") + "</div>",
            [{"columns": [{"column": ["a"]}, {"column": ["b"]}]}, {"columns": [{"column": ["c"]}, {"column": ["d"]}]}],
        ),
        (
            '<div style="display:grid; grid-template-columns: 2fr repeat(2, minmax(0, 1fr))">'
            + "".join(f"<div>{text}</div>" for text in ("", "Web", "App", "Sound", "yes", "no"))
            + "</div>",
            [[["", "Web", "App"], ["Sound", "yes", "no"]]],
        ),
        (
            '<div class="grid grid-cols-5"><div class="col-span-5">A</div>'
            + "".join(f"<p>{k}</p>" for k in "bcdef")
            + "</div>",
            ["A", "b", "c", "d", "e", "f"],
        ),
        ("<div><span>sea</span><span>coast</span></div>", ["sea coast"]),
        ("<div><b>s</b><i>ea</i></div>", ["sea"]),
        ("<ul>\n    <li>First</li>\n    <li>Second <b>strong</b></li>\n</ul>", [[["First"], ["Second strong"]]]),
        (
            "<table>\n  <tr><th>City</th><th>Trees</th></tr>\n  <tr><td>Bonn</td><td>4640</td></tr>\n</table>",
            [[["City", "Trees"], ["Bonn", "4640"]]],
        ),
        ("<table><tr><td>cell</td></tr>loose</table>", ["cell", "loose"]),
        ('<pre><code class="language-python">a &lt; b\n\nc()</code></pre>', ["a < b\n\nc()\n"]),
        ("<details><summary>More</summary>\n\nHidden.\n\n</details>", ["More", "Hidden."]),
        ("<div>a <3 b, <DON’T CLICK> and x < y</div>", ["a <3 b, <DON’T CLICK> and x < y"]),
        ("<p>one<p>two</div> three", ["one", "two three"]),
        ("1. Item\n\n   <div>\n   in item\n\n2. Other\n\n</div>\n\nTail.", [[["Item", "in item"], ["Other"]], "Tail."]),
        ("> <div>\n> quoted\n\nafter", [{"box": ["quoted"]}, "after"]),
        ("<div><style>\n.a { b: c }\n\n.d { e: f }\n</style>\n\nWords.\n\n</div>", ["Words."]),
    ],
)  # fmt: skip
def test_what_a_slide_says_in_html_is_said_in_our_blocks(talk: Talk, html: str, said: list[Any]) -> None:
    content, _ = talk(MARP + html + REST)
    one, two = content.stages[0].slides
    assert outline(one.blocks) == said
    assert outline(two.blocks) == ["Second words."]


def test_a_slide_ends_all_that_is_open_also_where_headings_begin_slides(talk: Talk) -> None:
    content, _ = talk(
        '## One\n\n<div class="a">\n\nfirst\n\n## Two\n\nsecond\n\n<div>\n\n## Inside\n\nthird\n\n</div>\n'
    )
    assert [plain(slide.title) for slide in content.stages[0].slides] == ["One", "Two"]
    assert outline(content.stages[0].slides[1].blocks) == ["second", "Inside", "third"]


def test_components_keep_their_names_in_messages_and_their_words_on_the_slide(talk: Talk) -> None:
    text = '---\ntheme: seriph\nlayout: cover\n---\n\n# One\n\n---\nlayout: center\n---\n\n# Two\n\n<Card title="x">\n    <p>Words</p>\n</Card>\n\n<Counter :count="3 > 2" />\n\n<v-click>\n\nfirst\n\n</v-click>\n\n<v-click>\n\nlast\n\n</v-click>\n'
    content, problems = talk(text)
    assert outline(content.stages[0].slides[1].blocks)[0] == "Words"
    messages = [problem.message for problem in problems]
    assert "names that mean nothing here are ignored: <Card>, layout:" in messages
    assert "<Counter> is left out" in messages


def test_notes_in_a_comment_inside_an_element_are_notes_also_over_empty_lines(talk: Talk) -> None:
    content, _ = talk(MARP + "<div>\n<!-- say this\n\nand that -->\nshown\n</div>" + REST)
    slide = content.stages[0].slides[0]
    assert (outline(slide.blocks), outline(slide.notes)) == (["shown"], ["say this", "and that"])


@pytest.mark.parametrize("tag", ["div", "b", "Card", "p"])
def test_ten_thousand_open_tags_lose_no_word(talk: Talk, tag: str) -> None:
    line = f"<{tag}>" * 100
    content, _ = talk(MARP + f"<div>\n{'word '.join([line] * 100)}last\n</div>" + REST)
    assert repr(content.stages[0].slides[0].blocks).count("word") == 99
    assert DEEPEST < 256


def test_attributes_are_read_as_a_browser_reads_them() -> None:
    assert attributes("<img src='a.png' width=30% @click=\"go\" alt=\"a &amp; b\">") == {
        "src": "a.png", "width": "30%", "alt": "a & b",
    }  # fmt: skip


TAGS = [
    "div",
    "div",
    "section",
    "p",
    "span",
    "b",
    "ul",
    "table",
    "details",
    "center",
    "article",
    "blockquote",
    "Card",
    "v-clicks",
]
FRONTS = ("marp: true", "theme: seriph\ntransition: none", "format: revealjs", "title: T")


def made_up(random: random.Random) -> tuple[str, int]:
    """Return a talk with sloppy HTML, in which each word stands once, and how many words it has."""
    count = 0

    def words(number: int = 2) -> str:
        nonlocal count
        count += number
        return " ".join(f"w{k}q" for k in range(count - number + 1, count + 1))

    def line() -> list[str]:
        indent, tag = " " * random.choice([0, 0, 0, 2, 4, 6]), random.choice(TAGS)
        kinds: list[Callable[[], list[str]]] = [
            lambda: [f'{indent}<{tag} class="x{random.choice(["", " grid", " flex"])}">'],
            lambda: [f"{indent}</{tag}>"],
            lambda: [f"{indent}<{tag}>{words()}</{random.choice([tag, tag, 'div'])}> {words(1)}"],
            lambda: [f"{indent}- {words()}"],
            lambda: [f"{indent}1. {words()} <b>{words(1)}"],
            lambda: [f"{indent}```", f"{indent}{words()}", f"{indent}```"],
            lambda: [f"{indent}> {words()}"],
            lambda: [f"{indent}<li>{words()}<td>{words(1)}"],
            lambda: [f"a <3 {words(1)} <DON’T {words(1)}> {words(1)} <i>{words(1)}</i>"],
            lambda: [f"{indent}{words()} **{words(1)}**"],
        ]
        return random.choices(kinds, weights=(25, 20, 10, 10, 5, 5, 5, 4, 3, 13))[0]()

    text = ["---", random.choice(FRONTS), "---", ""]
    for number in range(random.randint(2, 4)):
        text += ["", "---", ""] if number else []
        text += [f"# {words()}", ""]
        for _ in range(random.randint(2, 9)):
            text += [*line(), *([""] if random.random() < 0.5 else [])]
    return "\n".join(text) + "\n", count


def lost(seed: int, folder: Path) -> list[int]:
    """Return the numbers of the words that neither the slides of a talk nor a message have."""
    text, count = made_up(random.Random(seed))
    report = Report()
    document = parse_document(text, folder / "talk.md", Scope(policy=TALK, root=folder), report)
    assert document is not None
    said = set(re.findall(r"w(\d+)q", repr(split_slides(document)) + repr(report.found)))
    return [number for number in range(1, count + 1) if str(number) not in said]


def test_talks_with_sloppy_html_lose_no_word(tmp_path: Path) -> None:
    assert {seed: words for seed in range(300) if (words := lost(seed, tmp_path))} == {}


@pytest.mark.slow
def test_thousands_of_talks_with_sloppy_html_lose_no_word(tmp_path: Path) -> None:
    assert {seed: words for seed in range(300, 6000) if (words := lost(seed, tmp_path))} == {}
