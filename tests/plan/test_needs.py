from pathlib import Path

from workshop.content import read
from workshop.plan.needs import link

TALK = """## Start {#start}

- a point

## Guess {#guess layout=predict}

- one
- two

## The chart {#chart}

![](chart:toy.surprise)

## The table {#table .optional}

![](table:other.votes)

## What it means {#means needs=start}

- It is {{ toy.bits.first }}, or {{ given.x }}

---

- more of it

## Vote {#vote layout=activity}

1. step

## Last {#last layout=toy-stops}

| a | b | c |
|---|---|---|
| x | y | z |
"""


def needs(tmp_path, text, runs=("toy", "other")):
    path: Path = tmp_path / "talk.md"
    path.write_text(text)
    content, _ = read(path)
    return link(content.stages, (), runs, "general").needs


def test_what_a_slide_names_and_what_follows_from_runs_and_predictions(tmp_path):
    assert needs(tmp_path, TALK) == {
        "start": (),
        "guess": ("chart",),
        "chart": (),
        "table": (),
        "means": ("start", "chart"),
        "means-2": ("means",),
        "vote": (),
        "last": (),
    }


def test_a_name_that_is_not_a_run_is_not_needed(tmp_path):
    assert needs(tmp_path, TALK, runs=())["means"] == ("start",)


def test_numbers_in_notes_need_nothing(tmp_path):
    text = "## A {#a}\n\n![](chart:toy.surprise)\n\n## B {#b}\n\n- x\n\n::: notes\n**Say** {{ toy.bits.first }}\n:::\n"
    assert needs(tmp_path, text)["b"] == ()


def test_the_first_slide_with_an_exhibit_of_the_run_is_meant(tmp_path):
    text = (
        "## A {#a}\n\n![](chart:toy.surprise)\n\n## B {#b}\n\n![](table:toy.votes)\n\n## C {#c}\n\n- {{ toy.share }}\n"
    )
    assert needs(tmp_path, text)["c"] == ("a",)
    assert needs(tmp_path, text)["b"] == ("a",)
