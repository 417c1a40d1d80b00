"""Rules for finished plans; each breach has a message that names audience, slot, slide and what is missing."""
