"""A public page with ready kits: ``workshop site``."""

from workshop.plugins.addons import AddOn

ADDON = AddOn(needs=("batch", "studio"), commands={"site": "workshop.addons.site.site_command:site_command"})
