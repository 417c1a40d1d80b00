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


# ---------------------------------------------------------------- the pages for authors
LEADS = (
    "a-kit-and-a-single-file", "a-picture-of-each-section", "a-recipe", "a-section", "a-slide", "a-slot", "an-exercise", "charts-from-a-csv", "exhibits",
    "flowcharts-in-mermaid", "frameworks-of-competences", "layouts", "markdown", "moments", "notes", "other-files", "references", "see-your-slides",
    "the-rules-for-plans", "the-slides-of-one-audience", "values-and-claims", "what-check-looks-at", "what-check-says-about-the-looks",
    "what-check-says-about-the-words",
)  # fmt: skip


@pytest.mark.parametrize("page", sorted((ROOT / "docs" / "write").glob("*.md")), ids=lambda page: page.stem)
def test_a_page_for_authors_is_short_and_lists_its_headings(page):
    text = page.read_text("utf-8")
    assert len(text.split()) <= 1_500
    contents = re.findall(r"\[[^\]]+\]\(#([\w-]+)\)", text.partition("On this page: ")[2].partition("\n")[0])
    prose = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    assert contents == [
        re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")
        for title in re.findall(r"^## (.+)", prose, re.MULTILINE)
    ]


@pytest.mark.parametrize("anchor", LEADS)
def test_an_anchor_of_the_one_page_that_there_was_leads_on(anchor):
    text = (ROOT / "docs" / "authoring.md").read_text("utf-8")
    lines = [line for line in text.splitlines() if f'<a id="{anchor}"></a>[' in line or f"#{anchor})" in line]
    assert len(lines) == 1
    page, to = re.findall(r"\]\(([\w/-]+\.md)#([\w-]+)\)", lines[0])[0]
    headings = re.findall(r"^#+ (.+)", (ROOT / "docs" / page).read_text("utf-8"), re.MULTILINE)
    assert to in [re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in headings]
