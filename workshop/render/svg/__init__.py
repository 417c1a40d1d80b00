"""Slides drawn as SVG from their layout, for the preview, the handout and the guide."""
