"""The app, a page on which a workshop is made: ``workshop app``."""

from workshop.plugins.addons import AddOn

ADDON = AddOn(
    needs=("live", "preview", "web"), commands={"app": "workshop.addons.studio.app_command:app_command"}, alone="app"
)
