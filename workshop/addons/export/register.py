"""For learning platforms: ``workshop export moodle``, ``gift``, ``qti`` and ``scorm``."""

from workshop.plugins.addons import AddOn

ADDON = AddOn(
    needs=("explore", "personal"),
    commands={"export": "workshop.addons.export.export_command:export_command"},
)
