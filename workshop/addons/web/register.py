"""Pages that this computer serves to itself, for other add-ons."""

from workshop.plugins.addons import AddOn

ADDON = AddOn()
