"""A talk in another language: its quotes, date, captions, numbers and table, and words in a pseudo-language everywhere."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import etree
from pypdf import PdfReader

from tests.formulas import laid_talk, slides_of
from workshop.build import build, prepare
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry
from workshop.render.pptx.deck import write_deck
from workshop.wording.messages import ours

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
TALK = """---
title: {title}
author: N
date: 2026-12-02
language: {language}
---

## {said}

| a | b |
|---|---:|
| c | 120 |

## 2

![](chart:rides.csv){{kind=column x=Monat y=Fahrten unit=number}}

## 3

![](table:rides.csv){{unit="Fahrten=number"}}
"""


def made_in(folder: Path, language: str, said: str) -> list[etree._Element]:
    (folder / "rides.csv").write_text("Monat,Fahrten\nMai,1900.5\nJuni,1450\n")
    laid = laid_talk(folder / "talk.md", TALK.format(title="T", language=language, said=said))
    return slides_of(write_deck(laid))


def texts(slide: etree._Element) -> list[str]:
    return ["".join(t.text or "" for t in paragraph.iter(f"{A}t")) for paragraph in slide.iter(f"{A}p")]


def test_a_german_talk_has_german_quotes_date_caption_and_numbers(tmp_path: Path) -> None:
    cover, said, chart, table = made_in(tmp_path, "de", 'Er sagt "ja", und das ist\'s.')
    assert "N · 2. Dezember 2026" in texts(cover)
    assert "Er sagt „ja“, und das ist’s." in texts(said)
    assert "Fahrten nach Monat" in texts(chart)
    assert "1.900,5" in texts(table)
    assert not any("Eigene Daten" in text for text in texts(table))  # whose else, in a talk
    assert said.find(f".//{A}tblPr").get("rtl") is None
    alts = [node.get("descr") for slide in (said, chart, table) for node in slide.iter() if node.get("descr")]
    assert "Tabelle: a, b" in alts
    assert "Diagramm, Fahrten nach Monat: Fahrten Mai 1.900,5, Juni 1.450" in alts


def test_an_arabic_talk_has_arabic_quotes_date_and_caption_and_a_table_from_right_to_left(tmp_path: Path) -> None:
    cover, said, chart, _ = made_in(tmp_path, "ar", 'قالت "نعم" له')
    assert "N · 2 ديسمبر 2026" in texts(cover)
    assert "قالت ”نعم“ له" in texts(said)
    assert "Fahrten حسب Monat" in texts(chart)
    assert said.find(f".//{A}tblPr").get("rtl") == "1"


def test_the_fixed_words_that_a_language_lacks_are_counted_and_a_talk_in_german_lacks_none(tmp_path: Path) -> None:
    talk = tmp_path / "talk.md"
    for language, told in (("de", ""), ("eo", "22 of 22 fixed texts have no words in language: eo")):
        talk.write_text(f"---\ntitle: T\nlanguage: {language}\n---\n\n## A\n\nB.\n")
        _, problems = prepare(talk, Request(), standard_registry(), base=None)
        assert ("\n".join(p.message for p in problems if p.code == "language")).startswith(told)
        assert bool(told) == any(p.code == "language" for p in problems)


# ---------------------------------------------------------------- a pseudo-language


def pseudo(words: Any) -> Any:
    """Return words with vowels doubled until they are 35% longer, in brackets; what is filled in stays."""
    if isinstance(words, dict):
        return {key: pseudo(value) for key, value in words.items()}
    if isinstance(words, list):
        return [pseudo(value) for value in words]
    parts = re.split(r"(\{\w+\})", str(words))
    return f"[{''.join(p if p[:1] == '{' else _longer(p) for p in parts)}]"


def _longer(text: str) -> str:
    return re.sub(r"(?i)[aeiouy]", lambda found: found.group() * 2, text, count=max(1, round(0.35 * len(text))))


def ours_in_english(words: Any) -> Iterator[str]:
    """Yield what our texts say between the places that are filled in, where it is long enough to be told from other words."""
    if isinstance(words, dict | list):
        for part in words.values() if isinstance(words, dict) else words:
            yield from ours_in_english(part)
    else:
        yield from (
            part for piece in re.split(r"\{\w+\}|\*\*?|_", str(words)) if len(part := piece.strip(" .:,;“”")) > 7
        )


def shown_in(folder: Path) -> dict[str, str]:
    """Return all that the files of a kit show or say, each file as one text."""
    found = {}
    for path in folder.iterdir():
        if path.suffix == ".pdf":
            found[path.name] = " ".join(page.extract_text() for page in PdfReader(path).pages)
        elif path.suffix == ".pptx":
            package = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
            parts = [n for n in package.namelist() if re.match(r"ppt/(slides|notesSlides)/[^/]+\.xml", n)]
            slides = [etree.fromstring(package.read(name)) for name in parts]
            said = [text for slide in slides for text in texts(slide)]
            alts = [node.get("descr") for slide in slides for node in slide.iter() if node.get("descr")]
            found[path.name] = " ".join((*said, *alts))
    names = re.compile(r"[\w-]+\.(pdf|pptx|csv|html)")  # the names of files are the same in every language
    return {name: names.sub("", re.sub(r"\s+", " ", text)) for name, text in found.items()}


@pytest.mark.long
def test_in_a_pseudo_language_no_plain_word_of_ours_is_on_slides_notes_or_paper(
    bread: Path, tmp_path: Path, cache: Path
) -> None:
    kit = tmp_path / "bread"
    shutil.copytree(bread, kit)
    (kit / "locale").mkdir()
    (kit / "locale" / "en.yaml").write_text(yaml.safe_dump(pseudo(dict(ours("en"))), allow_unicode=True), "utf-8")
    build(kit, Request(cache=cache, trust=True), standard_registry(), base=None, out=tmp_path / "out")
    shown = shown_in(tmp_path / "out")
    plain = set(ours_in_english(dict(ours("en"))))
    given = " ".join(path.read_text("utf-8") for path in bread.rglob("*.*") if path.suffix in (".md", ".yaml", ".py"))
    left = {(name, text) for name, said in shown.items() for text in plain if text in said and text not in given}
    assert left == set()
    assert {name for name, said in shown.items() if re.search(r"\[\w+", said)} == set(shown)
