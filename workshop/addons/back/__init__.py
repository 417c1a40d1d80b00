"""Edits made in PowerPoint come home: what changed in a deck, as an overlay of its kit."""
