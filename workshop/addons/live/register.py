"""A room in which the deck answers the people in it: phones, hands and paper in one count."""

from workshop.plugins.addons import AddOn

ADDON = AddOn(needs=("web",))
