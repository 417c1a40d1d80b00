"""Themes, writers and kinds of chart that come with the engine, registered like a plugin's."""

from __future__ import annotations

from workshop.charts.kinds import KINDS as CHARTS

THEMES = {
    "light": "workshop.themes.beds:light",
    "dark": "workshop.themes.beds:dark",
    "contrast": "workshop.themes.theme_file:contrast_theme",
    "contrast-dark": "workshop.themes.theme_file:contrast_dark",
    "plain": "workshop.themes.theme_file:plain",
}

WRITERS = {
    "deck": "workshop.render.pptx.deck:DECK",
    "room": "workshop.render.pptx.deck:ROOM",
    "html": "workshop.render.html.deck:WRITER",
    "booklet": "workshop.render.print.sheets:BOOKLET",
    "leaf": "workshop.render.print.leaf:LEAF",
    "sheets": "workshop.render.print.sheets:SHEETS",
    "home": "workshop.render.print.sheets:HOME",
    "answers": "workshop.render.print.sheets:KEY",
    "facilitator": "workshop.render.print.guide:WRITER",
    "ballots": "workshop.render.print.cards:BALLOTS",
    "cards": "workshop.render.print.cards:CARDS",
    "name-tag": "workshop.render.print.cards:NAME_TAG",
    "quiz": "workshop.render.print.forms:QUIZ",
    "quiz-key": "workshop.render.print.forms:QUIZ_KEY",
    "quiz-later": "workshop.render.print.forms:QUIZ_LATER",
    "handout": "workshop.render.print.handout:WRITER",
    "feedback": "workshop.render.print.forms:FEEDBACK",
    "print-all": "workshop.render.print.print_all:WRITER",
    "printer": "workshop.render.print.print_all:PRINTER",
}

STANDARD = {"theme": THEMES, "writer": WRITERS, "chart": CHARTS}
