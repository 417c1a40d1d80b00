"""Types for the data that a kit gives to demos: each reads one file or folder and reports what is wrong with it, and where.

A parameter of a demo with one of these types is a data slot. Blank lines and lines that begin with ``//`` are
left out of text files.
"""

from __future__ import annotations

from workshop.inputs.files import read_text
from workshop.inputs.library import Document, Documents
from workshop.inputs.questions import Question, Questions
from workshop.inputs.texts import Rounds, Sentences

__all__ = ["Document", "Documents", "Question", "Questions", "Rounds", "Sentences", "read_text"]
