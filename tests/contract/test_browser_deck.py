"""Builds the built-in kit for a browser: its size, and what Chromium tells those who don't see its slides."""

import re

import pytest

from tests.browser import opened, show
from tests.contract import kits
from workshop.layout.laid import LaidTable, LaidText
from workshop.model.blocks import plain
from workshop.render.html.browser_deck import render_html

pytestmark = pytest.mark.broad
MOST = 1_000_000  # bytes, of which a mail takes many
TRIED, TABLES = 20, 5  # slides, and how many of them have a table


@pytest.fixture(scope="module")
def laid(cache):
    return kits.laid_out("general", None, cache)[0]


@pytest.fixture(scope="module")
def files(laid):
    return render_html(laid)


def test_neither_file_is_larger_than_a_megabyte(files):
    assert {name: len(content) for name, content in files.items() if len(content) > MOST} == {}


def flat(text):
    return " ".join(re.sub(r"[\u00a0\v]", " ", text).split())


def expected(slide):
    """Return the items of lists and the cells of tables that a slide shows."""
    lists = [
        flat(line.text)
        for item in slide.items
        if isinstance(item, LaidText) and not item.placeholder.mono and item.placeholder.role != "title"
        for line in item.lines
        if line.marker != "none" and line.text.strip()
    ]
    tables = [item.table for item in slide.items if isinstance(item, LaidTable)]
    cells = [flat(plain(cell)) for table in tables for row in (table.header, *table.rows) for cell in row]
    return lists, [cell for cell in cells if cell]


def chosen(laid):
    """Return slides with lists and tables."""
    shown = [slide for slide in laid.slides if not slide.slide.hidden]
    tables = [slide for slide in shown if expected(slide)[1]][:TABLES]
    lists = [slide for slide in shown if expected(slide)[0] and slide not in tables]
    return [*tables, *lists[: TRIED - len(tables)]]


def heard(browser):
    """Return what the accessibility tree has: its roles, each with the text of what is in it."""
    nodes = {node["nodeId"]: node for node in browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]}

    def words(node):
        if node.get("role", {}).get("value") == "StaticText":
            return [node["name"]["value"]]
        below = [nodes[child] for child in node.get("childIds", []) if child in nodes]
        nested = [child for child in below if child.get("role", {}).get("value") != "list"]  # items of the next level
        return [text for child in nested for text in words(child)]

    found = {}
    for node in nodes.values():
        if not node.get("ignored"):
            found.setdefault(node["role"]["value"], []).append(flat("".join(words(node))))
    return found


def test_chromium_tells_title_list_and_table_of_twenty_slides(laid, files, tmp_path):
    page = tmp_path / "slides.html"
    page.write_bytes(files["slides.html"])
    slides = chosen(laid)
    assert len(slides) == TRIED
    missing = []
    with opened(tmp_path / "profile") as browser:
        show(browser, page)
        browser.execute_cdp_cmd("Accessibility.enable", {})
        for slide in slides:
            browser.execute_script(f"location.hash = '#{slide.number}'")
            browser.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
            told = heard(browser)
            lists, cells = expected(slide)
            title = flat(plain(slide.slide.title))
            missing += [f"{slide.number}: heading {title!r}"] if title not in told.get("heading", []) else []
            missing += [f"{slide.number}: item {text!r}" for text in lists if text not in told.get("listitem", [])]
            in_table = [*told.get("cell", []), *told.get("gridcell", []), *told.get("columnheader", [])]
            missing += [f"{slide.number}: cell {text!r}" for text in cells if text not in in_table]
            missing += [f"{slide.number}: no table"] if cells and not told.get("table") else []
    assert missing == []
