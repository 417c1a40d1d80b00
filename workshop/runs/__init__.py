"""Running demos, side by side and each once, and keeping their findings."""
