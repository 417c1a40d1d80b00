"""Sheets, keys, quiz and guide as DOCX, to edit in Word or Writer."""

from workshop.plugins.addons import AddOn

ADDON = AddOn(
    options="workshop.addons.docx.options:OPTIONS",
    writers={
        "sheets-docx": "workshop.addons.docx.writers:SHEETS",
        "answers-docx": "workshop.addons.docx.writers:ANSWERS",
        "quiz-docx": "workshop.addons.docx.writers:QUIZ",
        "quiz-key-docx": "workshop.addons.docx.writers:QUIZ_KEY",
        "guide-docx": "workshop.addons.docx.writers:GUIDE",
    },
)
