"""Another user of the machine, for tests: only root may give files away, so these tests are skipped for anybody else."""

import os

import pytest

SOMEBODY = 54_321  # a user ID that nobody has
as_root = pytest.mark.skipif(
    not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can give files to somebody else"
)
posix = pytest.mark.skipif(not hasattr(os, "getuid"), reason="Windows can't tell others apart this way")


def give_away(*paths):
    """Give files and folders to another user."""
    for path in paths:
        os.chown(path, SOMEBODY, SOMEBODY)
