"""Numbers, fixed words and typography."""
