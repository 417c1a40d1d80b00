"""Turn small demos that actually run, plus plain Markdown, into a deck, sheets, keys and notes."""

__version__ = "0.1.0"
