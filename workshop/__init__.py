"""Turn small demos that are really run, and plain Markdown, into a deck, sheets, keys and notes."""

__version__ = "0.1.0"
