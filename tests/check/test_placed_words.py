"""What a talk says is on a slide, in its notes or in a message; a loss in any step of a build is named with its lines."""

import importlib
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from markdown_it.common.html_re import HTML_TAG_RE
from msgspec.structs import replace

from tests.png import png_of
from workshop.build import build, prepare
from workshop.content.block_reader import BlockReader
from workshop.content.html_tree import _Tree
from workshop.content.rules import html
from workshop.errors import Problem, Problems, Severity
from workshop.layout.laid import LaidPicture, LaidTable
from workshop.model.blocks import Prose
from workshop.model.request import Request
from workshop.plan import slides as plan_slides
from workshop.plugins.registry import standard_registry

layout_module = importlib.import_module("workshop.layout.lay_out")  # its package has a function of that name
TALK = """\
---
marp: true
---

# A talk of rivers

<div class="box">

Words in an element

</div>

---

## Second

> Somebody said this

| Month | Height |
|-------|--------|
| May   | 3.1 m  |

<!--
Say this about the table.
-->

::: x
"""
NOTES = "# One\n\nText\n\n::: notes\nSpoken words\n\n> A quoted sentence\n\n| Month | Height |\n|---|---|\n| May | 3.1 m |\n:::\n"
Talk = Callable[[str], list[tuple[int, str]]]


@pytest.fixture
def told(tmp_path: Path) -> Talk:
    """Return the places and messages of the account of a talk."""

    def told(text: str) -> list[tuple[int, str]]:
        return [(problem.at.line if problem.at else 0, problem.message) for problem in found_in(tmp_path, text)]

    return told


def found_in(folder: Path, text: str) -> list[Problem]:
    path = folder / "talk.md"
    path.write_text(text, "utf-8")
    _, problems = prepare(path, Request(), standard_registry(), base=None)
    return [problem for problem in problems if problem.code == "words"]


def test_nothing_is_missing_from_a_talk_that_is_read_whole(told: Talk) -> None:
    assert told(TALK) == []
    assert told(NOTES) == []


def test_an_element_that_the_tree_forgets_is_named(told: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_Tree, "_div", lambda *_: None)
    assert told(TALK) == [(9, "4 words are nowhere: “Words in an element”")]


def test_a_block_that_the_reader_forgets_is_named(told: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    quote = BlockReader._quote
    monkeypatch.setattr(BlockReader, "_quote", lambda self, at: quote(self, at)[1:])
    assert told(TALK) == [(17, "3 words are nowhere: “Somebody said this”")]


def test_an_open_div_whose_blocks_the_reader_forgets_is_named(told: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    made = BlockReader._made
    monkeypatch.setattr(BlockReader, "_made", lambda self, div: () if div.name == "left" else made(self, div))
    text = "# One\n\n- a list\n\n::: left\n\nOpen words\n\n# Two\n\nEnd\n"
    assert told(text) == [(7, "2 words are nowhere: “Open words”")]


def test_notes_that_the_plan_takes_for_prose_alone_are_named(told: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan_slides, "_spoken", lambda block: block.lines if isinstance(block, Prose) else ())
    assert told(NOTES) == [(8, "8 words up to line 12 are nowhere: “A quoted sentence …”")]


def test_what_the_layout_forgets_is_named(told: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    made = layout_module._made

    def forgetful(*given: object) -> object:
        slides, found = made(*given)
        return [replace(s, items=tuple(i for i in s.items if not isinstance(i, LaidTable))) for s in slides], found

    monkeypatch.setattr(layout_module, "_made", forgetful)
    assert told(TALK) == [(19, "6 words up to line 21 are nowhere: “Month …”")]


class _Anywhere:
    """Looks for a tag anywhere in what follows, so that the text before it vanishes."""

    match = HTML_TAG_RE.search


FAULTS = {
    "an element": (_Tree, "_div", lambda *_: None, TALK.replace("::: x\n", ""), (9, "4 words are nowhere: “Words in an element”")),
    "text before a tag": (
        html,
        "HTML_TAG_RE",
        _Anywhere,
        "# One\n\nIt holds if a <b+c, which is <b>rare</b>.\n",
        (3, "4 words are nowhere: “b+c, which is <b>rare</b>.”"),
    ),
    "a table in notes": (
        plan_slides,
        "_spoken",
        lambda block: block.lines if isinstance(block, Prose) else (),
        NOTES,
        (8, "8 words up to line 12 are nowhere: “A quoted sentence …”"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_strict_build_ends_and_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    owner, name, faulty, text, told = FAULTS[fault]
    path = tmp_path / "talk.md"
    path.write_text(text, "utf-8")
    monkeypatch.setattr(owner, name, faulty)
    with pytest.raises(Problems) as raised:
        build(path, Request(strict=True), standard_registry(), base=None, out=tmp_path / "out")
    errors = [problem for problem in raised.value.problems if problem.severity is Severity.ERROR]
    assert [(problem.at and problem.at.line, problem.message) for problem in errors] == [told]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "text",
    [
        "---\nformat: revealjs\n---\n\n## One\n\n```{r}\n#| echo: false\nplot(secret)\n```\n",
        "## One\n\nText\n\n```{=html}\n<b>For a page</b>\n```\n",
        "## One\n\nText\n\n::: {.content-visible when-format=pdf}\nFor paper alone\n:::\n",
        "## One\n\nText\n\n## Hidden words {visibility=hidden}\n\nNot shown\n\n## Three\n\nEnd\n",
        "## One\n\nA note.[^1]\n\n[^1]: Said below.\n[^2]: Said nowhere.\n",
        "## One\n\nText\n\n::: {for=nobody}\nFor others\n:::\n",
        '## One\n\nText ["if it holds"]{claim="1 > 2" else="as it is"}\n',
        "## One\n\nText\n\n::: notes\n**Say** This is important.\n\n**Next** On it goes.\n:::\n",
        "---\nlanguage: de\n---\n\n## Eins\n\nText\n\n::: notes\n**Sagen** Das ist wichtig.\n\n**Say** Auch das.\n:::\n",
        "---\nmarp: true\n---\n\n# One :tada:\n\n<!-- _class: lead -->\n\n![bg](none.png)\n\n![w:100](other.png)\n",
    ],
)
def test_what_is_left_out_on_purpose_is_no_loss(told: Talk, text: str) -> None:
    assert told(text) == []


def test_a_picture_that_vanishes_is_a_word_that_is_missing(
    tmp_path: Path, told: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "photo.png").write_bytes(png_of(2, 1, zlib.compress(b"\0" + b"\x80" * 6)))
    text = "# One\n\nText\n\n![A river](photo.png)\n\n# Two\n\n<img src=photo.png alt=River>\n"
    assert told(text) == []
    made = layout_module._made

    def without(*given: object) -> object:
        slides, found = made(*given)
        return [replace(s, items=tuple(i for i in s.items if not isinstance(i, LaidPicture))) for s in slides], found

    monkeypatch.setattr(layout_module, "_made", without)
    assert any("photo" in message for _, message in told(text))
