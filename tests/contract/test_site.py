"""Collects the manual's pages as the site does, and follows their links."""

import re
import tomllib
from pathlib import Path

import pytest

from docs import make_site

ROOT = Path(__file__).parents[2]
SETTINGS = tomllib.loads((ROOT / "docs" / "zensical.toml").read_text("utf-8"))["project"]


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site") / "manual"
    make_site.collect(folder)
    return folder


def named(nav):
    """Yield the file of each entry of the navigation."""
    for entry in nav:
        for below in entry.values():
            yield from [below] if isinstance(below, str) else named(below)


def test_every_page_is_in_the_navigation_once(pages):
    written = sorted(path.relative_to(pages).as_posix() for path in pages.rglob("*.md"))
    assert sorted(named(SETTINGS["nav"])) == written


def test_every_link_of_the_manual_leads_to_a_file_that_comes_with_it(pages):
    lost = []
    for page in pages.rglob("*.md"):
        text = re.sub(r"^```.*?^```|`+[^`\n]+`+", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
        links = re.findall(r"\]\((?!https?:|#)([^)\s#]+)", text)
        lost += [f"{page.relative_to(pages)}: {name}" for name in links if not (page.parent / name).exists()]
    assert lost == []


def test_the_site_takes_no_typeface_from_elsewhere():
    assert SETTINGS["theme"]["font"] is False
