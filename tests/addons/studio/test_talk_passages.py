"""Tests which lines of a talk's file are a slide, and which of them can be changed."""

import re
import shutil
from pathlib import Path

import pytest

from tests.addons.preview.test_session import session_of
from workshop.addons.studio.talk_passages import passage_of, told_passage
from workshop.addons.studio.talk_words import with_lines
from workshop.addons.studio.words import reworded

TALKS = Path(__file__).resolve().parents[2] / "dialects" / "talks"


def slides_of(path):
    session = session_of(path)
    session.refresh()
    shown = session.shown.slides
    names = dict.fromkeys(one.laid.slide.id for one in shown)
    return [(name, passage_of(shown, name, path)) for name in names]


@pytest.mark.long
@pytest.mark.parametrize("name", ["marp/bike-lanes.md", "pandoc/ward-handover.md", "quarto/bees.qmd"])
def test_of_any_talk_only_what_is_shown_can_be_changed_and_the_same_words_give_the_same_file(name, tmp_path):
    folder = shutil.copytree((TALKS / name).parent, tmp_path / "talk")
    path = folder / Path(name).name
    text, offered = path.read_text(), []
    for _, (passage, said) in slides_of(path):
        for line in told_passage(passage, said) if passage else ():
            assert reworded(passage.text, line["line"], line["texts"]) == passage.text
            assert with_lines(text, passage, passage.text) == text
            offered.append("".join(line["texts"]))
    assert len(offered) > 25
    assert [words for words in offered if re.fullmatch(r"\W*", words) or words.startswith(("layout:", "---"))] == []


@pytest.mark.long
def test_each_title_of_a_marp_talk_can_be_changed_and_is_then_on_its_slide(tmp_path):
    folder = shutil.copytree(TALKS / "marp", tmp_path / "talk")
    path = folder / "rust-ownership.md"
    found = [(name, passage, said) for name, (passage, said) in slides_of(path) if passage]
    changed = []
    for _, passage, said in found:
        titles = [line for line in told_passage(passage, said) if line["label"] == "Title"]
        for line in titles[:1]:
            texts = [f"{text} indeed" if text == max(line["texts"], key=len) else text for text in line["texts"]]
            new = reworded(passage.text, line["line"], texts)
            path.write_text(with_lines(path.read_text(), passage, new))
            changed.append(passage.line)
    assert len(changed) > 7
    shown = {passage.line: said for _, (passage, said) in slides_of(path) if passage}
    assert [line for line in changed if "indeed" not in shown[line]] == []
