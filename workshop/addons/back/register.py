"""Edits made in PowerPoint come home: ``workshop adopt`` and ``workshop compare``."""

from workshop.plugins.addons import AddOn

ADDON = AddOn(commands={"compare": "workshop.addons.back.command:compare_command"})
