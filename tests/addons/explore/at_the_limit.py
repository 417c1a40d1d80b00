"""A companion page at its limit: see ``tests/limits/cases.py``."""

from tests.hostile.kits import files

# fmt: off
ROWS = (
    ("PAGE_BYTES", "long", "a companion page of 5 MB that is compared with fresh runs", files(lambda: {"page.html": "<p>word</p>\n" * 410_000}, ("explore", "--check", "page.html", "--stage", "8", "--only", "never_zero")), "page"),
)
