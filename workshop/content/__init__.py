"""Files -> what their authors wrote, every node with its place; or all their mistakes at once."""

from workshop.content.load import load, read

__all__ = ["load", "read"]
