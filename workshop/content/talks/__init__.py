"""Talks written for pandoc, Quarto or Marp: their syntax and habits, turned into the blocks of our own dialect.

A kit never comes here: its dialect is the one of ``workshop.content.dialect``.
"""
