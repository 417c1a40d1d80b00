"""The fixed words that a kit, or an overlay, has in ``locale/``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.content.conftest import KIT
from workshop.content import read
from workshop.errors import Problem
from workshop.model.source import Content
from workshop.wording.messages import say

Write = Callable[[Mapping[str, str | bytes]], None]


@pytest.fixture
def german(write: Write) -> Callable[..., tuple[Content, tuple[Problem, ...]]]:
    """Read a German kit with some words of its own, and with an overlay's over them."""

    def read_kit(
        words: Mapping[str, str], over: Mapping[str, str] | None = None
    ) -> tuple[Content, tuple[Problem, ...]]:
        write({f"bread/{name}": text for name, text in KIT.items()})
        write({"bread/kit.yaml": "title: Brot\nsections: [01-dough]\nlanguage: de-AT\n"})
        write({f"bread/locale/{name}": text for name, text in words.items()})
        write({f"client/locale/{name}": text for name, text in (over or {}).items()})
        return read(Path("bread"), None, [Path("client")] if over else [])

    return read_kit


def test_words_of_a_kit_lie_over_ours_and_those_of_an_overlay_over_both(
    german: Callable[..., tuple[Content, tuple[Problem, ...]]],
) -> None:
    content, found = german(
        {"de.yaml": "continued: (weiter)\nappendix: Mehr\n", "fr.yaml": "continued: (plus)\n"},
        {"de.yaml": "appendix: Zugabe\n"},
    )
    language = content.meta.language
    assert not found
    assert language.startswith("de-AT")
    assert [say(language, key) for key in ("continued", "appendix", "print-sources")] == [
        "(weiter)",
        "Zugabe",
        "Quellen",
    ]
    assert {"bread/locale/de.yaml", "client/locale/de.yaml"} <= set(content.files)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        (
            "de.yaml",
            "a: 1\nsheet-page: Seite {page}\n",
            "bread/locale/de.yaml:1: error: there is no text 'a' in the engine",
        ),
        ("de.yaml", "\nsheet-page: Seite {page}\n", "bread/locale/de.yaml:2: error: sheet-page: {pages} is lost"),
        ("de.yaml", "contined: x\n", "did you mean 'continued'"),
        ("fr.yaml", "contined: x\n", "bread/locale/fr.yaml:1"),
        ("de.yaml", "- a\n", "bread/locale/de.yaml"),
        ("de.yaml", "continued: [a\n", "bread/locale/de.yaml"),
        ("german.yaml", "continued: x\n", "this file has the name of no language"),
        ("de.po", "", "this file has the name of no language"),
    ],
)
def test_a_wrong_word_is_an_error_with_its_line(
    german: Callable[..., tuple[Content, tuple[Problem, ...]]], name: str, text: str, told: str
) -> None:
    content, found = german({name: text})
    assert told in "\n".join(map(str, found))
    assert all("error" in str(problem) for problem in found)
    assert say(content.meta.language, "continued") == "(Fortsetzung)"


def test_an_empty_file_changes_nothing(german: Callable[..., tuple[Content, tuple[Problem, ...]]]) -> None:
    content, found = german({"de.yaml": ""})
    assert not found
    assert say(content.meta.language, "continued") == "(Fortsetzung)"


def test_a_file_outside_of_the_kit_is_not_read(
    german: Callable[..., tuple[Content, tuple[Problem, ...]]], tmp_path: Path
) -> None:
    (tmp_path / "elsewhere.yaml").write_text("continued: (anderswo)\n")
    (tmp_path / "bread" / "locale").mkdir(parents=True)
    (tmp_path / "bread" / "locale" / "de.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    content, found = german({})
    assert found
    assert say(content.meta.language, "continued") == "(Fortsetzung)"
