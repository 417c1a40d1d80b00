"""Checks of a kit that could be built, and of a finished .pptx."""
