"""How things are said: numbers, fixed words, typography."""
