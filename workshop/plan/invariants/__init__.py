"""Rules that a finished plan keeps, each with a message that names audience, slot, slide and what is missing."""
