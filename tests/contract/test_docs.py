"""Builds the examples of docs/overlays.md over the kit that they describe."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from workshop.build import build, prepare
from workshop.cli.new import new_kit
from workshop.errors import Severity
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry


@pytest.fixture
def asked(tmp_path, monkeypatch, cache, write_examples):
    """A new kit in an empty working folder, with the documented overlay next to it."""
    monkeypatch.chdir(tmp_path)
    trusted = tmp_path / "settings" / "trusted.txt"
    new_kit(Path("my-kit"), trusted=trusted)
    written = write_examples("overlays.md", tmp_path)
    assert {path.relative_to(tmp_path / "client").as_posix() for path in written} == {
        "slides.md",
        "exercises/ours.md",
        "kit.yaml",
        "glossary.yaml",
        "data/visitors.csv",
    }
    return Request(cache=cache, trusted=trusted, overlays=(Path("client"),), variables={"client": "ACME"})


def test_the_documented_overlay_passes_check(asked):
    laid, found = prepare(Path("my-kit"), asked, standard_registry(), base=None)
    assert [str(p) for p in found if p.severity > Severity.ADVICE] == []
    assert [slide.id for slide in laid.kit.slides] == [
        *("cover", "queue", "guess", "grows", "waves", "own-day", "do-capacity", "served"),
        *("counter", "monday", "idle", "helps"),
    ]
    assert laid.kit.subtitle == "A morning with ACME"
    assert laid.kit.people == 8
    definitions = {entry.term: entry.definition for entry in laid.kit.glossary}
    assert definitions["wait"] == "how long a guest stands before the counter"
    assert laid.kit.sheets[0].exercises[0].title == "What your counter can do"


def test_the_documented_overlay_builds_every_file(asked, tmp_path):
    built = build(Path("my-kit"), replace(asked, variables={}), standard_registry(), base=None, out=tmp_path / "out")
    assert {w.path.name for w in built.written} >= {"deck.pptx", "sheets.pdf", "answers.pdf", "facilitator.pdf"}
    assert built.laid.kit.subtitle == "A morning with our guests"
