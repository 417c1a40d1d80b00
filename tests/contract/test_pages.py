"""The manual keeps its limits, and a page that breaks one is named with its place."""

import pytest

from docs import pages


def test_every_page_keeps_the_limits():
    assert list(pages.faults()) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("# A page\n\n" + "word " * 24 + "\n", "page.md:3: 120 characters"),
        ("# A page\n\n" + "A cat sat.\n" * 31, "page.md:3: a paragraph of 93 words"),
        ("# A page\n\n" + "A cat sat.\n\n" * 400, "page.md: 1203 words"),
        ("# A page\n\nNevertheless, comprehensive administrative organisations deliberately institutionalise it.\n", "page.md: reads at grade"),
    ],
)  # fmt: skip
def test_a_page_that_breaks_a_limit_is_named(tmp_path, monkeypatch, text, fault):
    (tmp_path / "page.md").write_text(text, "utf-8")
    monkeypatch.setattr(pages, "ROOT", tmp_path)
    monkeypatch.setattr(pages, "WIDTH", 119)
    monkeypatch.setattr(pages, "pages", lambda: [tmp_path / "page.md"])
    assert any(found.startswith(fault) for found in pages.faults())


def test_wrapping_keeps_code_tables_and_lists_as_they_are():
    code = "`workshop build --audience executives --minutes 45`"
    text = (
        f"- {'some words ' * 9}and {code}, then {'more words ' * 9}\n\n| {'cell ' * 40}|\n\n```sh\n{'x' * 200}\n```\n"
    )
    made = pages.wrapped(text)
    first, *rest = made.partition("\n\n")
    assert all(len(line) <= pages.WIDTH for line in first.splitlines())
    assert all(line.startswith("  ") for line in first.splitlines()[1:])
    assert code in made
    assert "".join(rest) == text.partition("\n\n")[1] + text.partition("\n\n")[2]
