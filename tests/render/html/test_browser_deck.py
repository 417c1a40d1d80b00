"""The deck for a browser as a file: who gets what, what it may do, and what it says."""

import re
from pathlib import Path

import pytest
from lxml import html
from PIL import Image

from workshop.cli.app import main

TALK = """---
title: A talk
---

## First {#first}

::: incremental
- one
- two [there](https://example.org/x) and [on](#second)
:::

. . .

Last, with **weight**.

![A grey square](grey.png)

::: notes
**Say** zebrafish first.
:::

## Second {#second}

| a | b |
|---|---|
| 1 | two |

1. first
   - deeper
2. next

[back](#first) [gone](#nowhere)

## Third

::: incremental
::: diagram
- **Aa**: b
- **Bb**: c
- **Cc**: d
:::
:::
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("html")
    Image.new("L", (64, 36), 128).save(folder / "grey.png")
    (folder / "talk.md").write_text(TALK)
    main(["build", str(folder / "talk.md"), "--out", str(folder / "out"), "--only", "html"])
    return folder / "out"


def parsed(folder: Path, name: str):
    return html.fromstring((folder / name).read_text("utf-8"))


def test_two_files_are_written_and_only_one_has_notes(built):
    assert {path.name for path in built.iterdir()} == {"present.html", "slides.html", "manifest.json"}
    assert "zebrafish" in (built / "present.html").read_text("utf-8")
    assert "zebrafish" not in (built / "slides.html").read_text("utf-8")


def test_a_slide_is_a_section_with_its_title_and_its_words(built):
    page = parsed(built, "slides.html")
    assert [one.text for one in page.iter("h1")] == ["A talk"]
    sections = page.findall(".//section")
    assert [one.findtext("h2") for one in sections] == ["A talk", "First", "Second", "Third"]
    for section in sections:
        assert page.get_element_by_id(section.get("aria-labelledby")).tag == "h2"
        assert section.find("div[@class='picture']").get("aria-hidden") == "true"
    first = sections[1].find("div[@class='words']")
    assert [item.text_content() for item in first.iter("li")] == ["one", "two there and on"]
    assert first.findtext(".//strong") == "weight"
    assert "A grey square" in first.text_content()


def test_tables_and_lists_within_lists_are_what_they_are(built):
    words = parsed(built, "slides.html").findall(".//section")[2].find("div[@class='words']")
    assert [cell.text for cell in words.iterfind(".//th[@scope='col']")] == ["a", "b"]
    assert [cell.text for cell in words.iterfind(".//td")] == ["1", "two"]
    assert [item.text for item in words.iterfind("ol/li")] == ["first", "next"]
    assert [item.text for item in words.iterfind("ol/li/ul/li")] == ["deeper"]


def test_links_lead_to_addresses_and_to_slides_of_the_file(built):
    page = parsed(built, "slides.html")
    assert [one.get("href") for one in page.iterfind(".//div[@class='words']//a")] == [
        "https://example.org/x",
        "#second",
        "#first",
    ]
    assert {one.get("data-to") for one in page.xpath("//*[@data-to]")} >= {"https://example.org/x", "#second", "#first"}


def test_what_appears_click_by_click_is_a_group(built):
    sections = parsed(built, "slides.html").findall(".//section")
    assert [group.get("data-step") for group in sections[1].xpath(".//*[@data-step]")] == ["1", "2", "3", "3"]
    drawing = sections[3].xpath(".//*[@data-own]")[0]
    assert {group.get("data-step") for group in drawing.xpath(".//*[@data-step]")} == {"1", "2"}


def test_the_page_may_run_its_own_script_and_nothing_else_and_fetches_nothing(built):
    for name in ("present.html", "slides.html"):
        text = (built / name).read_text("utf-8")
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1]
        assert policy.startswith("default-src 'none'; script-src 'sha256-")
        assert "unsafe" not in policy
        body = text.partition("<body")[2].partition("<script")[0]
        assert set(re.findall(r"""(?:src|href)=["']?([^"'>]*)""", body)) == {
            "https://example.org/x",
            "#second",
            "#first",
        }
        assert not re.search(r"\son\w+=", text.partition("<script")[0])


def test_two_builds_give_the_same_bytes(built, tmp_path):
    before = {path.name: path.read_bytes() for path in built.iterdir()}
    main(["build", str(built.parent / "talk.md"), "--out", str(tmp_path), "--only", "html"])
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_hostile_title_stays_text(tmp_path):
    talk = '---\ntitle: </title><script>evil()</script>\n---\n\n## <b>x</b></h2><script>evil()</script> "q"\n\n'
    talk += "a</div></section><script>evil()</script> [x](javascript:evil())\n\n::: notes\n</aside><script>evil()</script>\n:::\n"
    (tmp_path / "talk.md").write_text(talk)
    main(["build", str(tmp_path / "talk.md"), "--out", str(tmp_path / "out"), "--only", "html"])
    page = parsed(tmp_path / "out", "present.html")
    assert len(page.findall(".//script")) == 2
    assert "javascript:" not in (tmp_path / "out" / "present.html").read_text("utf-8")
