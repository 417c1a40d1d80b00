"""Builds the manual's site, and follows its links."""

import html
import posixpath
import re
import tomllib
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from docs import make_site

ROOT = Path(__file__).parents[2]
SETTINGS = tomllib.loads((ROOT / "docs" / "zensical.toml").read_text("utf-8"))["project"]


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("collected") / "manual"
    make_site.collect(folder)
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    pytest.importorskip("zensical")
    return make_site.build(tmp_path_factory.mktemp("built"))


def named(nav):
    """Yield the file of each entry of the navigation."""
    for entry in nav:
        for below in entry.values():
            yield from [below] if isinstance(below, str) else named(below)


def test_every_page_is_in_the_navigation_once(pages):
    written = sorted(path.relative_to(pages).as_posix() for path in pages.rglob("*.md"))
    assert sorted(named(SETTINGS["nav"])) == written


def test_every_link_of_the_manual_leads_to_a_file_or_a_heading(pages):
    pytest.importorskip("markdown")
    assert list(make_site.lost_links(pages)) == []


def test_each_link_that_leads_nowhere_is_named_with_its_file_and_line(tmp_path):
    pytest.importorskip("markdown")
    (tmp_path / "other.md").write_text("# Other\n\n## To print\n", "utf-8")
    (tmp_path / "page.md").write_text(
        "# A\n\n```md\n[code](no.md)\n```\n\n`[code](no.md)` and [good](other.md#to-print), [here](#a)\n"
        "[bad](gone.md) ![bad](no.png)\n\n| a |\n|---|\n| [bad](other.md#nowhere) and [bad](#z) |\n",
        "utf-8",
    )
    assert list(make_site.lost_links(tmp_path)) == [
        "page.md:8: the link to gone.md leads to no file",
        "page.md:8: the link to no.png leads to no file",
        "page.md:12: other.md has no heading for #nowhere",
        "page.md:12: this page has no heading for #z",
    ]


def test_the_site_takes_no_typeface_from_elsewhere():
    assert SETTINGS["theme"]["font"] is False


def broken(site):
    """Yield each link and picture of the site's pages that leads to no file, or to no place in its page."""
    pages = {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in site.rglob("*.html")}
    places = {page: set(re.findall(r'\bid="?([^"\s>]+)', text)) for page, text in pages.items()}
    for page, text in pages.items():
        for link in re.findall(r'\b(?:href|src)="?([^"\s>]+)', text):
            address = urlsplit(html.unescape(link))
            if address.scheme or address.netloc or link == ".":
                continue
            named = posixpath.join(posixpath.dirname(page), unquote(address.path)).lstrip("/")  # 404.html begins with /
            path = posixpath.normpath(named) if address.path else page
            if not (site / path).exists() or (
                address.fragment and path in places and unquote(address.fragment) not in places[path]
            ):
                yield f"{page}: {link}"


def test_every_link_and_picture_of_the_finished_site_leads_to_something(site):
    assert list(broken(site)) == []


def test_a_link_that_leads_nowhere_is_noticed(tmp_path):
    (tmp_path / "index.html").write_text(
        '<h1 id=top></h1><a href="#top"></a><a href=#end></a><img src="no.png">', "utf-8"
    )
    assert list(broken(tmp_path)) == ["index.html: #end", "index.html: no.png"]
