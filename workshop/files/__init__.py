"""Files on disk: where they are, how they are written, what is in an Office package."""
