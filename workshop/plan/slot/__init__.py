"""Choosing slides for a slot, and what follows from the choice."""
