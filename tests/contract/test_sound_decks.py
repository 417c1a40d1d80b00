"""``check`` finds nothing wrong with decks of ours, whatever they are built for, nor with files that other programs made."""

from pathlib import Path

import pytest

from tests.contract import kits
from tests.dialects import judge
from tests.laying import lay_out
from tests.templates.conftest import NAMES, template_file
from tests.templates.odd import ODD
from workshop.build import build
from workshop.check.package import check_package
from workshop.errors import Severity
from workshop.model.request import Request
from workshop.render.pptx.deck import write_deck
from workshop.themes.choose import chosen_theme
from workshop.themes.template import template_theme

SLOTS = (25, 45, 90, kits.ALL)
THEMES = ("dark", "plain", "contrast", "contrast-dark")
TALKS = sorted(judge.talks())
KIT_DECKS = [
    *(("slot", audience, slot) for audience in kits.AUDIENCES for slot in SLOTS),
    *(("theme", audience, theme) for audience in kits.AUDIENCES for theme in THEMES),
    *(("template", audience, template) for audience in kits.AUDIENCES for template in NAMES),
]
FIRST = ("theme", kits.AUDIENCES[0], THEMES[0])  # others are tried by test_kit.py and test_templates.py


def kit_deck(kind: str, audience: str, value: str | int, cache: Path, folder: Path) -> bytes:
    """Return a deck of the built-in kit: for a slot, or all of it in a theme or template."""
    if kind == "slot":
        return kits.deck(audience, int(value), "light", cache)
    kit = kits.laid_out(audience, kits.ALL, cache)[0].kit
    if kind == "theme":
        theme = chosen_theme(str(value), Request(theme=str(value)), judge.REGISTRY)[0]
    else:
        theme = template_theme(template_file(value, folder)).theme
    return write_deck(lay_out(kit, theme)[0])


@pytest.mark.parametrize(
    ("kind", "audience", "value"),
    [pytest.param(*row, marks=pytest.mark.broad if row == FIRST else pytest.mark.slow) for row in KIT_DECKS],
)
def test_a_deck_of_the_kit_has_no_problem(kind, audience, value, cache, tmp_path):
    assert [str(p) for p in check_package(kit_deck(kind, audience, value, cache, tmp_path))] == []


@pytest.mark.parametrize("name", [TALKS[0], *(pytest.param(name, marks=pytest.mark.slow) for name in TALKS[1:])])
def test_a_talk_is_sound(name, tmp_path):
    build(judge.HERE / "talks" / name, Request(), judge.REGISTRY, base=None, out=tmp_path / "out")
    found = check_package((tmp_path / "out" / "deck.pptx").read_bytes())
    assert [str(p) for p in found if p.severity is Severity.ERROR] == []


@pytest.mark.parametrize("name", [*NAMES, *ODD])
def test_a_file_of_another_program_is_sound(name, tmp_path):
    file = ODD[name]() if name in ODD else template_file(name, tmp_path).read_bytes()
    assert [str(p) for p in check_package(file) if p.severity is Severity.ERROR] == []
