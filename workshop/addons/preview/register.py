"""A page on this computer that shows the slides and follows the saved file: ``workshop preview``."""

from workshop.plugins.addons import AddOn

ADDON = AddOn(needs=("web",), commands={"preview": "workshop.addons.preview.preview_command:preview_command"})
