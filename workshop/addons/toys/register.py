"""The algorithms of the kit's demos on a few pages: ``workshop build --only toys``."""

from workshop.plugins.addons import AddOn

ADDON = AddOn(writers={"toys": "workshop.addons.toys.pages:WRITER"})
