"""Which lines of a talk's file are a slide, and which of them its reader sees; for the process that draws the slides."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from workshop.addons.preview.shown_slides import Drawn
from workshop.addons.studio.talk_words import Passage
from workshop.addons.studio.words import told_lines
from workshop.content.text_lines import slide_texts
from workshop.errors import At
from workshop.render.html.browser_deck import words_of

TAG = re.compile(r"<[^>]*>")
# in a line whose words are shown: tags, marks of footnotes, names of small pictures, and the beginnings of numbered points
UNSHOWN = re.compile(r"<[^>]*>|\[\^[^\]]*\]|:\w+:|^\s*(?:\(\w+\)|[a-z]{1,4}[.)]|\[[ xX]\]) ")


def passage_of(slides: Iterable[Drawn], slide: str, talk: Path) -> tuple[Passage | None, str]:
    """Return the lines of a slide, and what it shows and what its notes say; no lines if none in the talk's file make it.

    Raises:
        KeyError: for a slide that isn't shown.
    """
    drawn = list(slides)
    places = {one.laid.slide.id: one.laid.slide.at for one in drawn}
    mine = {name: at for name, at in places.items() if at != At("") and Path(at.path).resolve() == talk.resolve()}
    said = " ".join(_said(one) for one in drawn if one.laid.slide.at == places[slide])
    if slide not in mine:
        return None, said
    found = slide_texts(mine, talk.parent, headed=False)[slide]
    odd = found.text.splitlines() != found.text.split("\n")[:-1]  # a character in it ends a line elsewhere
    return (Passage(found.line, found.text) if found.text and not odd else None), said


def told_passage(passage: Passage, said: str) -> list[dict[str, Any]]:
    """Return the lines for the page, as ``told_lines`` does: those whose words are on the slide or in its notes.

    Whatever else stands there is for the program that shows the talk: settings, marks between slides, comments.
    """
    shown = _letters(said)

    def is_shown(texts: Sequence[str]) -> bool:
        own = [letters for text in texts if (letters := _letters(UNSHOWN.sub(" ", text)))]
        return bool(own) and all(letters in shown for letters in own)

    return [line for line in told_lines(passage.text) if is_shown(line["texts"])]


def _said(drawn: Drawn) -> str:
    slide = drawn.laid.slide
    notes = (line.text for note in slide.notes for line in note.prose.lines)
    return " ".join((slide.title_text, html.unescape(TAG.sub(" ", words_of(drawn.laid))), *notes))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
