"""Sheets with numbers of their own for each person, with keys and a page to look answers up."""

from workshop.plugins.addons import AddOn

ADDON = AddOn(
    options="workshop.addons.personal.options:OPTIONS",
    writers={
        "personal": "workshop.addons.personal.personal_papers:WRITER",
        "lookup": "workshop.addons.personal.personal_keys:LOOKUP",
        "personal-key": "workshop.addons.personal.personal_keys:KEY",
    },
    step="workshop.addons.personal.build_step:STEP",
    paper="workshop.addons.personal.personal_prints:PAPER",
)
