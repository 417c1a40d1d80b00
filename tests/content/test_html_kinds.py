"""HTML as CommonMark's seven kinds of block and the manuals of the tools have it: what a browser would show is on the slide."""

from pathlib import Path
from typing import Any

import pytest

from tests.content.test_html_tree import outline
from workshop.build import prepare
from workshop.content.markdown_file import parse_document
from workshop.content.reading import Scope
from workshop.content.split_slides import split_slides
from workshop.errors import Report
from workshop.model.policy import TALK
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry

Case = tuple[str, str, list[Any]]  # the tool, the source, and the blocks of its first slide
COLUMNS = [{"columns": [{"column": ["Left"]}, {"column": ["Right"]}]}]

SCRIPTS: list[Case] = [  # 1: what isn't Markdown inside
    ("marp", "<script>\nlet a = 1;\n\nlet b = 2;\n</script>\nokay", ["okay"]),
    ("marp", "<style scoped>\nh1 { color: red }\n\np { color: blue }\n</style>\n\nWords", ["Words"]),
    ("slidev", "<style>\n.a { b: c }\n</style>\n\nWords", ["Words"]),
    ("marp", "<pre>\nint a;\n\n  int b;\n</pre>\n\nafter", ["int a;\n\n  int b;\n", "after"]),
    ("marp", '<pre><code class="language-c">a &lt; b\n</code></pre>', ["a < b\n"]),
    ("marp", "<style>p{color:red;}</style>\n*foo*", ["foo"]),
    ("quarto", "<style>\np { margin: 0 }\n</style>\n\nWords", ["Words"]),
    ("remark", "<script>\nvar x = '<p>no</p>';\n</script>\n\nWords", ["Words"]),
    ("reveal", "<script>\nfor (;;) {}\n</script>\n\nWords", ["Words"]),
]
COMMENTS: list[Case] = [  # 2
    ("pandoc", "<!-- Foo\n\nbar\n   baz -->\nokay", ["okay"]),
    ("pandoc", "  <!-- foo -->\n\nWords", ["Words"]),
    ("quarto", "Before\n\n<!-- not said -->\n\nAfter", ["Before", "After"]),
    ("remark", "Before <!-- in it --> after", ["Before  after"]),
    ("reveal", '<!-- .slide: data-background="#ff0000" -->\n\nWords', ["Words"]),
    ("reveal", 'Item <!-- .element: class="fragment" -->', ["Item"]),
    ("marp", "<!-- _class: lead -->\n\n- a\n- b", [[["a"], ["b"]]]),
    ("marp", "<div>\n<!-- in a box -->\n<p>Words</p>\n</div>", ["Words"]),
]
INSTRUCTIONS: list[Case] = [  # 3, 4 and 5
    ("marp", "<?php\n\n  echo '>';\n\n?>\nokay", ["okay"]),
    ("slidev", '<?xml version="1.0"?>\n\nWords', ["Words"]),
    ("marp", "<!DOCTYPE html>\n\nWords", ["Words"]),
    ("pandoc", "<!DOCTYPE html>\n\nWords", ["Words"]),
    ("marp", "<![CDATA[\nfunction matchwo(a,b)\n]]>\nokay", ["okay"]),
]
BLOCKS: list[Case] = [  # 6: tags of blocks, up to an empty line
    ("marp", "<table><tr><th>a</th></tr>\n<tr><td>hi</td></tr></table>\n\nokay.", [[["a"], ["hi"]], "okay."]),
    ("marp", '<DIV CLASS="foo">\n\n*Markdown*\n\n</DIV>', ["Markdown"]),
    ("marp", '<div id="foo"\n  class="bar">\n</div>\n\nWords', ["Words"]),
    ("marp", "<div>\n*foo*\n\n*bar*", ["*foo*", "bar"]),
    ("marp", '<div><a href="bar">*foo*</a></div>', ["*foo*"]),
    ("marp", "<table><tr><td>\nfoo\n</td><td>b</td></tr></table>", [[["foo", "b"]]]),
    ("marp", "- foo\n\n  <div>\n  bar\n  </div>", [[["foo", "bar"]]]),
    ("marp", "> <div>\n> foo\n\nbar", [{"box": ["foo"]}, "bar"]),
    ("marp", "Foo\n<div>\nbar\n</div>", ["Foo", "bar"]),
    ("marp", "<ul>\n<li>one</li>\n<li>two <b>bold</b></li>\n</ul>", [[["one"], ["two bold"]]]),
    ("marp", '<ol start="3"><li>three<li>four</ol>', [[["three"], ["four"]]]),
    ("marp", "<blockquote>Said <em>so</em>.</blockquote>", [{"box": ["Said so."]}]),
    ("marp", "<dl><dt>Term</dt><dd>Meaning</dd></dl>", ["Term", "Meaning"]),
    ("marp", "<h3>Head</h3>\n<p>Text</p>", ["Head", "Text"]),
    ("marp", "<center>\n\n**Middle**\n\n</center>", ["Middle"]),
    ("marp", "<details>\n<summary>More</summary>\n\nHidden\n\n</details>", ["More", "Hidden"]),
    ("marp", "<p>one\n<p>two", ["one", "two"]),
    ("marp", "<hr>\n\nWords", ["Words"]),
]
ALONE: list[Case] = [  # 7: any whole tag alone on its line
    ("marp", '<a href="foo">\n*bar*\n</a>', ["*bar*"]),
    ("slidev", "<Warning>\n*bar*\n</Warning>", ["*bar*"]),
    ("slidev", '<i class="foo">\n*bar*\n</i>', ["*bar*"]),
    ("marp", "</ins>\n*bar*", ["*bar*"]),
    ("marp", "<del>*foo*</del>", ["foo"]),
    ("marp", "a line with <br>a break", ["a line with a break"]),
]
MANUALS: list[Case] = [
    ("marp", '<div class="columns">\n<div>\n\nLeft\n\n</div>\n<div>\n\nRight\n\n</div>\n</div>', COLUMNS),
    ("marp", '<div style="display: grid; grid-template-columns: 1fr 1fr">\n<div>Left</div>\n<div>Right</div>\n</div>', COLUMNS),
    ("slidev", '<div class="grid grid-cols-2 gap-4">\n<div>\n\nLeft\n\n</div>\n<div>\n\nRight\n\n</div>\n</div>', COLUMNS),
    ("slidev", '<div class="flex">\n  <div>Left</div>\n  <div>Right</div>\n</div>', COLUMNS),
    ("slidev", "<v-click>\n\nHello **World**\n\n</v-click>", ["Hello World"]),
    ("slidev", '<div v-click class="text-xl p-2">Hey!</div>', ["Hey!"]),
    ("slidev", "<v-clicks>\n\n- Item 1\n- Item 2\n\n</v-clicks>", [[["Item 1"]], [["Item 2"]]]),
    ("slidev", '<arrow x1="10" y1="20" x2="100" y2="200" />\n\nWords', ["Words"]),
    ("slidev", '<Tweet id="1390115482657726468" />\n\nWords', ["Words"]),
    ("reveal", '<p class="fragment">Fade in</p>', ["Fade in"]),
    ("reveal", "<section>\n\nInner\n\n</section>", ["Inner"]),
    ("reveal", '<div class="r-stack">\n  <p>One</p>\n  <p>Two</p>\n</div>', ["One", "Two"]),
    ("remark", '<div class="row">\n<div class="column">Left</div>\n<div class="column">Right</div>\n</div>', COLUMNS),
    ("quarto", '<div class="box">\n\nWith *Markdown*\n\n</div>', ["With Markdown"]),
    ("pandoc", "<div>\n*Markdown* between\n</div>", ["Markdown between"]),
    ("pandoc", "<center>Middle</center>", ["Middle"]),
    ("deckset", "One<br/>Two", ["OneTwo"]),
    ("deckset", "H<sub>2</sub>O and x<sup>2</sup>", ["H2O and x2"]),
]  # fmt: skip
ELSEWHERE = ("marp", "<script>\nfoo\n</script>1. *bar*", ["1. *bar*"])  # the line is left out, and its words are named
SUITE = (*SCRIPTS, *COMMENTS, *INSTRUCTIONS, *BLOCKS, *ALONE, *MANUALS)


