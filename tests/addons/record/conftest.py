"""Tests of the command line and of what is printed, as for those of the core."""

from tests.cli.conftest import run, typed
from tests.render.print.conftest import read, tags_of, words_of

__all__ = ["read", "run", "tags_of", "typed", "words_of"]
