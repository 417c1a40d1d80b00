"""Names bound to demos, problems, kits, themes and writers, ours and those of plugins."""
