"""Edits made in PowerPoint come home: ``workshop adopt`` and ``workshop compare``."""

from workshop.plugins.addons import AddOn

ADDON = AddOn(
    commands={
        "adopt": "workshop.addons.back.command:adopt_command",
        "compare": "workshop.addons.back.command:compare_command",
    }
)
