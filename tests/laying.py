"""Lays a kit out as a build does: with everything that a workshop adds to slides."""

from functools import partial

from workshop import layout
from workshop.plugins.registry import standard_registry
from workshop.training.register import EXTRAS

ADDED = tuple(standard_registry().get("extra", name) for name in EXTRAS)
lay_out = partial(layout.lay_out, extras=ADDED)
