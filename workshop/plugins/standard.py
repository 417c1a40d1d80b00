"""Themes, writers and kinds of chart that come with the engine, registered like a plugin's."""

from __future__ import annotations

from workshop.charts.kinds import KINDS as CHARTS

THEMES = {
    "light": "workshop.themes.beds:light",
    "dark": "workshop.themes.beds:dark",
    "contrast": "workshop.themes.file:contrast_theme",
    "contrast-dark": "workshop.themes.file:contrast_dark",
    "plain": "workshop.themes.file:plain",
}

WRITERS = {
    "deck": "workshop.render.pptx.deck:WRITER",
    "room": "workshop.render.pptx.room:WRITER",
    "booklet": "workshop.render.print.booklet:WRITER",
    "explore": "workshop.explore.page:WRITER",
    "sheets": "workshop.render.print.sheets:WRITER",
    "home": "workshop.render.print.sheets:HOME",
    "answers": "workshop.render.print.answers:WRITER",
    "personal": "workshop.render.print.personal:WRITER",
    "lookup": "workshop.render.print.personal_key:LOOKUP",
    "personal-key": "workshop.render.print.personal_key:KEY",
    "facilitator": "workshop.render.print.facilitator:WRITER",
    "ballots": "workshop.render.print.ballots:WRITER",
    "cards": "workshop.render.print.cards:WRITER",
    "name-card": "workshop.render.print.name_card:WRITER",
    "quiz": "workshop.render.print.quiz:WRITER",
    "quiz-key": "workshop.render.print.quiz:KEY",
    "handout": "workshop.render.print.handout:WRITER",
    "certificate": "workshop.render.print.certificate:WRITER",
    "feedback": "workshop.render.print.feedback:WRITER",
    "print-all": "workshop.render.print.print_all:WRITER",
    "printer": "workshop.render.print.print_all:PRINTER",
    "record": "workshop.render.print.record:WRITER",
    "sheets-docx": "workshop.render.docx.writers:SHEETS",
    "answers-docx": "workshop.render.docx.writers:ANSWERS",
    "quiz-docx": "workshop.render.docx.writers:QUIZ",
    "quiz-key-docx": "workshop.render.docx.writers:QUIZ_KEY",
    "guide-docx": "workshop.render.docx.writers:GUIDE",
}

STANDARD = {"theme": THEMES, "writer": WRITERS, "chart": CHARTS}
