"""Tests that the page in the docs is the one that the table and the limits produce."""

import importlib.util
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_page_about_strangers_files_is_up_to_date():
    spec = importlib.util.spec_from_file_location("make_limits", DOCS / "make_limits.py")
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    assert made.page() == (DOCS / "reference" / "limits.md").read_text("utf-8")
