"""Sheets, keys and the facilitator's guide as tagged PDF: data for Typst, and the templates that set it."""
