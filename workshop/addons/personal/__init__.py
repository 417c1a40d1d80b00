"""Sheets with numbers of their own for each person: planned, printed, with keys and a page to look answers up."""
