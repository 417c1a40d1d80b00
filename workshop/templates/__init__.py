"""A user's template as a theme: reading it, matching its layouts to our roles, mapping its colours."""
