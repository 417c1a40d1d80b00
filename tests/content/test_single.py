from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.content.conftest import KIT, problems_of
from workshop.content import load
from workshop.errors import At
from workshop.model.meta import KitMeta
from workshop.model.source import RunSpec

Talk = Callable[[str], Any]


def test_a_single_file_is_a_stage_without_a_number(talk: Talk) -> None:
    content, found = talk("---\ntitle: A talk\nauthor: Me\n---\n\n## One\n\na\n")
    assert not found
    assert (content.name, content.is_kit, content.root) == ("talk", False, Path())
    assert content.meta == KitMeta(title="A talk", author="Me")
    assert content.meta_at["author"] == At("talk.md", 3, 1)
    assert [(s.id, s.title, s.number) for s in content.stages] == [("talk", "A talk", None)]
    assert content.files == ("talk.md",)


def test_pandocs_front_matter_is_understood(talk: Talk) -> None:
    content, found = talk("---\ntitle: T\nauthor:\n  - Ann\n  - name: Bob\nlang: de\n---\n\n## One\n\na\n")
    assert not found
    assert (content.meta.author, content.meta.language) == ("Ann, Bob", "de")


def test_a_file_without_front_matter_may_begin_with_a_break(talk: Talk) -> None:
    content, _ = talk("---\n\n## One\n\na\n")
    assert [s.id for s in content.stages[0].slides] == ["one"]
    assert content.meta == KitMeta()


def test_lines_are_right_behind_front_matter_and_windows_line_ends(talk: Talk) -> None:
    content, _ = talk("\ufeff---\r\ntitle: T\r\n---\r\n\r\n## One\r\n\r\n{{ x }}\r\n")
    slide = content.stages[0].slides[0]
    assert (slide.at.line, slide.blocks[0].children[0].at) == (5, At("talk.md", 7, 1))


def test_a_run_with_other_knobs_is_read_from_front_matter(talk: Talk) -> None:
    content, _ = talk("---\nruns: {short: {demo: trigram, rounds: 2}}\n---\n\n## One\n\na\n")
    assert content.stages[0].runs == (RunSpec("short", "trigram", {"rounds": "2"}, At("talk.md", 2, 8)),)


@pytest.mark.parametrize(
    ("front", "errors"),
    [
        ("title: a: b", ["2: this is not YAML: mapping values are not allowed in this context"]),
        ("runs: {short: {rounds: 2}}", ["2: the run 'short' names no demo"]),
        ("title: T\ntitle: U", ["3: 'title' is given twice, first on line 2"]),
        ("just words", ["1: this must be keys with values"]),
    ],
)
def test_wrong_front_matter_is_reported_at_its_line(talk: Talk, front: str, errors: list[str]) -> None:
    assert problems_of(lambda: talk(f"---\n{front}\n---\n\n## One\n\na\n")) == errors


@pytest.mark.parametrize(
    ("front", "warning"),
    [
        ("title: T\nminutes: soon", "3: minutes is 'soon', not a number"),
        ("title: T\nminutes: -5", "3: minutes is '-5', less than 0"),
        ("title: {a: T}", "2: title must be text"),
        ("objectives: one", "2: objectives must be a list"),
        ("start: 25:00", "2: start cannot be '25:00'"),
        ("people: 2.5", "2: people is '2.5', not a whole number"),
        ("people: 0", "2: people is '0', less than 1"),
        ("people: 10001", "2: people is '10001', more than 10,000"),
        ("minutes: 1e308", "2: minutes is '1e308', more than 100,000"),
    ],
)
def test_a_wrong_value_in_the_front_matter_of_a_talk_is_ignored_with_a_warning(
    talk: Talk, front: str, warning: str
) -> None:
    _, found = talk(f"---\n{front}\n---\n\n## One\n\na\n")
    assert [f"{p.at.line}: {p.message}" for p in found if p.severity.name == "WARNING" and p.at] == [
        f"{warning}: it is ignored"
    ]


def test_front_matter_that_is_not_closed_is_an_error_on_line_1(talk: Talk) -> None:
    assert "1: the front matter opened here is not closed" in problems_of(lambda: talk("---\ntitle: T\n\n## One\n"))


def test_a_single_file_inherits_from_the_base_kit(write: Callable[..., None]) -> None:
    files = {
        **KIT,
        "kit.yaml": KIT["kit.yaml"] + "data: {dough: {heights: data/h.csv}}\n",
        "data/h.csv": "a\n1\n",
        "glossary.yaml": "- {id: dough, term: dough, definition: flour and water}\n",
    }
    write({f"base/{name}": text for name, text in files.items()})
    write({"talk.md": "## One {for=students}\n\n[@lee-2021]\n"})
    content, found = load(Path("talk.md"), Path("base"))
    assert not found
    assert [a.id for a in content.audiences] == ["general", "students"]
    assert [s.key for s in content.sources] == ["lee-2021"]
    assert [t.term for t in content.glossary] == ["dough"]
    assert content.data == {"dough": {"heights": Path("base/data/h.csv")}}
    assert content.sheets == ()


def test_an_audience_that_the_base_does_not_have_is_an_error(write: Callable[..., None]) -> None:
    write({f"base/{name}": text for name, text in KIT.items()} | {"talk.md": "## One {for=studnets}\n\na\n"})
    assert problems_of(lambda: load(Path("talk.md"), Path("base"))) == ["1: there is no audience 'studnets'"]


@pytest.mark.parametrize("text", ["", "\n\n", "<!-- nothing -->\n", "---\ntitle: T\n---\n", "[a]: https://x.org\n"])
def test_a_file_without_a_slide_is_an_error(talk: Talk, text: str) -> None:
    assert problems_of(lambda: talk(text)) == ["1: this file has no slides"]


def test_a_missing_file_is_a_problem(folder: Path) -> None:
    assert problems_of(lambda: load(Path("none.md"))) == ["0: there is no such file or folder"]
    assert problems_of(lambda: load(folder)) == ["0: there is no kit.yaml in this folder"]


def test_an_exercise_needs_a_kit(talk: Talk) -> None:
    assert problems_of(lambda: talk("## A\n\n![](exercise:b)\n")) == ["3: there is no exercise 'b'"]


def test_a_wide_row_is_a_warning_in_a_single_file(talk: Talk) -> None:
    _, found = talk("## A\n\n| a |\n|---|\n| 1 | 2 |\n")
    assert [(p.severity.name, p.at.line, p.message) for p in found] == [
        ("WARNING", 5, "this row has 2 cells, and the header 1")
    ]
