"""Checks: what can be wrong with a kit that could be drawn, or with a finished package."""
