"""Files on disk: where they are, how they are written, what a package holds."""
