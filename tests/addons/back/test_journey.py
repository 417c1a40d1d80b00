"""The commands of docs/powerpoint.md, on the built-in kit; and the same deck after LibreOffice saved it."""

import re
import shlex
from pathlib import Path

import pytest
from pptx import Presentation

from tests.addons.back.talks import base_in, edited
from workshop.render.office import find_office, resaved

PAGE = (Path(__file__).parents[3] / "docs" / "powerpoint.md").read_text("utf-8")
COMMANDS = re.search(r"```sh\n(workshop build.*?)```", PAGE, re.DOTALL)[1].splitlines()
BET, VOTES = "gate-predict", "policy"
pytestmark = pytest.mark.broad


def named(presentation, name):
    return next(slide for slide in presentation.slides if slide._element.cSld.get("name") == name)


def edit(presentation):
    (line,) = named(presentation, BET).shapes.title.text_frame.paragraphs
    line.runs[0].text = "Would you release the new model?"
    for rest in [node for node in line._p if node.tag.endswith(("}r", "}br")) and node is not line.runs[0]._r]:
        line._p.remove(rest)
    named(presentation, VOTES).shapes.title.top += 300_000


def title(deck, name):
    return named(Presentation(str(deck)), name).shapes.title.text_frame.text


def test_the_page_takes_edits_home(run, tmp_path):
    build, adopt, again = (shlex.split(line, comments=True)[1:] for line in COMMANDS)
    assert run(*build, "--only", "deck")[0] == 0
    deck = tmp_path / "dist" / "general" / "deck.pptx"
    deck.write_bytes(edited(edit, deck.read_bytes()))
    code, out, _ = run(*adopt)
    assert code == 0
    assert "1 in Markdown, 1 repeated on new slides, 0 not adopted" in out
    assert run(*again, "--only", "deck")[0] == 0
    (made,) = (tmp_path / "dist").glob("client-*/deck.pptx")
    assert title(made, BET) == "Would you release the new model?"


@pytest.mark.skipif(not find_office(), reason="it needs LibreOffice")
def test_a_deck_that_libreoffice_saved_has_the_same_edits_and_without_any_nothing_to_adopt(run, tmp_path):
    assert run("new", "counter")[0] == 0
    assert run("build", "counter", "--only", "deck", "--out", "dist")[0] == 0
    built = base_in(tmp_path / "dist")
    deck = tmp_path / "dist" / "deck.pptx"
    deck.write_bytes(resaved(built.read_bytes()))
    assert run("adopt", "dist/deck.pptx", "--overlay", "client")[:2] == (0, "nothing to adopt\n")

    def change(presentation):
        named(presentation, "grows").shapes.title.text_frame.paragraphs[0].runs[0].text = "The wait grows much faster"
        named(presentation, "idle").shapes.title.top += 300_000
        named(presentation, "helps")._element.set("show", "0")

    deck.write_bytes(resaved(edited(change, built.read_bytes())))
    code, out, _ = run("adopt", "dist/deck.pptx", "--overlay", "client")
    assert code == 0
    assert [line.split()[1:3] for line in out.splitlines()[1:4]] == [["grows", "words"], ["idle", "boxes"], ["helps", "hidden"]]  # fmt: skip
    assert "2 in Markdown, 0 repeated on new slides, 1 not adopted" in out
