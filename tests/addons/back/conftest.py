"""Tests of the command line, as for the core."""

from tests.cli.conftest import run, typed

__all__ = ["run", "typed"]
