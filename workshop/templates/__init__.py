"""Somebody else's template as a theme: read, match its layouts to our roles, map its colours."""