def said(tool: str, source: str) -> list[Any]:
    """Return the blocks of a talk's first slide, as nested lists of their words."""
    report = Report(lenient=True)
    document = parse_document(
        f"# One\n\n{source}\n\n---\n\n# Two\n\nEnd\n",
        Path("talk.md"),
        Scope(policy=TALK, root=Path()),
        report,
        tool=tool,
    )
    assert document is not None
    return trimmed(outline(split_slides(document)[0].blocks))


def trimmed(found: Any) -> Any:
    """Return nested words without the space around them, and without pauses."""
    if isinstance(found, str):
        return found.strip(" ")
    if isinstance(found, dict):
        return {name: trimmed(inner) for name, inner in found.items()}
    return [trimmed(inner) for inner in found if inner != ""]


def test_the_suite_has_sixty_sources_and_more() -> None:
    assert len(SUITE) >= 60


def test_words_after_a_script_on_its_last_line_are_not_shown_but_named(tmp_path: Path) -> None:
    tool, source, shown = ELSEWHERE
    assert said(tool, source) != shown
    path = tmp_path / "talk.md"
    path.write_text(f"---\nmarp: true\n---\n\n# One\n\n{source}\n", "utf-8")
    _, problems = prepare(path, Request(), standard_registry(), base=None)
    assert [problem.message for problem in problems if problem.code == "words"] == ["2 words are nowhere: “1. *bar*”"]


@pytest.mark.parametrize(("tool", "source", "shown"), SUITE)
def test_what_a_browser_would_show_is_on_the_slide(tool: str, source: str, shown: list[Any]) -> None:
    assert said(tool, source) == shown
