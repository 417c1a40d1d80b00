"""The account of words: each word of a file is in some token, and what a talk says is found again, or named with its lines."""

from pathlib import Path

import pytest
from markdown_it.common.html_re import HTML_TAG_RE

from workshop.content import read
from workshop.content.markdown_file import parse_document
from workshop.content.reading import Scope
from workshop.content.rules import drawn_tables, html
from workshop.content.words import Nowhere, missing, words_of
from workshop.errors import Report
from workshop.model.policy import KIT, TALK

TOOLS = ("pandoc", "quarto", "marp", "slidev", "remark", "deckset", "reveal")
SIGNS = """\
# A heading {#name .class width=40%}

Words with `code`, **bold**<b>ness</b>, [a link](https://example.org/where "title"), a [reference][label], $x^2$, &eacute;clair,
H~2~O, a [span]{.red}, https://example.org/plain, <https://example.org/in-brackets>, .red[classes], a note[^1], and one^[in place].

[label]: https://example.org/elsewhere "Another title"
[^1]: The words of the note.

: A caption of nothing

| One | Two |
|-----|----:|
| 1   | a b |

Table: What the table shows {.wide}

- [x] done
- [ ] not done

i. first
ii. second

![A picture](images/photo.png){width=50%}

<div class="box">An element</div>

```python {1|2}
print("code")
```

\\vspace{1cm}

<!-- a comment: words -->

Note: the last words

^ Another note

[.autoscale: true]

# [fit] Large words

???

Private words
"""


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("front", ["", "---\ntitle: T\n---\n"])
def test_every_word_of_a_file_is_in_some_token_whatever_the_tool(tool: str, front: str) -> None:
    report = Report(lenient=True)
    parse_document(front + SIGNS, Path("talk.md"), Scope(policy=TALK, root=Path()), report, tool=tool)
    assert [str(problem) for problem in report.found if problem.code == "words"] == []


def test_a_kit_is_read_to_its_last_word_too() -> None:
    report = Report()
    parse_document(SIGNS, Path("01.md"), Scope(policy=KIT, root=Path()), report, slide_level=2)
    assert [str(problem) for problem in report.found if problem.code == "words"] == []


class _Anywhere:
    """Looks for a tag anywhere in what follows, so that the text before it vanishes."""

    @staticmethod
    def match(text: str) -> object:
        return HTML_TAG_RE.search(text)


def test_a_rule_that_skips_text_is_named_with_the_words_that_it_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "HTML_TAG_RE", _Anywhere)
    report = Report(lenient=True)
    text = "# One\n\nWords\n\nHere <is text before> a <b>tag</b>, and more.\n\nThe end.\n".replace("<is", "<a1: is")
    parse_document(text, Path("talk.md"), Scope(policy=TALK, root=Path()), report)
    found = [problem for problem in report.found if problem.code == "words"]
    assert [(problem.at and problem.at.line, problem.message) for problem in found] == [
        (5, "5 words are nowhere: “a1: is text before> a <b>tag</b>, and mo …”")
    ]


def test_a_rule_that_forgets_a_caption_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = drawn_tables._cells
    monkeypatch.setattr(drawn_tables, "_cells", lambda part, bounds: [*cells(part, bounds[:-1]), ""])
    report = Report(lenient=True)
    text = "# One\n\n+-----+------+\n| Ada | Lund |\n+-----+------+\n| Ben | Odd  |\n+-----+------+\n"
    parse_document(text, Path("talk.md"), Scope(policy=TALK, root=Path()), report)
    found = [problem for problem in report.found if problem.code == "words"]
    assert [(problem.at and problem.at.line, problem.message) for problem in found] == [
        (4, "2 words up to line 6 are nowhere: “Lund | …”")
    ]


@pytest.mark.parametrize(
    ("said", "found", "runs"),
    [
        ([(1, "One two three")], "three, one and TWO", []),
        ([(1, "One two three")], "one three", [Nowhere(1, 1, 1, "two three")]),
        ([(1, "snake_case_name")], "snake case name", []),
        ([(3, "averyveryverylongname")], "averyvery\nverylongname", []),  # broken over two lines of code
        ([(3, "cat concatenate")], "concatenate", [Nowhere(3, 3, 1, "cat concatenate")]),
        ([(1, "one"), (2, "two"), (4, "three")], "", [Nowhere(1, 4, 3, "one …")]),  # a line without words joins a run
        ([(1, "one"), (2, "two"), (4, "three")], "two", [Nowhere(1, 1, 1, "one"), Nowhere(4, 4, 1, "three")]),
        ([(1, "the end"), (5, "the beginning")], "the beginning", [Nowhere(1, 1, 2, "the end")]),
        ([(1, "水"), (2, "水 と 火")], "水 と 火", [Nowhere(1, 1, 1, "水")]),
        ([(1, "a")], "", []),  # a letter alone may be a marker
        ([(1, "Überfall"), (2, "naïve")], "überfall naïve", []),
        ([(1, "مرحبا بالعالم")], "بالعالم", [Nowhere(1, 1, 1, "مرحبا بالعالم")]),
    ],
)
def test_words_are_compared_as_often_as_they_are_said(
    said: list[tuple[int, str]], found: str, runs: list[Nowhere]
) -> None:
    assert missing(said, found) == runs


def test_a_message_quotes_the_first_words_and_names_the_last_line() -> None:
    problem = Nowhere(40, 52, 14, "A list …").problem("talk.md")
    assert str(problem).startswith("talk.md:40: warning: 14 words up to line 52 are nowhere: “A list …”")


def test_the_account_takes_linear_time_of_a_large_loss() -> None:
    lines = [(n, f"word{n} the cat sat on mat {n}") for n in range(5_000)]
    (run,) = missing(lines, "")
    assert (run.first, run.last, run.count) == (0, 4_999, len(words_of("\n".join(text for _, text in lines))))


def test_an_indented_tag_is_shown_as_code_and_named(tmp_path: Path) -> None:
    path = tmp_path / "talk.md"
    path.write_text(
        "# One\n\n    <b>x</b>\n\n# Two\n\n- a\n\n    <i>y</i>\n\n<div>\n\n    <u>z</u>\n\n</div>\n", "utf-8"
    )
    _, problems = read(path)
    assert [(p.at and p.at.line, p.message) for p in problems if p.code == "not-shown"] == [
        (3, "a tag after four spaces is code, and is shown: begin its line with it")
    ]
