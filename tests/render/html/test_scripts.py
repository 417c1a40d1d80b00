"""The scripts of pages with slides: each page loads the shared one first, and no name is declared twice on a page."""

import re
from importlib.resources import files

import pytest

DECLARED = re.compile(r"^(?:const|let|class|(?:async )?function) (\{?[\w$, =]+)", re.MULTILINE)
PAGES = (("workshop.render.html", "present.js"), ("workshop.addons.preview", "page.js"))


def names(package: str, name: str) -> list[str]:
    text = (files(package) / "static" / name).read_text("utf-8")
    return [word for found in DECLARED.findall(text) for word in re.findall(r"[\w$]+", found.partition("=")[0])]


@pytest.mark.parametrize(("package", "name"), PAGES)
def test_no_name_is_declared_twice_on_a_page(package, name):
    both = names("workshop.render.html", "deck.js") + names(package, name)
    assert "deck" in both
    assert sorted(word for word in set(both) if both.count(word) > 1) == []
