"""Pieces that several demos share."""
