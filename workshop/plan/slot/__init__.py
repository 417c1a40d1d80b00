"""Choosing slides for a slot, and the consequences of that choice."""
